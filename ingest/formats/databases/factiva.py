"""Read exports of Factiva: those that label each line with two letters, and those that do not."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.formats.databases.lines import BY, RIGHTS, author, given, parted
from ingest.written_dates import day_in

_END = re.compile(r"(?:AN\s+)?Document ([A-Za-z0-9]{15,40})$")
_LABEL = re.compile(
    r"(AN|AU|BY|CLM|CO|CR|CT|CY|DE|ED|ET|HD|IN|IPC|IPD|LA|LP|NS|PD|PG|PUB|RE|RF|SC|SE|SN|TD|VOL|WC)"
    r"(?:[\t ]+(.*))?$",
    re.S,
)
# Labels that no document lacks.
_ALWAYS = {"HD", "WC", "PD", "SN"}
_WORDS = re.compile(r"[\d.,]+ (words|mots|palabras|Wörter|parole|palavras|woorden)$")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d( ?[APap]\.?[Mm]\.?)?( [A-Z]{2,4})?$")
_FIRST_LINES = 60


def is_export(lines: Sequence[str]) -> bool:
    """Say whether a line ends a document, or the first lines have the labels of one."""
    if any(_END.match(line.strip()) for line in lines):
        return True
    first = [line.strip() for line in lines if line.strip()][:_FIRST_LINES]
    return _labels(first) >= _ALWAYS


def documents(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each document."""
    return parted(lines, end=_END)


def fields_of(lines: list[str]) -> Mapping[str, object]:
    """Return the fields of a document."""
    if _labels(lines) >= _ALWAYS:
        return _labelled(lines)
    counted = next((n for n, line in enumerate(lines) if _WORDS.match(line)), None)
    if counted is None:
        return given({"title": lines[0], "text": "\n\n".join(lines[1:-1])})
    end = _END.match(lines[-1])
    below = lines[counted + 1 : -1] if end else lines[counted + 1 :]
    return given(
        {
            **_above(lines[:counted]),
            **_below(below),
            "id": end[1] if end else "",
        }
    )


def _labels(lines: Sequence[str]) -> set[str]:
    return {found[1] for line in lines if (found := _LABEL.match(line))}


def _labelled(lines: list[str]) -> Mapping[str, object]:
    values: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        found = _LABEL.match(line)
        name = found[1] if found else name
        said = (found[2] or "").strip() if found else line
        if name and said:
            values.setdefault(name, []).append(said)
    said_of = {label: " ".join(parts) for label, parts in values.items()}
    return given(
        {
            "title": said_of.get("HD"),
            "authors": author(said_of.get("BY") or said_of.get("AU") or ""),
            "published": day_in(said_of.get("PD", "")),
            "source": said_of.get("SN"),
            "section": said_of.get("SE"),
            "rights": said_of.get("CY"),
            "id": said_of.get("AN", "").removeprefix("Document "),
            "text": "\n\n".join([*values.get("LP", []), *values.get("TD", [])]),
        }
    )


def _above(lines: list[str]) -> dict[str, object]:
    """Return what stands above the number of words: a section at times, the title, a byline."""
    byline = lines.pop() if len(lines) > 1 and (BY.match(lines[-1]) or len(lines) > 2) else ""
    return {
        "title": lines[-1] if lines else "",
        "section": lines[0] if len(lines) > 1 else "",
        "authors": author(byline),
    }


def _below(lines: list[str]) -> dict[str, object]:
    """Return what stands below it: day, time, outlet, its code, a language, rights, the text.

    The rights end these; without them they are the lines up to the first long one.
    """
    rights = next((n for n, line in enumerate(lines[:10]) if RIGHTS.match(line)), None)
    long = next((n for n, line in enumerate(lines) if len(line) > 80), len(lines))
    body = long if rights is None else rights + 1
    head = lines[:body]
    dated = next((n for n, line in enumerate(head) if day_in(line)), None)
    names = [line for line in head[(dated or 0) + 1 :] if not _CLOCK.match(line)]
    return {
        "published": "" if dated is None else day_in(head[dated]),
        "source": names[0] if names else "",
        "rights": "" if rights is None else lines[rights],
        "text": "\n\n".join(lines[body:]),
    }
