"""Defines what a rule is: a pattern over kinds of tokens, and the function that reads a match.

A pattern is a regular expression. A word in capitals stands for a token of that kind
(`rag.timex.tokens`): `(?P<month>MONTH) DOT? (?P<day>SMALL)`. Spaces mean nothing. At each place,
the longest pattern whose function returns a reading wins. A function returns None if the words only
look like a time.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rag.timex.context import Context, TimeReading
from rag.timex.fronted import is_owned_plan
from rag.timex.habits import recurs
from rag.timex.tense import is_told_of, tense_inside, tense_near
from rag.timex.tokens import KINDS, PHRASE_ENDS, Tokens

# This leaves out the P of "(?P<name>".
_KIND_NAME = re.compile(r"(?<!\?)\b[A-Z][A-Z_]*\b")
# How far after a date the question mark of its sentence may be, in tokens.
_QUESTION_REACH = 20
_QUESTION_WORDS = frozenset(
    "what when who whom whose which where why how did was were has have had".split()
)


@dataclass(slots=True)
class Match:
    """A match of a rule's pattern at tokens `start` to `end`, with its named parts."""

    context: Context
    found: re.Match[str]
    start: int
    end: int

    @property
    def tokens(self) -> Tokens:
        """The tokens of the whole text."""
        return self.context.tokens

    @property
    def anchor(self) -> date | None:
        """The day that "today" means."""
        return self.context.anchor

    def has(self, name: str) -> bool:
        """Say whether the match has a named part."""
        return name in self.found.re.groupindex and self.found[name] is not None

    def words(self, name: str) -> list[str]:
        """Return the words of a named part in lower case; none if the match lacks it."""
        if not self.has(name):
            return []
        first, last = self.found.span(name)
        return self.tokens.words[first:last]

    def word(self, name: str) -> str:
        """Return the words of a named part with single spaces."""
        return " ".join(self.words(name))

    def last_word(self, name: str) -> str:
        """Return the last word of a named part: "following" of "the following"."""
        words = self.words(name)
        return words[-1] if words else ""

    def place(self, name: str) -> int:
        """Return the token at which a named part starts."""
        return self.found.start(name)

    def kind(self, name: str) -> str:
        """Return the kind of the first token of a named part."""
        return self.tokens.kinds[self.found.start(name)]

    def before(self, steps: int = 1) -> str:
        """Return a word before the match; the empty string at the start of the text."""
        return self.tokens.word(self.start - steps)

    def after(self, steps: int = 1) -> str:
        """Return a word after the match."""
        return self.tokens.word(self.end + steps - 1)

    def kind_after(self) -> str:
        """Return the kind of the token after the match; the empty string at the text's end."""
        return self.tokens.kinds[self.end : self.end + 1]

    def closes(self) -> bool:
        """Say whether nothing follows to which a "before" or "after" at the end could belong."""
        return self.kind_after() in PHRASE_ENDS

    def owns(self) -> bool:
        """Say whether a possessive follows: "Wednesday's"."""
        return self.kind_after() == KINDS["POSSESSIVE"]

    def tense(self) -> Literal["past", "future"] | None:
        """Return the tense of the nearest verb; a plan told in the present looks ahead too."""
        tense = tense_near(self.tokens, self.start, self.end)
        return "future" if tense == "planned" else tense

    def is_planned(self) -> bool:
        """Say whether the nearest verb, not next to the time, tells of a plan in the present."""
        return tense_near(self.tokens, self.start, self.end) == "planned"

    def is_owned_plan(self) -> bool:
        """Say whether what the match owns is told to be held somewhere: "Sunday's game is at"."""
        return is_owned_plan(self.tokens, self.end)

    def is_open(self) -> bool:
        """Say whether no verb in the sentence of the match shows a tense."""
        return tense_inside(self.tokens, self.start, self.end) is None

    def is_told_of(self) -> bool:
        """Say whether a verb in the past is close before the match."""
        return is_told_of(self.tokens, self.start)

    def recurs(self) -> bool:
        """Say whether the time comes every year: "usually in May", "on 8 November each year"."""
        return recurs(self.tokens, self.start, self.end)

    def is_asked(self) -> bool:
        """Say whether the match is in a question about the past: "What happened on ..."."""
        tokens = self.tokens
        reach = range(self.end, min(len(tokens), self.end + _QUESTION_REACH))
        closing = next((tokens.words[place] for place in reach if _closes(tokens.words[place])), "")
        is_question = closing == "?" or (not closing and tokens.word(0) in _QUESTION_WORDS)
        return is_question and self.tense() == "past"

    def is_name(self, place: int) -> bool:
        """Say whether a capitalised time word follows a capitalised word: "USA TODAY"."""
        tokens = self.tokens
        return (
            tokens.is_capitalised(place)
            and tokens.is_capitalised(place - 1)
            and tokens.word(place - 1).isalpha()
        )


def _closes(word: str) -> bool:
    """Say whether a token ends a sentence; so does an empty line, as after a headline."""
    return word in ".?!" or word.isspace()


Resolve = Callable[[Match], TimeReading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with a name, and the function that reads its matches."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolve


@dataclass(slots=True)
class Rules:
    """The rules of a module; among equally long matches, the first rule wins."""

    rules: list[Rule] = field(default_factory=list)

    def add(self, name: str, pattern: str) -> Callable[[Resolve], Resolve]:
        """Return a decorator that makes a function the one that reads a pattern."""

        def register(resolve: Resolve) -> Resolve:
            self.rules.append(Rule(name, compiled(pattern), resolve))
            return resolve

        return register

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the regular expression over the string of kinds."""
    kinds = _KIND_NAME.sub(lambda match: KINDS[match.group()], pattern)
    return re.compile(re.sub(r"\s", "", kinds))
