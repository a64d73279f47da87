"""From where a question looks, as its parameters say it: defined once, with meaning and example."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query

from graph_service.api.spelling import DAY_OR_TIME
from graph_service.domain.periods import Dates
from graph_service.graph.view import Fold
from graph_service.queries.parameters import as_of_from, known_at_from

_EATEN_PLUS = re.compile(r" (?=\d\d:?\d\d$)")

AsOf = Annotated[
    str | None,
    Query(
        description="The day in the world that is asked about. Without it, today (UTC).",
        examples=["2024-09-30"],
        json_schema_extra={"format": "date"},
    ),
]
KnownAt = Annotated[
    str | None,
    Query(
        description="Only what the store knew then: a day, which means its end (UTC), or an "
        "RFC 3339 time. Without it, everything.",
        examples=["2026-11-22"],
        json_schema_extra=DAY_OR_TIME,
    ),
]
DatesRead = Annotated[
    Dates,
    Query(
        description="How uncertain dates are read: ties that certainly hold (`certain`), or also "
        "those that possibly do (`possible`).",
        examples=["possible"],
    ),
]
MinConfidence = Annotated[
    float,
    Query(
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="Only evidence coded with at least this confidence.",
        examples=[0.5],
    ),
]
Folded = Annotated[
    Fold,
    Query(
        description="Between whom: actors as they are named (`none`), or the states that they "
        "head, hold office in, represent, are part or an organ of then (`state`). Whom the "
        "question names goes by its own name all the same.",
        examples=["state"],
    ),
]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where a question looks: both clocks, the reading of dates, the least confidence, and
    between whom."""

    as_of: int | None = None
    known_at: datetime | None = None
    dates: Dates = Dates.CERTAIN
    min_confidence: float = 0.0
    fold: Fold = Fold.NONE


def without_eaten_plus(time: str | None) -> str | None:
    """A time in which the plus sign of its zone, read as a space in a URL, is one again."""
    return time and _EATEN_PLUS.sub("+", time)


async def standpoint(
    as_of: AsOf = None,
    known_at: KnownAt = None,
    dates: DatesRead = Dates.CERTAIN,
    min_confidence: MinConfidence = 0.0,
    fold: Folded = Fold.NONE,
) -> Standpoint:
    """The standpoint that the parameters give; raises `InvalidQuestion`."""
    return Standpoint(
        as_of=as_of_from(as_of),
        known_at=known_at_from(without_eaten_plus(known_at)),
        dates=dates,
        min_confidence=min_confidence,
        fold=fold,
    )


At = Annotated[Standpoint, Depends(standpoint)]
