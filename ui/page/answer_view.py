"""Show an answer on the page: what it says and how sure it is, its quotes, and what was searched.

All text of articles, models and people travels as data and is set with `textContent`, so nothing in
it is markup, is fetched or runs. The script and the styles beside this module hold no such text.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

from rag.records import NOT_SAID, Answer, AnswerSentence, Citation, Copy, Hit, Value
from ui.certainty import say_certainty
from ui.page.article_view import describe_copy, describe_source, write_footnote
from ui.page.conversation import Turn
from ui.page.in_words import (
    byline,
    mark_quote,
    name_of,
    say_event_days,
    say_number,
    shortened,
    state_of,
)
from ui.page.scripts import read_script, read_styles
from ui.page.sources import nearest_articles
from ui.support_table import say_days, say_outlets, say_status

_EXCERPT = 280
# At a quote; the pane has all of both.
_SHORT_NOTE = 140
_FEW_COPIES = 3

_answer_view = st.components.v2.component(
    "dateline_answer", css=read_styles("answer_view"), js=read_script("answer_view")
)


# It has no looks of its own: its script gives what was written to the answer on the page.
_written = st.components.v2.component("dateline_written", js=read_script("written"))


def show_answer(
    turn: Turn,
    *,
    newest: bool,
    on_all_dates: Callable[[], None],
    on_stop: Callable[[], None] | None = None,
) -> None:
    """Put a turn's answer on the page; the newest one is announced by screen readers.

    `on_all_dates` is called when the person wants it asked again whatever dates it names. While a
    language model writes, `on_stop` is called when the person wants no more of it.
    """
    _answer_view(
        key=f"answer-{turn.id}",
        data=describe_turn(turn) | {"newest": newest, "writing": on_stop is not None},
        on_all_dates_change=on_all_dates,
        on_stop_change=on_stop or _nothing,
    )


def show_written(turn: Turn, sentences: Sequence[AnswerSentence]) -> None:
    """Put what a language model has written so far on the page, above the quotes of a turn."""
    assert turn.answer is not None
    bylines = {citation.number: byline(citation) for citation in turn.answer.sources}
    _written(
        key=f"written-{turn.id}-{len(sentences)}",
        data={
            "turn": turn.id,
            "written": [_describe_sentence(s, bylines) for s in sentences if s.supported],
        },
    )


def _nothing() -> None:
    """Do nothing: there is nothing to stop."""


def describe_turn(turn: Turn) -> dict[str, Any]:
    """Return what the script shows of a turn, as plain values."""
    common = {"turn": turn.id}
    if turn.answer is None:
        announced = "This could not be answered."
        return common | {
            "status": "problem",
            "problem": turn.problem,
            "announcement": announced,
        }
    answer = turn.answer
    bylines = {citation.number: byline(citation) for citation in answer.sources}
    values = _describe_values(answer)
    return common | {
        "status": answer.status,
        "question": turn.question,
        "announcement": _announcement(answer),
        "lead": answer.lead,
        "headline": _headline(answer),
        "written": [_describe_sentence(s, bylines) for s in answer.sentences if s.supported],
        "unsupported": [
            _describe_sentence(s, bylines) for s in answer.sentences if not s.supported
        ],
        "remark": _say_remark(answer),
        "values": values,
        "parts": _describe_parts(answer, values),
        "certainty": answer.certainty,
        "certainty_means": say_certainty(answer),
        "searched": answer.searched,
        "took": _say_seconds(turn.seconds),
        "copied": copy_of(answer),
        "offers_all_dates": turn.time_was_read,
        "nearest": [_describe_hit(hit) for hit in nearest_articles(answer)],
        "nothing_nearest": _nothing_nearest(turn),
        "sources": [
            describe_source(source)
            for source in sorted(turn.sources, key=lambda source: source.citation.number)
        ],
    }


def copy_of(answer: Answer) -> str:
    """Return an answer as it is pasted into a text: its quotes with numbers, and footnotes."""
    if not answer.citations:
        return ""
    quotes = [f"“{' '.join(c.quote.split())}” [{c.number}]" for c in answer.citations]
    notes = [f"[{c.number}] {write_footnote(c)}" for c in answer.citations]
    hedge = [] if answer.certainty == "likely" else [say_certainty(answer)]
    lead = [answer.lead] if answer.lead else []
    return "\n".join([answer.question, *lead, *hedge, *quotes, "", *notes])


def _headline(answer: Answer) -> dict[str, str] | None:
    """Return the date and the few words that answer; None if they are not sure or not complete.

    They are not complete where several values stand, where several things were asked, and where
    nobody wrote the year. A weak answer is its quotes alone.
    """
    standing = [value for value in answer.support if value.status == "stands"]
    if answer.certainty not in ("likely", "uncertain") or answer.parts or len(standing) > 1:
        return None
    has_day = bool(answer.when_day) and answer.when is not None and answer.when.first is not None
    day = answer.when_day if has_day else ""
    # The few words are left out where they only repeat the date above them.
    short = "" if answer.short.casefold() in day.casefold() else answer.short
    if not day and not short:
        return None
    return {
        "day": day,
        "follows": answer.when_follows if day else "",
        "short": short,
        "hedge": "" if answer.certainty == "likely" else "Perhaps:",
    }


def _say_remark(answer: Answer) -> str:
    """Return what became of the writing if it failed, and that the quotes stand; empty if not."""
    is_partly_written = any(sentence.supported for sentence in answer.sentences)
    if not answer.remark or not is_partly_written:
        return answer.remark
    return f"{answer.remark} The quotes below stand."


def _announcement(answer: Answer) -> str:
    """Return the one line that screen readers say of a new answer."""
    lead = " ".join(answer.lead.split())
    if answer.status != "answered":
        return lead or NOT_SAID
    headline = _headline(answer)
    told = " ".join(headline[name] for name in ("hedge", "day", "short")) if headline else ""
    said = shortened(told, 80).strip() or answer.certainty.capitalize()
    return f"{lead} {said}. {say_number(len(answer.citations), 'quote')}.".lstrip()


def _describe_values(answer: Answer) -> list[dict[str, Any]]:
    """Return the values that were found, newest first; none if one source has only one."""
    if len(answer.support) < 2 and not any(value.sources > 1 for value in answer.support):
        return []
    bylines = {citation.number: citation.byline for citation in answer.sources}
    return [
        {
            "text": value.text,
            "status": say_status(value),
            "days": say_days(value),
            "sources": say_number(value.sources, "independent source"),
            "outlets": say_outlets(value),
            "citations": [
                {"number": n, "byline": bylines[n]} for n in value.citations if n in bylines
            ],
        }
        for value in answer.support
    ]


def _describe_sentence(sentence: AnswerSentence, bylines: dict[int, str]) -> dict[str, Any]:
    cited = [n for n in dict.fromkeys(sentence.citations) if n in bylines]
    return {
        "text": " ".join(sentence.text.split()),
        "citations": [{"number": n, "byline": bylines[n]} for n in cited],
        "problems": "; ".join(sentence.problems),
    }


def _describe_parts(answer: Answer, values: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the quotes of each thing that was asked, and beside them what else was found.

    The quotes of an answer without parts are in the order of its values.

    Numbers grow in reading order: what was found beside a part stands below the quotes of the part.
    """
    statuses = _statuses(answer.support)
    if not answer.parts:
        quotes = _as_in_table(answer.citations, values)
        return [_describe_part("", "", quotes, answer.also_found, statuses)]
    described = []
    for place, part in enumerate(answer.parts):
        later = [n for after in answer.parts[place + 1 :] for n in after.citations]
        end = min(later, default=len(answer.sources) + 1)
        start = min(part.citations, default=end)
        own = [c for c in answer.citations if c.number in part.citations]
        beside = [c for c in answer.also_found if start <= c.number < end]
        described.append(_describe_part(part.question, part.lead, own, beside, statuses))
    return described


