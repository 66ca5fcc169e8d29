"""Reads the unit of measure behind a number: kilometres, square miles, litres a minute.

The units are in the data file `measures.tsv`, whose first lines give its sources. Units of time and
currencies are not among them; `figures` reads those with the number.
"""

import re
from dataclasses import dataclass
from functools import cache

from rag.text.data_rows import rows_of
from rag.text.units import TIME_UNITS

_POWERS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3, "²": 2, "2": 2, "³": 3, "3": 3}
_POWERS_OF_LENGTH = {1: "length", 2: "area", 3: "volume"}
_LITRES_OF_CUBIC_METRE = 1000
# These name their rate too.
_RATES = {
    "mph": ("mile", "TH"),
    "kph": ("km", "TH"),
    "kmh": ("km", "TH"),
    "kmph": ("km", "TH"),
}
_RATE_SIGNS = {"h": "TH", "s": "TS", "min": "TM", "sec": "TS", "hr": "TH"}
# "40 litres a minute", "60 km/h", "5 tonnes per hectare", but not "12 miles a day later".
_RATE = re.compile(
    r"\s?/\s?(?P<sign>[a-z]+)\b"
    r"|\s(?:per|an?|each|every)\s(?P<word>[a-z]+)\b(?!\s(?:after|before|later|earlier|ago|old)\b)",
    re.I,
)
# "12 people a day": what is counted is in one or two words.
_RATE_OF_COUNT = re.compile(
    r"(?:\s[a-z’'-]+){0,2}?\s(?:per|an?|each|every)\s(?P<word>minute|hour|day|week|month|year)\b"
    r"(?!\s(?:after|before|later|earlier|ago|old)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A unit of measure: its kind, its size among those of the kind, and what it is a rate of.

    `kind` is empty if only the rate is known. `per` is empty if it is no rate, else the ISO
    designator of a unit of time, or the spelling of another unit. `end` is where the words end.
    """

    kind: str
    size: float
    per: str
    end: int


def measure_behind(text: str, place: int) -> Measure | None:
    """Return the unit of measure that follows a number, which ends at a place of the text."""
    found = _unit().match(text, place)
    unit = _known(found["unit"]) if found else None
    power = _POWERS.get((found["power"] or found["mark"] or "").lower(), 1) if found else 1
    # "40 m" may be forty million.
    if found is None or unit is None or (power == 1 and found["unit"].lower() == "m"):
        return _rate_alone(text, place)
    kind, size, per = unit
    if power > 1 and kind == "length":
        kind, size = _POWERS_OF_LENGTH[power], size**power
        size *= _LITRES_OF_CUBIC_METRE if kind == "volume" else 1
    behind, end = _rate_behind(text, found.end()) if not per else ("", found.end())
    return Measure(kind=kind, size=size, per=per or behind, end=end)


def _rate_alone(text: str, place: int) -> Measure | None:
    """Return the rate of a number without a unit: "$80 a tonne", "12 people a day"."""
    per, end = _rate_behind(text, place)
    if not per:
        counted = _RATE_OF_COUNT.match(text, place)
        if counted is None:
            return None
        per, end = TIME_UNITS[counted["word"].lower()], counted.end()
    return Measure(kind="", size=1.0, per=per, end=end)


def _rate_behind(text: str, place: int) -> tuple[str, int]:
    """Return what a rate right behind a place is of, and where its words end."""
    rate = _RATE.match(text, place)
    per = _rate_of(rate["sign"] or rate["word"]) if rate else ""
    return (per, rate.end()) if rate and per else ("", place)


def _rate_of(word: str) -> str:
    """Return what a rate is of; empty if the word is no unit."""
    lower = word.lower()
    if lower in _RATE_SIGNS or lower in TIME_UNITS:
        return _RATE_SIGNS.get(lower) or TIME_UNITS[lower]
    unit = _known(word)
    return f"{unit[0]} {unit[1]:g}" if unit else ""


def _known(spelling: str) -> tuple[str, float, str] | None:
    """Return the kind, the size and the rate of a unit; None if it is none."""
    name, per = _RATES.get(spelling.lower(), (spelling, ""))
    joined = re.sub(r"[\s-]+", "-", name)
    unit = _table().get(joined) or _table().get(joined.lower())
    return (*unit, per) if unit else None


@cache
def _table() -> dict[str, tuple[str, float]]:
    rows = rows_of("measures.tsv")
    return {name: (kind, float(size)) for kind, size, names in rows for name in names.split()}


@cache
def _unit() -> re.Pattern[str]:
    """Return the pattern of a unit behind a number, longest spellings first."""
    names = sorted({*_table(), *_RATES}, key=len, reverse=True)
    spellings = "|".join(re.escape(name).replace(r"\-", r"[\s-]") for name in names)
    return re.compile(
        rf"(?:\sof)?[\s-]?(?:(?P<power>square|sq|cubic|cu)\b\.?[\s-]?)?"
        rf"(?P<unit>{spellings})(?:(?P<mark>[²³23])(?!\d)|(?![\w°]))",
        re.IGNORECASE,
    )
