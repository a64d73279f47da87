"""A store together with the index that follows its log: what questions are asked of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from graph_service import reference
from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import NotFound
from graph_service.domain.ontology import Ontology, load_ontology
from graph_service.domain.periods import Dates
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.graph.index import Index
from graph_service.graph.view import Fold, Frame, View
from graph_service.names.index import Found, Match, Names, match_of
from graph_service.names.lending import Lender
from graph_service.names.nearness import near
from graph_service.names.resolution import Context, Resolution, resolve
from graph_service.stores.base import Head, Once, Receipt, Store
from graph_service.stores.following import Following
from graph_service.stores.log import Surroundings, now
from graph_service.stores.parts import in_parts
from graph_service.stores.standing import (
    ClaimHistory,
    all_claims,
    history_of,
    standing_records,
)
from graph_service.stores.urls import open_store

FEW = 100
TOGETHER = 200
"""So many things are asked of the store at once."""

N = TypeVar("N", Actor, Source, Episode)


class Graph:
    """A store with the index over it; safe to ask and to write from several threads."""

    def __init__(
        self, store: Store, ontology: Ontology, *, clock: Callable[[], datetime] = now
    ) -> None:
        self.store = store
        self.ontology = ontology
        self._clock = clock
        self._names: Names | None = None
        self._lender = Lender()
        self._following = Following(store, ontology, clock=clock, heard=self._hear)

    @property
    def index(self) -> Index:
        """The index over the store."""
        return self._following.index

    @property
    def seen(self) -> Head:
        """The end of the log as far as the index has followed it."""
        return self._following.seen

    @property
    def unread_since(self) -> datetime | None:
        """When the log was last read to its end, where its server does not answer now."""
        return self._following.unread_since

    def refresh(self) -> int:
        """Follow the log to its end, and answer the sequence number there."""
        return self._following.refresh()

    def view(
        self,
        *,
        as_of: int | None = None,
        known_at: datetime | None = None,
        dates: Dates = Dates.CERTAIN,
        min_confidence: float = 0.0,
        fold: Fold = Fold.NONE,
        about: Iterable[str] = (),
    ) -> View:
        """The graph at a day (an ordinal; None is today, UTC) and a state of knowledge; with
        `fold` at the level of states, whom the question is `about` (ids) going by their names."""
        self.refresh()
        day = self.today() if as_of is None else as_of
        own = () if fold is Fold.NONE else tuple(sorted(set(about)))
        frame = Frame(day, known_at, dates, min_confidence, fold=fold, about=own)
        return self.index.view(frame)

    def is_warm(self) -> bool:
        """Whether a view of today, with all that is known, is at hand."""
        return self.index.is_warm(Frame(self.today()))

    def now(self) -> datetime:
        """The time by the graph's clock."""
        return self._clock()

    def today(self) -> int:
        """The day by the graph's clock (UTC), as an ordinal."""
        return self._clock().astimezone(UTC).date().toordinal()

    def write(
        self,
        records: Iterable[Record],
        *,
        by: str,
        keep_history: bool = False,
        once: Once | None = None,
    ) -> Receipt:
        """Append the records, all or none, for the next answer to see; see `Store.append`."""
        receipt = self.store.append(records, by=by, keep_history=keep_history, once=once)
        # Small writes are indexed faster together; after a large one its writer waits for it.
        if receipt.sequence - self.index.sequence > FEW:
            self.refresh()
            self._following.save_if_far()
        return receipt

    def actor(self, id_: str) -> Actor:
        """The actor of that id; raises `NotFound` with the ids of actors named like it."""
        found = self._noun(f"actor:{id_}", Actor)
        if found is None:
            raise NotFound(
                "actor", id_, suggestions=[m.actor.id for m in self.search(id_, limit=3)]
            )
        return found

    def source(self, id_: str) -> Source:
        """The source of that id; raises `NotFound` with ids like it."""
        found = self._noun(f"source:{id_}", Source)
        if found is None:
            raise NotFound("source", id_, suggestions=near(id_, self._ids("source")))
        return found

    def episode(self, id_: str) -> Episode:
        """The episode of that id; raises `NotFound` with ids like it."""
        found = self._noun(f"episode:{id_}", Episode)
        if found is None:
            raise NotFound("episode", id_, suggestions=near(id_, self._ids("episode")))
        return found

    def claim(self, id_: str) -> ClaimHistory:
        """The claim of that id with everything about it; raises `NotFound`."""
        entries = self.store.about(id_) if id_.startswith("c_") else ()
        if not entries:
            raise NotFound("claim", id_)
        return history_of(id_, entries)

    def histories(self, ids: Iterable[str]) -> Iterator[ClaimHistory]:
        """The same for many, of which some are asked of the store at once."""
        for some in in_parts(ids, TOGETHER):
            yield from map(history_of, some, self.store.about_each(some))

    def nouns(self, kind: type[N], ids: Iterable[str]) -> Iterator[N]:
        """Actors, sources or episodes as they stand; those of other ids are left out."""
        noun = kind.__name__.lower()
        for some in in_parts(ids, TOGETHER):
            every = self.store.about_each([f"{noun}:{id_}" for id_ in some])
            found = (entries[-1].record for entries in every if entries)
            yield from (record for record in found if isinstance(record, kind))

    def search(self, q: str, kind: str | None = None, *, limit: int = 20) -> list[Match]:
        """Actors by name, alias or metonym, best first; those that are one are found once."""
        names, judged = self.names(), len(self.index.tables.judgements)
        best: dict[str, Found] = {}
        for found in names.search(q, kind=kind, limit=limit + judged):
            best.setdefault(self.index.canonical(found.name.actor), found)
        chosen = dict(islice(best.items(), limit))
        return [match_of(actor, chosen[actor.id]) for actor in self.nouns(Actor, chosen)]

    def resolve(
        self, name: str, known_at: datetime | None = None, *, as_of: int | None = None
    ) -> str:
        """The id that an actor goes by, from its id or from exactly its name or alias, on a day (an
        ordinal) if one is given; raises `NotFound`, with the ids of all who are called so, and why
        none of them was taken, where that is more than one."""
        if self._noun(f"actor:{name}", Actor) is not None:
            return self.canonical(name, known_at)
        found = self.meant(name, known_at=known_at, as_of=as_of)
        if found.actor is None:
            near = [candidate.actor for candidate in found.candidates]
            reason = found.reason if found.is_exact else None
            raise NotFound("actor", name, suggestions=near, reason=reason)
        return found.actor

    def meant(
        self,
        name: str,
        *,
        kind: str | None = None,
        known_at: datetime | None = None,
        as_of: int | None = None,
    ) -> Resolution:
        """Who is meant by a name, and why; of one `kind` and on a day (an ordinal), if given."""
        kinds = None if kind is None else frozenset({kind})
        context = Context(kinds, as_of, lambda id_: self.canonical(id_, known_at))
        return resolve(self.names(), name, context)

    def canonical(self, id_: str, known_at: datetime | None = None) -> str:
        """The id that an actor goes by: the first of all that are judged to be one with it."""
        self.refresh()
        return self.index.canonical(id_, known_at)

    def referents(self, id_: str, known_at: datetime | None = None) -> tuple[str, ...]:
        """The other ids that go by this one, sorted; none where it goes by another itself."""
        if self.canonical(id_, known_at) != id_:
            return ()
        return tuple(sorted(self.index.identities(known_at).one_with(id_)[1:]))

    def actors(self, kind: str | None = None) -> Iterator[Actor]:
        """Every actor, in the order in which they became known."""
        found = self.nouns(Actor, self._ids("actor"))
        return (actor for actor in found if kind in (None, actor.kind))

    def sources(self) -> Iterator[Source]:
        """Every source, in the order in which they became known."""
        return self.nouns(Source, self._ids("source"))

    def episodes(self) -> Iterator[Episode]:
        """Every episode, in the order in which they became known."""
        return self.nouns(Episode, self._ids("episode"))

    def claims(
        self,
        *,
        subject: str | None = None,
        relation: str | None = None,
        object: str | None = None,
        source: str | None = None,
        episode: str | None = None,
    ) -> Iterator[ClaimRecord]:
        """The claims that fit, with evidence as it stands, in the order of their arrival."""
        if (subject, relation, object, source, episode) == (None,) * 5:
            return all_claims(self.store)  # along the log, so that no list of all is made
        self.refresh()
        keys = self.index.claim_keys(
            subject=subject, relation=relation, object_=object, source=source, episode=episode
        )
        ids = [id_ for _, id_ in keys]
        return (history.record for history in self.histories(ids))

    def records(self) -> Iterator[Record]:
        """Everything, as native records have it; what is written meanwhile is left out."""
        return standing_records(self.store)

    def save_snapshot(self) -> None:
        """Keep the index beside the store, if it has a place for it, for the next opening."""
        self._following.save()

    def close(self) -> None:
        """Keep the index where much is new in it, and give back the store."""
        try:
            self._following.save_if_far()
        finally:
            self.store.close()

    def _hear(self, record: Record) -> None:
        if self._names is not None and isinstance(record, Actor):
            self._lender.put(record, self._names)

    def _noun(self, key: str, kind: type[N]) -> N | None:
        entries = self.store.about(key)
        found = entries[-1].record if entries else None
        return found if isinstance(found, kind) else None

    def _ids(self, noun: str) -> Sequence[str]:
        self.refresh()
        held = self.index.tables
        ids = {"actor": held.actors.ids, "source": held.sources.ids, "episode": held.episodes}
        return ids[noun].values

    def names(self) -> Names:
        """Every name of every actor; gathered once, at the first asking."""
        self.refresh()
        with self._following.lock:
            if self._names is None:
                self._lender = Lender(reference.load())
                self._names = self._lender.names(self.actors())
            return self._names


def open_graph(
    url: str,
    *,
    ontology: Ontology | None = None,
    create: bool = True,
    read_only: bool = False,
    clock: Callable[[], datetime] = now,
) -> Graph:
    """The graph of the store that a URL names; raises `InvalidQuestion` for a URL that names
    none, and `StoreError` where the store cannot be opened."""
    words = ontology or load_ontology()
    around = Surroundings(clock=clock)
    store = open_store(url, words, create=create, read_only=read_only, around=around)
    try:
        return Graph(store, words, clock=clock)
    except BaseException:
        store.close()
        raise
