"""Reads seasons: "the summer of 2019", "last fall", "in spring"."""

from datetime import date

from rag.text.calendar import SEASONS
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules, compiled
from rag.timex.modifiers import EDGE, edge_mod
from rag.timex.nearness import CHAINED, STEPS, base_of
from rag.timex.said_years import SKIPPED, YEAR, said_year, year_before

RULES = Rules()

_FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# Without one of these words, "spring", "fall" and "summer" may be verbs or other nouns.
_BEFORE_SEASON = frozenset("in into by since until during through throughout".split())
_BEFORE_THE_SEASON = _BEFORE_SEASON | frozenset("of for from over".split())
# A season lasts about this many days.
_SEASON_DAYS = 92


@RULES.add(
    "season",
    rf"{EDGE} (?P<the>THE)? (?P<season>SEASON)"
    rf" (?:(?:OF|IN|COMMA)? {YEAR})?",
)
def _season(match: Match) -> TimeReading | None:
    season = SEASONS[match.word("season")]
    year = said_year(match)
    if not year and not _is_season(match):
        return None
    if not year:
        if match.recurs():
            return TimeReading(type="SET", value=f"XXXX-{season}", mod=edge_mod(match))
        year = _year_of_second(match) or year_before(match) or _near_year(match, season)
    return TimeReading(type="DATE", value=f"{year}-{season}", mod=edge_mod(match))


_SECOND = compiled(r"(?:AND|OR|TO|HYPHEN) THE? SEASON (?:OF|IN|COMMA)? (?P<year>YEAR)")


def _year_of_second(match: Match) -> str:
    """Return the year that only the second season has: "in the spring and summer of 1999"."""
    found = _SECOND.match(match.tokens.kinds, match.end)
    return match.tokens.words[found.start("year")] if found else ""


def _is_season(match: Match) -> bool:
    """Say whether a word is a season, which "the fall of Kabul" and "spring-loaded" are not."""
    before = _BEFORE_THE_SEASON if match.has("the") else _BEFORE_SEASON
    has_edge = match.has("edge") or match.has("edge_of")
    is_other = match.after() in {"of", "-", "–"} or match.tokens.is_capitalised(
        match.place("season")
    )
    return (has_edge or match.before() in before) and not is_other


def _near_year(match: Match, season: str) -> str:
    """Return the year of a season without one: the last season that has begun, or the next."""
    anchor = match.anchor
    if anchor is None:
        return "XXXX"
    begins = date(anchor.year, _FIRST_MONTH[season], 1)
    is_ahead = match.before() in {"by", "until", "through"}
    is_ahead = is_ahead or (match.before(2), match.before()) == ("ahead", "of")
    tense = "future" if is_ahead else match.tense()
    if begins <= anchor:
        is_over = tense == "future" and (anchor - begins).days > _SEASON_DAYS
        return f"{anchor.year + is_over:04d}"
    return f"{anchor.year - (tense == 'past'):04d}"


@RULES.add(
    "season by its words",
    rf"{EDGE} (?P<rel>THIS (?:PAST|COMING)?|THE? (?:LAST|NEXT|PAST|COMING|FOLLOWING|PREVIOUS)"
    r"|THAT) (?P<season>SEASON)",
)
@RULES.add("season before last", rf"{EDGE} THE (?P<season>SEASON) {SKIPPED}")
def _season_by_words(match: Match) -> TimeReading | None:
    season = SEASONS[match.word("season")]
    rel = match.last_word("rel") or match.last_word("skipped")
    if match.after() == "-":
        return None
    base = base_of(match, is_chained=rel in CHAINED, unit="Y")
    further = STEPS[rel] if match.has("skipped") else 0
    year = f"{_year_by_words(base, season, STEPS[rel]) + further:04d}" if base else "XXXX"
    return TimeReading(type="DATE", value=f"{year}-{season}", mod=edge_mod(match))


def _year_by_words(base: date, season: str, step: int) -> int:
    begins = date(base.year, _FIRST_MONTH[season], 1)
    has_begun = begins <= base
    if step < 0:
        is_running = has_begun and (base - begins).days < _SEASON_DAYS
        return base.year - (not has_begun or is_running)
    if step > 0:
        return base.year + has_begun
    # In January, and when winter has just ended, "this winter" began last year.
    return base.year - (season == "WI" and base.month < _FIRST_MONTH["SU"])
