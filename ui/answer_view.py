"""Turn -> the answer on the page: quotes, citation markers, source cards.

All text of articles and people travels as data and is set with `textContent`, so nothing in it is
markup, is fetched or runs. The script and the styles beside this module hold no such text.
"""

import textwrap
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from rag.records import Answer, Citation, Hit
from ui.conversation import Source, Turn, nearest_articles

_EXCERPT = 280

_answer_view = st.components.v2.component(
    "dateline_answer",
    css=Path(__file__).with_name("answer_view.css").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("answer_view.js").read_text(encoding="utf-8"),
)


def show_answer(turn: Turn, *, newest: bool) -> None:
    """Put a turn's answer on the page; the newest one is announced by screen readers."""
    _answer_view(key=f"answer-{turn.number}", data=describe_turn(turn) | {"newest": newest})


def describe_turn(turn: Turn) -> dict[str, Any]:
    """Return what the script shows of a turn, as plain values."""
    common = {"turn": turn.number}
    if turn.answer is None:
        return common | {"status": "problem", "problem": turn.problem}
    answer = turn.answer
    return common | {
        "status": answer.status,
        "statements": _statements(answer.citations),
        "also_found": _statements(answer.also_found),
        "searched": answer.searched,
        "nearest": [_describe_hit(hit) for hit in nearest_articles(answer)],
        "nothing_nearest": _nothing_nearest(answer),
        "sources": {str(s.citation.number): _describe_source(s) for s in turn.sources},
    }


def format_day(day: date | None) -> str:
    """Return a day as a newspaper prints it, such as 10 November 2020."""
    return f"{day:%-d %B %Y}" if day else "no date"


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


def _statements(citations: tuple[Citation, ...]) -> list[dict[str, Any]]:
    return [
        {
            "number": citation.number,
            "quote": " ".join(citation.quote.split()),
            "title": citation.title or citation.article_id,
            "byline": _byline(citation),
        }
        for citation in citations
    ]


def _describe_source(source: Source) -> dict[str, Any]:
    citation = source.citation
    return {
        "title": citation.title or citation.article_id,
        "byline": _byline(citation),
        "authors": ", ".join(source.authors),
        "address": web_address(citation.url),
        "path": source.path,
        "before": ("… " if source.starts_earlier else "") + source.before,
        "quote": citation.quote,
        "after": source.after + (" …" if source.goes_on else ""),
    }


def _describe_hit(hit: Hit) -> dict[str, Any]:
    return {
        "title": hit.title or hit.article_id,
        "byline": _byline(hit),
        "address": web_address(hit.url),
        "excerpt": textwrap.shorten(hit.text, _EXCERPT, placeholder=" …"),
    }


def _nothing_nearest(answer: Answer) -> str:
    return (
        "" if answer.nearest else "No article matches. Widen the dates or outlets in the sidebar."
    )


def _byline(item: Citation | Hit) -> str:
    return " · ".join(part for part in (item.source, format_day(item.published)) if part)
