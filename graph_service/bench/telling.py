"""Who tells of the acts of a synthetic world: outlets of many origins, month by month.

Some outlets have no origin or no date, some evidence denies, some is proposed, rejected or
retracted, some speaks of intentions; a tenth of the claims is told more than once.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph_service.bench.worlds import (
    MODALITIES,
    OUTCOMES,
    STATUSES,
    STRENGTHS,
    Claims,
    Integers,
    Pieces,
)
from graph_service.domain.claims import Modality, Status
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import day
from graph_service.domain.sources import Reliability, Source

ORIGINS = 150
UNDATED_ORIGINS = 6
WITHOUT_ORIGIN = 20
TAIL = 0.7
DAYS_OF_AN_ISSUE = 30
LATEST_ECHO = 720

TOLD_TWICE, TOLD_THRICE = 0.10, 0.02
DENIED = 0.04
QUALIFIED = 0.2
CONFIDENCES = np.array([0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
MODALITY_SHARES = {Modality.DONE: 0.92, Modality.INTENDED: 0.05}
STATUS_SHARES = {Status.ACCEPTED: 0.97, Status.PROPOSED: 0.015}


def told(
    ontology: Ontology,
    claims: Claims,
    start: Integers,
    must_be_dated: NDArray[np.bool_],
    *,
    draw: np.random.Generator,
) -> tuple[tuple[Source, ...], Pieces]:
    """The sources that tell of these claims, and the evidence that they give."""
    claim = _claims_told(len(claims), draw)
    first = np.concatenate([[True], claim[1:] != claim[:-1]])
    lag = np.where(first, 0, draw.integers(0, LATEST_ECHO, len(claim)))
    issue = (start[claim] + lag) // DAYS_OF_AN_ISSUE
    origin = _origins(must_be_dated[claim], draw)
    pairs = np.stack([origin, issue], axis=1)
    distinct, source = np.unique(pairs, axis=0, return_inverse=True)
    sources = _sources(distinct.tolist(), draw)
    return sources, _pieces(ontology, claims, claim, source.reshape(-1), draw=draw)


def _claims_told(count: int, draw: np.random.Generator) -> Integers:
    chance = draw.random(count)
    times = 1 + (chance < TOLD_TWICE).astype(np.int64) + (chance < TOLD_THRICE)
    return np.repeat(np.arange(count), times)


def _origins(must_be_dated: NDArray[np.bool_], draw: np.random.Generator) -> Integers:
    """Origins by popularity; the last few publish without a date."""
    share = (np.arange(ORIGINS) + 1.0) ** -TAIL
    drawn = draw.choice(ORIGINS, len(must_be_dated), p=share / share.sum())
    return np.where(must_be_dated, drawn % (ORIGINS - UNDATED_ORIGINS), drawn)


def _sources(issues: Sequence[Sequence[int]], draw: np.random.Generator) -> tuple[Source, ...]:
    reliabilities = draw.choice(list(Reliability), ORIGINS)
    return tuple(
        Source(
            id=f"s{origin}-{issue}",
            title=f"Outlet {origin}, issue {issue}",
            published=_published(origin, issue),
            reliability=Reliability(reliabilities[origin]),
            origin=None if origin % WITHOUT_ORIGIN == 1 else f"owner-{origin // 2}",
        )
        for origin, issue in issues
    )


def _published(origin: int, issue: int) -> str | None:
    if origin >= ORIGINS - UNDATED_ORIGINS:
        return None
    text = day((issue + 1) * DAYS_OF_AN_ISSUE)
    return text[:7] if origin % 3 == 0 else text


def _pieces(
    ontology: Ontology,
    claims: Claims,
    claim: Integers,
    source: Integers,
    *,
    draw: np.random.Generator,
) -> Pieces:
    denied = draw.random(len(claim)) < DENIED
    _, kept = np.unique(np.stack([claim, source, denied]), axis=1, return_index=True)
    claim, source, denied = claim[kept], source[kept], denied[kept]
    mediates = np.array([r.family == "mediation" for r in ontology.relations.values()])
    count = len(claim)
    return Pieces(
        claim=claim,
        source=source,
        denied=denied,
        confidence=draw.choice(CONFIDENCES, count),
        modality=_codes(MODALITIES, MODALITY_SHARES, count, draw),
        status=_codes(STATUSES, STATUS_SHARES, count, draw),
        strength=_some(draw.random(count) < QUALIFIED, len(STRENGTHS), draw),
        outcome=_some(mediates[claims.relation[claim]], len(OUTCOMES), draw),
    )


def _codes(
    values: Sequence[object],
    shares: dict[Modality, float] | dict[Status, float],
    count: int,
    draw: np.random.Generator,
) -> Integers:
    """Places among the values: by the shares given, the others alike."""
    known = {str(value): share for value, share in shares.items()}
    rest = (1 - sum(known.values())) / (len(values) - len(known))
    return draw.choice(len(values), count, p=[known.get(str(value), rest) for value in values])


def _some(where: NDArray[np.bool_], count: int, draw: np.random.Generator) -> Integers:
    """A place above 0 where it holds, else 0."""
    return np.where(where, draw.integers(1, count, len(where)), 0)
