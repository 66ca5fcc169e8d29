"""Sends a target whatever atheris makes up, led by which lines of ours that reaches.

    python fuzzed.py TARGET FOLDER -max_total_time=60

FOLDER has files to begin with, and gets those that reach further. The exit status is not 0 if a
target fails in a way that it must not, takes more than 20 seconds or needs too much memory; what
was sent is then told. What is refused with one of our own errors is no failure.
"""

import contextlib
import io
import sys
from collections.abc import Callable, Mapping

import atheris

with atheris.instrument_imports(include=["rag", "ingest"]):
    from ingest.articles import Made, make_article
    from ingest.found import FoundRecord
    from ingest.index import index_article
    from ingest.inputs import Input
    from ingest.sources import read_input
    from rag.errors import DatelineError
    from rag.question.asked import read_part
    from rag.question.filters import Filters, read_filters
    from rag.question.phrases import read_phrases

from tests.fakes import HashingEmbedder

# The first byte chooses what the file is called.
SUFFIXES = (
    ".html .xml .json .jsonl .txt .md .eml .mbox .csv .tsv .rtf .docx .odt .pdf .warc .sgm .zip "
    ".gz .tar .tgz .ndjson .wire .sql"
).split()
EMBEDDER = HashingEmbedder()


def parsers(data: bytes) -> None:
    """Read a file as an ingest does, and make the articles of its records ready to be searched."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ""
    given = Input(name=f"input{suffix}", opener=lambda: io.BytesIO(data[1:]))
    for found in read_input(given):
        if isinstance(found, FoundRecord):
            made = make_article(found)
            if isinstance(made, Made):
                index_article(made.article, words=150)


def questions(data: bytes) -> None:
    """Read a question with its times and its phrases."""
    question = data.decode("utf-8", "replace")
    with contextlib.suppress(DatelineError):
        read_phrases(question)
        read_filters(question, {})
        read_part(question, EMBEDDER)


def filters(data: bytes) -> None:
    """Read filters of every kind from words."""
    words = data.decode("utf-8", "replace").split("\n")
    first, second, third, *rest = [*words, "", "", ""]
    named: Filters = {
        "since": first or None,
        "until": second or None,
        "as_of": third or None,
        "sources": rest or None,
        "sections": rest or None,
    }
    with contextlib.suppress(DatelineError):
        read_filters("When did it happen?", named)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "parsers": parsers,
    "questions": questions,
    "filters": filters,
}


def main() -> None:
    """Fuzz the target that the first argument names; the others are those of libFuzzer."""
    target, *options = sys.argv[1:]
    limits = ["-timeout=20", "-rss_limit_mb=4096", "-max_len=20000"]
    atheris.Setup([sys.argv[0], *options, *limits], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
