"""Removes accents from words, so that names can be compared, and knows letters written as two."""

import re
import unicodedata
from itertools import product

# Letters that Unicode does not decompose.
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "ə": "a"})
# How German, Swedish, Danish and Norwegian names are written without these letters.
_IN_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_TWO_LETTERS = re.compile(r"([aou])e|(a)a")
# A longer row of such letters is no name.
_MOST_PAIRS = 4


def without_accents(text: str) -> str:
    """Return a text in lower case and without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in folded if not unicodedata.combining(char)).casefold()


def written_in_two(word: str) -> str:
    """Return a word in lower case and without accents, its umlauts in two letters: "mueller"."""
    composed = unicodedata.normalize("NFC", word.casefold())
    return without_accents(composed.translate(_IN_TWO))


def folded_twins(word: str) -> list[str]:
    """Return how else a name may be written without accents: "Mueller" and "Müller" in turn.

    The results are in lower case. "Goettsche" may be "gottsche", and "Böll" may be "boell".
    """
    plain, in_two = without_accents(word), written_in_two(word)
    pieces: list[tuple[str, ...]] = []
    end = 0
    for pair in _TWO_LETTERS.finditer(plain):
        pieces += [(plain[end : pair.start()],), (pair[0], pair[1] or pair[2])]
        end = pair.end()
    pieces.append((plain[end:],))
    if len(pieces) > 2 * _MOST_PAIRS + 1:
        return []
    found = dict.fromkeys(["".join(row) for row in product(*pieces)] + [in_two])
    return [twin for twin in found if twin != plain]
