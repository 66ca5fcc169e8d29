"""Names of outlets against the `source` of quotes: "the Guardian" is theguardian.com."""

import re
from collections.abc import Iterable

from rag.writing.support.words import plain

_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\d?\.)?([\w.-]+?)(?:\.(?:com?|org|net|gov|ac))?\.[a-z]{2,}(?:/.*)?"
)
_SHORTEST = 3
# Agencies and chains that are known by their letters.
_KNOWN = {
    "ap": "associatedpress",
    "apnews": "associatedpress",
    "afp": "agencefrancepresse",
    "dpa": "deutschepresseagentur",
    "ft": "financialtimes",
    "wsj": "wallstreetjournal",
    "nyt": "newyorktimes",
    "nytimes": "newyorktimes",
    "latimes": "losangelestimes",
    "scmp": "southchinamorningpost",
    "rferl": "radiofreeeurope",
    "dw": "deutschewelle",
    "wapo": "washingtonpost",
    "smh": "sydneymorningherald",
}
# What outlets are called, where nothing else says that a name is one.
_TITLE = re.compile(
    r"\b(?:Post|Times|Herald|Courier|Wire|News|Daily|Journal|Tribune|Guardian|Gazette|Press"
    r"|Telegraph|Observer|Chronicle|Examiner|Reuters|AFP|AP|BBC|CNN|TASS|Interfax|Xinhua|Bloomberg"
    r"|Economist|Jazeera|NPR|Magazine|Broadcasting)\b"
)
_ACCORDING = re.compile(
    r"\b(?:according to|as reported by|reported by|citing)\s+(?:the\s+)?$", re.I
)
_REPORTS = re.compile(r"\s*,?\s*(?:has\s+)?(?:report(?:s|ed)|wr(?:ites|ote))\b")


def is_outlet(name: str, sources: Iterable[str]) -> bool:
    """Say whether a name is one of the sources', given as domains or as names."""
    wanted = _letters(name)
    return len(wanted) > 1 and any(_is_of(wanted, _letters(_bare(source))) for source in sources)


def is_attributed(sentence: str, start: int, end: int) -> bool:
    """Say whether a name in a sentence is said to have reported it, or is called as outlets are."""
    if _TITLE.search(sentence[start:end]) or _ACCORDING.search(sentence[:start]):
        return True
    return _REPORTS.match(sentence, end) is not None


def _is_of(wanted: str, source: str) -> bool:
    wanted, source = _KNOWN.get(wanted, wanted), _KNOWN.get(source, source)
    if wanted == source:
        return True
    return len(wanted) >= _SHORTEST and bool(source) and (wanted in source or source in wanted)


def _bare(source: str) -> str:
    """Return a domain without what all domains have: "harbor-wire" of harbor-wire.example."""
    found = _DOMAIN.fullmatch(source.strip().lower())
    return found[1] if found else source


def _letters(name: str) -> str:
    letters = re.sub(r"[\W_]", "", plain(name))
    return letters.removeprefix("the") if len(letters) > 5 else letters
