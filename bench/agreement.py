"""Who reported what: the values that sources differ on, false conflicts, and altered documents.

The first two tables are of the six invented archives, where it is known which values were reported,
corrected and replaced. The third is of RGB, where each right document has a copy with another fact:
all of them in one archive, alone and among other documents on the same questions.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench import data
from bench.invented import BEATS
from bench.tables import Table, share
from rag.archive import Archive
from rag.records import Answer, Value

# What the status of a value must be, by what it is in the truth.
_STANDS = {"current": True, "conflicting": True, "superseded": False, "corrected": False}
# Questions to which more than one value may be the answer.
_SEVERAL = {"list", "conflicting", "corrected", "superseded", "latest", "opinion", "compare"}
_NUMBER = re.compile(r"\d(?:[\d.,:]*\d)?")
_RGB = data.DATA / "rgb" / "en_fact.jsonl"
_RGB_KINDS = {
    "right and altered documents": ("positive", "positive_wrong"),
    "with other documents": ("positive", "positive_wrong", "negative"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A value that is known to have been reported, and whether the answer lists it rightly."""

    status: str
    is_listed: bool
    is_judged: bool


def measure() -> list[Table]:
    """Return recall and precision of values, the false conflicts, and the altered documents."""
    told: list[Told] = []
    known: list[bool] = []
    others: list[Answer] = []
    for name in BEATS.names:
        now = BEATS.now(name)
        with Archive.open(BEATS.location(name)) as archive:
            for _, record in BEATS.records(name, "differ"):
                answer = archive.ask(record["question"], now=now)
                told += _told(answer, record)
                known += [_is_known(value, record) for value in answer.support]
            others += [archive.ask(q, now=now) for q in _of_one_value(name)]
    return [_listed(told, known), _conflicts(others), _altered()]


def _told(answer: Answer, record: data.Record) -> Iterator[Told]:
    for gold in record["values"]:
        listed = [value for value in answer.support if is_value(value, gold)]
        yield Told(
            status=gold["status"],
            is_listed=bool(listed),
            is_judged=any(value.stands == _STANDS[gold["status"]] for value in listed),
        )


def _is_known(value: Value, record: data.Record) -> bool:
    return any(is_value(value, gold) for gold in record["values"])


def is_value(value: Value, gold: data.Record) -> bool:
    """Say whether a value is a known one: one has the words of the other, or the same numbers.

    If it has no number, a report of it in one of the known articles may hold the known words.
    """
    words, own = value.text, str(gold["value"])
    if data.holds_any(own, [words]) or data.holds_any(words, [own]):
        return True
    if _numbers(words):
        return _numbers(words) == _numbers(own)
    return any(
        report.article_id in gold.get("article_ids", ()) and data.holds_any(report.quote, [own])
        for report in value.reports
    )


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def _of_one_value(name: str) -> Iterator[str]:
    """Yield the questions of an archive to which one value is the answer."""
    differing = {record["question"] for _, record in BEATS.records(name, "differ")}
    for _, question in BEATS.records(name, "questions"):
        kinds = set(question["kind"].replace("unanswerable ", "").replace(", ", ",").split(","))
        if (
            question["answerable"]
            and not kinds & _SEVERAL
            and question["question"] not in differing
        ):
            yield question["question"]


def _listed(told: Sequence[Told], known: Sequence[bool]) -> Table:
    table = Table(
        title=f"Values, beats where sources differ: {len(told)} values",
        columns=["status", "listed", "listed and rightly standing or not", "of"],
    )
    for status in [*_STANDS, "all"]:
        group = [one for one in told if status in ("all", one.status)]
        table.add(
            status,
            share(one.is_listed for one in group),
            share(one.is_judged for one in group),
            str(len(group)),
        )
    table.add("precision: values listed that were reported so", share(known), "", str(len(known)))
    return table


def _conflicts(answers: Sequence[Answer]) -> Table:
    given = [answer for answer in answers if answer.status == "answered"]
    table = Table(
        title="Values, beats with one value: false conflicts", columns=["what", "share", "of"]
    )
    standing = [sum(value.stands for value in answer.support) for answer in given]
    table.add(
        "answers with two or more values that stand",
        share(n > 1 for n in standing),
        str(len(given)),
    )
    table.add("answers with a value", share(n > 0 for n in standing), str(len(given)))
    return table


def _altered() -> Table:
    table = Table(
        title="Values, RGB: 50 questions in one archive, right and altered value listed",
        columns=["archive", "odd lines", "even lines", "all", "of those answered"],
    )
    questions = data.read_lines(_RGB)
    for name, kinds in _RGB_KINDS.items():
        with Archive.open(
            data.archive_of_records(f"rgb-{len(kinds)}", _articles(questions, kinds))
        ) as archive:
            answers = [archive.ask(question["query"]) for question in questions]
        both = [_has_both(a, q) for a, q in zip(answers, questions, strict=True)]
        table.add(
            name,
            share(both[0::2]),
            share(both[1::2]),
            share(both),
            share(b for b, a in zip(both, answers, strict=True) if a.status == "answered"),
        )
    table.notes.append("The odd lines were looked at while this was built.")
    return table


def _articles(questions: Sequence[data.Record], kinds: Sequence[str]) -> Iterator[data.Record]:
    """Yield the documents as articles; each document is an outlet of its own."""
    for number, question in enumerate(questions, start=1):
        for kind in kinds:
            for place, text in enumerate(question[kind]):
                name = f"{number}-{kind}-{place}"
                yield {"id": name, "source": name, "text": text}


def _has_both(answer: Answer, question: data.Record) -> bool:
    """Say whether the right value and the altered one are listed, with a report of each."""
    return all(
        any(_tells(value, _strings(question[name])) for value in answer.support)
        for name in ("answer", "fakeanswer")
    )


def _tells(value: Value, wanted: Sequence[str]) -> bool:
    text = value.text.casefold()
    return any(w.casefold() in text or text in w.casefold() for w in wanted) or any(
        data.holds_any(report.quote, wanted) for report in value.reports
    )


def _strings(answers: object) -> list[str]:
    if isinstance(answers, str):
        return [answers]
    assert isinstance(answers, list)
    return [text for some in answers for text in _strings(some)]
