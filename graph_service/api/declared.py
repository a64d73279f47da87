"""Refuses what a route did not ask for: unknown parameters, the same one twice, empty ones."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request

from graph_service.domain.errors import InvalidQuestion
from graph_service.queries.parameters import check_parameter


class DeclaredOnly:
    """A dependency of every route; what a route declares is looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    async def __call__(self, request: Request) -> None:
        """Raise `InvalidQuestion` for the first parameter of the query that will not do."""
        if not request.url.query:
            return
        known = self._declared_by(request.scope["route"])
        seen: set[str] = set()
        for name, value in request.query_params.multi_items():
            check_parameter(name, value, known)
            if name in seen:
                raise InvalidQuestion(
                    f"{name} is given twice; lists are written with commas", parameter=name
                )
            seen.add(name)

    def _declared_by(self, route: APIRoute) -> frozenset[str]:
        if route.path not in self._known:
            self._known[route.path] = frozenset(_query_names(route.dependant))
        return self._known[route.path]


def _query_names(dependant: Dependant) -> Iterator[str]:
    for field in dependant.query_params:
        yield field.alias
    for needed in dependant.dependencies:
        yield from _query_names(needed)
