"""An ingest beside LlamaIndex's usual pipeline: speed, a run with nothing new, memory, disk.

Ours is the command itself in a process of its own, so that its memory is not mixed with that of
torch here. With DATELINE_BENCH_FULL set the whole archive is measured too, which takes hours.
"""

import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llama_index.core.ingestion import IngestionPipeline
from llama_index.vector_stores.qdrant import QdrantVectorStore
from qdrant_client import QdrantClient

from bench import data
from bench.machine import files_of, process_bytes
from bench.plain import BATCH, CHUNK_TOKENS, PlainEmbedding, document, splitter
from bench.tables import Table

_ARTICLES = 500
_YEARS = ("2022", "2023", "2024")
_FULL = bool(os.environ.get("DATELINE_BENCH_FULL"))
_SAMPLE_SECONDS = 0.25
_ONE_MORE = {
    "id": "one-more",
    "title": "The harbour bridge opens",
    "published": "2024-03-02",
    "text": "The harbour bridge was opened on Saturday. About 4,000 people walked over it.",
}
_SUCCESS, _SKIPPED = 0, 3


def measure() -> list[Table]:
    """Return the speed on the same articles beside LlamaIndex, and what our ingest takes."""
    data.embedder()  # the first use exports the model
    lines = _lines("2022")[:_ARTICLES]
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        source = Path(folder, "articles.jsonl")
        source.write_bytes(b"\n".join(lines) + b"\n")
        ours = _measured([source], Path(folder, "archive"))
        theirs = _llama_index([json.loads(line) for line in lines], Path(folder, "qdrant"))
    tables = [_beside(ours, theirs), _taken(f"{_ARTICLES} articles", ours)]
    if _FULL:
        tables.append(_taken("the whole archive", _whole()))
    return tables


# -- ours -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One command that ran: its report, its seconds from start to exit, its memory in bytes."""

    report: dict[str, Any]
    seconds: float
    memory: int
    largest_process: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """A first run, a second over the same input, and one with one more article.

    `disk` is the bytes on disk before that one, and `written` those of the files that it wrote.
    """

    first: _Run
    second: _Run
    disk: int
    more: _Run
    written: int

    @property
    def articles(self) -> int:
        return int(self.first.report["articles"])

    def rate(self, until: str) -> float:
        """Return the articles a second until all were `searchable` or `complete`."""
        return self.articles / float(self.first.report["seconds"][until])


def _measured(sources: list[Path], archive: Path) -> _Measured:
    first, second = _run(sources, archive), _run(sources, archive)
    before = files_of(archive)
    one = archive.with_name("one-more.jsonl")
    one.write_text(json.dumps(_ONE_MORE) + "\n")
    more = _run([one], archive)
    written = {inode: size for inode, size in files_of(archive).items() if inode not in before}
    return _Measured(
        first=first,
        second=second,
        disk=sum(before.values()),
        more=more,
        written=sum(written.values()),
    )


def _whole() -> _Measured:
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        sources = [Path(folder, f"articles-{year}.jsonl") for year in _YEARS]
        for year, source in zip(_YEARS, sources, strict=True):
            source.write_bytes(b"\n".join(_lines(year)) + b"\n")
        return _measured(sources, Path(folder, "archive"))


def _run(sources: list[Path], archive: Path) -> _Run:
    """Ingest by the command, its memory and that of its processes sampled meanwhile."""
    command = [sys.executable, "-m", "ingest", *map(str, sources), "--archive", str(archive)]
    memory = largest = 0
    started = time.perf_counter()
    with subprocess.Popen(
        [*command, "--json"], stdout=subprocess.PIPE, text=True, cwd=data.ROOT
    ) as process:
        while True:
            try:
                output, _ = process.communicate(timeout=_SAMPLE_SECONDS)
                break
            except subprocess.TimeoutExpired:
                processes = list(_tree(process.pid))
                memory = max(
                    memory, sum(process_bytes(p, "smaps_rollup", "Pss:") for p in processes)
                )
                largest = max(largest, *(process_bytes(p, "status", "VmHWM:") for p in processes))
    seconds = time.perf_counter() - started
    if process.returncode not in (_SUCCESS, _SKIPPED):
        raise subprocess.CalledProcessError(process.returncode, command)
    return _Run(report=json.loads(output), seconds=seconds, memory=memory, largest_process=largest)


