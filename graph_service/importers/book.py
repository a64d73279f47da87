"""Who is meant by the names of a file: actors that are known, of the reference set, or new ones.

An actor is taken for one that is known only where an identifier or exactly its name says so, and
nobody else is called so; a name of several is never guessed at, but becomes an actor of its own,
and `graph-service candidates` proposes whom it may be one with.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Protocol

from rapidfuzz import fuzz

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import check_id, check_text
from graph_service.names.folding import fold_name
from graph_service.names.index import Names

LONGEST_SLUG = 80
NEARLY = 80.0
"""How alike names are, of 100, that may be one with a typing error."""

_APART = frozenset({"state", "person", "unknown"})
"""Kinds that an actor of another kind is never taken for; of the others data sets differ."""


class Known(Protocol):
    """The actors that are there."""

    def find(self, id_: str) -> Actor | None: ...

    @property
    def names(self) -> Names: ...


class Reference:
    """Actors that everybody knows, by id, and their names; never changed."""

    def __init__(self, actors: Iterable[Actor] = ()) -> None:
        self.actors = {actor.id: actor for actor in actors}
        self.names = Names(self.actors.values())


class ActorBook:
    """The actors of a file by its own names for them, in one scheme (`icews`, `ucdp`, …).

    The name that the file has for an actor becomes its identifier in that scheme.
    """

    def __init__(self, scheme: str, known: Known, reference: Reference) -> None:
        self.scheme = scheme
        self._known = known
        self._reference = reference
        self._actors: dict[str, Actor] = {}
        self._found: dict[tuple[str, str], str] = {}
        self._own = Names()
        self._fresh: dict[str, None] = {}
        self.new = 0

    def kind(self, id_: str) -> str:
        """The kind of an actor of the book."""
        return self._actors[id_].kind

    def name(self, id_: str) -> str:
        """The name of an actor of the book."""
        return self._actors[id_].name

    def actor(
        self,
        name: str,
        kind: str,
        *,
        key: str | None = None,
        ids: Mapping[str, str] | None = None,
        aliases: Iterable[str] = (),
        day: int | None = None,
    ) -> str:
        """The id of the actor whom the file calls so; raises `InvalidRecord` for what is no name.

        `kind` is what the file takes it for; an actor that is known keeps its own. `key` is its
        identifier in the file where that is not its name, `ids` are others by scheme, `aliases`
        further names. With a `day` (an ordinal) names count that were in use on it.
        """
        key = key or name
        found = self._found.get((key, kind))
        if found is None:
            check_text(name, "name")
            found = self._find(name, kind, {self.scheme: key} | dict(ids or {}), day)
            found = self._enter(found, name, kind, {self.scheme: key} | dict(ids or {}), aliases)
            self._found[key, kind] = found
        return found

    def entity(
        self, name: str, kind: str, ids: Mapping[str, str], aliases: Iterable[str] = ()
    ) -> str:
        """The id of the actor whom the file identifies, and not only names: as `actor`, but never
        somebody of that name who has another identifier of the same scheme. `ids` has one of the
        scheme of the file."""
        key = (ids[self.scheme], kind)
        found = self._found.get(key)
        if found is None:
            check_text(name, "name")
            found = self._find(name, kind, ids, None)
            if found is not None and self._is_another(found, ids):
                found = None
            found = self._found[key] = self._enter(found, name, kind, ids, aliases)
        return found

    def known(self, scheme: str, value: str) -> str | None:
        """The id of the actor that has this identifier, entered into the book; None for nobody."""
        found = self._identified(scheme, value)
        if found is not None:
            self._enter(found, "", "", {}, ())
        return found

    def state(self, scheme: str, value: str, day: int | None = None) -> str | None:
        """The id of the state that has this code (`iso2`, `iso3`, `cow`, `gw`, `cameo`, …), or is
        called so (`name`); None where there is none, or more than one."""
        if scheme != "name":
            return self.known(scheme, value)
        found = self._called(value, frozenset({"state"}), day)
        if found is not None:
            self._enter(found, "", "", {}, ())
        return found

    def take(self, id_: str) -> Actor | None:
        """The actor of this id, entered into the book; None for nobody."""
        found = self._actors.get(id_) or self._known.find(id_) or self._reference.actors.get(id_)
        if found is not None:
            self._enter(id_, "", "", {}, ())
        return found

    def put(self, id_: str, kind: str, name: str) -> str:
        """An actor under an id that the file gives; who is known stays as he is. Raises
        `InvalidRecord` where he is of another kind."""
        found = self._actors.get(id_) or self._known.find(id_)
        if found is None:
            check_id(id_, "id")
            found = Actor(id_, kind, check_text(name, "name"))
            self.new += 1
            self._fresh[id_] = None
            self._own.put(found)
        if found.kind != kind:
            raise InvalidRecord(f"{id_} is known as a {found.kind}, not a {kind}", field="kind")
        self._actors[id_] = found
        return id_

    def put_whole(self, actor: Actor) -> str:
        """An actor as a file gives it, with all its names; raises what `put` raises."""
        is_new = self._actors.get(actor.id) is None and self._known.find(actor.id) is None
        self.put(actor.id, actor.kind, actor.name)
        if is_new:
            self._actors[actor.id] = actor
            self._own.put(actor)
        return actor.id

    def called(self, name: str, *, kind: str | None = None, day: int | None = None) -> list[Actor]:
        """Everybody who is called exactly so, on a day (an ordinal) if one is given; of a `kind`
        those who are of it, else those who may be taken for it."""
        every = (self._own, self._known.names, self._reference.names)
        ids = {id_ for names in every for id_ in names.called(name, day=day)}
        found = [self._look(id_) for id_ in sorted(ids)]
        if kind is None:
            return found
        exactly = [actor for actor in found if actor.kind == kind]
        return exactly or [actor for actor in found if self._fits(actor.id, kind)]

    def spelt_like(self, name: str, limit: int = 3) -> list[str]:
        """Names that somebody else has and that are spelt nearly so, nearest first."""
        folded = fold_name(name)
        near: dict[str, float] = {}
        for names in (self._own, self._known.names, self._reference.names):
            for found in names.search(name, limit=limit * 3):
                text = found.name.text
                near[text] = fuzz.ratio(folded, fold_name(text))
        close = [text for text, score in near.items() if NEARLY <= score < 100]
        return sorted(close, key=lambda text: (-near[text], text))[:limit]

    def kinds_called(self, name: str, day: int | None = None) -> frozenset[str]:
        """The kinds of all who are called exactly so, be it one or several."""
        return frozenset(actor.kind for actor in self.called(name, day=day))

    def fresh(self) -> list[Actor]:
        """The actors that are new or have gained something since the last time."""
        fresh, self._fresh = [self._actors[id_] for id_ in self._fresh], {}
        return fresh

    def _find(self, name: str, kind: str, ids: Mapping[str, str], day: int | None) -> str | None:
        for scheme, value in ids.items():
            found = self._identified(scheme, value)
            if found is not None and self._fits(found, kind):
                return found
        return self._called(name, self._kinds_like(kind), day)

    def _identified(self, scheme: str, value: str) -> str | None:
        for names in (self._own, self._known.names, self._reference.names):
            found = names.identified(scheme, value)
            if found is not None:
                return found
        return None

    def _called(self, name: str, kinds: frozenset[str] | None, day: int | None) -> str | None:
        # Whoever is known or in the reference set at once: were the first asked alone, a name of
        # two would be taken for the one of them that happens to be there.
        called = {
            id_
            for names in (self._own, self._known.names, self._reference.names)
            for id_ in names.called(name, kinds=kinds, day=day)
            if kinds is not None or self._look(id_).kind not in _APART
        }
        return called.pop() if len(called) == 1 else None

    def _is_another(self, found: str, ids: Mapping[str, str]) -> bool:
        """Whether an actor has other identifiers than these, and none of them."""
        held = dict(self._look(found).ids)
        both = [held[scheme] == value for scheme, value in ids.items() if scheme in held]
        return bool(both) and not any(both)

    def _kinds_like(self, kind: str) -> frozenset[str] | None:
        return frozenset({kind}) if kind in _APART else None

    def _fits(self, id_: str, kind: str) -> bool:
        there = self._look(id_).kind
        return there == kind or not {there, kind} & _APART

    def _look(self, id_: str) -> Actor:
        found = self._actors.get(id_) or self._known.find(id_) or self._reference.actors.get(id_)
        if found is None:
            raise InvalidRecord(f"no actor {id_!r} is known", field="actor")
        return found

    def _enter(
        self, id_: str | None, name: str, kind: str, ids: Mapping[str, str], aliases: Iterable[str]
    ) -> str:
        if id_ is None:
            actor = Actor(self._free_id(name, kind, ids), kind, name)
            self.new += 1
            before = None
        else:
            actor = self._look(id_)
            before = self._actors.get(id_) or self._known.find(id_)
        actor = _with(actor, ids, (alias for alias in aliases if alias.strip()))
        self._actors[actor.id] = actor
        if actor != before:
            self._fresh[actor.id] = None
            self._own.put(actor)
        return actor.id

    def _free_id(self, name: str, kind: str, ids: Mapping[str, str]) -> str:
        slug = slug_of(name)
        told = f"{self.scheme}:{kind}:{name}"
        marks = (told, f"{told}:{ids.get(self.scheme)}")
        marked = (hashlib.sha256(text.encode()).hexdigest()[:8] for text in marks)
        wanted = chain((slug,) if slug else (), (f"{slug or kind}~{mark}" for mark in marked))
        return next(id_ for id_ in wanted if not self._is_taken(id_))

    def _is_taken(self, id_: str) -> bool:
        if id_ in self._actors or id_ in self._reference.actors:
            return True
        return self._known.find(id_) is not None


def slug_of(name: str) -> str:
    """A name as an id; empty where nothing of it can stand in one.

    >>> slug_of("Ministry of Defence (São Tomé)")
    'ministry-of-defence-sao-tome'
    """
    return fold_name(name).replace(" ", "-")[:LONGEST_SLUG].strip("-_")


def _with(actor: Actor, ids: Mapping[str, str], aliases: Iterable[str]) -> Actor:
    """The actor with these identifiers, where it has none of their scheme, and these names."""
    missing = {scheme: value for scheme, value in ids.items() if scheme not in dict(actor.ids)}
    names = {fold_name(text) for text in (actor.name, *(alias.text for alias in actor.aliases))}
    new: list[Alias] = []
    for text in aliases:
        folded = fold_name(text)
        if folded and folded not in names:
            names.add(folded)
            new.append(Alias(check_text(text, "alias"), Scope.NAME))
    if not missing and not new:
        return actor
    return replace(
        actor,
        ids=tuple(sorted({**dict(actor.ids), **missing}.items())),
        aliases=(*actor.aliases, *new),
    )
