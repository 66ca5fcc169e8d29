"""Finds sentences that are worded like one that tells a value, perhaps with another value in it.

A copy of a report in which one figure or name was changed reads like the report, so the words alone
say where its value stands. The trained reader is not needed for it, so more passages than those
that were read can be looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import SequenceMatcher

from rag.evidence.carriers import is_corrected
from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage, retrieve
from rag.evidence.values.read_values import value_of
from rag.evidence.values.told import Told
from rag.models.embedding import Embedder
from rag.question.asked import AskedPart
from rag.records import SearchFilter
from rag.store.interface import Store
from rag.text.sentences import Span
from rag.text.terms import question_terms
from rag.text.words import Word, words_of

# Two sentences are worded alike if they share this part of their words beside the value, and at
# least so many. A headline with fewer is about anything, except in passages that are alike.
_ALIKE = 0.9
_LEAST_WORDS = 5
_ALIKE_PASSAGES = 0.8
# Before words are aligned, sentences that share less than this part of them are left out.
_NEAR = 0.5
# Later reports in the same words, such as weekly results, are about something else.
_ONE_EVENT = timedelta(days=7)
# A shorter sentence is searched for with its whole passage.
_SHORT_WORDS = 12
# So many sentences are searched for, and so many passages for each.
_MOST_SOUGHT = 3
_MOST_FOUND = 10


def find_alike(
    part: AskedPart,
    evidence: Sequence[Evidence],
    known: Sequence[FoundPassage],
    store: Store,
    embedder: Embedder,
    *,
    where: SearchFilter,
) -> list[FoundPassage]:
    """Return passages with words like those of the best sentences that tell a value.

    Those already known are left out. `evidence` has the best sentences, best first.
    """
    telling = {p.found.article.id: p for p in reversed(evidence) if value_of(p, part) is not None}
    places = {(item.article.id, item.hit.start) for item in known}
    alike: dict[tuple[str, int], FoundPassage] = {}
    for piece in list(telling.values())[::-1][:_MOST_SOUGHT]:
        is_short = len(piece.text.split()) < _SHORT_WORDS
        text = piece.found.hit.text if is_short else piece.text
        sought = replace(part, sought=question_terms(text), vector=piece.vector)
        for item in retrieve(sought, store, embedder, where=where, limit=_MOST_FOUND):
            alike.setdefault((item.article.id, item.hit.start), item)
    return [item for place, item in alike.items() if place not in places]


def twins_of(
    told: Sequence[Told], passages: Sequence[FoundPassage], part: AskedPart
) -> Iterator[Told]:
    """Yield what sentences tell that are worded like those known, at most one of each article."""
    seen = {value.article_id for value in told}
    slots = [_Slot.of(value) for value in told if not value.is_old]
    for item in passages:
        if item.article.id in seen:
            continue
        value = next(_twins(slots, item, part), None)
        if value is not None:
            seen.add(item.article.id)
            yield value


@dataclass(frozen=True, slots=True)
class _Slot:
    """A sentence as words, and the place `[first, last)` of its value among them."""

    told: Told
    words: list[Word]
    folded: list[str]
    first: int
    last: int

    @classmethod
    def of(cls, told: Told) -> "_Slot":
        words = words_of(told.piece.text)
        start = told.piece.span.start
        inside = [
            place
            for place, word in enumerate(words)
            if word.start + start < told.span.end and told.span.start < word.end + start
        ]
        first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
        return cls(told, words, [word.text.lower() for word in words], first, last)

    def value_in(self, words: Sequence[Word], *, least: int) -> Span | None:
        """Return where other words have their value, in characters; None if they are not alike.

        At least so many words must be the same in both.
        """
        if self.first == self.last:
            return None
        folded = [word.text.lower() for word in words]
        near = len(set(folded) & set(self.folded))
        if least > 1 and near < _NEAR * max(len(folded), len(self.folded)):
            return None
        matcher = SequenceMatcher(None, self.folded, folded, autojunk=False)
        pairs = {
            block.a + step: block.b + step
            for block in matcher.get_matching_blocks()
            for step in range(block.size)
        }
        before = [pairs[place] for place in range(self.first) if place in pairs]
        after = [pairs[place] for place in range(self.last, len(self.folded)) if place in pairs]
        low, high = max(before, default=-1) + 1, min(after, default=len(folded))
        if low >= high:
            return None
        shared = len(before) + len(after)
        beside = max(len(self.folded) - (self.last - self.first), len(folded) - (high - low))
        if shared < max(least, _ALIKE * beside):
            return None
        matched = {*before, *after}
        others = [w for n, w in enumerate(words) if n not in matched and not low <= n < high]
        own = [
            word
            for place, word in enumerate(self.words)
            if place not in pairs and not self.first <= place < self.last
        ]
        if any(_is_particular(word) for word in (*others, *own)):
            return None
        return Span(words[low].start, words[high - 1].end)


def _is_particular(word: Word) -> bool:
    return word.is_capitalised or any(char.isdigit() for char in word.text)


def _twins(slots: Sequence[_Slot], item: FoundPassage, part: AskedPart) -> Iterator[Told]:
    leasts = [1 if _are_alike(slot.told.piece.found, item) else _LEAST_WORDS for slot in slots]
    for place, span in enumerate(item.hit.sentences):
        words = words_of(item.article.text[span.start : span.end])
        for slot, least in zip(slots, leasts, strict=True):
            inside = slot.value_in(words, least=least)
            if inside is None:
                continue
            piece = replace(
                slot.told.piece,
                found=item,
                span=span,
                vector=item.vectors[place],
                answer=Span(span.start + inside.start, span.start + inside.end),
            )
            value = value_of(piece, part)
            if value is None:
                continue
            if is_corrected(item.article, slot.told.piece.found.article):
                if not value.agrees(slot.told) and value.is_comparable(
                    slot.told, part.wanted.stems
                ):
                    yield replace(value, corrected_by=slot.told)
            elif _is_of_event(value, slot.told, part):
                yield value


def _are_alike(one: FoundPassage, other: FoundPassage) -> bool:
    """Say whether two passages have nearly the same words, as copies do."""
    words, others = set(one.hit.text.casefold().split()), set(other.hit.text.casefold().split())
    return len(words & others) >= _ALIKE_PASSAGES * max(len(words), len(others))


def _is_of_event(value: Told, told: Told, part: AskedPart) -> bool:
    """Say whether a twin tells the same value, or another one of the same event."""
    if value.agrees(told):
        return True
    article, by = value.piece.found.article, told.piece.found.article
    if is_corrected(by, article):
        return False
    if article.published and by.published and abs(article.published - by.published) > _ONE_EVENT:
        return False
    return value.is_comparable(told, part.wanted.stems)
