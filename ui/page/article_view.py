"""Describe the articles that the pane shows, as plain values for its script. No Streamlit here.

The source of a quote is described with its answer. Copies, earlier texts and nearest articles are
described when a person opens them, and only those that the answer names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from rag.errors import DatelineError
from rag.export.citing.entries import gather_entries
from rag.export.citing.footnotes import footnote
from rag.records import Answer, Article, Citation, Copy, Hit, Report
from rag.records.sources import Source
from rag.text.sentences import Span, split_sentences
from rag.text.terms import counted_terms
from ui.page.in_words import (
    byline,
    format_day,
    name_copy,
    name_of,
    name_version,
    say_withheld,
    split_quote,
    state_of,
    web_address,
)
from ui.page.sources import Articles, SourceCard, version_days

# A sentence is the same one in other words if it shares this part of the words of both.
_SAME_SENTENCE = 0.5
_NOT_NAMED = "This article is not among those that the answer names."
_GONE = "This article is not in the archive any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An article that a person wants to open, or its earlier text of this place in its history."""

    article_id: str
    version: int | None = None

    @classmethod
    def read(cls, sent: object) -> "Wanted | None":
        """Return what the script of the pane sent; None if it is not of this form."""
        match sent:
            case {"article": str(article_id), "version": int(version)}:
                return cls(article_id=article_id, version=version)
            case {"article": str(article_id)}:
                return cls(article_id=article_id)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Where an answer names an article: as what, and which words of it, or like which words."""

    role: str
    place: Span | None = None
    like: str = ""
    copies: tuple[Copy, ...] = ()
    note: str = ""


def describe_source(source: SourceCard) -> dict[str, Any]:
    """Return the article of a quote with the quote and the words that answer marked."""
    citation = source.citation
    before = ("… " if source.starts_earlier else "") + source.before
    after = source.after + (" …" if source.goes_on else "")
    return _about(citation, note=citation.note, copies=citation.copies) | {
        "role": f"Quoted as [{citation.number}]",
        "number": citation.number,
        "authors": ", ".join(source.authors),
        "updated": _say_updated(source.updated, citation.published),
        "withheld": say_withheld(source.embargoed, source.expires),
        "genre": citation.genre,
        "versions": _describe_versions(citation.article_id, source.versions),
        "address": web_address(citation.link or citation.url),
        "text": [before, *split_quote(citation.quote, citation.highlight), after],
        "quote": f"“{' '.join(citation.quote.split())}”",
        "footnote": write_footnote(citation),
    }


def describe_wanted(archive: Articles, answer: Answer, wanted: Wanted) -> dict[str, Any]:
    """Return an article that an answer names, or in words why it cannot be shown."""
    named = find_named(answer, wanted.article_id)
    if named is None:
        return {"problem": _NOT_NAMED}
    try:
        article = archive.article(wanted.article_id)
    except KeyError:
        return {"problem": _GONE}
    except DatelineError as error:
        return {"problem": str(error)}
    if wanted.version is None:
        return describe_article(article, named)
    if not 0 <= wanted.version < len(article.versions):
        return {"problem": _GONE}
    return _describe_version(article, named, wanted.version)


def find_named(answer: Answer, article_id: str) -> _Named | None:
    """Return where an answer names an article, first as a source; None if it does not."""
    return next((named for one, named in _all_named(answer) if one == article_id), None)


def describe_article(article: Article, named: _Named) -> dict[str, Any]:
    """Return an article with the words marked for which it is named."""
    source = Copy(**article.as_source)
    copies = tuple(copy for copy in named.copies if copy.article_id != article.id)
    place = named.place or same_sentence(article.text, named.like)
    return _about(source, note=named.note or article.note, copies=copies) | {
        "role": named.role,
        "authors": ", ".join(article.authors),
        "updated": _say_updated(article.updated, article.published),
        "withheld": say_withheld(article.embargoed, article.expires),
        "genre": article.genre,
        "versions": _describe_versions(article.id, version_days(article)),
        "address": web_address(article.url),
        "text": _parts(article.text, place),
    }


def same_sentence(text: str, quote: str) -> Span | None:
    """Return the sentence of a text that says what a quote says; None if none is like it.

    Copies of one story differ in single words and figures, so most words are shared.
    """
    start = text.find(quote) if quote else -1
    if start >= 0:
        return Span(start, start + len(quote))
    wanted = counted_terms(quote)
    best, place = 0.0, None
    for span in split_sentences(text) if wanted else ():
        terms = counted_terms(text[span.start : span.end])
        share = len(terms & wanted) / len(terms | wanted)
        if share > best:
            best, place = share, span
    return place if best >= _SAME_SENTENCE else None


def write_footnote(citation: Citation) -> str:
    """Return the footnote of one quote, without its number."""
    [entry] = gather_entries([citation])
    return footnote(entry)


def describe_copy(copy: Copy) -> dict[str, str]:
    """Return a copy as it can be opened: its id, and its outlet with the day."""
    return {
        "article": copy.article_id,
        "label": name_copy(copy),
    }


def _all_named(answer: Answer) -> Iterator[tuple[str, _Named]]:
    """Yield the articles that an answer names; copies come last, for they may be more than that."""
    told: list[Citation | Report | Hit] = [*answer.sources, *_reports(answer), *answer.nearest]
    for one in told:
        place = Span(one.start, one.end)
        note = "" if isinstance(one, Report) else one.note
        role = _role(one, answer)
        yield one.article_id, _Named(role=role, place=place, copies=one.copies, note=note)
    for one in told:
        words = one.text if isinstance(one, Hit) else one.quote
        role = f"Same story as in {one.source or name_of(one)}, counted as one source"
        others = (*one.copies, Copy(**one.fields))
        for copy in one.copies:
            yield copy.article_id, _Named(role=role, like=words, copies=others)


def _reports(answer: Answer) -> Iterator[Report]:
    return chain.from_iterable(value.reports for value in answer.values)


def _role(one: Citation | Report | Hit, answer: Answer) -> str:
    if isinstance(one, Hit):
        is_answered = answer.status == "answered"
        return "Read for this answer" if is_answered else "Nearest, but not an answer"
    return f"Quoted as [{one.number}]" if one.number else "Reports one of the values"


def _about(source: Source, *, note: str, copies: tuple[Copy, ...]) -> dict[str, Any]:
    return {
        "article": source.article_id,
        "title": name_of(source),
        "byline": byline(source),
        "state": state_of(source.title, note),
        "note": note,
        "copies": [describe_copy(copy) for copy in copies],
    }


def _describe_version(article: Article, named: _Named, version: int) -> dict[str, Any]:
    """Return an earlier text of an article, with the sentence marked that is quoted of it now."""
    old = article.versions[version]
    place = named.place
    like = named.like or (article.text[place.start : place.end] if place else "")
    text = replace(article, text=old.text, title=old.title or article.title, note=old.note)
    day = old.updated or old.published
    shown = describe_article(text, replace(named, place=None, like=like, note="", copies=()))
    return shown | {
        "role": f"Earlier text{f', of {format_day(day)}' if day else ''}",
        "version": version,
        "updated": "",
    }


def _describe_versions(article_id: str, days: tuple[date | None, ...]) -> list[dict[str, Any]]:
    return [
        {"article": article_id, "version": place, "label": name_version(place + 1, day)}
        for place, day in enumerate(days)
    ]


def _parts(text: str, place: Span | None) -> list[str]:
    """Return a text in five parts, of which the three in the middle are the marked sentence."""
    if place is None:
        return [text, "", "", "", ""]
    return [text[: place.start], text[place.start : place.end], "", "", text[place.end :]]


def _say_updated(updated: date | None, published: date | None) -> str:
    return f"Changed on {format_day(updated)}" if updated and updated != published else ""
