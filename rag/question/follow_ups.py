"""Gives a follow-up question the words of earlier questions that it needs to be understood.

If "Who signed it?" follows "When did the truce in Gaza begin?", the search also uses "truce" and
"Gaza". The question itself is never reworded. The added words are kept apart and shown.

The rule for which words are carried was chosen on TREC CAsT 2019-2020: 75 conversations in which
people rewrote the questions themselves. The rule takes the names and figures of the last question,
and those of its words that an earlier question has too. It reaches F1 .61. All words of the last
question give .51, the words that it shares with the first question give .55, and two thousand
lines of grammar rules for English that were here before gave .42.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from rag.question.kinds import years_in
from rag.records import NOT_SAID, Answer
from rag.text.plain_text import readable
from rag.text.terms import question_terms

# How many earlier turns are looked at, and how many of them a language model is given.
_MOST_TURNS = 10
_MOST_TOLD = 6
# Anything longer, in characters, is a text and not a follow-up.
_LONGEST = 500
# As many words as any topic needs; what is longer was a text.
_MOST_CARRIED = 20
# How many characters of an answer a language model gets, to know what was talked about.
_MOST_QUOTE = 500
_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
# The English words that stand for something said before. They are a closed class.
_POINTING = re.compile(
    r"\b(?:(?P<person>he|she|they|him|her|them|his|hers|theirs?)"
    r"|it|its|this|these|those|there|then|ones?)\b",
    re.IGNORECASE,
)
# How a follow-up begins: "And Dacey?", "What about the second one?"
_LEAD = re.compile(r"\W*(?:and|but|so|also|(?:what|how)\s+about)\b", re.IGNORECASE)


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
    """What a question takes from earlier turns: words, and a model's rewritten question, if any."""

    carried: tuple[str, ...] = ()
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
    question: str, history: Sequence[Earlier], *, rewriter: Rewriter | None = None
) -> FollowUp:
    """Return what a question needs from earlier turns, with the help of a language model if given.

    The model writes only a question to search with. If the model fails, or writes about something
    that no turn mentioned, words are carried as if there were no model. A question that can be
    understood alone is never given to the model.
    """
    question = readable(question)
    by_words = FollowUp(carried=carried_words(question, history))
    if rewriter is None or not question.strip() or stands_alone(question):
        return by_words
    told = [as_told(earlier) for earlier in history[-_MOST_TOLD:]]
    told = [turn for turn in told if turn[0].strip()]
    if not told:
        return by_words
    written = " ".join(rewriter.rewrite(question, told).split())
    if not _terms(written) & _terms(
        " ".join([question, *(text for turn in told for text in turn)])
    ):
        return by_words
    if written == question:
        return FollowUp()
    return FollowUp(carried=_added(question, written), rewritten=written)


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


def carried_words(question: str, history: Sequence[Earlier]) -> tuple[str, ...]:
    """Return the words that a question needs from those before it, oldest first.

    Words that stand side by side are one phrase. A question that can be understood alone gets none.
    """
    before = [read_exchange(earlier).question for earlier in history[-_MOST_TURNS:]]
    before = [text for text in before if text.strip()]
    if not before or not 0 < len(question.strip()) <= _LONGEST or stands_alone(question):
        return ()
    *earlier, last = before
    names_year = bool(years_in(question))
    said_earlier = set().union(*map(_terms, earlier)) if earlier else _terms(last)
    own = _terms(question)
    wanted = [
        word
        for word in _WORD.finditer(last)
        if (terms := _terms(word[0]))
        and not terms & own
        and not (names_year and years_in(word[0]))
        and (terms & said_earlier or _is_name_or_figure(word))
    ]
    return _phrases(last, wanted[:_MOST_CARRIED])


def with_carried(question: str, carried: Sequence[str]) -> str:
    """Return a question with the carried words at its end, as it is searched and read."""
    return f"{question.rstrip('?!. ')} {' '.join(carried)}?" if carried else question


def names_among(carried: Sequence[str]) -> list[str]:
    """Return the carried words that are names or figures."""
    words = (word[0] for phrase in carried for word in _WORD.finditer(phrase))
    return [word for word in words if word[0].isdigit() or word[0].isupper()]


def stands_alone(question: str) -> bool:
    """Say whether a question names something, and points back to nothing but that.

    A person may be named in the question itself: "Did Putin say that he would go?".
    """
    named = next((word for word in _inner_words(question) if _is_name(word)), None)
    if named is None or _LEAD.match(question):
        return False
    return all(
        found["person"] and named.start() < found.start() for found in _POINTING.finditer(question)
    )


def points_back(question: str) -> bool:
    """Say whether a question has a word that stands for something said before."""
    return _POINTING.search(question) is not None


def _inner_words(text: str) -> list[re.Match[str]]:
    """Return all words but the first, which has a capital whether it is a name or not."""
    return list(_WORD.finditer(text))[1:]


def _is_name(word: re.Match[str]) -> bool:
    return word[0][0].isupper() and bool(_terms(word[0]))


def _is_name_or_figure(word: re.Match[str]) -> bool:
    return word[0][0].isdigit() or (word.start() > 0 and word[0][0].isupper())


def _terms(text: str) -> set[int]:
    return set(question_terms(text).indices)


def _phrases(text: str, words: Sequence[re.Match[str]]) -> tuple[str, ...]:
    """Return words of a text; words with only a space between them become one phrase."""
    phrases: list[str] = []
    end = -1
    for word in words:
        if phrases and text[end : word.start()] == " ":
            phrases[-1] += f" {word[0]}"
        else:
            phrases.append(word[0])
        end = word.end()
    return tuple(dict.fromkeys(phrases))
