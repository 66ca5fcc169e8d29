"""Read a table of articles row by row: CSV with any usual delimiter, or Parquet."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.containers.unpacking import LIMITS, seekable, size_of
from ingest.formats.fieldnames import (
    all_names,
    chosen_values,
    map_names,
    replacement_notes,
    settled,
)
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import ARTICLE_BYTES, Input

_PARQUET_MARK = b"PAR1"
_CSV_SUFFIXES = (".csv", ".tsv", ".tab")
_DELIMITERS = ",;\t|"
_BATCH_ROWS = 64
# How often a row that is not closed may be given up: each time up to a field's limit is read twice.
_MOST_RETRIES = 100
_BUFFER_BYTES = 1024 * 1024
_GROUP_BYTES = 64 * 1024 * 1024
_ROW_BYTES = 1024 * 1024
# Bytes that are not UTF-8 become these, so that one of them costs its row and not the table.
_NOT_UTF8 = range(0xDC80, 0xDD00)


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a text table is written; without quoting a quote mark is a letter."""

    delimiter: str
    quoting: Any = csv.QUOTE_MINIMAL

    def rows(self, lines: Iterable[str]) -> Any:
        """Return a strict `csv.reader`: a lenient one drops quote marks from the text."""
        strict = self.quoting != csv.QUOTE_NONE
        return csv.reader(lines, delimiter=self.delimiter, quoting=self.quoting, strict=strict)


def matches(head: bytes, suffix: str) -> bool:
    """Say whether this is Parquet, or named as a text table, or begins with known columns."""
    if head.startswith(_PARQUET_MARK):
        return True
    text = head.decode("utf-8-sig", "replace")
    if "\0" in text or text.lstrip().startswith(("{", "[", "<")):
        return False
    if suffix in _CSV_SUFFIXES:
        return True
    columns = map_names(_header(text, _sniff(text)))
    return "text" in columns and len(columns) > 1


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the article of every row; columns that the input does not name are told by theirs."""
    if source.head().startswith(_PARQUET_MARK):
        return _read_parquet(source)
    return _read_csv(source)


def _read_csv(source: Input) -> Iterator[FoundRecord | Skip]:
    csv.field_size_limit(ARTICLE_BYTES)
    dialect = _sniff(source.head().decode("utf-8-sig", "replace"))
    with (
        source.open() as stream,
        io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="") as text,
    ):
        lines = _Lines(text)
        rows = dialect.rows(lines)
        try:
            names: list[str] = next((row for row in rows if row), [])
        except csv.Error as error:
            yield _broken_row(source.name, 1, f"{_csv_damage(error)}; nothing was read")
            return
        mapped = _mapped(source, names)
        if isinstance(mapped, Skip):
            yield mapped
            return
        for began, row in _rows(rows, lines):
            if isinstance(row, str):
                yield _broken_row(source.name, began, row)
            elif row:
                yield _csv_record(source.name, began, names, row, mapped)


def _rows(rows: Iterator[list[str]], lines: "_Lines") -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row, or what is wrong with it, with its first line.

    What is wrong costs one line: a quote mark that is not closed takes in the lines that follow, so
    they are read again.
    """
    retries = 0
    while True:
        began = lines.begin()
        try:
            row = next(rows, None)
        except csv.Error as error:
            retries += 1
            if retries > _MOST_RETRIES:
                yield began, f"{_csv_damage(error)}; this row and all that follow were not read"
                return
            yield began, f"{_csv_damage(error)}; its first line was left out"
            lines.back_up()
            continue
        if row is None:
            return
        yield began, row


def _broken_row(path: str, line: int, wrong: str) -> Skip:
    detail = f"{wrong}; repair it, for example double a quote mark inside a quoted field"
    return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=line)


