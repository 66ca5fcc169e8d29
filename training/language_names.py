"""Codes and names of languages, from CLDR to `rag/text/language_names.tsv`.

Run `python -m training.language_names`; Babel, which trafilatura brings, has the names.
"""

from collections.abc import Iterator
from pathlib import Path

import babel
from babel.core import get_global

_TARGET = Path(__file__).parent.parent / "rag" / "text" / "language_names.tsv"
_HEADER = """\
# Languages: their codes, then their names in English and in themselves, in lower case, separated by
# tabs. Made by `python -m training.language_names`; do not edit. The code "uk" is left out, because
# it is also written for the United Kingdom.
#
# Source: Unicode CLDR (Unicode License v3), as packaged in Babel {} (BSD-3-Clause).
"""
_CODE_LETTERS = 2


def main() -> None:
    """Write the data file."""
    english = babel.Locale.parse("en").languages
    codes = sorted(code for code in map(str, english) if len(code) == _CODE_LETTERS)
    lines = ["\t".join(dict.fromkeys(_names(code, str(english[code])))) for code in codes]
    _TARGET.write_text(_HEADER.format(babel.__version__) + "\n".join(lines) + "\n", "utf-8")


def _names(code: str, english: str) -> Iterator[str]:
    if code != "uk":
        yield code
    longer = {
        alias
        for alias, meant in get_global("language_aliases").items()
        if meant == code and alias.isalpha() and alias.islower()
    }
    yield from sorted(longer - {code})
    yield english.casefold()
    try:
        own = babel.Locale.parse(code).get_language_name(code)
    except babel.UnknownLocaleError:
        return
    if own:
        yield own.casefold()


if __name__ == "__main__":
    main()
