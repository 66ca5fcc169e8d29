"""Words -> the same without accents, as names are compared."""

import unicodedata

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "ə": "a"})


def without_accents(text: str) -> str:
    """Return a text in lower case, its letters without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in folded if not unicodedata.combining(char)).casefold()
