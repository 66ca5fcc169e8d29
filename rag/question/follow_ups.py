"""Gives a follow-up question the words of earlier turns that it needs to be understood.

If "Who signed it?" follows "When did the truce in Gaza begin?", the search also uses "truce" and
"Gaza". The question itself is not reworded. The added words are kept apart and shown. Only where it
names no more than what the last question shall be asked about instead ("And in Sudan?"), that one
is asked about it (`contrast.py`).

A small network decides (`rag/models/carrying.py`): whether a question needs anything, and how much
it needs each word. `docs/decisions/0016-carried-words.md` says what that gives.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from rag.models.carrying import CarryingModel, Terms, Turn, Word
from rag.question.carried_words import (
    as_shown,
    newest_and_gone,
    says_something,
    text_of,
)
from rag.question.contrast_named import corrects
from rag.question.contrast_sources import in_place_or_of_source, placed_of
from rag.question.courtesies import asks_for_more, asks_nothing
from rag.question.frames import without_frame
from rag.question.kinds import years_in
from rag.records import NOT_SAID, Answer
from rag.text.datelines import dateline_end
from rag.text.plain_text import readable
from rag.text.terms import question_terms
from rag.timex import find_times

# How many earlier turns are looked at, and how many of them a language model is given.
_MOST_TURNS = 10
_MOST_TOLD = 6
# Anything longer, in characters, is a text and not a follow-up.
_LONGEST = 500
# A longer question before leaves the reader too little room to read another with it.
_LONGEST_BEFORE = 200
# As many words as any topic needs; what is longer was a text.
_MOST_CARRIED = 20
# How many characters of an answer a language model gets, to know what was talked about.
_MOST_QUOTE = 500
_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
# What may stand between two words of one phrase.
_JOINS = re.compile(r" (?:of (?:the )?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An earlier question, with the words that were carried into it, and the quote it was given.

    `answer` is empty if the archive did not have the answer.
    """

    question: str
    answer: str = ""


class Rewriter(Protocol):
    """A language model that rewrites a follow-up so that it can be understood alone."""

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        """Return the question in words that can be understood alone; empty if the model failed.

        `history` holds the earlier questions and their answers, oldest first.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a question takes from earlier turns.

    `carried` are words of theirs. `follows` is the question before, if this one is also to be read
    with it. `rewritten` is the question in full: as a language model wrote it, or the one before,
    asked about something else.
    """

    carried: tuple[str, ...] = ()
    follows: str = ""
    rewritten: str = ""


# A caller may give an earlier turn as an answer, an exchange, or a question with its answer.
Earlier = Answer | Exchange | tuple[str, str]


def read_exchange(earlier: Earlier) -> Exchange:
    """Return an earlier turn as an exchange."""
    if isinstance(earlier, Exchange):
        question, answer = earlier.question, earlier.answer
    elif isinstance(earlier, tuple):
        question, answer = earlier
    else:
        question = earlier.asked
        answer = earlier.citations[0].quote if earlier.citations else ""
    return Exchange(question=readable(question), answer=readable(answer))


def as_told(earlier: Earlier) -> tuple[str, str]:
    """Return an earlier turn as a language model gets it: the question and its answer."""
    exchange = read_exchange(earlier)
    return exchange.question, (exchange.answer or NOT_SAID)[:_MOST_QUOTE]


def understand_follow_up(
    question: str,
    history: Sequence[Earlier],
    *,
    model: CarryingModel | None,
    rewriter: Rewriter | None = None,
) -> FollowUp:
    """Return what a question needs from earlier turns, with the help of a language model if given.

    `model` weighs the words of the earlier turns. The language model writes only a question to
    search with. If it fails, or writes about something that no turn mentioned, words are carried as
    if there were none. A question that needs nothing is never given to it. Turns that ask nothing
    ("Thanks!") are passed over.
    """
    question = readable(question)
    if asks_nothing(question):
        return FollowUp()
    history = [turn for turn in history if not asks_nothing(read_exchange(turn).question)]
    before = _question_before(history)
    outlets = _outlets_before(history)
    if asks_for_more(question):
        return _in_full(placed_of(before, outlets)) if before else FollowUp()
    needed = _needed(question, history, model=model)
    placed = before and in_place_or_of_source(question, without_frame(before), outlets)
    if placed:
        needed, by_words = (), _in_full(placed)
    else:
        is_short = needed is not None and len(before) <= _LONGEST_BEFORE
        by_words = FollowUp(carried=needed or (), follows=before if is_short else "")
    told = [as_told(earlier) for earlier in history[-_MOST_TOLD:]]
    told = [turn for turn in told if turn[0].strip()]
    if rewriter is None or needed is None or not told:
        return by_words
    written = " ".join(rewriter.rewrite(question, told).split())
    if not _terms(written) & _terms(
        " ".join([question, *(text for turn in told for text in turn)])
    ):
        return by_words
    if written == question:
        return FollowUp()
    return FollowUp(carried=_added(question, written), rewritten=written)


