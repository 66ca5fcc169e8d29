"""Find a page's headline among what it calls itself, and keep the site's name out of its fields.

JSON-LD, the meta elements, the heading that is shown and the title of the window often differ: one
is for search engines, one for other sites, and the last has the name of the site behind it.
"""

import re
from collections.abc import Iterable

from rag.text.month_names import month_number

_SEPARATED = re.compile(r"\s+[|\-–—»·]\s+|\s*\|\s*")
_LEAST_WORDS = 3
_NOT_LETTERS = re.compile(r"\W+")
_ARTICLE = re.compile(r"^the\s+", re.I)
# What programs call whoever set them up.
_NOBODY = frozenset(("admin", "administrator", "editor", "webmaster", "user", "root"))
_DATE_WORDS = frozenset(("published", "updated"))


def choose_title(declared: Iterable[str], headings: Iterable[str], window: str) -> str:
    """Return the title that most of a page's names for itself agree on, without the site's name.

    `declared` are those of JSON-LD and of the meta elements, the likeliest first. Another name
    agrees if it is the same, or has something behind a dash or a bar.
    """
    shown = (text for text in headings if len(text.split()) >= _LEAST_WORDS)
    candidates = [name for name in (*declared, next(shown, "")) if name]
    names = [*candidates, window]
    return max(candidates, key=lambda name: sum(_agrees(other, name) for other in names))


def without_site(title: str, sites: Iterable[str]) -> str:
    """Return a title without the site's name, however that is spelt, behind a dash or a bar."""
    *_, last = (None, *_SEPARATED.finditer(title))
    if last is None or _letters(title[last.end() :]) not in {_letters(site) for site in sites}:
        return title
    return title[: last.start()].strip()


def person_names(authors: Iterable[str], sites: Iterable[str]) -> list[str]:
    """Return authors without the names of their site, accounts without a name, and dates."""
    known = {_letters(site) for site in sites} - {""}
    names = (_person(author, known) for author in authors)
    return list(dict.fromkeys(name for name in names if name))


def _person(author: str, sites: set[str]) -> str:
    name = author.partition("|")[0].strip() or author.strip()
    person, comma, behind = name.rpartition(",")
    if comma and any(_letters(behind).startswith(site) for site in sites):
        name = person.strip()
    words = name.split()
    # "Ana Ruiz November" is a name with the date under it, "Theresa May" is a name.
    while len(words) > 2 and (month_number(words[-1]) or words[-1].lower() in _DATE_WORDS):
        words.pop()
    letters = _letters(" ".join(words))
    return "" if letters in sites or letters in _NOBODY else " ".join(words)


def _agrees(other: str, name: str) -> bool:
    if _letters(other) == _letters(name):
        return True
    return other.startswith(name) and _SEPARATED.match(other, len(name)) is not None


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", _ARTICLE.sub("", text.strip())).casefold()
