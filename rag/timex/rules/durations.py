"""Reads lengths of time: "two weeks", "a year and a half", "the past 20 months", "eight-year"."""

from rag.timex.amounts import AMOUNT, amount_of, duration, unit_of
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules
from rag.timex.modifiers import APPROX, amount_mod
from rag.timex.nearness import counted
from rag.timex.rules.units import stretch
from rag.timex.tokens import KINDS

RULES = Rules()

_UNIT = r"(?P<unit>UNIT|UNITS|SECOND|QUARTERS|SHORT_UNIT)"
_DASHES = frozenset({"-", "–"})
# After these words, "a year" is a length and not a rate.
_BEFORE_LENGTH = frozenset(
    "for in within over than about nearly almost after of by spent take took takes lasted last "
    "lasts under at least once just only until half up to".split()
)
_BEFORE_RATE = frozenset(
    "million billion trillion percent % once twice times share hour day month dollar cent pound "
    "euro barrel ton tonne people unit mile".split()
)
# Words in -s that are not plurals, so no rate follows them.
_NO_PLURAL = frozenset(
    "is was has as this its his us does hers yes less thus plus perhaps always besides across "
    "takes gives makes needs wants says spends comes becomes gets remains 's ’s".split()
)


@RULES.add("length", rf"{AMOUNT} (?:MORE|FULL)? {_UNIT} (?P<half>AND A HALF)? (?P<so>OR SO)?")
def _length(match: Match) -> TimeReading | None:
    amount, word = match.words("amount"), match.words("unit")[0]
    is_plural = match.kind("unit") in {KINDS["UNITS"], KINDS["QUARTERS"]}
    if amount in (["a"], ["an"]):
        return None if is_plural else _one(match, unit_of(word))
    # This leaves out "will one day be king", the fraction "three quarters" and the programme "60
    # Minutes".
    is_someday = amount == ["one"] and word == "day" and match.before() not in _BEFORE_LENGTH
    is_fraction = word == "quarters" and amount == ["three"]
    is_title = is_plural and match.tokens.is_capitalised(match.place("unit"))
    if is_someday or is_fraction or is_title or word == "second" or _is_age(match):
        return None
    mod = amount_mod(match) or ("APPROX" if match.has("so") else "")
    count = amount_of(match)
    if count is not None and match.has("half"):
        count += 0.5
    return TimeReading(type="DURATION", value=duration(count, unit_of(word)), mod=mod)


_UNBROKEN = frozenset("consecutive straight successive solid".split())


@RULES.add("unbroken length", rf"{AMOUNT} (?P<how>OTHER) {_UNIT}")
def _unbroken(match: Match) -> TimeReading | None:
    """Read "two consecutive quarters", "ten straight days"."""
    return _length(match) if match.word("how") in _UNBROKEN else None


def _is_age(match: Match) -> bool:
    """Say whether the words around it make it an age or a price: "44 years old", "aged 45"."""
    after = match.after(2) if match.after() in _DASHES else match.after()
    is_old = after == "old" or (after, match.after(2)) == ("of", "age")
    return is_old or match.before() in {"$", "£", "€", "aged"}


def _one(match: Match, unit: str) -> TimeReading | None:
    """Read "a year" as how long, after "for" or "in", or how often, after a sum or a number."""
    before = match.before()
    if unit == "TS" and match.after().isalpha():
        return None  # This is for "for a second time".
    is_joined = match.after() in _DASHES and match.tokens.touches(match.end - 1)
    if is_joined or match.tokens.is_capitalised(match.place("unit")):
        return None  # This is for "by a week-long strike" and "A Day to Remember".
    if match.has("half"):
        return TimeReading(type="DURATION", value=duration(1.5, unit), mod=amount_mod(match))
    if match.has("approx") or before in _BEFORE_LENGTH:
        return TimeReading(type="DURATION", value=duration(1, unit), mod=amount_mod(match))
    is_plural = before.endswith("s") and before not in _NO_PLURAL
    if before[:1].isdigit() or before in _BEFORE_RATE or is_plural:
        return TimeReading(type="SET", value=duration(1, unit))
    return None


@RULES.add("a unit or two", rf"{APPROX} A (?P<unit>UNIT) OR NUMERAL")
def _one_or_two(match: Match) -> TimeReading:
    value = duration(None, unit_of(match.word("unit")))
    return TimeReading(type="DURATION", value=value, mod=amount_mod(match))


_COUNT = r"(?P<amount>SMALL|NUMBER|YEAR|NUMERAL (?:HYPHEN NUMERAL)?|FEW|MANY|HALF)"


@RULES.add("length as an adjective", rf"(?P<approx>NEARLY|ABOUT)? {_COUNT} HYPHEN {_UNIT}")
@RULES.add(
    "period of a length", rf"(?:A|THE) (?P<approx>NEARLY|ABOUT)? {_COUNT} HYPHEN {_UNIT} PERIOD"
)
def _adjective(match: Match) -> TimeReading | None:
    word = match.words("unit")[0]
    if _is_age(match) or word == "quarters":
        return None
    value = duration(amount_of(match), unit_of(word))
    return TimeReading(type="DURATION", value=value, mod=amount_mod(match))


