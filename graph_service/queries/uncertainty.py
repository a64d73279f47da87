"""How sure a ranking is: intervals, tiers, floor and ceiling, and sole origins.

Formulae and choices are in `docs/method.md` §3.10 and §3.11.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph_service.domain.parameters import UncertaintyParameters
from graph_service.domain.sources import origin_shown
from graph_service.graph.scenarios import Draws
from graph_service.graph.view import Citation, Counting, Values
from graph_service.queries.budget import Budget
from graph_service.queries.counterfactuals import (
    Behind,
    Counterfactuals,
    counterfactuals,
    without_origins,
)
from graph_service.queries.otherwise import Asked, values_in
from graph_service.queries.path_columns import value
from graph_service.queries.routes import Routes
from graph_service.queries.steps import LeveragePath

ALIKE = 1e-12
"""How far apart two values may be by rounding alone."""

UNFINISHED = "the time for this question was up before its uncertainty was worked out"


@dataclass(frozen=True, slots=True)
class Uncertain:
    """How sure the value of one actor is."""

    tier: int
    interval: tuple[float, float]
    floor: float
    ceiling: float
    sole_origin: str | None
    counterfactuals: Counterfactuals | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranking to be doubted: the actors compared, the first of them first, and what is behind
    those shown. `in_full`: with counterfactuals."""

    asked: Asked
    order: Sequence[int]
    behind: Mapping[int, Behind]
    in_full: bool


def uncertainty(ranked: Ranked, budget: Budget) -> dict[int, Uncertain] | None:
    """How sure the values of the actors shown are; None where the time for it ran out."""
    asked, numbers = ranked.asked, ranked.asked.view.ontology.parameters.uncertainty
    drawn = values_in(asked, asked.view.under(Draws(numbers.draws)), budget)
    floor = _counting(asked, Counting.CORROBORATED, budget)
    ceiling = _counting(asked, Counting.PROPOSED, budget)
    sole = None if drawn is None else _sole_origins(ranked, budget)
    if drawn is None or floor is None or ceiling is None or sole is None:
        return None
    place = {actor: place for place, actor in enumerate(asked.actors)}
    tier = dict(
        zip(ranked.order, tiers(drawn[:, [place[a] for a in ranked.order]], numbers), strict=True)
    )
    found = {}
    for actor, behind in ranked.behind.items():
        told = None
        if ranked.in_full:
            told = counterfactuals(asked, actor, ranked.order, behind, budget)
            if told is None:
                return None
        at = place[actor]
        ends = interval(drawn[:, at], numbers)
        found[actor] = Uncertain(
            tier[actor], ends, float(floor[at]), float(ceiling[at]), sole[actor], told
        )
    return found


def behind(
    paths: Sequence[LeveragePath], citations: Iterable[Citation], code: Callable[[str], int]
) -> Behind:
    """What is behind an actor's paths, the strongest of which comes first."""
    known = {citation.id: citation for citation in citations}
    every = [[known[c.id] for step in path.steps for c in step.claims] for path in paths]
    claims = {claim.id: claim for path in every for claim in path}
    strongest = (origin for claim in every[0] for origin in claim.origins) if every else ()
    between = frozenset(code(id_) for path in paths for id_ in path.actors[1:-1])
    return Behind(tuple(claims.values()), frozenset(strongest), between)


def interval(values: Values, numbers: UncertaintyParameters) -> tuple[float, float]:
    """The quantiles that the ontology asks for, linear between the values.

    >>> interval(np.arange(101.0), UncertaintyParameters(101, 5, 95, 0.8, 2))
    (5.0, 95.0)
    """
    low, high = np.quantile(values, [numbers.low / 100, numbers.high / 100]).tolist()
    return low, high


def tiers(values: Values, numbers: UncertaintyParameters) -> list[int]:
    """The tier of each actor of a ranking, from their values, one row a draw: a new one starts
    where an actor loses to the head of the tier in most draws.

    >>> numbers = UncertaintyParameters(2, 5, 95, 0.8, 2)
    >>> tiers(np.array([[0.5, 0.6, 0.1], [0.5, 0.4, 0.1]]), numbers)
    [1, 1, 2]
    """
    found: list[int] = []
    head = 0
    for place in range(values.shape[1]):
        less = values[:, place] < values[:, head] - ALIKE
        loses = float(less.mean()) >= numbers.tier
        head = place if loses else head
        found.append(found[-1] + loses if found else 1)
    return found


def _counting(asked: Asked, counting: Counting, budget: Budget) -> Values | None:
    """The values of the actors where other evidence counts."""
    if budget.is_spent():
        return None
    view, way = asked.view.counted(counting), asked.way
    routes = Routes(view, asked.target, way.middle, hops=asked.hops, only=asked.actors)
    found = routes.find([way.last], budget)
    if found.spent:
        return None
    exponents = found.paths[0].exponents(len(view.actors))
    return value(exponents[list(asked.actors)])


def _sole_origins(ranked: Ranked, budget: Budget) -> dict[int, str | None] | None:
    """For each actor shown the origin without which nothing is left of its value, if one of those
    behind its strongest path is such.

    Where something is left already by the paths shown, the many others need no look.
    """
    found: dict[int, str | None] = dict.fromkeys(ranked.behind)
    doubtful = {actor: one.strongest for actor, one in ranked.behind.items() if one.strongest}
    shown = frozenset(code for one in ranked.behind.values() for code in one.between)
    for through in (frozenset[int](), shown, None):
        if not doubtful:
            break
        asked = replace(ranked.asked.of(list(doubtful)), through=through)
        left = _lost(asked, doubtful, budget)
        if left is None:
            return None
        doubtful = left
    for actor, origins in doubtful.items():
        found[actor] = origin_shown(min(origins))
    return found


def _lost(
    asked: Asked, doubtful: Mapping[int, frozenset[str]], budget: Budget
) -> dict[int, frozenset[str]] | None:
    """Of the origins named for each actor those without which it has nothing."""
    origins = sorted({origin for some in doubtful.values() for origin in some})
    left = without_origins(asked, origins, budget)
    if left is None:
        return None
    nothing = left < asked.view.ontology.parameters.leverage.path_floor
    found = {}
    for actor, some in doubtful.items():
        column = nothing[:, asked.actors.index(actor)].tolist()
        lost = frozenset(o for o, gone in zip(origins, column, strict=True) if gone) & some
        if lost:
            found[actor] = lost
    return found
