"""Files of agencies, feeds and crawls as they come: how many are read, with which fields.

The table of formats in docs/formats.md is checked against the modules that read them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench import data
from bench.tables import Table
from ingest.articles import Made, Withdrawal, make_article
from ingest.formats import FORMATS, detect
from ingest.found import FoundRecord, Skip
from ingest.sources import read_file
from rag.errors import DatelineError
from rag.records import Article

_FIELDS = ("title", "published", "source", "authors", "language")
# A body of fewer words is a flash, or a piece of one.
_BODY_WORDS = 20
_DOCUMENT = Path(__file__).parent.parent / "docs" / "formats.md"
# A row of the table: the formats, and the modules that read them.
_ROW = re.compile(r"^\|[^|]+\| ((?:`\w+`(?:, )?)+) \|$", re.M)
# What those modules read with, and is named beside them.
_PARTS = frozenset(("databases", "json_records", "json_shapes", "jsonfeed"))
_HEAD_BYTES = 4096


class Undocumented(DatelineError):
    """The table of formats and the modules do not fit; whoever added the format can mend it."""


def measure() -> list[Table]:
    """Return for each family of formats what its files gave, and why the others were skipped.

    Raises:
        DataMissing: the files are not there.
        Undocumented: docs/formats.md lacks a module, or names one that is not there.
    """
    if wrong := misnamed(_DOCUMENT.read_text(encoding="utf-8")):
        raise Undocumented(f"docs/formats.md and ingest/formats differ: {', '.join(wrong)}")
    families = data.DATA / "formats"
    if not families.is_dir():
        raise data.DataMissing(f"{families} is missing; set DATELINE_BENCH_DATA to the data")
    read = Table(
        title="Formats: articles by family, and how many have each field",
        columns=["family", "files", "articles", "withdrawn", *_FIELDS, f"{_BODY_WORDS} words"],
        notes=["The files are specifications' examples and test suites as well as real items."],
    )
    skipped = Table(title="Formats: why records were skipped", columns=["family", "why", "records"])
    for folder in sorted(path for path in families.iterdir() if path.is_dir()):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        results = [result for path in files for result in _results(path)]
        articles = [result for result in results if isinstance(result, Article)]
        withdrawn = sum(isinstance(result, Withdrawal) for result in results)
        counts = [sum(bool(getattr(one, name)) for one in articles) for name in _FIELDS]
        bodies = sum(len(one.text.split()) >= _BODY_WORDS for one in articles)
        cells = (len(files), len(articles), withdrawn, *counts, bodies)
        read.add(folder.name, *map(str, cells))
        why = Counter(_why(result) for result in results if isinstance(result, Skip))
        for reason, count in sorted(why.items(), key=lambda one: (-one[1], one[0])):
            skipped.add(folder.name, reason, str(count))
    return [read, skipped, _readers(families)]


def misnamed(document: str) -> list[str]:
    """Return the modules that the table of formats lacks, or names without there being one."""
    table = document.partition("| module in ")[2].partition("\n\n")[0]
    cells = (found[1] for found in _ROW.finditer(table))
    named = {name for cell in cells for name in re.findall(r"\w+", cell)}
    return sorted((named - _PARTS) ^ set(map(_name, FORMATS)))


def _name(module: object) -> str:
    return str(getattr(module, "__name__", "")).rpartition(".")[2]


def _readers(families: Path) -> Table:
    """Return how many of the files each module reads, as far as they are not packed."""
    table = Table(title="Formats: files by the module that reads them", columns=["module", "files"])
    found: Counter[str] = Counter()
    for path in sorted(path for path in families.rglob("*") if path.is_file()):
        with path.open("rb") as stream:
            found[_name(detect(stream.read(_HEAD_BYTES), path.suffix.lower()))] += 1
    for module in FORMATS:
        table.add(_name(module), str(found[_name(module)]))
    return table


def _results(path: Path) -> Iterator[Article | Withdrawal | Skip]:
    for found in read_file(path):
        made = make_article(found) if isinstance(found, FoundRecord) else found
        yield made.article if isinstance(made, Made) else made


def _why(skip: Skip) -> str:
    """Return the reason of a skip, without what belongs to its record alone."""
    words = f"{skip.reason}: {skip.detail}".split(";")[0].replace("|", "/")
    return words if len(words) <= 90 else f"{words[:90]}…"
