"""Countries, peoples and seats of government, from The World Factbook to `countries.tsv`.

Run `python -m training.country_names FOLDER` with the files of factbook/factbook.json. What news
calls them beside that stands in `rag/text/countries_in_news.tsv`.
"""

import html
import json
import re
import sys
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TARGET = Path(__file__).parent.parent / "rag" / "text" / "countries.tsv"
_HEADER = """\
# Countries: name, other names, what is of it, its people, its seat of government.
# Separated by tabs, alternatives by semicolons. Made by `python -m training.country_names`.
#
# Source: The World Factbook of the US Central Intelligence Agency, in the public domain, as
# gathered in github.com/factbook/factbook.json at 8662a8b (2026-05-17).
"""
_NONE = {"", "none", "NA"}


@dataclass(frozen=True, slots=True)
class _Country:
    """The names of a country: in all, what is of it, of its people, of its seats of government."""

    name: str
    columns: tuple[list[str], ...]
    is_dependent: bool

    def line(self, taken: Set[str]) -> str:
        """Return its line in the file, without the names that are taken."""
        kept = (";".join(n for n in names if n not in taken) for names in self.columns)
        return "\t".join((self.name, *kept))


def main() -> None:
    """Write the data file."""
    paths = sorted(Path(sys.argv[1]).glob("*/*.json"))
    found = [_country(json.loads(path.read_text("utf-8"))) for path in paths]
    countries = sorted((c for c in found if c), key=lambda country: country.name)
    # "French" is of France, not of Saint Pierre.
    taken = {n for c in countries if not c.is_dependent for names in c.columns for n in names}
    lines = [country.line(taken if country.is_dependent else set()) for country in countries]
    _TARGET.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _country(profile: dict[str, Any]) -> _Country | None:
    """Return the names in a profile; None if it has no people."""
    government = profile.get("Government", {})
    named = government.get("Country name", {})
    short, long = (_text(named, f"conventional {kind} form") for kind in ("short", "long"))
    name = next(iter((*_names(short), *_names(long))), "").removeprefix("The ")
    nationality = profile.get("People and Society", {}).get("Nationality", {})
    is_dependent = _text(government, "Dependency status") != ""
    columns = (
        [other for other in _alternatives(long) if other != name],
        _alternatives(_text(nationality, "adjective")),
        _alternatives(_text(nationality, "noun")),
        # Those of territories, such as Hamilton and Plymouth, mostly mean another town.
        [] if is_dependent else _alternatives(_text(government.get("Capital", {}), "name")),
    )
    return _Country(name, columns, is_dependent) if name and columns[2] else None


def _text(part: dict[str, Any], key: str) -> str:
    return html.unescape(str(part.get(key, {}).get("text", "")))


def _plain(text: str) -> str:
    """Return a name without its notes: "Chisinau", not "Chisinau in Romanian"."""
    text = " ".join(re.sub(r" in [A-Z].*", "", text).split())
    return "" if text in _NONE else text


def _alternatives(text: str) -> list[str]:
    """Return the names of a field: "Lao(s) or Laotian(s)", "Dutchman(men), Dutchwoman(women)"."""
    return list(dict.fromkeys(_names(text)))


def _names(text: str) -> Iterator[str]:
    # Notes in brackets, but "Dutchman(men)".
    for part in re.sub(r" \(.*?\)| \[.*?\]", "", text).split(";"):
        if part.strip().startswith("note"):
            continue
        for piece in re.split(r", (?!D\.C\.)| or |/| and (?=\w+\(s\))", part):
            plural = re.search(r"(man|woman)\s*\((men|women)\)", piece)
            name = _plain(re.sub(r"\(.*?\)", "", piece))
            # What is longer is a sentence about it.
            if name and len(name.split()) <= 5 and name[0].isupper():
                yield name
                if plural:
                    yield name.removesuffix(plural[1]) + plural[2]


if __name__ == "__main__":
    main()
