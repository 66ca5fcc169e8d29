"""Writes references as BibTeX, for BibTeX and biblatex in UTF-8.

Titles, outlets and bylines are in two pairs of braces, so that LaTeX keeps their capitals and does
not take a byline to pieces.
"""

import re
from collections.abc import Iterable, Iterator

from rag.export.citing.entries import Entry

# A brace counts for BibTeX even behind a backslash, so braces are named.
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_ESCAPES = str.maketrans(_ESCAPED)
# TeX makes one character of two of these.
_LIGATURE = re.compile(r"(?<=-)-|(?<=[`!?])`|(?<=')'|(?<=,),")

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def write_bibtex(entries: Iterable[Entry]) -> str:
    """Return the references as entries of BibTeX, an empty line between them."""
    return "\n".join(_entry(entry) for entry in entries)


def _entry(entry: Entry) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _all_fields(entry))
    return f"@article{{{entry.key},\n{fields}}}\n"


def _all_fields(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the fields that are known, as BibTeX reads their values."""
    yield from ((name, f"{{{value}}}") for name, value in _fields(entry) if value)
    if entry.published:
        # A name that BibTeX knows, which each style writes in its own way; so it has no braces.
        yield "month", _MONTHS[entry.published.month - 1]


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    day = entry.published
    yield "author", " and ".join(_kept(name) for name in entry.authors)
    yield "title", _kept(entry.name)
    yield "journal", _kept(entry.outlet)
    yield "date", day.isoformat() if day else ""
    yield "year", f"{day:%Y}" if day else ""
    # LaTeX does not read what is in an address, and `safe_address` leaves no brace in it.
    yield "url", entry.url
    yield "urldate", entry.accessed.isoformat() if entry.accessed else ""
    yield "note", escape(entry.note)


def escape(text: str) -> str:
    """Return a text as LaTeX prints it letter for letter."""
    return _LIGATURE.sub(r"{}\g<0>", text.translate(_ESCAPES))


def _kept(text: str) -> str:
    return f"{{{escape(text)}}}" if text else ""
