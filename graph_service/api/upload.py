"""Files that are sent: the one route whose bodies may be large, and take their time."""

from collections.abc import Callable, MutableMapping
from typing import Any

from starlette.types import Scope

from graph_service.settings import Settings

PATH = "/v1/imports"
LEAST_RATE = 1_024
"""So many bytes a second a file has to arrive at, or its sender is dropped."""
_GRANT = "graph_service.upload"


def is_upload(scope: Scope) -> bool:
    """Whether a request is one that sends a file."""
    return bool(scope["method"] == "POST" and scope["path"] == PATH)


def largest_body(scope: Scope, settings: Settings) -> int:
    """How many bytes the body of a request may have."""
    return settings.import_limit if is_upload(scope) else settings.body_limit


def offer(scope: MutableMapping[str, Any], grant: Callable[[], None]) -> None:
    """Let the app call `grant`, once it knows that whoever asks may send a file."""
    if is_upload(scope):
        scope["extensions"] = {**(scope.get("extensions") or {}), _GRANT: grant}


def let_arrive(scope: Scope) -> None:
    """Let a large body arrive, as slowly as it may; until then it is bounded like any other."""
    grant: Callable[[], None] | None = (scope.get("extensions") or {}).get(_GRANT)
    if grant is not None:
        grant()
