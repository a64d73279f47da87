"""The parameters of the questions about two, about many and about time."""

from typing import Annotated

from fastapi import Query

from graph_service.api.spelling import DAY_MONTH_OR_YEAR, DAY_OR_TIME, IDS
from graph_service.queries.parameters import CAMP_SIZE, MAX_ID
from graph_service.questions import DIGITS
from graph_service.questions.pairs import StepName

_DAY = {"format": "date"}
MOST_IN_A_URL = 5_000
"""Characters of a list of ids; with all else, a URL of 8,192 bytes holds it."""

Between = Annotated[
    str,
    Query(
        max_length=2 * MAX_ID + 1,
        description="The ids of two actors, with a comma between them.",
        examples=["israel,hamas"],
        json_schema_extra=IDS,
    ),
]
Changing = Annotated[
    str,
    Query(
        max_length=MAX_ID,
        description="The id of the actor about whom things may have changed.",
        examples=["hamas"],
    ),
]
OtherActor = Annotated[
    str | None,
    Query(
        max_length=MAX_ID,
        description="Only what changed between the actor and this one.",
        examples=["israel"],
    ),
]
Belligerents = Annotated[
    bool,
    Query(
        description="Rank those too who used force against a party within the last year.",
        examples=[True],
    ),
]
OneSided = Annotated[
    bool,
    Query(
        description="Rank those too who are tied to one party alone; the other side counts .02.",
        examples=[True],
    ),
]
TrendSince = Annotated[
    str | None,
    Query(
        description="Where the trend begins: a day, or the first of a month or year. Without it, "
        "five years before the day asked about.",
        examples=["2020"],
        json_schema_extra=DAY_MONTH_OR_YEAR,
    ),
]
TrendStep = Annotated[
    StepName, Query(description="How far apart the days of the trend are.", examples=["month"])
]
Actors = Annotated[
    str,
    Query(
        max_length=MOST_IN_A_URL,
        description="The ids of up to 20 actors, separated by commas.",
        examples=["hamas"],
        json_schema_extra=IDS,
    ),
]
Together = Annotated[
    bool,
    Query(
        description="Only claims between two of the actors, and episodes that two of them are in.",
        examples=[True],
    ),
]
HoldsSince = Annotated[
    str | None,
    Query(
        description="Only claims that hold then or later: a day, or the first of a month or year.",
        examples=["2023-10"],
        json_schema_extra=DAY_MONTH_OR_YEAR,
    ),
]
HoldsUntil = Annotated[
    str | None,
    Query(
        description="Only claims that began by then: a day, or the last of a month or year.",
        examples=["2024-07"],
        json_schema_extra=DAY_MONTH_OR_YEAR,
    ),
]
OneActor = Annotated[
    str | None,
    Query(max_length=MAX_ID, description="The id of the actor.", examples=["hamas"]),
]
OverActor = Annotated[
    str | None,
    Query(
        max_length=MAX_ID,
        description="Only influence over the actor with this id. Without it, over everybody (of "
        "more than 100 actors, over the 100 that receive most).",
        examples=["hamas"],
    ),
]
Earlier = Annotated[
    str | None,
    Query(
        alias="from",
        description="The earlier day. Without it, the later one where `known_from` is given, so that "
        "only knowledge changes, and else a year before.",
        examples=["2024-06-30"],
        json_schema_extra=_DAY,
    ),
]
Later = Annotated[
    str | None,
    Query(
        description="The later day. Without it, `as_of`.",
        examples=["2024-09-30"],
        json_schema_extra=_DAY,
    ),
]
KnownEarlier = Annotated[
    str | None,
    Query(
        description="The earlier state of knowledge: a day, which means its end (UTC), or an RFC "
        "3339 time. Without it, the later one, and only the world changes.",
        examples=["2026-11-22"],
        json_schema_extra=DAY_OR_TIME,
    ),
]
KnownLater = Annotated[
    str | None,
    Query(
        description="The later state of knowledge. Without it, `known_at`.",
        examples=["2026-11-22"],
        json_schema_extra=DAY_OR_TIME,
    ),
]
SomeActors = Annotated[
    str | None,
    Query(
        max_length=MOST_IN_A_URL,
        description="The ids of the actors that are looked at, separated by commas. Without it, "
        "those with most friendship and hostility between them and others.",
        examples=["israel,hamas,iran,united-states"],
        json_schema_extra=IDS,
    ),
]
Size = Annotated[
    int,
    Query(
        ge=1,
        le=CAMP_SIZE.most,
        description="How many actors are looked at, where none is named.",
        examples=[200],
    ),
    DIGITS,
]
