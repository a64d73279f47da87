"""Leverage of some actors over one target in many scenarios at once (`docs/method.md` §3.10, §3.11).

The ways are those of `routes`: which last intermediaries and which first ones are looked at is as
the view itself has it; how strong each way is, and which is the best, each scenario says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.rows import ragged, starts
from graph_service.graph.scenarios import Alternates
from graph_service.graph.view import Codes, Values, View
from graph_service.queries.budget import Budget
from graph_service.queries.currents import Currents, Places
from graph_service.queries.dependence import NO_TIE, Dependence
from graph_service.queries.path_columns import value
from graph_service.queries.stakes import stakes
from graph_service.queries.ways import Way
from graph_service.queries.widths import Widths

TOGETHER = 16
"""Last intermediaries that are looked at together; bounds memory."""

FAR = 1 << 30
"""The rank of whoever is not in a list."""

Table: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose leverage over whom is asked for, and how it is taken. The actors are codes, each once,
    ascending. With `through` only paths through these are looked at, so that what is found is the
    least that it can be."""

    view: View
    target: int
    way: Way
    hops: int
    actors: tuple[int, ...]
    through: frozenset[int] | None = None

    def of(self, actors: Sequence[int]) -> "Asked":
        """The same of other actors."""
        return replace(self, actors=tuple(sorted(set(actors))))


