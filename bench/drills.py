"""Archives that were invented for practice: most teach the reader, a few fit its mixture.

`drills/articles.jsonl` and `drills/questions.jsonl` were written for Dateline, by others than those
who wrote what is measured on (`drills/README.md`). A question holds places in the articles' text.
"""

from functools import cache
from pathlib import Path

from bench import data
from bench.splits import Part, part_of

_FOLDER = Path(__file__).with_name("drills")
ARTICLES = _FOLDER / "articles.jsonl"
QUESTIONS = _FOLDER / "questions.jsonl"
CONVERSATIONS = _FOLDER / "conversations.jsonl"
# Shares in percent of the archives. Nothing is measured on them.
_TEST, _TUNE = 0, 4


@cache
def articles(part: Part) -> dict[str, list[data.Record]]:
    """Return the articles of a part's archives, by the name of the archive."""
    found: dict[str, list[data.Record]] = {}
    for record in data.read_lines(ARTICLES):
        if part_of(record["archive"], test=_TEST, tune=_TUNE) == part:
            found.setdefault(record["archive"], []).append(record)
    return found


def questions(part: Part) -> list[data.Record]:
    """Return the questions on a part's archives.

    Each has `archive`, `question`, `kind` and `answers`, every span that answers as `[article,
    start, end]`; a near miss has none, and `near`, the span of the sentence that tempts.
    """
    archives = articles(part)
    return [record for record in data.read_lines(QUESTIONS) if record["archive"] in archives]


def conversations(part: Part) -> list[data.Record]:
    """Return conversations with a part's archives.

    Each has `archive` and `turns`. A turn has `question`, `standalone`, the question so that it
    stands alone (None if it does so as it was put), and `article` and `answer`, a sentence of that
    article; both are empty if the archive does not have the answer.
    """
    archives = articles(part)
    return [record for record in data.read_lines(CONVERSATIONS) if record["archive"] in archives]


def location(name: str) -> str:
    """Return the directory of one of the archives for tuning, brought up to date."""
    return data.archive_of_records(f"drills-{name}", articles("tune")[name])
