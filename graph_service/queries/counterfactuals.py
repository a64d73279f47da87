"""What an actor's leverage would be without a claim, or without an origin (`docs/method.md` §3.10)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.domain.sources import origin_shown
from graph_service.graph.scenarios import Omissions, OmittedClaim
from graph_service.graph.view import Citation, Values
from graph_service.queries.budget import Budget
from graph_service.queries.otherwise import Asked, values_in

TRIED = 200
"""Claims, or origins, that are left out one by one at most."""

SHOWN = 20
TOGETHER = 100
"""Scenarios worked out at once; bounds memory."""

NOTHING = Omissions(origins=("\x1f",))
"""Leaves nothing out: no origin is called so."""


@dataclass(frozen=True, slots=True)
class WithoutClaim:
    """How far the value changes when all evidence for the claim with this id is left out."""

    id: str
    change: float


@dataclass(frozen=True, slots=True)
class WithoutOrigin:
    """The value when all of an origin's evidence is left out, how far it changes, and the rank then
    (None where nothing is left) and before, among the actors compared. A source without an origin
    is its own."""

    origin: str
    value: float
    change: float
    rank: int | None
    rank_before: int


@dataclass(frozen=True, slots=True)
class Counterfactuals:
    """What the claims and the origins behind an actor's leverage matter: those of the largest
    change first, with how many there are in all."""

    claims: tuple[WithoutClaim, ...]
    claims_available: int
    origins: tuple[WithoutOrigin, ...]
    origins_available: int


@dataclass(frozen=True, slots=True)
class Behind:
    """The claims that an actor's paths cite, those of the strongest path first; the origins of that
    path alone; and the codes of those in between on the paths."""

    claims: tuple[Citation, ...]
    strongest: frozenset[str]
    between: frozenset[int]

    @property
    def origins(self) -> list[str]:
        """The origins of all claims, those of the strongest path first."""
        every = dict.fromkeys(sorted(self.strongest))
        for claim in self.claims:
            every |= dict.fromkeys(sorted(claim.origins))
        return list(every)


def without_origins(asked: Asked, origins: Sequence[str], budget: Budget) -> Values | None:
    """The values of the actors without each origin, one row an origin."""
    return _in_parts(asked, [Omissions(origins=(origin,)) for origin in origins], budget)


def _in_parts(asked: Asked, single: Sequence[Omissions], budget: Budget) -> Values | None:
    found = [np.zeros((0, len(asked.actors)))]
    for start in range(0, len(single), TOGETHER):
        some = single[start : start + TOGETHER]
        together = Omissions(
            tuple(claim for one in some for claim in one.claims),
            tuple(origin for one in some for origin in one.origins),
        )
        values = values_in(asked, asked.view.under(together), budget)
        if values is None:
            return None
        found.append(values)
    return np.concatenate(found)


def without_claims(asked: Asked, claims: Sequence[Citation], budget: Budget) -> Values | None:
    """The values of the actors with everything, then without each claim, one row a claim."""
    code = asked.view.actors.code
    omitted = (OmittedClaim(one.id, code(one.subject), code(one.object)) for one in claims)
    single = [Omissions(claims=(claim,)) for claim in omitted]
    whole, left = _in_parts(asked, [NOTHING], budget), _in_parts(asked, single, budget)
    return None if whole is None or left is None else np.concatenate([whole, left])


def counterfactuals(
    asked: Asked, actor: int, order: Sequence[int], behind: Behind, budget: Budget
) -> Counterfactuals | None:
    """The counterfactuals of one actor, among the actors asked for, whose point ranking is `order`;
    None where the time ran out. Of very many claims or origins only the first are tried."""
    claims, origins = behind.claims[:TRIED], behind.origins[:TRIED]
    dropped = without_claims(asked.of([actor]), claims, budget)
    left = without_origins(asked, origins, budget)
    if dropped is None or left is None:
        return None
    place, before = asked.actors.index(actor), float(dropped[0, 0])
    changes = [
        WithoutClaim(claim.id, float(value) - before)
        for claim, value in zip(claims, dropped[1:, 0], strict=True)
    ]
    ranks = [_rank(asked, row, actor) for row in left]
    ranked = [
        WithoutOrigin(
            origin_shown(origin),
            float(row[place]),
            float(row[place]) - before,
            rank,
            order.index(actor) + 1,
        )
        for origin, row, rank in zip(origins, left, ranks, strict=True)
    ]
    changes.sort(key=lambda one: (-abs(one.change), one.id))
    ranked.sort(key=lambda one: (-abs(one.change), one.origin))
    return Counterfactuals(
        tuple(changes[:SHOWN]), len(behind.claims), tuple(ranked[:SHOWN]), len(behind.origins)
    )


def _rank(asked: Asked, values: Values, actor: int) -> int | None:
    """The actor's rank by these values, equal ones by id; None where it has no value."""
    if values[asked.actors.index(actor)] <= 0:
        return None
    id_ = asked.view.actors.id
    ordered = sorted(
        zip(asked.actors, values.tolist(), strict=True), key=lambda one: (-one[1], id_(one[0]))
    )
    return [code for code, _ in ordered].index(actor) + 1
