"""How routes describe themselves for `/openapi.json` and `/docs`."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Generic, TypeVar

from fastapi.routing import APIRoute
from pydantic import BaseModel

from graph_service.api.problems import (
    BODY_TOO_LARGE,
    CONFLICT,
    INVALID_PARAMETER,
    INVALID_RECORD,
    KEY_NEEDED,
    LOST_UPDATE,
    MEDIA_TYPE,
    NOT_ALLOWED,
    OVERLOADED,
    STORE_FULL,
    STORE_IN_DOUBT,
    STORE_READ_ONLY,
    STORE_UNAVAILABLE,
    UNSUPPORTED_MEDIA_TYPE,
    Kind,
)
from graph_service.api.respond import Total
from graph_service.api.shapes import Moved
from graph_service.queries.answers import Coverage, Level, NounMeta

T = TypeVar("T")
PROBLEM_SCHEMA = "Problem"
EXAMPLES = "x-examples"
REPLAYED = "Idempotency-Replayed"

Described = dict[str, Any]


class QuestionMeta(BaseModel):
    """Where an answer stands: both clocks, the last entry of the log that it saw, why it is not
    whole (null when it is), what it rests on, and up to when the log was read, where the server of
    the store does not answer now and so the answer is that of then (else null). `level` is there
    with `fold=state` only."""

    as_of: str
    known_at: str | None
    sequence: int
    truncated: str | None
    coverage: Coverage | None
    unread_since: str | None
    next_cursor: str | None = None
    level: Level | None = None


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
    unread_since: str | None
    total: Total | None = None
    next_cursor: str | None


class Listed(BaseModel, Generic[T]):
    """A page of a list."""

    data: list[T]
    meta: ListMeta


def described(
    shape: object, *kinds: Kind, examples: tuple[str, ...], tag: str, moves: bool = False
) -> Described:
    """What `router.get` takes to describe a route: the shape of its answer, the problems that it
    may meet, and requests that can be tried as they stand. What is asked about `moves` where it is
    an actor, who may go by another id."""
    responses: dict[int | str, Described] = {
        200: {"model": shape, "description": "The answer.", "headers": _HEADERS},
        304: {"description": "The answer that `If-None-Match` names still holds."},
    }
    if moves:
        responses[200]["headers"] = _HEADERS | _LINK
        responses[308] = _MOVED
    for kind in sorted(kinds, key=lambda kind: kind.status):
        responses.setdefault(kind.status, problem_described(kind))
    return {
        "responses": responses,
        "response_model": None,
        "openapi_extra": {EXAMPLES: list(examples)},
        "tags": [tag],
    }


def described_write(
    shape: object, *, body: Described, examples: Mapping[str, object], tag: str
) -> Described:
    """What `router.post` takes to describe a route: the schema of its body with examples of it,
    and the shape of its answer."""
    responses: dict[int | str, Described] = {
        200: {"model": shape, "description": "Written.", "headers": _HEADERS_OF_WRITES}
    }
    for status, kinds in groupby(_OF_WRITES, key=lambda kind: kind.status):
        responses[status] = problem_described(*kinds)
    shown = {name: {"value": value} for name, value in examples.items()}
    content = {"application/json": {"schema": body, "examples": shown}}
    return {
        "responses": responses,
        "response_model": None,
        "openapi_extra": {"requestBody": {"required": True, "content": content}},
        "tags": [tag],
    }


def described_upload(
    shape: object, *kinds: Kind, examples: Mapping[str, str], tag: str
) -> Described:
    """What `router.post` takes to describe a route that is sent a file, with examples of one, and
    answers at once what will become of it."""
    responses: dict[int | str, Described] = {
        202: {"model": shape, "description": "Accepted.", "headers": _HEADERS_OF_WRITES | _PLACE}
    }
    for status, some in groupby(sorted(kinds, key=_status), key=_status):
        responses[status] = problem_described(*some)
    shown = {name: {"value": value} for name, value in examples.items()}
    file = {"schema": {"type": "string", "format": "binary", "minLength": 1}, "examples": shown}
    body = {"required": True, "content": {"application/octet-stream": file}}
    return {
        "status_code": 202,
        "responses": responses,
        "response_model": None,
        "openapi_extra": {"requestBody": body},
        "tags": [tag],
    }


def _status(kind: Kind) -> int:
    return kind.status


def described_download(
    media_types: Iterable[str], *kinds: Kind, examples: tuple[str, ...], tag: str
) -> Described:
    """What `router.get` takes to describe a route that answers with a file of one of these media
    types; the rest as in `described`."""
    found = described(None, *kinds, examples=examples, tag=tag)
    file = found["responses"][200]
    del file["model"]
    file["description"] = "The file."
    file["content"] = {media_type: {} for media_type in media_types}
    file["headers"] = _HEADERS | _DISPOSITION
    return found


def problem_described(*kinds: Kind) -> Described:
    """Problems of one status as one of the responses of a route."""
    schema = {"$ref": f"#/components/schemas/{PROBLEM_SCHEMA}"}
    shown = {kind.name: {"value": _example(kind)} for kind in kinds}
    return {
        "description": " ".join(f"{kind.title}. {kind.meaning}" for kind in kinds),
        "content": {MEDIA_TYPE: {"schema": schema, "examples": shown}},
    }


def _example(kind: Kind) -> Described:
    return {
        "type": kind.uri,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.meaning,
        "request_id": "4f6b0e1d2c3a49588f7e6d5c4b3a2910",
    }


def operation_id(route: APIRoute) -> str:
    """The name of the handler, which is what clients may call the operation."""
    return route.name


_OF_WRITES = sorted(
    (
        KEY_NEEDED, NOT_ALLOWED, CONFLICT, LOST_UPDATE, BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE,
        INVALID_RECORD, INVALID_PARAMETER, OVERLOADED, STORE_UNAVAILABLE, STORE_IN_DOUBT,
        STORE_READ_ONLY, STORE_FULL,
    ),
    key=lambda kind: kind.status,
)  # fmt: skip
_HEADERS_OF_ALL: Described = {
    "Server-Timing": {
        "description": "How long it took, in milliseconds.",
        "schema": {"type": "string"},
    },
    "X-Request-ID": {
        "description": "The id of the request: the one given, or a new one.",
        "schema": {"type": "string"},
    },
}
_HEADERS: Described = _HEADERS_OF_ALL | {
    "ETag": {
        "description": "Names this answer; give it back in `If-None-Match`.",
        "schema": {"type": "string"},
    },
}
_DISPOSITION: Described = {
    "Content-Disposition": {
        "description": "A name for the file.",
        "schema": {"type": "string"},
    },
}
_PLACE: Described = {
    "Location": {"description": "Where it is told of.", "schema": {"type": "string"}},
}
_LINK: Described = {
    "Link": {
        "description": "`rel=next`: the next page; `rel=alternate`: the actor in Neo4j Browser, "
        "with a guide to it.",
        "schema": {"type": "string"},
    },
}
_MOVED: Described = {
    "model": Noun[Moved],
    "description": "The actor goes by another id, since somebody judged the two to be the same. "
    "Ask there; `referents` are all that go by that id.",
    "headers": {
        "Location": {"description": "The same question there.", "schema": {"type": "string"}}
    },
}
_HEADERS_OF_WRITES: Described = _HEADERS_OF_ALL | {
    REPLAYED: {
        "description": "`true` where the write was made before, under the same `Idempotency-Key`.",
        "schema": {"type": "string"},
    },
}
