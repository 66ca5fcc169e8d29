"""Say what was found where nothing could be read: an empty folder, links only, or no article."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ingest.report import Report


def describe_nothing(sources: Iterable[str], report: Report) -> str:
    """Return why a run read nothing, and what to do about it."""
    if report.files:
        count = f"{report.files:,} file{'' if report.files == 1 else 's'}"
        found = f"none of {count} holds an article"
        return f"nothing was read: {found}; the report lists each with its reason"
    if report.skipped:
        named = ", ".join(sources)
        return f"nothing was read: there is no file in {named}; the report says what is wrong"
    found = "; ".join(_of_source(Path(source)) for source in sources)
    return f"nothing was read: {found}{_passed(report)}"


def _of_source(source: Path) -> str:
    try:
        is_empty = not any(source.iterdir())
    except OSError as error:
        return f"{source} cannot be read ({error.strerror or error})"
    if is_empty:
        return f"{source} is an empty folder; if it is the place of a disk, mount that"
    return f"{source} holds no file that can be read"


def _passed(report: Report) -> str:
    """Return what there is that was not looked into."""
    kinds = Counter(str(one.kind) for one in report.passed)
    if not kinds:
        return ""
    listed = ", ".join(f"{count:,} × {kind}" for kind, count in sorted(kinds.items()))
    return f"; what is there is not looked into: {listed}; name it as a source to read it"
