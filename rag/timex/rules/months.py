"""Reads months: "May 2021", "early March", "last October", "June of last year"."""

from datetime import date

from rag.text.calendar import MONTHS
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules, compiled
from rag.timex.modifiers import EDGE, edge_mod
from rag.timex.nearness import STEPS, near_month
from rag.timex.said_years import SKIPPED, UNKNOWN_YEAR, YEAR, said_year, year_before
from rag.timex.tokens import KINDS, OTHER
from rag.timex.values import yearless_day_value

RULES = Rules()

# The words before a month that has no day or year.
_BEFORE_MONTH = frozenset(
    "in since until till through during throughout last next this every each of early late mid by "
    "before after from between to and or - – for starting beginning around about as on".split()
)
# "May" is also a verb and a person, and "march" a verb, so fewer words make them a month.
_BEFORE_MAY = frozenset(
    "in since until till through during throughout last next this every each early late mid by "
    "before from between".split()
)
_BEFORE_LOWER_CASE = frozenset("in since until till last next early late mid from".split())
_FIRST_NAMES = frozenset("april june august march".split())
# After these words, names are as common as months.
_BEFORE_NAMES = frozenset("before after from between to and or for about as on by of".split())


def read_month(match: Match) -> int | None:
    """Return the number of a match's month; None if the word is not a month: "may", "mar"."""
    word, place, tokens = match.words("month")[0], match.place("month"), match.tokens
    if not tokens.is_capitalised(place):
        is_clear = match.has("day") or match.has("year")
        is_clear = is_clear or tokens.word(place - 1) in _BEFORE_LOWER_CASE
        if word in {"may", "march"} and not is_clear:
            return None
        if word != "may" and len(word) < 4 and not match.has("day"):
            return None
    return MONTHS[word]


@RULES.add(
    "month",
    rf"{EDGE} (?:THE UNIT OF)? (?P<month>MONTH)"
    rf" (?:DOT? (?:COMMA|OF)? {YEAR})?",
)
def _month(match: Match) -> TimeReading | None:
    month = read_month(match)
    if month is None:
        return None
    year = said_year(match)
    if year:
        value = f"{year}-{month:02d}"
        if year != UNKNOWN_YEAR:
            match.context.dated = date(int(year), month, 1), match.end
    elif is_lone_month(match) and not _has_impossible_day(match):
        if match.recurs():
            return TimeReading(type="SET", value=f"XXXX-{month:02d}", mod=edge_mod(match))
        year = year_before(match)
        value = f"{year}-{month:02d}" if year else near_month(match, month)
    else:
        return None
    return TimeReading(type="DATE", value=value, mod=edge_mod(match))


# A day that `rag.timex.rules.days` did not read: "Dec. 31, 9999".
_REJECTED_DAY = compiled(r"DOT SMALL|SMALL COMMA NUMBER")
_DAY_AFTER_MONTH = compiled(r"DOT? (?:SMALL|ORDINAL)")


@RULES.add(
    "month by its words",
    rf"{EDGE} (?P<rel>THIS (?:PAST|COMING)?|LAST|NEXT|PAST) (?P<month>MONTH)",
)
@RULES.add("month before last", rf"{EDGE} THE (?P<month>MONTH) {SKIPPED}")
def _month_by_words(match: Match) -> TimeReading | None:
    month = read_month(match)
    if month is None or _DAY_AFTER_MONTH.match(match.tokens.kinds, match.end):
        return None
    anchor = match.anchor
    if anchor is None:
        return TimeReading(type="DATE", value=f"XXXX-{month:02d}", mod=edge_mod(match))
    step = STEPS[match.last_word("rel") or match.last_word("skipped")]
    year = anchor.year + (step if match.has("skipped") else 0)
    if step < 0:
        year -= month >= anchor.month
    elif step > 0:
        year += month <= anchor.month
    return TimeReading(type="DATE", value=f"{year:04d}-{month:02d}", mod=edge_mod(match))


def is_lone_month(match: Match) -> bool:
    """Say whether a month's name without day or year is a month, and not a person or a verb."""
    word, tokens, place = match.words("month")[0], match.tokens, match.place("month")
    before = tokens.word(place - 1)
    if len(word) < 4 and word != "may" and match.kind_after() != KINDS["DOT"]:
        return False
    if match.has("edge") or match.has("edge_of"):
        return True
    if word == "may":
        if before in {"between", "from"} and _stands_beside_name(match):
            return False
        return before in _BEFORE_MAY or (before in {"of", "to", "and", "or"} and _is_listed(match))
    if word not in _FIRST_NAMES or before in _BEFORE_MONTH - _BEFORE_NAMES:
        return True
    is_clear = word != "march" or before in _BEFORE_NAMES | {",", "(", "the"}
    return is_clear and not _is_person(match, place)


def _is_person(match: Match, place: int) -> bool:
    """Say whether the month is part of a name: "April Jones", "Caesar Augustus March"."""
    tokens = match.tokens
    return any(
        tokens.is_capitalised(beside) and tokens.kinds[beside] == OTHER
        for beside in (place - 1, match.end)
    )


def _stands_beside_name(match: Match) -> bool:
    """Say whether a name comes after the month and "and": "talks between May and Trump"."""
    other = match.end + 1
    kind = match.tokens.kinds[other : other + 1]
    return match.after() == "and" and kind == OTHER and match.tokens.is_capitalised(other)


def _is_listed(match: Match) -> bool:
    """Say whether another month or an ordinal comes just before, as in "April and May"."""
    wanted = {KINDS[name] for name in ("MONTH", "ORDINAL", "END", "BEGINNING", "UNIT")}
    return not wanted.isdisjoint(match.tokens.kinds[max(0, match.start - 4) : match.start])


def _has_impossible_day(match: Match) -> bool:
    """Say whether a day beside the month is one that the month does not have: "31 February"."""
    place, month = match.place("month"), MONTHS[match.words("month")[0]]
    after = match.end + (match.kind_after() == KINDS["DOT"])
    if _REJECTED_DAY.match(match.tokens.kinds, match.end):
        return True
    return any(
        match.tokens.kinds[beside : beside + 1] == KINDS["SMALL"]
        and yearless_day_value(month, int(match.tokens.words[beside])) is None
        for beside in (max(0, place - 1), after)
    )
