"""The embedded store: Qdrant Edge in an archive directory; the only owner of `qdrant_edge` points.

`store` reads a served generation, `builder` builds the next one; both speak to the engine through
`shard`, in the points and filters of `points`. Files and processes are `rag.store.directory`'s.
"""

from rag.store.edge.builder import EdgeBuilder
from rag.store.edge.store import EdgeStore

__all__ = ["EdgeBuilder", "EdgeStore"]
