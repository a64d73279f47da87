"""Tables as people keep them, text, Excel or Parquet, as rows of text: told apart by content.

Whatever the file, a row is a list of cells as they are written; what a cell is taken for is decided
by who reads the table.
"""

import csv
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from shutil import copyfileobj
from typing import BinaryIO, Protocol, cast

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.lines import Lines, Refuse, Table
from graph_service.importers.packed import Packed

LOOKED_AT = 10
"""So many rows are looked at for the header."""

NO_VALUE = "\x00formula"
"""Stands in a cell whose formula was never worked out."""

Numbered = tuple[int, list[str]]
"""A row, with its number in the file from 1."""

_EXCEL = b"PK\x03\x04"
_PARQUET = b"PAR1"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MARKED = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a file the table stands. Without a `header_row` that is the first with anything."""

    sheet: str | None = None
    header_row: int | None = None
    encoding: str = "utf-8"
    separator: str | None = None


class Sheet(Protocol):
    """The rows of a table, each as long as the `header`; `line` is that of the one last given."""

    header: list[str]

    @property
    def line(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class Preview:
    """What can be known of a table beforehand: its first rows; `names` of all sheets that are not
    hidden, the one that is read first; columns that cannot be read, with why."""

    rows: tuple[Numbered, ...]
    names: tuple[str, ...] = ()
    unreadable: Mapping[str, str] | None = None


def preview(packed: Packed, layout: Layout) -> Preview:
    """The first rows of a table; raises `InvalidRecord` where the file is none."""
    head = _head(packed)
    if head.startswith(_EXCEL):
        from graph_service.importers.sheets_excel import Workbook

        with closing(Workbook(packed, layout.sheet)) as book:
            return Preview(tuple(islice(book.rows(), LOOKED_AT)), book.names)
    if head.startswith(_PARQUET):
        from graph_service.importers.sheets_parquet import ParquetTable

        with closing(ParquetTable(packed)) as table:
            return Preview(((1, table.header),), (), table.unreadable)
    _check_text(head, layout)
    return Preview(tuple(_first_lines(packed, layout)))


def open_sheet(packed: Packed, layout: Layout, refuse: Refuse) -> Sheet:
    """The table of a file; rows that are broken are told to `refuse`. Raises `InvalidRecord` where
    it is none."""
    head = _head(packed)
    if head.startswith(_EXCEL):
        from graph_service.importers.sheets_excel import Workbook

        return _Numbered(Workbook(packed, layout.sheet).rows(refuse), layout.header_row)
    if head.startswith(_PARQUET):
        from graph_service.importers.sheets_parquet import ParquetTable

        return _Numbered(ParquetTable(packed).rows(refuse), 1)
    _check_text(head, layout)
    return _text_table(packed, layout, refuse)


def seekable(packed: Packed, stack: ExitStack) -> BinaryIO:
    """The content as a file in which one can go back, unpacked for the while where need be."""
    if not packed.is_packed:
        return packed.unpacked()
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the stack closes it
    stack.enter_context(spool)
    copyfileobj(packed.unpacked(), spool)
    return cast(BinaryIO, spool)


def _head(packed: Packed) -> bytes:
    return packed.unpacked().read(1_000)


def _check_text(head: bytes, layout: Layout) -> None:
    if head.startswith(_OLD_EXCEL):
        raise InvalidRecord(
            "this is an old Excel workbook (.xls), or one with a password: open it and save it as "
            ".xlsx without a password, or as CSV"
        )
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"%PDF", b"{\\rtf")):
        raise InvalidRecord("this is no table but a document: save it as CSV or .xlsx")
    zeros = 0 if head.startswith(_MARKED) or layout.encoding != "utf-8" else head.count(0)
    if zeros > len(head) // 4:
        raise InvalidRecord(
            "this is no text in UTF-8: save the table as CSV in UTF-8 or as .xlsx, or name its "
            "encoding, such as utf-16-le"
        )


class _Numbered:
    """The rows of a sheet under its header."""

    def __init__(self, rows: Iterator[Numbered], header_row: int | None) -> None:
        self._rows = rows
        self.line = 0
        self.header: list[str] = []
        for line, cells in rows:
            if any(cells) if header_row is None else line >= header_row:
                self.line = line
                self.header = _named(cells) if header_row in (None, line) else []
                return

    def __iter__(self) -> Iterator[list[str]]:
        width = len(self.header)
        for line, cells in self._rows:
            self.line = line
            yield (cells + [""] * (width - len(cells)))[:width]


class _LinesFrom(Lines):
    """The lines of a text from one on; what was passed over is still counted."""

    first = 1

    def __iter__(self) -> Iterator[str]:
        return (line for line in super().__iter__() if self.number >= self.first)


def _text_table(packed: Packed, layout: Layout, refuse: Refuse) -> Sheet:
    first, separator = _start(packed, layout)
    lines = _LinesFrom(packed.unpacked(), refuse, encoding=layout.encoding)
    lines.first = first
    table = Table(lines, refuse, separator=separator)
    if table.line > first:
        raise InvalidRecord(
            f"the header cannot be read as {layout.encoding}: save the file as UTF-8, or name its "
            'encoding, such as "cp1252"',
            line=first,
        )
    table.header = _named(table.header)
    return table


def _named(cells: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in cells]


def _start(packed: Packed, layout: Layout) -> tuple[int, str | None]:
    """The line of the header, and the separator if it is known before the header is read."""
    separator = layout.separator
    lost: list[tuple[int, str]] = []
    for number, line in _read_lines(packed, layout, lambda *told: lost.append((told[0], told[1]))):
        if lost and layout.header_row is None:
            break
        told = _SEPARATOR_LINE.fullmatch(line) if number == 1 else None
        if told:
            separator = separator or told[1]
        elif line.strip() and layout.header_row is None:
            return number, separator
    if lost and layout.header_row is None:
        where, reason = lost[0]
        raise InvalidRecord(f"the header cannot be read: {reason}", line=where)
    return layout.header_row or 1, separator


def _first_lines(packed: Packed, layout: Layout) -> Iterator[Numbered]:
    _, separator = _start(packed, layout)
    for number, line in _read_lines(packed, layout, lambda *_: None):
        if line.strip() and not (number == 1 and _SEPARATOR_LINE.fullmatch(line)):
            mark = separator or max("\t,;|", key=line.count)
            try:
                cells = next(csv.reader([line], delimiter=mark), [])
            except csv.Error:
                cells = []
            yield number, _named(cells)


def _read_lines(packed: Packed, layout: Layout, refuse: Refuse) -> Iterator[tuple[int, str]]:
    lines = Lines(packed.unpacked(), refuse, encoding=layout.encoding)
    for line in lines:
        if lines.number > max(LOOKED_AT, layout.header_row or 0):
            return
        yield lines.number, line
