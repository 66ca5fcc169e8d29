"""Articles read out of saved news pages: the body's words, and the metadata that was found."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import mean

import trafilatura

from bench import data
from bench.tables import Table
from ingest.formats.html import read_page
from ingest.found import FoundRecord

_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 4
_FIELDS = ("title", "published", "updated", "authors", "url", "section", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A saved page and the body that a person took out of it."""

    key: str
    url: str
    content: bytes
    body: str


def measure() -> list[Table]:
    """Return how well bodies are read, and for how many pages each field was found."""
    pages = list(saved_pages())
    read = {page.key: _read(page) for page in pages}
    readers: dict[str, Callable[[Page], str]] = {
        "Dateline": lambda page: str(read[page.key].get("text", "")),
        "trafilatura, as it comes": _plain_trafilatura,
    }
    table = Table(
        title=f"Extraction: {len(pages)} saved pages, shingles of {_SHINGLE_WORDS} words",
        columns=["reader", "precision", "recall", "F1"],
    )
    for name, reader in readers.items():
        table.add(name, *(f"{value:.3f}" for value in body_scores(pages, reader)))
    return [table, _found_table(list(read.values()))]


def saved_pages() -> Iterator[Page]:
    """Yield the pages of the article extraction benchmark.

    Raises:
        DataMissing: the folder is not there.
    """
    folder = data.DATA / "html-articles"
    truth = folder / "ground-truth.json"
    if not truth.exists():
        raise data.DataMissing(f"{truth} is missing; set DATELINE_BENCH_DATA to its folder")
    for key, gold in json.loads(truth.read_bytes()).items():
        content = gzip.decompress((folder / f"{key}.html.gz").read_bytes())
        yield Page(key=key, url=gold["url"], content=content, body=gold["articleBody"])


def body_scores(pages: list[Page], reader: Callable[[Page], str]) -> tuple[float, float, float]:
    """Return precision and recall of the bodies' shingles, averaged over pages, and their F1.

    Source: scrapinghub/article-extraction-benchmark, evaluate.py.
    """
    precisions: list[float] = []
    recalls: list[float] = []
    for page in pages:
        right, given = _shingles(page.body), _shingles(reader(page))
        common = (right & given).total()
        if given:
            precisions.append(common / given.total())
        if right:
            recalls.append(common / right.total())
    precision, recall = mean(precisions), mean(recalls)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - _SHINGLE_WORDS + 1)) if words else ()
    return Counter(tuple(words[start : start + _SHINGLE_WORDS]) for start in starts)


def _read(page: Page) -> Mapping[str, object]:
    found = read_page(page.content, name=page.key)
    return found.fields if isinstance(found, FoundRecord) else {}


def _plain_trafilatura(page: Page) -> str:
    found = trafilatura.bare_extraction(page.content)
    return (found.text or "") if found else ""


def _found_table(read: list[Mapping[str, object]]) -> Table:
    table = Table(title="Extraction: metadata found", columns=["field", "share of pages"])
    for name in _FIELDS:
        table.add(name, f"{mean(bool(fields.get(name)) for fields in read):.3f}")
    timed = mean("T" in str(fields.get("published", "")) for fields in read)
    table.add("published, with its time", f"{timed:.3f}")
    return table
