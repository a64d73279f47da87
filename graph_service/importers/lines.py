"""Lines of text and rows of tables, read as they come: long, broken and odd ones are refused."""

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Literal

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.packed import BLOCK

LONGEST_LINE = 1_000_000

Refuse = Callable[[int, str, str | None], None]
"""Told the line (from 1), the reason and the field of what is not taken."""

_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ENDS = (b"\n", b"\r")


class Lines:
    """The lines of a text, whatever ends them, each with its end; `number` is that of the line last
    given, from 1.

    Lines of more than a million bytes, and such as are not in the encoding, are refused and left
    out. A byte order mark decides the encoding where there is one.
    """

    def __init__(self, stream: BinaryIO, refuse: Refuse, *, encoding: str = "utf-8") -> None:
        self.number = 0
        self._refuse = refuse
        self._blocks = _blocks(stream, encoding)

    def __iter__(self) -> Iterator[str]:
        for line in self._whole():
            self.number += 1
            try:
                text = line.decode()
            except UnicodeDecodeError as error:
                self._refuse(
                    self.number,
                    f"byte {error.start + 1} is not UTF-8: save the file as UTF-8, or name its "
                    "encoding",
                    None,
                )
                continue
            yield text

    def _whole(self) -> Iterator[bytes]:
        rest, lost = b"", False
        for block in self._blocks:
            lines = (rest + block).splitlines(keepends=True)
            # A carriage return at the very end may have its line feed in the next block.
            rest = b"" if lines[-1].endswith(b"\n") else lines.pop()
            if lost and lines:
                lost = self._lose(lines.pop(0))
            yield from (line for line in lines if len(line) <= LONGEST_LINE or self._lose(line))
            if len(rest) > LONGEST_LINE and not rest.endswith(_ENDS):
                rest, lost = b"", True
        if lost:
            self._lose(rest)
        elif rest:
            yield from rest.splitlines(keepends=True)

    def _lose(self, _: bytes) -> bool:
        self.number += 1
        self._refuse(self.number, f"the line has more than {LONGEST_LINE:,} bytes", None)
        return False


def _blocks(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The content in UTF-8, without a byte order mark."""
    head = stream.read(BLOCK)
    for mark, named in _BOMS.items():
        if head.startswith(mark):
            encoding = named
            head = head.removeprefix(mark) if named == "utf-8" else head
    blocks = _read(stream, head)
    return blocks if encoding == "utf-8" else _recoded(blocks, encoding)


def _read(stream: BinaryIO, head: bytes) -> Iterator[bytes]:
    while head:
        yield head
        head = stream.read(BLOCK)


def _recoded(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError as error:
        raise InvalidRecord(
            f"{encoding!r} is no encoding that is known: utf-8, utf-16, latin-1, cp1252 are"
        ) from error
    try:
        for block in blocks:
            if text := decoder.decode(block):
                yield text.encode()
        yield decoder.decode(b"", final=True).encode() or b"\n"
    except UnicodeError as error:
        raise InvalidRecord(f"the file is not in {encoding}: {error}") from error


class Table:
    """The rows of a table of text, as lists of cells; `line` is the line on which the last one
    ended, from 1, and `header` the names of the columns.

    The separator is the one of tab, comma, semicolon and bar that the header has most of. `names`
    stand for a header that the file does not have; then it is the tab, if no other is named. Rows of
    another length than the header, but for empty cells at their end, and such as have quotes that
    do not end, are refused. Empty lines are passed over.
    """

    def __init__(
        self,
        lines: Lines,
        refuse: Refuse,
        *,
        names: Sequence[str] = (),
        separator: str | None = None,
    ) -> None:
        self._lines = lines
        self._refuse = refuse
        source = iter(lines)
        first = "" if names else next(source, "")
        self.separator = separator or _separator(first)
        # Tab-separated files quote nothing: a quote in them is a quote.
        quoting: Literal[0, 3] = csv.QUOTE_NONE if self.separator == "\t" else csv.QUOTE_MINIMAL
        if names:
            self.header = list(names)
        else:
            heads = csv.reader([first], delimiter=self.separator, quoting=quoting)
            self.header = [cell.strip() for cell in next(heads, [])]
        self._rows = csv.reader(source, delimiter=self.separator, quoting=quoting)

    @property
    def line(self) -> int:
        return self._lines.number

    def __iter__(self) -> Iterator[list[str]]:
        width = len(self.header)
        for row in self._readable():
            if len(row) == width:
                yield row
            elif len(row) > width and not any(row[width:]):
                yield row[:width]
            elif row:
                self._refuse(self.line, _length(row, width), None)

    def _readable(self) -> Iterator[list[str]]:
        is_done = False
        while not is_done:
            try:
                yield from self._rows
                is_done = True
            except csv.Error as error:
                self._refuse(self.line, f"this is no row of a table: {error}", None)

    def places(self, *names: str) -> list[int]:
        """Where these columns stand; raises `InvalidRecord` naming the first that is not there."""
        found = {name.casefold(): place for place, name in enumerate(self.header)}
        for name in names:
            if name.casefold() not in found:
                raise InvalidRecord(
                    f"the table has no column {name!r}; it has: "
                    + ", ".join(self.header[:40] or ["none"]),
                    field=name,
                    line=1,
                )
        return [found[name.casefold()] for name in names]


def _separator(header: str) -> str:
    return max("\t,;|", key=header.count)


def _length(row: list[str], width: int) -> str:
    return f"the row has {len(row):,} cells, the header {width:,}"
