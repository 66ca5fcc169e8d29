"""Gives the names in a question that was typed without capitals the capitals that texts give them.

What tells one name from another is read from capitals. A word is taken for a name if the passages
that a search for the question finds write it so, or if neither they nor English know it. A usual
word that they write so only inside longer names, as "snow" in "Sue Snow", is none by itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.models.known_words import is_known_word
from rag.text.names import TITLES
from rag.text.sentences import split_sentences
from rag.text.verbs import is_past_form, is_verb
from rag.text.words import stem_of

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[’'.&-](?=[^\W_]))*")
# A shorter word that nobody knows is mostly an abbreviation of something that is no name.
_SHORTEST_UNKNOWN = 4
# A word that has no capital in this share of its places may mean what it says.
_COMMON = 0.2
# Behind "how", these ask for an amount, whoever is called so: "how long", "how early".
_MEASURES = frozenset(
    "many much often old young long short far near close big large small tall high low deep wide "
    "narrow fast quick quickly slow slowly heavy early late soon hot cold warm strong full well "
    "good bad rich poor hard likely".split()
)
_ARTICLES = frozenset("the a an".split())
_LINKS = frozenset("of the and for de la".split())


@dataclass(slots=True)
class _Seen:
    """How a word is written inside sentences, and the words beside it where it has a capital.

    It `stands_alone` if no other word of a name is beside it in one of these places.
    """

    forms: Counter[str] = field(default_factory=Counter)
    before: set[str] = field(default_factory=set)
    behind: set[str] = field(default_factory=set)
    stands_alone: bool = False


def lacks_capitals(question: str) -> bool:
    """Say whether a question has no capitals, or only the first, which a phone may have set."""
    return question[1:].islower()


def restore_capitals(question: str, nearby: Iterable[str]) -> str:
    """Return a question with capitals in its names; `nearby` are texts that a search finds."""
    written = _written(nearby)
    common = {stem_of(word) for word, seen in written.items() if word in seen.forms}
    asked = [match[0].lower() for match in _WORD.finditer(question)]
    places = iter(range(len(asked)))

    def restored(match: re.Match[str]) -> str:
        place = next(places)
        word = asked[place]
        seen = written.get(word)
        if stem_of(word) is None or (word in _MEASURES and asked[place - 1 : place] == ["how"]):
            return match[0]
        if seen is None:
            is_known = is_known_word(word) or stem_of(word) in common
            is_name = len(word) >= _SHORTEST_UNKNOWN and not is_known
            return word.capitalize() if is_name else match[0]
        is_common = seen.forms[word] >= _COMMON * seen.forms.total()
        is_usual = seen.forms[word] > 0 or is_verb(word)
        if is_common or (is_usual and not seen.stands_alone and not _is_beside(asked, place, seen)):
            return match[0]
        return seen.forms.most_common(1)[0][0]

    return _WORD.sub(restored, question)


def _is_beside(asked: Sequence[str], place: int, seen: _Seen) -> bool:
    """Say whether a word of a question has a word beside it that is beside it in a name too."""
    is_behind = place > 0 and asked[place - 1] in seen.before
    return is_behind or (place + 1 < len(asked) and asked[place + 1] in seen.behind)


def _written(texts: Iterable[str]) -> Mapping[str, _Seen]:
    """Return how each word is written inside sentences, where only names have capitals."""
    found: dict[str, _Seen] = {}
    for text in texts:
        for sentence in split_sentences(text):
            words = [*_WORD.finditer(text, sentence.start, sentence.end)]
            for place, word in enumerate(match[0] for match in words):
                # A name that opens a sentence has a verb behind it: "Snow said".
                opens_with_name = place == 0 and _is_before_verb(words)
                if place == 0 and not opens_with_name:
                    continue
                seen = found.setdefault(word.lower(), _Seen())
                if place > 0:
                    seen.forms[word] += 1
                if not word.islower():
                    _note_beside(text, words, place, seen)
    return {word: seen for word, seen in found.items() if seen.forms}


def _is_before_verb(words: Sequence[re.Match[str]]) -> bool:
    return len(words) > 1 and is_past_form(words[1][0])


def _note_beside(text: str, words: Sequence[re.Match[str]], place: int, seen: _Seen) -> None:
    """Note the words beside a capitalised word, and whether one of them may be of its name."""
    before = _in_reach(text, words[max(0, place - 2) : place + 1][::-1])
    behind = _in_reach(text, words[place : place + 3])
    seen.before.update(word.lower() for word in before[:1] if word.lower() not in _ARTICLES)
    # "Mayor Sue Snow" is "mayor snow" too.
    seen.before.update(word.lower() for word in before if word.lower() in TITLES)
    seen.behind.update(word.lower() for word in behind[:1])
    seen.stands_alone |= not _begins_with_name(before) and not _begins_with_name(behind)


def _in_reach(text: str, words: Sequence[re.Match[str]]) -> list[str]:
    """Return the words after the first, up to a mark between them."""
    found: list[str] = []
    for one, other in pairwise(words):
        first, last = sorted((one, other), key=re.Match.start)
        if not text[first.end() : last.start()].isspace():
            break
        found.append(other[0])
    return found


def _begins_with_name(words: Sequence[str]) -> bool:
    """Say whether the nearest word is of a name, or joins one: "of" in "Bank of Holm"."""
    nearest = words[0] if words else ""
    if nearest.lower() in _LINKS:
        nearest = "".join(words[1:2])
    return nearest[:1].isupper() and nearest.lower() not in TITLES
