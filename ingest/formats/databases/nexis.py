"""Read exports of Nexis: older ones, which number documents, and those of Nexis Uni."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from ingest.formats.databases.lines import RIGHTS, after_label, author, given, label_of, parted
from ingest.written_dates import day_in

_START = re.compile(r"\d+ of \d+ DOCUMENTS?$")
_END = re.compile(r"End of Document$", re.I)
_BODY = re.compile(r"body$", re.I)
_EDITION = re.compile(r".*\bedition\b.{0,12}$", re.I)
# The labels above a text, and what field each is; all others stand below it.
_HEAD = {
    "byline": "authors",
    "section": "section",
    "length": "",
    "dateline": "dateline",
    "headline": "title",
    "copyright": "rights",
}
_FOOT = re.compile(
    r"(load-date|language|subject|publication-type|classification|journal-code|graphic|geographic"
    r"|company|organization|person|industry|ticker|city|state|country|document-type)\b.{0,3}"
    r"(:|$)",
    re.I,
)
_HEAD_LINES = 16


def is_export(lines: Sequence[str]) -> bool:
    """Say whether a line numbers a document, or ends one."""
    return any(_START.match(line.strip()) or _END.match(line.strip()) for line in lines)


def documents(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each document."""
    numbered = any(_START.match(line.strip()) for line in lines)
    return parted(lines, start=_START if numbered else None, end=None if numbered else _END)


def fields_of(lines: list[str]) -> Mapping[str, object]:
    """Return the fields of a document.

    Nexis Uni has title, outlet, day; the older one has outlet, day, title. The head ends with the
    line "Body", or with its last label.
    """
    dated = next((n for n, line in enumerate(lines[:_HEAD_LINES]) if day_in(line)), None)
    if dated is None:
        return given({"text": "\n\n".join(lines)})
    body = _body(lines, dated)
    above = [line for line in lines[:dated] if not RIGHTS.match(line)]
    below = [line for line in lines[dated + 1 : body] if not RIGHTS.match(line)]
    passed = (_BODY, _EDITION)
    unlabelled = [
        line
        for line in below
        if not (label_of(line) or any(pattern.match(line) for pattern in passed))
    ]
    fields: dict[str, object] = {
        "published": day_in(lines[dated]),
        "source": above[-1] if above else "",
        "title": above[0] if len(above) > 1 else " ".join(unlabelled),
        "rights": next((line for line in lines[:body] if RIGHTS.match(line)), ""),
    }
    for line in below:
        if name := _HEAD.get(label_of(line), ""):
            said = after_label(line)
            fields[name] = author(said) if name == "authors" else said
    text = takewhile(lambda line: not (_FOOT.match(line) or _END.match(line)), lines[body:])
    fields["text"] = "\n\n".join(line for line in text if not RIGHTS.match(line))
    return given(fields)


def _body(lines: list[str], dated: int) -> int:
    """Return at which line the text begins."""
    head = range(dated + 1, min(len(lines), dated + _HEAD_LINES))
    marked = next((n for n in head if _BODY.match(lines[n])), None)
    if marked is not None:
        return marked + 1
    labelled = [n for n in head if label_of(lines[n]) in _HEAD]
    return labelled[-1] + 1 if labelled else min(dated + 2, len(lines))
