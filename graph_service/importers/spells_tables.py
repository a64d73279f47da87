"""Tables whose rows tell of years, read row by row, and how far they reach."""

from collections.abc import Callable, Iterator, Sequence

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.intake import Intake, Row
from graph_service.importers.lines import Lines, Table
from graph_service.importers.packed import Packed
from graph_service.importers.spells import year_of

ReadRow = Callable[[list[str], int], Row | None]
"""Reads the cells of a row and its line; None where nothing is told yet, or it was skipped."""


def table_of(packed: Packed, intake: Intake) -> Table:
    """The table from its start; what is no row of it is refused."""
    lines = Lines(packed.unpacked(), intake.refuse, encoding=intake.wishes.encoding)
    return Table(lines, intake.refuse)


def header_of(packed: Packed, intake: Intake) -> frozenset[str]:
    """The names of the columns. A table that was opened before is to be opened anew."""
    lines = Lines(packed.unpacked(), _untold, encoding=intake.wishes.encoding)
    return frozenset(name.casefold() for name in Table(lines, _untold).header)


def rows_of(packed: Packed, intake: Intake, columns: Sequence[str], read: ReadRow) -> Iterator[Row]:
    """What the rows tell, from these columns without the space around them. A row is refused for
    which `read` raises `InvalidRecord`."""
    table = table_of(packed, intake)
    places = table.places(*columns)
    for cells in table:
        try:
            row = read([cells[place].strip() for place in places], table.line)
        except InvalidRecord as error:
            intake.refuse_for(table.line, error)
        else:
            if row is not None:
                yield row


def looked_through(packed: Packed, intake: Intake, columns: Sequence[str]) -> Iterator[list[str]]:
    """The cells of these columns, telling nothing of what is no row: a first look, before the rows
    are read. A table that was opened before is to be opened anew."""
    lines = Lines(packed.unpacked(), _untold, encoding=intake.wishes.encoding)
    table = Table(lines, _untold)
    places = table.places(*columns)
    for row in table:
        yield [row[place].strip() for place in places]


def last_year(packed: Packed, intake: Intake, *columns: str) -> int:
    """The last year in these columns, 0 where there is none; it takes a first look at the file."""
    rows = looked_through(packed, intake, columns)
    return max((_year(cell) for row in rows for cell in row), default=0)


def _year(cell: str) -> int:
    try:
        return year_of(cell, "year")
    except InvalidRecord:
        return 0


def _untold(*_: object) -> None:
    pass
