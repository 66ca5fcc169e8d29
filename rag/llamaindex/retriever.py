"""Makes the search of an archive a LlamaIndex retriever; its base class dispatches the events."""

import asyncio
from collections.abc import Callable

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle
from llama_index.core.settings import Settings

from rag.llamaindex.nodes import read_question, to_node
from rag.records import Hit


class ArchiveRetriever(BaseRetriever):
    """A LlamaIndex retriever of the passages of an archive, best first."""

    def __init__(self, search: Callable[[str], list[Hit]]) -> None:
        super().__init__(callback_manager=Settings.callback_manager)
        self._search = search

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [to_node(hit) for hit in self._search(read_question(query_bundle))]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)
