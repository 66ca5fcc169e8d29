"""Mends words that a question misspells, by the words of the passages that it finds all the same.

Only a word that no passage has, and that is no usual English word, counts as misspelt: most are
names. What it may mean is looked for where the rest of the question leads, so a name that the
archive does not have is not taken for one that looks like it.

A name may also be written with two letters for one, "Mueller" for "Müller", or the other way round.
Then it is no mistake, and it is read as the passages write it. So are "labor" where the archive has
only "labour", and "F16" or "ceasefire" where the passages have "F-16" and "cease-fire".
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache

from rag.models.known_words import is_known_word
from rag.text.countries import countries
from rag.text.folding import folded_twins, without_accents, written_in_two
from rag.text.spellings import spellings_of
from rag.text.terms import is_stop_word, question_terms

_WORD = re.compile(r"[^\W\d_]+")
# What may be written with a hyphen: a long word, or letters before figures.
_JOINED = re.compile(r"\b(?:[^\W\d_]{6,}|[^\W\d_]{1,4}\d{1,4}[^\W\d_]?)\b")
_HYPHENED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
# Too many short words are one edit away from another, and too many words are two.
_SHORTEST = 5
_SHORTEST_FOR_TWO = 8
_SHORTEST_TWIN = 4

# The IDF of each of these terms that the archive has.
Weigh = Callable[[Sequence[int]], Mapping[int, float]]


def mend_spelling(question: str, *, weigh: Weigh, nearby: Callable[[str], Iterable[str]]) -> str:
    """Return a question with its misspelt words mended; the same text if there is none.

    `nearby` gives the texts that a search for a question finds. It is called only if the archive
    does not know a word.
    """
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(question)))
    joined = [word.lower() for word in _JOINED.findall(question)]
    # The archive is asked once, as a server takes a while for each time.
    looked_up = [w for w in words if _may_be_misspelt(w) or spellings_of(w)] + joined
    strange = _unknown(list(dict.fromkeys(looked_up)), weigh)
    question, respelt = _in_the_archives_english(question, strange, weigh)
    unknown = [w for w in strange if w in words and w not in respelt and _may_be_misspelt(w)]
    joined = [word for word in strange if word in joined and word not in respelt]
    twins = _known_ways(unknown, weigh, folded_twins)
    misspelt = [word for word in unknown if word not in twins and _is_no_word(word)]
    if not (misspelt or twins or joined):
        return question
    # A search finds the stored spelling only.
    texts = list(nearby(_replaced(question, twins)))
    hyphened = _hyphened(joined, texts)
    misspelt = [word for word in misspelt if word not in hyphened]
    spelt = Counter(word for text in texts for word in _WORD.findall(text))
    near: dict[str, list[str]] = {}
    for word, _ in spelt.most_common():
        near.setdefault(word.lower(), []).append(word)
    mended = {word: near[found][0] for word in misspelt if (found := _meant(word, near))}
    mended = _of_the_same(mended, question, near, texts)
    if twins:
        mended |= _respelt(question, near)
    read = _replaced(question, mended)
    return _JOINED.sub(lambda match: hyphened.get(match[0].lower(), match[0]), read)


def _in_the_archives_english(
    question: str, strange: Collection[str], weigh: Weigh
) -> tuple[str, Collection[str]]:
    """Return a question with words in British or American spelling, where the archive has only it.

    `strange` are the words that the archive does not have. Those that are replaced are returned
    too. A word with a capital stays, since Gray is not Grey.
    """
    words = [word for word in _WORD.findall(question) if word in strange and spellings_of(word)]
    ways = _known_ways(words, weigh, spellings_of) if words else {}
    return _WORD.sub(lambda match: ways.get(match[0], match[0]), question), ways


def _hyphened(joined: Sequence[str], texts: Iterable[str]) -> dict[str, str]:
    """Return the words that the passages write with hyphens, as they write them."""
    found: dict[str, str] = {}
    for text in texts if joined else ():
        for written in _HYPHENED.findall(text):
            word = written.replace("-", "").lower()
            if word in joined:
                found.setdefault(word, written)
    return found


def _of_the_same(
    mended: Mapping[str, str],
    question: str,
    near: Mapping[str, Sequence[str]],
    texts: Sequence[str],
) -> dict[str, str]:
    """Return what mends a name without making another person's of it.

    A name is mended into a name. "Michaela Jansen" is not "Michael Janssen", and "Olaf Scholz" is
    not Scholl if no passage has "Olaf Scholl".
    """
    kept = dict(mended)
    words = _WORD.findall(question)
    for before, word in zip(["", *words], words, strict=False):
        key = word.lower()
        if key not in mended or not word[0].isupper():
            continue
        is_name = all(way[0].isupper() for way in near[mended[key].lower()])
        # "Mayor" and "Who" are words of the passages or of the language in small letters too.
        has_first_name = before[:1].isupper() and not _is_usual(before, near)
        is_other = has_first_name and (
            before.lower() in mended or not _stand_together(before, mended[key], texts)
        )
        if not is_name or is_other:
            kept.pop(key, None)
            kept.pop(before.lower(), None)
    return kept


def _stand_together(first: str, last: str, texts: Sequence[str]) -> bool:
    whole = re.compile(rf"\b{first}\s+{last}\b")
    return any(whole.search(text) for text in texts)


def _is_usual(word: str, near: Mapping[str, Sequence[str]]) -> bool:
    lower = word.lower()
    return lower in near.get(lower, ()) or is_stop_word(lower)


def _replaced(question: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: words.get(match[0].lower(), match[0]), question)


def _may_be_misspelt(word: str) -> bool:
    """Say whether the archive is to be asked for a word: most words of a question are English."""
    return len(word) >= _SHORTEST_TWIN and (_is_no_word(word) or any(folded_twins(word)))


def _is_no_word(word: str) -> bool:
    return len(word) >= _SHORTEST and not is_known_word(word) and word not in _of_countries()


@cache
def _of_countries() -> frozenset[str]:
    """Return the words of the names of countries and their people: "Nigerien" is not "Nigerian"."""
    names = (name for country in countries() for name in country.names)
    words = {word.lower() for name in names for word in _WORD.findall(name)}
    return frozenset(words | {f"{word}s" for word in words})


def _unknown(words: Sequence[str], weigh: Weigh) -> list[str]:
    """Return the words that the archive does not have."""
    terms = {word: question_terms(word).indices for word in words}
    known = weigh(sorted({term for indices in terms.values() for term in indices}))
    return [word for word, indices in terms.items() if indices and known.keys().isdisjoint(indices)]


def _known_ways(
    words: Sequence[str], weigh: Weigh, ways_of: Callable[[str], Iterable[str]]
) -> dict[str, str]:
    """Return those words that the archive writes in one of their other ways, with that way."""
    ways = {word: list(ways_of(word)) for word in words}
    terms = {way: question_terms(way).indices for found in ways.values() for way in found}
    known = weigh(sorted({term for indices in terms.values() for term in indices}))
    return {
        word: way
        for word, found in ways.items()
        for way in found
        if not known.keys().isdisjoint(terms[way])
    }


def _respelt(question: str, near: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the words of a question that passages write with umlauts, as they write them.

    "Mueller" may be known of another person than "Jürgen Müller", so the words that the archive
    knows are looked at too.
    """
    folded: dict[str, list[str]] = {}
    for spellings in near.values():
        folded.setdefault(without_accents(spellings[0]), []).extend(spellings)
    respelt: dict[str, str] = {}
    for word in _WORD.findall(question):
        is_english = word.islower() and is_known_word(word)
        if len(word) < _SHORTEST_TWIN or is_english or without_accents(word) in folded:
            continue
        spelt = (folded[twin] for twin in folded_twins(word) if twin in folded)
        if found := next((ways for ways in spelt if _is_same_name(word, ways)), None):
            respelt[word.lower()] = found[0]
    return respelt


def _is_same_name(asked: str, ways: Sequence[str]) -> bool:
    """Say whether one word has umlauts that the other has in two letters, or both are names.

    This tells "poet" and "pot" apart, which are words. `ways` are those in which passages write it.
    """
    has_umlaut = written_in_two(asked) != without_accents(asked)
    has_umlaut |= any(written_in_two(way) == without_accents(asked) for way in ways)
    is_name = asked[:1].isupper() or not is_known_word(asked)
    return has_umlaut or (is_name and all(way[:1].isupper() for way in ways))


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
