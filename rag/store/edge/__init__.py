"""Keeps an archive in a directory, with Qdrant Edge inside the process.

`store` reads a served generation, and `builder` builds the next one. Both use the engine through
`shard`, with the points and filters that `points` makes. `rag.store.directory` looks after files
and processes. Only this package uses `qdrant_edge` for points.
"""

from rag.store.edge.builder import EdgeBuilder
from rag.store.edge.store import EdgeStore

__all__ = ["EdgeBuilder", "EdgeStore"]
