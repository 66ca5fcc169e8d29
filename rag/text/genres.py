"""Tells opinion, analysis and satire from news, by the section, the headline and the byline.

A columnist's claim is not a fact, and satire claims nothing. Outlets mark both by convention: in
the name of the section, with a word before or after the headline, or in the byline.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

Genre = Literal["", "opinion", "analysis", "satire"]

# What is said before the words of an article that is not news.
GENRE_LEADS: Mapping[Genre, str] = {
    "": "",
    "opinion": "In an opinion piece: ",
    "analysis": "In an analysis: ",
    "satire": "In satire: ",
}

# The words by which outlets name such sections and headlines. Satire comes first, because it is
# often kept among the opinions.
_WORDS: dict[Genre, str] = {
    "satire": r"satire|satirical|spoof|parody|humou?r",
    "opinion": (
        r"opinions?|op[-/ ]?ed|comment|comment ?is ?free|commentary|editorials?|(?:guest )?columns?"
        r"|columnists?|leaders?|leader page|(?:my )?views?|viewpoints?|perspectives?|breakingviews"
        r"|letters?(?: to the editor)?|guest essay|voices"
    ),
    "analysis": r"analysis|explainers?|news analysis",
}
# Beside other words these mean something else: "Religious leaders", "Young voices choir".
_WHOLE = re.compile(
    r"(?:leaders?|views?|voices|letters?|columns?|comment|perspectives?|humou?r)", re.I
)
_PARTS = re.compile(r"\s*(?:[/|>:;,&–—]|\band\b|\s-\s)\s*", re.I)
# "ANALYSIS-What the vote means": agencies open a headline so.
_SLUG = {genre: re.compile(rf"(?:{words})-(?=\S)", re.I) for genre, words in _WORDS.items()}
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
    "analysis": re.compile(r"^(?:news )?analysis by\b|\| (?:news )?analysis\b", re.I),
    "opinion": re.compile(
        r"^(?:opinion|comment|commentary) by\b|\| opinion\b"
        r"|\b(?:columnist|opinion (?:editor|writer|contributor)|editorial board|guest essayist"
        r"|leader writer)\b",
        re.I,
    ),
}


def genre_of(title: str, section: str, authors: Sequence[str] = ()) -> Genre:
    """Return what an article is by the conventions of outlets; empty if it is taken for news."""
    byline = "; ".join(authors)
    for genre in _WORDS:
        by = _BYLINE.get(genre)
        if (
            _is_section_of(genre, section)
            or _HEADLINE[genre].search(title)
            or _opens_as(genre, title)
            or (by is not None and by.search(byline))
        ):
            return genre
    return ""


def _is_section_of(genre: Genre, section: str) -> bool:
    """Say whether a section is one of a genre: "Opinion", "Comment & analysis", "UK opinion"."""
    if _SECTION[genre].fullmatch(section.strip()):  # "Op/Ed"
        return True
    return any(
        _WHOLE.fullmatch(found[0]) is None or found[0] == part.strip()
        for part in _PARTS.split(section)
        for found in _SECTION[genre].finditer(part)
    )


def _opens_as(genre: Genre, title: str) -> bool:
    """Say whether a headline opens with the word of a genre and a hyphen: "COLUMN-Oil falls"."""
    found = _SLUG[genre].match(title)
    return found is not None and (found[0].isupper() or title[found.end()].isupper())
