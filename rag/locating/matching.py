"""Finds the articles in which a text stands, or a part of it: word for word or altered.

The store gives the articles that have most of its words. A headline is no part of an article's
text, so it is looked at by itself, and only for a text of which it has every word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.evidence.phrases import find_held
from rag.locating.aligning import FEW, Alignment, Word, align
from rag.records import Article, Copy, SearchFilter
from rag.store.interface import Store
from rag.store.model import StoreQuery
from rag.text.exact import find_exactly, pattern_of, undivided
from rag.text.sentences import Span
from rag.text.terms import Terms, joined_terms, question_terms

# Passages that are looked at; copies of one story take up several.
_PASSAGES = 24
# The most terms that are searched; of a long text, those at its beginning, middle and end.
_MOST_TERMS = 60
# With so few terms a text may stand in more passages than are looked at.
_FEW_TERMS = 6
# Of the words of an altered text, this share must stand in one place: two of three. Below that
# are other sentences about the same matter, and usual phrases with other names (`bench locating`).
LIKE = 0.66
# Characters around the passages that were found.
_AROUND = 1500
# A part of the text with fewer words is not looked for elsewhere.
LEAST_PART = FEW + 1
# So many words in a row are no chance, and no usual phrase.
SURE_WORDS = 2 * LEAST_PART


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A text, or a part of it, in an article; `alignment` is None if it is there word for word.

    `matched` is how many of its words stand there. If it is `in_headline`, `place` is a place in
    the headline.
    """

    article: Article
    place: Span
    part: Span
    matched: int
    alignment: Alignment | None = None
    in_headline: bool = False

    @property
    def likeness(self) -> float:
        """The share of the words of the part that stand in the article, 0 to 1."""
        return self.alignment.likeness if self.alignment else 1.0

    @property
    def has_all(self) -> bool:
        """Whether the article has all words of the part, in their order and no others."""
        return self.alignment is None or not self.alignment.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """Where a text is looked for."""

    store: Store
    where: SearchFilter


def find_matches(excerpt: str, given: Sequence[Word], archived: Archived) -> list[Match]:
    """Return where some words of a text stand, or most of them, best first.

    The original comes before its copies.
    """
    whole = Span(given[0].span.start, given[-1].span.end)
    words = excerpt[whole.start : whole.end]
    candidates = _candidates(words, archived)
    exact = list(_exact([article for article, _ in candidates], words, given, whole))
    if not any(not match.in_headline for match in exact):
        exact = [*_exact(_held(words, archived), words, given, whole)] or exact
    if exact:
        return sorted(exact, key=_rank)
    least = min(LIKE * len(given), SURE_WORDS)
    aligned = [
        match
        for article, near in candidates
        for match in _aligned(excerpt, given, article, near)
        if match.matched >= (len(given) if match.in_headline else least)
    ]
    return sorted(aligned, key=_rank)


def _exact(
    articles: Iterable[Article], words: str, given: Sequence[Word], whole: Span
) -> Iterator[Match]:
    """Yield the articles that have a text word for word, in their texts or else headlines."""
    pattern = pattern_of(words)
    for article in articles:
        for text, in_headline in ((article.text, False), (article.title, True)):
            if place := find_exactly(pattern, text):
                yield Match(
                    article=article,
                    place=place,
                    part=whole,
                    matched=len(given),
                    in_headline=in_headline,
                )
                break


def _aligned(excerpt: str, given: Sequence[Word], article: Article, near: Span) -> Iterator[Match]:
    """Yield the best places of a text in an article, and in its headline if it has all words."""
    for text, within, in_headline in (
        (article.text, near, False),
        (article.title, Span(0, len(article.title)), True),
    ):
        found = align(excerpt, given, text, within)
        if found and not (in_headline and found.differences):
            yield Match(
                article=article,
                place=found.place,
                part=found.part,
                matched=found.matched,
                alignment=found,
                in_headline=in_headline,
            )


def as_it_stands(match: Match, excerpt: str) -> Match:
    """Return a match of a part of a text, word for word if the part stands there so."""
    if match.alignment is None or not match.has_all:
        return match
    text = match.article.title if match.in_headline else match.article.text
    place = find_exactly(pattern_of(excerpt[match.part.start : match.part.end]), text)
    return replace(match, place=place, alignment=None) if place else match


def _held(words: str, archived: Archived) -> list[Article]:
    """Return the articles that have a text of a few usual words, which are no good candidates.

    "He has no plans to retire" has two words to search with, and many passages have both.
    """
    words = undivided(words)
    if not 0 < len(set(question_terms(words).indices)) <= _FEW_TERMS:
        return []
    held = find_held([words], archived.store, archived.where)
    return list(archived.store.articles(held.articles).values())


def _rank(match: Match) -> tuple[bool, int, int, bool, bool, date, str]:
    """Return what orders matches: verbatim, most words, fewest changes, then the original."""
    article, found = match.article, match.alignment
    return (
        found is not None,
        -match.matched,
        len(found.differences) if found else 0,
        match.in_headline,
        article.cluster not in ("", article.id),
        article.published or date.max,
        article.id,
    )


def _candidates(words: str, archived: Archived) -> list[tuple[Article, Span]]:
    """Return the articles that have most of the words, each with the part of it that has them.

    The originals of those that are copies are among them, with all of their text.
    """
    store, where = archived.store, archived.where
    terms = _thinned(joined_terms(question_terms(undivided(words)), question_terms(words)))
    scored = store.query(StoreQuery(terms=terms, vector=None, limit=_PASSAGES, where=where))
    near: dict[str, Span] = {}
    for passage in (found.passage for found in scored):
        known = near.get(passage.article_id, Span(passage.start, passage.end))
        start, end = min(known.start, passage.start), max(known.end, passage.end)
        near[passage.article_id] = Span(start, end)
    articles = store.articles(list(near))
    originals = {a.cluster for a in articles.values() if a.cluster and a.cluster not in articles}
    if originals:
        visible = store.copies(sorted(originals), where)
        wanted = {copy.article_id for c in visible.values() for copy in c if _is_from(copy, where)}
        articles |= store.articles(sorted(originals & wanted))
    return [
        (article, _widened(near.get(article.id, Span(0, len(article.text)))))
        for article in articles.values()
    ]


def _is_from(copy: Copy, where: SearchFilter) -> bool:
    return where.sources is None or copy.source in where.sources


def _widened(near: Span) -> Span:
    """Return a part of an article with what the text may have from before and behind it."""
    return Span(max(0, near.start - _AROUND), near.end + _AROUND)


def _thinned(terms: Terms) -> Terms:
    if len(terms.indices) <= _MOST_TERMS:
        return terms
    every = len(terms.indices) / _MOST_TERMS
    kept = [int(n * every) for n in range(_MOST_TERMS)]
    return Terms([terms.indices[n] for n in kept], [terms.weights[n] for n in kept])
