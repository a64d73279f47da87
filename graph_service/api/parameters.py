"""Every parameter that the questions take: defined once, with its meaning and an example."""

from collections.abc import Collection
from typing import Annotated, Any

from fastapi import Path, Query

from graph_service.api.spelling import DAY_MONTH_OR_YEAR
from graph_service.ask.ask import MOST_CHARACTERS
from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.identity import Verdict
from graph_service.queries.parameters import (
    LEVERAGE_HOPS,
    MAX_ID,
    NEIGHBOUR_HOPS,
    PATH_HOPS,
    PATHS,
    PATHS_OF_EACH,
    known_names_from,
)
from graph_service.questions import DIGITS, DirectionName, OrderName, SignName


def _id(what: str, example: str) -> Any:  # noqa: ANN401 - as FastAPI types it
    return Path(max_length=MAX_ID, description=f"The id of {what}.", examples=[example])


ActorId = Annotated[str, _id("an actor", "hamas")]
ClaimId = Annotated[str, _id("a claim", "c_zmkik5n6mvssngcsh2bbwykulm")]
SourceId = Annotated[str, _id("a source", "article-2024-09")]
EpisodeId = Annotated[str, _id("an episode", "gaza-talks-2024")]
Search = Annotated[
    str | None,
    Query(
        max_length=200,
        description="A name, alias or metonym to look for, tolerant of spelling. Without it, "
        "every actor is listed.",
        examples=["Tehran"],
    ),
]
NameMeant = Annotated[
    str,
    Query(
        min_length=1,
        max_length=200,
        description="A name, alias, acronym or metonym, exactly; case, accents and script do not "
        "matter.",
        examples=["Tehran"],
    ),
]
AnyActor = Annotated[
    str | None, Query(description="Only pairs of this actor.", examples=["iran"], max_length=200)
]
ActorKind = Annotated[
    str | None, Query(description="Only actors of this kind of the ontology.", examples=["state"])
]
Limit = Annotated[
    int, Query(ge=1, le=200, description="How many to give, at most.", examples=[20]), DIGITS
]
Cursor = Annotated[
    str | None,
    Query(
        max_length=1000,
        description="Where to go on: `meta.next_cursor` of the page before, as it is.",
        json_schema_extra={"pattern": "^[A-Za-z0-9_-]+$"},
    ),
]
Paths = Annotated[
    int,
    Query(
        ge=1,
        le=PATHS_OF_EACH.most,
        description="How many paths to show for each actor.",
        examples=[3],
    ),
    DIGITS,
]
By = Annotated[
    str | None,
    Query(
        max_length=MAX_ID,
        description="Only the leverage of this actor, with all of its paths.",
        examples=["iran"],
    ),
]
Uncertainty = Annotated[
    bool,
    Query(
        description="How sure each value is: interval, tier, floor, ceiling, sole origin. It is "
        "always told with `by`, and then with what each claim and origin matters.",
        examples=[True],
    ),
]
Channels = Annotated[
    str | None,
    Query(
        description="`all`, or the channels that the last step may use, separated by commas: "
        "command, carrots, access, revealed, sticks. Without it, all but sticks.",
        examples=["carrots,access"],
    ),
]
LeverageHops = Annotated[
    int,
    Query(
        ge=1,
        le=LEVERAGE_HOPS.most,
        description="How many steps a path of leverage may have.",
        examples=[3],
    ),
    DIGITS,
]
NeighbourHops = Annotated[
    int,
    Query(
        ge=1, le=NEIGHBOUR_HOPS.most, description="How far from the actor to look.", examples=[1]
    ),
    DIGITS,
]
PathHops = Annotated[
    int,
    Query(ge=1, le=PATH_HOPS.most, description="How many steps a path may have.", examples=[3]),
    DIGITS,
]
K = Annotated[
    int, Query(ge=1, le=PATHS.most, description="How many paths to give.", examples=[3]), DIGITS
]
From = Annotated[
    str,
    Query(
        alias="from",
        max_length=MAX_ID,
        description="The id of the actor to start from.",
        examples=["united-states"],
    ),
]
To = Annotated[
    str, Query(max_length=MAX_ID, description="The id of the actor to reach.", examples=["hamas"])
]
Order = Annotated[
    OrderName,
    Query(description="Which paths come first: fewest steps, strongest, or in order of time."),
]
Relations = Annotated[
    str | None,
    Query(description="Only these relations, separated by commas.", examples=["backs,mediates"]),
]
Families = Annotated[
    str | None,
    Query(description="Only relations of these families, separated by commas.",
          examples=["patronage,support"]),
]  # fmt: skip
Sign = Annotated[
    SignName | None,
    Query(
        description="Only ties of this sign: `+` friendly (`%2B` in a URL), `-` hostile, "
        "`0` neither, `mixed` both.",
        examples=["-"],
    ),
]
Direction = Annotated[
    DirectionName,
    Query(description="Which way ties point, seen from the actor.", examples=["both"]),
]
Among = Annotated[
    str | None,
    Query(description="Only ties to these actors, ids separated by commas.",
          examples=["iran,egypt,qatar"]),
]  # fmt: skip
Since = Annotated[
    str | None,
    Query(
        description="Only ties with a claim that begins then or later, as `dates` reads it (an "
        "unknown start does not), and only such claims: a day, or the first of a month or year.",
        examples=["2024-07"],
        json_schema_extra=DAY_MONTH_OR_YEAR,
    ),
]
Subject = Annotated[
    str | None,
    Query(max_length=MAX_ID, description="Only claims with this subject.", examples=["iran"]),
]
Object = Annotated[
    str | None,
    Query(max_length=MAX_ID, description="Only claims with this object.", examples=["hamas"]),
]
RelationName = Annotated[
    str | None, Query(description="Only claims of this relation.", examples=["backs"])
]
SourceName = Annotated[
    str | None,
    Query(max_length=MAX_ID, description="Only claims that this source is evidence on.",
          examples=["article-2024-09"]),
]  # fmt: skip
EitherEnd = Annotated[
    str | None,
    Query(max_length=MAX_ID, description="Only claims with this actor at either end.",
          examples=["hamas"]),
]  # fmt: skip
JudgedActor = Annotated[
    str | None,
    Query(max_length=MAX_ID, description="Only judgements on this actor, by either id.",
          examples=["hamas"]),
]  # fmt: skip
VerdictName = Annotated[
    Verdict | None, Query(description="Only judgements of this verdict.", examples=["same"])
]
EpisodeName = Annotated[
    str | None,
    Query(max_length=MAX_ID, description="Only claims that belong to this episode.",
          examples=["gaza-talks-2024"]),
]  # fmt: skip

Words = Annotated[
    str,
    Query(
        max_length=MOST_CHARACTERS,
        description="A question in plain English. A date goes anywhere in it, “as of July 2024” or "
        "“since 7 October”.",
        examples=["Who has leverage over Hamas?"],
    ),
]
MinSequence = Annotated[
    int | None,
    Query(
        ge=0,
        lt=2**63,
        description="The answer sees at least this entry of the log, such as the `meta.sequence` "
        "of what you wrote just now; the question waits for it for a short time.",
        examples=[1],
    ),
    DIGITS,
]


def one_of(text: str | None, parameter: str, known: Collection[str]) -> str | None:
    """One name of `known`, or None; raises `InvalidQuestion`."""
    if text is not None and text not in known:
        known_names_from(text, parameter, known)
        raise InvalidQuestion(f"{parameter} takes one name, not a list", parameter=parameter)
    return text
