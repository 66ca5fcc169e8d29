"""Reads the year beside a day, month, season or holiday: "May 2019", "May of '87", "May last year".

`YEAR` is the part of a pattern for such words, and `said_year` reads them. `year_before` reads the
year of "last year, in May".
"""

from rag.timex.amounts import AMOUNT, amount_of, unit_of
from rag.timex.event_words import FUNCTION_WORDS
from rag.timex.grammar import Match, compiled
from rag.timex.nearness import CHAINED, STEPS, TOLD, base_of
from rag.timex.tokens import KINDS, PHRASE_ENDS

# The year that counts from an unknown one.
UNKNOWN_YEAR = "XXXX"
# What "last" and "next" in "before last" and "after next" may not belong to: "the May before last
# week's vote".
NO_TIME_AFTER = (
    "(?! UNIT|UNITS|QUARTER|HALF|WEEKEND|WEEKDAY|MONTH|SEASON|HOLIDAY|DAY_PART|ORDINAL|NUMERAL)"
)
# "The May before last", "the week after next".
SKIPPED = rf"(?P<skipped>BEFORE LAST|AFTER NEXT) {NO_TIME_AFTER}"
# "Last year's winner" is not the year of a day before it.
_NO_OWNER = "(?! POSSESSIVE)"
YEAR = (
    r"(?:(?P<year>YEAR)|(?P<mark>APOSTROPHE) (?P<short>SMALL)|(?<=OF) (?P<bare>SMALL)"
    r"|(?P<year_rel>THIS PAST?|LAST|NEXT|THE (?:PREVIOUS|FOLLOWING|CURRENT|COMING)"
    rf"|(?:THE|THAT) SAME|THAT) (?P<year_unit>UNIT) {_NO_OWNER}"
    r"|THE (?P<year_told>UNIT) (?P<year_skipped>BEFORE LAST|AFTER NEXT)"
    rf" {NO_TIME_AFTER} {_NO_OWNER}"
    rf"|{AMOUNT} (?P<years>UNIT|UNITS) (?P<years_side>AGO|EARLIER|BEFORE))"
)
# Said in 2024, '29 is still to come, and '31 was in the century before.
_YEARS_AHEAD = 5
# What may be between a year and its day: "last year, on 8 October", "last year's 8 October".
_LINK = compiled(r"(?:COMMA|POSSESSIVE)? (?:IN|ON|AT)? THE?")


def skipped_steps(match: Match) -> int:
    """Return the units that SKIPPED counts: minus two for "before last", two for "after next"."""
    return 2 * STEPS[match.last_word("skipped")]


def said_year(match: Match) -> str:
    """Return the year that a YEAR names; the empty string if there is none.

    It is XXXX if it counts from an unknown year. Words that turn out to be no year are taken out of
    the match, as in "on 8 May last week".
    """
    if match.has("year"):
        return match.word("year")
    if match.has("short"):
        return _short_year(match, match.place("mark"))
    if match.has("bare"):
        return _bare_year(match)
    if match.has("year_rel"):
        return _year_by_words(match)
    if match.has("year_told"):
        steps = 2 * STEPS[match.last_word("year_skipped")]
        return _counted(match, "year_told", steps, is_chained=False)
    return _years_ago(match) if match.has("years") else ""


def _year_by_words(match: Match) -> str:
    # This is for "in May, this year may differ".
    if match.tokens.word(match.place("year_rel") - 1) == "," and not match.closes():
        return _cut(match)
    rel = match.last_word("year_rel")
    is_chained = rel in CHAINED
    return _counted(match, "year_unit", STEPS[rel], is_chained=is_chained, is_told=rel in TOLD)


def _counted(match: Match, unit: str, step: int, *, is_chained: bool, is_told: bool = False) -> str:
    """Return the year so many years from that of the anchor, or from the last year told of."""
    if unit_of(match.word(unit)) != "Y":
        return _cut(match)
    base = base_of(match, is_chained=is_chained, unit="Y", is_told=is_told)
    return f"{base.year + step:04d}" if base and 0 < base.year + step < 10000 else UNKNOWN_YEAR


def _years_ago(match: Match) -> str:
    """Return the year of "in May two years ago"."""
    count, side = amount_of(match), match.word("years_side")
    is_exact = count is not None and count == int(count) and not match.has("approx")
    is_free = side == "ago" or match.closes()
    if not is_exact or not is_free:
        return _cut(match)
    steps = -int(min(count or 0, 1e4))
    return _counted(match, "years", steps, is_chained=side != "ago")


def _short_year(match: Match, mark: int) -> str:
    year = year_of_two_figures(match, mark)
    return f"{year:04d}" if year else _cut(match)


def _bare_year(match: Match) -> str:
    """Return the year of "April of 87"; "in April of 87 people asked" has none."""
    is_free = match.kind_after() in PHRASE_ENDS or match.after() in FUNCTION_WORDS
    figures = match.word("bare")
    if not is_free or len(figures) != 2 or match.anchor is None:
        return _cut(match)
    return f"{_last_year_of(figures, match.anchor.year):04d}"


def year_of_two_figures(match: Match, mark: int) -> int | None:
    """Return the year whose last two figures come after an apostrophe: "'87"; None if they do not.

    It is the last such year, or one of the next few years.
    """
    tokens, figures = match.tokens, match.tokens.word(mark + 1)
    is_joined = tokens.touches(mark) and not tokens.touches(mark - 1)
    after = tokens.word(mark + 2)
    is_quoted = tokens.touches(mark + 1) and after in {"'", "’", "%", "/", ":"}
    if len(figures) != 2 or not is_joined or is_quoted or match.anchor is None:
        return None
    return _last_year_of(figures, match.anchor.year)


def _last_year_of(figures: str, now: int) -> int:
    year = now // 100 * 100 + int(figures)
    return year - 100 if year > now + _YEARS_AHEAD else year


def year_before(match: Match) -> str:
    """Return the year named right before a match, as in "last year, on 8 October", or nothing."""
    previous, end = match.context.previous, match.context.previous_end
    if previous is None or previous.type != "DATE" or not previous.value.isdigit():
        return ""
    link = _LINK.fullmatch(match.tokens.kinds, end, match.start)
    is_linked = link is not None and end < match.start
    return previous.value if is_linked and len(previous.value) == 4 else ""


def _cut(match: Match) -> str:
    """Take the words of a YEAR out of a match, because they name none."""
    names = ("mark", "bare", "year_rel", "year_told", "approx", "amount")
    first = min(match.place(name) for name in names if match.has(name))
    while first > 0 and match.tokens.kinds[first - 1] in _JOINTS:
        first -= 1
    match.end = first
    return ""


_JOINTS = frozenset({KINDS["COMMA"], KINDS["OF"], KINDS["IN"], KINDS["THE"]})
