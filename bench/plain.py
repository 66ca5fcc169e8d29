"""The parts of a usual LlamaIndex set-up with our embedding model, which we measure beside ours."""

from typing import Any

from llama_index.core import Document
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from sentence_transformers import SentenceTransformer

from bench import data
from rag.models.embedding import packaged_model

# The model reads 256 tokens; sentence-transformers embeds 32 texts at a time unless told otherwise.
CHUNK_TOKENS = 256
BATCH = 32


class PlainEmbedding(BaseEmbedding):
    """Sentence-transformers' `encode`, as LlamaIndex's own class for it calls it.

    The model is loaded and warm when this is made.
    """

    _model: Any = PrivateAttr()

    def __init__(self) -> None:
        super().__init__(model_name="all-MiniLM-L6-v2", embed_batch_size=BATCH)
        self._model = SentenceTransformer(str(packaged_model()), device="cpu")
        self._get_text_embedding("One sentence.")

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors = self._model.encode(
            texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        embeddings: list[list[float]] = vectors.tolist()
        return embeddings

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def splitter() -> SentenceSplitter:
    """Return what cuts an article into chunks that the model reads whole."""
    return SentenceSplitter(chunk_size=CHUNK_TOKENS, chunk_overlap=0)


def document(article: data.Record) -> Document:
    """Return an article whose metadata is stored and not embedded, as with us."""
    names = ("title", "source", "url", "published")
    return Document(
        id_=article["id"],
        text=article["text"],
        metadata={name: article[name] for name in names},
        excluded_embed_metadata_keys=list(names),
        excluded_llm_metadata_keys=list(names),
    )
