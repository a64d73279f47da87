"""What is known, place by place: actors, sources and episodes by code, claims by their entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import dropwhile

from graph_service.domain.claims import ClaimRecord
from graph_service.graph.tables import NEVER
from graph_service.stores.base import Entry
from graph_service.stores.graph import Graph
from graph_service.stores.judging import Judged, judged

Places = Iterable[tuple[int, str | None]]


def actors_after(graph: Graph, place: int, *, kind: str | None) -> Places:
    """The ids that actors of a kind go by, in the order in which they became known."""
    table = graph.index.tables.actors
    others = set(merged(graph))
    for code in range(place, len(table.kinds)):
        id_ = table.ids[code]
        yield code + 1, id_ if kind in (None, table.kinds[code]) and id_ not in others else None


def merged(graph: Graph) -> list[str]:
    """The ids of actors that go by the id of another."""
    groups = graph.index.identities().groups()
    return [id_ for group in groups for id_ in group if graph.index.canonical(id_) != id_]


def sources_after(graph: Graph, place: int) -> Places:
    """The ids of sources, in the order in which they became known."""
    return _after(graph.index.tables.sources.ids.values, place)


def episodes_after(graph: Graph, place: int) -> Places:
    """The ids of episodes, in the order in which they became known."""
    return _after(graph.index.tables.episodes.values, place)


def _after(ids: Sequence[str], place: int) -> Places:
    return ((code + 1, ids[code]) for code in range(place, len(ids)))


def judgements_after(
    graph: Graph, place: int, *, actor: str | None, verdict: str | None
) -> Iterable[tuple[int, Judged | None]]:
    """The judgements on an actor, with a verdict, in the order of arrival."""
    table = graph.index.tables.judgements
    holding = frozenset(table.holding(NEVER).values())
    for number, (sequence, _, one) in enumerate(table.entries[place:], place + 1):
        fits = verdict in (None, one.verdict) and (actor is None or actor in one.pair)
        yield number, judged(graph, sequence, holds=sequence in holding) if fits else None


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted: all that fit everything given."""

    subject: str | None = None
    relation: str | None = None
    object_: str | None = None
    source: str | None = None
    actor: str | None = None
    episode: str | None = None

    def fits(self, record: ClaimRecord) -> bool:
        """Whether a claim with this evidence is one of them."""
        claim = record.claim
        return (
            self.subject in (None, claim.subject)
            and self.relation in (None, claim.relation)
            and self.object_ in (None, claim.object)
            and self.episode in (None, claim.episode)
            and self.actor in (None, claim.subject, claim.object)
            and (self.source is None or any(p.source == self.source for p in record.evidence))
        )


def claims_after(graph: Graph, place: int, *, wanted: ClaimFilter) -> Places:
    """The ids of the claims that fit, in the order of arrival; by the index where an actor is
    given, else along the log."""
    if wanted.subject or wanted.object_ or wanted.actor:
        return _by_actor(graph, place, wanted)
    return _along_the_log(graph, place, wanted)


def _by_actor(graph: Graph, place: int, wanted: ClaimFilter) -> Places:
    keys = graph.index.claim_keys
    if wanted.actor is None:
        found = keys(subject=wanted.subject, relation=wanted.relation, object_=wanted.object_)
    else:
        out = keys(subject=wanted.actor, relation=wanted.relation)
        found = merge(out, keys(object_=wanted.actor, relation=wanted.relation))
    for sequence, id_ in dropwhile(lambda key: key[0] <= place, found):
        yield sequence, id_ if wanted.fits(graph.claim(id_).record) else None


def _along_the_log(graph: Graph, place: int, wanted: ClaimFilter) -> Places:
    for entry in graph.store.entries(after=place, until=graph.index.sequence):
        yield entry.sequence, _claim_first_told(graph, entry, wanted)


def _claim_first_told(graph: Graph, entry: Entry, wanted: ClaimFilter) -> str | None:
    """The id of the claim that this entry is the first to tell of in a way that fits."""
    claim = _fitting(entry, wanted)
    if claim is None:
        return None
    first = next(other for other in graph.store.about(claim) if _fitting(other, wanted))
    return claim if first.sequence == entry.sequence else None


def _fitting(entry: Entry, wanted: ClaimFilter) -> str | None:
    record = entry.record
    return record.claim.id if isinstance(record, ClaimRecord) and wanted.fits(record) else None
