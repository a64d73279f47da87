"""Two actors side by side: whom they have leverage over, who has over them, friends and foes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.graph.view import Citation, Values, View
from graph_service.queries.answers import Answer, NamedActor, coverage, meta, named
from graph_service.queries.budget import Budget
from graph_service.queries.explain import narrowed
from graph_service.queries.inclination import Inclined, inclined
from graph_service.queries.inclined_ties import InclinedTie, inclined_tie
from graph_service.queries.outward import Outward
from graph_service.queries.path_columns import value
from graph_service.queries.returns import Returns
from graph_service.queries.routes import Routes
from graph_service.queries.silence import silence, two_codes
from graph_service.queries.steps import Explainer, LeveragePath
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import check_range, rounded
from graph_service.queries.ways import INFLUENCE, ways
from graph_service.queries.widths import widest

MOST = 200


@dataclass(frozen=True, slots=True)
class Beside:
    """A third actor beside the two: the influence of each of them over it, or of it over each of
    them, with the strongest path of each (None where there is none)."""

    actor: NamedActor
    values: tuple[float, float]
    paths: tuple[LeveragePath | None, LeveragePath | None]


@dataclass(frozen=True, slots=True)
class Leaning:
    """A third actor to whom both are aligned or opposed, and how; `agree` where their signs do."""

    actor: NamedActor
    ties: tuple[InclinedTie, InclinedTie]
    agree: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """One of the two: its ties by relation, its influence over the other, the sum of what it has
    over everybody, and over how many that is."""

    actor: NamedActor
    relations: Mapping[str, int]
    over_other: float
    influence: float
    reach: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two actors side by side. `over` are those over whom either has influence, `by` those who have
    influence over either, most first; `friends_and_foes` those to whom both lean, and `agreement`
    the cosine of their alignments with others (None where there is nothing to compare): 1 where
    they lean alike, −1 where they lean against each other. `between` is the tie of the two."""

    actors: tuple[Profile, Profile]
    between: InclinedTie | None
    agreement: float | None
    over: tuple[Beside, ...]
    by: tuple[Beside, ...]
    friends_and_foes: tuple[Leaning, ...]
    one_origin: bool
    reason: str | None


def comparison(
    view: View, between: tuple[str, str], *, limit: int = 10, budget: Budget | None = None
) -> Answer[Comparison]:
    """The two actors with these ids side by side, with the first `limit` (1–200) of each list.

    Raises `NotFound`, and `InvalidQuestion` for equal actors.
    """
    check_range("limit", limit, MOST)
    codes = two_codes(view, between)
    sides = _Sides(view, codes, budget or Budget())
    over, by = sides.over(limit), sides.by(limit)
    leaning, tie, agreement = _leanings(view, codes, limit, sides.cited)
    covers = coverage(sides.cited, view.held_back(codes))
    silent = [told for told in (silence(view, [code]) for code in codes) if told]
    data = Comparison(
        actors=(sides.profile(0), sides.profile(1)),
        between=tie,
        agreement=agreement,
        over=over,
        by=by,
        friends_and_foes=leaning,
        one_origin=covers.origins == 1,
        reason="; ".join(silent) or None,
    )
    truncated = narrowed(view, cut=sides.cut, spent=sides.spent)
    return Answer(data, meta(view, covers, truncated, sides.cited))


