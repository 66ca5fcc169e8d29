"""Read the fields of a record as an article keeps them, and note what cannot be taken over."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from ingest.broken_text import read_as_utf8, with_line_ends, without_hidden_marks
from ingest.written_dates import is_no_date, is_open, read_instant

# Control characters (but tab and line feed) and lone surrogates cannot be stored or shown.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c]")
# The quotes and dashes of Windows-1252 become control characters if it is read as Latin-1.
_WINDOWS = {
    number: character
    for number in range(0x80, 0xA0)
    if (character := bytes([number]).decode("cp1252", "ignore"))
}
# "until further notice", and what cannot be read: hidden either way.
_FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
_LONG_AGO = datetime(1000, 1, 1, tzinfo=UTC)


class RecordValues:
    """The fields of a record; `notes` grows with what was mended or left out."""

    def __init__(
        self, fields: Mapping[str, object], notes: tuple[str, ...], *, day_first: bool | None
    ) -> None:
        self.notes = list(notes)
        self._fields = fields
        self._day_first = day_first

    def string(self, name: str) -> str:
        """Return a field as one line."""
        value = self._fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.notes.append(f"'{name}' is {shown(value)}, not a string, so it was left out")
            return ""
        # An address stays as it is written.
        read = self._clean if name == "url" else self._words
        return " ".join(read(value, name).split())

    def text(self) -> str:
        """Return the text with its lines, empty if there is none."""
        value = self._fields.get("text")
        if not isinstance(value, str):
            return ""
        text = with_line_ends(value)
        if text != value:
            self.notes.append("'text' has line ends written out as '\\n', which were mended")
        return self._words(text, "text").strip("\n")

    def authors(self) -> tuple[str, ...]:
        """Return the names of the authors."""
        value = self._fields.get("authors")
        names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        cleaned = (
            " ".join(self._words(name, "authors").split())
            for name in names
            if isinstance(name, str)
        )
        return tuple(name for name in cleaned if name)

    def id(self) -> str:
        """Return the record's own id, empty if it has none."""
        given = self._fields.get("id")
        if not isinstance(given, (str, int)) or isinstance(given, bool):
            return ""
        return self._clean(str(given), "id").strip()

    def day(self, name: str) -> tuple[date | None, datetime | None]:
        """Return a date as printed and, if it has a zone, the instant; note what is neither."""
        value = self._fields.get(name)
        if value is None or value == "":
            return None, None
        if is_no_date(value):
            self.notes.append(f"'{name}' is {shown(value)}, which means that there is no date")
            return None, None
        instant = self._instant(value)
        if instant is None:
            wrong = (
                "which could mean two days" if is_open(value) else "not a date such as 2020-11-10"
            )
            self.notes.append(f"'{name}' is {shown(value)}, {wrong}, so it was left out")
            return None, None
        return instant.date(), instant if instant.tzinfo else None

    def embargo(self, status: str) -> datetime | None:
        """Return until when an article is hidden; without an end, or one to be read, for ever."""
        value = self._fields.get("embargoed")
        if (value is None or is_no_date(value)) and status != "embargoed":
            return None
        if not str(value or "").strip():
            self.notes.append(
                "it is under embargo until further notice; ingest it again when the embargo is "
                "lifted"
            )
            return _FOREVER
        return self._limit("embargoed", value, _FOREVER)

    def expiry(self) -> datetime | None:
        """Return from when an article is hidden; from the beginning where that cannot be read."""
        value = self._fields.get("expires")
        return self._limit("expires", value, _LONG_AGO) if value and not is_no_date(value) else None

    def _limit(self, name: str, value: object, unreadable: datetime) -> datetime:
        instant = self._instant(value)
        if instant is None:
            self.notes.append(
                f"'{name}' is {shown(value)}, not a time, so the article stays hidden"
            )
            return unreadable
        if instant.tzinfo is None:
            self.notes.append(
                f"'{name}' is {shown(value)} without a time zone, so it was taken as UTC"
            )
            return instant.replace(tzinfo=UTC)
        return instant

    def _instant(self, value: object) -> datetime | None:
        return read_instant(value, day_first=self._day_first) if isinstance(value, str) else None

    def _words(self, value: str, name: str) -> str:
        """Return a string that people read, with the letters that were meant."""
        meant = read_as_utf8(value)
        if meant != value:
            self.notes.append(
                f"'{name}' is UTF-8 that was read as Windows-1252, such as 'Ã©', which was mended"
            )
        return without_hidden_marks(self._clean(meant, name))

    def _clean(self, value: str, name: str) -> str:
        """Return a string that can be stored and shown, with a note if it was not one."""
        if any(mark in value for mark in "\r\x0b\x0c"):
            value = _LINE_ENDS.sub("\n", value)
        if value.isprintable() or not _UNPRINTABLE.search(value):
            return value
        mended = value.translate(_WINDOWS)
        if mended != value:
            self.notes.append(
                f"'{name}' has quotes or dashes of Windows-1252 as control characters, which were "
                "mended"
            )
        wrong = _UNPRINTABLE.findall(mended)
        if wrong:
            kinds = ", ".join(f"U+{ord(mark):04X}" for mark in sorted(set(wrong))[:5])
            self.notes.append(
                f"'{name}' has {len(wrong)} control characters ({kinds}), shown as \ufffd"
            )
        return _UNPRINTABLE.sub("\ufffd", mended)


def shown(value: object) -> str:
    """Return a value as a message shows it, shortened."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
