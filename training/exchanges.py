"""Exchange a name, a number or a word that decides for another of its kind."""

import random
import re
from collections.abc import Iterable, Iterator

from rag.models.embedding import load_embedder
from rag.settings import load_settings
from rag.text.calendar import MONTH_NAMES, WEEKDAY_NAMES

# Words of which each excludes the others of its line, as far as one event goes.
_EXCLUDING = [
    *([name.lower() for name in names] for names in (WEEKDAY_NAMES, MONTH_NAMES)),
    *(
        line.split()
        for line in """
    win lose
    won lost
    arrested released freed
    opened closed
    open close
    rise fall
    rose fell
    increase decrease
    increased decreased
    approved rejected vetoed
    approve reject
    accept refuse
    accepted refused
    born buried
    hired fired
    elected defeated
    began ended
    begin end
    start stop
    started stopped
    first last second third
    bought sold
    buy sell
    arrive leave
    arrived left
    enter leave
    attack defend
    attacked defended
    support oppose
    supported opposed
    convicted acquitted
    guilty innocent
    denied confirmed admitted
    deny confirm
    oldest youngest
    highest lowest
    largest smallest
    biggest smallest
    most fewest
    before after
    north south
    northern southern eastern western
    killed rescued injured
    died survived
    dead injured missing
    wife sister mother daughter
    husband brother father son
    man woman
    men women
    boy girl
    boys girls
    president minister governor mayor
    senator governor judge
    lawyer prosecutor judge
    doctor nurse patient
    police army navy
    owner manager coach
    teacher student
    actor singer director
    today tomorrow yesterday
    monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december
    """.strip().splitlines()
    ),
]
WORD = re.compile(r"[A-Za-z]+")
_NAME = re.compile(r"\b[A-Z][\w.'-]*(?:\s+(?:of\s+|de\s+|al\s+)?[A-Z][\w.'-]*)*")
NUMBER = re.compile(r"\b\d[\d,.]*\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS_APART = 12
_NEAREST = 25
_SAME = 0.8
_SHARED_START = 4  # letters: "Russia" and "Russian"
_QUESTION_WORDS = set(
    "who what when where why which how whose whom did does do is are was were has have had can "
    "could will would should in on at the a an name of for to from according".split()
)


class Names:
    """The names of many questions, to put in each other's place."""

    def __init__(self, questions: Iterable[str]) -> None:
        found = {name for question in questions for _, _, name in names_in(question)}
        self._names = sorted(found)
        self._places = {name: place for place, name in enumerate(self._names)}
        # Near in meaning, so that a person takes a person's place and a town a town's.
        self._vectors = load_embedder(load_settings()).embed(self._names)

    def __contains__(self, name: str) -> bool:
        """Say whether a name is one of them."""
        return name in self._places

    def other(self, name: str, passage: str, rng: random.Random) -> str | None:
        """Return a name of the same kind that a passage, in small letters, does not have.

        Raises `KeyError` for a name of which no question has spoken.
        """
        near = self._vectors @ self._vectors[self._places[name]]
        order = near.argsort()[::-1][: 2 * _NEAREST]
        others = [
            self._names[n]
            for n in order
            if near[n] < _SAME and not _shares_a_word(self._names[n], name, passage)
        ]
        return rng.choice(others[:_NEAREST]) if others else None


def names_in(question: str) -> Iterator[tuple[int, int, str]]:
    """Yield the runs of capitalised words of a question that are not its first words."""
    for found in _NAME.finditer(question):
        start, text = found.start(), found.group()
        first = text.split()[0]
        if first.lower() in _QUESTION_WORDS:
            start += len(first)
            text = text[len(first) :]
            start += len(text) - len(text.lstrip())
            text = text.strip()
        text = re.sub(r"(?:'s|[.'-]+)$", "", text)
        if len(text) > 2 and text[0].isupper():
            yield start, start + len(text), text


def other_number(number: str, passage: str, rng: random.Random) -> str | None:
    """Return another number of the same length, a near year for a year; not one of the passage."""
    if _YEAR.fullmatch(number):
        year = int(number)
        near = range(year - _YEARS_APART, year + _YEARS_APART + 1)
        others = [str(n) for n in near if n != year and str(n) not in passage]
        return rng.choice(others) if others else None
    digits = [place for place, sign in enumerate(number) if sign.isdigit()]
    place = rng.choice(digits[:1])
    other = str((int(number[place]) - 1 + rng.randint(1, 8)) % 9 + 1)
    changed = number[:place] + other + number[place + 1 :]
    return changed if changed not in passage else None


def excluding_word(word: str, passage: str, rng: random.Random) -> str | None:
    """Return a word that excludes another one, and that the passage does not have."""
    lines = [line for line in _EXCLUDING if word.lower() in line]
    others = [
        other
        for line in lines
        for other in line
        if other != word.lower() and not re.search(rf"\b{other}", passage)
    ]
    if not others:
        return None
    other = rng.choice(others)
    return other.capitalize() if word[0].isupper() else other


def _shares_a_word(other: str, name: str, passage: str) -> bool:
    """Say whether a name could be the one it replaces, or is in the passage."""
    starts = {word[:_SHARED_START] for word in name.lower().split()}
    words = other.lower().split()
    return any(word[:_SHARED_START] in starts or word in passage for word in words)
