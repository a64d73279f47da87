"""What the graph does not know: actors that one origin speaks of, stale ties, gaps in time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.periods import DISTANT_PAST, day, day_or_none
from graph_service.domain.sources import origin_shown
from graph_service.graph.histories import Footing
from graph_service.graph.rows import starts
from graph_service.graph.view import Citation, Codes, View
from graph_service.queries.answers import (
    Answer,
    CitedClaim,
    Coverage,
    NamedActor,
    cited,
    coverage,
    meta,
    named,
)
from graph_service.queries.budget import Budget
from graph_service.queries.silence import silence
from graph_service.queries.ties import check_range

Places = NDArray[np.intp]
MOST = 200
GAP_DAYS = 365
"""A stretch of time longer than this in which nothing begins, happens or is attested is a gap."""


@dataclass(frozen=True, slots=True)
class ThinActor:
    """An actor of whom a single origin speaks, with how many ties rest on it."""

    actor: NamedActor
    origin: str
    ties: int


@dataclass(frozen=True, slots=True)
class AttestedTie:
    """A tie, when it was last attested, and its claims."""

    subject: str
    relation: str
    object: str
    attested: str | None
    claims: tuple[CitedClaim, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of days, the first and the last, of which nothing is known."""

    since: str
    until: str
    days: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is not known, of one `actor` or (None) of all: so many live `ties`, of which so many
    rest on one origin (`single`), are stale, are of an uncertain start (`undated`) or are held back
    for their dates; the `origins` with how many ties rest on each; actors of whom one origin alone
    speaks, those with most ties first (of the actor itself: that it is one, if it is); of an actor,
    the ties that several origins tell (`corroborated`) and those that one `alone` does, the latest
    attested first; the stalest ties; the gaps in time, longest first; and ties by the `years` in which they began, those of an
    unknown start left out. `reason` says why there is nothing."""

    actor: NamedActor | None
    actors: int
    ties: int
    single: int
    stale: int
    held_back: int
    origins: Mapping[str, int]
    thin: tuple[ThinActor, ...]
    thin_available: int
    corroborated: tuple[AttestedTie, ...]
    alone: tuple[AttestedTie, ...]
    stalest: tuple[AttestedTie, ...]
    gaps: tuple[Gap, ...]
    years: Mapping[str, int]
    one_origin: bool
    reason: str | None


def gaps(
    view: View, actor: str | None = None, *, limit: int = 20, budget: Budget | None = None
) -> Answer[Gaps]:
    """What the graph does not know of the actor with that id, or of anybody; the first `limit`
    (1–200) of each list. Raises `NotFound` and `InvalidQuestion`."""
    check_range("limit", limit, MOST)
    code = None if actor is None else view.actors.code(actor)
    found = _Found(view, None if code is None else [code])
    thin = found.thin(code)
    corroborated, alone = ((), ()) if code is None else found.by_origins(limit)
    stalest = found.stalest(limit)
    at = range(len(view.actors)) if code is None else [code]
    held = view.held_back(at)
    covers = found.coverage(held)
    data = Gaps(
        actor=None if code is None else named(view, code),
        actors=found.actors,
        ties=found.ties,
        single=found.single,
        stale=found.stale,
        held_back=held,
        origins=dict(found.origins.most_common(limit)),
        thin=tuple(thin[:limit]),
        thin_available=found.thin_available,
        corroborated=corroborated,
        alone=alone,
        stalest=stalest,
        gaps=tuple(found.gaps()[:limit]),
        years=found.years(),
        one_origin=len(found.origins) == 1,
        reason=None if found.ties else silence(view, [] if code is None else [code]),
    )
    return Answer(data, meta(view, covers, None, found.citations))


class _Found:
    """The live ties at some actors, and what they rest on."""

    def __init__(self, view: View, actors: Sequence[int] | None) -> None:
        self._view = view
        self._footing: Footing = view.footing(actors)
        footing = self._footing
        order = np.lexsort((footing.object, footing.relation, footing.subject))
        keys = [each[order] for each in (footing.subject, footing.relation, footing.object)]
        changes = np.zeros(max(len(order) - 1, 0), bool)
        for key in keys:
            changes |= key[1:] != key[:-1]
        self._order, self._first = order, starts(changes, len(order))
        self.citations: list[Citation] = []
        size = np.diff(np.append(self._first, len(order)))
        self.ties = len(self._first)
        self.thin_available = 0
        self._single = np.flatnonzero(size == 1)
        self.single = len(self._single)
        self._stale = self._reduced(np.logical_and, footing.stale)
        self.stale = int(self._stale.sum())
        self.actors = len(np.union1d(footing.subject, footing.object))
        codes, counts = np.unique(footing.origin, return_counts=True)
        told = ((origin_shown(footing.origins[code]), n) for code, n in _listed(codes, counts))
        self.origins = Counter(dict(sorted(told, key=lambda one: (-one[1], one[0]))))

    def _reduced(self, together: Any, values: NDArray[Any]) -> NDArray[Any]:  # noqa: ANN401 - a ufunc
        """What the rows of each tie come to together."""
        if self.ties == 0:
            return values[:0]
        result: NDArray[Any] = together.reduceat(values[self._order], self._first)
        return result

    def thin(self, of: int | None) -> list[ThinActor]:
        """The actors of whom a single origin speaks, those with most ties first."""
        footing = self._footing
        ends = np.concatenate([footing.subject, footing.object]).astype(np.int64)
        number = max(len(footing.origins), 1)
        pairs, ties = np.unique(ends * number + np.tile(footing.origin, 2), return_counts=True)
        actors, origins = np.divmod(pairs, number)
        _, first, count = np.unique(actors, return_index=True, return_counts=True)
        alone = first[count == 1]
        if of is not None:
            alone = alone[actors[alone] == of]
        elif len(alone) > MOST:
            least = np.partition(ties[alone], len(alone) - MOST)[len(alone) - MOST]
            self.thin_available, alone = len(alone), alone[ties[alone] >= least]
        found = [
            ThinActor(
                named(self._view, int(actors[place])),
                origin_shown(footing.origins[int(origins[place])]),
                int(ties[place]),
            )
            for place in alone.tolist()
        ]
        self.thin_available = max(self.thin_available, len(found))
        return sorted(found, key=lambda one: (-one.ties, one.actor.id))

    def coverage(self, held_back: int) -> Coverage:
        """All that the ties rest on, which is more than is shown."""
        footing = self._footing
        latest = int(footing.attested.max()) if self.ties else None
        return replace(
            coverage((), held_back),
            claims=footing.claims,
            sources=footing.sources,
            origins=len(np.unique(footing.origin)),
            latest_attested=None if latest is None else day_or_none(latest),
        )

    def by_origins(self, limit: int) -> tuple[tuple[AttestedTie, ...], tuple[AttestedTie, ...]]:
        """The ties that several origins tell of, and those that one does, the latest attested
        first."""
        several = np.setdiff1d(np.arange(self.ties), self._single)
        return self._told(several, limit, first=-1), self._told(self._single, limit, first=-1)

    def stalest(self, limit: int) -> tuple[AttestedTie, ...]:
        """The ties all of whose evidence is stale, those attested longest ago first."""
        return self._told(np.flatnonzero(self._stale), limit, first=1)

    def _told(self, places: Places, limit: int, *, first: int) -> tuple[AttestedTie, ...]:
        """The first of the ties at some places, with their claims: by the day on which they were
        attested (`first` 1: the earliest, -1: the latest)."""
        footing, ids = self._footing, self._view.actors.id
        names = list(self._view.ontology.relations)
        attested = first * self._reduced(np.maximum, footing.attested)
        if len(places) > limit:
            most = np.partition(attested[places], limit - 1)[limit - 1]
            places = places[attested[places] <= most]
        rows = self._order[self._first[places]].tolist()
        ties = [
            (int(on), ids(int(footing.subject[row])), names[footing.relation[row]],
             ids(int(footing.object[row])))
            for on, row in zip(attested[places].tolist(), rows, strict=True)
        ]  # fmt: skip
        return tuple(self._tie(first * on, *tie) for on, *tie in sorted(ties)[:limit])

    def _tie(self, attested: int, subject: str, relation: str, object_: str) -> AttestedTie:
        """A tie with its claims."""
        view, code = self._view, self._view.actors.code
        symmetric = view.ontology.relations[relation].symmetric
        claims = [
            claim
            for claim in view.citations(code(subject), code(object_))
            if claim.relation == relation and (symmetric or code(claim.subject) == code(subject))
        ]
        self.citations += claims
        shown = tuple(map(cited, claims))
        return AttestedTie(subject, relation, object_, day_or_none(attested), shown)

    def gaps(self) -> list[Gap]:
        """The stretches of which nothing is known, longest first."""
        known = np.unique(np.concatenate([self._begun(), self._footing.attested]))
        known = known[(known > DISTANT_PAST) & (known <= self._view.frame.as_of)]
        days = [*known.tolist(), self._view.frame.as_of] if len(known) else []
        found = [
            Gap(day(one + 1), day(other - 1), other - one - 1)
            for one, other in pairwise(days)
            if other - one > GAP_DAYS
        ]
        return sorted(found, key=lambda gap: (-gap.days, gap.since))

    def years(self) -> dict[str, int]:
        """Ties by the year in which they began."""
        days, ties = np.unique(self._begun(), return_counts=True)
        years: Counter[str] = Counter()
        for begun, count in _listed(days, ties):
            years[f"{date.fromordinal(begun).year:04}"] += count
        return dict(sorted(years.items()))

    def _begun(self) -> Codes:
        begins = self._footing.begins
        return begins[(begins > DISTANT_PAST) & (begins <= date.max.toordinal())]


def _listed(values: NDArray[Any], counts: NDArray[Any]) -> Iterator[tuple[int, int]]:
    return zip(values.tolist(), counts.tolist(), strict=True)
