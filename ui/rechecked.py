"""Read a saved answer from a file, and format what has become of its quotes for a terminal."""

import textwrap
from collections.abc import Iterator
from pathlib import Path

from rag.errors import InputError
from rag.export.packs import read_saved_answer
from rag.locating import Difference
from rag.rechecking import Recheck, RecheckedQuote, RecheckStatus
from rag.records import Answer
from rag.text.calendar import day_in_words
from ui.screen import WIDTH
from ui.terminal import clean

_SAYS: dict[RecheckStatus, str] = {
    "there": "still there",
    "moved": "still there, at another place in the text",
    "altered": "altered",
    "corrected": "corrected",
    "withdrawn": "withdrawn by its outlet",
    "expired": "its article has expired",
    "embargoed": "its article is under embargo",
    "removed": "its article is not in the archive any more",
}
_MOST_DIFFERENCES = 8


def read_saved_file(name: str) -> Answer:
    """Return the answer that a file holds.

    Raises:
        InputError: the file cannot be read, or holds no saved answer.
    """
    try:
        text = Path(name).read_bytes()
    except OSError as error:
        raise InputError(
            f"{name} cannot be read: {error.strerror}; name a file that 'dateline ask --export' "
            "wrote (.json), or what 'dateline ask --json' printed"
        ) from error
    try:
        return read_saved_answer(text)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


def rechecked_lines(checked: Recheck, *, width: int = WIDTH) -> str:
    """Return what has become of each quote, as a person reads it; those in doubt come first."""
    lines = [checked.question, *_counts(checked)]
    lines += [part for line in _say_place(checked) for part in _wrapped(line, width)]
    for quote in sorted(checked.quotes, key=lambda quote: quote.stands):
        lines += ["", *(part for line in _quote(quote) for part in _wrapped(line, width))]
    if changed := [report for report in checked.reports if not report.stands]:
        lines += ["", "Of the reports that the answer lists and does not quote:"]
        for report in changed:
            lines += ["", *(part for line in _quote(report) for part in _wrapped(line, width))]
    return clean("\n".join(lines))


def _counts(checked: Recheck) -> Iterator[str]:
    standing = sum(quote.stands for quote in checked.quotes)
    if not checked.quotes:
        yield "The answer has no quotes that could be checked."
    elif standing == len(checked.quotes):
        yield f"All quotes stand as they were ({standing})."
    else:
        yield f"{standing} of {len(checked.quotes)} quotes stand as they were."
    if checked.reports:
        reports = sum(report.stands for report in checked.reports)
        yield (
            f"{reports} of {len(checked.reports)} reports that it lists and does not quote stand "
            "as they were."
        )
    asked = (
        f"Asked on {day_in_words(checked.asked)} of state {checked.generation} of the archive; c"
        if checked.asked
        else "C"
    )
    yield f"{asked}hecked against state {checked.now}."


def _say_place(checked: Recheck) -> Iterator[str]:
    """Yield that this may be another archive than the one that answered, and what to do."""
    if checked.lacks_all:
        yield "This archive has none of the articles that the answer is from."
    if checked.archive:
        yield (
            f"The answer was made from an archive at another place, {checked.archive}. If that is "
            "another archive, check it against that one with --archive."
        )
    elif checked.lacks_all:
        yield "If the answer was made from another archive, name that one with --archive."


def _quote(quote: RecheckedQuote) -> Iterator[str]:
    says = _SAYS[quote.status]
    if quote.status == "altered" and not quote.now:
        says = "not in the article any more"
    if quote.status in ("there", "moved") and quote.note:
        says += ", but there is a new note"
    if quote.remark:
        says += f"; {quote.remark}"
    if quote.changed:
        says += f"; the text is that of {day_in_words(quote.changed)}"
    yield f"[{quote.number}] {says}"
    yield f"    {quote.byline}"
    yield f"    “{' '.join(quote.quote.split())}”"
    yield from (f"    {_say_change(d)}" for d in quote.differences[:_MOST_DIFFERENCES])
    if quote.now and quote.now.split() != quote.quote.split():
        yield f"    now: “{' '.join(quote.now.split())}”"
    yield from (f"    {line}" for line in quote.note.split("\n") if line)
    if quote.found_in:
        yield f"    the same words are in the article {quote.found_in}"
    if quote.url:
        yield f"    {quote.url}"


def _say_change(difference: Difference) -> str:
    """Return what was changed in the article since, in one line."""
    before, now = " ".join(difference.given.split()), " ".join(difference.original.split())
    if not before:
        return f"added since: “{now}”"
    if not now:
        return f"left out since: “{before}”"
    return f"changed from “{before}” to “{now}”"


def _wrapped(line: str, width: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
