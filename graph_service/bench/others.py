"""The other questions beside networkx doing the same: mediators, timelines, changes, balance and
blocs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import networkx as nx
import numpy as np

from graph_service.bench.engines import Engines, Product
from graph_service.bench.questions import targets
from graph_service.bench.report import TIMES, Row
from graph_service.bench.timing import take_turns, timed
from graph_service.bench.worlds import World
from graph_service.graph.view import View
from graph_service.queries.balance import balance, chosen_actors
from graph_service.queries.blocs import blocs
from graph_service.queries.changes import changes
from graph_service.queries.inclination import among
from graph_service.queries.mediation_scores import Scores
from graph_service.queries.mediators import mediators
from graph_service.queries.timeline import timeline
from graph_service.queries.triads import triads

SECONDS = "s"
MANY = 1000
A_YEAR = 365
Pair = tuple[str, str]


def others(
    world: World, engines: Engines, *, asked: int, seed: int, seconds: float
) -> Iterator[Row]:
    """The times of questions that have goals, on warm projections; what networkx needs for those it
    can answer as well, and in how many its answer is another one."""
    draw, product = np.random.default_rng(seed), engines.product
    peer = None if engines.networkx is None else Networkx(product.view)
    pairs = _with_common_neighbours(world, draw, asked)
    yield from _mediators(product, peer, pairs, seconds / 3)
    yield from _timelines(product, targets(world, asked, draw), seconds / 3)
    yield from _changes(product, targets(world, asked, draw), seconds / 3)
    yield from _camps(product, peer)


def _mediators(
    product: Product, peer: "Networkx | None", pairs: Sequence[Pair], seconds: float
) -> Iterator[Row]:
    view, code = product.view, product.view.actors.code

    def scored(pair: Pair) -> list[tuple[str, float]]:
        found = Scores(view, (code(pair[0]), code(pair[1])), one_sided=False)
        return [
            (view.actors.id(one), float(found.score[found.place(one)])) for one in found.order(20)
        ]

    whole = take_turns({"index": lambda pair: mediators(view, pair)}, pairs, seconds=seconds)
    yield Row("mediators, p50", whole.times["index"].p50, SECONDS, 0.02)
    if peer is None:
        return
    turns = take_turns({"index": scored, "networkx": peer.mediators}, pairs, seconds=seconds)
    ours, theirs = turns.times["index"], turns.times["networkx"]
    yield Row("scores of mediators over networkx, p50", theirs.p50 / ours.p50, TIMES)
    yield Row("scores of mediators over networkx, p99", theirs.p99 / ours.p99, TIMES)
    answers = zip(turns.answers["index"], turns.answers["networkx"], strict=True)
    yield Row("answers on mediators that", sum(not _alike(*both) for both in answers), "differ", 0)


def _timelines(product: Product, actors: Sequence[str], seconds: float) -> Iterator[Row]:
    turns = take_turns(
        {"index": lambda actor: timeline(product.view, [actor])}, actors, seconds=seconds
    )
    yield Row("timeline, p50", turns.times["index"].p50, SECONDS, 0.02)


def _changes(product: Product, actors: Sequence[str], seconds: float) -> Iterator[Row]:
    since = product.view.frame.as_of - A_YEAR

    def asked(actor: str) -> object:
        return changes(product.view, [actor], since=since)

    _, cold = timed(lambda: asked(actors[0]))
    turns = take_turns({"index": asked}, actors, seconds=seconds)
    yield Row("changes of a year, the first between two days", cold, SECONDS)
    yield Row("changes of a year, p50", turns.times["index"].p50, SECONDS, 0.5)


def _camps(product: Product, peer: "Networkx | None") -> Iterator[Row]:
    found, took = timed(lambda: balance(product.view, size=MANY).data)
    yield Row(f"balance of {MANY:,} actors, with 200 deals", took, SECONDS, 5.0)
    _, took = timed(lambda: blocs(product.view, size=MANY))
    yield Row(f"blocs of {MANY:,} actors, with their stability", took, SECONDS, 5.0)
    if peer is None:
        return
    codes, _ = chosen_actors(product.view, (), MANY)
    ours, quicker = timed(lambda: triads(product.view, codes))
    theirs, slower = timed(lambda: peer.triads(codes))
    yield Row("triads over networkx", slower / quicker, TIMES)
    same = (len(ours), int((ours.products > 0).sum())) == theirs == (found.triads, found.balanced)
    yield Row("answers on balance that", float(not same), "differ", 0)


def _with_common_neighbours(world: World, draw: np.random.Generator, count: int) -> list[Pair]:
    """Two actors that have claims with a third one each; each pair drawn from another third."""
    subject, object_ = world.claims.subject, world.claims.object
    found: list[Pair] = []
    for third in draw.choice(np.unique(object_), 4 * count).tolist():
        near = np.unique(subject[object_ == third])
        if len(near) > 1 and len(found) < count:
            one, other = draw.choice(near, 2, replace=False).tolist()
            found.append((world.actors[one].id, world.actors[other].id))
    return found


def _alike(ours: Sequence[tuple[str, float]], theirs: Sequence[tuple[str, float]]) -> bool:
    mine, peers = dict(ours), dict(theirs)
    return mine.keys() == peers.keys() and all(abs(mine[a] - peers[a]) < 1e-9 for a in mine)


class Networkx:
    """What is between any two actors, as attributes of edges, and the formulae over these."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._graph: nx.Graph[int] = nx.Graph()
        families = [one.family for one in view.ontology.relations.values()]
        bonds = view.bonds
        for here in range(len(view.actors)):
            for row in range(int(bonds.start[here]), int(bonds.stop[here])):
                there = int(bonds.other[row])
                if here < there:
                    self._graph.add_edge(here, there)
                    held = self._graph[here][there]
                    family = families[bonds.relation[row]]
                    held[family] = held.get(family, 0.0) + float(bonds.mass[row])
        self._numbers = view.ontology.parameters.mediators

    def mediators(self, pair: Pair) -> list[tuple[str, float]]:
        """The twenty best mediators with their scores."""
        a, b = (self._view.actors.code(id_) for id_ in pair)
        if a not in self._graph or b not in self._graph:
            return []
        shares = [self._shares(party) for party in (a, b)]
        unknown = set(self._view.actors.of_kind("unknown"))
        both = set(shares[0]) & set(shares[1]) - {a, b} - unknown
        scored = [
            (m, (self._no3(m, a, shares[0][m]) * self._no3(m, b, shares[1][m])) ** 0.5)
            for m in both
        ]
        ids = self._view.actors.id
        scored.sort(key=lambda one: (-round(one[1], 12), ids(one[0])))
        return [(ids(m), score) for m, score in scored[:20]]

    def _shares(self, party: int) -> Mapping[int, float]:
        masses = {
            other: sum(held.get(family, 0.0) for family in self._numbers.families)
            for other, held in self._graph[party].items()
        }
        whole = sum(masses.values())
        return {other: mass / whole for other, mass in masses.items() if mass > 0}

    def _no3(self, actor: int, party: int, share: float) -> float:
        numbers = self._numbers
        t = self._graph[actor][party].get("mediation", 0.0)
        record = sum(held.get("mediation", 0.0) for held in self._graph[actor].values())
        known = record / (record + numbers.episodes)
        against = (1 - share) * (1 - numbers.mediation * t / (t + 1))
        return float(1 - against * (1 - numbers.record * known))

    def triads(self, codes: Sequence[int]) -> tuple[int, int]:
        """How many triads there are among some actors, and how many of them are balanced."""
        found = among(self._view, codes)
        least = self._view.ontology.parameters.balance.threshold
        graph: nx.Graph[int] = nx.Graph()
        columns = (found.one.tolist(), found.other.tolist(), found.alignment.tolist())
        graph.add_weighted_edges_from(
            each for each in zip(*columns, strict=True) if abs(each[2]) >= least
        )
        triangles = [c for c in nx.enumerate_all_cliques(graph) if len(c) == 3]
        signs = (
            np.prod([np.sign(graph[a][b]["weight"]) for a, b in combinations(triangle, 2)])
            for triangle in triangles
        )
        return len(triangles), sum(bool(sign > 0) for sign in signs)
