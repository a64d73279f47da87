"""Blocs: who stands with whom against whom, and how sure that is.

Correlation clustering of alignments (`clustering`): plain thresholds on signs would join nearly
everybody through a few friends of friends. Stability is the share of Monte Carlo draws of the
evidence (as in `uncertainty`) in which two members of a bloc stand together again. See
`docs/method.md`, "Blocs".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.scenarios import Draws
from graph_service.graph.view import Citation, Values, View
from graph_service.queries.answers import Answer, NamedActor, coverage, meta, named
from graph_service.queries.balance import MOST_ACTORS, USUAL_ACTORS, chosen_actors
from graph_service.queries.budget import Budget
from graph_service.queries.clustering import (
    SEED,
    Partition,
    clustered,
    neighbours,
    numbered,
    settled,
)
from graph_service.queries.inclination import Inclined, alignment_of, among
from graph_service.queries.inclined_ties import InclinedTie, inclined_tie
from graph_service.queries.silence import silence
from graph_service.queries.ties import check_range, rounded

SHOWN = 5
UNDRAWN = "the time for this question was up before the stability of blocs was drawn"


@dataclass(frozen=True, slots=True)
class Member:
    """An actor in a bloc: how aligned it is with the rest on average, and in which share of draws
    it stands with them (on average; None where nothing was drawn)."""

    actor: NamedActor
    alignment: float
    stability: float | None


@dataclass(frozen=True, slots=True)
class Bloc:
    """Actors that stand together, those most aligned with the rest first: the mean alignment of the
    ties among them (`cohesion`), the mean share of draws in which two of them stand together, and
    the strongest ties that hold it together, and that strain it."""

    number: int
    members: tuple[Member, ...]
    cohesion: float
    stability: float | None
    ties: tuple[InclinedTie, ...]
    strains: tuple[InclinedTie, ...]


@dataclass(frozen=True, slots=True)
class Opposition:
    """How two blocs stand to each other: the mean alignment of the ties between them, how many there
    are, and the strongest of them."""

    blocs: tuple[int, int]
    alignment: float
    ties: int
    strongest: tuple[InclinedTie, ...]


@dataclass(frozen=True, slots=True)
class Blocs:
    """The blocs among so many `actors`, largest first, and how they stand to each other; `alone`
    are those of no bloc, the first 50 of so many. `draws` is how often the evidence was drawn.
    `reason` says why there are none, or what is odd about them."""

    actors: int
    chosen: str
    blocs: tuple[Bloc, ...]
    oppositions: tuple[Opposition, ...]
    alone: tuple[NamedActor, ...]
    alone_available: int
    draws: int
    one_origin: bool
    reason: str | None


MOST_ALONE = 50


def blocs(
    view: View,
    actors: Sequence[str] = (),
    *,
    size: int = USUAL_ACTORS,
    budget: Budget | None = None,
) -> Answer[Blocs]:
    """The blocs among the actors with these ids or, where none is named, among the `size` (1–1000)
    with most between them. Raises `NotFound` and `InvalidQuestion`."""
    check_range("size", size, MOST_ACTORS)
    codes, chosen = chosen_actors(view, actors, size)
    found = _Blocs(view, codes, budget or Budget())
    citations: list[Citation] = []
    parties = found.parties()
    told = tuple(
        found.bloc(number, members, citations) for number, members in enumerate(parties, 1)
    )
    oppositions = found.oppositions(parties, citations)
    grouped = {place for members in parties for place in members}
    alone = [code for place, code in enumerate(codes) if place not in grouped]
    covers = coverage(citations, view.held_back(codes))
    data = Blocs(
        actors=len(codes),
        chosen=chosen,
        blocs=told,
        oppositions=oppositions,
        alone=tuple(named(view, code) for code in alone[:MOST_ALONE]),
        alone_available=len(alone),
        draws=found.draws,
        one_origin=covers.origins == 1,
        reason=_reason(view, codes if actors else [], found, told),
    )
    truncated = UNDRAWN if found.spent else None
    return Answer(data, meta(view, covers, truncated, citations))


def _reason(view: View, codes: Sequence[int], found: "_Blocs", told: Sequence[Bloc]) -> str | None:
    if told and not (found.ties.alignment < 0).any():
        return "there are no hostile ties among them: blocs are those who are tied at all"
    if told:
        return None
    return silence(view, codes) or "no two of them are aligned"


class _Blocs:
    """The parties of some actors, by their places among these, and how sure they are."""

    def __init__(self, view: View, codes: Sequence[int], budget: Budget) -> None:
        self._view = view
        self._codes = codes
        self._budget = budget
        self._numbers = view.ontology.parameters.blocs
        self.ties: Inclined = among(view, codes)
        place = np.full(len(view.actors), -1)
        place[list(codes)] = np.arange(len(codes))
        one, other = place[self.ties.one], place[self.ties.other]
        low, high = np.minimum(one, other), np.maximum(one, other)
        order = np.lexsort((high, low))
        names = Inclined.__slots__
        self.ties = Inclined(*(getattr(self.ties, name)[order] for name in names))
        self.low, self.high = low[order], high[order]
        self.party = clustered(self._near(self.ties.alignment), self._numbers.starts)
        budget.tell(0.3)
        self.spent = False
        self.together = self._drawn()

    @property
    def draws(self) -> int:
        """How often the evidence was drawn."""
        return len(self.together)

    def parties(self) -> list[list[int]]:
        """The places of the members of every bloc of two or more, largest first."""
        found: dict[int, list[int]] = {}
        for place, party in enumerate(self.party):
            found.setdefault(party, []).append(place)
        several = [members for members in found.values() if len(members) > 1]
        return sorted(several, key=lambda members: (-len(members), members))

    def bloc(self, number: int, members: list[int], citations: list[Citation]) -> Bloc:
        """A bloc as it is told."""
        inside = self._between(members, members)
        values = self.ties.alignment[inside]
        stands = self._stability(members)
        told = [
            Member(named(self._view, self._codes[place]), self._mean(place, members), stands[n])
            for n, place in enumerate(members)
        ]
        told.sort(key=lambda one: (-float(rounded(one.alignment)), one.actor.id))
        known = [one for one in stands if one is not None]
        return Bloc(
            number=number,
            members=tuple(told),
            cohesion=float(values.mean()),
            stability=sum(known) / len(known) if known else None,
            ties=self._strongest(inside[values > 0], citations),
            strains=self._strongest(inside[values < 0], citations),
        )

    def oppositions(
        self, parties: Sequence[list[int]], citations: list[Citation]
    ) -> tuple[Opposition, ...]:
        """How blocs stand to each other, the most opposed first."""
        found = []
        for a, one in enumerate(parties):
            for b, other in enumerate(parties[a + 1 :], a + 1):
                across = self._between(one, other)
                if len(across):
                    value = float(self.ties.alignment[across].mean())
                    shown = self._strongest(across, citations)
                    found.append(Opposition((a + 1, b + 1), value, len(across), shown))
        return tuple(sorted(found, key=lambda one: (float(rounded(one.alignment)), one.blocs)))

    def _near(self, alignment: Values) -> list[list[tuple[int, float]]]:
        columns = (self.low.tolist(), self.high.tolist(), alignment.tolist())
        return neighbours(len(self._codes), zip(*columns, strict=True))

    def _drawn(self) -> list[Partition]:
        """The partition in every draw, from where it stands."""
        if len(self.ties.one) == 0:
            return []
        alternates = self._view.under(Draws(self._numbers.draws))
        friendly, hostile = alternates.inclinations(self.ties.one, self.ties.other)
        offset = self._view.ontology.parameters.alignment.offset
        found = []
        for n, values in enumerate(alignment_of(friendly, hostile, offset)):
            if self._budget.is_spent():
                self.spent = True
                break
            draw = Random(SEED + n)
            found.append(numbered(settled(self._near(values), self.party, draw)))
            self._budget.tell(0.3 + 0.7 * (n + 1) / self._numbers.draws)
        return found

    def _stability(self, members: list[int]) -> list[float | None]:
        """For each member the mean share of draws in which another one stands with it."""
        if not self.together:
            return [None] * len(members)
        parties = np.array(self.together)[:, members]
        shares = np.zeros(len(members))
        for row in parties:
            _, which, size = np.unique(row, return_inverse=True, return_counts=True)
            shares += (size[which] - 1) / (len(members) - 1)
        return [float(share) for share in shares / len(parties)]

    def _mean(self, place: int, members: list[int]) -> float:
        """The mean alignment of the ties of one actor with the other members."""
        mine = self._between([place], members)
        return float(self.ties.alignment[mine].mean()) if len(mine) else 0.0

    def _between(self, some: list[int], others: list[int]) -> NDArray[np.intp]:
        """The places of the ties that lead from some actors to others."""
        one, other = np.isin(self.low, some), np.isin(self.high, others)
        back, forth = np.isin(self.low, others), np.isin(self.high, some)
        return np.flatnonzero((one & other) | (back & forth))

    def _strongest(
        self, places: NDArray[np.intp], citations: list[Citation]
    ) -> tuple[InclinedTie, ...]:
        size = rounded(np.abs(self.ties.alignment[places]))
        chosen = places[np.argsort(-size, kind="stable")[:SHOWN]]
        return tuple(inclined_tie(self._view, self.ties, int(one), citations) for one in chosen)
