"""The rows of a file that were refused, as a table for people and spreadsheets."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from graph_service.domain.cells import neutral
from graph_service.importers.intake import Refusal
from graph_service.importers.reports import MOST_SHOWN, RefusedRow

COLUMNS = ("file", "line", "field", "reason")
BLOCK = 1 << 16
MOST_LISTED = 100_000
"""So many rows are listed; how many there are in all is in the report."""
LONGEST_REASON = 500


class Refusals:
    """Refused rows on their way into a file, which is made with the first of them. What was added
    can be read at once."""

    def __init__(self, path: Path, name: str) -> None:
        self.number = 0
        self._path = path
        self._name = name
        self._shown: list[RefusedRow] = []
        self._stream: TextIO | None = None
        self._writer: Any = None

    @property
    def shown(self) -> Sequence[RefusedRow]:
        """The first of them."""
        return self._shown

    def add(self, refusal: Refusal) -> None:
        """List one more."""
        self.number += 1
        row = RefusedRow(refusal.line, refusal.field, refusal.reason[:LONGEST_REASON])
        if len(self._shown) < MOST_SHOWN:
            self._shown.append(row)
        if self.number <= MOST_LISTED:
            self._list(refusal.file or self._name, row)

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self._stream is not None:
            self._stream.close()

    def _list(self, file: str, row: RefusedRow) -> None:
        if self._stream is None:
            self._stream = self._path.open("w", encoding="utf-8", newline="", buffering=1)
            self._writer = csv.writer(self._stream)
            self._writer.writerow(COLUMNS)
        cells = (file, str(row.line), row.field or "", row.reason)
        self._writer.writerow([neutral(cell) for cell in cells])


def blocks(path: Path) -> Iterator[bytes]:
    """The table as it is now, block by block; of no rows where there is none."""
    try:
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                yield block
    except (FileNotFoundError, NotADirectoryError):
        yield f"{','.join(COLUMNS)}\r\n".encode()