class _Sides:
    """The influence of two actors, and over them."""

    def __init__(self, view: View, codes: tuple[int, int], budget: Budget) -> None:
        self._view = view
        self._codes = codes
        self._budget = budget
        self._way = ways(view.ontology)[INFLUENCE]
        self._hops = view.ontology.parameters.leverage.hops
        self.cut = self.spent = False
        self.cited: list[Citation] = []
        self._over = [self._outward(code) for code in codes]

    def profile(self, side: int) -> Profile:
        """One of the two in figures."""
        values, code = self._over[side], self._codes[side]
        return Profile(
            actor=named(self._view, code),
            relations=relations_around(self._view, code),
            over_other=float(values[self._codes[1 - side]]),
            influence=float(values.sum()),
            reach=int((values > 0).sum()),
        )

    def over(self, limit: int) -> tuple[Beside, ...]:
        """Over whom either has most."""
        actors = self._first(self._over, limit)
        return tuple(
            Beside(
                actor=named(self._view, actor),
                values=(float(self._over[0][actor]), float(self._over[1][actor])),
                paths=tuple(self._strongest(actor, list(self._codes))),  # type: ignore[arg-type]
            )
            for actor in actors
        )

    def by(self, limit: int) -> tuple[Beside, ...]:
        """Who has most over either."""
        found = [self._into(code) for code in self._codes]
        actors = self._first(found, limit)
        paths = [self._strongest(code, actors) for code in self._codes]
        return tuple(
            Beside(
                actor=named(self._view, actor),
                values=(float(found[0][actor]), float(found[1][actor])),
                paths=(paths[0][place], paths[1][place]),
            )
            for place, actor in enumerate(actors)
        )

    def _first(self, values: Sequence[Values], limit: int) -> list[int]:
        most = np.maximum(*values)
        most[list(self._codes)] = 0.0
        everybody = np.arange(len(most), dtype=np.int32)
        return [int(one) for one in widest(rounded(most), everybody, limit, self._view.actors.id)]

    def _outward(self, code: int) -> Values:
        """One actor's influence over everybody, by code."""
        outward = Outward(self._view, code, [self._way], hops=self._hops)
        targets = outward.targets()
        returns = Returns(self._view, code, self._way, hops=self._hops)
        found = np.zeros(len(self._view.actors))
        found[targets] = value(returns.exponents(targets.tolist()))
        self.cut |= outward.cut | returns.cut
        return found

    def _into(self, code: int) -> Values:
        routes = Routes(self._view, code, self._way.middle, hops=self._hops)
        found = routes.find([self._way.last], self._budget)
        self.cut |= found.cut
        self.spent |= found.spent
        return value(found.paths[0].exponents(len(self._view.actors)))

    def _strongest(self, target: int, actors: Sequence[int]) -> list[LeveragePath | None]:
        """The strongest path of each actor into a target."""
        if not actors:
            return []
        routes = Routes(
            self._view, target, self._way.middle, hops=self._hops, only=sorted(set(actors))
        )
        found = routes.find([self._way.last], self._budget)
        explainer = Explainer(self._view, target)
        for actor in actors:
            explainer.add(found.paths[0], actor, self._way, 1)
        explained = explainer.explain()
        self.cited += explained.citations
        return [paths[0] if paths else None for paths in explained.paths]


def _leanings(
    view: View, codes: tuple[int, int], limit: int, citations: list[Citation]
) -> tuple[tuple[Leaning, ...], InclinedTie | None, float | None]:
    """To whom both lean, the tie of the two, and how far they agree."""
    found: list[Inclined] = [inclined(view, [code]) for code in codes]
    places = [
        {int(other): place for place, other in enumerate(one.other.tolist())} for one in found
    ]
    tie = None
    if codes[1] in places[0]:
        tie = inclined_tie(view, found[0], places[0][codes[1]], citations)
    values = [
        {c: float(one.alignment[p]) for c, p in held.items() if c not in codes}
        for one, held in zip(found, places, strict=True)
    ]
    both = values[0].keys() & values[1].keys()
    ids = view.actors.id
    order = sorted(
        both, key=lambda c: (-round(min(abs(values[0][c]), abs(values[1][c])), 12), ids(c))
    )
    told = []
    for code in order[:limit]:
        ties = tuple(
            inclined_tie(view, one, held[code], citations)
            for one, held in zip(found, places, strict=True)
        )
        agree = values[0][code] * values[1][code] > 0
        told.append(Leaning(named(view, code), (ties[0], ties[1]), agree))
    return tuple(told), tie, _cosine(*values)


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float | None:
    sizes = [sum(value * value for value in values.values()) ** 0.5 for values in (one, other)]
    if not all(sizes):
        return None
    shared = sum(one[code] * other[code] for code in sorted(one.keys() & other.keys()))
    return float(shared / (sizes[0] * sizes[1]))
