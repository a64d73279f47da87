"""Lists part by part: how far one page goes, and the cursor that says where the next one starts.

A list is read as places and items, the places ascending; an item None is a place passed over, so
that a long search for few items can stop when its time is up and go on from where it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.requests import Request

from graph_service.queries.budget import Budget
from graph_service.queries.pages import Place, cursor_of, place_of

T = TypeVar("T")
_NOT_PART_OF_THE_QUESTION = frozenset({"cursor", "limit", "min_sequence"})


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """The items of one page, and the place after which the next goes on (None at the end). A page
    is `cut` when time ended it."""

    items: tuple[T, ...]
    goes_on_after: int | None
    cut: bool = False


def part_of(places: Iterable[tuple[int, T | None]], *, limit: int, budget: Budget) -> Part[T]:
    """The first `limit` items, or as many as there was time for.

    >>> part_of([(1, "a"), (2, None), (3, "b"), (4, "c")], limit=2, budget=Budget())
    Part(items=('a', 'b'), goes_on_after=3, cut=False)
    """
    items: list[T] = []
    last = 0
    for place, item in places:
        if item is not None and len(items) == limit:
            return Part(tuple(items), last)
        if item is not None:
            items.append(item)
        last = place
        if budget.is_spent():
            return Part(tuple(items), last, cut=True)
    return Part(tuple(items), None)


def cursor_after(place: int, request: Request, *, sequence: int) -> str:
    """An opaque cursor, which only this question takes."""
    return cursor_of(Place(place, sequence), _question(request))


def place_after(cursor: str | None, request: Request) -> int:
    """The place that a cursor names, 0 without one; raises `InvalidQuestion`."""
    return 0 if cursor is None else place_of(cursor, _question(request)).offset


def _question(request: Request) -> object:
    asked = request.query_params.items()
    kept = sorted((name, value) for name, value in asked if name not in _NOT_PART_OF_THE_QUESTION)
    return request.url.path, kept
