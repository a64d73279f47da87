"""Lists that are read page by page, as far as somebody looks."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, overload

from graph_service.client.connection import Connection
from graph_service.client.frames import listed_frame
from graph_service.client.markup import name, table, tag
from graph_service.client.reading import read

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")
PAGE = 200
SHOWN = 10


class Listing(Sequence[T]):
    """A list of the service's. It is fetched a page at a time while one goes through it; `len`
    and `.df` fetch the rest. What was fetched is kept, and does not change any more.

    >>> [actor.name for actor in graph.actors(kind="state")[:3]]
    ['Israel', 'United States', 'Russia']
    """

    def __init__(
        self, connection: Connection, path: str, kind_: type[T], /, **filters: object
    ) -> None:
        self._connection = connection
        self._path = path
        self._kind = kind_
        self._filters = filters
        self._items: list[T] = []
        self._cursor: str | None = None
        self._whole = False

    def __iter__(self) -> Iterator[T]:
        place = 0
        while self._has(place):
            yield self._items[place]
            place += 1

    def __len__(self) -> int:
        while not self._whole:
            self._fetch()
        return len(self._items)

    def __bool__(self) -> bool:
        return self._has(0)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        last = place.stop if isinstance(place, slice) else place
        if last is None or last < 0:
            len(self)
        else:
            self._has(last)
        return self._items[place]

    @cached_property
    def df(self) -> "pandas.DataFrame":
        """All of it as a table of pandas, a column a field."""
        return listed_frame(self._kind, list(self))

    def __repr__(self) -> str:
        more = "" if self._has(SHOWN) else f" of {len(self)}"
        first = "".join(f"\n  {item!r}" for item in self[:SHOWN])
        return f"<Listing{more}:{first}{'' if more else chr(10) + '  …'}>"

    def _repr_html_(self) -> str:
        names = [field.name for field in fields(self._kind)] if is_dataclass(self._kind) else []
        rows = [[_cell(getattr(item, field)) for field in names] for item in self[:SHOWN]]
        more = tag("div", "and more: go through it, or see .df") if self._has(SHOWN) else ""
        return str(tag("div", table(names, rows), more))

    def _has(self, place: int) -> bool:
        while len(self._items) <= place and not self._whole:
            self._fetch()
        return len(self._items) > place

    def _fetch(self) -> None:
        reply = self._connection.get(self._path, limit=PAGE, cursor=self._cursor, **self._filters)
        self._items += [read(self._kind, item) for item in reply.data]
        self._cursor = reply.meta.get("next_cursor")
        self._whole = self._cursor is None


def _cell(value: object) -> str:
    if value is None:
        return ""
    several = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return name(several)
