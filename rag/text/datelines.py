"""Text -> the dateline that opens it: where and when a story was filed.

"MOSCOW, Nov. 10 (Agency) —" says nothing of when anything in it happened, so `when` and `dating`
take the time of an event from what follows it.
"""

import re

# A name, a number or a credit in brackets; between them commas and spaces, at the end a dash.
_PART = r"(?:[A-Z][\w.'’/-]*|\d[\w.]*|\([^()\n]{1,40}\)|(?:of|de|la|del)\b)"
# The place is in capitals, or a number such as the day's follows a comma or a bracket: "Step 2 –"
# and "Then Ann –" are no datelines.
_SIGN = r"(?=[A-Z]{2}|[^\n—–]{1,60}[,(][^\n—–]{0,40}\d)"
_DASH = r"(?:\s*[—–−]|\s+--?(?=\s))\s*"
_DATELINE = re.compile(rf"\s*{_SIGN}{_PART}(?:[ ,]+{_PART}){{0,9}}{_DASH}")


def dateline_end(text: str) -> int:
    """Return where the dateline that a text begins with ends; 0 if it begins with none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0
