"""Text -> the dateline that opens it: where, when and by which agency a story was filed.

"MOSCOW, Nov. 10 (Agency) —" says nothing of when anything in it happened, so `when` and `dating`
take the time of an event from what follows it. An ingest takes place and agency from it.
"""

import re
from dataclasses import dataclass

from rag.text.calendar import MONTH

# A name, a number or a credit in brackets; between them commas and spaces, at the end a dash.
_PART = r"(?:[A-Z][\w.'’/-]*|\d[\w.]*|\([^()\n]{1,40}\)|(?:of|de|la|del)\b)"
# The place is in capitals, or a number such as the day's follows a comma or a bracket: "Step 2 –"
# and "Then Ann –" are no datelines.
_SIGN = r"(?=[A-Z]{2}|[^\n—–]{1,60}[,(][^\n—–]{0,40}\d)"
# A hyphen is a dash only between spaces, or behind a bracket.
_DASH = r"(?:\s*[—–−]|(?:\s+|(?<=\)))--?(?=\s))\s*"
_DATELINE = re.compile(rf"\s*{_SIGN}{_PART}(?:[ ,]+{_PART}){{0,9}}{_DASH}")
# "BERLIN (Reuters) - ", "NEW YORK, Nov 10 (AP) —", "(CNN) --".
_CREDIT = re.compile(
    rf"\s*(?P<place>[A-Z][\w.'’ /-]{{1,40}}?(?:, [A-Z][a-z]+)?)?(?:, (?i:{MONTH})\.? \d{{1,2}})?"
    rf"\s*\((?P<agency>[A-Z][\w. -]{{1,30}})\){_DASH}"
)
# A credit ends in so many characters.
_TOP_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """The place a story was filed from and the agency it is credited to; the place may be empty."""

    place: str
    agency: str


def dateline_end(text: str) -> int:
    """Return where the dateline that a text begins with ends; 0 if it begins with none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def read_credit(text: str) -> Credit | None:
    """Return the place and the agency in the dateline of a text; None if it names no agency."""
    found = _CREDIT.match(text[:_TOP_CHARACTERS])
    if found is None:
        return None
    return Credit(place=(found["place"] or "").strip(), agency=found["agency"].strip())
