"""What LlamaIndex needs to read the collection of an archive with `QdrantVectorStore`.

The points of passages have offsets and no text, and vectors of the archive's own embedding model.
So a vector store needs that model, and what it finds is completed from the stored articles.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle
from pydantic import PrivateAttr

from rag.llamaindex.nodes import to_node
from rag.models.embedding import Embedder
from rag.records import Article, EventTime, Hit
from rag.store.payloads import read_time


class ArchiveEmbedding(BaseEmbedding):
    """The embedding model of an archive, as LlamaIndex wants one; it runs on this machine."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors


class StoredPassages(BaseNodePostprocessor):
    """Completes the nodes that a vector store found in the collection of an archive.

    They become those that `Archive.as_retriever` gives, but for what it learns from other articles:
    they have no copies, and only the article's own note. A passage whose article is under embargo,
    has expired or is gone is left out, because a vector store knows nothing of that. Give it
    `Archive.article`.
    """

    _article: Callable[[str], Article] = PrivateAttr()

    def __init__(self, article: Callable[[str], Article]) -> None:
        super().__init__()
        self._article = article

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        del query_bundle
        return [whole for node in nodes if (whole := self._completed(node)) is not None]

    def _completed(self, found: NodeWithScore) -> NodeWithScore | None:
        place = found.node.metadata
        try:
            article = self._article(place["article_id"])
        except KeyError:
            return None
        start, end = place["start"], place["end"]
        now = datetime.now(UTC)
        if article.is_embargoed(now) or article.is_expired(now) or end > len(article.text):
            return None
        hit = Hit(
            **article.as_source,
            start=start,
            end=end,
            text=article.text[start:end],
            score=found.score or 0.0,
            note=article.note,
            times=_times_of(place),
            section=article.section,
        )
        return to_node(hit)


def _times_of(place: Mapping[str, Any]) -> tuple[EventTime, ...]:
    """Return the times of a passage, from the payload of its point or from a completed node."""
    known = place.get("times", ())
    # The payload has the fields of each as a list, and a node has them with their names.
    fields = [list(time.values()) if isinstance(time, dict) else time for time in known]
    return tuple(read_time(*time) for time in fields)
