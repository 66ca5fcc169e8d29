"""Show an answer on the chat page: its date, its short answer, its quotes and their sources.

All text of articles, models and people travels as data and is set with `textContent`, so nothing in
it is markup, is fetched or runs. The script and the styles beside this module hold no such text.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from rag.records import Answer, AnswerSentence, Citation, Copy, Hit
from rag.text.calendar import day_in_words
from ui.certainty import say_certainty
from ui.page.conversation import Turn
from ui.page.sources import SourceCard, nearest_articles
from ui.support_table import say_days, say_outlets, say_status

_EXCERPT = 280
# At a quote; the card of its source has all of both.
_SHORT_NOTE = 140
_FEW_COPIES = 3
_SPACES = re.compile(r"\s+")

_answer_view = st.components.v2.component(
    "dateline_answer",
    css=Path(__file__).with_name("answer_view.css").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("answer_view.js").read_text(encoding="utf-8"),
)


def show_answer(turn: Turn, *, newest: bool, on_all_dates: Callable[[], None]) -> None:
    """Put a turn's answer on the page; the newest one is announced by screen readers.

    `on_all_dates` is called when the person wants it asked again whatever dates it names.
    """
    _answer_view(
        key=f"answer-{turn.number}",
        data=describe_turn(turn) | {"newest": newest},
        on_all_dates_change=on_all_dates,
    )


def describe_turn(turn: Turn) -> dict[str, Any]:
    """Return what the script shows of a turn, as plain values."""
    common = {"turn": turn.number}
    if turn.answer is None:
        return common | {"status": "problem", "problem": turn.problem}
    answer = turn.answer
    sources = {str(s.citation.number): _describe_source(s) for s in turn.sources}
    return common | {
        "status": answer.status,
        "question": turn.question,
        "when": _describe_when(answer),
        "short": _describe_short(answer),
        "written": [_describe_sentence(s, sources) for s in answer.sentences if s.supported],
        "unsupported": [
            _describe_sentence(s, sources) for s in answer.sentences if not s.supported
        ],
        "values": _describe_values(answer),
        "statements": _statements(answer.citations),
        "silent": [part.question for part in answer.parts if part.status == "not_in_archive"],
        "also_found": _statements(answer.also_found),
        "certainty": answer.certainty,
        "certainty_means": say_certainty(answer),
        "searched": answer.searched,
        "offers_all_dates": turn.time_was_read,
        "nearest": [_describe_hit(hit) for hit in nearest_articles(answer)],
        "nothing_nearest": _nothing_nearest(turn),
        "sources": sources,
    }


def format_day(day: date | None) -> str:
    """Return a day as a newspaper prints it, such as 10 November 2020."""
    return day_in_words(day) if day else "no date"


def web_address(url: str) -> dict[str, str] | None:
    """Return an address that may be opened and its host; None if it is not http or https."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return {"href": parts.geturl(), "host": host}


def mark_quote(quote: str, highlight: tuple[int, int] | None) -> list[str]:
    """Return a quote on one line in three parts: what is before the mark, in it, and after it.

    `highlight` are offsets in the quote as it is stored. The parts are cut before white space is
    collapsed, and are text rather than offsets, which a browser would count in UTF-16.
    """
    start, end = highlight or (0, 0)
    marked = quote[start:end].strip()
    if not marked:
        return [" ".join(quote.split()), "", ""]
    # White space at the edges of the mark goes to its sides, else it would be there twice.
    start = quote.index(marked, start)
    before, after = quote[:start].lstrip(), quote[start + len(marked) :].rstrip()
    return [_SPACES.sub(" ", part) for part in (before, marked, after)]


def _describe_when(answer: Answer) -> dict[str, str] | None:
    """Return the time that a when-question asks for, and apart from it what it follows from."""
    return {"day": answer.when_day, "follows": answer.when_follows} if answer.when_day else None


def _describe_short(answer: Answer) -> str:
    """Return the few words that answer; none where they only repeat the date above them."""
    return "" if answer.short.casefold() in answer.when_day.casefold() else answer.short


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
            "sources": f"{value.sources} source{'' if value.sources == 1 else 's'}",
            "outlets": say_outlets(value),
            "citations": [
                {"number": n, "byline": bylines[n]} for n in value.citations if n in bylines
            ],
        }
        for value in answer.support
    ]


def _describe_sentence(sentence: AnswerSentence, sources: dict[str, Any]) -> dict[str, Any]:
    cited = [n for n in dict.fromkeys(sentence.citations) if str(n) in sources]
    return {
        "text": " ".join(sentence.text.split()),
        "citations": [{"number": n, "byline": sources[str(n)]["byline"]} for n in cited],
        "problems": "; ".join(sentence.problems),
    }


def _statements(citations: tuple[Citation, ...]) -> list[dict[str, Any]]:
    return [
        {
            "number": citation.number,
            "quote": mark_quote(citation.quote, citation.highlight),
            "title": citation.title or citation.article_id,
            "byline": _byline(citation),
            "genre": citation.genre,
            "is_headline": citation.is_headline,
            "note": _shortened(citation.note, _SHORT_NOTE),
            "copies": _describe_copies(citation.copies, most=_FEW_COPIES),
        }
        for citation in citations
    ]


def _describe_source(source: SourceCard) -> dict[str, Any]:
    citation = source.citation
    return {
        "title": citation.title or citation.article_id,
        "byline": _byline(citation),
        "authors": ", ".join(source.authors),
        "address": web_address(citation.link or citation.url),
        "path": source.path,
        "note": citation.note,
        "copies": _describe_copies(citation.copies, most=len(citation.copies)),
        "before": ("… " if source.starts_earlier else "") + source.before,
        "quote": citation.quote,
        "after": source.after + (" …" if source.goes_on else ""),
    }


def _describe_copies(copies: tuple[Copy, ...], *, most: int) -> str:
    """Return who else carries a story, each outlet and day once."""
    named = dict.fromkeys(f"{c.source or c.article_id} ({format_day(c.published)})" for c in copies)
    more = len(named) - most
    return ", ".join(list(named)[:most]) + (f" and {more} more" if more > 0 else "")


def _describe_hit(hit: Hit) -> dict[str, Any]:
    return {
        "title": hit.title or hit.article_id,
        "byline": _byline(hit),
        "address": web_address(hit.url),
        "note": _shortened(hit.note, _SHORT_NOTE),
        "copies": _describe_copies(hit.copies, most=_FEW_COPIES),
        "excerpt": _shortened(hit.text, _EXCERPT),
    }


def _nothing_nearest(turn: Turn) -> str:
    if turn.answer is None or turn.answer.nearest:
        return ""
    if turn.time_was_read:
        return "No article from these days matches."
    return "No article matches. Widen the dates or outlets in the sidebar."


def _byline(item: Citation | Hit) -> str:
    return " · ".join(part for part in (item.source, format_day(item.published)) if part)


def _shortened(text: str, most: int) -> str:
    """Return text on one line, cut after a word where it is longer than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    # In a script without spaces between words it is cut anywhere.
    return f"{line[:most].rsplit(' ', 1)[0]} …"
