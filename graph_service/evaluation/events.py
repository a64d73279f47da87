"""From news events to recorded supporters, and from past mediations to later ones."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from graph_service.evaluation.baselines import Network
from graph_service.evaluation.known import BY
from graph_service.evaluation.labels import Labels
from graph_service.evaluation.metrics import Asked
from graph_service.evaluation.support import Forecasts
from graph_service.graph.view import Values, View
from graph_service.importers.formats import format_called
from graph_service.importers.packed import opened
from graph_service.imports import Manner, import_file
from graph_service.queries.leverage import MOST, leverage
from graph_service.queries.mediation_scores import no3
from graph_service.stores.graph import Graph, open_graph

MEDIATION = "mediation"


def graph_of_events(path: Path, format_name: str) -> Graph:
    """A graph of nothing but the events of a file."""
    graph = open_graph("memory:")
    with opened(path) as packed:
        import_file(graph, format_called(format_name), packed, Manner(BY))
    return graph


def events(graph: Graph, support: Labels, year: int) -> Forecasts:
    """Who supports the armed groups that the labels name for a year, by the events up to its end."""
    view = graph.view(as_of=_last_day(year))
    network = Network(view)
    known = {view.actors.id(code) for code in range(len(view.actors))}
    codes = sorted(view.actors.of_kind("state"), key=view.actors.id)
    states = [view.actors.id(code) for code in codes]
    came = {pair for pair in support.supporters.get(year, ()) if set(pair) <= known}
    queries, scores = [], dict[str, list[Values]]()
    for group in sorted({g for s, g in came if s in states and g not in states}):
        right = np.array([(state, group) in came for state in states])
        queries.append(Asked(f"{group} {year}", group, tuple(states), right))
        ranked = leverage(view, group, limit=MOST, paths=1).data.ranking
        held = {entry.actor.id: entry.leverage for entry in ranked}
        found = {"leverage": np.array([held.get(state, 0.0) for state in states])}
        found["event count"] = tie_strengths(view, view.actors.code(group))[codes]
        for name, values in (found | dict(network.scores(view.actors.code(group), codes))).items():
            scores.setdefault(name, []).append(values)
    return Forecasts(queries, scores)


def mediators(graph: Graph, *, split: int) -> Forecasts:
    """Who mediates for a party after a day (an ordinal), by what was known up to it: the share of the
    formula of mediators that one party has, against counts."""
    before = graph.view(as_of=split)
    queries, scores = [], dict[str, list[Values]]()
    for party, came in _mediated_after(graph, split):
        code = before.actors.code(party)
        values = no3(before, code)
        tied = np.flatnonzero(tie_strengths(before, code) > 0).tolist()
        candidates = [one for one in tied if one != code]
        names = [before.actors.id(one) for one in candidates]
        right = np.array([name in came for name in names], bool)
        if right.any():
            queries.append(Asked(party, party, tuple(names), right))
            found = {
                "no3": values,
                "ties": tie_strengths(before, code),
                "mediations": _mediations(before),
            }
            for name, each in found.items():
                scores.setdefault(name, []).append(each[candidates])
    return Forecasts(queries, scores)


def _mediated_after(graph: Graph, split: int) -> Iterator[tuple[str, frozenset[str]]]:
    """Each party that is mediated for after a day, or asks for it, with who does or is asked."""
    found: dict[str, set[str]] = {}
    for relation in ("mediates", "asks_mediation_of"):
        for record in graph.claims(relation=relation):
            claim = record.claim
            mediator, party = claim.subject, claim.object
            if relation == "asks_mediation_of":
                mediator, party = party, mediator
            if claim.when.days().earliest > split:
                found.setdefault(party, set()).add(mediator)
    for party in sorted(found):
        yield party, frozenset(found[party])


def tie_strengths(view: View, code: int) -> Values:
    """How much there is between an actor and everybody: ties by strength, whichever way."""
    links = view.links
    at = slice(int(links.start[code]), int(links.stop[code]))
    return np.bincount(links.other[at], links.strength[at], len(view.actors)).astype(np.float64)


def _mediations(view: View) -> Values:
    """The mediation mass between everybody and anybody."""
    bonds = view.bonds
    mediates = np.array([one.family == MEDIATION for one in view.ontology.relations.values()])
    return np.array(
        [
            float(bonds.mass[start:stop][mediates[bonds.relation[start:stop]]].sum())
            for start, stop in zip(bonds.start.tolist(), bonds.stop.tolist(), strict=True)
        ]
    )


def _last_day(year: int) -> int:
    return date(year, 12, 31).toordinal()


def together(parts: Sequence[Forecasts]) -> Forecasts:
    """Forecasts of several years as one."""
    queries = [query for part in parts for query in part.queries]
    names = dict.fromkeys(name for part in parts for name in part.scores)
    return Forecasts(
        queries, {name: [v for p in parts for v in p.scores.get(name, ())] for name in names}
    )
