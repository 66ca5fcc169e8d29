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
from rag.text.calendar import MONTHS, WEEKDAYS
from rag.text.numerals import NUMERALS, ORDINALS
from rag.text.words import Word, is_inside, plain, words_of
from rag.writing.support.outlets import is_attributed, is_outlet
from rag.writing.support.places import Place, place_at
from rag.writing.support.problems import Problem
from rag.writing.support.quoted import find_quoted

# Ranks and forms of address. Only the name after them counts.
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister premier "
    "chancellor king queen prince princess pope sen senator rep representative congressman "
    "congresswoman gov governor mayor gen general lt lieutenant col colonel maj major capt captain "
    "sgt sergeant adm admiral brig brigadier cmdr commander chief justice judge secretary "
    "ambassador envoy speaker foreign defence defense interior health finance state deputy first "
    "rev reverend st saint jr".split()
)
_TIME_WORDS = frozenset(
    (
        *MONTHS,
        *WEEKDAYS,
        *NUMERALS,
        *ORDINALS,
        *"am pm gmt utc est edt cst pst bst cet cest".split(),
        *"i c tv time christmas easter eve day".split(),
    )
)
# Different words for one thing.
_ALIASES = {"covid": "coronavirus", "covid-19": "coronavirus", "sars-cov-2": "coronavirus"}
# Words that start sentences and have a verb after them, but are not names.
_OPENERS = frozenset(
    "police fighting violence traffic parliament inflation congress government officials "
    "authorities people rescuers witnesses critics experts polls voting heavy talks negotiations "
    "work word news rain snow fire smoke nobody everyone everything nothing something anyone "
    "someone both each either neither none several many most some few half however meanwhile "
    "moreover also later earlier today yesterday then there here thus instead overall separately "
    "additionally".split()
)
_VERB = re.compile(
    r"\W*(?:(?:also|later|first|then|now|never|still)\s+)?"
    r"(?:is|was|are|were|has|had|have|will|would|did|does|do|can|could|may|might|must|says?|said|won|lost"
    r"|led|met|made|took|gave|went|came|became|beat|told|began|held|left|kept|put|ran|saw|set|spoke"
    r"|signed|wrote|fell|rose|\w+ed|[A-Z]\w+)\b"
)
# After one of these words, a seat of government means the town.
_WHERE = re.compile(r"\b(?:in|at|from|to|near|around|outside|of|into)\s+(?:the\s+)?$")
_NEAR_WORDS = 4
_OPENING_MARKS = " \t\"'“‘«([*•-"
_LAST_WORD = re.compile(r"([\w.]*\w)\.$")
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


def find_names(sentence: str, skipped: Sequence[tuple[int, int]] = ()) -> Iterator[list[Word]]:
    """Yield the runs of capitalised words with only a space or a dot between them."""
    run: list[Word] = []
    for word in words_of(sentence):
        is_name = _is_capital(word.text) and not is_inside(word.start, skipped)
        if run and not (is_name and _goes_on(sentence, run[-1], word)):
            yield run
            run = []
        if is_name and not _opens(sentence, word):
            run = [*run, word]
    if run:
        yield run


def _is_capital(text: str) -> bool:
    return any(part[:1].isupper() for part in re.split(r"[-–]", text)) and len(text) > 1


def _goes_on(sentence: str, last: Word, word: Word) -> bool:
    """Say whether a word comes right after another, or after its full stop: "Gen. Muradov"."""
    gap = sentence[last.end : word.start]
    return gap == " " or (gap == ". " and _is_short_form(last.text))


def _is_short_form(text: str) -> bool:
    return plain(text) in _TITLES or plain(text) in MONTHS or "." in text


def _starts_sentence(sentence: str, word: Word) -> bool:
    before = sentence[: word.start].rstrip(_OPENING_MARKS)
    if not before or before[-1] not in ".!?:\n":
        return not before
    last = _LAST_WORD.search(before)
    return before[-1] != "." or last is None or not _is_short_form(last[1])


def _opens(sentence: str, word: Word) -> bool:
    """Say whether a word is capitalised only because a sentence starts with it.

    After a name comes another capitalised word or, if it is one word, a verb.
    """
    if not _starts_sentence(sentence, word):
        return False
    text = word.text.lower()
    if word.stem is None or text in _OPENERS or text.endswith(("ly", "ing")):
        return True
    if word.text[1:] != text[1:] or re.search(r"[’']s$", word.text):
        return False
    if text in NUMERALS or text in ORDINALS or place_at([plain(text)], 0):
        return text in NUMERALS or text in ORDINALS
    is_plural = text.endswith("s") and not text.endswith(("ss", "us", "is"))
    after = sentence[word.end :]
    if is_plural and not after[1:2].isupper():
        return True
    return _VERB.match(after) is None


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
            if plain(word.text) in _TITLES or plain(word.text) in _TIME_WORDS:
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
