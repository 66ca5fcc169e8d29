"""Finds a text in an article word for word; white space, quotation marks and dashes may differ.

A place that begins or ends inside a word or a number is none: "elected mayor" does not stand in
"re-elected mayor", nor "rose to 3" in "rose to 3.5 per cent".
"""

import re
from collections.abc import Iterator

from rag.text.sentences import Span

_HYPHEN = "[-\u2010\u2011]"
_DASH = r"\s*[-–—−\u2010\u2011]{1,3}\s*"
_DOUBLE, _SINGLE = r"(?:[\"“”„«»‟]|''|``)", r"['‘’‚`´]"
# A line may end inside a word, behind a hyphen that the word may have or not.
DIVIDED = r"(?<=[^\W\d_])[-\u2010\u2011\u00ad][^\S\n]*\n\s*(?=[^\W\d_])(?![A-ZÀ-ÖØ-Þ])"
_DIVIDED = re.compile(DIVIDED)
_TOKEN = re.compile(
    rf"(?P<divided>{DIVIDED})|"
    # A sign stands before a number, and no white space is between them.
    rf"(?P<space>\s+)|(?P<sign>(?<![^\s(\[])[-−–\u2010\u2011](?=\d))|(?P<dash>{_DASH})"
    rf"|(?P<double>{_DOUBLE})|(?P<single>{_SINGLE})"
    r"|(?P<dots>…|\.\.\.)|(?P<unseen>[\u00ad\u200b\u200c\u200d\ufeff]+)|(?P<other>.)",
    re.DOTALL,
)
_CLASSES = {
    "divided": f"(?:{_DASH})?",
    "space": r"\s+",
    "sign": "[-−–\u2010\u2011]",
    "dash": _DASH,
    "double": _DOUBLE,
    "single": _SINGLE,
    "unseen": "[\u00ad\u200b\u200c\u200d\ufeff]*",
    "dots": r"(?:…|\.\s?\.\s?\.)",
}
# What an excerpt may have around the words that were taken.
_AROUND = " \t\r\n\"“”„«»‟'‘’….\u00ad\u200b\u200c\u200d\ufeff"

_LETTER = r"[^\W\d_]"
# Spaces that part the thousands of a number in some languages.
_THIN = "[\u00a0\u2009\u202f]"
# A number goes on over these: 1,500 and 3.5, 10:30 and 9/11, -12 and 10-12, 5% and 12 °C, 5-year.
# A long dash is none of them, and a shorter one behind a letter parts two clauses.
_NUMBER_BEFORE = re.compile(
    rf"(?<=\d[.,:/'’])(?=\d)|(?<=\d{_THIN})(?=\d{{3}}(?!\d))|(?<=[-−\u2010\u2011])(?=\d)"
    rf"|(?<=–)(?<!{_LETTER}–)(?=\d)"
)
_NUMBER_BEHIND = re.compile(
    rf"(?<=\d)(?:[.,:/'’]\d|{_THIN}\d{{3}}(?!\d)|[-−–\u2010\u2011]\d|{_HYPHEN}{_LETTER}|\s?[%‰°])"
)
# A word goes on over a hyphen, which a line may end behind, and over the apostrophe of "won't".
# That of "the mayor's" may be left out.
_WORD_BEFORE = re.compile(rf"(\w+){_HYPHEN}\n?\Z")
_WORD_BEHIND = re.compile(rf"(?<={_LETTER}){_HYPHEN}\n?{_LETTER}")
_SHORT_FORM = re.compile(rf"(?<={_LETTER})['’](?![sS]\b){_LETTER}")
_LAST_WORD = re.compile(r"\w+\Z")
# What lies between the parts of such a number or word, with the part before or behind it.
_PART_BEFORE = re.compile(rf"\w*(?:[^\w\s]\n?|{_THIN})\Z")
_PART_BEHIND = re.compile(rf"(?:\s?[%‰°]|[^\w\s]\n?|{_THIN})\w*")
# So many characters before a place are looked at; few words are longer.
_NEAR = 60


def pattern_of(excerpt: str, *, any_case: bool = False) -> re.Pattern[str]:
    """Return the pattern of a text, without the marks around it that whoever quotes it may add.

    With `any_case`, capitals and small letters are the same.
    """
    words = excerpt.strip(_AROUND)
    parts = []
    for token in _TOKEN.finditer(words):
        kind = token.lastgroup or "other"
        parts.append(_CLASSES.get(kind) or re.escape(token[0]))
    return re.compile(rf"(?<!\w){''.join(parts)}(?!\w)", re.IGNORECASE if any_case else 0)


def undivided(text: str) -> str:
    """Return a text in which no line ends inside a word, each such hyphen taken out."""
    return _DIVIDED.sub("", text)


def find_exactly(pattern: re.Pattern[str], text: str) -> Span | None:
    """Return the first place of a text in an article; None if it is not there word for word."""
    return next(find_each(pattern, text), None)


def find_each(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Yield every place of a text in an article."""
    at = 0
    while at <= len(text) and (found := pattern.search(text, at)):
        place = Span(found.start(), found.end())
        is_cut = _begins_inside(text, place.start) or _ends_inside(text, place.end)
        if not is_cut:
            yield place
        at = place.start + 1 if is_cut else max(place.start + 1, place.end)


def whole_words(text: str, place: Span) -> Span:
    """Return a place with all of the words and numbers in which it begins and ends."""
    start, end = place
    while _begins_inside(text, start) and (before := _PART_BEFORE.search(_before(text, start))):
        start -= len(before[0])
    while _ends_inside(text, end) and (behind := _PART_BEHIND.match(text, end)):
        end = behind.end()
    return Span(start, end)


def _begins_inside(text: str, start: int) -> bool:
    """Say whether a place begins inside a number, or inside a word with a hyphen.

    Two names that a hyphen joins, such as "Alder-Holm", are two words.
    """
    if _NUMBER_BEFORE.match(text, start):
        return True
    first = text[start : start + 1]
    before = _WORD_BEFORE.search(_before(text, start)) if first.isalpha() else None
    return before is not None and not (before[1][0].isupper() and first.isupper())


def _ends_inside(text: str, end: int) -> bool:
    """Say whether a place ends inside a number, or inside a word with a hyphen or an apostrophe.

    A name is a word by itself, also in "Orr-backed".
    """
    if _NUMBER_BEHIND.match(text, end) or _SHORT_FORM.match(text, end):
        return True
    last = _LAST_WORD.search(_before(text, end)) if _WORD_BEHIND.match(text, end) else None
    return last is not None and not last[0][0].isupper()


def _before(text: str, place: int) -> str:
    """Return the text right before a place."""
    return text[max(0, place - _NEAR) : place]
