"""Lays a text beside an article, word by word, and finds what was changed.

Runs of three words that both have tell where in the article the text may come from. There, the two
are compared in full.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from rag.locating.records import Difference
from rag.text.exact import DIVIDED, whole_words
from rag.text.sentences import Span

# A number has its sign, its currency and its unit if that is a sign: each of them changes it.
_CURRENCY = "[$¢£¤¥֏؋৲৳฿₠-⃀]"
_SPACE = "[ \u00a0\u202f]?"
_WORD = re.compile(
    rf"(?P<sign>(?<![\w)\]—–−\u2010\u2011-])[-−–\u2010\u2011](?={_CURRENCY}?{_SPACE}\d))?"
    rf"(?P<currency>{_CURRENCY}{_SPACE})?"
    r"(?P<number>\d+(?:[.,:]\d+)*)"
    rf"(?:{_SPACE}(?P<unit>[%‰°])|{_SPACE}(?P<behind>{_CURRENCY})(?!{_SPACE}\d))?"
    rf"|[^\W_]+(?:(?:['’]|{DIVIDED})[^\W_]+)*"
)
_DIVIDED = re.compile(DIVIDED)
_RUN = 3
# The place is at most this much longer than the text, since words may have been cut.
_LONGER = 1.6
_SLACK = 8
# A run that both have is chance at an edge if it has fewer words and stands more than so many away
# from the next one, and anywhere if no run of three is nearer than the second number.
_LEAST_RUN = 2
_NEAR, _FAR = 3, 8
# This many words or fewer, left at an edge of a text, belong to the part before or behind them.
FEW = 5
# This many or fewer are taken for a change of as many words there.
_EDGE = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text as it is compared, and its place.

    If a line ends inside it, `halves` are its parts, which are words if it has a hyphen.
    """

    same: str
    span: Span
    halves: tuple["Word", ...] = ()


