"""The parameters of an export, beside those that it shares with questions."""

from typing import Annotated, Literal

from fastapi import Depends, Query

from graph_service.api.parameters import Families, Relations
from graph_service.api.spelling import DAY_MONTH_OR_YEAR
from graph_service.api.standpoint import DatesRead, KnownAt, MinConfidence, standpoint
from graph_service.domain.periods import Dates
from graph_service.exporters.asked import Asked

FormatName = Annotated[
    Literal["native", "csv", "graphml", "gexf", "node-link", "cytoscape", "ftm", "cypher"],
    Query(alias="format", description="How it is written.", examples=["csv"]),
]
Actors = Annotated[
    str | None,
    Query(
        description="Only claims with one of these actors at an end, ids separated by commas.",
        examples=["iran,hamas"],
    ),
]
AmongEnds = Annotated[
    str | None,
    Query(
        description="Only claims whose other end, or without `actors` both of whose ends, are "
        "among these, ids separated by commas.",
        examples=["iran,egypt,qatar"],
    ),
]
BegunSince = Annotated[
    str | None,
    Query(
        description="Only claims that begin then or later, as `dates` reads it (an unknown start "
        "does not): a day, or the first of a month or year.",
        examples=["2023-10"],
        json_schema_extra=DAY_MONTH_OR_YEAR,
    ),
]
BegunUntil = Annotated[
    str | None,
    Query(
        description="Only claims that have begun by then, as `dates` reads it: a day, or the last "
        "of a month or year.",
        examples=["2024-09"],
        json_schema_extra=DAY_MONTH_OR_YEAR,
    ),
]
SeenOn = Annotated[
    str | None,
    Query(
        description="Only claims that questions see on that day. Without it, claims of any time.",
        examples=["2024-09-30"],
        json_schema_extra={"format": "date"},
    ),
]
Sources = Annotated[
    str | None,
    Query(
        description="Only evidence of these sources, ids separated by commas.",
        examples=["article-2024-09"],
    ),
]
States = Annotated[
    str | None,
    Query(
        description="Only claims in these states, separated by commas: accepted, disputed, denied, "
        "proposed, retracted, rejected; or `all`. Without it, those that answers rest on, accepted "
        "and disputed; in native records all.",
        examples=["accepted,disputed"],
    ),
]


async def _asked(  # noqa: PLR0913 - every parameter that an export has
    actors: Actors = None,
    among: AmongEnds = None,
    relations: Relations = None,
    families: Families = None,
    since: BegunSince = None,
    until: BegunUntil = None,
    as_of: SeenOn = None,
    known_at: KnownAt = None,
    dates: DatesRead = Dates.CERTAIN,
    min_confidence: MinConfidence = 0.0,
    sources: Sources = None,
    states: States = None,
) -> Asked:
    return Asked(
        actors=actors,
        among=among,
        relations=relations,
        families=families,
        since=since,
        until=until,
        as_of=as_of,
        known_at=(await standpoint(known_at=known_at)).known_at,
        dates=dates,
        min_confidence=min_confidence,
        sources=sources,
        states=states,
    )


AskedFor = Annotated[Asked, Depends(_asked)]
