"""Months and weekdays in the languages of news, from CLDR to `rag/text/month_names.tsv`.

Run `python -m training.month_names`; Babel, which trafilatura brings, has the names. They are a
file of our own because Babel would read fifty files of its own to know a name in any language.
"""

from collections.abc import Iterator
from pathlib import Path

import babel
from babel import localedata

_TARGET = Path(__file__).parent.parent / "rag" / "text" / "month_names.tsv"
# The languages that `rag/text/languages.py` tells apart.
_LANGUAGES = (
    "en ar az be bg bn bs ca cs cy da de el es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka "
    "kk ko lt lv mk ms nl nn no pl pt ro ru sk sl sq sr sr_Latn sv sw ta th tr uk ur uz vi zh"
).split()
_HEADER = """\
# Months (1 to 12) and weekdays (w) with their names, in lower case, separated by tabs.
# Made by `python -m training.month_names`; do not edit. A name that is another month in another of
# the languages, such as Croatian and Czech "listopad", is left out.
#
# Source: Unicode CLDR (Unicode License v3), as packaged in Babel {} (BSD-3-Clause).
"""


def main() -> None:
    """Write the data file."""
    months: dict[str, set[int]] = {}
    weekdays: set[str] = set()
    for language in _LANGUAGES:
        # Babel would give one language the names that another one's aliases left in its cache.
        localedata._cache.clear()
        locale = babel.Locale.parse(language)
        for number, name in _names(locale.months):
            months.setdefault(name, set()).add(number)
        weekdays.update(name for _, name in _names(locale.days))
    lines = [
        "\t".join((str(number), *sorted(name for name in months if months[name] == {number})))
        for number in range(1, 13)
    ]
    # "mar" is March in more languages than it is Tuesday.
    lines.append("\t".join(("w", *sorted(weekdays - months.keys()))))
    _TARGET.write_text(_HEADER.format(babel.__version__) + "\n".join(lines) + "\n", "utf-8")


def _names(contexts: babel.localedata.LocaleDataDict) -> Iterator[tuple[int, str]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in contexts[context][width].items():
                plain = name.casefold().rstrip(".")
                # "1月" is read as a number, and a single letter is no name.
                if len(plain) > 1 and not any(letter.isdigit() for letter in plain):
                    yield number, plain


if __name__ == "__main__":
    main()
