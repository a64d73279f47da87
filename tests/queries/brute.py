"""Ties and paths by brute force: every simple path that networkx lists, weighed one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import prod

import networkx as nx

from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates, When
from graph_service.graph.naive import NaiveView
from graph_service.graph.view import Citation, View


@dataclass(frozen=True)
class Way:
    """A path: its actors, strength and sign."""

    actors: tuple[str, ...]
    strength: float
    sign: str

    @property
    def fewest(self) -> tuple[object, ...]:
        return len(self.actors), -float(f"{self.strength:.9e}"), self.actors

    @property
    def strongest(self) -> tuple[object, ...]:
        return -float(f"{self.strength:.9e}"), len(self.actors), self.actors


@dataclass(frozen=True)
class Asked:
    """What is asked of paths, as `paths` has it."""

    hops: int
    order: str = "fewest"
    sign: str | None = None
    direction: str = "both"
    relations: frozenset[str] | None = None
    since: int | None = None


def with_hubs(ontology: Ontology, hub_ties: int) -> Ontology:
    """The vocabulary with another limit for hubs."""
    return replace(ontology, parameters=replace(ontology.parameters, hub_ties=hub_ties))


def ties_between(view: NaiveView, a: str, b: str, asked: Asked) -> list[tuple[str, str, str]]:
    """The live ties that a step from a to b can take."""
    found = []
    for tie in view.strengths:
        subject, relation, object_ = tie
        symmetric = view.ontology.relations[relation].symmetric
        outward = symmetric or (subject, object_) == (a, b)
        inward = symmetric or (subject, object_) == (b, a)
        follows = {"out": outward, "in": inward, "both": True}[asked.direction]
        counts = asked.relations is None or relation in asked.relations
        if {subject, object_} == {a, b} and follows and counts and _is_new(view, tie, asked.since):
            found.append(tie)
    return found


def _is_new(view: NaiveView, tie: tuple[str, str, str], since: int | None) -> bool:
    return since is None or any(is_new(view, claim, since) for claim in _claims(view, [tie]))


def is_new(view: View, claim: Citation, since: int) -> bool:
    """Whether it certainly began then or later, possibly where dates are read so, and anybody says
    when it began."""
    when = When.parse(claim.when)
    certain = view.frame.dates is Dates.CERTAIN
    if view.ontology.relations[claim.relation].is_event or "/" not in claim.when:
        day = when.start.earliest if certain else when.end.latest
    else:
        day = when.start.earliest if certain else when.start.latest
    return day >= since and claim.when[0] != "/"


def every_way(view: NaiveView, source: str, target: str, asked: Asked) -> list[Way]:
    """Every path of at most so many hops, in the order asked for."""
    steps = {
        (a, b): ties
        for a in ids(view)
        for b in ids(view)
        if a != b and (ties := ties_between(view, a, b, asked))
    }
    graph: nx.DiGraph[str] = nx.DiGraph(list(steps))
    unknown = {view.actors.id(code) for code in view.actors.of_kind("unknown")}
    graph.remove_nodes_from(unknown - {source, target})
    graph.add_nodes_from((source, target))
    hubs = {id_ for id_ in ids(view) if is_hub(view, id_)} - {source, target}
    ways = [
        _weighed(view, path, steps)
        for path in nx.all_simple_paths(graph, source, target, cutoff=asked.hops)
        if len(path) <= 3 or not hubs.intersection(path)
    ]
    if asked.order == "time":
        ways = [way for way in ways if _in_time(view, way, steps)]
    ways = [way for way in ways if asked.sign in (None, way.sign)]
    return sorted(ways, key=lambda way: way.strongest if asked.order == "strongest" else way.fewest)


def ids(view: NaiveView) -> list[str]:
    return [view.actors.id(code) for code in range(len(view.actors))]


def is_hub(view: NaiveView, id_: str) -> bool:
    ties = sum(id_ in (subject, object_) for subject, _, object_ in view.strengths)
    return ties > view.ontology.parameters.hub_ties


Steps = dict[tuple[str, str], list[tuple[str, str, str]]]


def _weighed(view: NaiveView, path: list[str], steps: Steps) -> Way:
    ties = [steps[step] for step in pairwise(path)]
    strengths = [1 - prod(1 - view.strengths[tie] for tie in each) for each in ties]
    signs = [sign_of(view, each) for each in ties]
    return Way(tuple(path), prod(strengths), _product(signs))


def sign_of(view: NaiveView, ties: Iterable[tuple[str, str, str]]) -> str:
    """The sign of ties together: mixed where both signs are there, whatever else is."""
    signed = {view.ontology.relations[relation].polarity for _, relation, _ in ties} - {"0"}
    return "mixed" if len(signed) == 2 else signed.pop() if signed else "0"


def _product(signs: list[str]) -> str:
    if "0" in signs or "mixed" in signs:
        return "0" if "0" in signs else "mixed"
    return "-" if signs.count("-") % 2 else "+"


def _in_time(view: NaiveView, way: Way, steps: Steps) -> bool:
    return any(
        all(choice[i].begins <= choice[j].ends for j in range(len(choice)) for i in range(j))
        for choice in product(*(_claims(view, steps[step]) for step in pairwise(way.actors)))
    )


def _claims(view: NaiveView, ties: list[tuple[str, str, str]]) -> Iterator[Citation]:
    code = view.actors.code
    for claim in view.citations(code(ties[0][0]), code(ties[0][2])):
        if (claim.subject, claim.relation, claim.object) in ties:
            yield claim
