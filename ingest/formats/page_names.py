"""Find a page's headline among what it calls itself, and keep the site's name out of its fields.

JSON-LD, the meta elements, the heading that is shown and the title of the window often differ: one
is for search engines, one for other sites, and the last has the name of the site behind it.
"""

import re
from collections.abc import Iterable

from rag.text.month_names import month_number
from rag.text.outlets import is_called_as_outlets_are
from rag.text.places import place_at
from rag.text.terms import is_stop_word
from rag.text.verbs import is_past_form
from rag.text.words import plain

_SEPARATED = re.compile(r"\s+[|\-–—»·]\s+|\s*\|\s*")
_LEAST_WORDS = 3
_OUTLET_WORDS = 2
_NOT_LETTERS = re.compile(r"\W+")
_ARTICLE = re.compile(r"^the\s+", re.I)
# What programs call whoever set them up.
_NOBODY = frozenset(("admin", "administrator", "editor", "webmaster", "user", "root"))
# Small words inside names of persons.
_NAME_PARTS = frozenset(
    "al bin da das de del della den der di do dos du e el la le van von y".split()
)
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


def guessed_names(names: Iterable[str]) -> list[str]:
    """Return the names that a guess took for authors, without what is none.

    The guess cuts a line at its commas: "Jane Doe, BBC News, Paris" has an outlet and a place
    behind the name, and "Jane Doe is the art critic and won a prize" is no list of names.
    """
    kept: list[str] = []
    for name in names:
        is_behind = bool(kept) and (_is_place(name) or _is_outlet(name))
        if not is_behind and not _is_sentence(name):
            kept.append(name)
    return kept


def _is_sentence(name: str) -> bool:
    """Say whether words are no name: one of them is small and not a part of names, two are verbs.

    The guess writes the first word of each part with a capital, or all of them.
    """
    words = [word.strip(".,’'") for word in name.split()]
    if len(words) == 1:
        return is_past_form(words[0])
    small = [word for word in words if word.islower() and word not in _NAME_PARTS]
    if any(is_stop_word(word) or is_past_form(word) for word in small):
        return True
    unlike = [word for word in words if is_stop_word(word.lower()) or is_past_form(word)]
    return len(unlike) > 1


def _is_outlet(name: str) -> bool:
    """Say whether a name is that of an outlet; of more words, some may be those of a person."""
    words = _ARTICLE.sub("", name).split()
    return len(words) <= _OUTLET_WORDS and is_called_as_outlets_are(name)


def _is_place(name: str) -> bool:
    words = [plain(word) for word in name.split()]
    place = place_at(words, 0) if words else None
    return place is not None and place.count == len(words)


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
