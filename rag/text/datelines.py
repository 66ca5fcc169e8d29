"""Finds the dateline at the start of a text: where, when and by which agency a story was filed.

"MOSCOW, Nov. 10 (Agency) —" does not say when anything in the story happened. So
`rag.evidence.when` and `rag.timeline.dating` take the time of an event from the text after it. An
ingest takes the place and the agency from it.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from rag.text.calendar import MONTH

# A part is a name, a number or a credit in brackets. Commas and spaces separate the parts, and a
# dash ends the dateline.
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_PART = rf"(?:{_CAPITAL}[\w.'’/-]*|\d[\w.]*|\([^()\n]{{1,40}}\)|(?:of|de|la|del)\b)"
# The place is in capitals, or a number, such as that of the day, follows a comma or a bracket.
# "Step 2 –" and "Then Ann –" are not datelines. An agency in brackets makes one too: "Paris (AFP)".
_AGENCY = rf"\({_CAPITAL}[\w. -]{{1,30}}\)"
_SIGN = (
    rf"(?={_CAPITAL}{{2}}|[^\n—–]{{1,60}}[,(][^\n—–]{{0,40}}\d"
    rf"|{_CAPITAL}[\w.'’ ,/-]{{1,40}}{_AGENCY}\s*[—–−-])"
)
# A hyphen is a dash only between spaces, or after a bracket: "(Reuters) -The". Some copy has lost
# it: "(CNN)The".
_DASH = (
    rf"(?:\s*[—–−]|(?:\s+|(?<=\)))--?(?=\s)|(?<=\))\s*--?(?={_CAPITAL})|(?<=\))(?={_CAPITAL}))\s*"
)
_DATELINE = re.compile(rf"\s*{_SIGN}{_PART}(?:[ ,]+{_PART}){{0,9}}{_DASH}")
# "Calif.", "N.C.", "New Mexico".
_STATE = r"(?:[A-Z]\w*\.? ?){1,2}(?:[A-Z]\.)*"
# A dateline with a credit: "BERLIN (Reuters) - ", "NEW YORK, Nov 10 (AP) —", "(CNN) --".
_CREDIT = re.compile(
    rf"\s*(?P<place>{_CAPITAL}[\w.'’ /-]{{1,40}}?(?:, {_STATE})?)?(?:, (?i:{MONTH})\.? \d{{1,2}})?"
    rf"\s*\((?P<agency>{_CAPITAL}[\w. -]{{1,30}})\){_DASH}"
)
# "Nov. 10".
_FILED = re.compile(rf"\b(?P<month>(?i:{MONTH}))\.? (?P<day>\d{{1,2}})\b")
# A report that others print is not older than so many days.
_LONGEST_HELD = 7
# A credit ends within this many characters.
_TOP_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """The place that a story was filed from, which may be empty, and the agency credited for it."""

    place: str
    agency: str


def dateline_end(text: str) -> int:
    """Return where the dateline at the start of a text ends; 0 if there is none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def filed_on(text: str, published: date) -> date | None:
    """Return the day that the dateline at the start of a text names; None if it names none.

    It is of the week up to the day on which the text was published. A later day is none.
    """
    found = _FILED.search(text[: dateline_end(text)])
    if found is None:
        return None
    for back in range(_LONGEST_HELD + 1):
        day = published - timedelta(days=back)
        if found["month"][:3].lower() == f"{day:%b}".lower() and int(found["day"]) == day.day:
            return day
    return None


def read_credit(text: str) -> Credit | None:
    """Return the place and the agency in the dateline of a text; None if it names no agency."""
    found = _CREDIT.match(text[:_TOP_CHARACTERS])
    if found is None:
        return None
    place = (found["place"] or "").strip()
    # "March 4 (Agency) -" names no place.
    return Credit(place="" if _FILED.fullmatch(place) else place, agency=found["agency"].strip())


def place_in(dateline: str) -> str:
    """Return the place that a dateline names, without its day and the agency: "Rome (tw) -"."""
    before = re.split(r"\s*[(/]|\s+[-–—]", dateline, maxsplit=1)[0]
    parts = (part.strip() for part in before.split(","))
    return ", ".join(part for part in parts if part and not re.search(r"\d", part))
