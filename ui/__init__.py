"""The user interfaces: the `dateline` command and the Streamlit chat. Imports `ingest` and `rag`."""
