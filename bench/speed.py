"""Speed as ratios of things run beside each other, and warm medians on a large archive."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sentence_transformers import SentenceTransformer

from bench import data
from bench.cases import newsqa_given
from bench.tables import Table
from rag.answering import Answering
from rag.archive import Archive
from rag.models.embedding import load_embedder, packaged_model
from rag.models.reading import Text, load_reading_model
from rag.settings import load_settings
from rag.text.sentences import split_sentences

_ROUNDS = 5
_ARTICLES = 20
_COLD_IMPORTS = "import llama_index.core, sentence_transformers"
_QUESTION = "When did the ceasefire in Nagorno-Karabakh take effect?"


def measure() -> list[Table]:
    """Return the speed table."""
    table = Table(title="Speed, 2 cores", columns=["what", "value", "beside", "ratio"])
    _reader_memory(table)  # first, while the process is small
    _embedding(table)
    _cold_question(table)
    _warm_questions(table)
    return [table]


def _embedding(table: Table) -> None:
    """Embed NewsQA sentences article by article as ingest does, beside one large `encode`."""
    texts = [record["text"] for record in data.read_lines(data.newsqa_articles())[:_ARTICLES]]
    articles = [[text[s.start : s.end] for s in split_sentences(text)] for text in texts]
    everything = [sentence for sentences in articles for sentence in sentences]
    onnx = load_embedder(load_settings(embedding_runtime="onnx"))
    usual = SentenceTransformer(str(packaged_model()), device="cpu")
    tokens = sum(len(ids) for ids in usual.tokenizer(everything)["input_ids"])
    ours, theirs = _interleaved(
        lambda: [onnx.embed(sentences) for sentences in articles],
        lambda: usual.encode(everything),
        rounds=_ROUNDS,
    )
    table.add(
        "embedding, tokens/s",
        f"{tokens / ours:,.0f}",
        f"SentenceTransformer.encode: {tokens / theirs:,.0f}",
        f"{theirs / ours:.2f}",
    )


def _cold_question(table: Table) -> None:
    """A fresh process that answers, beside a fresh process that only imports the usual stack."""
    archive = data.sample_archive()
    ask = [sys.executable, "-m", "ui.cli", "ask", _QUESTION, "--archive", archive]
    imports = [sys.executable, "-c", _COLD_IMPORTS]
    ours, theirs = _interleaved(lambda: _run(ask), lambda: _run(imports), rounds=_ROUNDS)
    table.add(
        "cold `dateline ask`, s",
        f"{ours:.2f}",
        f"`{_COLD_IMPORTS}`: {theirs:.2f}",
        f"{ours / theirs:.2f}",
    )


def _warm_questions(table: Table) -> None:
    store = data.realtimeqa_archive("test")
    answering = Answering(store=store, embedder=data.embedder(), threshold=0.5)
    reader = load_reading_model(load_settings())
    alone, archive = Archive(answering), Archive(replace(answering, reader=reader))
    questions = [q["question"] for q in data.realtimeqa_questions("test")[:100]]
    where = f"{store.manifest.passages:,} passages"
    for name, ask in (
        ("search", alone.search),
        ("ask` without a reader, `DATELINE_READER=none", alone.ask),
        ("ask", archive.ask),
    ):
        ask(questions[0])
        # Their "this week" is not ours, and a search that finds nothing takes no time.
        seconds = [_timed(lambda q=q, ask=ask: ask(q, read_time=False)) for q in questions]  # type: ignore[misc]
        median, slowest = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        table.add(
            f"warm `archive.{name}`, median ms",
            f"{1000 * median:.1f}",
            where,
            f"p95 {1000 * slowest:.1f}",
        )


def _reader_memory(table: Table) -> None:
    """Read ten passages twenty times."""
    texts = [Text("", given.text) for given in newsqa_given("test")][:10]
    before = _memory_mb()
    reader = load_reading_model(load_settings())
    assert reader is not None
    for _ in range(20):
        reader.read(_QUESTION, texts)
    added = _memory_mb() - before
    table.add("memory that the reader adds, MB", f"{added:.0f}", f"{before:.0f} before", "")


def _memory_mb() -> float:
    """Return the resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _interleaved(
    one: Callable[[], object], other: Callable[[], object], *, rounds: int
) -> tuple[float, float]:
    """Return the median seconds of both, run in turns so that both meet the same noise."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        times[0].append(_timed(one))
        times[1].append(_timed(other))
    return statistics.median(times[0]), statistics.median(times[1])


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd=data.ROOT)