@RULES.add(
    "length and a half as an adjective",
    rf"{_COUNT} HYPHEN AND HYPHEN A HYPHEN HALF HYPHEN? {_UNIT}",
)
def _and_a_half(match: Match) -> TimeReading | None:
    count = amount_of(match)
    if count is None or match.words("unit")[0] == "quarters" or _is_age(match):
        return None
    value = duration(count + 0.5, unit_of(match.words("unit")[0]))
    return TimeReading(type="DURATION", value=value)


@RULES.add(
    "the past or next so many",
    rf"(?P<rel>THE? (?:LAST|PAST|NEXT|COMING|FOLLOWING|PREVIOUS)|THE|THESE|THIS|THE? ORDINAL)"
    rf" {AMOUNT} {_UNIT} (?P<so>OR SO)?",
)
def _past_length(match: Match) -> TimeReading | None:
    amount, rel, unit = match.words("amount"), match.last_word("rel"), match.words("unit")[0]
    is_nth = match.tokens.kinds[match.found.end("rel") - 1] == KINDS["ORDINAL"] and rel != "first"
    if amount[-1] in {"a", "an"} or unit == "second" or _is_age(match) or is_nth:
        return None
    count, code = amount_of(match), unit_of(unit)
    days = None
    if rel in {"last", "past", "next", "coming"}:
        days = stretch(match, count, code, is_ahead=rel in {"next", "coming"})
    if (match.before(2), match.before()) == ("each", "of"):
        return TimeReading(type="SET", value=duration(1, code))
    mod = "APPROX" if match.has("so") else amount_mod(match)
    return TimeReading(type="DURATION", value=duration(count, code), mod=mod, days=days)


@RULES.add("recent units", r"THE? (?:RECENT|LAST|PAST|COMING) FEW? (?P<unit>UNITS)")
def _recent(match: Match) -> TimeReading:
    return TimeReading(type="DURATION", value=duration(None, unit_of(match.word("unit"))))


_BEFORE_UNITS = frozenset("for in within over of after took take until".split())


@RULES.add("units without a number", rf"{APPROX} (?P<unit>UNITS)")
def _units(match: Match) -> TimeReading | None:
    """Read "for years" and "in the weeks", but not "years old" or "the years"."""
    before = match.before()
    is_length = before in _BEFORE_UNITS or (
        before == "the" and match.before(2) in {"in", "for", "over", "during"}
    )
    if not is_length or (match.after() in {"of", "old"} and before != "after"):
        return None
    value = duration(None, unit_of(match.word("unit")))
    return TimeReading(type="DURATION", value=value, start=match.place("unit"))


@RULES.add("weeklong", r"(?P<unit>LONG)")
def _long(match: Match) -> TimeReading:
    return TimeReading(type="DURATION", value=duration(1, unit_of(match.word("unit")[:-4])))


# How far after a length, in tokens, "that time" still means it.
_SAME_TIME = 60


@RULES.add("length told before", r"(?:THAT|THIS|THE SAME) (?:TIME|PERIOD)")
def _that_length(match: Match) -> TimeReading | None:
    """Read "during that time" and "in the same period" after a length."""
    value, end = match.context.length
    is_length = match.before() in {"during", "over", "throughout"}
    if not value or not is_length or match.start - end > _SAME_TIME:
        return None
    return TimeReading(type="DURATION", value=value)


@RULES.add("some time", r"SOME TIME")
def _some_time(_: Match) -> TimeReading:
    return TimeReading(type="DURATION", value="PXM")


@RULES.add("whole unit", r"THE FULL (?P<unit>UNIT|QUARTER)")
@RULES.add("year ended", r"THE FISCAL? (?P<unit>UNIT) (?=GONE)")
@RULES.add("fiscal year", r"THE FISCAL (?P<unit>UNIT) (?!YEAR)")
def _whole(match: Match) -> TimeReading:
    """Read "the full year" of a forecast as that year, "the full week" as its length."""
    if match.tokens.words[match.start + 1] in {"full", "entire", "whole"} and (
        match.word("unit") == "year"
    ):
        return TimeReading(type="DATE", value=counted(match.anchor, 0, "Y"))
    return TimeReading(type="DURATION", value=duration(1, unit_of(match.word("unit"))))


_COUNTS = frozenset(KINDS[name] for name in ("SMALL", "NUMBER", "NUMERAL", "MULTIPLIER", "HALF"))


@RULES.add("unit-long", r"(?P<unit>UNIT|UNITS) HYPHEN (?=OTHER)")
def _unit_long(match: Match) -> TimeReading | None:
    """Read "week-long", "years-long" and "decades-old", but not the age of "five-year-old"."""
    is_plural = match.kind("unit") == KINDS["UNITS"]
    if match.after() != "long" and not (match.after() == "old" and is_plural):
        return None
    if match.before() in _DASHES or match.tokens.kinds[max(0, match.start - 1)] in _COUNTS:
        return None
    value = duration(None if is_plural else 1, unit_of(match.word("unit")))
    return TimeReading(type="DURATION", value=value, end=match.end + 1)
