"""The OpenAPI document: what FastAPI makes of the routes, and what it cannot know."""

from importlib.resources import files
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from graph_service.api.describe import PROBLEM_SCHEMA, problem_described
from graph_service.api.native import DEFINITIONS
from graph_service.api.problems import (
    BODY_TOO_LARGE,
    HEADERS_TOO_LARGE,
    INTERNAL,
    KEY_NEEDED,
    MALFORMED,
    NOT_ALLOWED,
    NOT_READY,
    OVERLOADED,
    REFUSED,
    STORE_UNAVAILABLE,
    URL_TOO_LONG,
)
from graph_service.api.respond import JSON

Json = dict[str, Any]

TITLE = "Graph service"
VERSION = "1"
"""Of the interface, the one in its paths; which product answers is told by `/healthz`."""
SUMMARY = "Who has leverage over whom, each step with a date and a source."
DESCRIPTION = """\
Claims about actors, each with a date and a source, fold into a graph; questions are asked of it \
as of a day (`as_of`) and as known at a time (`known_at`).

Every answer is `{"data": …, "meta": …}`. `meta.sequence` is the last entry of the log that the \
answer saw, `meta.truncated` says why an answer is not whole, `meta.coverage` what it rests on. \
Equal questions have equal bodies; times are in the `Server-Timing` header. Lists go on at \
`meta.next_cursor`, which is also the `Link` header's `next`. Give an `ETag` back in \
`If-None-Match` to be spared an answer that you have.

Parameters that a question does not know, that are empty, or that are given twice, are refused. \
Lists are written with commas. Names are never guessed at: where a name or alias is given for an \
id, the error suggests the id.

The answers shown here are real ones, cut to the first item of each list.

To see what you wrote just now, give the `meta.sequence` of that answer as `min_sequence`. Writing \
takes a key, `Authorization: Bearer gs_…`, made by `graph-service keys add NAME --scope write`; a \
service that listens to its own machine only takes writes from there without one."""

_BEARER = "key"
_KEY: Json = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key, `gs_…`, made by `graph-service keys add`. Writing takes one of the scope "
    "`write`, but for programs on the very machine where the service listens to nobody else; "
    "reading takes one where the service is private.",
}
_PROBLEM: Json = {
    "title": PROBLEM_SCHEMA,
    "description": "What went wrong (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "The kind of problem, see `/docs#problems`."},
        "title": {"type": "string", "description": "The kind of problem, in words."},
        "status": {"type": "integer", "description": "The status of the answer."},
        "detail": {"type": "string", "description": "What happened this time."},
        "request_id": {"type": "string", "description": "Which request it was."},
        "suggestions": {
            "type": "array",
            "items": {"type": "string"},
            "description": "What may be meant.",
        },
        "parameter": {"type": "string", "description": "The parameter at fault."},
        "errors": {
            "type": "array",
            "items": {"type": "object"},
            "description": "Every parameter at fault, where there are several.",
        },
        "field": {"type": "string", "description": "The field of a record at fault."},
        "line": {"type": "integer", "description": "The line of a file at fault, from 1."},
        "limit": {
            "type": "integer",
            "description": "The limit that was passed, in bytes or records.",
        },
        "changes": {
            "type": "array",
            "items": {"type": "object"},
            "description": "What came between, entries of the claim's history, oldest first.",
        },
    },
}


_SHARED = {
    "400": (MALFORMED, REFUSED),
    "401": (KEY_NEEDED,),
    "403": (NOT_ALLOWED,),
    "413": (BODY_TOO_LARGE,),
    "414": (URL_TOO_LONG,),
    "431": (HEADERS_TOO_LARGE,),
    "503": (OVERLOADED, NOT_READY, STORE_UNAVAILABLE),
    "default": (INTERNAL,),
}
_OF_ALL = ("400", "413", "414", "431", "default")
_OF_V1 = ("401", "403")
_NO_CONTROL = r"[^\x00-\x1f\x7f-\x9f]"
_TEXT = rf"^{_NO_CONTROL}*[^\s\x00-\x1f\x7f-\x9f]{_NO_CONTROL}*$"


def document_of(app: FastAPI) -> Json:
    """The document of every route that is meant to be seen."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas |= {PROBLEM_SCHEMA: _PROBLEM, **DEFINITIONS}
    for schema in schemas.values():
        _say_from(schema)
    document["components"] |= {
        "responses": {name: problem_described(*kinds) for name, kinds in _SHARED.items()},
        "securitySchemes": {_BEARER: _KEY},
    }
    answers = orjson.loads(files("graph_service.api").joinpath("answers.json").read_bytes())
    for path, methods in document["paths"].items():
        for operation in methods.values():
            _say_what_a_parameter_is(operation)
            _say_what_goes_wrong_anywhere(operation, v1=path.startswith("/v1/"))
            if path.startswith("/v1/"):
                operation["security"] = [{_BEARER: []}, {}]
            if operation["operationId"] in answers:
                answered(operation)["content"][JSON]["example"] = answers[operation["operationId"]]
    return document


def answered(operation: Json) -> Json:
    """The response of an operation that did what it was asked to."""
    found: Json = next(told for status, told in operation["responses"].items() if status[0] == "2")
    return found


def _say_from(schema: Json) -> None:
    """`from` is no name for a field in Python, so that dataclasses have `from_`."""
    properties = schema.get("properties", {})
    if "from_" in properties:
        schema["properties"] = {name.rstrip("_"): of for name, of in properties.items()}
        schema["required"] = [name.rstrip("_") for name in schema.get("required", ())]


def _say_what_a_parameter_is(operation: Json) -> None:
    """A parameter of a URL is left out or has a value: there is no null in one, no text that is
    empty, and no control character."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        choices = [one for one in schema.pop("anyOf", ()) if one.get("type") != "null"]
        schema |= choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {}
        is_said = {"pattern", "format", "enum"} & schema.keys()
        if schema.get("type") == "string" and not is_said:
            schema["pattern"] = _TEXT


def _say_what_goes_wrong_anywhere(operation: Json, *, v1: bool) -> None:
    """The problems that are none of one route alone, beside those that it tells of itself."""
    own = operation["responses"]
    shared = [*_OF_ALL, *(_OF_V1 if v1 else ())]
    if any(one["name"] == "min_sequence" for one in operation.get("parameters", ())):
        shared.append("503")
        own.pop("503", None)
    told = {name: {"$ref": f"#/components/responses/{name}"} for name in shared}
    operation["responses"] = dict(sorted((told | own).items()))
