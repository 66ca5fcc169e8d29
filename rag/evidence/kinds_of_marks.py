"""Says whether marked words can be the kind of answer that a question asks for.

A year is no place, a speaker is not what was said, a count does not say which, and an amount is no
yes and no no. Words that cannot be the answer are passed over for others of their sentence.
"""

import re

from rag.question.asked import AskedPart
from rag.question.kinds import AUXILIARY
from rag.text.figures import find_figures
from rag.text.names import TIME_WORDS
from rag.text.numerals import NUMERALS
from rag.text.patterns import any_of
from rag.text.sentences import Span
from rag.text.units import units
from rag.text.words import plain, stems_of, words_of

# "Where did it finish?" may be told by a number: third, or mile 40.
_WHERE = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?where\b(?![^?]*\b(?:finish\w*|come|rank\w*|stand|page|mile)\b)",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    rf"^\W*(?:(?:and|but|so)\s+)?(?:of|for|from|with|about)\s+what\b(?=\s*(?:$|\?)|\s+{AUXILIARY}\b)",
    re.IGNORECASE,
)
_WHAT_SAID = re.compile(
    rf"^\W*(?:(?:and|but|so)\s+)?what\s+(?:else\s+)?{AUXILIARY}\s+[^?]*\b(?:say|said|tell|told)\b",
    re.IGNORECASE,
)
_SAID = r"(?:said|says|say|told|added|warned|wrote)"
_SAID_BEHIND = re.compile(rf"\W*(?:[^\W\d_]+,?\s+){{0,4}}?{_SAID}\b")
_SAID_BEFORE = re.compile(rf"\b{_SAID}\s+(?:(?:the|its|their|his|her)\s+)?(?:[a-z]+\s+){{0,3}}$")
_NUMBER = rf"(?:\d[\d,]*|{any_of(NUMERALS)})"
# "Three", "three schools", "three of its 22 schools".
_COUNT = re.compile(
    rf"(?:(?:only|about|some|at\s+least|more\s+than)\s+)?{_NUMBER}"
    rf"(?:\s+of\s+(?:its|their|the|our|his|her)(?:\s+{_NUMBER})?)?(?:\s+(?P<noun>[a-z]+))?",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\bwhich\s+[a-z]", re.IGNORECASE)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
# These say nothing more beside an amount or a time.
_BESIDE = frozenset(
    "least most more less fewer than about around nearly almost some total in on by since until of "
    "late early end mid year years votes seats points".split()
)


def is_of_other_kind(sentence: str, span: Span, asked: AskedPart) -> bool:
    """Say whether marked words of a sentence cannot be the kind of answer that is wanted."""
    words, question = sentence[span.start : span.end].strip(" \t\n\"'“”‘’.,;:!?()"), asked.asking
    is_list = asked.wanted.shape == "list" and _WHICH.search(question) is not None
    if is_list and _is_bare_count(words, asked):
        return True
    if _WHERE.search(question) or _OF_WHAT.search(question) or asked.wanted.reason == "death":
        return _is_time_or_amount(words)
    if _WHAT_SAID.search(question):
        return _is_speaker(sentence, span)
    is_plain = not (_OR.search(question) or find_figures(question))
    return asked.wanted.shape == "yes-no" and is_plain and _is_time_or_amount(words)


def _is_bare_count(words: str, asked: AskedPart) -> bool:
    """Say whether words only say how many there are of what is asked for."""
    count = _COUNT.fullmatch(words)
    noun = count["noun"] if count else None
    return count is not None and (not noun or stems_of(noun) <= asked.wanted.stems)


def _is_time_or_amount(words: str) -> bool:
    """Say whether words are only a time or an amount: "March 2025", "£3.4m", "about ten weeks"."""
    rest, figures = words, find_figures(words)
    for figure in reversed(figures):
        rest = f"{rest[: figure.start]} {rest[figure.end :]}"
    left = [plain(word.text.lower()) for word in words_of(rest)]
    known = TIME_WORDS | _BESIDE | units()
    is_told = bool(figures) or any(word.isdigit() or word in TIME_WORDS for word in left)
    return is_told and all(word.isdigit() or word in known for word in left)


def _is_speaker(sentence: str, span: Span) -> bool:
    """Say whether words are only the name of whoever says something in the sentence."""
    words = words_of(sentence[span.start : span.end])
    is_name = bool(words) and all(word.is_capitalised or word.stem is None for word in words)
    is_name = is_name and any(word.is_capitalised for word in words)
    before = _SAID_BEFORE.search(sentence[: span.start])
    return is_name and bool(before or _SAID_BEHIND.match(sentence, span.end))
