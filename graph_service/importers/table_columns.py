"""Where in a table the columns stand that a mapping names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.mapping import TableMapping
from graph_service.importers.packed import Packed
from graph_service.importers.sheets import Layout, Preview, preview


def layout_of(mapping: TableMapping, encoding: str) -> Layout:
    """Where the table stands as its mapping says; `encoding` is that of texts where it does not."""
    return Layout(
        mapping.sheet, mapping.header_row, mapping.encoding or encoding, mapping.separator
    )


def located(packed: Packed, mapping: TableMapping, encoding: str) -> tuple[Layout, Preview]:
    """Where the table stands, with the row of its header: the first that has the columns which the
    mapping names, if it does not say which; raises `InvalidRecord`."""
    layout = layout_of(mapping, encoding)
    found = preview(packed, layout)
    if layout.header_row is not None or not found.rows:
        return layout, found
    for line, cells in found.rows:
        there = {cell.casefold() for cell in cells}
        if all(_plain(column) in there for column in mapping.columns.values()):
            return replace(layout, header_row=line), found
    return replace(layout, header_row=found.rows[0][0]), found


def places_of(
    header: Sequence[str], mapping: TableMapping, unreadable: Mapping[str, str]
) -> dict[str, int]:
    """The place of each field's column, from 0; raises `InvalidRecord` for one that is not there,
    there twice, or not to be read."""
    return {
        field: _place(header, field, name, unreadable) for field, name in mapping.columns.items()
    }


def _place(header: Sequence[str], field: str, name: str, unreadable: Mapping[str, str]) -> int:
    exactly = [place for place, cell in enumerate(header) if cell == " ".join(name.split())]
    like = [place for place, cell in enumerate(header) if cell.casefold() == _plain(name)]
    found = exactly or like
    if not found:
        raise InvalidRecord(
            f"the table has no column {name!r}; it has: {shown(header)}",
            field=f"columns.{field}",
            suggestions=get_close_matches(name, header, n=2),
        )
    if len(found) > 1:
        raise InvalidRecord(
            f"{len(found)} columns are called {name!r}: rename all but the one that is meant",
            field=f"columns.{field}",
        )
    if header[found[0]] in unreadable:
        raise InvalidRecord(
            f"the column {name!r} cannot be read: {unreadable[header[found[0]]]}",
            field=f"columns.{field}",
        )
    return found[0]


def shown(header: Sequence[str]) -> str:
    """The names of columns in a sentence."""
    return ", ".join(repr(cell) for cell in header[:40] if cell) or "none"


def once(header: Sequence[str]) -> dict[str, int]:
    """The places of the columns whose name is theirs alone."""
    number = Counter(cell.casefold() for cell in header)
    return {
        cell: place for place, cell in enumerate(header) if cell and number[cell.casefold()] == 1
    }


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
