"""Who could mediate between two actors, and what each brings to it.

For a party P, no3(m; P) = 1 − (1 − a)·(1 − .6·t/(t + 1))·(1 − .15·M/(M + 3)): a is m's share of
the access, mediation, appeal, support and patronage mass that P has with anybody, whichever way it
goes; t the mediation mass between the two, M that between m and anybody. The score of m for two
parties is √no3(m; A)·√no3(m; B), 0 unless m is tied to both. Bias does not count against a mediator
(Touval & Zartman 1985; Kydd 2003; Svensson 2009): it is shown beside the score, as are leverage
over each party and recent force. See `docs/method.md`, "Mediators".
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph_service.domain.parameters import MediatorParameters
from graph_service.graph.rows import ragged
from graph_service.graph.view import Codes, Values, View
from graph_service.queries.answers import Answer, CitedClaim, NamedActor, coverage, meta, named
from graph_service.queries.budget import Budget
from graph_service.queries.explain import narrowed
from graph_service.queries.mediating import Credentials, Mediation
from graph_service.queries.silence import silence, two_codes
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import check_range, rounded
from graph_service.queries.widths import widest

MOST = 200
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Side:
    """What a mediator is to one party: no3 (`value`) from its `share` of the party's ties, the
    `mediation` mass between the two and its record; and beside it its leverage over the party, their
    alignment, whether it used force against the party of late, and the latest of the claims that
    the value rests on, with how many there are, and what these leave to be wished for."""

    party: str
    value: float
    share: float
    mediation: float
    leverage: float
    alignment: float
    belligerent: bool
    claims: tuple[CitedClaim, ...]
    claims_available: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mediator:
    """One who could mediate: its `score`, its `record` (the mediation mass between it and
    anybody), its `bias` (al(m,A) − al(m,B))/2, above 0 towards the first party, what it is to each
    party, and its mediations, latest first."""

    actor: NamedActor
    score: float
    bias: float
    record: float
    sides: tuple[Side, Side]
    episodes: tuple[Mediation, ...]


@dataclass(frozen=True, slots=True)
class Mediators:
    """Who could mediate between two `parties`, best first. `belligerents` would be ranked among
    them, but used force against a party of late. `reason` says why there is nobody, and `available`
    counts the relations around each party then."""

    parties: tuple[NamedActor, NamedActor]
    one_origin: bool
    ranking: tuple[Mediator, ...]
    belligerents: tuple[NamedActor, ...]
    reason: str | None
    available: Mapping[str, Mapping[str, int]]


def mediators(
    view: View,
    between: tuple[str, str],
    *,
    limit: int = 20,
    belligerents: bool = False,
    one_sided: bool = False,
    budget: Budget | None = None,
) -> Answer[Mediators]:
    """Who could mediate between the two actors with these ids, the first `limit` (1–200).

    With `belligerents` those who used force against a party in the last year are ranked too; with
    `one_sided` those who are tied to one party alone, whose other side counts .02. Raises
    `NotFound`, and `InvalidQuestion` for equal actors.
    """
    check_range("limit", limit, MOST)
    parties = two_codes(view, between)
    scores = Scores(view, parties, one_sided=one_sided)
    credentials = Credentials(view, parties, budget or Budget())
    order = scores.order(limit if belligerents else MOST + limit)
    out = [] if belligerents else [code for code in order if credentials.is_belligerent(code)]
    chosen = [code for code in order if code not in out][:limit]
    shown = [code for code in order if code in out and _before(order, code, chosen, limit)]
    credentials.prepare(chosen)
    ranking = tuple(_mediator(view, scores, credentials, code) for code in chosen)
    covers = coverage(credentials.cited, view.held_back(parties))
    data = Mediators(
        parties=(named(view, parties[0]), named(view, parties[1])),
        one_origin=covers.origins == 1,
        ranking=ranking,
        belligerents=tuple(named(view, code) for code in shown),
        reason=None if ranking else _reason(view, parties, shown),
        available=_available(view, parties) if not ranking else {},
    )
    cut = narrowed(view, cut=credentials.cut, spent=credentials.spent)
    return Answer(data, meta(view, covers, cut, credentials.cited))


def _before(order: list[int], code: int, chosen: list[int], limit: int) -> bool:
    """Whether somebody who was left out would have been among the first."""
    return len(chosen) < limit or order.index(code) < order.index(chosen[-1])


def _reason(view: View, parties: tuple[int, int], out: list[int]) -> str:
    one, other = (view.actors.name(code) for code in parties)
    if out:
        return f"everybody who is tied to {one} and {other} used force against one of them of late"
    each = (silence(view, [code]) for code in parties)
    told = "; ".join(reason for reason in each if reason)
    return told or f"nobody has ties of a mediator to both {one} and {other}"


def _available(view: View, parties: tuple[int, int]) -> dict[str, dict[str, int]]:
    return {view.actors.id(code): relations_around(view, code) for code in parties}


def _mediator(view: View, scores: "Scores", credentials: Credentials, code: int) -> Mediator:
    sides = tuple(
        Side(
            party=view.actors.id(party),
            value=float(scores.value[side][code]),
            share=float(scores.share[side][code]),
            mediation=float(scores.mediation[side][code]),
            leverage=credentials.leverage(code, side),
            alignment=credentials.alignment(code, side),
            belligerent=credentials.is_against(code, party),
            **credentials.claims(code, party),
        )
        for side, party in enumerate(scores.parties)
    )
    first, second = sides
    return Mediator(
        actor=named(view, code),
        score=float(scores.score[code]),
        bias=(first.alignment - second.alignment) / 2,
        record=float(scores.record[code]),
        sides=(first, second),
        episodes=credentials.episodes(code),
    )


def no3(view: View, party: int) -> Values:
    """no3 of everybody for one party, by code; 0 without a tie to it."""
    scores = Scores(view, (party, party), one_sided=False)
    return np.where(scores.share[0] > 0, scores.value[0], 0.0)


class Scores:
    """The scores of everybody between two parties, by code."""

    def __init__(self, view: View, parties: tuple[int, int], *, one_sided: bool) -> None:
        self._view = view
        self.parties = parties
        self._numbers: MediatorParameters = view.ontology.parameters.mediators
        relations = view.ontology.relations.values()
        self._counts = np.array([one.family in self._numbers.families for one in relations])
        self._mediates = np.array([one.family == "mediation" for one in relations])
        sides = [self._side(party) for party in parties]
        self.share, self.mediation = ([side[n] for side in sides] for n in (0, 1))
        self._tied = [share > 0 for share in self.share]
        candidates = self._tied[0] | self._tied[1] if one_sided else self._tied[0] & self._tied[1]
        candidates[list(parties)] = False
        candidates[list(view.actors.of_kind(UNKNOWN))] = False
        self._candidates = np.flatnonzero(candidates).astype(np.int32)
        self.record = self._records()
        self.value = [self._no3(side) for side in (0, 1)]
        self.score = np.where(candidates, np.sqrt(self.value[0]) * np.sqrt(self.value[1]), 0.0)

    def order(self, most: int) -> list[int]:
        """Those with a score, best first, equal ones by id; at most so many."""
        score = rounded(self.score[self._candidates])
        best = widest(score, self._candidates, most, self._view.actors.id)
        return [int(self._candidates[place]) for place in best]

    def _side(self, party: int) -> tuple[Values, Values]:
        """Everybody's share of what a party has with anybody, and their mediation mass with it."""
        bonds, count = self._view.bonds, len(self._view.actors)
        at = slice(int(bonds.start[party]), int(bonds.stop[party]))
        relation, mass, other = bonds.relation[at], bonds.mass[at], bonds.other[at]
        held, between = (
            np.bincount(other, np.where(some[relation], mass, 0.0), count).astype(np.float64)
            for some in (self._counts, self._mediates)
        )
        whole = float(held.sum())
        return held / whole if whole > 0 else held, between

    def _records(self) -> Values:
        """The mediation mass between each candidate and anybody."""
        bonds, codes = self._view.bonds, self._candidates
        size = bonds.stop[codes] - bonds.start[codes]
        rows = ragged(bonds.start[codes], bonds.stop[codes])
        mass = np.where(self._mediates[bonds.relation[rows]], bonds.mass[rows], 0.0)
        whose: Codes = np.repeat(codes, size)
        return np.bincount(whose, mass, len(self._view.actors)).astype(np.float64)

    def _no3(self, side: int) -> Values:
        numbers, t, record = self._numbers, self.mediation[side], self.record
        rep = record / (record + numbers.episodes)
        against = (1 - self.share[side]) * (1 - numbers.mediation * t / (t + 1))
        value = 1 - against * (1 - numbers.record * rep)
        result: Values = np.where(self._tied[side], value, numbers.one_sided)
        return result
