"""The OpenAPI document: what FastAPI makes of the routes, and what it cannot know."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from graph_service.api.describe import PROBLEM_SCHEMA, problem_described
from graph_service.api.problems import INTERNAL

Json = dict[str, Any]

TITLE = "Graph service"
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
id, the error suggests the id."""

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
        "limit": {"type": "integer", "description": "The limit that was passed, in bytes."},
    },
}


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
    schemas[PROBLEM_SCHEMA] = _PROBLEM
    for schema in schemas.values():
        _say_from(schema)
    for methods in document["paths"].values():
        for operation in methods.values():
            operation["responses"]["default"] = problem_described(INTERNAL)
    return document


def _say_from(schema: Json) -> None:
    """`from` is no name for a field in Python, so that dataclasses have `from_`."""
    properties = schema.get("properties", {})
    if "from_" in properties:
        schema["properties"] = {name.rstrip("_"): of for name, of in properties.items()}
        schema["required"] = [name.rstrip("_") for name in schema.get("required", ())]
