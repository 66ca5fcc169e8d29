"""Splits a news article into sentences and says where each one starts and ends.

Every quote depends on these offsets, so Dateline has its own splitter, which works on the stored
text as it is. Nothing is normalised, no character is dropped, and every span is exactly
`text[start:end]`.
"""

import re
from typing import NamedTuple

from rag.text.calendar import SHORT_MONTHS, SHORT_WEEKDAYS
from rag.text.clauses import CLOSING_MARKS, SENTENCE_MARKS, WIDE_MARKS

# A model of the size of MiniLM reads 256 tokens, about 1,000 characters of English. Longer
# "sentences" are tables, lists and transcripts. They are cut at the best break before this length.
MAX_SENTENCE_CHARACTERS = 1000

# These never end a sentence, because a name or a number always follows.
_TITLES = frozenset(
    "mr mrs ms dr prof gen lt col maj capt cmdr adm sgt cpl pvt sen rep gov pres rev hon st ft mt "
    "supt insp det messrs mme mlle no nos vs v fig vol p pp approx dept gov't".split()
)
# These end a sentence only if the text after them starts like a sentence.
_ABBREVIATIONS = frozenset(
    "a.m p.m u.s u.n u.k e.u d.c u.s.a u.s.s.r n.y l.a ph.d m.d b.a inc ltd co corp bros jr sr "
    "etc ave blvd rd ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn "
    "miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo i.e e.g cf al".split()
).union(SHORT_MONTHS, SHORT_WEEKDAYS)
# Before a number, these never end a sentence: "Nov. 10", "No. 3".
_BEFORE_NUMBER = frozenset("no nos vol p pp fig art sec ch".split()).union(SHORT_MONTHS)
# Words that often start an English news sentence and are rarely the next word of a name.
OPENERS = frozenset(
    "a after all although an and another any as at because before both but by despite during each "
    "earlier even every few following for from he her his however i if in instead it its last "
    "later many meanwhile more most moreover my no nor not now of officials on once one only or "
    "other others our over police she similarly since so some soon still such that the their "
    "then there these they this those though through thus to under until we what when where "
    "whether which while who why with without yet you your".split()
)

_END = re.compile(rf"[{SENTENCE_MARKS}]+[{CLOSING_MARKS}]*(?=\s)|[{WIDE_MARKS}]")
_WORD_BEFORE = re.compile(r"([^\s(\[\"“‘'—–-]+)$")
_WORD_AFTER = re.compile(r"\s+[\"'“‘«(\[]*(\S+)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")


class Span(NamedTuple):
    """Character offsets into a text, end exclusive."""

    start: int
    end: int


def split_sentences(text: str) -> list[Span]:
    """Return the sentence spans of `text`, in order, without overlaps and without blank spans.

    Every character that is not white space is in exactly one span, and no span starts or ends with
    white space. A blank line always ends a sentence. A single line break does too, unless the lines
    are wrapped like those of a plain text file.
    """
    sentences: list[Span] = []
    for block in _blocks(text):
        sentences.extend(_split_block(text, block))
    return sentences


def _blocks(text: str) -> list[Span]:
    """Cut a text into paragraphs, and paragraphs into lines unless they are hard-wrapped."""
    blocks: list[Span] = []
    start = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text, start, end)]
        blocks.extend([Span(start, end)] if _is_wrapped(lines) else lines)
        start = gap.end() if gap else end
    return blocks


def _is_wrapped(lines: list[Span]) -> bool:
    """Say whether lines look wrapped at a column: all but the last have nearly the same length."""
    if len(lines) < 2:
        return True
    lengths = [line.end - line.start for line in lines[:-1]]
    return max(lengths) <= 100 and min(lengths) >= 40


def _split_block(text: str, block: Span) -> list[Span]:
    sentences: list[Span] = []
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        if _ends_sentence(text, match, block):
            sentences.extend(_cut(text, start, match.end()))
            start = match.end()
    sentences.extend(_cut(text, start, block.end))
    return sentences


def _ends_sentence(text: str, match: re.Match[str], block: Span) -> bool:
    after = _WORD_AFTER.match(text, match.end(), block.end)
    if after is None:
        return True
    following = after.group(1)
    if following[0].islower():
        return False  # "…?" he asked; "approx. ten"
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    return not _is_abbreviation(text, match.start(), following)


def _is_abbreviation(text: str, dot: int, following: str) -> bool:
    """Say whether the full stop at `dot` only marks an abbreviation."""
    word = _WORD_BEFORE.search(text, max(0, dot - 20), dot)
    if word is None:
        return False
    name = word.group(1).lower()
    if following[0].isdigit():
        return name in _BEFORE_NUMBER or name in _TITLES
    if name in _TITLES:
        return True
    is_initial = len(name) == 1 and name.isalpha() and word.group(1).isupper()
    if name in _ABBREVIATIONS or is_initial:
        return following.strip(".,;:!?\"'”’)").lower() not in OPENERS
    return False


def _cut(text: str, start: int, end: int) -> list[Span]:
    """Return the part without white space at its ends, cut at the best break if it is too long."""
    pieces: list[Span] = []
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start <= MAX_SENTENCE_CHARACTERS:
            break
        cut = _best_break(text, start, start + MAX_SENTENCE_CHARACTERS)
        pieces.extend(_cut(text, start, cut))
        start = cut
    if start < end:
        pieces.append(Span(start, end))
    return pieces


def _best_break(text: str, start: int, limit: int) -> int:
    """Return where to cut `text[start:limit]`: after ';', or ',', or a space, or at the limit."""
    for mark in ("; ", ", ", " "):
        place = text.rfind(mark, start + (limit - start) // 2, limit)
        if place >= 0:
            return place + len(mark)
    return limit
