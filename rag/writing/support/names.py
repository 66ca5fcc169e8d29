"""Finds the names in a sentence that are not in its quotes, their titles or the question.

A name is a capitalised word, unless it is capitalised only because a sentence starts with it. The
words of a name are looked for one by one, because quotes may have only some of them ("Putin",
"Vladimir Putin"). If the quotes have two of the words only in different places, the name is not
theirs. A country matches by all its names (`places`), and an acronym by the words that it stands
for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.records import Citation
from rag.text.names import TIME_WORDS, TITLES, find_names
from rag.text.places import Place, place_at
from rag.text.words import Word, plain, words_of
from rag.writing.support.outlets import is_attributed, is_outlet
from rag.writing.support.problems import Problem
from rag.writing.support.quoted import find_quoted

# Different words for one thing.
_ALIASES = {"covid": "coronavirus", "covid-19": "coronavirus", "sars-cov-2": "coronavirus"}
# After one of these words, a seat of government means the town.
_WHERE = re.compile(r"\b(?:in|at|from|to|near|around|outside|of|into)\s+(?:the\s+)?$")
_NEAR_WORDS = 4
_LONGEST_ACRONYM = 6


@dataclass(frozen=True, slots=True)
class _Known:
    """What the quotes, titles and question contain: plain words, stems, places and acronyms."""

    texts: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    stems: frozenset[int]
    places: frozenset[str]
    seats: frozenset[str]
    acronyms: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "_Known":
        every = [words_of(text) for text in texts]
        parts = [tuple(part for word in words for part in _parts(word.text)) for words in every]
        places = [found for words in every for found in _places(words)]
        flat = [word for words in every for word in words]
        return cls(
            texts=tuple(parts),
            words=frozenset(part for plains in parts for part in plains),
            stems=frozenset(stem for word in flat if (stem := word.stem) is not None),
            places=frozenset(found.country for found in places if not found.is_seat),
            seats=frozenset(found.country for found in places if found.is_seat),
            acronyms=frozenset(name for words in every for name in _acronyms(words)),
        )


def check_names(sentence: str, quotes: Sequence[Citation], question: str) -> list[Problem]:
    """Return the names that are not in the quotes, and the outlets that no quote comes from."""
    texts = [text for quote in quotes for text in (quote.quote, quote.title)]
    quoted, known = _Known.of(texts), _Known.of([*texts, question])
    sources = [s for q in quotes for s in (q.source, *(copy.source for copy in q.copies)) if s]
    skipped = [(start, end) for start, end, _ in find_quoted(sentence)]
    problems: list[Problem] = []
    for name in find_names(sentence, skipped):
        start, end = name[0].start, name[-1].end
        # If the question names an outlet, that outlet is not therefore the cited one.
        is_source = is_attributed(sentence, start, end)
        missing = _missing(sentence, name, quoted if is_source else known)
        if not missing or is_outlet(sentence[start:end], sources):
            continue
        if not all(is_outlet(word.text, sources) for word in missing):
            value = sentence[missing[0].start : missing[-1].end]
            problems.append(Problem(kind="outlet" if is_source else "name", value=value))
    return problems


def _missing(sentence: str, name: Sequence[Word], known: _Known) -> list[Word]:
    """Return the words of a name that are not known."""
    plains = [plain(word.text) for word in name]
    if len(name) > 1 and "".join(text[:1] for text in plains) in known.words:
        return []
    missing: list[Word] = []
    place = 0
    found: list[Word] = []
    while place < len(name):
        named = place_at(plains, place)
        if named and _knows_place(sentence, name[place], named, known):
            place += named.count
            continue
        count = named.count if named else 1
        for word in name[place : place + count]:
            if plain(word.text) in TITLES or plain(word.text) in TIME_WORDS:
                continue
            (found if _is_known(word, known) else missing).append(word)
        place += count
    return missing or _strangers(found, known)


def _is_known(word: Word, known: _Known) -> bool:
    text = plain(word.text)
    if text in known.words or text in known.acronyms or _ALIASES.get(text) in known.words:
        return True
    if len(text) == 1:
        return any(other.startswith(text) for other in known.words)
    if word.stem is not None and word.stem in known.stems:
        return True
    pieces = re.split(r"[-–]", text)
    return len(pieces) > 1 and all(_is_known_piece(piece, known) for piece in pieces if piece)


def _is_known_piece(piece: str, known: _Known) -> bool:
    """Say whether a part of a hyphenated word is known: "Armenian-run", "US-brokered"."""
    place = place_at([piece], 0)
    return piece in known.words or (place is not None and place.country in known.places)


def _knows_place(sentence: str, word: Word, named: Place, known: _Known) -> bool:
    """Say whether a country is known by any of its names; "in Moscow" needs that very name."""
    if not named.is_seat:
        return named.country in known.places | known.seats
    is_where = _WHERE.search(sentence[: word.start]) is not None
    return not is_where and named.country in known.places


def _strangers(found: Sequence[Word], known: _Known) -> list[Word]:
    """Return two words of one name that the quotes have, but never near each other."""
    for one, other in pairwise(found):
        if other.start - one.end > 2:
            continue
        first, second = plain(one.text), plain(other.text)
        if place_at([first], 0) or place_at([second], 0):
            continue
        if not {first, second} <= known.words:
            continue
        if not any(_are_near(first, second, text) for text in known.texts):
            return [one, other]
    return []


def _are_near(first: str, second: str, text: Sequence[str]) -> bool:
    places = [i for i, word in enumerate(text) if word == first]
    return any(second in text[max(0, i - _NEAR_WORDS) : i + _NEAR_WORDS + 1] for i in places)


def _parts(text: str) -> list[str]:
    """Return the plain form of a word, and of its parts if a hyphen joins them."""
    pieces = [piece for piece in re.split(r"[-–&/]", text) if piece]
    return [plain(piece) for piece in pieces] + ([plain(text)] if len(pieces) > 1 else [])


def _places(words: Sequence[Word]) -> Iterator[Place]:
    # "Us" in small letters is not a country.
    plains = [part for word in words if word.text != "us" for part in _parts(word.text)]
    for start in range(len(plains)):
        named = place_at(plains, start)
        if named:
            yield named


def _acronyms(words: Sequence[Word]) -> Iterator[str]:
    """Yield the first letters of each run of two or more capitalised words, such as "snp"."""
    run: list[str] = []
    for word in [*words, None]:
        if word is not None and word.is_capitalised:
            run.append(plain(word.text)[:1])
            continue
        if word is not None and run and word.text in {"of", "the", "and", "for"}:
            continue
        for first in range(len(run) - 1):
            for last in range(first + 2, min(len(run), first + _LONGEST_ACRONYM) + 1):
                yield "".join(run[first:last])
        run = []
