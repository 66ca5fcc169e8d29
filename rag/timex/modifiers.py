"""Reads the words before a time that modify it: "early", "the end of", "nearly", "at least"."""

from rag.timex.grammar import Match

# The words before "May" in "the end of May", "early May", "mid-May" and "later in May".
EDGE = (
    r"(?:(?P<edge>EARLY|LATE|MID|EARLIER|LATER) HYPHEN?"
    r"|(?:THE (?:RIGHT)?)? (?P<edge_of>END|BEGINNING|MID) OF)?"
)
APPROX = r"(?P<approx>(?:NOT)? (?:MORE|LESS) THAN|AT (?:LEAST|MOST)|UP TO|NEARLY|ABOUT|SOME|OVER)?"
# Source: TimeML 1.2.1 annotation guidelines, section 2.2.3, attribute `mod`.
_EDGE_MODS = {
    "early": "START",
    "earlier": "START",
    "beginning": "START",
    "start": "START",
    "late": "END",
    "later": "END",
    "end": "END",
    "close": "END",
    "mid": "MID",
    "middle": "MID",
}
_AMOUNT_MODS = (
    ("no more than", "EQUAL_OR_LESS"),
    ("not more than", "EQUAL_OR_LESS"),
    ("no less than", "EQUAL_OR_MORE"),
    ("no fewer than", "EQUAL_OR_MORE"),
    ("at least", "EQUAL_OR_MORE"),
    ("at most", "EQUAL_OR_LESS"),
    ("up to", "EQUAL_OR_LESS"),
    ("more than", "MORE_THAN"),
    ("over", "MORE_THAN"),
    ("less than", "LESS_THAN"),
    ("fewer than", "LESS_THAN"),
    ("nearly", "LESS_THAN"),
    ("almost", "LESS_THAN"),
)


def edge_mod(match: Match) -> str:
    """Return the modifier of the EDGE before a date; the empty string without one."""
    return _EDGE_MODS.get(match.word("edge") or match.word("edge_of"), "")


def amount_mod(match: Match) -> str:
    """Return the modifier of the APPROX before an amount; the empty string without one."""
    words = match.word("approx")
    if not words:
        return ""
    return next((mod for said, mod in _AMOUNT_MODS if said == words), "APPROX")
