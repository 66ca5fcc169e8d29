"""The user interfaces: the `dateline` command and the chat. Imports `ingest` and `rag`."""
