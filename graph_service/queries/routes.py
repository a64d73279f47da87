"""The paths by which actors have leverage over a target, and their weights (`docs/method.md` §3.7).

For a target B and every actor A at once, or for one A: the direct path, for each last
intermediary x the best simple path of at most three steps, and the stake path where B answers for
x. `last` are the families of the last step, `middle` those of the steps before it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.parameters import LeverageParameters
from graph_service.graph.rows import ragged
from graph_service.graph.view import Codes, Values, View
from graph_service.queries.budget import Budget
from graph_service.queries.dependence import (
    NO_TIE,
    Alternatives,
    Dependence,
    StepWeights,
    ranks,
    runs,
)
from graph_service.queries.path_columns import (
    NOBODY,
    Found,
    Paths,
    Reached,
    joined,
    no_paths,
    taken,
)
from graph_service.queries.stakes import stakes
from graph_service.queries.two_steps import TwoSteps
from graph_service.queries.widths import Widths, widest

SLACK = 1 - 1e-9
"""How far below the floor a path may be when it is sorted out before its weight is known to the
last digit."""


class LastStep:
    """The last step into the target B over some families, from each of its sources x.

    `strength` is D(x→B) to an ego without a tie to B of its own, `bound` the most that it can be to
    any ego; `places` are the widest x, and `rank` gives each actor's rank among them.
    """

    def __init__(self, routes: "Routes", step: StepWeights) -> None:
        dependence, target = routes.dependence, np.array([routes.target])
        self.step = step
        self.strength = dependence.strengths(target, step)
        self.bound = dependence.strengths(target, step, Alternatives.LEAST)
        order = dependence.strengths(target, step, Alternatives.NONE)
        floor, width = routes.numbers.intermediary_floor, routes.numbers.width
        eligible = np.where(routes.barred[routes.sources] | (order < floor), 0.0, order)
        self.places = widest(eligible, routes.sources, width + 1, routes.view.actors.id)
        self.cut = len(self.places) > width
        self.rank = ranks(routes.sources[self.places].tolist(), routes.dependence.actors)


class Routes:
    """Every path into one target, of all actors at once, or of `only` some; none goes through an
    actor that they are `without`, though what it supplies is still an alternative."""

    def __init__(
        self,
        view: View,
        target: int,
        middle: StepWeights,
        *,
        hops: int,
        only: Sequence[int] | None = None,
        without: int | None = None,
    ) -> None:
        self.view = view
        self.target = target
        self.middle = middle
        self.hops = hops
        self.dependence = Dependence(view)
        self.supply = view.supply
        self.numbers: LeverageParameters = view.ontology.parameters.leverage
        self.slack = self.numbers.path_floor * SLACK
        block = self.dependence.block(target)
        self.sources = self.supply.source[block]
        self.first_tie = block.start
        self.widths = Widths(view, self.dependence)
        self.unknown = self.widths.unknown
        self.barred = self.unknown.copy()
        self.barred[target] = True
        self.askers = ~self.barred
        if only is not None:
            self.askers[:] = False
            self.askers[list(only)] = ~self.barred[list(only)]
        if without is not None:
            self.barred[without] = True
        self.tie_into_target = np.full(self.dependence.actors, NO_TIE, np.int32)
        self.tie_into_target[self.sources] = np.arange(block.start, block.stop)
        self.cut = False
        self.spent = False

    def find(self, lasts: Sequence[StepWeights], budget: Budget) -> Found:
        """The paths for each way of taking the last step."""
        if self.unknown[self.target]:
            return Found(tuple(no_paths() for _ in lasts), cut=False, spent=False)
        ways = [LastStep(self, step) for step in lasts]
        places = np.unique(np.concatenate([way.places for way in ways]))
        reached = self._reach(places, ways, budget) if self.hops > 1 else None
        paths = tuple(self._paths(way, places, reached) for way in ways)
        self.cut |= self.hops > 1 and any(way.cut for way in ways)
        return Found(paths, self.cut, self.spent)

    def _paths(self, way: LastStep, places: NDArray[np.intp], reached: Reached | None) -> Paths:
        parts = [self._direct(way)]
        if reached is not None:
            parts += self._one_per_last([self._through(way, places, reached), *self._stakes(way)])
        return joined(parts)

    def _direct(self, way: LastStep) -> Paths:
        weight = np.where(self.askers[self.sources], way.strength, 0.0)
        kept = weight >= self.numbers.path_floor
        none = np.full(int(kept.sum()), NOBODY, np.int32)
        return Paths(self.sources[kept], none, none, weight[kept], none == 0)

    def _through(self, way: LastStep, places: NDArray[np.intp], reached: Reached) -> Paths:
        near = way.bound[places[reached.x]] * reached.value >= self.slack
        near &= way.rank[self.sources[places[reached.x]]] < len(way.places)
        reached = reached.at(np.flatnonzero(near))
        place = places[reached.x]
        strength = way.strength[place]
        own = self.tie_into_target[reached.actor]
        supplies = np.flatnonzero(own != NO_TIE)
        if len(supplies):
            ties = (place[supplies] + self.first_tie).astype(np.int32)
            targets = np.full(len(supplies), self.target, np.int32)
            strength[supplies] = self.dependence.seen_by(ties, targets, own[supplies], way.step)
        last = self.sources[place]
        rank = way.rank[last]
        seen = rank - (way.rank[reached.actor] < rank) < self.numbers.width
        weight = strength * reached.value
        kept = seen & (strength >= self.numbers.intermediary_floor)
        kept &= weight >= self.numbers.path_floor
        return Paths(
            reached.actor[kept], last[kept], reached.via[kept], weight[kept],
            np.zeros(int(kept.sum()), bool),
        )  # fmt: skip

    def _stakes(self, way: LastStep) -> list[Paths]:
        found = []
        for x, stake in sorted(stakes(self.view, self.target).items()):
            if self.barred[x]:
                continue
            strength = self.dependence.strengths(np.array([x]), way.step)
            source = self.supply.source[self.dependence.block(x)]
            weight = stake * strength
            kept = (weight >= self.numbers.path_floor) & self.askers[source]
            size = int(kept.sum())
            last, first = np.full(size, x, np.int32), np.full(size, NOBODY, np.int32)
            found.append(Paths(source[kept], last, first, weight[kept], first != 0))
        return found

    def _one_per_last(self, parts: list[Paths]) -> list[Paths]:
        """Of an actor's ways through one last intermediary, the strongest."""
        if len(parts) == 1:
            return parts
        staked = np.isin(parts[0].last, np.concatenate([part.last for part in parts[1:]]))
        single = taken(parts[0], np.flatnonzero(~staked))
        every = joined([taken(parts[0], np.flatnonzero(staked)), *parts[1:]])
        order = np.lexsort((every.stake, -every.weight, every.last, every.actor))
        key = every.actor.astype(np.int64) * self.dependence.actors + every.last
        return [single, taken(every, order[runs(key[order])])]

    def _reach(self, places: NDArray[np.intp], ways: list[LastStep], budget: Budget) -> Reached:
        """The best way of every actor to every last intermediary, weak ones left out."""
        xs = self.sources[places]
        parts = [self._one_step(xs)]
        if self.hops > 2 and len(xs):
            strength = np.max([way.strength[places] for way in ways], axis=0)
            bound = np.max([way.bound[places] for way in ways], axis=0)
            parts += TwoSteps(self, xs, strength, bound).parts(budget)
        x, actor, value, via = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        key = actor.astype(np.int64) * max(len(xs), 1) + x
        order = np.argsort(key)
        key, x, value, via = key[order], x[order], value[order], via[order]
        first = runs(key)
        if len(first) == 0:
            return Reached(x, actor, value, via)
        size = np.diff(np.append(first, len(key)))
        best = np.maximum.reduceat(value, first)
        chosen = value == np.repeat(best, size)
        if chosen.sum() > len(first):
            rank = self._ranks(np.where(via == NOBODY, xs[x], via), chosen)
            chosen &= rank == np.repeat(np.minimum.reduceat(rank, first), size)
        way = np.maximum.reduceat(np.where(chosen, via, NOBODY - 1), first)
        return Reached(x[first], actor[order[first]], best, way)

    def _ranks(self, codes: Codes, among: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The order by actor id of the codes at these places; all others come last."""
        unique, place = np.unique(codes[among], return_inverse=True)
        ids = [self.view.actors.id(code) for code in unique.tolist()]
        rank = np.full(len(codes), len(ids))
        rank[among] = np.argsort(np.argsort(ids))[place]
        return rank

    def _one_step(self, xs: Codes) -> tuple[NDArray[np.intp], Codes, Values, Codes]:
        ties = ragged(self.supply.start[xs], self.supply.stop[xs])
        x = np.repeat(np.arange(len(xs)), self.supply.stop[xs] - self.supply.start[xs])
        actor = self.supply.source[ties]
        value = self.dependence.along_ties(self.middle)[ties]
        kept = self.askers[actor] & (value >= self.slack)
        none = np.full(int(kept.sum()), NOBODY, np.int32)
        return x[kept], actor[kept], value[kept], none
