"""Who supported which armed group, and who fought it, as evidence coded by others has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_service.domain.records import parse_record
from graph_service.evaluation.known import BY, Cells, Table, take_in
from graph_service.importers.spells import said
from graph_service.importers.ucdp_support_columns import SHORT
from graph_service.stores.graph import Graph, open_graph

CONFIDENCE = 0.9
SHORTENED = (*SHORT, "opponent")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Labels:
    """Who supported whom, and who fought whom, by year, by the ids that the importer gives. `asked`
    are the groups that are asked about in a year."""

    supporters: Mapping[int, frozenset[Pair]]
    opponents: Mapping[int, frozenset[Pair]]
    asked: Mapping[int, frozenset[str]]

    @classmethod
    def of(cls, labels: Sequence[Table], support: Sequence[Table] = ()) -> "Labels":
        """The labels of tables of support, and what else is known of support, read through the
        importer: what is told of a year as arms is support of that year, and an opponent is read
        like a supporter."""
        told = [short(table) for table in (*labels, *support)]
        asked = _pairs(told[: len(labels)], "supporter")
        return cls(
            _pairs(told, "supporter"),
            _pairs(told, "opponent"),
            {year: frozenset(group for _, group in pairs) for year, pairs in asked.items()},
        )

    @property
    def years(self) -> range:
        """From the third year that is told of to the last: before that, little is known."""
        asked, told = [*self.asked], [*self.supporters]
        return range(max(min(asked), min(told) + 2), max(asked) + 1) if asked else range(0)


def short(table: Table) -> Table:
    """A table of support in the short form. Of triads, what is only alleged is left out, and the
    opponent is the other side of the dyad.

    >>> row = {"year": "1990", "actor_name": "A", "ext_name": "B", "ext_alleged": "0",
    ...        "dyad_name": "Government of C - A"}
    >>> short(Table(tuple(row), (row,))).rows[0]["opponent"]
    'Government of C'
    """
    if "types_all" in table.columns:
        told = tuple({name: row.get(name, "") for name in SHORTENED} for row in table.rows)
        return Table(SHORTENED, told)
    sure = table.only(lambda row: not said(row["ext_alleged"]))
    rows = ({"year": r["year"], "recipient": r["actor_name"], "supporter": r["ext_name"],
             "opponent": _opponent(r), "types_all": "w"} for r in sure.rows)  # fmt: skip
    return Table(SHORTENED, tuple(rows))


def _opponent(row: Cells) -> str:
    sides = row.get("dyad_name", "").split(" - ")
    others = [side for side in sides if side != row["actor_name"]]
    return others[0] if len(sides) == 2 and len(others) == 1 else ""


def _pairs(tables: Sequence[Table], column: str) -> Mapping[int, frozenset[Pair]]:
    """Who stands in a column beside whom, in each year."""
    graph = open_graph("memory:")
    for table in tables:
        told = table.only(lambda row: bool(row["supporter"] and row[column]))
        read = told.but(lambda row: {"types_all": "w", "supporter": row[column]})
        take_in(graph, "ucdp-support", read)
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
