"""How routes describe themselves for `/openapi.json` and `/docs`."""

from typing import Any, Generic, TypeVar

from fastapi.routing import APIRoute
from pydantic import BaseModel

from graph_service.api.problems import MEDIA_TYPE, Kind
from graph_service.api.respond import NounMeta, Total
from graph_service.queries.answers import Coverage

T = TypeVar("T")
PROBLEM_SCHEMA = "Problem"
EXAMPLES = "x-examples"

Described = dict[str, Any]


class QuestionMeta(BaseModel):
    """Where an answer stands: both clocks, the last entry of the log that it saw, why it is not
    whole (null when it is), and what it rests on."""

    as_of: str
    known_at: str | None
    sequence: int
    truncated: str | None
    coverage: Coverage | None
    next_cursor: str | None = None


class Answered(BaseModel, Generic[T]):
    """An answer to a question: data, and where it stands."""

    data: T
    meta: QuestionMeta


class Noun(BaseModel, Generic[T]):
    """One thing that is known."""

    data: T
    meta: NounMeta


class ListMeta(BaseModel):
    """Where a list stands, and where it goes on."""

    sequence: int
    as_of: None
    known_at: None
    truncated: str | None
    coverage: None
    total: Total | None = None
    next_cursor: str | None


class Listed(BaseModel, Generic[T]):
    """A page of a list."""

    data: list[T]
    meta: ListMeta


def described(shape: object, *kinds: Kind, examples: tuple[str, ...], tag: str) -> Described:
    """What `router.get` takes to describe a route: the shape of its answer, the problems that it
    may meet, and requests that can be tried as they stand."""
    responses: dict[int | str, Described] = {
        200: {"model": shape, "description": "The answer.", "headers": _HEADERS},
        304: {"description": "The answer that `If-None-Match` names still holds."},
    }
    for kind in sorted(kinds, key=lambda kind: kind.status):
        responses.setdefault(kind.status, problem_described(kind))
    return {
        "responses": responses,
        "response_model": None,
        "openapi_extra": {EXAMPLES: list(examples)},
        "tags": [tag],
    }


def problem_described(kind: Kind) -> Described:
    """A problem as one of the responses of a route."""
    example = {
        "type": kind.uri,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.meaning,
        "request_id": "4f6b0e1d2c3a49588f7e6d5c4b3a2910",
    }
    schema = {"$ref": f"#/components/schemas/{PROBLEM_SCHEMA}"}
    return {
        "description": f"{kind.title}. {kind.meaning}",
        "content": {MEDIA_TYPE: {"schema": schema, "example": example}},
    }


def operation_id(route: APIRoute) -> str:
    """The name of the handler, which is what clients may call the operation."""
    return route.name


_HEADERS: Described = {
    "ETag": {
        "description": "Names this answer; give it back in `If-None-Match`.",
        "schema": {"type": "string"},
    },
    "Server-Timing": {
        "description": "How long it took, in milliseconds.",
        "schema": {"type": "string"},
    },
    "X-Request-ID": {
        "description": "The id of the request: the one given, or a new one.",
        "schema": {"type": "string"},
    },
}
