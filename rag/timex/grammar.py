"""Rules: a pattern over kinds of tokens, and the function that reads what it found.

A pattern is a regular expression in which a word in capitals stands for a token of that kind
(`rag.timex.tokens`): `(?P<month>MONTH) DOT? (?P<day>SMALL)`. Spaces mean nothing. At each place the
longest pattern whose function gives a reading wins; a function that knows a trap gives None.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rag.timex.tense import Tense, tense_near
from rag.timex.tokens import KINDS, Tokens
from rag.timex.values import Days, covered_days, is_day

Type = Literal["DATE", "TIME", "DURATION", "SET"]

# Not the P of "(?P<name>".
_KIND_NAME = re.compile(r"(?<!\?)\b[A-Z][A-Z_]*\b")
_YEARLESS_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
# How far behind a date the question mark of its sentence may stand, in tokens.
_QUESTION_REACH = 20
_QUESTION_WORDS = frozenset(
    "what when who whom whose which where why how did was were has have had".split()
)
# What a company reports on besides its quarter.
_LONGER_PERIODS = frozenset({"P1Y", "P6M", "P9M"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a rule says of the tokens that it matched: a TIMEX3 type, value and modifier."""

    type: Type
    value: str
    # How the value was found, where the rule's name does not say it.
    rule: str = ""
    mod: str = ""
    # The days of "the past two weeks", which its value, P2W, does not say.
    days: Days | None = None
    # A fiscal quarter, whose days are not those of the calendar's.
    is_fiscal: bool = False
    # Said aside, as what to compare with: what follows does not count from it.
    is_aside: bool = False
    # Where the expression ends or starts, in tokens, if not where the match does.
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Context:
    """What is known at a place in a text: its tokens, its day, the expressions before."""

    tokens: Tokens
    anchor: date | None
    # The last value read that names a day, a month, a year, ...
    reference: str | None = None
    # The last value at least as fine as a day, a week, ...: what "the next day" counts from.
    references: dict[int, str] = field(default_factory=dict)
    # Month and day of the last date, if it came without a year.
    yearless: tuple[int, int] | None = None
    # The quarter or half that the text reports on, "the quarter": the first one that is over.
    quarter: str | None = None
    # Whether the figures at this place are that quarter's, so that "a year earlier" is too.
    is_quarterly: bool = False
    # Days said with their year, by month and day: said again without it, they are the same.
    known_days: dict[tuple[int, int], str] = field(default_factory=dict)
    # The last day or month that was said with its year, and where it ends.
    dated: tuple[date, int] | None = None
    previous: Reading | None = None
    previous_end: int = 0

    def add(self, reading: Reading, end: int) -> None:
        """Note a reading that ends before a token: what follows may count from it."""
        self.previous, self.previous_end = reading, end
        value = reading.value
        if _is_part_of_year(value) or value == "P1Q":
            self.is_quarterly = True
        elif value in _LONGER_PERIODS or (value.isdigit() and len(value) == 4):
            self.is_quarterly = False
        if reading.is_aside or reading.type not in {"DATE", "TIME"}:
            return
        if self.dated and self.dated[1] != end:
            self.dated = None
        yearless = _YEARLESS_DAY.match(value)
        if yearless:
            self.yearless = int(yearless[1]), int(yearless[2])
        if not value[:2].isdigit():
            return
        self.yearless = None
        self.reference = value[:10] if is_day(value) else value
        for level in range(fineness(value), len(_LEVELS)):
            # "That quarter" is the one that was named, not that of the day on which it ended.
            if (
                level != _UNIT_LEVELS["Q"]
                or _is_part_of_year(value)
                or level not in self.references
            ):
                self.references[level] = self.reference
        if _is_part_of_year(value) and self._is_reported(value):
            self.quarter = value

    def reference_for(self, unit: str) -> str:
        """Return the last value that is no coarser than a unit, the empty string without one."""
        return self.references.get(_UNIT_LEVELS[unit], "")

    def _is_reported(self, value: str) -> bool:
        """Say whether a quarter is the one that figures are of: has begun, or is over and later."""
        days = covered_days(value)
        if self.quarter is None or days is None:
            return days is not None and (self.anchor is None or days.first <= self.anchor)
        return value > self.quarter and self.anchor is not None and days.last < self.anchor


# What a value names, by its form, the finest first: a day, a week, a month, a part of a year.
_LEVELS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d{4}-\d\d-\d\d.*",
        r"\d{4}-W.*",
        r"\d{4}-\d\d.*",
        r"\d{4}-.*",
        r"\d{4}",
        r".*",
    )
)
_UNIT_LEVELS = {"D": 0, "W": 1, "F": 1, "M": 2, "Q": 3, "Y": 4, "E": 5, "C": 5}


def fineness(value: str) -> int:
    """Return how coarse a date value is: 0 for a day, 1 for a week, up to 5 for a decade."""
    return next(level for level, form in enumerate(_LEVELS) if form.fullmatch(value))


def _is_part_of_year(value: str) -> bool:
    return value[4:6] in {"-Q", "-H"}


@dataclass(slots=True)
class Match:
    """A rule's pattern found at tokens `start` to `end`, with its named parts."""

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
        """Say whether a named part is there."""
        return name in self.found.re.groupindex and self.found[name] is not None

    def words(self, name: str) -> list[str]:
        """Return the words of a named part in lower case, none if it is not there."""
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
        """Return a word before the match, the empty string at the text's start."""
        return self.tokens.word(self.start - steps)

    def after(self, steps: int = 1) -> str:
        """Return a word after the match."""
        return self.tokens.word(self.end + steps - 1)

    def kind_after(self) -> str:
        """Return the kind of the token after the match, the empty string at the text's end."""
        return self.tokens.kinds[self.end : self.end + 1]

    def owns(self) -> bool:
        """Say whether a possessive follows: "Wednesday's"."""
        return self.kind_after() == KINDS["POSSESSIVE"]

    def tense(self) -> Tense | None:
        """Return the tense of the nearest verb."""
        return tense_near(self.tokens, self.start, self.end)

    def is_asked(self) -> bool:
        """Say whether the match stands in a question about the past: "What happened on ..."."""
        tokens = self.tokens
        reach = range(self.end, min(len(tokens), self.end + _QUESTION_REACH))
        closing = next((tokens.words[place] for place in reach if tokens.words[place] in ".?!"), "")
        is_question = closing == "?" or (not closing and tokens.word(0) in _QUESTION_WORDS)
        return is_question and self.tense() == "past"

    def is_name(self, place: int) -> bool:
        """Say whether a capitalised time word follows a capitalised one: "USA TODAY", "HBO Now"."""
        tokens = self.tokens
        return (
            tokens.is_capitalised(place)
            and tokens.is_capitalised(place - 1)
            and tokens.word(place - 1).isalpha()
        )


Resolve = Callable[[Match], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern and the function that reads its matches."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolve


@dataclass(slots=True)
class Rules:
    """A module's rules, in the order of preference among equally long matches."""

    rules: list[Rule] = field(default_factory=list)

    def add(self, name: str, pattern: str) -> Callable[[Resolve], Resolve]:
        """Return a decorator that makes a function the reader of a pattern."""

        def register(resolve: Resolve) -> Resolve:
            self.rules.append(Rule(name, compiled(pattern), resolve))
            return resolve

        return register

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern over the string of kinds."""
    kinds = _KIND_NAME.sub(lambda match: KINDS[match.group()], pattern)
    return re.compile(re.sub(r"\s", "", kinds))
