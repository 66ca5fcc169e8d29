"""A follow-up question gets the words of the question before it that it still needs.

"Who signed it?" after "When did the truce in Gaza begin?" is searched with "truce" and "Gaza" as
well. The question itself is never reworded: what was added is kept apart and shown.

Which words are carried was chosen on TREC CAsT 2019-2020 (75 conversations, people's own rewrites):
the names and figures of the question before, and its words that an earlier question has too, are
right with F1 .61; all its words give .51, those it shares with the first question .55, and two
thousand lines of grammar rules for English that stood here before gave .42.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from rag.records import Answer
from rag.text.terms import question_terms

# Turns that are looked back on, and those that a language model is told of.
_MOST_TURNS = 10
_MOST_TOLD = 6
# What is longer, in characters, is a text and no follow-up.
_LONGEST = 500
# Characters of an answer that a language model needs to know what was spoken of.
_MOST_QUOTE = 500
_NO_ANSWER = "The archive does not say."
_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
# English's words that stand for something said before; a closed class.
_POINTING = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|theirs?|this|that|these|those|there|then|ones?)"
    r"\b",
    re.IGNORECASE,
)
# "And Dacey?", "What about the second one?"
_LEAD = re.compile(r"\W*(?:and|but|so|also|(?:what|how)\s+about)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An earlier question with the words that were carried into it, and the quote that answered.

    `answer` is empty if the archive did not say.
    """

    question: str
    answer: str = ""


class Rewriter(Protocol):
    """Makes follow-ups stand alone, by a language model."""

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        """Return the question so that it can be asked alone; empty if the model failed.

        `history` are the earlier questions with what was answered, oldest first.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a question takes from earlier turns: words, and a model's rewriting if there is one."""

    carried: tuple[str, ...] = ()
    rewritten: str = ""


# What a caller may give as an earlier turn: an answer, an exchange, or a question and its answer.
Earlier = Answer | Exchange | tuple[str, str]


def read_exchange(earlier: Earlier) -> Exchange:
    """Return an earlier turn as an exchange."""
    if isinstance(earlier, Exchange):
        return earlier
    if isinstance(earlier, tuple):
        return Exchange(question=earlier[0], answer=earlier[1])
    quote = earlier.citations[0].quote if earlier.citations else ""
    return Exchange(question=earlier.asked, answer=quote)


def as_told(earlier: Earlier) -> tuple[str, str]:
    """Return an earlier turn as a language model is told of it: the question and what was said."""
    exchange = read_exchange(earlier)
    return exchange.question, (exchange.answer or _NO_ANSWER)[:_MOST_QUOTE]


def understand_follow_up(
    question: str, history: Sequence[Earlier], *, rewriter: Rewriter | None = None
) -> FollowUp:
    """Return what a question needs of earlier turns, by a language model if there is one.

    What the model writes is a question to search with and nothing else. Where it fails, or writes
    of something else than was spoken of, words are carried as without it; a question that stands
    alone is never given to it.
    """
    by_words = FollowUp(carried=carried_words(question, history))
    if rewriter is None or not history or not question.strip() or stands_alone(question):
        return by_words
    told = [as_told(earlier) for earlier in history[-_MOST_TOLD:]]
    written = " ".join(rewriter.rewrite(question, told).split())
    if not _terms(written) & _terms(
        " ".join([question, *(text for turn in told for text in turn)])
    ):
        return by_words
    if written == question:
        return FollowUp()
    return FollowUp(carried=_added(question, written), rewritten=written)


def _added(question: str, written: str) -> tuple[str, ...]:
    """Return the runs of words that a rewritten question has and the original has not."""
    before, after = question.lower().rstrip("?!. ").split(), written.rstrip("?!. ").split()
    matcher = SequenceMatcher(None, before, [word.lower() for word in after], autojunk=False)
    runs = [
        " ".join(after[start:end])
        for tag, _, _, start, end in matcher.get_opcodes()
        if tag != "equal"
    ]
    return tuple(run for run in runs if _terms(run))


def carried_words(question: str, history: Sequence[Earlier]) -> tuple[str, ...]:
    """Return what a question needs of those before it, oldest first; words side by side together.

    Nothing is carried into a question that stands alone.
    """
    before = [read_exchange(earlier).question for earlier in history[-_MOST_TURNS:]]
    before = [text for text in before if text.strip()]
    if not before or not 0 < len(question.strip()) <= _LONGEST or stands_alone(question):
        return ()
    *earlier, last = before
    said_earlier = set().union(*map(_terms, earlier)) if earlier else _terms(last)
    own = _terms(question)
    return _phrases(
        last,
        [
            word
            for word in _WORD.finditer(last)
            if (terms := _terms(word[0]))
            and not terms & own
            and (terms & said_earlier or _is_name_or_figure(word))
        ],
    )


def with_carried(question: str, carried: Sequence[str]) -> str:
    """Return a question as it is searched and read: with the carried words at its end."""
    return f"{question.rstrip('?!. ')} {' '.join(carried)}?" if carried else question


def stands_alone(question: str) -> bool:
    """Say whether a question names something and has no word that points back."""
    names = any(word[0][0].isupper() and _terms(word[0]) for word in _inner_words(question))
    return names and not points_back(question) and not _LEAD.match(question)


def points_back(question: str) -> bool:
    """Say whether a question has a word that stands for something said before."""
    return _POINTING.search(question) is not None


def _inner_words(text: str) -> list[re.Match[str]]:
    """Return the words after the first, whose capital means nothing."""
    return list(_WORD.finditer(text))[1:]


def _is_name_or_figure(word: re.Match[str]) -> bool:
    return word[0][0].isdigit() or (word.start() > 0 and word[0][0].isupper())


def _terms(text: str) -> set[int]:
    return set(question_terms(text).indices)


def _phrases(text: str, words: Sequence[re.Match[str]]) -> tuple[str, ...]:
    """Return words of a text, those with nothing but a space between them as one."""
    phrases: list[str] = []
    end = -1
    for word in words:
        if phrases and text[end : word.start()] == " ":
            phrases[-1] += f" {word[0]}"
        else:
            phrases.append(word[0])
        end = word.end()
    return tuple(dict.fromkeys(phrases))