def _tree(process: int) -> Iterator[int]:
    """Yield a process and all that it started, as far as they are still there."""
    yield process
    try:
        texts = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:  # it ended meanwhile
        return
    for child in " ".join(texts).split():
        yield from _tree(int(child))


# -- LlamaIndex -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pipeline:
    """A run of LlamaIndex's pipeline: its seconds, its chunks, the points that it stored."""

    articles: int
    seconds: float
    chunks: int


def _llama_index(articles: list[data.Record], folder: Path) -> _Pipeline:
    """Run the pipeline on records; the model is loaded and warm before its time begins."""
    embedding = PlainEmbedding()
    documents = [document(article) for article in articles]
    with warnings.catch_warnings():
        # That local mode is for few points, and has no index of payloads.
        warnings.filterwarnings("ignore", message="(Local mode is not|Payload indexes have no)")
        client = QdrantClient(path=str(folder))
        pipeline = IngestionPipeline(
            transformations=[splitter(), embedding],
            vector_store=QdrantVectorStore(client=client, collection_name="articles"),
        )
        started = time.perf_counter()
        pipeline.run(documents=documents)
        seconds = time.perf_counter() - started
        chunks = client.count("articles").count
        client.close()
    return _Pipeline(articles=len(documents), seconds=seconds, chunks=chunks)


# -- tables -----------------------------------------------------------------------------------


def _beside(ours: _Measured, theirs: _Pipeline) -> Table:
    table = Table(
        title=f"Ingest of the same {_ARTICLES} articles, {os.cpu_count()} cores",
        columns=["articles/s", "Dateline", "LlamaIndex, done", "ratio"],
    )
    rate = theirs.articles / theirs.seconds
    for name, until in (("to searchable by words", "searchable"), ("to complete", "complete")):
        table.add(name, f"{ours.rate(until):.2f}", f"{rate:.2f}", f"{ours.rate(until) / rate:.1f}")
    report = ours.first.report
    table.notes.append(
        f"LlamaIndex: IngestionPipeline, SentenceSplitter of {CHUNK_TOKENS} tokens, the same "
        f"model by sentence-transformers in batches of {BATCH}, QdrantVectorStore on disk: "
        f"{theirs.chunks} chunks in {theirs.seconds:.0f} s. Dateline: {report['passages']} "
        f"passages, {report['embedded_sentences']} sentences, each with a vector. Neither counts "
        "its imports and the first loading of the model; Dateline counts that of its processes."
    )
    return table


def _taken(what: str, measured: _Measured) -> Table:
    table = Table(title=f"Ingest of {what}, what it takes", columns=["what", "value"])
    first, second = measured.first, measured.second
    table.add("articles", str(measured.articles))
    table.add("s to searchable by words", f"{first.report['seconds']['searchable']:.1f}")
    table.add("s to complete", f"{first.report['seconds']['complete']:.1f}")
    table.add("s of the whole command", f"{first.seconds:.1f}")
    table.add("articles/s to searchable by words", f"{measured.rate('searchable'):.2f}")
    table.add("articles/s to complete", f"{measured.rate('complete'):.2f}")
    table.add("second run over unchanged input, s", f"{second.report['seconds']['complete']:.2f}")
    table.add("second run, s of the whole command", f"{second.seconds:.1f}")
    table.add("second run, sentences embedded", str(second.report["embedded_sentences"]))
    table.add("one article more, s of the whole command", f"{measured.more.seconds:.1f}")
    table.add("one article more, MB written", f"{measured.written / 1e6:.1f}")
    table.add("peak memory of all processes, MB (PSS)", f"{first.memory / 1e6:.0f}")
    table.add("peak memory of one process, MB (RSS)", f"{first.largest_process / 1e6:.0f}")
    table.add("disk, bytes an article", f"{measured.disk / measured.articles:.0f}")
    return table


def _lines(year: str) -> list[bytes]:
    path = data.DATA / "realtimeqa" / f"articles-{year}.jsonl.xz"
    if not path.exists():
        raise data.DataMissing(f"{path} is missing; set DATELINE_BENCH_DATA to the folder of data")
    return lzma.decompress(path.read_bytes()).splitlines()
