"""What a mediator brings to two parties beside its score: leverage, bias, force, its record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph_service.domain.claims import Outcome
from graph_service.domain.ontology import Relation
from graph_service.domain.periods import When, day_or_none
from graph_service.graph.view import Citation, Values, View
from graph_service.queries.answers import CitedClaim, cited
from graph_service.queries.budget import Budget
from graph_service.queries.explain import missing
from graph_service.queries.inclination import alignments_with
from graph_service.queries.path_columns import value
from graph_service.queries.routes import Routes
from graph_service.queries.ways import INFLUENCE, ways

MOST_CLAIMS = 10
MOST_EPISODES = 5
FORCE = "force"
MEDIATION = "mediation"


@dataclass(frozen=True, slots=True)
class Mediation:
    """What an actor did as a mediator: in an `episode` of that `name` (None where the claims name
    none) for these parties, from a day to a day (as uncertain dates are read; None where it is not
    known, or goes on), whether that was `done` or only `intended` (`modality`) and what its sources
    call the outcome (None where they differ, or say nothing), and its claims."""

    episode: str | None
    name: str | None
    parties: tuple[str, ...]
    since: str | None
    until: str | None
    modality: str | None
    outcome: Outcome | None
    claims: tuple[CitedClaim, ...]


class Credentials:
    """What is shown of mediators between two parties; `cited` are the claims shown so far."""

    def __init__(self, view: View, parties: tuple[int, int], budget: Budget) -> None:
        self._view = view
        self._parties = parties
        self._budget = budget
        self._numbers = view.ontology.parameters.mediators
        self._between: dict[tuple[int, int], Sequence[Citation]] = {}
        self._leverage: list[Values] = []
        self._alignment: list[dict[int, float]] = []
        self._hostile = [self._using_force(party) for party in parties]
        self.cited: list[Citation] = []
        self.cut = self.spent = False

    def prepare(self, actors: Sequence[int]) -> None:
        """Work out what is asked of all these together."""
        if not actors:
            return
        way = ways(self._view.ontology)[INFLUENCE]
        hops = self._view.ontology.parameters.leverage.hops
        for party in self._parties:
            routes = Routes(self._view, party, way.middle, hops=hops, only=sorted(actors))
            found = routes.find([way.last], self._budget)
            self.cut |= found.cut
            self.spent |= found.spent
            self._leverage.append(value(found.paths[0].exponents(len(self._view.actors))))
            aligned = alignments_with(self._view, party, actors)
            self._alignment.append(dict(zip(actors, aligned, strict=True)))

    def leverage(self, actor: int, side: int) -> float:
        """Its influence over a party."""
        return float(self._leverage[side][actor])

    def alignment(self, actor: int, side: int) -> float:
        """Its alignment with a party."""
        return self._alignment[side][actor]

    def is_belligerent(self, actor: int) -> bool:
        """Whether it used force against a party of late."""
        return any(self.is_against(actor, party) for party in self._parties)

    def is_against(self, actor: int, party: int) -> bool:
        """Whether it used force against this party within the days that the ontology says."""
        if actor not in self._hostile[self._parties.index(party)]:
            return False
        return any(self._is_recent_force(claim, actor) for claim in self._claims(actor, party))

    def claims(self, actor: int, party: int) -> dict[str, Any]:
        """The claims between it and a party that its value rests on, the latest first."""
        counted = [
            claim
            for claim in self._claims(actor, party)
            if self._relation(claim).family in self._numbers.families
        ]
        latest = _latest(counted)[:MOST_CLAIMS]
        self.cited += latest
        return {
            "claims": tuple(map(cited, latest)),
            "claims_available": len(counted),
            "missing": missing(counted),
        }

    def episodes(self, actor: int) -> tuple[Mediation, ...]:
        """Its mediations for anybody, the latest first; who is mediated for is no mediator."""
        bonds = self._view.bonds
        at = slice(int(bonds.start[actor]), int(bonds.stop[actor]))
        names = list(self._view.ontology.relations.values())
        mediates = np.array([one.family == MEDIATION for one in names])[bonds.relation[at]]
        strongest = np.argsort(-bonds.mass[at][mediates], kind="stable")
        others = dict.fromkeys(bonds.other[at][mediates][strongest].tolist())
        grouped: dict[str | None, list[Citation]] = {}
        for other in list(others)[: MOST_EPISODES * 2]:
            for claim in self._claims(actor, other):
                if self._is_mediator(claim, actor, other):
                    grouped.setdefault(claim.episode, []).append(claim)
        told = [self._mediation(actor, episode, some) for episode, some in grouped.items()]
        told.sort(key=lambda one: (one.since or "", one.episode or ""), reverse=True)
        for one in told[:MOST_EPISODES]:
            shown = {claim.id for claim in one.claims}
            self.cited += [claim for claim in grouped[one.episode] if claim.id in shown]
        return tuple(told[:MOST_EPISODES])

    def _is_mediator(self, claim: Citation, actor: int, other: int) -> bool:
        """Whether a claim tells that the actor mediates for another, or is asked to."""
        relation, actors = self._relation(claim), self._view.actors
        ends = (actors.id(actors.code(end)) for end in (claim.subject, claim.object))
        return relation.family == MEDIATION and relation.credits(
            *ends, source=actors.id(actor), target=actors.id(other)
        )

    def _mediation(self, actor: int, episode: str | None, claims: Sequence[Citation]) -> Mediation:
        code, ids = self._view.actors.code, self._view.actors.id
        ends = {code(end) for claim in claims for end in (claim.subject, claim.object)}
        # Who asks for a mediation, and when, does not tell when there was one.
        own = [claim for claim in claims if code(claim.subject) == actor] or claims
        outcomes = {claim.outcome for claim in own}
        modalities = {str(claim.modality) for claim in own}
        first = min(own, key=lambda claim: claim.begins)
        return Mediation(
            episode=episode,
            name=None if episode is None else self._view.episode_name(episode),
            parties=tuple(sorted(ids(end) for end in ends if end != actor)),
            since=None if _is_untold(first) else day_or_none(first.begins),
            until=day_or_none(max(claim.ends for claim in own)),
            modality=modalities.pop() if len(modalities) == 1 else None,
            outcome=outcomes.pop() if len(outcomes) == 1 else None,
            claims=tuple(map(cited, _latest(claims)[:MOST_CLAIMS])),
        )

    def _using_force(self, party: int) -> frozenset[int]:
        """Everybody between whom and a party there is force, whoever uses it."""
        bonds = self._view.bonds
        at = slice(int(bonds.start[party]), int(bonds.stop[party]))
        names = list(self._view.ontology.relations.values())
        force = np.array([one.family == FORCE for one in names])[bonds.relation[at]]
        return frozenset(bonds.other[at][force].tolist())

    def _is_recent_force(self, claim: Citation, actor: int) -> bool:
        relation = self._relation(claim)
        by = relation.symmetric or self._view.actors.code(claim.subject) == actor
        since = self._view.frame.as_of - self._numbers.belligerent_days
        return relation.family == FORCE and by and max(claim.begins, claim.ends) >= since

    def _claims(self, a: int, b: int) -> Sequence[Citation]:
        pair = min(a, b), max(a, b)
        if pair not in self._between:
            self._between[pair] = self._view.citations(*pair)
        return self._between[pair]

    def _relation(self, claim: Citation) -> Relation:
        return self._view.ontology.relations[claim.relation]


def _latest(claims: Sequence[Citation]) -> list[Citation]:
    return sorted(claims, key=lambda claim: (-claim.begins, claim.id))


def _is_untold(claim: Citation) -> bool:
    """Whether nobody says when it began: under certain dates it is read as when it was told."""
    return When.parse(claim.when).start_is_unknown
