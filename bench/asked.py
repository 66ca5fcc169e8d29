"""Questions written for Dateline on 1,165 news articles of realtimeqa, three in ten near misses.

They ask in other words than the article does; a near miss sounds like the article, and nothing in
it answers. `asked.jsonl` holds places in the articles' text, not the text itself. Of 935
articles, eight tenths are for training (`training.asked`), a tenth is for tuning and a tenth is
measured on; 230 more are for training. All articles are in the archive.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bench import data
from bench.judged import judge
from bench.judged_tables import by_kind, curve, summary
from bench.splits import Part, part_of
from bench.tables import Table
from rag.archive import Archive
from rag.settings import load_settings

QUESTIONS = Path(__file__).with_name("asked.jsonl")
FILES = ("realtimeqa/articles-2022.jsonl.xz", "realtimeqa/articles-2023.jsonl.xz")
MISS = "miss"
_KINDS = {"howmany": "how many", "howmuch": "how much", "yesno": "yes-no"}
# Shares in percent.
_TEST = 10
_TUNE = 10


def questions(part: Part) -> list[data.Record]:
    """Return the questions on a part of the articles.

    Each has `article`, `question`, `kind` and `answers`, spans of the article's text of which each
    answers; a near miss has none, and the span `near` of the sentence that tempts.
    """
    return [
        question
        for question in _every_question()
        if part_of(question["article"], test=_TEST, tune=_TUNE) == part
    ]


def _every_question() -> Iterator[data.Record]:
    return map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())


@cache
def articles() -> Mapping[str, data.Record]:
    """Return the articles by their id."""
    wanted = {question["article"] for question in _every_question()}
    found: dict[str, data.Record] = {}
    for name in FILES:
        for record in data.read_lines(data.DATA / name):
            if record["id"] in wanted:
                found.setdefault(record["id"], record)
    return found


def archive() -> str:
    """Return the directory of the archive of all the articles, brought up to date."""
    return data.archive_of_records("asked", articles().values())


def measure() -> list[Table]:
    """Return how the questions for measuring are answered, by kind and by threshold."""
    asked = list(enumerate(map(_as_judged, questions("test")), start=1))
    with Archive.open(archive()) as opened:
        every = judge(opened, asked, now=data.day_after(list(articles().values())))
    named = f"Asked of {len(articles())} articles of realtimeqa: {len(every)} questions"
    threshold = load_settings().answer_threshold
    return [
        summary(f"{named}, threshold {threshold}", {"all": every}, first_column="archive"),
        by_kind(f"{named}, by kind", every),
        curve(f"{named}, threshold curve", every),
    ]


def _as_judged(question: data.Record) -> data.Record:
    """Return a question as those of the invented archives are, with the words that answer."""
    text = articles()[question["article"]]["text"]
    words = dict.fromkeys(" ".join(text[a:b].split()) for a, b in question["answers"])
    kind = question["kind"]
    return {
        "question": question["question"],
        "kind": _KINDS.get(kind, kind),
        "answerable": kind != MISS,
        "expected_answer": list(words),
        "expected_article_ids": [question["article"]],
        "expected_date": None,
    }
