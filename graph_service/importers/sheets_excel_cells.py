"""The cells of an Excel sheet as text: numbers and dates as one would write them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.lines import LONGEST_LINE, Refuse
from graph_service.importers.sheets import NO_VALUE, Numbered
from graph_service.importers.sheets_excel_parts import Attributes, Merged, Named, Styles

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384

_PLACE = re.compile(r"([A-Z]{1,3})\d{0,7}", re.ASCII)
_EXCEL_LEAP_DAY = 60
"""29 February 1900, which Excel has and the calendar has not."""


class SheetReader(Named):
    """Reads the rows of a sheet; `drained` gives those that are whole."""

    def __init__(
        self, texts: Sequence[str], styles: Styles, merged: Merged, refuse: Refuse
    ) -> None:
        super().__init__()
        self._texts, self._styles, self._merged, self._refuse = texts, styles, merged, refuse
        self._rows: list[tuple[int, dict[int, str]]] = []
        self._row = 0
        self._column = -1
        self._cells: dict[int, str] = {}
        self._type = self._style = ""
        self._value: str | None = None
        self._has_formula = self._aside = False
        self._in_row = 0

    def drained(self) -> Iterator[Numbered]:
        """The rows that were read since the last time, without those that are empty."""
        rows, self._rows = self._rows, []
        for number, cells in rows:
            yield number, [cells.get(place, "") for place in range(max(cells) + 1)]

    def characters(self, content: str) -> None:
        # A row of which nothing more is kept is refused at its end.
        self._in_row += len(content)
        if self._in_row <= LONGEST_LINE:
            super().characters(content)

    def begin(self, name: str, attrs: Attributes) -> None:
        match name:
            case "c":
                self._begin_cell(attrs)
            case "v":
                self.listen()
            case "t" if not self._aside:
                self.listen()
            case "f":
                self._has_formula = True
            case "rPh":
                self._aside = True
            case "row":
                self._begin_row(attrs.get("r", ""))

    def end(self, name: str) -> None:
        match name:
            case "c":
                self._end_cell()
            case "v":
                self._value = self.heard()
            case "t" if not self._aside:
                self._value = (self._value or "") + self.heard()
            case "rPh":
                self._aside = False
            case "row":
                self._end_row()

    def _begin_row(self, number: str) -> None:
        row = int(float(number)) if number else self._row + 1
        if not self._row < row <= MOST_ROWS:
            raise InvalidRecord(f"no sheet has a row {row:,} after row {self._row:,}")
        self._row, self._column, self._cells, self._in_row = row, -1, {}, 0

    def _begin_cell(self, attrs: Attributes) -> None:
        match = _PLACE.fullmatch(attrs.get("r", ""))
        self._column = column_of(match[1]) if match else self._column + 1
        if self._column >= MOST_COLUMNS:
            raise InvalidRecord(f"the sheet has more than {MOST_COLUMNS:,} columns", line=self._row)
        self._type, self._style = attrs.get("t", "n"), attrs.get("s", "0")
        self._value, self._has_formula = None, False

    def _end_cell(self) -> None:
        text = self._text()
        if text:
            self._cells[self._column] = text

    def _end_row(self) -> None:
        if self._in_row > LONGEST_LINE:
            self._refuse(self._row, f"the row has more than {LONGEST_LINE:,} characters", None)
            return
        self._merged.fill(self._row, self._cells)
        if self._cells:
            self._rows.append((self._row, self._cells))

    def _text(self) -> str:
        if not self._value:
            return NO_VALUE if self._has_formula and self._type != "str" else ""
        match self._type:
            case "s":
                return self._texts[int(self._value)]
            case "n":
                return self._number(self._value)
            case "b":
                return "FALSE" if self._value == "0" else "TRUE"
            case _:
                return self._value

    def _number(self, value: str) -> str:
        number = float(value)
        style = int(self._style)
        shown = self._styles.shown[style] if style < len(self._styles.shown) else None
        found = shown and day_of(number, starts_1904=self._styles.starts_1904)
        if found:
            return _as_shown(found, shown)
        return str(int(number)) if number.is_integer() else repr(number)


def day_of(serial: float, *, starts_1904: bool) -> date | None:
    """The day that a workbook keeps as a number; None where that is none.

    >>> day_of(45504, starts_1904=False)
    datetime.date(2024, 7, 31)
    """
    whole = int(serial)
    if starts_1904:
        start = date(1904, 1, 1)
    else:
        start = date(1899, 12, 30 if whole > _EXCEL_LEAP_DAY else 31)
        whole = 0 if whole == _EXCEL_LEAP_DAY else whole
    try:
        return start + timedelta(days=whole) if whole > 0 else None
    except OverflowError:
        return None


def column_of(letters: str) -> int:
    """The place of a column, from 0.

    >>> column_of("A"), column_of("XFD")
    (0, 16383)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _as_shown(day: date, shown: str | None) -> str:
    """A day; the month or year alone where the cell shows no more and the day is its first, since
    so an office keeps what was entered as a month."""
    if shown == "month" and day.day == 1:
        return day.isoformat()[:7]
    if shown == "year" and (day.month, day.day) == (1, 1):
        return day.isoformat()[:4]
    return day.isoformat()
