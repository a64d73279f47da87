"""What can be written on the command line: every command's arguments and options, as a form.

A form is a frozen dataclass whose fields are the parameters, so that a parameter that several
commands share is spelt once. `as_command` makes the function that typer wants of a form and of what
is done with it.
"""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields, replace
from typing import Annotated, Any, TypeVar, get_type_hints

import typer
from typer import Argument, Option

from graph_service.cli.desk import Desk, Format
from graph_service.domain.periods import Dates
from graph_service.graph.view import Fold
from graph_service.queries.parameters import (
    LEVERAGE_HOPS,
    LEVERAGE_LIMIT,
    NEIGHBOUR_HOPS,
    NEIGHBOUR_LIMIT,
    PATH_HOPS,
    PATHS,
    PATHS_OF_EACH,
)
from graph_service.queries.paths import Order
from graph_service.queries.ties import Direction, Sign

F = TypeVar("F")

StoreUrl = Annotated[
    str | None,
    Option(
        "--store",
        metavar="URL",
        help="The store: sqlite:PATH, memory:, bolt://HOST.",
        show_default=False,
    ),
]


ActorName = Annotated[str, Argument(metavar="ACTOR", help="An actor: an id, a name or an alias.")]
Relations = Annotated[
    str | None, Option(metavar="NAMES", help="Only these relations, separated by commas.")
]
Families = Annotated[
    str | None, Option(metavar="NAMES", help="Only these families, separated by commas.")
]
OneDirection = Annotated[Direction, Option(help="Which way ties point, seen from the start.")]
OneSign = Annotated[Sign | None, Option(help="Only ties of this sign.")]
AnswerFormat = Annotated[
    Format | None, Option(help="Default: table on a terminal, JSON when piped.")
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where a question stands, on both clocks, and how its answer is shown."""

    as_of: Annotated[
        str | None, Option(metavar="DAY", help="The world's clock, 2024-09-30 (default: today).")
    ] = None
    known_at: Annotated[
        str | None,
        Option(metavar="TIME", help="The store's clock: a day or an RFC 3339 time (default: now)."),
    ] = None
    dates: Annotated[Dates, Option(help="How uncertain dates are read.")] = Dates.CERTAIN
    min_confidence: Annotated[
        float, Option(min=0, max=1, help="Only evidence coded with at least this confidence.")
    ] = 0.0
    fold: Annotated[
        Fold, Option(help="Between whom: actors as named, or the states that they act for.")
    ] = Fold.NONE
    format: AnswerFormat = None


@dataclass(frozen=True, kw_only=True, slots=True)
class InfluenceForm(Standing):
    """Over whom an actor has leverage."""

    actor: ActorName
    channels: Annotated[
        str | None,
        Option(metavar="NAMES", help="Restrict the last step to these channels, or 'all'."),
    ] = None
    hops: Annotated[
        int, Option(min=1, max=LEVERAGE_HOPS.most, help="How many steps a path may have.")
    ] = LEVERAGE_HOPS.usual
    limit: Annotated[
        int, Option(min=1, max=LEVERAGE_LIMIT.most, help="How many actors are listed.")
    ] = LEVERAGE_LIMIT.usual
    paths: Annotated[
        int | None,
        Option(
            min=1,
            max=PATHS_OF_EACH.most,
            help=f"Paths for each actor (default: {PATHS_OF_EACH.usual}; a table shows 1).",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LeverageForm(InfluenceForm):
    """Who has leverage over an actor."""

    by: Annotated[
        str | None, Option(metavar="ACTOR", help="Only this actor's, with every path.")
    ] = None
    uncertainty: Annotated[
        bool, Option("--uncertainty", help="How sure each value is; always told with --by.")
    ] = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NeighboursForm(Standing):
    """What ties an actor has."""

    actor: ActorName
    hops: Annotated[int, Option(min=1, max=NEIGHBOUR_HOPS.most, help="How far to go.")] = (
        NEIGHBOUR_HOPS.usual
    )
    relations: Relations = None
    families: Families = None
    sign: OneSign = None
    direction: OneDirection = Direction.BOTH
    among: Annotated[
        str | None, Option(metavar="ACTORS", help="Only ties with these, separated by commas.")
    ] = None
    since: Annotated[
        str | None,
        Option(metavar="DAY", help="Only claims that begin then or later: a day, month or year."),
    ] = None
    limit: Annotated[
        int, Option(min=1, max=NEIGHBOUR_LIMIT.most, help="How many actors are listed.")
    ] = NEIGHBOUR_LIMIT.usual
    cursor: Annotated[str | None, Option(help="Where the last page ended.")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PathsForm(Standing):
    """How two actors connect."""

    source: Annotated[str, Argument(metavar="FROM", help="An actor: an id, a name or an alias.")]
    target: Annotated[str, Argument(metavar="TO", help="The other one.")]
    k: Annotated[int, Option(min=1, max=PATHS.most, help="How many paths.")] = PATHS.usual
    hops: Annotated[
        int, Option(min=1, max=PATH_HOPS.most, help="How many steps a path may have.")
    ] = PATH_HOPS.usual
    order: Annotated[Order, Option(help="Which path comes first.")] = Order.FEWEST
    sign: OneSign = None
    relations: Relations = None
    families: Families = None
    direction: OneDirection = Direction.BOTH


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForm:
    """A question in plain words."""

    words: Annotated[
        list[str], Argument(metavar="WORDS…", help="A question in plain English, without quotes.")
    ]
    format: AnswerFormat = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportForm:
    """Which files of native records are taken in, and whether their clocks are kept."""

    files: Annotated[
        list[str],
        Argument(
            metavar="FILE…", help="Files of native records, the name of a dossier, or `reference`."
        ),
    ]
    keep_history: Annotated[
        bool, Option("--keep-history", help="Keep the clocks and decisions of the files.")
    ] = False
    by: Annotated[str, Option(metavar="NAME", help="Who writes, as the log will say.")] = "desk"


@dataclass(frozen=True, kw_only=True, slots=True)
class NoForm:
    """Nothing but the store."""


def as_command(
    form: type[F], act: Callable[[Desk, F], int], *, takes_store: bool = True
) -> Callable[..., int]:
    """The function that typer reads a command from: its parameters are the fields of the form.

    What it answers is the exit code. `--store` may stand before the command and behind it, unless
    the command names its stores itself.
    """

    def command(ctx: typer.Context, store: str | None = None, **values: object) -> int:
        desk = ctx.find_object(Desk)
        if desk is None:
            raise RuntimeError("the command line was not entered through its callback")
        return act(replace(desk, store=store) if store else desk, form(**values))

    parameters = [
        _parameter("ctx", typer.Context, inspect.Parameter.empty),
        *_parameters(form),
    ]
    if takes_store:
        parameters.append(_parameter("store", StoreUrl, None))
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    command.__doc__ = act.__doc__
    return command


def _parameters(form: type) -> list[inspect.Parameter]:
    hints = get_type_hints(form, include_extras=True)
    found = [_parameter(each.name, hints[each.name], _default(each)) for each in fields(form)]
    return sorted(found, key=lambda each: each.default is not inspect.Parameter.empty)


def _parameter(name: str, annotation: object, default: object) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


def _default(field: Field[Any]) -> object:
    return inspect.Parameter.empty if field.default is MISSING else field.default
