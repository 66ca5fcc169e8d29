"""Takes the quotes of a saved answer to what the archive has of them now.

Each article is read by its id, also if no search may find it. Corrections are looked for as for an
answer, because an outlet may correct an article in another one.
"""

import os.path
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from rag.locating import locate
from rag.locating.aligning import align, words_of
from rag.models.embedding import Embedder
from rag.rechecking.corrected import NewNotes, find_new_notes
from rag.rechecking.particulars import compare_particulars
from rag.rechecking.records import STANDING, Recheck, RecheckedQuote, RecheckStatus
from rag.rechecking.typesetting import find_set_otherwise
from rag.records import Answer, Article, Citation, SearchFilter
from rag.store.interface import Store
from rag.text.retractions import is_correction
from rag.text.sentences import Span

# Of the words of a quote, this share must stand in one place to be what became of it.
_LIKE = 0.5
# With fewer words, nothing is said about where else a quote stands.
_LEAST_WORDS = 5
_END_MARKS = re.compile(r"[.!?…,;:)\]”’\"']+")
# Of what can be said of a quote whose article is there, the last one counts.
_GRAVITY: tuple[RecheckStatus, ...] = (
    *STANDING,
    "altered",
    "corrected",
    "withdrawn",
    "expired",
    "embargoed",
)
_SET_OTHERWISE = "only spaces, quotation marks or dashes differ"


def recheck(answer: Answer, store: Store, embedder: Embedder) -> Recheck:
    """Return what has become of each quote of an answer, those of reports it does not cite too."""
    now = datetime.now(UTC)
    cited, uncited = answer.sources, answer.uncited
    ids = list(dict.fromkeys(citation.article_id for citation in (*cited, *uncited)))
    articles, withdrawn = store.articles(ids), store.withdrawn(ids)
    notes = find_new_notes(answer, [*cited, *uncited], articles, store, embedder, now=now)
    made = answer.provenance

    def rechecked(citations: Iterable[Citation]) -> tuple[RecheckedQuote, ...]:
        return tuple(_recheck_quote(c, articles, withdrawn, notes, store, now) for c in citations)

    return Recheck(
        question=answer.question,
        quotes=rechecked(cited),
        checked=now,
        now=store.generation,
        asked=made.asked if made else None,
        generation=made.generation if made else "",
        reports=rechecked(uncited),
        archive=_other_place(made.archive, store.location) if made else "",
    )


def _other_place(made_from: str, here: str) -> str:
    """Return the place of an archive, empty if it is this one's."""
    return "" if os.path.abspath(made_from) == os.path.abspath(here) else made_from


def _recheck_quote(
    citation: Citation,
    articles: Mapping[str, Article],
    withdrawn: Mapping[str, str],
    notes: Mapping[int, NewNotes],
    store: Store,
    now: datetime,
) -> RecheckedQuote:
    article = articles.get(citation.article_id)
    if article is not None:
        return _compare(citation, article, notes[citation.number], now)
    if citation.article_id in withdrawn:
        return replace(_was(citation, "withdrawn"), note=withdrawn[citation.article_id])
    return replace(_was(citation, "removed"), found_in=_elsewhere(citation, store, now))


def _compare(
    citation: Citation, article: Article, notes: NewNotes, now: datetime
) -> RecheckedQuote:
    """Return what an article that is there has of a quote."""
    is_as_it_was = article.text_hash == citation.text_hash
    changed = None if is_as_it_was else article.updated or article.published
    found, particulars = _now(citation, article), compare_particulars(citation, article)
    stands = found.status in STANDING
    return replace(
        found,
        status=max(
            (found.status, particulars.status, *_said(found, article, notes, now)),
            key=_GRAVITY.index,
        ),
        note="\n".join(filter(None, (*particulars.notes, notes.text))),
        changed=None if stands else changed,
    )


def _said(
    found: RecheckedQuote, article: Article, notes: NewNotes, now: datetime
) -> Iterator[RecheckStatus]:
    """Yield what notes, corrections and the times of an article make of a quote."""
    is_told = notes.own or is_correction(article.title, article.section)
    if is_told and found.status not in STANDING:
        yield "corrected"
    if notes.withdrawing:
        yield "withdrawn" if notes.kills else "corrected"
    if article.is_expired(now):
        yield "expired"
    if article.is_embargoed(now):
        yield "embargoed"


def _now(citation: Citation, article: Article) -> RecheckedQuote:
    """Return where the words of a quote stand in an article, or what stands there instead."""
    quote, text = citation.quote, article.text
    if text[citation.start : citation.end] == quote:
        return _placed(_was(citation, "there"), text, Span(citation.start, citation.end))
    starts = [found.start() for found in re.finditer(re.escape(quote), text)]
    if starts:
        start = min(starts, key=lambda at: abs(at - citation.start))
        return _placed(_was(citation, "moved"), text, Span(start, start + len(quote)))
    if places := list(find_set_otherwise(quote, text)):
        place = min(places, key=lambda place: abs(place.start - citation.start))
        status: RecheckStatus = "there" if place.start == citation.start else "moved"
        return replace(_placed(_was(citation, status), text, place), remark=_SET_OTHERWISE)
    was = _was(citation, "altered")
    given = words_of(quote)
    found = align(quote, given, text, Span(0, len(text))) if given else None
    if found is None or found.matched < _LIKE * len(given):
        return was
    place = _with_marks(text, found.place)
    return replace(_placed(was, text, place), differences=found.differences)


def _with_marks(text: str, place: Span) -> Span:
    """Return a place with the punctuation at its end, which words alone leave out."""
    marks = _END_MARKS.match(text, place.end)
    return Span(place.start, marks.end() if marks else place.end)


def _was(citation: Citation, status: RecheckStatus) -> RecheckedQuote:
    """Return a quote as it was, with a status."""
    return RecheckedQuote(
        **citation.fields,
        number=citation.number,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        status=status,
    )


def _placed(quote: RecheckedQuote, text: str, place: Span) -> RecheckedQuote:
    return replace(
        quote, now=text[place.start : place.end], now_start=place.start, now_end=place.end
    )


def _elsewhere(citation: Citation, store: Store, now: datetime) -> str:
    """Return the id of another article that has a quote word for word; empty if none has."""
    if len(words_of(citation.quote)) < _LEAST_WORDS:
        return ""
    places = locate(citation.quote, store, where=SearchFilter(now=now), limit=1)
    is_there = bool(places) and places[0].verbatim and not places[0].in_headline
    return places[0].article_id if is_there else ""
