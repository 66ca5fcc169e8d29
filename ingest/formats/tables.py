"""A table of articles -> found records: CSV with any usual delimiter, or Parquet, row by row."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.containers.unpacking import LIMITS, seekable, size_of
from ingest.formats.fieldnames import ALIASES, map_names, split_names
from ingest.found import Found, Reason, Skip
from ingest.inputs import Input

_PARQUET_MARK = b"PAR1"
_CSV_SUFFIXES = (".csv", ".tsv", ".tab")
_DELIMITERS = ",;\t|"
# A longer field is not an article; most likely a quote is not closed.
_FIELD_CHARACTERS = 64 * 1024 * 1024
_BATCH_ROWS = 64
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


def read(source: Input) -> Iterator[Found | Skip]:
    """Yield the article of every row, columns told by their names."""
    return read_mapped(source, {})


def read_mapped(source: Input, columns: Mapping[str, str]) -> Iterator[Found | Skip]:
    """Yield the article of every row; `columns` names the column of a field, the rest is told."""
    if source.head().startswith(_PARQUET_MARK):
        return _read_parquet(source, columns)
    return _read_csv(source, columns)


def _read_csv(source: Input, columns: Mapping[str, str]) -> Iterator[Found | Skip]:
    csv.field_size_limit(_FIELD_CHARACTERS)
    dialect = _sniff(source.head().decode("utf-8-sig", "replace"))
    with (
        source.open() as stream,
        io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="") as text,
    ):
        rows = dialect.rows(_lines(text))
        began = 1
        try:
            names: list[str] = next((row for row in rows if row), [])
            mapped = _mapped(source.name, names, columns)
            if isinstance(mapped, Skip):
                yield mapped
                return
            while True:
                began = rows.line_num + 1
                row = next(rows)
                if row:
                    yield _csv_record(source.name, began, names, row, mapped)
        except StopIteration:
            return
        except csv.Error as error:
            detail = (
                f"{error}; this row and those behind it are not read: mend it, for example double "
                "a quote mark inside a quoted field"
            )
            yield Skip(reason=Reason.BROKEN, detail=detail, path=source.name, line=began)


def _csv_record(
    path: str, line: int, names: list[str], row: list[str], mapped: Mapping[str, str]
) -> Found | Skip:
    if len(row) != len(names):
        detail = f"the row has {len(row)} columns, the first one has {len(names)}; mend the row"
        return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=line)
    values = dict(zip(names, row, strict=True))
    fields = {field: values[name] for field, name in mapped.items()}
    wrong = next((c for value in fields.values() for c in value if ord(c) in _NOT_UTF8), None)
    if wrong is not None:
        detail = (
            f"byte {ord(wrong) - 0xDC00:#04x} is not UTF-8; convert the file, for example with "
            "'iconv -t UTF-8'"
        )
        return Skip(reason=Reason.ENCODING, detail=detail, path=path, line=line)
    return _found(path, line, fields)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(_FIELD_CHARACTERS):
        if len(line) == _FIELD_CHARACTERS and not line.endswith("\n"):
            raise csv.Error(f"the line is longer than {_FIELD_CHARACTERS >> 20} million letters")
        yield line


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


def _mapped(path: str, names: list[str], columns: Mapping[str, str]) -> dict[str, str] | Skip:
    """Return the column of each field, or why the table cannot be used."""
    missing = [name for name in columns.values() if name not in names]
    mapped = map_names(name for name in names if name not in columns.values()) | dict(columns)
    shown = ", ".join(repr(name) for name in names)[:500]
    if missing:
        detail = f"it has no column {missing[0]!r}; its columns are {shown}"
    elif "text" not in mapped:
        wanted = ", ".join(ALIASES["text"])
        detail = f"no column has the text; it has {shown}, name the one with the text: {wanted}"
    else:
        return mapped
    return Skip(reason=Reason.NO_TEXT, detail=detail, path=path)


def _found(path: str, line: int, fields: Mapping[str, object]) -> Found:
    """Return a row's record; an empty cell is no field."""
    kept: dict[str, object] = {k: v for k, v in fields.items() if v is not None and v != ""}
    if isinstance(kept.get("authors"), str):
        kept["authors"] = split_names(str(kept["authors"]))
    return Found(fields=kept, path=path, line=line)


def _read_parquet(source: Input, columns: Mapping[str, str]) -> Iterator[Found | Skip]:
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet

    number = 0
    with source.open() as stream, seekable(stream) as file:
        allowed = LIMITS.allowed(size_of(file) or 0)
        try:
            table = parquet.ParquetFile(file)
            names = table.schema_arrow.names
            mapped = _mapped(source.name, names, columns)
            if isinstance(mapped, Skip):
                yield mapped
                return
            for batch in table.iter_batches(_BATCH_ROWS, columns=sorted(set(mapped.values()))):
                allowed -= batch.nbytes
                if allowed < 0:
                    raise pa.ArrowInvalid("it unpacks to far more than it is, as a bomb does")
                for row in range(batch.num_rows):
                    number += 1
                    yield _parquet_record(source.name, number, batch, row, mapped)
        except (pa.ArrowException, ValueError, KeyError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            detail = f"the Parquet is damaged or unusual ({error}); write it again"
            yield Skip(reason=Reason.BROKEN, detail=detail, path=source.name, line=number + 1)


def _parquet_record(
    path: str, number: int, batch: Any, row: int, mapped: Mapping[str, str]
) -> Found | Skip:
    try:
        fields = {field: _value(batch.column(name)[row]) for field, name in mapped.items()}
    except UnicodeDecodeError as error:
        detail = f"byte {error.object[error.start]:#04x} is not UTF-8; write the table again"
        return Skip(reason=Reason.ENCODING, detail=detail, path=path, line=number)
    except (ValueError, KeyError, OverflowError) as error:
        detail = f"a value cannot be read ({error}); mend the row"
        return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=number)
    return _found(path, number, fields)


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
