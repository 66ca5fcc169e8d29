"""Reads years, decades and centuries: "1989", "fiscal 1990", "the '90s", "the 19th century"."""

from rag.text.numerals import NUMERALS
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules
from rag.timex.lexicon import DECADES
from rag.timex.modifiers import EDGE, edge_mod
from rag.timex.rules.days import number_of_day
from rag.timex.said_years import year_of_two_figures
from rag.timex.tokens import KINDS, Tokens

RULES = Rules()

# Words that make a number of four digits a quantity or a label and not a year. News style writes
# quantities of a thousand and more with a comma. TimeBank and AQUAINT have none of these cases, so
# no word of the two lists has been measured.
_NO_YEAR_BEFORE = frozenset(
    "$ £ € ₹ ₦ ₵ rs inr ksh tsh sh # no number flight room page highway route section chapter lot "
    "suite top nearly about almost over roughly approximately least than some only boeing model "
    "channel level point points resolution windows".split()
)
_NO_YEAR_AFTER = frozenset(
    "% percent people men women troops soldiers miles kilometers kilometres feet meters metres "
    "yards pounds dollars euros tons tonnes barrels jobs workers employees times points shares "
    "hours hrs gmt utc acres copies units votes seats square words homes students refugees "
    "prisoners members km kg lb m ft rpm mhz calories others cases deaths bc bce b crore lakh "
    "rupees naira shillings rand year years months weeks days protesters protestors demonstrators "
    "families houses villages passengers migrants fans supporters pupils children staff personnel "
    "officers fighters civilians victims patients residents visitors volunteers delegates".split()
)
_NUMBERED = frozenset("$ £ € # / . + = _ @ &".split())
_DASHES = frozenset({"-", "–"})
# Numbers outside these years are years only if the words say so.
_USUAL_YEARS = range(1900, 2100)
_SAID_YEARS = range(1000, 2200)
_BEFORE_YEAR = frozenset("in since until of by before after from year".split())
_AFTER_YEAR = frozenset("and to when by in the as".split())


@RULES.add(
    "year",
    rf"{EDGE} (?:(?P<the>THE) (?P<unit>UNIT)|FISCAL UNIT?|(?P<side>PRE|POST) HYPHEN)?"
    r" (?P<year>YEAR)",
)
def _year(match: Match) -> TimeReading | None:
    if match.word("unit") not in {"", "year"} or not _is_year(match, match.place("year")):
        return None
    mod = {"pre": "BEFORE", "post": "AFTER"}.get(match.word("side"), edge_mod(match))
    return TimeReading(type="DATE", value=match.word("year"), mod=mod)


def _is_year(match: Match, place: int) -> bool:
    tokens = match.tokens
    before, after = tokens.word(place - 1), tokens.word(place + 1)
    if _is_joined(tokens, place) or after in _NO_YEAR_AFTER:
        return False
    if after in _DASHES and tokens.word(place + 2) in {"year", "years"}:
        return False
    if before in _NO_YEAR_BEFORE and tokens.word(place - 2) not in {"earlier", "later"}:
        return False
    if before == "." and tokens.word(place - 2) in {"no", "nos"}:
        return False
    year = int(tokens.words[place])
    if year in _USUAL_YEARS or match.start < place:
        return True
    is_alone = not after.isalpha() or after in _AFTER_YEAR
    return before in _BEFORE_YEAR and is_alone and year in _SAID_YEARS


def _is_joined(tokens: Tokens, place: int) -> bool:
    """Say whether a number is part of something longer: $2000, B-2000, 555-1990, 1990-12345."""
    before, after = tokens.word(place - 1), tokens.word(place + 1)
    if tokens.touches(place):
        if after.isalnum() or after in {"%", "°", "/"}:
            return True
        ending = tokens.word(place + 2) if after in _DASHES and tokens.touches(place + 1) else ""
        if ending.isdigit() and len(ending) not in {2, 4}:
            return True
    if not tokens.touches(place - 1):
        return False
    is_code = before in _DASHES and tokens.touches(place - 2) and not _is_range(tokens, place)
    return before in _NUMBERED or before.isalnum() or is_code


def _is_range(tokens: Tokens, place: int) -> bool:
    """Say whether an earlier year or a word is before the hyphen: "1990-1995", "post-1990"."""
    first = tokens.word(place - 2)
    if first in {"pre", "post", "mid", "early", "late"}:
        return True
    return len(first) == 4 and first.isdigit() and first <= tokens.words[place]


_BEFORE_SHORT_YEAR = frozenset("in since of until from by fiscal before after during".split())


