"""Brokers: without whom others would have least leverage.

The brokerage of m over a target B is Σ_A (L(A→B) − L₋ₘ(A→B)) over everybody else: how much
influence over B runs through m and nobody else. L₋ₘ is influence where m passes nothing on, while
what it supplies is still an alternative, as with an unknown agent. See Burt 1992, Gould & Fernandez
1989, and `docs/method.md`, "Brokers".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import Citation, Values, View
from graph_service.queries.answers import Answer, NamedActor, coverage, meta, named
from graph_service.queries.budget import Budget
from graph_service.queries.explain import narrowed
from graph_service.queries.path_columns import NOBODY, Paths, taken, value
from graph_service.queries.routes import Routes
from graph_service.queries.silence import silence
from graph_service.queries.steps import Explainer, LeveragePath
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import check_range, rounded
from graph_service.queries.ways import INFLUENCE, Way, ways
from graph_service.queries.widths import widest

MOST = 200
MOST_TARGETS = 100
SHOWN = 3
LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Brokered:
    """Whose influence over whom runs through a broker: as it is, and without the broker, with the
    strongest path through it."""

    actor: NamedActor
    over: NamedActor
    leverage: float
    without: float
    path: LeveragePath


@dataclass(frozen=True, slots=True)
class Broker:
    """One through whom others have influence: the sum that they would lose (`brokerage`), how many
    pairs of actors it is between, and those that would lose most."""

    actor: NamedActor
    brokerage: float
    pairs: int
    strongest: tuple[Brokered, ...]


@dataclass(frozen=True, slots=True)
class Brokers:
    """The brokers of influence `over` an actor, or, where it is None, over `targets` actors: all of
    them, or those that receive most. `reason` says why there are none, `available` counts the
    relations around the actor then."""

    over: NamedActor | None
    targets: int
    one_origin: bool
    ranking: tuple[Broker, ...]
    reason: str | None
    available: Mapping[str, int]


def brokers(
    view: View, over: str | None = None, *, limit: int = 20, budget: Budget | None = None
) -> Answer[Brokers]:
    """The first `limit` (1–200) brokers of influence over the actor with that id, or over everybody
    (of more than 100 actors, over the 100 that receive most). Raises `NotFound` and
    `InvalidQuestion`."""
    check_range("limit", limit, MOST)
    targets = _targets(view) if over is None else [view.actors.code(over)]
    market = _Market(view, targets, budget or Budget())
    ranked = market.ranked(limit)
    ranking, citations = market.explained(ranked)
    asked = None if over is None else targets[0]
    covers = coverage(citations, view.held_back([] if asked is None else targets))
    data = Brokers(
        over=None if asked is None else named(view, asked),
        targets=len(targets),
        one_origin=covers.origins == 1,
        ranking=ranking,
        reason=None if ranking else _reason(view, asked),
        available={} if ranking or asked is None else relations_around(view, asked),
    )
    truncated = narrowed(view, cut=market.cut, spent=market.spent)
    return Answer(data, meta(view, covers, truncated, citations))


def _reason(view: View, over: int | None) -> str:
    whom = "anybody" if over is None else view.actors.name(over)
    told = silence(view, [] if over is None else [over])
    return told or f"nobody has influence over {whom} through somebody else"


def _targets(view: View) -> list[int]:
    """Everybody who receives anything, at most so many of them."""
    supply, codes = view.supply, np.arange(len(view.actors), dtype=np.int32)
    received: Values = (supply.stop - supply.start).astype(np.float64)
    received[list(view.actors.of_kind("unknown"))] = 0.0
    return [int(code) for code in widest(received, codes, MOST_TARGETS, view.actors.id)]


@dataclass(frozen=True, slots=True, eq=False)
class _Target:
    """A target with everybody's paths into it, and their influence over it."""

    code: int
    paths: Paths
    exponents: Values
    values: Values


