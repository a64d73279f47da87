"""The part of a graph that is written: its claims, one after the other, and what they refer to."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Generic, Protocol, TypeVar

from graph_service.domain.actors import Actor
from graph_service.domain.claims import (
    Claim,
    ClaimRecord,
    Evidence,
    Modality,
    Stance,
    State,
    state_of,
)
from graph_service.domain.episodes import Episode
from graph_service.domain.identity import Judgement
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import DISTANT_FUTURE
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.exporters.selection import Selection, asserting
from graph_service.graph.index import Index

TOGETHER = 200
"""So many claims are looked up in together."""
REMEMBERED = 20_000
"""So many actors, and as many sources, are held at most."""

N = TypeVar("N", Actor, Source, Episode)


class Exported(Protocol):
    """Whatever parts can be written of, such as a graph."""

    @property
    def ontology(self) -> Ontology: ...

    @property
    def index(self) -> Index: ...

    def records(self) -> Iterator[Record]: ...

    def claims(
        self, *, subject: str | None = None, object: str | None = None
    ) -> Iterator[ClaimRecord]: ...

    def nouns(self, kind: type[N], ids: Iterable[str]) -> Iterator[N]: ...

    def actor(self, id_: str) -> Actor: ...

    def source(self, id_: str) -> Source: ...

    def canonical(self, id_: str, known_at: datetime | None = None) -> str: ...

    def referents(self, id_: str, known_at: datetime | None = None) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the evidence that is wanted, and its state by that."""

    claim: Claim
    evidence: tuple[Evidence, ...]
    state: State

    @property
    def record(self) -> ClaimRecord:
        return ClaimRecord(self.claim, self.evidence)

    @property
    def asserting(self) -> list[Evidence]:
        """The accepted evidence for it; where nothing was accepted, all that is for it."""
        return asserting(self.evidence)

    @property
    def modality(self) -> Modality:
        """How the act is told by the evidence for it: as done if any of it says so, else as
        intended, demanded or supposed."""
        told = {piece.modality for piece in self.asserting or self.denying}
        return next(modality for modality in Modality if modality in told)

    @property
    def denying(self) -> list[Evidence]:
        """The accepted evidence against it; where nothing was accepted, all that is against it."""
        return asserting(self.evidence, Stance.DENIED)


