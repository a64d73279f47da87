"""One kind of question put to the index and its peers: who asks what, and when answers agree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graph_service.bench.compare import same_influence, same_leverage, same_ties
from graph_service.bench.engines import Engines, Product
from graph_service.bench.networkx_answer import Peer
from graph_service.bench.networkx_masses import Masses
from graph_service.bench.networkx_paths import fewest_hops
from graph_service.bench.networkx_ties import ClaimGraph
from graph_service.bench.questions import pairs, targets, ties_questions
from graph_service.bench.worlds import World


@dataclass(frozen=True, slots=True)
class Rival:
    """A peer's way to answer, and whether its answer to a question agrees with the index's: None
    where it has no answer to compare."""

    ask: Callable[[Any], Any]
    same: Callable[[Any, Any, Any], bool | None]
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Duel:
    """A kind of question. `goal` of a rival is the least ratio of times, by `measure`; after
    `seconds` no further question is asked."""

    name: str
    asked: Sequence[Any]
    index: Callable[[Any], Any]
    rivals: Mapping[str, Rival]
    measure: str = "p50"
    rounds: int = 3
    seconds: float = field(default=float("inf"))


@dataclass(frozen=True, slots=True)
class Plan:
    """How many questions of each kind are asked, and for how many seconds leverage at most."""

    ties: int = 2000
    two_hops: int = 300
    paths: int = 300
    targets: int = 12
    seconds: float = 150.0
    seed: int = 1


def duels(world: World, engines: Engines, plan: Plan) -> tuple[Duel, ...]:
    """Every kind of question that the engines at hand can be compared on."""
    draw = np.random.default_rng(plan.seed)
    found = [_ties(world, engines, plan, draw), _two_hops(world, engines, plan, draw)]
    networkx = engines.networkx
    if networkx is not None:
        found.append(_paths(engines.product, networkx, pairs(world, plan.paths, draw)))
        asked = targets(world, plan.targets, draw)
        found.append(_leverage(engines.product, networkx, asked, plan.seconds))
    return tuple(found)


def _ties(world: World, engines: Engines, plan: Plan, draw: np.random.Generator) -> Duel:
    """Ties of an actor of some relations and a minimal strength, as of the world's day."""
    product, networkx, sqlite = engines.product, engines.networkx, engines.sqlite
    asked = ties_questions(world, plan.ties, draw)
    product.prepare(asked)
    rivals = {}
    if networkx is not None:
        rivals["networkx"] = Rival(
            networkx.ties,
            lambda q, ours, theirs: same_ties(product.named(ours), theirs, q.filter.minimum),
            goal=4.0,
        )
    if sqlite is not None:
        named = sqlite.named
        rivals["SQLite"] = Rival(
            sqlite.ties,
            lambda q, ours, theirs: same_ties(product.named(ours), named(theirs), q.filter.minimum),
        )
    return Duel("ties of an actor", asked, product.ties, rivals)


def _two_hops(world: World, engines: Engines, plan: Plan, draw: np.random.Generator) -> Duel:
    """The actors within two hops, hubs not expanded on the way."""
    product, networkx, sqlite = engines.product, engines.networkx, engines.sqlite
    rivals = {}
    if networkx is not None:
        rivals["networkx"] = Rival(
            networkx.two_hops, lambda _, ours, theirs: product.ids(ours) == theirs, goal=7.0
        )
    if sqlite is not None:
        ids = sqlite.ids
        rivals["SQLite"] = Rival(
            sqlite.two_hops, lambda _, ours, theirs: product.ids(ours) == ids(theirs)
        )
    asked = [one for one, _ in pairs(world, plan.two_hops, draw)]
    return Duel("two hops", asked, product.two_hops, rivals)


def _paths(product: Product, networkx: ClaimGraph, asked: Sequence[tuple[str, str]]) -> Duel:
    """A path of fewest hops between two actors; of equally long ones any will do."""
    rival = Rival(
        lambda ends: fewest_hops(networkx, *ends),
        lambda _, ours, theirs: len(ours or ()) == len(theirs or ()),
    )
    return Duel("shortest path", asked, product.path, {"networkx": rival})


def _leverage(product: Product, networkx: ClaimGraph, asked: Sequence[str], seconds: float) -> Duel:
    """Leverage over hubs and others: the first twenty with paths and claims, projections warm.

    The index gives its whole answer. The formula as written gives the ranking by influence with
    its evidence; tuned, networkx gives the whole answer too.
    """
    peer = Peer(Masses(product.view), networkx)
    rivals = {
        "networkx": Rival(
            peer.as_written, lambda _, ours, theirs: same_influence(ours, theirs), goal=50.0
        ),
        "tuned networkx": Rival(peer.leverage, lambda _, ours, theirs: same_leverage(ours, theirs)),
    }
    return Duel(
        name="leverage with evidence",
        asked=asked,
        index=product.leverage,
        rivals=rivals,
        measure="mean",
        rounds=1,
        seconds=seconds,
    )
