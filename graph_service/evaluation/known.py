"""What was known before a year: the rows of data files cut there, taken in by the importers."""

import csv
import gzip
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

from graph_service import reference
from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.records import parse_record
from graph_service.importers.formats import format_called
from graph_service.importers.packed import Packed
from graph_service.imports import Manner, import_file
from graph_service.queries.latent_around import Distances
from graph_service.stores.graph import Graph, open_graph

BY = "evaluation"
CONFIDENCE = 0.9
REACH = 20
"""So many years before the one asked about alliances are read: what ended earlier weighs little."""

Cells = dict[str, str]
Pair = tuple[str, str]


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


def table_of(path: Path) -> Table:
    """A csv file, plain or gzip; raises `InvalidQuestion` where there is none."""
    if not path.is_file():
        raise InvalidQuestion(f"{path} is needed, and is not there", parameter="data")
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    with gzip.open(path, "rb") if packed else path.open("rb") as stream:
        reader = csv.DictReader(TextIOWrapper(stream, "utf-8-sig", newline=""))
        rows = tuple({k: v or "" for k, v in row.items()} for row in reader)
        return Table(tuple(reader.fieldnames or ()), rows)


def year_in(cell: str) -> int | None:
    """The year of a cell such as `1999` or `1999.0`; None where it is empty."""
    return int(float(cell)) if cell else None


@dataclass(frozen=True)
class Data:
    """The files that forecasts of support are made from: who supported which group (the labels as
    well), alliances, rivalries, and distances between states."""

    support: Table
    alliances: Table
    rivalries: Sequence[Table]
    near: Table

    @classmethod
    def of(cls, folder: Path, labels: Path | None) -> "Data":
        """The files of a folder laid out like `shared/data`; other labels may take their place."""
        support = folder / "support_esd" / "external_support_1975-2003_dev.csv.gz"
        interstate = folder / "interstate"
        return cls(
            table_of(labels or support),
            table_of(interstate / "atop_alliance.csv.gz"),
            [table_of(interstate / f"{name}_rivalries.csv.gz") for name in ("tss", "td")],
            table_of(interstate / "gw_mindist.csv.gz"),
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
        _take_in(graph, "ucdp-support", self.support.only(_earlier("year", year)))
        recent = self.alliances.only(lambda row: year - REACH <= _year(row, "year") < year)
        _take_in(graph, "alliances", recent)
        for table in self.rivalries:
            _take_in(graph, "rivalries", _cut(table, year))
        return graph


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


def _take_in(graph: Graph, name: str, table: Table) -> None:
    if table.rows:
        import_file(graph, format_called(name), table.packed(f"{name}.csv"), Manner(BY))


@dataclass(frozen=True)
class Labels:
    """Who supported whom, and who fought whom, by year, by the ids that the importer gives."""

    supporters: Mapping[int, frozenset[Pair]]
    opponents: Mapping[int, frozenset[Pair]]

    @classmethod
    def of(cls, support: Table) -> "Labels":
        """The labels of a table of support, read through the importer: what is told of a year as
        arms is support of that year, and an opponent is read like a supporter."""
        told = support.only(lambda row: bool(row["supporter"]))
        read = _pairs(told.but(lambda _: {"types_all": "w"}))
        against = told.only(lambda row: bool(row["opponent"]))
        fought = _pairs(against.but(lambda row: {"types_all": "w", "supporter": row["opponent"]}))
        return cls(read, fought)


def _pairs(table: Table) -> Mapping[int, frozenset[Pair]]:
    """Who arms whom in each year of a table."""
    graph = open_graph("memory:")
    _take_in(graph, "ucdp-support", table)
    found: dict[int, set[Pair]] = {}
    for record in graph.claims(relation="arms"):
        claim = record.claim
        found.setdefault(int(claim.when.text), set()).add((claim.subject, claim.object))
    graph.close()
    return {year: frozenset(pairs) for year, pairs in found.items()}


def tell_opponents(graph: Graph, labels: Labels, year: int) -> None:
    """Add to a graph who fought whom before a year, as the support data have it beside support."""
    source = next((one.id for one in graph.sources() if one.id.startswith("ucdp-esd")), None)
    known = {actor.id for actor in graph.actors()}
    fought: dict[Pair, list[int]] = {}
    for when in sorted(one for one in labels.opponents if one < year):
        for one, other in labels.opponents[when]:
            if one != other and {one, other} <= known:
                fought.setdefault((min(one, other), max(one, other)), []).append(when)
    told = [
        {
            "record": "claim", "subject": one, "relation": "at_war_with", "object": other,
            "when": f"{years[0]}/{'' if years[-1] == year - 1 else years[-1]}",
            "evidence": [{"source": source, "confidence": CONFIDENCE, "coder": BY,
                          "status": "accepted", "locator": "column opponent"}],
        }
        for (one, other), years in sorted(fought.items())
    ]  # fmt: skip
    graph.write([parse_record(each, graph.ontology) for each in told], by=BY)
