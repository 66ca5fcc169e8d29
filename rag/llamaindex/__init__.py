"""Makes an archive what LlamaIndex can use; it is imported only when needed.

`retriever` finds passages and `engine` answers. `nodes` has what both give, `responses` the text of
an answer as it is written, and `metadata_filters` reads the filters of LlamaIndex. `vector_store`
has what is needed to read the collection of an archive on a Qdrant server with LlamaIndex itself.
"""

from rag.llamaindex.engine import ArchiveQueryEngine
from rag.llamaindex.metadata_filters import MetadataFilters, with_metadata_filters
from rag.llamaindex.nodes import to_node, to_source_nodes
from rag.llamaindex.retriever import ArchiveRetriever
from rag.llamaindex.vector_store import ArchiveEmbedding, StoredPassages

__all__ = [
    "ArchiveEmbedding",
    "ArchiveQueryEngine",
    "ArchiveRetriever",
    "MetadataFilters",
    "StoredPassages",
    "to_node",
    "to_source_nodes",
    "with_metadata_filters",
]