class Part:
    """What is selected of a graph; `given` counts the claims that were given so far.

    Actors that are one are selected together, whichever of their ids is named; claims keep the ids
    that their sources used. Raises `NotFound` for an actor or a source that nobody knows.
    """

    def __init__(
        self,
        graph: Exported,
        selection: Selection,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.graph = graph
        self.ontology = graph.ontology
        self.given = 0
        for source in sorted(selection.sources or ()):
            graph.source(source)
        self.selection = replace(
            selection,
            actors=self._with_referents(selection.actors, selection.known_at),
            among=self._with_referents(selection.among, selection.known_at),
        )
        self._progress = progress
        self._actors = Remembered(graph, Actor)
        self._sources = Remembered(graph, Source)

    def _with_referents(
        self, ids: frozenset[str] | None, known_at: datetime | None
    ) -> frozenset[str] | None:
        if ids is None:
            return None
        found: set[str] = set()
        for id_ in sorted(ids):
            canonical = self.graph.canonical(self.graph.actor(id_).id, known_at)
            found |= {canonical, *self.graph.referents(canonical, known_at)}
        return frozenset(found)

    def claims(self) -> Iterator[Told]:
        """The claims that are wanted, read as they are asked for, so that their number does not
        matter. Actors and sources of the one last given are at hand."""
        self.given = 0
        rest = self._found()
        while some := list(islice(rest, TOGETHER)):
            self._actors.learn(
                end for told in some for end in (told.claim.subject, told.claim.object)
            )
            self._sources.learn(piece.source for told in some for piece in told.evidence)
            for told in some:
                self.given += 1
                yield told

    def _found(self) -> Iterator[Told]:
        for looked_at, record in enumerate(self._records(), 1):
            if self._progress is not None:
                self._progress(looked_at)
            told = self.told(record)
            if told is not None:
                yield told

    def told(self, record: ClaimRecord) -> Told | None:
        """What is wanted of a claim, None for nothing."""
        if not self.selection.joins(record.claim):
            return None
        evidence = self.selection.evidence(record.evidence)
        state = state_of(evidence)
        if state is None or state not in self.selection.states:
            return None
        relation = self.ontology.relation(record.claim.relation)
        begins = self.selection.began(record.claim, relation, self._published(record, evidence))
        if not self.selection.is_timely(record.claim, relation, begins):
            return None
        return Told(record.claim, evidence, state)

    def _published(self, record: ClaimRecord, evidence: tuple[Evidence, ...]) -> int:
        """The latest possible day of the first publication of a claim with an unknown start."""
        if not (self.selection.asks_for_beginnings and record.claim.when.start_is_unknown):
            return DISTANT_FUTURE
        self._sources.learn(piece.source for piece in evidence)
        days = (self.source(piece.source).published_days() for piece in asserting(evidence))
        return min((span.latest for span in days if span is not None), default=DISTANT_FUTURE)

    def _records(self) -> Iterator[ClaimRecord]:
        selection = self.selection
        ones = selection.actors if selection.actors is not None else selection.among
        if ones is None:
            yield from self.graph.claims()
            return
        for one in sorted(ones):
            yield from self.graph.claims(subject=one)
            # Those that one of the actors is the subject of come, or came, under that one.
            for record in self.graph.claims(object=one):
                if record.claim.subject not in ones:
                    yield record

    def everything(self) -> Iterator[Record]:
        """Every record of the graph, nouns first, whatever is selected."""
        for looked_at, record in enumerate(self.graph.records(), 1):
            self.given += isinstance(record, ClaimRecord)
            if self._progress is not None:
                self._progress(looked_at)
            yield record

    def judgements(self, actors: AbstractSet[str]) -> Iterator[Judgement]:
        """The judgements on two of these actors that were recorded by `known_at`, in the order of
        arrival."""
        held = self.graph.index.tables.judgements.entries
        # The index knows who was judged, and only the log by whom and why.
        if not any(one.left in actors and one.right in actors for *_, one in held):
            return
        known_at = self.selection.known_at
        for one in self.graph.records():
            if not isinstance(one, Judgement) or not actors >= {one.left, one.right}:
                continue
            if known_at is None or (one.at is not None and one.at <= known_at):
                yield one

    def actor(self, id_: str) -> Actor:
        """An actor as it stands."""
        return self._actors[id_]

    def source(self, id_: str) -> Source:
        """A source as it stands."""
        return self._sources[id_]

    def at_hand(self, actors: Iterable[str]) -> Iterator[str]:
        """The same ids, their actors looked up many at once."""
        rest = iter(actors)
        while some := list(islice(rest, TOGETHER)):
            self._actors.learn(some)
            yield from some

    def goes_by(self, actor: str) -> str | None:
        """The other id that an actor goes by, None where it goes by its own."""
        canonical = self.graph.canonical(actor, self.selection.known_at)
        return None if canonical == actor else canonical


class Remembered(Generic[N]):
    """Actors or sources as they stand, looked up many at once and remembered up to a bound."""

    def __init__(self, graph: Exported, kind: type[N]) -> None:
        self._graph = graph
        self._kind: type[N] = kind
        self._known: dict[str, N] = {}

    def learn(self, ids: Iterable[str]) -> None:
        """Look up those of these that are not at hand; they are then, until the next time."""
        wanted = dict.fromkeys(ids)
        if len(self._known) + len(wanted) > REMEMBERED:
            self._known = {id_: self._known[id_] for id_ in wanted if id_ in self._known}
        missing = [id_ for id_ in wanted if id_ not in self._known]
        self._known |= {noun.id: noun for noun in self._graph.nouns(self._kind, missing)}

    def __getitem__(self, id_: str) -> N:
        if id_ not in self._known:
            self.learn([id_])
        return self._known[id_]
