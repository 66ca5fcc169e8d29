"""A plain LlamaIndex query engine over HTTP: `python -m bench.served PORT FILE`.

It is what one writes in an afternoon: an index in memory of the articles of a JSON Lines file, the
five most similar chunks to a question, and a FastAPI route in front of it. No language model writes
the answer; the first chunk stands for it.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from llama_index.core import Settings, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.response_synthesizers import ResponseMode
from pydantic import BaseModel

from bench import data
from bench.plain import PlainEmbedding, document, splitter

_PASSAGES = 5


class Body(BaseModel):
    """What is asked."""

    question: str


def make_app(articles: list[data.Record]) -> FastAPI:
    """Return the application over an index of the articles."""
    answer = _answering(articles)
    app = FastAPI()

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "alive"}

    # A plain function, so that FastAPI runs it in its threads and others are served meanwhile.
    @app.post("/v1/ask")
    def ask(body: Body) -> dict[str, Any]:
        return answer(body.question)

    return app


def _answering(articles: list[data.Record]) -> Callable[[str], dict[str, Any]]:
    """Return what answers a question with the passages that are most similar to it."""
    # It wants to have a language model, which it never calls in this mode.
    Settings.llm = MockLLM()
    index = VectorStoreIndex.from_documents(
        [document(article) for article in articles],
        embed_model=PlainEmbedding(),
        transformations=[splitter()],
    )
    engine = index.as_query_engine(similarity_top_k=_PASSAGES, response_mode=ResponseMode.NO_TEXT)

    def answer(question: str) -> dict[str, Any]:
        found = [
            {"text": hit.text, "score": hit.score, "article": hit.node.ref_doc_id, **hit.metadata}
            for hit in engine.query(question).source_nodes
        ]
        return {"answer": found[0]["text"] if found else "", "passages": found}

    return answer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.served")
    parser.add_argument("port", type=int)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    uvicorn.run(
        make_app(data.read_lines(options.file)),
        host="127.0.0.1",
        port=options.port,
        log_level="warning",
    )
