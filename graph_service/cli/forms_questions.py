"""What can be written of the questions about two, about many and about time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from typer import Argument, Option

from graph_service.cli.forms import ActorName, Families, OneSign, Relations, Standing
from graph_service.queries.alignment import Step
from graph_service.queries.parameters import (
    CAMP_SIZE,
    COMPARISON_LIMIT,
    RANKED_LIMIT,
    TIMELINE_LIMIT,
)

OneActor = Annotated[str, Argument(metavar="ACTOR", help="An actor: an id, a name or an alias.")]
OtherActor = Annotated[str, Argument(metavar="OTHER", help="The other one.")]
SomeActors = Annotated[
    list[str] | None,
    Argument(metavar="[ACTOR…]", help="The actors (default: those with most between them)."),
]
Many = Annotated[
    int, Option(min=1, max=RANKED_LIMIT.most, help="How many are told, at most, of each list.")
]
Size = Annotated[
    int,
    Option(min=1, max=CAMP_SIZE.most, help="How many actors are looked at, where none is named."),
]
Day = Annotated[str | None, Option(metavar="DAY", help="A day, month or year.")]


@dataclass(frozen=True, kw_only=True, slots=True)
class PairForm(Standing):
    """Two actors."""

    one: OneActor
    other: OtherActor


@dataclass(frozen=True, kw_only=True, slots=True)
class MediatorsForm(PairForm):
    """Who could mediate between two actors."""

    limit: Many = RANKED_LIMIT.usual
    belligerents: Annotated[
        bool,
        Option("--belligerents", help="Rank those too who used force against a party of late."),
    ] = False
    one_sided: Annotated[
        bool, Option("--one-sided", help="Rank those too who are tied to one party alone.")
    ] = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AlignmentForm(PairForm):
    """How aligned two actors are."""

    since: Annotated[
        str | None,
        Option(metavar="DAY", help="Where the trend begins (default: five years before)."),
    ] = None
    step: Annotated[Step, Option(help="How far apart the days of the trend are.")] = Step.YEAR


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparisonForm(PairForm):
    """Two actors side by side."""

    limit: Many = COMPARISON_LIMIT.usual


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineForm(Standing):
    """What was told of actors."""

    actors: Annotated[
        list[str], Argument(metavar="ACTOR…", help="The actors: ids, names, aliases.")
    ]
    together: Annotated[
        bool,
        Option(
            "--together",
            help="Only claims between two of the actors, and episodes that two are in.",
        ),
    ] = False
    since: Day = None
    until: Day = None
    relations: Relations = None
    families: Families = None
    sign: OneSign = None
    limit: Annotated[
        int, Option(min=1, max=TIMELINE_LIMIT.most, help="How many claims a page has.")
    ] = TIMELINE_LIMIT.usual
    cursor: Annotated[str | None, Option(help="Where the last page ended.")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangesForm(Standing):
    """What changed."""

    actor: ActorName
    other: Annotated[
        str | None, Argument(metavar="[OTHER]", help="Only what changed between the two.")
    ] = None
    from_: Annotated[
        str | None, Option("--from", metavar="DAY", help="The earlier day, 2023-10-01.")
    ] = None
    to: Annotated[
        str | None, Option(metavar="DAY", help="The later day (default: --as-of, or today).")
    ] = None
    known_from: Annotated[
        str | None,
        Option(metavar="TIME", help="The earlier state of knowledge (default: the later)."),
    ] = None
    known_to: Annotated[
        str | None, Option(metavar="TIME", help="The later one (default: --known-at, or now).")
    ] = None
    limit: Many = RANKED_LIMIT.usual


@dataclass(frozen=True, kw_only=True, slots=True)
class BlocsForm(Standing):
    """Who stands with whom."""

    actors: SomeActors = None
    size: Size = CAMP_SIZE.usual


@dataclass(frozen=True, kw_only=True, slots=True)
class BalanceForm(BlocsForm):
    """Who does not go together."""

    limit: Many = RANKED_LIMIT.usual


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokersForm(Standing):
    """Through whom others have influence."""

    over: Annotated[
        str | None, Argument(metavar="[ACTOR]", help="Over this actor (default: over anybody).")
    ] = None
    limit: Many = RANKED_LIMIT.usual


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverageForm(Standing):
    """What is not known."""

    actor: Annotated[
        str | None, Argument(metavar="[ACTOR]", help="Of this actor (default: of anybody).")
    ] = None
    limit: Many = RANKED_LIMIT.usual


@dataclass(frozen=True, kw_only=True, slots=True)
class LatentForm(Standing):
    """Which states may support a group unseen."""

    actor: ActorName
    limit: Many = RANKED_LIMIT.usual


FORMS: Mapping[str, type[Standing]] = {
    "mediators": MediatorsForm,
    "timeline": TimelineForm,
    "changes": ChangesForm,
    "alignment": AlignmentForm,
    "balance": BalanceForm,
    "blocs": BlocsForm,
    "brokers": BrokersForm,
    "comparison": ComparisonForm,
    "coverage": CoverageForm,
    "latent": LatentForm,
}
"""The form of each of these questions, by its name, which is that of its command."""
