"""Sentences with what they cite, and whether that carries them, to fit `rag.writing.support`.

Two sets. AttributionBench's development set (Li et al. 2024): claims of language models with their
references, labelled by people, in two halves by the question. And `written-sentences.jsonl`: by
hand, about the evidence of the sample's questions, each with altered versions; every third question
is held back: what became of its sentences was never looked at, only how many. A third set is
derived from the same evidence by rule.
"""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from bench import data
from ingest.sample import sample_path
from rag.dates.event_times import event_times, times_within
from rag.records import Article, Citation, EventTime, parse_day
from rag.text.calendar import MONTH, WEEKDAY, WHOLE_WEEKDAY

FAITHFUL = "faithful"
# What is derived by rule without changing what it says.
_SAME = (FAITHFUL, "verbatim", "days in full", "with its outlet")
_OTHER_OUTLETS = {
    "harbor-wire.example": "Tideline Business",
    "lowland-courier.example": "Meridian Post",
    "northgate-herald.example": "Pontic Review",
}
_STRANGER = "Lindqvist"
_MIDDLE_NAME = re.compile(
    rf"(?<=[a-z,] )(?!(?i:{MONTH}|{WEEKDAY}|\w+day|Moscow time|GMT)\b)"
    r"[A-Z][a-z]{3,}\b(?!\w*[.’'-])"
)
_FIGURE = re.compile(r"(?<![\w.,:-])(?:\d{1,3}(?:,\d{3})+|\d{2,3})(?![\w:]|[.,]\d| [ap]\.m\.)")
_DAY_WORDS = re.compile(rf"{WHOLE_WEEKDAY}|[A-Z][a-z]{{2}}\. \d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence with the quotes it cites; `kind` is how it was made of them, or altered.

    `is_tuning` says that it belongs to the part on which things were fitted, tuned or chosen.
    """

    sentence: str
    quotes: tuple[Citation, ...]
    question: str
    kind: str
    is_tuning: bool

    @property
    def is_carried(self) -> bool:
        """Whether the quotes carry the sentence."""
        return self.kind in _SAME


def attribution_claims() -> Iterator[Claim]:
    """Yield the claims of AttributionBench's development set with their references as quotes."""
    path = data.DATA / "attribution" / "attributionbench-dev.jsonl.xz"
    for record in data.read_lines(path):
        yield Claim(
            sentence=record["claim"],
            quotes=tuple(_reference(i, text) for i, text in enumerate(record["references"])),
            question=record["question"],
            kind=FAITHFUL if record["attribution_label"] == "attributable" else "not carried",
            is_tuning=zlib.crc32(record["question"].encode()) % 2 == 1,
        )


def written_claims() -> Iterator[Claim]:
    """Yield the sentences written by hand, and what they were altered to."""
    questions = {question["id"]: question for question in data.sample_questions()}
    for case in data.read_lines(data.ROOT / "bench" / "written-sentences.jsonl"):
        question = questions[case["question_id"]]
        evidence = [question["evidence"][i] for i in case["evidence"]]
        versions = [{"kind": FAITHFUL, "sentence": case["sentence"]}, *case["altered"]]
        for version in versions:
            yield _claim(version["kind"], version["sentence"], question, evidence)


def derived_claims() -> Iterator[Claim]:
    """Yield the sample's evidence verbatim, with its days in full, and altered by rule."""
    for question in data.sample_questions():
        for piece in question.get("evidence", ()):
            yield from _derived(question, piece)


def is_held_back(question_id: str) -> bool:
    """Say whether the sentences about a question were kept from tuning."""
    return int(question_id[1:]) % 3 == 0


def _derived(question: data.Record, piece: data.Record) -> Iterator[Claim]:
    citation = _cited(1, piece)
    quote = citation.quote
    sentences = {"verbatim": quote}
    days = [time for time in citation.times if _is_plain_day(time, citation)]
    if days:
        sentences["days in full"] = _with_days(citation, days, later=0)
        sentences["date"] = _with_days(citation, days, later=1)
    if figure := _FIGURE.search(quote):
        number = int(figure[0].replace(",", ""))
        other = f"{number + max(2, number // 3):,}"
        sentences["number"] = quote[: figure.start()] + other + quote[figure.end() :]
    if name := _MIDDLE_NAME.search(quote):
        sentences["name"] = quote[: name.start()] + _STRANGER + quote[name.end() :]
    outlet = citation.source.removesuffix(".example").replace("-", " ").title()
    said = quote.rstrip(".")
    sentences["with its outlet"] = f"{said}, {outlet} reported."
    wrong = _OTHER_OUTLETS.get(citation.source, "Harbor Wire")
    sentences["outlet"] = f"{said}, {wrong} reported."
    for kind, sentence in sentences.items():
        yield _claim(kind, sentence, question, [piece])


def _is_plain_day(time: EventTime, citation: Citation) -> bool:
    """Say whether an expression is a weekday or a day that stands for one known day."""
    words = citation.quote[time.start - citation.start : time.end - citation.start]
    return (
        time.type == "DATE"
        and time.first == time.last is not None
        and bool(_DAY_WORDS.fullmatch(words))
    )


def _with_days(citation: Citation, days: list[EventTime], *, later: int) -> str:
    """Return a quote with its days written out, moved by so many."""
    text = citation.quote
    for time in reversed(days):
        assert time.first is not None
        day = date.fromordinal(time.first.toordinal() + later)
        start, end = time.start - citation.start, time.end - citation.start
        text = f"{text[:start]}{day:%-d %B %Y}{text[end:]}"
    return text


def _claim(kind: str, sentence: str, question: data.Record, evidence: list[data.Record]) -> Claim:
    return Claim(
        sentence=sentence,
        quotes=tuple(_cited(i, piece) for i, piece in enumerate(evidence, start=1)),
        question=question["question"],
        kind=kind,
        is_tuning=not is_held_back(question["id"]),
    )


def _reference(number: int, text: str) -> Citation:
    return Citation(
        number=number,
        article_id=str(number),
        title="",
        source="",
        url="",
        published=None,
        quote=text,
        start=0,
        end=len(text),
    )


def _cited(number: int, piece: data.Record) -> Citation:
    """Return a piece of evidence of the sample as `rag.evidence.citations` would cite it."""
    article = _articles()[piece["article_id"]]
    start = article.text.index(piece["quote"])
    end = start + len(piece["quote"])
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        quote=piece["quote"],
        start=start,
        end=end,
        times=times_within(event_times(article), start, end),
    )


@cache
def _articles() -> dict[str, Article]:
    records = map(json.loads, sample_path().read_text(encoding="utf-8").splitlines())
    articles = (
        Article(
            id=record["id"],
            text=record["text"],
            title=record["title"],
            source=record["source"],
            url=record["url"],
            published=parse_day(record["published"][:10]),
        )
        for record in records
    )
    return {article.id: article for article in articles}