class _Run(NamedTuple):
    """A run of words, by the numbers of the first and of the one behind the last."""

    start: int
    stop: int

    def over_edges(self, words: int) -> "_Run":
        """Return the run with the few words of a text that are left at its edges."""
        start = 0 if self.start <= FEW else self.start
        return _Run(start, words if words - self.stop <= FEW else self.stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Where a run of words of a text stands in an article.

    `part` is the place in the text and `place` the place in the article. `matched` is the number of
    words that both have, of `words` in the part.
    """

    part: Span
    place: Span
    matched: int
    words: int
    differences: tuple[Difference, ...]

    @property
    def likeness(self) -> float:
        """The share of the words of the part that stand in the article, 0 to 1."""
        return self.matched / self.words


def words_of(text: str, within: Span | None = None) -> list[Word]:
    """Return the words and numbers of a text, without case and the form of the apostrophe.

    A number has its sign and its currency before it, wherever they stand, and its unit behind it.
    """
    start, end = within or (0, len(text))
    return [_word(found) for found in _WORD.finditer(text, start, end)]


def _word(found: re.Match[str]) -> Word:
    span = Span(found.start(), found.end())
    if found["number"] is not None:
        return Word(_same_number(found), span)
    ends = [
        found.start(),
        *(at for divided in _DIVIDED.finditer(found.string, *span) for at in divided.span()),
        found.end(),
    ]
    halves = [Span(first, end) for first, end in zip(ends[::2], ends[1::2], strict=True)]
    parts = tuple(Word(_same(found.string[slice(*half)]), half) for half in halves)
    return Word("".join(part.same for part in parts), span, parts if len(parts) > 1 else ())


def _same(word: str) -> str:
    return word.casefold().replace("’", "'")


def _same_number(found: re.Match[str]) -> str:
    sign = "-" if found["sign"] else ""
    currency = (found["currency"] or found["behind"] or "").strip()
    return f"{sign}{currency}{found['number']}{found['unit'] or ''}"


def align(excerpt: str, given: Sequence[Word], text: str, near: Span) -> Alignment | None:
    """Return the best place for the words of a text, near a place in an article; None if none fits.

    The part of the text that is aligned reaches from its first to its last matching run, or to the
    edge if only a few words are left. If its first or last word is only a part of one there, such
    as "elected" of "re-elected", that is a difference.
    """
    theirs = _as_in(given, words_of(text, near))
    given = _as_in(theirs, given)
    window = _window([word.same for word in given], [word.same for word in theirs])
    if window is None:
        return None
    there = theirs[window[0] : window[1]]
    matcher = SequenceMatcher(
        None, [word.same for word in given], [word.same for word in there], autojunk=False
    )
    blocks = _without_chance([block for block in matcher.get_matching_blocks() if block.size])
    if not blocks:
        return None
    first, last = blocks[0], blocks[-1]
    matching = _Run(first.a, last.a + last.size)
    ours = matching.over_edges(len(given))
    before, behind = matching.start - ours.start, ours.stop - matching.stop
    place = _Run(
        first.b - (before if before <= min(_EDGE, first.b) else 0),
        min(len(there), last.b + last.size + (behind if behind <= _EDGE else 0)),
    )
    found = _span(there, place.start, place.stop)
    whole = whole_words(text, found)
    cut: list[tuple[Span, Span]] = []
    if whole.start < found.start and place.start == first.b:
        cut.append((given[first.a].span, Span(whole.start, there[first.b].span.end)))
    if whole.end > found.end and place.stop == last.b + last.size:
        cut.append(
            (given[matching.stop - 1].span, Span(there[place.stop - 1].span.start, whole.end))
        )
    differences = [
        *_differences(excerpt, given, text, there, blocks, ours, place),
        *(_difference(excerpt, mine, text, other) for mine, other in cut),
    ]
    return Alignment(
        part=_span(given, ours.start, ours.stop),
        place=whole,
        matched=sum(block.size for block in blocks) - len(cut),
        words=ours.stop - ours.start,
        differences=tuple(sorted(differences, key=lambda difference: difference.start)),
    )


def _as_in(other: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    """Return words, with the halves of each in which a line ends if another text has only those.

    "Re-elected" is two words in most texts, and "minister" is one.
    """
    known = {word.same for word in other}

    def parts(word: Word) -> tuple[Word, ...]:
        has_halves = word.halves and all(half.same in known for half in word.halves)
        return word.halves if has_halves and word.same not in known else (word,)

    return [part for word in words for part in parts(word)]


def _without_chance(blocks: Sequence[Match]) -> list[Match]:
    """Return the blocks without those that are chance.

    The words of a sentence that an article does not have stand here and there in it all the same.
    """
    groups: list[list[Match]] = []
    for block in blocks:
        if not groups or _gap(groups[-1][-1], block) > _FAR:
            groups.append([])
        groups[-1].append(block)
    solid = [group for group in groups if max(block.size for block in group) >= _RUN]
    if not solid and groups:
        solid = [max(groups, key=lambda group: sum(block.size for block in group))]
    kept = [block for group in solid for block in group]
    for end, inner in ((0, 1), (-1, -2)):
        while kept and kept[end].size < _LEAST_RUN:
            if len(kept) > 1 and _gap(*sorted((kept[end], kept[inner]))) <= _NEAR:
                break
            kept.pop(end)
    return kept


def _gap(before: Match, behind: Match) -> int:
    """Return how many words lie between two blocks, in the text or in the article."""
    return max(behind.a - before.a - before.size, behind.b - before.b - before.size)


def _window(given: Sequence[str], theirs: Sequence[str]) -> tuple[int, int] | None:
    """Return the stretch of an article's words that has the most runs of the text."""
    run = min(_RUN, len(given))
    runs = set(zip(*(given[n:] for n in range(run)), strict=False))
    places = [
        place
        for place, words in enumerate(zip(*(theirs[n:] for n in range(run)), strict=False))
        if words in runs
    ]
    if not places:
        return None
    length = int(len(given) * _LONGER) + _SLACK
    best, start, most = 0, 0, 0
    for end, place in enumerate(places):
        while place - places[start] > length:
            start += 1
        if end - start + 1 > most:
            best, most = start, end - start + 1
    first, last = places[best], places[best + most - 1]
    margin = max(_SLACK, (length - (last - first)) // 2)
    return max(0, first - margin), min(len(theirs), last + run + margin)


def _differences(
    excerpt: str,
    given: Sequence[Word],
    text: str,
    there: Sequence[Word],
    blocks: Sequence[Match],
    ours: _Run,
    place: _Run,
) -> Iterator[Difference]:
    """Yield what lies between the blocks, and before and behind them inside the runs."""
    edges = [Match(ours.start, place.start, 0), *blocks, Match(ours.stop, place.stop, 0)]
    for before, behind in pairwise(edges):
        mine = _span(given, before.a + before.size, behind.a)
        other = _span(there, before.b + before.size, behind.b)
        if mine.start < mine.end or other.start < other.end:
            yield _difference(excerpt, mine, text, other)


def _difference(excerpt: str, mine: Span, text: str, other: Span) -> Difference:
    return Difference(
        given=excerpt[mine.start : mine.end],
        original=text[other.start : other.end],
        start=mine.start,
        end=mine.end,
        original_start=other.start,
        original_end=other.end,
    )


def _span(words: Sequence[Word], first: int, end: int) -> Span:
    """Return the place of some words; an empty one behind the word before, if there are none."""
    if first == end:
        at = words[first - 1].span.end if first else words[0].span.start
        return Span(at, at)
    return Span(words[first].span.start, words[end - 1].span.end)


def uncovered(given: Sequence[Word], covered: Span, *, least: int) -> list[Sequence[Word]]:
    """Return the runs of words before and behind a part of the text, if they are long enough."""
    before = [word for word in given if word.span.end <= covered.start]
    behind = [word for word in given if word.span.start >= covered.end]
    return [run for run in (before, behind) if len(run) >= least]