def values_in(asked: Asked, alternates: Alternates, budget: Budget) -> Values | None:
    """The leverage of each actor, one row a scenario; None where the time for it ran out."""
    return _Leverage(asked, alternates).values(budget)


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Paths of actors (by their place among those asked for) through last intermediaries, with
    their weights in every scenario."""

    actor: Places
    x: NDArray[Any]
    weight: Values

    def at(self, places: Places) -> "_Columns":
        return _Columns(self.actor[places], self.x[places], self.weight[:, places])


class _Leverage:
    def __init__(self, asked: Asked, alternates: Alternates) -> None:
        self._view = view = asked.view
        self._asked = asked
        self._alternates = alternates
        self._numbers = view.ontology.parameters.leverage
        self._dependence = Dependence(view)
        self._widths = Widths(view, self._dependence)
        self._supply = view.supply
        self._place = np.full(self._dependence.actors, -1)
        actors = np.array(asked.actors, np.int32)
        able = (actors != asked.target) & ~self._widths.unknown[actors]
        self._place[actors[able]] = np.flatnonzero(able)
        self._exponents = np.zeros((len(alternates), len(actors)))
        self.followed = np.full(self._dependence.actors, asked.through is None)
        self.followed[list(asked.through or ())] = True

    def values(self, budget: Budget) -> Values | None:
        """The leverage of each actor by scenario."""
        if self._widths.unknown[self._asked.target]:
            return self._exponents
        last = _LastStep(self)
        self._add(last.direct())
        held = stakes(self._view, self._asked.target) if self._asked.hops > 1 else {}
        staked = np.array([x for x in sorted(held) if self.followed[x]], np.int32)
        parts = [self._staked(staked)] if len(staked) else []
        places = np.flatnonzero(self.followed[last.x] & (self._asked.hops > 1))
        for start in range(0, len(places), TOGETHER):
            if budget.is_spent():
                return None
            columns = last.through(places[start : start + TOGETHER])
            beside = np.isin(columns.x, staked)
            parts.append(columns.at(np.flatnonzero(beside)))
            self._add(columns.at(np.flatnonzero(~beside)))
        if parts:
            self._add(_strongest(parts))
        return value(self._exponents)

    def ties_into(self, targets: Codes) -> tuple[Codes, Codes, Places]:
        """The ties of the actors asked for into these targets: tie, target, whose."""
        start, stop = self._supply.start[targets], self._supply.stop[targets]
        ties = ragged(start, stop)
        target = np.repeat(targets, stop - start)
        whose = self._place[self._supply.source[ties]]
        kept = np.flatnonzero(whose >= 0)
        return ties[kept].astype(np.int32), target[kept], whose[kept]

    def currents(self, ties: Codes, targets: Codes) -> Currents:
        """What flows along ties, by scenario."""
        return Currents(self._view, self._alternates, ties, targets)

    def _add(self, columns: _Columns) -> None:
        weight = np.where(columns.weight >= self._numbers.path_floor, columns.weight, 0.0)
        order = np.argsort(columns.actor, kind="stable")
        actor, start = np.unique(columns.actor[order], return_index=True)
        if len(actor):
            loss = -np.log1p(-weight.take(order, axis=1))
            self._exponents[:, actor] += np.add.reduceat(loss, start, axis=1)

    def _staked(self, held: Codes) -> _Columns:
        """The stake paths: what is done to x is done to the target."""
        held = held[~self._widths.unknown[held]]
        stake = self._alternates.stakes(self._asked.target, held)
        ties, x, whose = self.ties_into(held)
        strength = self.currents(ties, x).strengths(np.arange(len(ties)), self._asked.way.last)
        return _Columns(whose, x, strength * stake.take(np.searchsorted(held, x), axis=1))


class _LastStep:
    """The last steps into the target, from the widest x and from the actors themselves."""

    def __init__(self, over: _Leverage) -> None:
        self._over = over
        self._asked = asked = over._asked
        self._numbers = over._numbers
        target = asked.target
        into = over._widths.into(target, asked.way.last)
        self.x: Codes = over._supply.source[into]
        own, _, whose = over.ties_into(np.array([target], np.int32))
        ties = np.concatenate([into, own])
        self._currents = over.currents(ties, np.full(len(ties), target, np.int32))
        self._own = np.full(len(asked.actors), NO_TIE)
        self._own[whose] = np.arange(len(into), len(ties))
        self._rank = np.full(len(asked.actors), FAR)
        listed = np.flatnonzero(over._place[self.x] >= 0)
        self._rank[over._place[self.x[listed]]] = listed

    def direct(self) -> _Columns:
        """The direct paths."""
        whose = np.flatnonzero(self._own != NO_TIE)
        strength = self._currents.strengths(self._own[whose], self._asked.way.last)
        return _Columns(whose, np.full(len(whose), NO_TIE, np.int32), strength)

    def through(self, places: Places) -> _Columns:
        """The paths through some of the x."""
        reach = _Reach(self._over, self.x[places]).best()
        x, whose = places[reach.x], reach.actor
        inside = x - (self._rank[whose] < x) < self._numbers.width
        kept = np.flatnonzero(inside)
        x, whose = x[kept], whose[kept]
        strength = self._currents.strengths(x, self._asked.way.last, self._own[whose])
        strength[strength < self._numbers.intermediary_floor] = 0.0
        return _Columns(whose, self.x[x], strength * reach.weight[:, kept])


class _Reach:
    """The ways of the actors to some last intermediaries, in one step or two."""

    def __init__(self, over: _Leverage, x: Codes) -> None:
        self._over = over
        self._x = x
        self._middle = over._asked.way.middle
        self._edge, self._edge_x, self._rank = self._edges()
        source = over._supply.source
        first = np.unique(source[self._edge])
        first = first[over.followed[first]]
        into_y = over.ties_into(first)
        into_x = over.ties_into(x)
        self._one_x = np.searchsorted(np.sort(x), into_x[1])
        self._one_x = np.argsort(x, kind="stable")[self._one_x]
        self._one, self._two = into_x[2], into_y[2]
        self._y = into_y[1]
        y = source[self._edge]
        useful = np.flatnonzero(np.isin(y, self._y) & over.followed[y])
        self._edge = self._edge[useful]
        self._edge_x, self._rank = self._edge_x[useful], self._rank[useful]
        parts = (into_x, into_y, (self._edge, x[self._edge_x]))
        ties = np.concatenate([part[0] for part in parts])
        self._currents = over.currents(ties, np.concatenate([part[1] for part in parts]))
        self._second = len(into_x[0])
        self._third = self._second + len(into_y[0])

    def _edges(self) -> tuple[Codes, Places, Places]:
        """The steps y → x that are looked at, their x's places, and each y's rank among them."""
        over = self._over
        source, lists = over._supply.source, []
        for x in self._x.tolist() if over._asked.hops > 2 else ():
            into = over._widths.into(x, self._middle)
            lists.append(into[source[into] != over._asked.target])
        sizes = [len(each) for each in lists]
        ranks = [np.arange(size) for size in sizes]
        none = np.empty(0, np.intp)
        return (
            np.concatenate([*lists, np.empty(0, np.int32)]),
            np.repeat(np.arange(len(sizes)), sizes),
            np.concatenate([*ranks, none]),
        )

    def best(self) -> _Columns:
        """The best way of each actor to each x (by its place)."""
        one = self._currents.strengths(np.arange(self._second), self._middle)
        own = np.full((len(self._x), len(self._over._asked.actors)), NO_TIE)
        own[self._one_x, self._one] = np.arange(self._second)
        return _strongest([_Columns(self._one, self._one_x, one), self._through(own)])

    def _through(self, own: Table) -> _Columns:
        edge, whose, tie = self._ways()
        x = self._edge_x[edge]
        supplied = own[x, whose] != NO_TIE
        edges = np.arange(len(self._edge))
        alone = self._currents.strengths(self._third + edges, self._middle)
        strength = alone.take(edge, axis=1)
        seen = np.flatnonzero(supplied)
        strength[:, seen] = self._currents.strengths(
            self._third + edge[seen], self._middle, own[x[seen], whose[seen]]
        )
        first = self._currents.strengths(np.arange(self._second, self._third), self._middle)
        strength *= first.take(tie, axis=1)
        return _Columns(whose, x, strength)

    def _ways(self) -> tuple[Places, Places, Places]:
        """Every way A → y → x: its edge, its actor, and its tie A → y."""
        y = self._over._supply.source[self._edge]
        order = np.argsort(self._y, kind="stable")
        ordered = self._y[order]
        low, high = np.searchsorted(ordered, y), np.searchsorted(ordered, y, side="right")
        edge = np.repeat(np.arange(len(y)), high - low)
        tie = order[ragged(low, high)]
        whose = self._two[tie]
        actors = np.array(self._over._asked.actors)
        x = self._edge_x[edge]
        rank = self._own_ranks()
        inside = self._rank[edge] - (rank[x, whose] < self._rank[edge]) < self._over._numbers.width
        kept = np.flatnonzero(inside & (actors[whose] != self._x[x]))
        return edge[kept], whose[kept], tie[kept]

    def _own_ranks(self) -> Table:
        """The rank of each actor itself among those who supply each x."""
        ranks = np.full((len(self._x), len(self._over._asked.actors)), FAR)
        whose = self._over._place[self._over._supply.source[self._edge]]
        listed = np.flatnonzero(whose >= 0)
        ranks[self._edge_x[listed], whose[listed]] = self._rank[listed]
        return ranks


def _strongest(parts: Sequence[_Columns]) -> _Columns:
    """Of an actor's ways to or through one x the strongest, in each scenario."""
    whose = np.concatenate([part.actor for part in parts])
    x = np.concatenate([part.x for part in parts])
    weight = np.concatenate([part.weight for part in parts], axis=1)
    order = np.lexsort((x, whose))
    whose, x = whose[order], x[order]
    first = starts((whose[1:] != whose[:-1]) | (x[1:] != x[:-1]), len(x))
    if len(first) < len(x):
        weight = np.maximum.reduceat(weight.take(order, axis=1), first, axis=1)
    else:
        weight = weight.take(order, axis=1)
    return _Columns(whose[first], x[first], weight)
