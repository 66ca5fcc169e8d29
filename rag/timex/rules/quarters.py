"""Reads quarters and halves of years: "the third quarter", "first-half profit"."""

from datetime import date

from rag.text.calendar import MONTHS
from rag.text.numerals import ORDINALS
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules, compiled
from rag.timex.modifiers import EDGE, edge_mod
from rag.timex.nearness import STEPS, counted, last_or_next_day
from rag.timex.values import DaySpan, day_value, moved

RULES = Rules()

_MONTHS = {"Q": 3, "H": 6}
# Near one of these words, a quarter is that of a game. TimeBank and AQUAINT report no games, so
# this has not been measured.
_GAME = frozenset(
    "touchdown touchdowns yards yard quarterback halftime nfl nba coach kicker rebounds fumble "
    "interception interceptions punt turnovers linebacker pointer pointers jumper scored striker "
    "midfielder defender kickoff".split()
)
_GAME_REACH = 25


def _year_of_part(match: Match, letter: str, nth: int) -> str:
    """Return the year of a quarter or half: the last one that has begun, or the next."""
    anchor = match.anchor
    if anchor is None:
        return "XXXX"
    begins = date(anchor.year, _MONTHS[letter] * (nth - 1) + 1, 1)
    return f"{anchor.year - (begins > anchor and match.tense() != 'future'):04d}"


_NTH_PART = r"(?P<nth>ORDINAL|SECOND) HYPHEN? (?P<part>QUARTER|QUARTERS|HALF)"
_OF_YEAR = (
    r"(?:(?:OF|IN|COMMA)? (?P<of_fiscal>FISCAL UNIT?)? (?P<year>YEAR)"
    r"|OF? (?P<rel>THIS|LAST|NEXT|THE FISCAL?|THE PREVIOUS) (?P<unit>UNIT))?"
)


@RULES.add(
    "quarter or half",
    rf"{EDGE} (?:THE)? (?:CORRESPONDING|LATEST)? (?P<fiscal>FISCAL)?"
    rf" (?:(?P<said>YEAR) POSSESSIVE?)? {_NTH_PART} {_OF_YEAR}",
)
@RULES.add(
    "first of two quarters",
    r"(?P<nth>ORDINAL|SECOND)(?= (?:AND|OR|TO|HYPHEN) (?:ORDINAL|SECOND) HYPHEN?"
    rf" (?P<part>QUARTER|QUARTERS) {_OF_YEAR})",
)
def _quarter(match: Match) -> TimeReading | None:
    nth, letter = ORDINALS.get(match.word("nth"), 0), match.word("part")[0].upper()
    letter = "Q" if letter == "Q" else "H"
    beside = _year_beside(match)
    year = match.word("year") or match.word("said") or beside
    # "The first half" alone is that of a game.
    is_dated = bool(year) or match.has("rel") or letter == "Q" or _is_of_business(match)
    if not 1 <= nth <= 12 // _MONTHS[letter] or not is_dated:
        return None
    if match.word("unit") not in {"", "year"} or (not year and _is_of_a_game(match)):
        return None
    if not (year or match.has("rel")) and match.recurs():
        return TimeReading(type="SET", value=f"XXXX-{letter}{nth}")
    step = STEPS.get(match.last_word("rel"))
    if not year:
        is_said = step is not None and match.anchor is not None
        year = _year_by_words(match, step or 0) if is_said else _year_of_part(match, letter, nth)
    days = _days_of_ended(match, months=_MONTHS[letter], years=-1 if beside else 0)
    is_fiscal = match.has("fiscal") or match.word("rel").endswith("fiscal")
    is_fiscal = is_fiscal or match.has("of_fiscal") or _is_of_fiscal_year(match)
    value = f"{year}-{letter}{nth}"
    return TimeReading(
        type="DATE", value=value, mod=edge_mod(match), days=days, is_fiscal=is_fiscal
    )


def _year_beside(match: Match) -> str:
    """Return the year of "the year-ago quarter, the second quarter", which are one quarter."""
    previous = match.context.previous
    is_beside = match.context.previous_end == match.start - 1 and match.before() == ","
    if previous is None or not is_beside or match.before(2) not in {"quarter", "period"}:
        return ""
    return previous.value[:4] if previous.is_aside and previous.value[:4].isdigit() else ""


_ENDED = compiled(r"GONE ON? (?P<month>MONTH) DOT? (?P<day>SMALL) (?:COMMA (?P<year>YEAR))?")