def _csv_record(
    path: str, line: int, names: list[str], row: list[str], mapped: Mapping[str, tuple[str, ...]]
) -> FoundRecord | Skip:
    if len(row) != len(names):
        detail = (
            f"the row has {len(row)} columns, but the first one has {len(names)}; repair the row"
        )
        return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=line)
    values = dict(zip(names, row, strict=True))
    fields = chosen_values(values, mapped)
    wrong = next((c for value in fields.values() for c in str(value) if ord(c) in _NOT_UTF8), None)
    if wrong is not None:
        detail = (
            f"byte {ord(wrong) - 0xDC00:#04x} is not UTF-8; convert the file, for example with "
            "'iconv -t UTF-8'"
        )
        return Skip(reason=Reason.ENCODING, detail=detail, path=path, line=line)
    return _found(path, line, fields)


class _Lines:
    """The lines of a table, which remember those of the row that is being read."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._taken: list[str] = []
        self._again: list[str] = []
        self._number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._text.readline(ARTICLE_BYTES + 1)
        if not line:
            raise StopIteration
        self._number += 1
        if len(line) > ARTICLE_BYTES:
            # It is passed over whole, and counts as a blank line if its row is read again.
            self._taken.append("\n")
            while line and not line.endswith("\n"):
                line = self._text.readline(ARTICLE_BYTES + 1)
            raise csv.Error("field larger than field limit")
        self._taken.append(line)
        return line

    def begin(self) -> int:
        """Take what comes next as the first line of a row, and return its number."""
        self._taken.clear()
        return self._number + 1

    def back_up(self) -> None:
        """Give the lines of this row again, but for the first."""
        self._number -= len(self._taken) - 1
        self._again += self._taken[:0:-1]


def _csv_damage(error: csv.Error) -> str:
    if "field limit" in str(error):
        # Most likely a quote is not closed.
        return f"a field has more than {ARTICLE_BYTES >> 20} MB, which is the limit"
    return str(error)


def _sniff(text: str) -> _Dialect:
    """Return how a table is written: by the delimiter that gives the most columns we know."""

    def worth(dialect: _Dialect) -> tuple[int, int]:
        header = _header(text, dialect)
        return len(map_names(header)), len(header)

    best = max((_Dialect(delimiter) for delimiter in _DELIMITERS), key=worth)
    if best.delimiter == "\t":
        # Some write tabs with quotes, some take a quote mark for a letter; whole lines tell.
        literal = _Dialect("\t", csv.QUOTE_NONE)
        return max((best, literal), key=lambda dialect: _even_rows(text, dialect))
    return best


def _header(text: str, dialect: _Dialect) -> list[str]:
    try:
        return next((row for row in dialect.rows(io.StringIO(text, newline="")) if row), [])
    except csv.Error:
        return []


def _even_rows(text: str, dialect: _Dialect) -> int:
    """Return how many rows of the beginning have as many columns as the first."""
    even, width = 0, 0
    try:
        for row in dialect.rows(io.StringIO(text, newline="")):
            width = width or len(row)
            even += len(row) == width
    except csv.Error:
        pass
    return even


def _mapped(source: Input, names: list[str]) -> dict[str, tuple[str, ...]] | Skip:
    """Return the columns that may hold each field, or why the table cannot be used."""
    columns = source.columns
    missing = [name for name in columns.values() if name not in names]
    mapped = all_names(tuple(name for name in names if name not in columns.values()))
    mapped = {**mapped, **{field: (name,) for field, name in columns.items()}}
    shown = ", ".join(repr(name) for name in names)[:500]
    if missing:
        detail = f"it has no column {missing[0]!r}; its columns are {shown}"
    elif "text" not in mapped:
        detail = (
            f"no column holds the text; its columns are {shown}; call the one that does 'text', or "
            "name it with --columns text=NAME"
        )
    else:
        return mapped
    return Skip(reason=Reason.NO_TEXT, detail=detail, path=source.name)


def _found(path: str, line: int, fields: Mapping[str, object]) -> FoundRecord:
    """Return a row's record; an empty cell is no field."""
    notes = replacement_notes(fields)
    return FoundRecord(fields=settled(fields), path=path, line=line, notes=notes)


