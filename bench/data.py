"""The pinned data of the measurements and the archives made of it, each built once.

The data lies outside the repository (`DATELINE_BENCH_DATA`, default `../shared/data`), the archives
in `bench/cache`.
"""

import json
import lzma
import os
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bench.splits import Part, part_of_day
from ingest.command import ingest_into
from ingest.sample import sample_path
from rag.errors import DatelineError
from rag.models.embedding import Embedder, load_embedder
from rag.settings import Settings, load_settings
from rag.store import open_store
from rag.store.interface import Store

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("DATELINE_BENCH_DATA", ROOT.parent / "shared" / "data"))
CACHE = ROOT / "bench" / "cache"

# The quiz questions of four months of 2024; their articles are 2,400, those of the year 7,500.
_REALTIMEQA_UNTIL = "2024-05-01"

Record = dict[str, Any]


class DataMissing(DatelineError):
    """The data to measure on is not there."""


def read_lines(path: Path) -> list[Record]:
    """Return the records of a JSON Lines file, compressed (.xz) or not."""
    if not path.exists():
        raise DataMissing(f"{path} is missing; set DATELINE_BENCH_DATA to the folder of the data")
    data = path.read_bytes()
    text = lzma.decompress(data) if path.suffix == ".xz" else data
    return [json.loads(line) for line in text.splitlines()]


@cache
def embedder() -> Embedder:
    """Return the default embedder."""
    return load_embedder(load_settings())


def newsqa_articles() -> Path:
    """Return the file of the 319 NewsQA articles."""
    return DATA / "newsqa" / "articles.jsonl"


@cache
def newsqa_questions() -> list[Record]:
    """Return the 2,172 NewsQA questions with the offsets of their answers."""
    return read_lines(DATA / "newsqa" / "questions.jsonl")


@cache
def newsqa_archive() -> Store:
    """Return the archive of the NewsQA articles."""
    return _archive("newsqa", newsqa_articles())


@cache
def realtimeqa_archive(part: Part) -> Store:
    """Return the archive of the articles that were retrieved for a part's questions."""
    return _archive(f"realtimeqa-{part}", _realtimeqa_articles(part))


def realtimeqa_questions(part: Part) -> list[Record]:
    """Return a part's questions whose answer string is in an article retrieved for them."""
    return [
        question
        for question in _realtimeqa_every(part)
        if question["answer_in_retrieved"] or question["answer_in_gold"]
    ]


@cache
def _realtimeqa_every(part: Part) -> list[Record]:
    every = read_lines(DATA / "realtimeqa" / "questions.jsonl")
    return [q for q in every if part_of_day(q["date"]) == part and q["date"] < _REALTIMEQA_UNTIL]


def _realtimeqa_articles(part: Part) -> Path:
    """Return a file of the articles of a part, written once."""
    path = CACHE / f"realtimeqa-{part}.jsonl"
    if path.exists():
        return path
    wanted = {
        article_id
        for question in _realtimeqa_every(part)
        for article_id in (*question["retrieved_article_ids"], *question["gold_article_ids"])
    }
    CACHE.mkdir(exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as file:
        for year in ("2023", "2024"):
            for record in read_lines(DATA / "realtimeqa" / f"articles-{year}.jsonl.xz"):
                if record["id"] in wanted:
                    wanted.remove(record["id"])
                    file.write(json.dumps(record) + "\n")
    partial.rename(path)
    return path


def outside_questions() -> list[Record]:
    """Return general-knowledge questions, nearly all outside a news archive."""
    return read_lines(DATA / "outside-questions" / "nq-open-dev.jsonl")


def sample_questions() -> list[Record]:
    """Return the questions of the sample archive."""
    return read_lines(ROOT / "bench" / "sample-questions.jsonl")


def sample_archive() -> str:
    """Return the directory of the sample archive, brought up to date."""
    settings = archive_settings("sample")
    ingest_into(settings, [sample_path()])
    return settings.archive


def archive_of(name: str, source: Path) -> str:
    """Return the directory of an archive made of one JSON Lines file, brought up to date."""
    if not source.exists():
        raise DataMissing(f"{source} is missing; set DATELINE_BENCH_DATA to the folder of the data")
    settings = archive_settings(name)
    ingest_into(settings, [source])
    return settings.archive


def archive_of_records(name: str, records: Iterable[Record]) -> str:
    """Return the directory of an archive made of these articles, brought up to date."""
    CACHE.mkdir(exist_ok=True)
    source = CACHE / f"{name}.jsonl"
    text = "".join(json.dumps(record) + "\n" for record in records)
    if not source.exists() or source.read_text(encoding="utf-8") != text:
        source.write_text(text, encoding="utf-8")
    return archive_of(name, source)


def day_after(articles: Sequence[Record]) -> str:
    """Return the ISO day after the last on which one of the articles was published."""
    last = max(article["published"][:10] for article in articles)
    return str(date.fromisoformat(last) + timedelta(days=1))


def holds_answer(text: str, question: Record) -> bool:
    """Say whether a text holds one of a question's answer strings as whole words."""
    return holds_any(text, question["answers"])


def holds_any(text: str, wanted: Sequence[str]) -> bool:
    """Say whether a text holds one of some strings as whole words, in whatever case."""
    patterns = [rf"(?<!\w){re.escape(words)}(?!\w)" for words in wanted if words]
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def is_evidence(article_id: str, quote: str, question: Record) -> bool:
    """Say whether a quote answers a sample question: it, or its article and an expected string."""
    quotes = {piece["quote"] for piece in question["evidence"]}
    articles = {piece["article_id"] for piece in question["evidence"]}
    expected = any(text.lower() in quote.lower() for text in question["expect"])
    return quote in quotes or (article_id in articles and expected)


def archive_settings(name: str) -> Settings:
    """Return the settings of a cached archive."""
    return load_settings(archive=str(CACHE / name))


def _is_whole(settings: Settings) -> bool:
    """Say whether an archive has all its vectors; an ingest that was cut off leaves some out."""
    if not (Path(settings.archive) / "current").exists():
        return False
    with closing(open_store(settings)) as store:
        return store.manifest.embedded == store.manifest.articles


def _archive(name: str, source: Path) -> Store:
    """Return a cached archive of one file, made whole first if it is not."""
    settings = archive_settings(name)
    if not _is_whole(settings):
        CACHE.mkdir(exist_ok=True)
        plain = source
        if source.suffix == ".xz":
            plain = CACHE / source.stem
            plain.write_bytes(lzma.decompress(source.read_bytes()))
        sys.stderr.write(f"ingesting {source.name} into {settings.archive}\n")
        ingest_into(settings, [plain])
    return open_store(settings)