def _as_in_table(citations: Sequence[Citation], values: Sequence[dict[str, Any]]) -> list[Citation]:
    """Return quotes in the order in which a table of values names them; the others come after."""
    named = [one["number"] for value in values for one in value["citations"]]
    places = {number: place for place, number in reversed(list(enumerate(named)))}
    return sorted(citations, key=lambda citation: places.get(citation.number, len(places)))


def _describe_part(
    question: str,
    lead: str,
    citations: Iterable[Citation],
    beside: Iterable[Citation],
    statuses: dict[int, str],
) -> dict[str, Any]:
    return {
        "question": question,
        "lead": lead,
        "statements": [_describe_statement(c, statuses.get(c.number, "")) for c in citations],
        "also_found": [_describe_statement(c, statuses.get(c.number, "")) for c in beside],
    }


def _statuses(values: Sequence[Value]) -> dict[int, str]:
    """Return what became of the values of the quotes that hold no more, by their numbers."""
    return {
        number: status
        for value in values
        if (status := say_status(value))
        for number in value.citations
    }


def _describe_statement(citation: Citation, status: str) -> dict[str, Any]:
    return {
        "number": citation.number,
        "quote": mark_quote(citation.quote, citation.highlight),
        "title": name_of(citation),
        "byline": byline(citation),
        "days": say_event_days(citation),
        "genre": citation.genre,
        "is_headline": citation.is_headline,
        "state": state_of(citation.title, citation.note),
        "value_status": status,
        "note": shortened(citation.note, _SHORT_NOTE),
        **_describe_copies(citation.copies),
    }


def _describe_copies(copies: tuple[Copy, ...]) -> dict[str, Any]:
    """Return the first few of those that carry the same story, and how many more there are."""
    return {
        "copies": [describe_copy(copy) for copy in copies[:_FEW_COPIES]],
        "more_copies": max(0, len(copies) - _FEW_COPIES),
    }


def _describe_hit(hit: Hit) -> dict[str, Any]:
    return {
        "article": hit.article_id,
        "title": name_of(hit),
        "byline": byline(hit),
        "state": state_of(hit.title, hit.note),
        "note": shortened(hit.note, _SHORT_NOTE),
        "excerpt": shortened(hit.text, _EXCERPT),
        **_describe_copies(hit.copies),
    }


def _nothing_nearest(turn: Turn) -> str:
    """Return that nothing was found, where the answer itself does not say what it lacks."""
    if turn.answer is None or turn.answer.nearest or turn.answer.lead:
        return ""
    if turn.time_was_read:
        return "No article from these days matches."
    return "No article matches. Widen the dates or outlets."


def _say_seconds(seconds: float) -> str:
    return f"Answered in {seconds:.1f} seconds." if seconds else ""
