"""Spreadsheets: CSV, TSV, Excel and Parquet, read by a mapping of their columns (`mapping.py`).

Without a mapping the columns are guessed by their names. Our own CSV export is known by its header.
The file is read twice: whether its dates put the day first, and of what kind its actors are, may be
known only at its end.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.importers import csv_claims
from graph_service.importers.guessing import Guess, guess
from graph_service.importers.intake import Intake, Row
from graph_service.importers.lines import Refuse
from graph_service.importers.mapping import DATES, TableMapping, read_mapping
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.sheets import Layout, Sheet, open_sheet
from graph_service.importers.table_actors import Cast, Kinds, Told
from graph_service.importers.table_columns import located, places_of
from graph_service.importers.table_dates import Order, Orders
from graph_service.importers.table_rows import Cells, Rows, ends_of, kind_of
from graph_service.importers.table_sources import Sources
from graph_service.importers.table_words import Words

SCHEME = "table"


class _Table(NamedTuple):
    """A table that can be read: its mapping, and where it and its columns stand."""

    packed: Packed
    mapping: TableMapping
    layout: Layout
    places: dict[str, int]

    def rows(self, refuse: Refuse, cells: Cells) -> Iterator[Sheet]:
        """The table at each of its rows that has anything, `cells` being those of the row."""
        sheet = open_sheet(self.packed, self.layout, refuse)
        for row in sheet:
            if any(cell and not cell.isspace() for cell in row):
                cells.row = row
                yield sheet

    def cells(self) -> Cells:
        return Cells(self.places, self.mapping.constants)


class _Survey:
    """What can be known only of a table as a whole."""

    def __init__(self, table: _Table, intake: Intake, words: Words) -> None:
        self.orders = Orders()
        self.kinds = Kinds()
        self._words = words
        self._relations = intake.ontology.relations
        cells = table.cells()
        dates = [name for name in DATES if name in table.places]
        for _ in table.rows(lambda *_: None, cells):
            for name in dates:
                self.orders.add(cells.row[table.places[name]])
            self._add_kinds(cells)

    def _add_kinds(self, cells: Cells) -> None:
        # A row with something wrong in it is refused later, and says nothing of others.
        try:
            meant = self._words.relation(cells.get("relation"))
            if meant is not None:
                for end, allowed in ends_of(self._relations[meant.relation], meant):
                    name = " ".join(cells.get(end).split())
                    self.kinds.add(name, kind_of(cells, self._words, end), allowed)
        except InvalidRecord:
            return

    def order(self, mapping: TableMapping, told: Told) -> Order | None:
        """Whether days come first in dates such as 03/04/2024; None where that is not known."""
        if mapping.dates is not None:
            return mapping.dates
        if self.orders.is_in_doubt:
            told(
                "dates such as 03/04/2024 may be two days here, and are refused: say dates = "
                '"day-first" or dates = "month-first" in a mapping'
            )
        elif self.orders.order is not None:
            told(f"dates such as 03/04/2024 are read {self.orders.order}, as others here are")
        return self.orders.order


def read(packed: Packed, intake: Intake, told: Told = lambda _: None) -> Iterator[Row]:
    """The rows of a table; `told` hears what its columns were taken for, and who is new."""
    if csv_claims.is_export(packed, intake.wishes.encoding):
        yield from csv_claims.read(packed, intake)
        return
    mapping = _mapping(packed, intake, told)
    table = _opened(packed, mapping, intake.wishes.encoding)
    words = Words(intake.ontology, mapping)
    survey = _Survey(table, intake, words)
    order = survey.order(mapping, told)
    cast = Cast(intake.actors, survey.kinds, default=words.default_kind, scheme=mapping.scheme)
    sources = Sources(intake, packed.name, intake.wishes.more.get("published", ""), order)
    rows, cells = Rows(intake, mapping, order), table.cells()
    for sheet in table.rows(intake.refuse, cells):
        try:
            record = rows.record(cells, words, cast, sources)
        except InvalidRecord as error:
            intake.refuse_for(sheet.line, error)
            continue
        if record is None:
            intake.skip(f"the mapping skips {cells.get('relation')!r}"[:100])
        else:
            yield Row(sheet.line, (record,))
    cast.tell_of_new(told)


def table_format(told: Told) -> Format:
    """Spreadsheets as a format whose imports say what should be known of them."""
    return Format(
        name="table",
        title="Take in a spreadsheet: CSV, TSV, Excel (.xlsx) or Parquet.",
        scheme=SCHEME,
        read=partial(read, told=told),
        coder="table",
        more=(
            (
                "mapping",
                "the file that says how columns are read (or its text); else it is guessed",
            ),
            ("published", "when the sources were published that do not say it, such as 2024-09"),
        ),
        files=("mapping",),
    )


FORMAT = table_format(lambda _: None)


def _mapping(packed: Packed, intake: Intake, told: Told) -> TableMapping:
    given = intake.wishes.more.get("mapping")
    if given is not None:
        return read_mapping(given if "\n" in given else _text_of(given))
    found = guess(packed, Layout(encoding=intake.wishes.encoding), intake.ontology)
    _tell(found, told)
    return found.checked()


def _text_of(path: str) -> str:
    try:
        return Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise InvalidRecord(f"the mapping {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InvalidRecord(f"the mapping {path} is not in UTF-8") from error


def _tell(found: Guess, told: Told) -> None:
    columns = (f"{name} in {column!r}" for name, column in found.mapping.columns.items())
    told(f"the columns are taken so: {', '.join(columns)}")
    if found.unused:
        told(f"not used: {', '.join(map(repr, found.unused[:20]))}")
    if len(found.sheets) > 1:
        others = ", ".join(map(repr, found.sheets[1:20]))
        told(f"the sheet {found.sheets[0]!r} is read, not: {others}")


def _opened(packed: Packed, mapping: TableMapping, encoding: str) -> _Table:
    layout, seen = located(packed, mapping, encoding)
    header = open_sheet(packed, layout, lambda *_: None).header
    places = places_of(header, mapping, seen.unreadable or {})
    return _Table(packed, mapping, layout, places)
