"""Takes a text to the articles it comes from: word for word, altered, or put together from several.

The store gives the articles that have most of its words. A text is *verbatim* if an article has it
word for word. It is *altered* if most of its words stand in one place in the same order. If a
longer part of it stands elsewhere, it was *stitched* together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.errors import QuestionError
from rag.evidence.phrases import find_held
from rag.locating.aligning import FEW, Alignment, Word, align, uncovered, words_of
from rag.locating.records import Located
from rag.records import Article, Copy, SearchFilter
from rag.store.interface import Store
from rag.store.model import StoreQuery
from rag.text.exact import find_exactly, pattern_of
from rag.text.sentences import Span
from rag.text.terms import Terms, question_terms

_LEAST_WORDS = 3
_MOST_CHARACTERS = 20_000
# Passages that are looked at; copies of one story take up several.
_PASSAGES = 24
# The most terms that are searched; of a long text, those at its beginning, middle and end.
_MOST_TERMS = 60
# With so few terms a text may stand in more passages than are looked at.
_FEW_TERMS = 6
# Of the words of an altered text, this share must stand in one place: two of three. Below that
# are other sentences about the same matter, and usual phrases with other names (`bench locating`).
_LIKE = 0.66
# Of few words, so many stand in some article by chance, and of one part of a text too. There, at
# most one word of five may be another.
_FEW_WORDS, _LIKE_OF_FEW = 12, 0.8
# Other places are shown too if they have this share of the words that the best one has.
_NEARLY = 0.9
# Characters around the passages that were found.
_AROUND = 1500
# A part of the text with fewer words is not looked for elsewhere.
_LEAST_PART = FEW + 1
_MOST_PARTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A text, or a part of it, in an article; `alignment` is None if it is there word for word.

    `matched` is how many of its words stand there.
    """

    article: Article
    place: Span
    part: Span
    matched: int
    alignment: Alignment | None = None

    @property
    def likeness(self) -> float:
        """The share of the words of the part that stand in the article, 0 to 1."""
        return self.alignment.likeness if self.alignment else 1.0


def locate(excerpt: str, store: Store, *, where: SearchFilter, limit: int = 10) -> list[Located]:
    """Return the places from which a text comes, best first; none if no article has it.

    The original of several copies comes first. If the text is stitched together, there is one place
    for each of its parts, in their order.

    Raises:
        QuestionError: the text has fewer than three words, or is too long; or `limit` is less than
            one.
    """
    if limit < 1:
        raise QuestionError(f"limit is {limit}; ask for at least one place")
    given = words_of(excerpt)
    if len(given) < _LEAST_WORDS:
        raise QuestionError("give at least three words of the text that you look for")
    if len(excerpt) > _MOST_CHARACTERS:
        raise QuestionError(
            f"the text has {len(excerpt):,} characters; give at most {_MOST_CHARACTERS:,}, such as "
            "a paragraph of it"
        )
    whole = Span(given[0].span.start, given[-1].span.end)
    matches = _matches(excerpt, whole, given, store, where)
    if not matches:
        return []
    best = matches[0]
    parts = [] if best.alignment is None else list(_others(excerpt, best, given, store, where))
    solid = [match for match in [best, *parts] if match.likeness >= _LIKE_OF_FEW]
    if len(solid) > 1 and sum(match.matched for match in solid) >= _LIKE * len(given):
        ordered = sorted(solid, key=lambda match: match.part.start)
        return [replace(_located(match, store, where), stitched=True) for match in ordered]
    # Places that have much less of the text are other reports, and not its source.
    like = _LIKE if len(given) > _FEW_WORDS else _LIKE_OF_FEW
    least = max(like * len(given), _NEARLY * best.matched)
    kept = [match for match in matches if match.matched >= least]
    return [_located(match, store, where) for match in kept[:limit]]


def _matches(
    excerpt: str, whole: Span, given: Sequence[Word], store: Store, where: SearchFilter
) -> list[_Match]:
    """Return where a part of the text stands, best first; the original before its copies."""
    words = excerpt[whole.start : whole.end]
    candidates = _candidates(words, store, where)
    pattern = pattern_of(words)
    exact = [
        _Match(article=article, place=place, part=whole, matched=len(given))
        for article, _ in candidates
        if (place := find_exactly(pattern, article.text))
    ]
    exact = exact or _held(words, given, whole, store, where)
    if exact:
        return sorted(exact, key=_rank)
    least = min(_LIKE * len(given), 2 * _LEAST_PART)
    aligned = [
        _Match(
            article=article,
            place=found.place,
            part=found.part,
            matched=found.matched,
            alignment=found,
        )
        for article, near in candidates
        if (found := align(excerpt, given, article.text, near)) and found.matched >= least
    ]
    return sorted(aligned, key=_rank)


def _held(
    words: str, given: Sequence[Word], whole: Span, store: Store, where: SearchFilter
) -> list[_Match]:
    """Return the articles that have a text of a few usual words, which are no good candidates.

    "He has no plans to retire" has two words to search with, and many passages have both.
    """
    if not 0 < len(set(question_terms(words).indices)) <= _FEW_TERMS:
        return []
    held = find_held([words], store, where)
    pattern = pattern_of(words)
    return [
        _Match(article=article, place=place, part=whole, matched=len(given))
        for article in store.articles(held.articles).values()
        if (place := find_exactly(pattern, article.text))
    ]


def _rank(match: _Match) -> tuple[bool, int, int, bool, date, str]:
    """Return what orders matches: verbatim, most words, fewest changes, then the original."""
    article, found = match.article, match.alignment
    return (
        found is not None,
        -match.matched,
        len(found.differences) if found else 0,
        article.cluster not in ("", article.id),
        article.published or date.max,
        article.id,
    )


def _others(
    excerpt: str, best: _Match, given: Sequence[Word], store: Store, where: SearchFilter
) -> Iterator[_Match]:
    """Yield where the parts of the text stand that the best place does not have."""
    waiting = uncovered(given, best.part, least=_LEAST_PART)
    found = 0
    while waiting and found < _MOST_PARTS:
        run = waiting.pop()
        whole = Span(run[0].span.start, run[-1].span.end)
        matches = [
            match
            for match in _matches(excerpt, whole, run, store, where)
            if match.matched >= _LIKE * len(run)
        ]
        if matches:
            found += 1
            yield matches[0]
            waiting += uncovered(run, matches[0].part, least=_LEAST_PART)


def _candidates(words: str, store: Store, where: SearchFilter) -> list[tuple[Article, Span]]:
    """Return the articles that have most of the words, each with the part of it that has them.

    The originals of those that are copies are among them, with all of their text.
    """
    terms = _thinned(question_terms(words))
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


def _located(match: _Match, store: Store, where: SearchFilter) -> Located:
    article = match.article
    same_story = store.copies([article.cluster], where) if article.cluster else {}
    return Located(
        **article.as_source,
        start=match.place.start,
        end=match.place.end,
        text=article.text[match.place.start : match.place.end],
        part=(match.part.start, match.part.end),
        verbatim=match.alignment is None,
        likeness=match.likeness,
        differences=match.alignment.differences if match.alignment else (),
        copies=tuple(
            copy for copy in same_story.get(article.cluster, ()) if copy.article_id != article.id
        ),
        note=article.note,
    )
