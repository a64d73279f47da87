"""Who is meant by the cells of a table: who is known, or somebody new, never one of several."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from graph_service.domain.actors import Actor
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import check_text
from graph_service.importers.book import ActorBook
from graph_service.importers.mapping import USUAL_KIND
from graph_service.names.folding import fold_name

MOST_NEW = 50
"""So many new actors are named, and looked at for typing errors."""

Told = Callable[[str], None]
"""Told in a sentence what should be known of an import."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:~-]*", re.ASCII)


class Who(NamedTuple):
    """An actor as a cell names it, of a kind: somebody known, or new."""

    name: str
    id: str | None
    kind: str


class Kinds:
    """Of what kind the actors of a table are, as its rows together say: a kind that stands beside a
    name, else the only one that a relation takes there. Grows with the number of names."""

    def __init__(self) -> None:
        self._told: dict[str, set[str]] = {}
        self._needed: dict[str, set[str]] = {}

    def add(self, name: str, kind: str | None, allowed: tuple[str, ...]) -> None:
        """One row with this name has this kind, or a relation that allows these."""
        if kind is not None:
            self._told.setdefault(fold_name(name), set()).add(kind)
        elif len(allowed) == 1:
            self._needed.setdefault(fold_name(name), set()).update(allowed)

    def of(self, name: str) -> str | None:
        """The kind, None where nothing says it; raises `InvalidRecord` where rows differ."""
        key = fold_name(name)
        told = self._told.get(key, set())
        if len(told) > 1:
            raise InvalidRecord(
                f"{name!r} is given several kinds in this file ({', '.join(sorted(told))}): write "
                "in every row which is meant",
                field="kind",
            )
        needed = self._needed.get(key, set())
        return next(iter(told or (needed if len(needed) == 1 else ())), None)


class Cast:
    """The actors of a table. A cell is the id of somebody, an identifier in `scheme` where there is
    one, or a name; who has none of these is new, of the kind that the table gives, else `default`."""

    def __init__(
        self, book: ActorBook, kinds: Kinds, *, default: str = USUAL_KIND, scheme: str | None = None
    ) -> None:
        self._book = book
        self._kinds = kinds
        self._default = default
        self._scheme = scheme
        self._ids: dict[str, str | None] = {}
        self._new: dict[str, str] = {}

    def who(self, cell: str, kind: str | None, day: int | None, allowed: Sequence[str]) -> Who:
        """Who is meant, nobody entered yet; raises `InvalidRecord` where that may be several, or is
        of a kind that is not allowed there. With a `day` (an ordinal) names count first
        that were in use on it."""
        name = check_text(" ".join(cell.split()), "name")
        found = self._identified(name)
        if found is not None:
            return _allowed(Who(name, found, self._book.kind(found)), allowed)
        called = self._book.called(name, kind=kind, day=day) or self._book.called(name, kind=kind)
        if len(called) > 1:
            raise _several(name, called)
        if called:
            return _allowed(Who(name, called[0].id, called[0].kind), allowed)
        new = kind or self._kinds.of(name) or self._default
        if new not in allowed:
            raise InvalidRecord(
                f"nobody is known as {name!r}, and a new {new} cannot stand there, but one of: "
                f"{', '.join(allowed)}; say of what kind it is in a column of its own",
                field="kind",
            )
        return Who(name, None, new)

    def enter(self, who: Who) -> str:
        """The id of who is meant, entered into the book."""
        if who.id is not None:
            self._book.take(who.id)
            return who.id
        before = self._book.new
        ids = {self._scheme: who.name} if self._scheme else None
        id_ = self._book.actor(who.name, who.kind, ids=ids)
        if self._book.new > before:
            self._new[who.name] = id_
        return id_

    def tell_of_new(self, told: Told) -> None:
        """Say who is new, and whose name is spelt like one that is known."""
        for name in list(self._new)[:MOST_NEW]:
            near = self._book.spelt_like(name)
            if near:
                told(f"{name!r} is new: is it meant for {' or '.join(map(repr, near))}?")
        if self._new:
            kinds = [f"{id_} ({self._book.kind(id_)})" for id_ in self._new.values()]
            told(f"new actors: {', '.join(kinds[:MOST_NEW])}{_rest(len(kinds))}")

    def _identified(self, name: str) -> str | None:
        if name not in self._ids:
            found = self._book.take(name) if _ID.fullmatch(name) else None
            id_ = None if found is None else found.id
            if id_ is None and self._scheme:
                id_ = self._book.known(self._scheme, name)
            self._ids[name] = id_
        return self._ids[name]


def _allowed(who: Who, kinds: Sequence[str]) -> Who:
    if who.kind not in kinds:
        raise InvalidRecord(
            f"{who.name!r} is known as {who.id} ({who.kind}), and there stands one of: "
            f"{', '.join(kinds)}; write the id of another, or another relation",
            field="kind",
        )
    return who


def _several(name: str, called: list[Actor]) -> InvalidRecord:
    who = ", ".join(f"{actor.id} ({actor.kind}, {actor.name})" for actor in called[:10])
    return InvalidRecord(
        f"{name!r} may be any of: {who}; write the id of the one that is meant, or its kind in a "
        "column of its own",
        field="actor",
    )


def _rest(number: int) -> str:
    return f" and {number - MOST_NEW:,} more" if number > MOST_NEW else ""
