"""Finds the names in a question, and the words with which it describes those who bear them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.text.names import TIME_WORDS, TITLES, find_names, plain_parts
from rag.text.places import place_at
from rag.text.verbs import is_past_form
from rag.text.words import Word, plain, words_of

# "Ana Ruiz the goalkeeper", "Ana Ruiz, the goalkeeper,".
_AFTER = re.compile(r",?\s+(?:the|an?)\s+([a-z][\w-]+)")
# "The goalkeeper Ana Ruiz".
_BEFORE = re.compile(r"\b(?:the|an?)\s+([a-z][\w-]+),?\s+$", re.IGNORECASE)
# "Goalkeeper Ana Ruiz": the words before that may stand beside a name without describing it.
_ALONE = re.compile(
    r"\b(?:did|does|do|was|were|is|are|has|had|will)\s+([a-z][\w-]+)\s+$", re.IGNORECASE
)
# An adjective with a noun behind it.
_ADJECTIVE, _NOUN = re.compile(r"(?:an|ish|ese|ic|ern|-[a-z]+)$"), re.compile(r"\s+[a-z]")
_QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
# "Tarrow Tunnel: Who built it?": the names before it are of the questions before, and their first
# word has its capital from nothing else.
_NAMES_FIRST = re.compile(
    r"[A-Z][\w'’.-]*(?:,?\s(?:(?:of|the|and|de|la|van|der|von)\s){0,2}[A-Z][\w'’.-]*)+:\s"
)
_OWNER = re.compile(r"['’]s?$")
# Bodies of many names: an article may call the Department of Justice "justice officials".
_BODIES = frozenset(
    "department ministry committee court house senate congress parliament government office agency "
    "representatives commons lords capitol crown council cabinet board party number".split()
)
_JOINED = re.compile(r"\s*(?:,|,?\s*(?:and|or|&))\s*")
# Words of earlier turns that were put before a question, with commas between them, are no list.
_CARRIED = re.compile(r"[^?:]*: (?=\S)")


@dataclass(frozen=True, slots=True)
class AskedName:
    """A name in a question, and the stems of the words that describe who bears it.

    `words` are in plain form, without titles; initials in a row are one: "kv". `is_joined` says
    that the name goes on a list that another name began: "Orr" in "Ruiz and Orr". It `is_kind` if
    it only says of which kind something is: "which European country".
    """

    text: str
    words: tuple[str, ...]
    described: frozenset[int]
    is_joined: bool
    is_kind: bool


def asked_names(question: str) -> tuple[AskedName, ...]:
    """Return the names in a question, without countries, which have many names."""
    found: list[AskedName] = []
    last = -1
    first = [word for word in words_of(question)[:1] if len(word.text) > 1]
    opening = [] if _NAMES_FIRST.match(question) else first
    carried = _CARRIED.match(question)
    for every in _owners_apart(question):
        name = [word for word in every if _counts(word) and word not in opening]
        if not name or place_at([plain(word.text) for word in name], 0):
            continue
        if all(plain(word.text) in _BODIES for word in name):
            continue
        link = _JOINED.fullmatch(question, last, every[0].start) if last >= 0 else None
        is_carried = carried is not None and every[0].start < carried.end()
        is_joined = link is not None and not (is_carried and link[0].strip() == ",")
        last = every[-1].end
        words = tuple(plain_parts(name))
        text = question[name[0].start : name[-1].end]
        is_kind = bool(_ADJECTIVE.search(words[-1]) and _NOUN.match(question, last))
        found.append(AskedName(text, words, _described(question, every), is_joined, is_kind))
    return tuple(found)


def _owners_apart(question: str) -> Iterator[list[Word]]:
    """Yield the names in a question; "Utah's Orr" are two, for Orr is not called Utah."""
    for name in find_names(question):
        run: list[Word] = []
        for word in name:
            run.append(word)
            if _OWNER.search(word.text):
                yield run
                run = []
        if run:
            yield run


def _counts(word: Word) -> bool:
    if len(word.text) == 1:
        return True  # "i" and "c" are among the words of time
    # "Mid-July" is a time as well.
    return plain(word.text).removeprefix("mid-") not in TITLES | TIME_WORDS | _QUESTION_WORDS


def _described(question: str, name: Sequence[Word]) -> frozenset[int]:
    """Return the stems of what stands in apposition to a full name; one word may be a place."""
    if len(name) == 1:
        return frozenset()
    before, behind = question[: name[0].start], name[-1].end
    found = (_AFTER.match(question, behind), _BEFORE.search(before), _ALONE.search(before))
    nouns = (match[1] for match in found if match and not is_past_form(match[1]))
    return frozenset(
        word.stem for noun in nouns for word in words_of(noun) if word.stem is not None
    )
