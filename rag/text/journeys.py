"""Takes the one place that a question asks for from a move: "from Holm to Brae" is to Brae."""

import re

from rag.text.sentences import Span

# What changes its place for good. A road "runs from Holm to Brae", and a march goes along it.
_MOVES = (
    r"\b(?:mov(?:e[ds]?|ing)|relocat\w+|transfer\w*|shift(?:s|ed|ing)?|switch(?:es|ed|ing)?"
    r"|emigrat\w+)\b"
)
_MOVED_FROM = re.compile(rf"{_MOVES}[^.;:]{{0,60}}?\bfrom\s+$", re.IGNORECASE)
_MOVED = re.compile(rf"{_MOVES}[^.;:]{{0,60}}?\s$", re.IGNORECASE)
# Both places begin with a capital, or with words for what is there: "the old mill".
_PLACE = r"(?:(?:the|its|their|an?)\s+)?[\w'’-]+"
_PLACES = re.compile(
    rf"(?P<from>from\s+)?(?P<old>{_PLACE}\b[^;:]*?),?\s+to\s+(?P<new>{_PLACE}.*)", re.DOTALL
)
_ASKS_OLD = re.compile(
    r"\b(?:from|before|original(?:ly)?|previous(?:ly)?|former(?:ly)?|at\s+first|used\s+to|until"
    r"|leav(?:e|es|ing)|left)\b",
    re.IGNORECASE,
)
_ASKS_NEW = re.compile(
    rf"{_MOVES}|(?<!used\s)\bto\b|\b(?:will|would|now|is|are|new|next|future|gone|going|went|go|after)\b",
    re.IGNORECASE,
)


def place_of_move(question: str, text: str, span: Span, within: Span) -> Span:
    """Return the place of a marked move that a question asks for: the old one or the new one.

    All are in characters of `text`, and `within` is the sentence. The words stay as they are marked
    if they tell no move between two places, or if the question says neither which it asks for.
    """
    places = _PLACES.fullmatch(text, span.start, span.end)
    if places is None:
        return span
    moved = _MOVED if places["from"] else _MOVED_FROM
    if not moved.search(text[within.start : span.start]):
        return span
    if _ASKS_OLD.search(question):
        return Span(*places.span("old"))
    return Span(*places.span("new")) if _ASKS_NEW.search(question) else span
