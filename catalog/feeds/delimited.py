"""CSV and TSV, read so that one broken row costs one row and never the rest in silence."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

from catalog.feeds.lines import Line, read_lines
from catalog.feeds.rows import RAW_LENGTH, FeedError, Rejected
from catalog.feeds.source import Source

MAX_RECORD = 1_000_000
"""Characters of one row; a longer one is rejected."""

_MOST_UNCLOSED = 100
_DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its first line, its cells by column (stripped), and its text."""

    line: int
    cells: dict[str, str]
    raw: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table being read. ``labels`` are the columns: key, and the name as the header has it."""

    labels: dict[str, str]
    records: Iterator[Record | Rejected]


def read_table(
    source: Source,
    key: Callable[[str], str] = str,
    delimiter: str = "",
    escape: str | None = None,
    keep_blank: bool = False,
) -> Table:
    """Open a CSV or TSV feed whose first row names the columns.

    Args:
        source: The feed.
        key: Makes a column's key of its name; of two columns with one key the first is read.
        delimiter: What stands between cells; seen from the header when empty.
        escape: The character before a quote inside a cell, where quotes are not doubled.
        keep_blank: Give blank rows too, for a table whose rows are counted.

    Raises:
        FeedError: There is no header, or the encoding is unknown.
    """
    lines = _Lines(source.text())
    rows = _rows(lines, delimiter, escape)
    header = next(rows, None)
    if not isinstance(header, _Row):
        reason = header.reason if header else "it has no row"
        raise FeedError(f"expected a header that names the columns, but {reason}")
    names = [name.strip() for name in header.cells]
    labels: dict[str, str] = {}
    columns = [_column(name, key, labels, source.warnings) for name in names]
    return Table(labels, _records(rows, columns, keep_blank))


def split_header(line: str) -> list[str]:
    """The column names in a header line."""
    return next(csv.reader([line], delimiter=_guess_delimiter(line)), [])


def _column(
    name: str, key: Callable[[str], str], labels: dict[str, str], warnings: list[str]
) -> str:
    wanted = key(name)
    if wanted in labels:
        warnings.append(f"two columns are called {name!r}: only the first is read")
        return ""
    if wanted:
        labels[wanted] = name
    return wanted


def _records(
    rows: "Iterator[_Row | Rejected]", columns: list[str], keep_blank: bool
) -> Iterator[Record | Rejected]:
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        cells = [cell.strip() for cell in row.cells]
        if not any(cells):
            if keep_blank:
                yield Record(row.line, {}, row.raw)
            continue
        reason = _misfit(row, cells, len(columns))
        if reason:
            yield Rejected(row.line, reason, row.raw)
        else:
            named = zip(columns, cells, strict=False)
            yield Record(row.line, {key: cell for key, cell in named if key}, row.raw)


def _misfit(row: "_Row", cells: list[str], width: int) -> str:
    if len(cells) < width or any(cells[width:]):
        return f"the row has {len(cells)} columns, the header {width}"
    return "the row holds a NUL character" if "\0" in row.raw or "\0" in "".join(cells) else ""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]
    raw: str


def _rows(lines: "_Lines", delimiter: str, escape: str | None) -> "Iterator[_Row | Rejected]":
    if csv.field_size_limit() < 2 * MAX_RECORD:
        csv.field_size_limit(2 * MAX_RECORD)
    delimiter = delimiter or _guess_delimiter(lines.first_text())
    doubled = escape is None
    reader = csv.reader(lines, delimiter=delimiter, escapechar=escape, doublequote=doubled)
    unclosed = 0
    while lines.begin_record():
        if not lines.record_begins_whole():
            line = lines.take()
            reason = f"the row is longer than {MAX_RECORD:,} characters"
            yield Rejected(line.number, reason, line.text)
            continue
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Rejected(lines.record[0].number, f"not a CSV row: {error}", lines.raw())
            continue
        first = lines.record[0]
        if lines.cut_off:
            unclosed += 1
            if unclosed > _MOST_UNCLOSED:
                raise FeedError(f"more than {_MOST_UNCLOSED} quotes are never closed", first.number)
            yield Rejected(first.number, "a quote that begins here is never closed", first.text)
            lines.put_back_all_but_first()
        elif cells is not None:
            yield _Row(first.number, cells, lines.raw())


class _Lines:
    """The lines of a file for ``csv.reader``, which it can be given again after a broken row."""

    def __init__(self, stream: TextIO) -> None:
        self._lines = read_lines(stream, MAX_RECORD)
        self._ahead: deque[Line] = deque()
        self._size = 0
        self.record: list[Line] = []
        self.cut_off = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._next_line()
        if self.record and (
            line is None or not line.whole or self._size + len(line.text) > MAX_RECORD
        ):
            self.cut_off = True
            if line is not None:
                self._ahead.appendleft(line)
            raise StopIteration
        if line is None:
            raise StopIteration
        self.record.append(line)
        self._size += len(line.text)
        return line.text

    def begin_record(self) -> bool:
        """Forget the row before; says whether there is another line."""
        self.record, self._size, self.cut_off = [], 0, False
        return self._peek() is not None

    def record_begins_whole(self) -> bool:
        """Whether the next line is one that can be read in full."""
        line = self._peek()
        return line is not None and line.whole

    def take(self) -> Line:
        """The next line, out of ``csv.reader``'s sight."""
        line = self._next_line()
        if line is None:
            raise FeedError("expected another line")
        return line

    def first_text(self) -> str:
        """The next line that is not blank, without taking it."""
        while (line := self._peek()) is not None and not line.text.strip():
            self._next_line()
        return line.text if line else ""

    def put_back_all_but_first(self) -> None:
        """Let the lines of this row but its first be read as rows of their own."""
        self._ahead.extendleft(reversed(self.record[1:]))

    def raw(self) -> str:
        """The row's text, as much as a report needs."""
        return "".join(islice((line.text[:RAW_LENGTH] for line in self.record), 50))

    def _peek(self) -> Line | None:
        line = self._next_line()
        if line is not None:
            self._ahead.appendleft(line)
        return line

    def _next_line(self) -> Line | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)


def _guess_delimiter(header: str) -> str:
    counts = [len(next(csv.reader([header], delimiter=one), [])) for one in _DELIMITERS]
    return _DELIMITERS[counts.index(max(counts))]
