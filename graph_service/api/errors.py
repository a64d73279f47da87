"""One table from the errors of the domain to HTTP, and the handlers that read it."""

from collections.abc import Callable, Coroutine, Mapping
from difflib import get_close_matches
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from graph_service.api import problems
from graph_service.api.catching_up import Behind
from graph_service.api.problems import Kind, Problem
from graph_service.api.turns import Overloaded
from graph_service.domain import errors
from graph_service.queries.parameters import refusal

KIND_OF: Mapping[type[errors.GraphError], Kind] = {
    errors.GraphError: problems.INTERNAL,
    errors.InvalidRecord: problems.INVALID_RECORD,
    errors.InvalidDate: problems.INVALID_RECORD,
    errors.WrongId: problems.INVALID_RECORD,
    errors.InvalidQuestion: problems.INVALID_PARAMETER,
    errors.NotFound: problems.NOT_FOUND,
    errors.Conflict: problems.CONFLICT,
    errors.LostUpdate: problems.LOST_UPDATE,
    errors.KeyNeeded: problems.KEY_NEEDED,
    errors.NotAllowed: problems.NOT_ALLOWED,
    errors.OntologyError: problems.INTERNAL,
    errors.StoreError: problems.INTERNAL,
    errors.StoreMissing: problems.STORE_DAMAGED,
    errors.StoreCorrupt: problems.STORE_DAMAGED,
    errors.StoreTooNew: problems.STORE_DAMAGED,
    errors.StoreReadOnly: problems.STORE_READ_ONLY,
    errors.StoreFull: problems.STORE_FULL,
    errors.StoreRefused: problems.STORE_UNAVAILABLE,
    errors.StoreUnavailable: problems.STORE_UNAVAILABLE,
    errors.StoreUnreachable: problems.STORE_UNAVAILABLE,
    errors.StoreInDoubt: problems.STORE_IN_DOUBT,
}

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]


def handlers() -> dict[int | type[Exception], Handler]:
    """The handler of every error that a route may raise."""
    return {
        errors.GraphError: _on_graph_error,
        Overloaded: _on_overload,
        Behind: _on_behind,
        RequestValidationError: _on_validation_error,
        HTTPException: _on_http_exception,
    }


def problem_of(error: errors.GraphError) -> Problem:
    """A domain error as a problem. What fails on our side keeps its message to the log."""
    kind = next((KIND_OF[one] for one in type(error).__mro__ if one in KIND_OF), problems.INTERNAL)
    more = {name: getattr(error, name, None) for name in ("parameter", "field", "line")}
    detail = error.message if kind.status < 500 else kind.meaning
    return Problem(kind, detail, suggestions=error.suggestions, more=more)


async def _on_graph_error(request: Request, error: errors.GraphError) -> Response:
    problem = problem_of(error)
    log, id_ = request.app.state.context.log, request.state.request_id
    if isinstance(error, errors.StoreUnavailable):
        log.warning("store unavailable", request_id=id_, reason=error.message)
    elif problem.kind.status >= 500:
        log.error("graph error", request_id=id_, exc_info=error)
    return problem.response(request.state.request_id)


async def _on_overload(request: Request, _: Overloaded) -> Response:
    kind = problems.OVERLOADED
    return Problem(kind, kind.meaning).response(request.state.request_id)


async def _on_behind(request: Request, error: Behind) -> Response:
    return Problem(problems.NOT_READY, str(error)).response(request.state.request_id)


async def _on_validation_error(request: Request, error: RequestValidationError) -> Response:
    found = [refusal(item) for item in error.errors()]
    first = found[0]
    every = [{"parameter": each.parameter, "detail": each.message} for each in found]
    more = {"parameter": first.parameter, "errors": every if len(found) > 1 else None}
    problem = Problem(
        problems.INVALID_PARAMETER, first.message, suggestions=first.suggestions, more=more
    )
    return problem.response(request.state.request_id)


async def _on_http_exception(request: Request, error: HTTPException) -> Response:
    problem = _HTTP.get(error.status_code, _refused)(request, error)
    return problem.response(request.state.request_id)


def _unknown_path(request: Request, _: HTTPException) -> Problem:
    path = request.scope["path"]
    near = get_close_matches(path, _paths(request.app), n=2)
    return Problem(problems.NOT_FOUND, f"there is no {path!r} here", suggestions=near)


def _paths(app: FastAPI) -> list[str]:
    found = (context.path for context in iter_route_contexts(app.routes))
    return [path for path in found if path is not None]


def _method_not_allowed(request: Request, error: HTTPException) -> Problem:
    allowed = set((error.headers or {}).get("Allow", "").split(", "))
    if "GET" in allowed:
        allowed.add("HEAD")
    methods = ", ".join(sorted(allowed - {""}))
    return Problem(
        problems.METHOD_NOT_ALLOWED,
        f"{request.scope['path']!r} takes {methods}",
        headers={"Allow": methods},
    )


def _refused(_: Request, error: HTTPException) -> Problem:
    kind = problems.REFUSED if error.status_code < 500 else problems.INTERNAL
    return Problem(kind, kind.meaning)


_HTTP: Mapping[int, Callable[[Request, HTTPException], Problem]] = {
    404: _unknown_path,
    405: _method_not_allowed,
}
