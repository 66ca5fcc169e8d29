"""Mends words that a question misspells, by the words of the passages that it finds all the same.

Only a word that no passage has, and that is no usual English word, counts as misspelt: most are
names. What it may mean is looked for where the rest of the question leads, so a name that the
archive does not have is not taken for one that looks like it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from rag.models.known_words import is_known_word
from rag.text.terms import question_terms

_WORD = re.compile(r"[^\W\d_]+")
# Too many short words are one edit away from another, and too many words are two.
_SHORTEST = 5
_SHORTEST_FOR_TWO = 8

# The IDF of each of these terms that the archive has.
Weigh = Callable[[Sequence[int]], Mapping[int, float]]


def mend_spelling(question: str, *, weigh: Weigh, nearby: Callable[[], Iterable[str]]) -> str:
    """Return a question with its misspelt words mended; the same text if there is none.

    `nearby` gives the texts that a search for the question finds. It is called only if the archive
    does not know a word.
    """
    unknown = _unknown(question, weigh)
    if not unknown:
        return question
    spelt = Counter(word for text in nearby() for word in _WORD.findall(text))
    near: dict[str, list[str]] = {}
    for word, _ in spelt.most_common():
        near.setdefault(word.lower(), []).append(word)
    mended = {word: near[found][0] for word in unknown if (found := _meant(word, near))}
    return _WORD.sub(lambda match: mended.get(match[0].lower(), match[0]), question)


def _unknown(question: str, weigh: Weigh) -> list[str]:
    """Return the words, in lower case, that neither the archive nor English has."""
    terms: dict[str, list[int]] = {}
    for word in _WORD.findall(question):
        if len(word) >= _SHORTEST and not is_known_word(word):
            terms[word.lower()] = question_terms(word).indices
    known = weigh(sorted({term for indices in terms.values() for term in indices}))
    return [word for word, indices in terms.items() if indices and known.keys().isdisjoint(indices)]


def _meant(word: str, near: Iterable[str]) -> str:
    """Return the word that is the fewest edits away, of those the first; empty if none is."""
    most = 2 if len(word) >= _SHORTEST_FOR_TWO else 1
    alike = {other: _distance(word, other) for other in near if _may_be(word, other, most)}
    away = {other: distance for other, distance in alike.items() if distance <= most}
    return min(away, key=lambda other: away[other], default="")


def _may_be(word: str, other: str, most: int) -> bool:
    """Say whether two words are alike enough to count edits: the first letter is rarely wrong."""
    return word[0] == other[0] and abs(len(other) - len(word)) <= most


def _distance(one: str, other: str) -> int:
    """Return how many letters must be added, removed, replaced or exchanged with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        two_before, before, row = before, row, [i]
        for j, opposite in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
    return row[-1]