def _days_of_ended(match: Match, *, months: int = 3, years: int = 0) -> DaySpan | None:
    """Return the months of "the quarter ended July 31"; None if its end is not said.

    `years` are added if the year of that end is not said.
    """
    found = _ENDED.match(match.tokens.kinds, match.end)
    if found is None:
        return None
    words = match.tokens.words
    month, day = MONTHS[words[found.start("month")]], int(words[found.start("day")])
    if found["year"]:
        value = day_value(int(words[found.start("year")]), month, day)
        last = date.fromisoformat(value) if value else None
    else:
        is_next = match.after() == "ending" and match.tense() != "past"
        last = last_or_next_day(match, month, day, is_next=is_next)
        last = moved(last, years, "Y") if last else None
    # The months count from the day after the end, because months end on different days.
    behind = moved(last, 1, "D") if last else None
    first = moved(behind, -months, "M") if behind else None
    return DaySpan(first, last) if first and last else None


# Near one of these words, a half is that of a company. TimeBank and AQUAINT show neither a gain nor
# a loss from this.
_BUSINESS = frozenset(
    "profit profits earnings sales revenue revenues income pretax dividend yen exports imports "
    "shipments".split()
)
_BUSINESS_REACH = 12


def _is_of_business(match: Match) -> bool:
    """Say whether "the first half" is that of a company's year: "ended Sept. 30", "sales rose"."""
    if match.has("fiscal") or _ENDED.match(match.tokens.kinds, match.end):
        return True
    near = slice(max(0, match.start - _BUSINESS_REACH), match.end + _BUSINESS_REACH)
    return not _BUSINESS.isdisjoint(match.tokens.words[near])


def _is_of_a_game(match: Match) -> bool:
    around = match.tokens.words[max(0, match.start - _GAME_REACH) : match.end + _GAME_REACH]
    return not _GAME.isdisjoint(around)


def _year_by_words(match: Match, step: int) -> str:
    return f"{match.anchor.year + step:04d}" if match.anchor else "XXXX"


@RULES.add("quarter by its name", r"(?P<part>QUARTER_NAME) (?:(?:OF|COMMA)? (?P<year>YEAR))?")
@RULES.add("year and quarter", r"(?P<year>YEAR) HYPHEN? (?P<part>QUARTER_NAME)")
def _quarter_name(match: Match) -> TimeReading | None:
    """Read "Q3 2020", "H1 2020", and "Q3" alone."""
    name, year = match.word("part").upper(), match.word("year")
    is_name = match.tokens.is_capitalised(match.place("part")) and name not in {"H3", "H4"}
    if not is_name or not (year or name[0] == "Q"):
        return None
    year = year or _year_of_part(match, name[0], int(name[1]))
    is_fiscal = _is_of_fiscal_year(match)
    return TimeReading(type="DATE", value=f"{year}-{name}", is_fiscal=is_fiscal)


def _is_of_fiscal_year(match: Match) -> bool:
    """Say whether "FY24" follows, or "of FY2024": its quarters are not those of the calendar."""
    following = match.after(2) if match.after() in {"of", "in", ","} else match.after()
    return following == "fy"


@RULES.add(
    "quarter of a year by its words",
    r"(?P<rel>THIS|LAST|NEXT|THE PREVIOUS|THE FOLLOWING) (?P<unit>UNIT) POSSESSIVE?"
    r" FISCAL? (?P<nth>ORDINAL|SECOND)? HYPHEN? (?P<part>QUARTER|HALF)",
)
def _quarter_by_words(match: Match) -> TimeReading | None:
    quarter = match.context.quarter or ""
    nth = str(ORDINALS.get(match.word("nth"), "")) or quarter[6:7]
    if match.word("unit") != "year" or match.anchor is None or nth not in set("1234"):
        return None
    letter = "Q" if match.word("part") == "quarter" else "H"
    year = _year_by_words(match, STEPS[match.last_word("rel")])
    return TimeReading(type="DATE", value=f"{year}-{letter}{nth}")


@RULES.add("quarter by its last month", r"THE (?P<month>MONTH) QUARTER")
def _month_quarter(match: Match) -> TimeReading | None:
    """Read "the June quarter", "the September quarter"."""
    month = MONTHS[match.word("month")]
    if month % 3 or match.anchor is None:
        return None
    year = _year_of_part(match, "Q", month // 3)
    return TimeReading(type="DATE", value=f"{year}-Q{month // 3}")


@RULES.add("the quarter", r"(?:THE|THE LATEST) QUARTER")
def _the_quarter(match: Match) -> TimeReading | None:
    if match.after() in {"-", "–"}:
        return None
    days = _days_of_ended(match)
    # This is the calendar quarter that has the middle one of the three months.
    base, step = (moved(days.last, -1, "M"), 0) if days else (match.anchor, -1)
    value = match.context.quarter or counted(base, step, "Q")
    fiscal = match.context.fiscal_days
    days = days or fiscal.get(value)
    return TimeReading(type="DATE", value=value, days=days, is_fiscal=value in fiscal)


@RULES.add("the latest period", r"THE? (?P<rel>LATEST|LAST|PREVIOUS|SAME) PERIOD")
def _the_period(match: Match) -> TimeReading | None:
    if match.context.quarter is None and match.word("rel") != "latest":
        return None
    return _the_quarter(match)