def _read_parquet(source: Input) -> Iterator[FoundRecord | Skip]:
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet

    number = 0
    with source.open() as stream, seekable(stream) as file:
        allowed = LIMITS.allowed(size_of(file) or 0)
        try:
            # Buffered, as otherwise a whole column of a group is held packed and unpacked.
            table = parquet.ParquetFile(file, buffer_size=_BUFFER_BYTES)
            mapped = _mapped(source, table.schema_arrow.names)
            if isinstance(mapped, Skip):
                yield mapped
                return
            for before, batch in _batches(
                table, sorted({name for names in mapped.values() for name in names})
            ):
                number = before
                if isinstance(batch, int):
                    yield _wide_rows(source.name, number + 1, batch)
                    continue
                allowed -= batch.nbytes
                if allowed < 0:
                    raise pa.ArrowInvalid(
                        "it unpacks to far more than its size, as a decompression bomb does"
                    )
                for row in range(batch.num_rows):
                    number += 1
                    yield _parquet_record(source.name, number, batch, row, mapped)
        except (pa.ArrowException, ValueError, KeyError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            detail = f"the Parquet is damaged or unusual ({error}); write it again"
            yield Skip(reason=Reason.BROKEN, detail=detail, path=source.name, line=number + 1)


def _batches(table: Any, columns: list[str]) -> Iterator[tuple[int, Any]]:
    """Yield some rows with how many are before them; for a group too wide the bytes of its rows."""
    before = 0
    for number in range(table.num_row_groups):
        group = table.metadata.row_group(number)
        rows, wide = _rows_at_once(group, columns)
        if wide:
            yield before, wide
            before += group.num_rows
            continue
        for batch in table.iter_batches(
            rows, row_groups=[number], columns=columns, use_threads=False
        ):
            yield before, batch
            before += batch.num_rows


def _rows_at_once(group: Any, columns: list[str]) -> tuple[int, int]:
    """Return how many rows of a group to read at once, and their bytes where that is too many.

    A group of large rows would be unpacked whole, as its pages or its dictionary hold one at least.
    """
    chunks = [group.column(number) for number in range(group.num_columns)]
    size = sum(
        chunk.total_uncompressed_size
        for chunk in chunks
        if chunk.path_in_schema.partition(".")[0] in columns
    )
    row_bytes = size // max(1, group.num_rows)
    wide = row_bytes if size > _GROUP_BYTES and row_bytes > _ROW_BYTES else 0
    return max(1, min(_BATCH_ROWS, ARTICLE_BYTES // max(1, row_bytes))), wide


def _wide_rows(path: str, line: int, row_bytes: int) -> Skip:
    detail = (
        f"from this row on one has {row_bytes / 1e6:.0f} MB on average and a group of rows more "
        f"than {_GROUP_BYTES >> 20} MB, which is the limit; write one article a row"
    )
    return Skip(reason=Reason.TOO_LARGE, detail=detail, path=path, line=line)


def _parquet_record(
    path: str, number: int, batch: Any, row: int, mapped: Mapping[str, tuple[str, ...]]
) -> FoundRecord | Skip:
    columns = [(field, name) for field, names in mapped.items() for name in names]
    for field, name in columns:
        cell = batch.column(name)[row]
        if hasattr(cell, "as_buffer") and cell.is_valid and cell.as_buffer().size > ARTICLE_BYTES:
            detail = (
                f"its '{field}' has more than {ARTICLE_BYTES >> 20} MB, which is the limit; "
                "split the article"
            )
            return Skip(reason=Reason.TOO_LARGE, detail=detail, path=path, line=number)
    try:
        values = {name: _value(batch.column(name)[row]) for _, name in columns}
    except UnicodeDecodeError as error:
        detail = f"byte {error.object[error.start]:#04x} is not UTF-8; write the table again"
        return Skip(reason=Reason.ENCODING, detail=detail, path=path, line=number)
    except (ValueError, KeyError, OverflowError) as error:
        detail = f"a value cannot be read ({error}); repair the row"
        return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=number)
    return _found(path, number, chosen_values(values, mapped))


def _value(cell: Any) -> object:
    """Return a cell as JSON Lines would have it: text, a list of texts, a date as ISO 8601."""
    if getattr(cell.type, "unit", None) == "ns" and cell.is_valid:
        # Python's own times have no nanoseconds.
        import pyarrow as pa

        cell = cell.cast(pa.timestamp("us", cell.type.tz), safe=False)
    value = cell.as_py()
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (int, float)) else value
