"""Tells opinion, analysis and satire from news, by the section, the headline and the byline.

A columnist's claim is not a fact, and satire claims nothing. Outlets mark both by convention: in
the name of the section, with a word before or after the headline, or in the byline.
"""

import re
from collections.abc import Sequence
from typing import Literal

Genre = Literal["", "opinion", "analysis", "satire"]

# The words by which outlets name such sections and headlines. Satire comes first, because it is
# often kept among the opinions.
_WORDS: dict[Genre, str] = {
    "satire": r"satire|satirical|spoof|parody|humou?r",
    "opinion": (
        r"opinions?|op-?ed|comment|commentary|editorials?|columns?|columnists?|leaders?|leader page"
        r"|views?|viewpoints?|perspectives?|letters?(?: to the editor)?|guest essay|voices"
    ),
    "analysis": r"analysis|explainer|news analysis",
}
_SEPARATORS = r"\s*(?::|\||–|—|\s-\s|/)\s*"
_SECTION = {genre: re.compile(rf"\b(?:{words})\b", re.I) for genre, words in _WORDS.items()}
_HEADLINE = {
    genre: re.compile(
        rf"^\W*(?:{words})\W*{_SEPARATORS}|{_SEPARATORS}(?:{words})\W*$|[(\[](?:{words})[)\]]",
        re.I,
    )
    for genre, words in _WORDS.items()
}
_BYLINE: dict[Genre, re.Pattern[str]] = {
    "satire": re.compile(r"\b(?:satirist|satire)\b", re.I),
    "opinion": re.compile(
        r"\b(?:columnist|opinion (?:editor|writer|contributor)|editorial board|guest essayist"
        r"|leader writer)\b",
        re.I,
    ),
}
# "Commentary" and the like name a genre, but in these sections the word means something else.
_OTHER_SECTIONS = re.compile(r"\b(?:world|business|party|opposition|real estate) leaders?\b", re.I)


def genre_of(title: str, section: str, authors: Sequence[str] = ()) -> Genre:
    """Return what an article is by the conventions of outlets; empty if it is taken for news."""
    section = _OTHER_SECTIONS.sub("", section)
    byline = "; ".join(authors)
    for genre in _WORDS:
        by = _BYLINE.get(genre)
        if (
            _SECTION[genre].search(section)
            or _HEADLINE[genre].search(title)
            or (by is not None and by.search(byline))
        ):
            return genre
    return ""
