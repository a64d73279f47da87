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
from graph_service.stores.parts import in_parts

Places = Iterable[tuple[int, str | None]]

TOGETHER = 50
"""So many claims are asked of the store at once: about a page."""


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
    for some in in_parts(dropwhile(lambda key: key[0] <= place, found), TOGETHER):
        histories = graph.histories(id_ for _, id_ in some)
        for (sequence, id_), history in zip(some, histories, strict=True):
            yield sequence, id_ if wanted.fits(history.record) else None


def _along_the_log(graph: Graph, place: int, wanted: ClaimFilter) -> Places:
    """The id of each claim at the first entry that tells of it in a way that fits."""
    for some in in_parts(graph.store.entries(after=place, until=graph.index.sequence), TOGETHER):
        claims = [_fitting(entry, wanted) for entry in some]
        about = graph.store.about_each([claim for claim in claims if claim is not None])
        for entry, claim in zip(some, claims, strict=True):
            first = None if claim is None else _first_fitting(next(about), wanted)
            yield entry.sequence, claim if first == entry.sequence else None


def _first_fitting(about: Iterable[Entry], wanted: ClaimFilter) -> int:
    return next(entry.sequence for entry in about if _fitting(entry, wanted))


def _fitting(entry: Entry, wanted: ClaimFilter) -> str | None:
    record = entry.record
    return record.claim.id if isinstance(record, ClaimRecord) and wanted.fits(record) else None
