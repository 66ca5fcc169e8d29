"""Says how the words of earlier turns are carried into a question, and which no longer count.

`follow_ups.py` asks it about every word that the network weighed. A turn is a question as it was
understood, so words that were carried into it stand before it: "Gaza: Who signed it?".
"""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from rag.models.carrying import Terms, Turn, Word, terms_in
from rag.models.known_words import is_known_word
from rag.question.carried_prefix import own_start
from rag.question.contrast import in_place
from rag.question.contrast_named import PREPOSITION, Named, read_named
from rag.question.frames import without_frame
from rag.text.names import TITLES, find_names
from rag.text.places import country_of
from rag.text.sentences import Span
from rag.text.words import plain, words_of

# "Since when?" says nothing more than "when" to a later question, nor "how many" than "how".
_RELATES = re.compile(
    rf"(?:{PREPOSITION}|about|without|within|between|till|than|many|much)", re.IGNORECASE
)
# "At Marden" is a part of what was asked about; "by Orr" is another one in its place.
_WITHIN_IT = re.compile(r"\b(?:in|at|on|near|for)\s+(?:the\s+)?$", re.IGNORECASE)
# "Did they know each other?" and "And the first one?" may be about who was replaced too.
_OF_SEVERAL = re.compile(
    r"\b(?:both|either|neither|each|they|them|theirs?|two|first|former|others?|earlier)\b",
    re.IGNORECASE,
)
# At most so many words of a question are what was put in it, with preposition and article.
_MOST_PUT = 5
# More capitals in a row are a headline.
_MOST_IN_NAME = 5


def text_of(turns: Sequence[Turn], word: Word) -> str:
    """Return the question or the answer that a word stands in."""
    turn = turns[word.turn]
    return turn.answer if word.in_answer else turn.question


def _was_carried(turns: Sequence[Turn], word: Word) -> bool:
    """Say whether a word was itself carried into the turn that it stands in."""
    return not word.in_answer and word.start < own_start(turns[word.turn].question)


def _is_named(turns: Sequence[Turn], word: Word) -> bool:
    """Say whether a word is one of a name, and has its capital from more than opening a turn."""
    text = text_of(turns, word)
    said = text[word.start : word.end]
    if not said[0].isupper():
        return False
    if word.in_answer or word.start != own_start(text):
        return True
    is_alone = re.match(r"\s+[A-Z]", text[word.end :]) is None
    is_usual = is_known_word(said) and country_of(said) is None
    return not (is_alone and is_usual)


def says_something(turns: Sequence[Turn], word: Word) -> bool:
    """Say whether a word can be of use to a later question."""
    return _RELATES.fullmatch(text_of(turns, word)[word.start : word.end]) is None


def newest_and_gone(
    turns: Sequence[Turn], words: Sequence[Word], question: str
) -> tuple[set[Terms], set[Terms]]:
    """Return what the last turn was asked about in place of what was before, and what is gone.

    After "Holm: And pumps, by Orr?" the next questions are about Orr's pumps, and Holm is gone.
    After "Holm: And at Marden?" they are about Marden in Holm, until "And at Ulsby?" replaces it.
    What "And Porter?" put in place of Hale is such a turn too, and Hale is gone.
    """
    last = len(turns) - 1
    text = turns[last].question
    replaced = frozenset() if _OF_SEVERAL.search(question) else _replaced(turns)
    gone = {word.terms for word in words if word.terms <= replaced}
    named = read_named(text[own_start(text) :])
    if named is None:
        return set(), gone
    of_last = [word for word in words if word.turn == last and not word.in_answer]
    own = [word for word in of_last if not _was_carried(turns, word)]
    if _is_alike(named, read_named(question)):
        return set(), gone | {word.terms for word in own}
    names = [word for word in own if named.time is None and _is_named(turns, word)]
    newest = {word.terms for word in names}
    if not names or any(_WITHIN_IT.search(text, 0, word.start) for word in names):
        return newest, gone - newest
    older = {w.terms for w in of_last if _was_carried(turns, w) and _is_named(turns, w)}
    return newest, (gone | older) - newest


def _replaced(turns: Sequence[Turn]) -> Terms:
    """Return the terms of what other words were put in place of, if no later turn has them."""
    replaced: Terms = frozenset()
    for before, turn in pairwise(turns):
        now = terms_in(turn.question)
        replaced -= now
        if _is_contrast(turn.question, before.question):
            replaced |= terms_in(before.question) - now
    return replaced


def _is_contrast(question: str, before: str) -> bool:
    """Say whether a question is the one before, asked about something else."""
    before = without_frame(before)
    new, old = question[own_start(question) :].split(), before[own_start(before) :].split()
    is_carried = new == old
    if is_carried:
        new, old = question.split(), before.split()
    same_first = _count_same(new, old)
    same_last = _count_same(new[::-1], old[::-1])
    end = len(new) - min(same_last, len(new) - same_first)
    # What was put may have kept its preposition, and its article.
    starts = range(same_first, max(0, end - _MOST_PUT, same_first - 2) - 1, -1)
    put = [" ".join(new[start:end]).strip(",:") for start in starts if start < end]
    put += [f"in {words}" for words in put[:1] if is_carried]
    return any(in_place(f"And {words}?", before) == question for words in put)


def _count_same(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two lists have in common at their start."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


def _is_alike(named: Named, other: Named | None) -> bool:
    """Say whether two turns only name something, and of one sort: both a time, or neither."""
    return other is not None and (named.time is None) == (other.time is None)


def as_shown(turns: Sequence[Turn], word: Word, carried: Sequence[Word]) -> tuple[Span, str]:
    """Return the place of a carried word in its text, and how it is shown among all `carried`.

    Part of a name is shown with the rest, if it alone does not say which name it is: "Trade" of the
    "Marden Trade Board". If the rest is carried from elsewhere, it is a usual word. So is what
    has its capital only because it opens a turn.
    """
    own, text = Span(word.start, word.end), text_of(turns, word)
    said = text[word.start : word.end]
    usual = said[0].lower() + said[1:]
    if not _is_named(turns, word):
        return own, usual
    name = _whole_name(text, word)
    rest = _words_beside(text, word, name)
    known = [other for other in carried if other.terms in rest]
    here = (word.turn, word.in_answer)
    if len(said) == 1 or not known:
        return name, text[name.start : name.end]
    is_here = any((other.turn, other.in_answer) == here for other in known)
    return own, said if is_here else usual


def _whole_name(text: str, word: Word) -> Span:
    """Return the place of the name that a usual word or an initial is part of, or its own."""
    own = Span(word.start, word.end)
    said = text[word.start : word.end]
    if not (len(said) == 1 or is_known_word(said)):
        return own
    for name in find_names(text):
        is_inside = name[0].start <= word.start and word.end <= name[-1].end
        if is_inside and len(name) <= _MOST_IN_NAME:
            is_titled = plain(name[0].text) in TITLES and name[0].end <= word.start
            return Span(name[is_titled].start, name[-1].end)
    return own


def _words_beside(text: str, word: Word, name: Span) -> set[Terms]:
    """Return the terms of the other words of a name."""
    rest = f"{text[name.start : word.start]} {text[word.end : name.end]}"
    return {terms for part in words_of(rest) if (terms := terms_in(part.text))}
