"""Allies against rivals: whether alignment tells them apart by evidence that names neither."""

import numpy as np

from graph_service.domain.periods import parse_day
from graph_service.evaluation.events import tie_strengths
from graph_service.evaluation.known import BY, Data, Table, year_in
from graph_service.evaluation.labels import Pair
from graph_service.evaluation.metrics import Asked
from graph_service.evaluation.support import Forecasts
from graph_service.graph.view import Values
from graph_service.importers.formats import format_called
from graph_service.imports import Manner, import_file
from graph_service.queries.inclination import between
from graph_service.stores.graph import Graph, open_graph


def alignment(data: Data, graph: Graph, year: int) -> Forecasts:
    """Who is a rival, among the allies and rivals of a year, by the opposite of alignment from the
    events up to its end; a query is a state with all of its allies and rivals that it has events
    with, of which some are rivals."""
    view = graph.view(as_of=parse_day(f"{year}-12-31"))
    allies, rivals = _told(data, year)
    known = {view.actors.id(code) for code in range(len(view.actors))}
    pairs = sorted(pair for pair in allies | rivals if set(pair) <= known)
    queries, scores = list[Asked](), dict[str, list[Values]]()
    for state in sorted({end for pair in pairs for end in pair}):
        code = view.actors.code(state)
        counts = tie_strengths(view, code)
        mine = [p for p in pairs if state in p and counts[view.actors.code(_other(p, state))] > 0]
        right = np.array([pair in rivals for pair in mine], bool)
        if not right.any():
            continue
        others = [_other(pair, state) for pair in mine]
        queries.append(Asked(state, state, tuple(others), right))
        codes = [view.actors.code(one) for one in others]
        found = {
            "alignment": np.array([-between(view, code, one)[2] for one in codes]),
            "hostility": np.array([between(view, code, one)[1] for one in codes]),
            "event count": counts[codes],
        }
        for name, values in found.items():
            scores.setdefault(name, []).append(values)
    return Forecasts(queries, scores)


def _other(pair: Pair, state: str) -> str:
    return pair[1] if pair[0] == state else pair[0]


def _told(data: Data, year: int) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """The pairs that had to defend each other in a year, and the rivals; who was both is neither."""
    defending = data.alliances.only(
        lambda row: year_in(row["year"]) == year and row["atop_defense"].startswith("1")
    )
    allied = _pairs("alliances", defending)
    rivals = frozenset[Pair]().union(
        *(_pairs("rivalries", _lasting(t, year)) for t in data.rivalries)
    )
    return allied - rivals, rivals - allied


def _lasting(table: Table, year: int) -> Table:
    """The rivalries that lasted through a year."""
    first, last = ("start", "end") if "start" in table.columns else ("styear", "endyear")
    return table.only(
        lambda row: (year_in(row[first]) or 9999) <= year <= (year_in(row[last]) or 9999)
    )


def _pairs(format_name: str, table: Table) -> frozenset[Pair]:
    """The pairs that a table ties, by the ids of the importer."""
    graph = open_graph("memory:")
    if table.rows:
        import_file(graph, format_called(format_name), table.packed("pairs.csv"), Manner(BY))
    ties = (record.claim for record in graph.claims())
    found = frozenset((min(c.subject, c.object), max(c.subject, c.object)) for c in ties)
    graph.close()
    return found