class _Market:
    """All paths into some targets, and what is lost without each who stands on them."""

    def __init__(self, view: View, targets: Sequence[int], budget: Budget) -> None:
        self._view = view
        self._way: Way = ways(view.ontology)[INFLUENCE]
        self._hops = view.ontology.parameters.leverage.hops
        self._budget = budget
        self.cut = self.spent = False
        self._targets: list[_Target] = []
        for place, target in enumerate(targets):
            if budget.is_spent():
                self.spent = True
                break
            self._targets.append(self._target(target))
            budget.tell((place + 1) / (2 * len(targets)))
        self._lost: dict[int, list[tuple[_Target, Values]]] = {}

    def ranked(self, limit: int) -> list[tuple[int, float]]:
        """The first brokers with their brokerage."""
        bounds = self._bounds()
        found: list[tuple[float, str, int]] = []
        for place, (bound, broker) in enumerate(bounds):
            if len(found) >= limit and bound <= -sorted(found)[limit - 1][0]:
                break
            if self._budget.is_spent():
                self.spent = True
                break
            exact = self._exactly(broker)
            if exact > LEAST:
                id_ = self._view.actors.id(broker)
                found.append((-float(rounded(exact)), id_, broker))
            self._budget.tell(0.5 + (place + 1) / (2 * len(bounds)))
        return [(broker, -loss) for loss, _, broker in sorted(found)[:limit]]

    def explained(
        self, ranked: Sequence[tuple[int, float]]
    ) -> tuple[tuple[Broker, ...], list[Citation]]:
        """The brokers with whom they stand between, and what that rests on."""
        citations: list[Citation] = []
        found = []
        for broker, loss in ranked:
            pairs = [
                (float(lost[actor]), target, int(actor))
                for target, lost in self._lost[broker]
                for actor in np.flatnonzero(lost > LEAST)
            ]
            ids = self._view.actors.id
            pairs.sort(key=lambda one: (-float(rounded(one[0])), ids(one[2]), ids(one[1].code)))
            shown = [self._brokered(broker, *one, citations) for one in pairs[:SHOWN]]
            found.append(Broker(named(self._view, broker), loss, len(pairs), tuple(shown)))
        return tuple(found), citations

    def _target(self, code: int) -> _Target:
        paths = self._find(code)
        exponents = paths.exponents(len(self._view.actors))
        return _Target(code, paths, exponents, value(exponents))

    def _find(self, target: int, without: int | None = None) -> Paths:
        routes = Routes(self._view, target, self._way.middle, hops=self._hops, without=without)
        found = routes.find([self._way.last], self._budget)
        self.cut |= found.cut
        self.spent |= found.spent
        return found.paths[0]

    def _bounds(self) -> list[tuple[float, int]]:
        """The most that could be lost without each, largest first: no way around it is found."""
        bounds: dict[int, float] = {}
        for target in self._targets:
            for broker in _between(target.paths):
                lost = self._without_paths(target, broker)
                bounds[broker] = bounds.get(broker, 0.0) + float(lost.sum())
        ids = self._view.actors.id
        ordered = sorted(bounds.items(), key=lambda one: (-float(rounded(one[1])), ids(one[0])))
        return [(bound, broker) for broker, bound in ordered]

    def _without_paths(self, target: _Target, broker: int) -> Values:
        """What everybody else loses where the paths through a broker go, and none comes instead."""
        through = _through(target.paths, broker)
        gone = taken(target.paths, np.flatnonzero(through)).exponents(len(target.values))
        left = value(np.maximum(target.exponents - gone, 0.0))
        return _others(np.where(gone > 0, target.values - left, 0.0), broker)

    def _exactly(self, broker: int) -> float:
        """The brokerage of one; who loses what is remembered."""
        self._lost[broker] = []
        for target in self._targets:
            if not _through(target.paths, broker).any():
                continue
            if (target.paths.first == broker).any():
                left = value(self._find(target.code, broker).exponents(len(target.values)))
                lost = _others(target.values - left, broker)
            else:
                lost = self._without_paths(target, broker)
            self._lost[broker].append((target, lost))
        return sum(float(lost.sum()) for _, lost in self._lost[broker])

    def _brokered(
        self, broker: int, lost: float, target: _Target, actor: int, citations: list[Citation]
    ) -> Brokered:
        mine = target.paths.actor == actor
        through = np.flatnonzero(_through(target.paths, broker) & mine)
        explainer = Explainer(self._view, target.code)
        explainer.add(taken(target.paths, through), actor, self._way, 1)
        explained = explainer.explain()
        citations += explained.citations
        path = explained.paths[0][0]
        share = float(np.log1p(-path.weight)) / -float(target.exponents[actor])
        leverage = float(target.values[actor])
        return Brokered(
            actor=named(self._view, actor),
            over=named(self._view, target.code),
            leverage=leverage,
            without=leverage - lost,
            path=replace(path, share=share),
        )


def _between(paths: Paths) -> list[int]:
    codes = np.unique(np.concatenate([paths.last, paths.first]))
    return [code for code in codes.tolist() if code != NOBODY]


def _through(paths: Paths, broker: int) -> NDArray[np.bool_]:
    through: NDArray[np.bool_] = (paths.last == broker) | (paths.first == broker)
    return through


def _others(lost: Values, broker: int) -> Values:
    """What everybody but the broker itself loses."""
    lost = np.maximum(lost, 0.0)
    lost[broker] = 0.0
    return lost
