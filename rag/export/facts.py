"""Says in words what a person needs to know of an answer and of each quote, for every format.

To add a fact to the packs, add it here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rag.export.citing.entries import in_one_line
from rag.export.packs import EvidencePack
from rag.export.values import say_value
from rag.records import (
    Answer,
    Certainty,
    Citation,
    Copy,
    Provenance,
    SearchFilter,
    Value,
    hash_text,
)
from rag.text.calendar import day_in_words

_TOLD_IN_HEADLINE = "the headline; the quote is a sentence below it"
# What was measured of the packaged reader (`bench calibration`).
CERTAINTY_MEANS: Mapping[Certainty, str] = {
    "likely": "about seven of ten such answers are right",
    "uncertain": "about half of such answers are right",
    "weak": "about one of four such answers is right",
}


class Fact(NamedTuple):
    """The name of something, and what is known of it."""

    name: str
    value: str


def facts_of_answer(answer: Answer) -> list[Fact]:
    """Return how a question was understood, what was searched, and how the answer was made."""
    facts = [
        ("Asked together with", ", ".join(answer.carried)),
        ("Read after", f"“{answer.follows}”" if answer.follows else ""),
        ("Understood as", answer.understood),
        ("Only from", ", ".join(answer.outlets)),
        ("Searched", answer.searched),
        *(_facts_of_making(answer.provenance) if answer.provenance else ()),
    ]
    return _known(facts)


def say_certainty(answer: Answer) -> str:
    """Return how sure an answer is, in one line; empty if there is no answer."""
    if answer.status != "answered":
        return ""
    return (
        f"Certainty: {answer.certainty}, which means that {CERTAINTY_MEANS[answer.certainty]} "
        f"(confidence {answer.confidence:.2f})"
    )


def facts_of_quote(citation: Citation, pack: EvidencePack) -> list[Fact]:
    """Return where a quote stands and what is said of its article."""
    hashes = pack.hashes_of(citation)
    facts = [
        ("Authors", ", ".join(citation.authors)),
        ("Kind", citation.genre),
        ("Told in", _TOLD_IN_HEADLINE if citation.is_headline else ""),
        ("Note", citation.note),
        ("Same story in", _copies(citation.copies)),
        ("Article", citation.article_id),
        ("Place in the text", _place(citation)),
        ("SHA-256 of the quote", hashes.quote_hash),
        ("SHA-256 of the text", hashes.text_hash),
    ]
    return _known(facts)


def _place(citation: Citation) -> str:
    return f"characters {citation.start:,} to {citation.end:,}"


def source_line(citation: Citation) -> str:
    """Return the outlet and the day of a quote."""
    day = day_in_words(citation.published) if citation.published else "no date"
    return ", ".join(part for part in (in_one_line(citation.source), day) if part)


def rows_of_values(answer: Answer) -> list[tuple[str, str, str, str]]:
    """Return the values that were found, newest first, as rows; none if there is only one.

    The columns are the value and its status, its days, its sources, and its quotes.
    """
    if len(answer.values) < 2:
        return []
    return [
        (
            in_one_line(say_value(value)),
            _days(value),
            _sources(value),
            " ".join(f"[{number}]" for number in value.citations),
        )
        for value in answer.values
    ]


def rows_of_reports(answer: Answer) -> list[tuple[str, str, str, str]]:
    """Return the reports of values that the answer does not cite, as rows.

    The columns are the value, the outlet and the day, the quote, and where it stands with its hash.
    """
    values = {(r.article_id, r.start): value for value in answer.values for r in value.reports}
    return [
        (
            in_one_line(say_value(values[citation.article_id, citation.start])),
            source_line(citation),
            f"“{in_one_line(citation.quote)}”",
            f"{citation.article_id}, {_place(citation)}, SHA-256 {hash_text(citation.quote)}",
        )
        for citation in answer.uncited
    ]


def _facts_of_making(made: Provenance) -> Iterator[tuple[str, str]]:
    yield "Asked", f"{made.asked:%-d %B %Y, %H:%M} {made.asked.tzname() or ''}"
    yield "Filter", describe_filter(made.searched)
    yield "Archive", made.archive
    yield "State of the archive", f"number {made.generation}, {made.articles:,} articles"
    yield "Made by", f"Dateline {made.dateline}"
    yield "Reader", made.reader
    yield "Embedding model", made.embedding_model
    yield "Language model", made.language_model
    yield "Least confidence of an answer", f"{made.threshold:.2f}"


def describe_filter(searched: SearchFilter) -> str:
    """Return what a search was restricted to, in words."""
    parts = [
        f"published {searched.window}" if searched.window else "",
        f"about what happened {searched.events}" if searched.events else "",
        f"as of {day_in_words(searched.as_of)}" if searched.as_of else "",
        _one_of("outlets", searched.sources),
        _one_of("sections", searched.sections),
        _quoted("with the words", searched.phrases),
    ]
    return "; ".join(part for part in parts if part) or "none"


def _one_of(name: str, wanted: tuple[str, ...] | None) -> str:
    return "" if wanted is None else f"{name}: {', '.join(wanted) or 'none'}"


def _quoted(name: str, words: tuple[str, ...]) -> str:
    return f"{name} {', '.join(f'“{one}”' for one in words)}" if words else ""


def _copies(copies: Iterable[Copy]) -> str:
    return ", ".join(dict.fromkeys(copy.source or copy.article_id for copy in copies))


def _sources(value: Value) -> str:
    number = f"{value.sources} source{'' if value.sources == 1 else 's'}"
    return f"{number}: {in_one_line(', '.join(value.outlets))}" if value.outlets else number


def _days(value: Value) -> str:
    days = dict.fromkeys(day_in_words(day) for day in (value.first, value.last) if day)
    return " to ".join(days) or "no date"


def _known(facts: Iterable[tuple[str, str]]) -> list[Fact]:
    return [Fact(name, line) for name, value in facts if (line := in_one_line(value))]
