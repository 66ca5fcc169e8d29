"""The archive as a LlamaIndex retriever and query engine; imported only when asked for.

Nodes are passages as they are stored: their offsets point into the article, so whatever a pipeline
makes of them can still be checked.
"""

import asyncio
from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.records import Answer, Hit, derive_id

if TYPE_CHECKING:
    from rag.archive import Archive


class ArchiveRetriever(BaseRetriever):
    """Retrieves passages of an archive, best first."""

    def __init__(self, archive: "Archive", *, limit: int) -> None:
        super().__init__(callback_manager=CallbackManager())
        self._archive = archive
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._archive.search(query_bundle.query_str, limit=self._limit)
        return [to_node(hit) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class ArchiveQueryEngine(BaseQueryEngine):
    """Answers as `Archive.ask` does; the answer itself is in the response's metadata."""

    def __init__(self, archive: "Archive") -> None:
        super().__init__(callback_manager=CallbackManager())
        self._archive = archive

    def _query(self, query_bundle: QueryBundle) -> Response:
        return to_response(self._archive.ask(query_bundle.query_str))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


def to_node(hit: Hit) -> NodeWithScore:
    """Return a hit as a node with its score; metadata says which article and where."""
    metadata = {
        "article_id": hit.article_id,
        "title": hit.title,
        "source": hit.source,
        "url": hit.url,
        "published": hit.published.isoformat() if hit.published else "",
        "start": hit.start,
        "end": hit.end,
    }
    node = TextNode(
        id_=derive_id("passage", hit.article_id, str(hit.start), str(hit.end)),
        text=hit.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=["article_id", "start", "end"],
    )
    return NodeWithScore(node=node, score=hit.score)


def to_response(answer: Answer) -> Response:
    """Return an answer as a response: its text, the passages read, the answer itself."""
    return Response(
        response=answer.text,
        source_nodes=[to_node(hit) for hit in answer.nearest],
        metadata={"status": answer.status, "answer": answer},
    )