@RULES.add("year of two figures", r"(?:FISCAL UNIT?)? (?P<mark>APOSTROPHE) (?P<year>SMALL)")
def _short_year(match: Match) -> TimeReading | None:
    """Read "in '92", "fiscal '89" and "the summer of '69" as the last such year."""
    place = match.place("mark")
    is_said = match.start < place or match.before() in _BEFORE_SHORT_YEAR
    year = year_of_two_figures(match, place) if is_said else None
    return TimeReading(type="DATE", value=f"{year:04d}") if year else None


@RULES.add("fiscal year by its number", r"THE (?P<year>YEAR) FISCAL (?P<unit>UNIT)")
def _fiscal_year(match: Match) -> TimeReading | None:
    return _year(match)


@RULES.add(
    "year in words",
    r"(?:(?P<the>THE) (?P<unit>UNIT) (?:OF)?)?"
    r" (?P<century>NUMERAL) HYPHEN? (?P<rest>NUMERAL (?:HYPHEN? NUMERAL)?)",
)
def _spoken_year(match: Match) -> TimeReading | None:
    """Read "nineteen ninety-eight", as broadcasters say it."""
    century = NUMERALS[match.word("century")]
    rest = sum(NUMERALS.get(word, 0) for word in match.words("rest"))
    is_said = match.word("unit") == "year" or match.before() in _BEFORE_YEAR
    is_counting = match.kind_after() in {KINDS["UNIT"], KINDS["UNITS"], KINDS["MULTIPLIER"]}
    if is_counting or not 10 <= rest <= 99 or match.word("unit") not in {"", "year"}:
        return None
    if not (17 <= century <= 19 or (century == 20 and is_said)):
        return None
    return TimeReading(type="DATE", value=f"{century}{rest}")


@RULES.add(
    "year two thousand",
    r"THE (?P<unit>UNIT) (?P<two>NUMERAL) (?P<thousand>MULTIPLIER) (?:AND)? (?P<rest>NUMERAL)?",
)
def _two_thousand(match: Match) -> TimeReading | None:
    if (match.word("unit"), match.word("two"), match.word("thousand")) != (
        *("year", "two", "thousand"),
    ):
        return None
    return TimeReading(type="DATE", value=f"{2000 + NUMERALS.get(match.word('rest'), 0)}")


_SOMEBODYS = frozenset("his her their my your our".split())


@RULES.add(
    "decade",
    r"(?P<the>THE)? (?P<edge>EARLY|LATE|MID)? HYPHEN? (?P<mark>APOSTROPHE)?"
    r" (?P<decade>DECADE|DECADE_WORD)",
)
def _decade(match: Match) -> TimeReading | None:
    """Read "the 1990s" and "the '90s", but not "in his 30s" or "90s"."""
    word = match.word("decade")
    figures = word.rstrip("s").rstrip("'’")
    is_full = len(figures) == 4 and figures.isdigit()
    if match.before() in _SOMEBODYS or not (is_full or match.has("the") or match.has("mark")):
        return None
    if is_full:
        value = figures[:3]
    elif word in DECADES or match.has("mark") or int(figures) >= 20:
        value = _last_decade(match, DECADES.get(word) or int(figures[0]))
    else:
        return None
    return TimeReading(type="DATE", value=value, mod=edge_mod(match))


def _last_decade(match: Match, tens: int) -> str:
    """Return a decade that is named by its tens: the last one that has begun."""
    year = match.anchor.year if match.anchor else 2000
    century = year // 100 - (tens * 10 > year % 100)
    return f"{century:02d}{tens}"


_NTH = r"(?:NUMERAL HYPHEN)? (?:ORDINAL|SECOND)"


@RULES.add(
    "century",
    rf"(?:THE)? (?P<edge>EARLY|LATE|MID)? HYPHEN? (?P<nth>{_NTH}) HYPHEN? (?P<unit>UNIT|UNITS)",
)
@RULES.add(
    "first of two centuries",
    rf"(?:THE)? (?P<edge>EARLY|LATE|MID)? HYPHEN? (?P<nth>{_NTH})"
    rf"(?= (?:AND|OR|TO|HYPHEN) {_NTH} HYPHEN? (?P<unit>UNIT|UNITS))",
)
def _century(match: Match) -> TimeReading | None:
    nth, behind = number_of_day(match.words("nth")), match.tokens.word(match.found.end("unit"))
    is_before_christ = behind in {"b", "bc", "bce"}
    if match.word("unit") not in {"century", "centuries"} or not 1 <= nth <= 30 or is_before_christ:
        return None
    return TimeReading(type="DATE", value=f"{nth - 1:02d}", mod=edge_mod(match))
