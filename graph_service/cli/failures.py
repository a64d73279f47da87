"""What went wrong, in one or two lines, and the exit code that says so to a script."""

import os

from pydantic import ValidationError
from rich.console import Console
from typer import BadParameter, TyperException

from graph_service.domain.errors import (
    Conflict,
    GraphError,
    InvalidQuestion,
    InvalidRecord,
    KeyNeeded,
    NotAllowed,
    NotFound,
    OntologyError,
    StoreError,
    StoreMissing,
)
from graph_service.queries.parameters import wrong_in_words

ANSWERED = 0
NO_RESULT = 1
USAGE = 2
REFUSED = 3
UNAVAILABLE = 4
INTERRUPTED = 130
BROKEN = 70

EXITS: tuple[tuple[type[BaseException], int], ...] = (
    (NotFound, NO_RESULT),
    (InvalidQuestion, USAGE),
    (InvalidRecord, REFUSED),
    (Conflict, REFUSED),
    (KeyNeeded, REFUSED),
    (NotAllowed, REFUSED),
    (OntologyError, UNAVAILABLE),
    (StoreError, UNAVAILABLE),
    (TyperException, USAGE),
    (ValidationError, USAGE),
    (FileNotFoundError, USAGE),
    (IsADirectoryError, USAGE),
    (PermissionError, USAGE),
    (UnicodeDecodeError, REFUSED),
    (OSError, UNAVAILABLE),
    (KeyboardInterrupt, INTERRUPTED),
)

_IDS = (
    "Ids look like e_… (evidence) and c_… (claims): graph-service decide --list shows those that "
    "wait, --format json those that an answer cites."
)
_SHIPPED = "The dossier that ships makes one: graph-service import native gaza-mediation"


def exit_code(error: BaseException) -> int:
    """The exit code of an error; one that nobody foresaw is a fault of the program (70)."""
    return next((code for kind, code in EXITS if isinstance(error, kind)), BROKEN)


def report(error: BaseException, err: Console) -> int:
    """Say what went wrong, where, and what to do; answers the exit code."""
    for line in in_lines(error, "graph-service: "):
        err.print(line, markup=False, soft_wrap=True)
    return exit_code(error)


def in_lines(error: BaseException, program: str = "") -> list[str]:
    """What went wrong, and where something is known about it, what to do."""
    return [line for line in (f"{program}{_what(error)}", _remedy(error)) if line]


def is_debugging() -> bool:
    """Whether a developer wants tracebacks: GRAPH_SERVICE_DEBUG is set."""
    return bool(os.environ.get("GRAPH_SERVICE_DEBUG"))


def _what(error: BaseException) -> str:
    places = "".join(f"{note}: " for note in getattr(error, "__notes__", ()))
    match error:
        case BadParameter(param=param, __cause__=ValidationError() as cause) if param is not None:
            return wrong_in_words(param.get_error_hint().replace("'", ""), cause.errors()[0])
        case TyperException():
            return error.format_message()
        case ValidationError():
            return "; ".join(f"{_setting(one['loc'])}: {one['msg']}" for one in error.errors())
        case OSError(strerror=str() as reason, filename=str() as name):
            return f"{name}: {reason}"
        case KeyboardInterrupt():
            return "interrupted"
        case _ if exit_code(error) == BROKEN:
            return f"a fault of this program: {type(error).__name__}: {error}"
        case _:
            return f"{places}{error}"


def _setting(place: tuple[int | str, ...]) -> str:
    return "GRAPH_SERVICE_" + "_".join(map(str, place)).upper()


def _remedy(error: BaseException) -> str:
    if isinstance(error, GraphError) and error.suggestions:
        return f"Did you mean: {', '.join(error.suggestions)}?"
    if isinstance(error, NotFound) and error.noun in ("evidence", "claim"):
        return _IDS
    if isinstance(error, TyperException):
        return "See graph-service --help, or --help behind the command."
    if exit_code(error) == BROKEN:
        return "Set GRAPH_SERVICE_DEBUG=1 to see where, and report it."
    return _SHIPPED if isinstance(error, StoreMissing) else ""
