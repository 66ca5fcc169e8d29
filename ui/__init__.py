"""The user interfaces: the `dateline` command and the chat. Imports `ingest` and `rag`."""

from ingest.shadowing import require_own_rag

require_own_rag()
