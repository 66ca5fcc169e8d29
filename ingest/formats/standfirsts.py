"""Put the standfirst of a story before its text: the lines that an outlet prints under a headline.

They often hold a figure or a name that the text does not repeat. Only what is called a standfirst
counts: a "summary" or "description" is mostly the beginning of the text again, or written for
search engines.
"""

import re
from collections.abc import Mapping

from rag.text.datelines import dateline_end

_FEWEST_WORDS, _MOST_WORDS = 3, 80
# With more of its words there, the beginning of the text says the same.
_OPENING_WORDS = 200
_SAME = 0.8
_WORD = re.compile(r"\w{4,}|\d+")
_CUT_OFF = re.compile(r"(?:…|\.{3})\W*$")


def with_standfirst(fields: Mapping[str, object], standfirst: object) -> dict[str, object]:
    """Return the fields of an article with its standfirst before its text, if that lacks it.

    A text that opens with a dateline stays as it is: the day and the agency are looked for there.
    """
    text, title = fields.get("text"), fields.get("title")
    if not isinstance(standfirst, str) or not isinstance(text, str) or not text.strip():
        return dict(fields)
    standfirst = " ".join(standfirst.split())
    if dateline_end(text) or not _says_more(standfirst, f"{title or ''}\n{text}"):
        return dict(fields)
    return {**fields, "text": f"{standfirst}\n\n{text.lstrip()}"}


def _says_more(standfirst: str, text: str) -> bool:
    count = len(standfirst.split())
    if not _FEWEST_WORDS <= count <= _MOST_WORDS or _CUT_OFF.search(standfirst):
        return False
    told = set(_WORD.findall(standfirst.casefold()))
    opening = set(_WORD.findall(" ".join(text.split()[:_OPENING_WORDS]).casefold()))
    return bool(told) and len(told & opening) < _SAME * len(told)
