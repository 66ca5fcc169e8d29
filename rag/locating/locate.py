"""Takes a text to the articles it comes from: word for word, altered, or put together from several.

A text is *verbatim* if an article has it word for word. It is *altered* if most of its words stand
in one place in the same order. If its parts stand in several places, it was *stitched* together.
If a long part of it stands somewhere and the rest nowhere, the text is there in *part*.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.errors import QuestionError
from rag.evidence.carriers import carries
from rag.locating.aligning import Word, uncovered, words_of
from rag.locating.matching import (
    LEAST_PART,
    LIKE,
    SURE_WORDS,
    Archived,
    Match,
    as_it_stands,
    find_matches,
)
from rag.locating.records import Difference, Located
from rag.records import Article, Copy, SearchFilter
from rag.store.interface import Store
from rag.text.composing import Composed
from rag.text.exact import find_exactly, pattern_of
from rag.text.sentences import Span, split_sentences

_LEAST_WORDS = 3
_MOST_CHARACTERS = 20_000
# Of few words, most stand in some article by chance, and of one part of a text too. There, at most
# one word of five may be another.
_FEW_WORDS, _LIKE_OF_FEW = 12, 0.8
# Other places are shown too if they have this share of the words that the best one has.
_NEARLY = 0.9
# So many parts of a text are found at most, and looked for.
_MOST_PARTS, _MOST_LOOKED_FOR = 6, 16


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
    written = Composed.of(excerpt)
    given = words_of(written.text)
    if len(given) < _LEAST_WORDS:
        raise QuestionError("give at least three words of the text that you look for")
    if len(excerpt) > _MOST_CHARACTERS:
        raise QuestionError(
            f"the text has {len(excerpt):,} characters; give at most {_MOST_CHARACTERS:,}, such as "
            "a paragraph of it"
        )
    archived = Archived(store=store, where=where)
    places = _places(written.text, given, archived, limit)
    return [_as_written(place, excerpt, written) for place in places]


def _places(excerpt: str, given: Sequence[Word], archived: Archived, limit: int) -> list[Located]:
    """Return the places from which a text comes that is written as articles are stored."""
    matches = find_matches(excerpt, given, archived)
    if matches and matches[0].alignment is None:
        return [_located(match, archived) for match in matches[:limit]]
    parts = list(_parts(excerpt, given, matches, archived))
    if len(parts) > 1 and sum(match.matched for match in parts) >= LIKE * len(given):
        return _stitched(parts, given, archived)
    # Places that have much less of the text are other reports, and not its source.
    like = LIKE if len(given) > _FEW_WORDS else _LIKE_OF_FEW
    most = matches[0].matched if matches else 0
    least = max(like * len(given), _NEARLY * most)
    if kept := [match for match in matches if match.matched >= least]:
        return [_whole(match, excerpt, given, archived) for match in kept[:limit]]
    # Of a text of which most is in no article, only a part that is long and the same is told.
    sure = [match for match in parts if match.has_all and match.matched >= SURE_WORDS]
    if len(sure) > 1:
        return _stitched(sure, given, archived)
    return [_whole(match, excerpt, given, archived) for match in sure]


def _as_written(place: Located, excerpt: str, written: Composed) -> Located:
    """Return a place with the offsets and the words of the text as it was given."""
    if written.text == excerpt:
        return place
    part = written.place_before(Span(*place.part))
    differences = []
    for difference in place.differences:
        start, end = written.place_before(Span(difference.start, difference.end))
        differences.append(replace(difference, given=excerpt[start:end], start=start, end=end))
    return replace(place, part=(part.start, part.end), differences=tuple(differences))


def _parts(
    excerpt: str, given: Sequence[Word], matches: Sequence[Match], archived: Archived
) -> Iterator[Match]:
    """Yield where the parts of a text stand, if nearly all words of a part do.

    `matches` are those of the whole text. What the best place does not have is looked for
    elsewhere. If no place has most of it, each sentence is looked for by itself.
    """
    waiting: list[Sequence[Word]] = [given]
    found = looked_for = 0
    while waiting and found < _MOST_PARTS and looked_for < _MOST_LOOKED_FOR:
        run = waiting.pop()
        places = matches if run is given else find_matches(excerpt, run, archived)
        looked_for += 1
        best = places[0] if places else None
        is_like = best is not None and best.likeness >= _LIKE_OF_FEW
        if best is None or not (is_like or best.matched >= LIKE * len(run)):
            waiting += reversed(_sentences_of(excerpt, run))
            continue
        if is_like:
            found += 1
            yield as_it_stands(best, excerpt)
        waiting += uncovered(run, best.part, least=LEAST_PART)


def _sentences_of(excerpt: str, run: Sequence[Word]) -> list[Sequence[Word]]:
    """Return the sentences of a part of a text that are long enough, if it has several."""
    first, last = run[0].span.start, run[-1].span.end
    spans = split_sentences(excerpt[first:last])
    if len(spans) < 2:
        return []
    sentences = [
        [word for word in run if start <= word.span.start - first < end] for start, end in spans
    ]
    return [words for words in sentences if len(words) >= LEAST_PART]


def _stitched(parts: Sequence[Match], given: Sequence[Word], archived: Archived) -> list[Located]:
    ordered = sorted(parts, key=lambda match: match.part.start)
    is_partial = bool(_rest(given, ordered))
    return [
        replace(_located(match, archived), stitched=True, partial=is_partial) for match in ordered
    ]


def _rest(given: Sequence[Word], parts: Sequence[Match]) -> list[Sequence[Word]]:
    """Return the runs of words that are in no part of a text, if they are long enough."""
    rest = [given]
    for match in parts:
        rest = [run for words in rest for run in uncovered(words, match.part, least=LEAST_PART)]
    return rest


def _whole(match: Match, excerpt: str, given: Sequence[Word], archived: Archived) -> Located:
    """Return the place of a text of which something may stand in no article, as words added."""
    located = _located(match, archived)
    rest = _rest(given, [match])
    if not rest:
        return located
    added = [Span(run[0].span.start, run[-1].span.end) for run in rest]
    differences = [
        *located.differences,
        *(_added(excerpt, span, located, is_before=span.end <= match.part.start) for span in added),
    ]
    return replace(
        located,
        part=(given[0].span.start, given[-1].span.end),
        verbatim=False,
        partial=True,
        likeness=match.matched / len(given),
        differences=tuple(sorted(differences, key=lambda difference: difference.start)),
    )


def _added(excerpt: str, span: Span, located: Located, *, is_before: bool) -> Difference:
    at = located.start if is_before else located.end
    return Difference(
        given=excerpt[span.start : span.end],
        original="",
        start=span.start,
        end=span.end,
        original_start=at,
        original_end=at,
    )


def _located(match: Match, archived: Archived) -> Located:
    article = match.article
    # Offsets are those of the text, in which a headline does not stand.
    place = Span(0, 0) if match.in_headline else match.place
    return Located(
        **article.as_source,
        start=place.start,
        end=place.end,
        text=article.text[place.start : place.end],
        part=(match.part.start, match.part.end),
        verbatim=match.alignment is None,
        likeness=match.likeness,
        differences=match.alignment.differences if match.alignment else (),
        in_headline=match.in_headline,
        copies=tuple(_copies_with(match, archived)),
        note=article.note,
    )


def _copies_with(match: Match, archived: Archived) -> Iterator[Copy]:
    """Yield the other articles of a story that have what was found, too, with the same figures."""
    article = match.article
    if not article.cluster:
        return
    story = archived.store.copies([article.cluster], archived.where).get(article.cluster, ())
    others = [copy for copy in story if copy.article_id != article.id]
    articles = archived.store.articles([copy.article_id for copy in others])
    if match.in_headline:
        headline = pattern_of(article.title[match.place.start : match.place.end], any_case=True)
        yield from (copy for copy in others if find_exactly(headline, copy.title))
    elif others:
        passage = _sentences_at(article, match.place)
        known = {**articles, article.id: article}
        yield from (copy for copy in others if carries(copy, article, passage, known))


def _sentences_at(article: Article, place: Span) -> str:
    """Return the whole sentences of an article in which a place lies."""
    inside = [
        span
        for span in split_sentences(article.text)
        if span.start < place.end and place.start < span.end
    ]
    return article.text[inside[0].start : inside[-1].end]
