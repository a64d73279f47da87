"""What was known before a year: the rows of data files cut there, taken in by the importers."""

import csv
import gzip
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO, StringIO
from itertools import chain
from pathlib import Path
from typing import TextIO

from graph_service import reference
from graph_service.domain.errors import InvalidQuestion
from graph_service.importers.formats import format_called
from graph_service.importers.packed import Packed
from graph_service.importers.ucdp_support_columns import SHORT, TRIADS
from graph_service.imports import Manner, import_file
from graph_service.queries.latent_around import Distances
from graph_service.stores.graph import Graph, open_graph

BY = "evaluation"
REACH = 20
"""So many years before the one asked about alliances are read: what ended earlier weighs little."""

Cells = dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table of cells as text."""

    columns: tuple[str, ...]
    rows: tuple[Cells, ...]

    def only(self, keep: Callable[[Cells], bool]) -> "Table":
        """The rows that are kept."""
        return Table(self.columns, tuple(row for row in self.rows if keep(row)))

    def but(self, change: Callable[[Cells], Cells]) -> "Table":
        """Every row with some cells changed."""
        return Table(self.columns, tuple(row | change(row) for row in self.rows))

    def packed(self, name: str) -> Packed:
        """The table as a file of comma-separated values."""
        text = StringIO(newline="")
        writer = csv.DictWriter(text, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return Packed(name, BytesIO(text.getvalue().encode()))


def table_of(path: Path, *needed: str) -> Table:
    """A table of text, plain or gzip, with at least the columns that are needed; raises
    `InvalidQuestion` where there is none."""
    if not path.is_file():
        raise InvalidQuestion(f"{path} is needed, and is not there", parameter="data")
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    try:
        opening = gzip.open if packed else open
        with opening(path, "rt", encoding="utf-8-sig", newline="") as text:
            table = _read(text)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error) as error:
        raise InvalidQuestion(f"{path} cannot be read: {error}", parameter="data") from error
    lacking = [name for name in needed if name not in table.columns]
    if lacking:
        raise InvalidQuestion(f"{path} has no column {', '.join(lacking)}", parameter="data")
    return table


def _read(text: TextIO) -> Table:
    head = text.readline()
    separator = max("\t,;", key=head.count)
    reader = csv.DictReader(chain([head], text), delimiter=separator, restval="")
    rows = tuple({name: row[name] for name in reader.fieldnames or ()} for row in reader)
    return Table(tuple(reader.fieldnames or ()), rows)


def year_in(cell: str) -> int | None:
    """The year of a cell such as `1999` or `1999.0`; None where it is empty, and raises
    `InvalidQuestion` where it is no number."""
    try:
        return int(float(cell)) if cell else None
    except (ValueError, OverflowError):
        raise InvalidQuestion(f"{cell[:40]!r} is no year", parameter="data") from None


@dataclass(frozen=True)
class Data:
    """The files that forecasts of support are made from: who supported which group, alliances,
    rivalries, and distances between states. `labels` are the tables of support that are asked
    about; what they tell of earlier years is known as well."""

    labels: Sequence[Table]
    support: Sequence[Table]
    alliances: Table
    rivalries: Sequence[Table]
    near: Table

    @classmethod
    def of(cls, folder: Path, labels: Sequence[Path] = ()) -> "Data":
        """The files of a folder laid out like `shared/data`; without other labels, its own are asked
        about."""
        own = [support_of(path) for path in _tables_in(folder / "support_esd", some=not labels)]
        named = [support_of(path) for path in labels]
        interstate = folder / "interstate"
        return cls(
            labels=named or own,
            support=_once([*own, *named]),
            alliances=table_of(
                interstate / "atop_alliance.csv.gz", "ccode1", "ccode2", "year", "atop_defense"
            ),
            rivalries=[table_of(interstate / f"{name}_rivalries.csv.gz") for name in ("tss", "td")],
            near=table_of(
                interstate / "gw_mindist.csv.gz", "gwcode1", "gwcode2", "year", "min_distance_km"
            ),
        )

    @cached_property
    def distances(self) -> Distances:
        """Kilometres between states by their ids, from the latest year that a pair has."""
        ids = {
            number: actor.id
            for actor in reference.load()
            for scheme, number in actor.ids
            if scheme == "gw"
        }
        found: dict[frozenset[str], float] = {}
        for row in sorted(self.near.rows, key=lambda row: year_in(row["year"]) or 0):
            ends = [ids.get(str(year_in(row[name]))) for name in ("gwcode1", "gwcode2")]
            if None not in ends and row["min_distance_km"]:
                found[frozenset(str(end) for end in ends)] = float(row["min_distance_km"])
        return found

    def before(self, year: int) -> Graph:
        """The graph of what was known before a year: no row of that year or a later one is in it."""
        graph = open_graph("memory:")
        for told in self.support:
            take_in(graph, "ucdp-support", told.only(_earlier("year", year)))
        recent = self.alliances.only(lambda row: year - REACH <= _year(row, "year") < year)
        take_in(graph, "alliances", recent)
        for table in self.rivalries:
            take_in(graph, "rivalries", _cut(table, year))
        return graph


def support_of(path: Path) -> Table:
    """A table of support; raises `InvalidQuestion` for anything else."""
    table = table_of(path, "year")
    for columns in (SHORT, TRIADS):
        if set(columns) <= set(table.columns):
            return table
    raise InvalidQuestion(
        f"{path} is no table of support: that has the columns {', '.join(SHORT)}, or those of the "
        "triads of UCDP",
        parameter="labels",
    )


def _tables_in(folder: Path, *, some: bool) -> Sequence[Path]:
    found = sorted(folder.glob("*.csv*"))
    if some and not found:
        raise InvalidQuestion(
            f"{folder}/*.csv.gz, tables of support, are needed, and none is there", parameter="data"
        )
    return found


def _once(tables: Sequence[Table]) -> Sequence[Table]:
    """Tables of the same columns as one, each row once: what two files tell alike is one run."""
    found: dict[frozenset[str], tuple[Table, dict[frozenset[tuple[str, str]], Cells]]] = {}
    for table in tables:
        _, rows = found.setdefault(frozenset(table.columns), (table, {}))
        rows |= {frozenset(row.items()): row for row in table.rows}
    return [Table(table.columns, tuple(rows.values())) for table, rows in found.values()]


def _year(row: Cells, column: str) -> int:
    year = year_in(row[column])
    return 9999 if year is None else year


def _earlier(column: str, year: int) -> Callable[[Cells], bool]:
    return lambda row: _year(row, column) < year


def _cut(table: Table, year: int) -> Table:
    """A list of rivalries as it stood before a year: those begun, none known to have ended later."""
    first, last = ("start", "end") if "start" in table.columns else ("styear", "endyear")
    begun = table.only(_earlier(first, year))
    return begun.but(lambda row: {last: str(min(_year(row, last), year - 1))})


def take_in(graph: Graph, name: str, table: Table) -> None:
    """The rows of a table, through the importer of that name."""
    if table.rows:
        import_file(graph, format_called(name), table.packed(f"{name}.csv"), Manner(BY))