def _in_full(question: str) -> FollowUp:
    """Return what a turn needs that stands for this whole question."""
    return FollowUp(carried=(question.rstrip("?. "),), rewritten=question)


def _question_before(history: Sequence[Earlier]) -> str:
    """Return the last question before, with what was carried into it; empty if it was a text."""
    question = read_exchange(history[-1]).question if history else ""
    return question if len(question) <= _LONGEST else ""


def _outlets_before(history: Sequence[Earlier]) -> tuple[str, ...]:
    """Return the outlets that the last question was asked of by its words."""
    last = history[-1] if history else None
    return last.outlets if isinstance(last, Answer) else ()


def _added(question: str, written: str) -> tuple[str, ...]:
    """Return the runs of words that are in a rewritten question and not in the original."""
    before, after = question.lower().rstrip("?!. ").split(), written.rstrip("?!. ").split()
    matcher = SequenceMatcher(None, before, [word.lower() for word in after], autojunk=False)
    runs = [
        " ".join(after[start:end])
        for tag, _, _, start, end in matcher.get_opcodes()
        if tag != "equal"
    ]
    return tuple(run for run in runs if _terms(run))


def carried_words(
    question: str, history: Sequence[Earlier], *, model: CarryingModel | None
) -> tuple[str, ...]:
    """Return the words that a question needs from earlier turns, oldest first.

    Words that stand side by side are one phrase. A question that can be understood alone gets none,
    and without a model none does.
    """
    return _needed(question, history, model=model) or ()


def _needed(
    question: str, history: Sequence[Earlier], *, model: CarryingModel | None
) -> tuple[str, ...] | None:
    """Return the words that a question needs, or None if it needs nothing."""
    turns = [_turn(earlier) for earlier in history[-_MOST_TURNS:]]
    turns = [turn for turn in turns if turn.question.strip()]
    if not turns or not 0 < len(question.strip()) <= _LONGEST:
        return None
    if model is None:
        return ()
    weighed = model.weigh(question, turns)
    if weighed.needs < 0 and not corrects(question):
        return None
    newest, gone = newest_and_gone(turns, weighed.words, question)
    words = [w for w in weighed.words if w.terms not in gone and says_something(turns, w)]
    wanted = newest | {
        word.terms for word, logit in zip(weighed.words, weighed.logits, strict=True) if logit >= 0
    }
    return _phrases(turns, _shown(turns, words, wanted, question))


def names_among(carried: Sequence[str]) -> list[str]:
    """Return the carried words that are names or figures."""
    words = (word[0] for phrase in carried for word in _WORD.finditer(phrase))
    return [word for word in words if word[0].isdigit() or word[0].isupper()]


def _turn(earlier: Earlier) -> Turn:
    exchange = read_exchange(earlier)
    # "BEIRUT, Aug 4 (Harbor Wire) —" is not what the answer is about.
    return Turn(exchange.question, exchange.answer[dateline_end(exchange.answer) :])


def _shown(
    turns: Sequence[Turn], words: Sequence[Word], wanted: set[Terms], question: str
) -> list[Word]:
    """Return one occurrence of each wanted word, that which was read first, in their order.

    A year is not carried into a question that names one, nor is the month or the day of that year.
    """
    names_year = bool(years_in(question))
    taken: dict[Terms, Word] = {}
    for word in words:
        if word.terms not in wanted or word.terms in taken:
            continue
        if not (names_year and _is_dated(turns, word)):
            taken[word.terms] = word
    shown = list(taken.values())[:_MOST_CARRIED]
    return sorted(shown, key=lambda word: (word.turn, word.in_answer, word.start))


def _is_dated(turns: Sequence[Turn], word: Word) -> bool:
    """Say whether a word is a year, or part of a time with a year: "March" of "March 2021"."""
    text = text_of(turns, word)
    times = (t for t in find_times(text) if t.start <= word.start < t.end)
    return bool(years_in(text[word.start : word.end])) or any(years_in(t.text) for t in times)


def _phrases(turns: Sequence[Turn], words: Sequence[Word]) -> tuple[str, ...]:
    """Return words as phrases: those of one sort with no more than "of" between them are one."""
    phrases: list[str] = []
    before: tuple[int, bool, str] | None = None
    end = 0
    for word in words:
        text = text_of(turns, word)
        place, said = as_shown(turns, word, words)
        now = word.turn, word.in_answer, _sort_of(said)
        if now == before and place.start < end:
            continue
        if now == before and _JOINS.fullmatch(text, end, place.start):
            phrases[-1] += text[end : place.start] + said
        else:
            phrases.append(said)
        before, end = now, place.end
    return tuple(dict.fromkeys(phrases))


def _sort_of(word: str) -> str:
    """Return what a word is, so that names, figures and other words can be removed apart."""
    if word[0].isdigit():
        return "figure"
    return "name" if word[0].isupper() else "other"


def _terms(text: str) -> set[int]:
    return set(question_terms(text).indices)
