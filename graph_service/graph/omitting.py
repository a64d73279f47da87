"""Which rows go where a claim, or all of one origin, is left out (`docs/method.md` §3.10)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.citations import Citer, claims_in
from graph_service.graph.fold import Fold
from graph_service.graph.scenarios import Omissions, OmittedClaim
from graph_service.graph.seen import Seen
from graph_service.graph.weights import Scale, bounds, counting


@dataclass(frozen=True, slots=True, eq=False)
class Omitted:
    """What is left out, in the codes of rows: the keys of the evidence for the omitted claims,
    sorted, with the scenario of each, and the codes of the omitted origins (-1 where unknown)."""

    keys: NDArray[np.uint64]
    claim: NDArray[np.intp]
    claims: int
    origins: tuple[int, ...]


def omitted(scale: Scale, seen: Seen, omissions: Omissions) -> Omitted:
    """The omissions in the codes of rows."""
    found = [
        (key, place)
        for place, claim in enumerate(omissions.claims)
        for key in _keys(scale, seen, claim)
    ]
    found.sort()
    known = scale.tables.sources.origins.find
    origins = (known(origin) for origin in omissions.origins)
    return Omitted(
        np.array([key for key, _ in found], np.uint64),
        np.array([place for _, place in found], np.intp),
        len(omissions.claims),
        tuple(-1 if code is None else code for code in origins),
    )


def _keys(scale: Scale, seen: Seen, claim: OmittedClaim) -> list[int]:
    """The keys of the evidence for one claim."""
    citer = Citer(scale)
    return [
        key
        for told, rows in seen.as_told((min(claim.a, claim.b), max(claim.a, claim.b)))
        for said, members in claims_in(rows)
        if citer.id_of(*told, said) == claim.id
        for key in (row[7] for row in members)
    ]


def removed(fold: Fold, omitted: Omitted) -> NDArray[np.bool_]:
    """Whether each row weighs nothing, one row a scenario: because it is left out, or because what
    is left no longer shows that its claim has begun."""
    gone = np.zeros((omitted.claims + len(omitted.origins), len(fold.rows)), bool)
    if len(omitted.keys):
        at = np.searchsorted(omitted.keys, fold.rows.key)
        at[at == len(omitted.keys)] = 0
        row = np.flatnonzero(omitted.keys[at] == fold.rows.key)
        gone[omitted.claim[at[row]], row] = True
    for place, origin in enumerate(omitted.origins, start=omitted.claims):
        gone[place] = fold.origin == origin
    if fold.scale.tables.whens.unknown_start[fold.rows.when].any():
        counts = counting(fold.rows, fold.scale)
        for scenario in np.flatnonzero(gone.any(axis=1)).tolist():
            begins, _ = bounds(
                fold.layout, fold.scale, fold.scale.frame.dates, counts & ~gone[scenario]
            )
            gone[scenario] |= begins > fold.scale.frame.as_of
    return gone
