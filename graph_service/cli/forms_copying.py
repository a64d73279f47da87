"""The arguments and options of commands on one store and another, as forms."""

from dataclasses import dataclass
from typing import Annotated

from typer import Argument, Option


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyForm:
    """From which store to which, and whether to go on."""

    source: Annotated[str, Argument(metavar="SOURCE", help="The URL of a store; it is only read.")]
    target: Annotated[str, Argument(metavar="TARGET", help="The URL of its copy, which is made.")]
    follow: Annotated[bool, Option("--follow", help="Go on copying what comes, until Ctrl-C.")] = (
        False
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifyForm:
    """One store to be verified, or two to be compared."""

    one: Annotated[
        str | None,
        Argument(metavar="A", help="The URL of a store (default: --store).", show_default=False),
    ] = None
    other: Annotated[
        str | None,
        Argument(metavar="B", help="The URL of a store to compare it with.", show_default=False),
    ] = None
