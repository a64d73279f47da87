"""The naive view: `docs/method.md` §2 over plain claims, in dicts and loops, as oracle for tests.

Slow and readable on purpose: whatever a faster view answers, this one must answer too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial

import numpy as np

from graph_service.domain.actors import Actor
from graph_service.domain.claims import (
    ClaimRecord,
    Evidence,
)
from graph_service.domain.identity import Identities, Judgement
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates
from graph_service.domain.sources import Source
from graph_service.graph.corroboration import (
    Cluster,
    Tie,
    Word,
    bucket,
    cluster,
    drawn,
    either,
    flows,
    pair,
    tie_of,
    words,
)
from graph_service.graph.gathering import own, ranges, summed
from graph_service.graph.naive_citing import as_told
from graph_service.graph.naive_folding import states_of
from graph_service.graph.naive_scenarios import NaiveAlternates
from graph_service.graph.reading import Reading, SourceVersion, read, sources_at
from graph_service.graph.roll import Roll, by_meaning
from graph_service.graph.scenarios import Draws, Scenarios
from graph_service.graph.view import (
    Citation,
    Counting,
    Credit,
    Fold,
    Frame,
    Links,
    Supply,
)

FOREVER = datetime.max.replace(tzinfo=UTC)
Kept = Callable[[Evidence, Source], bool]
Heard = Callable[[Iterable[Word]], Iterable[Word]]


class NaiveView:
    """A `View` computed from nothing but domain values; for tests and small worlds.

    `sources` may hold several versions of a source, each with the time at which it was recorded;
    one without a time was always there. Evidence given again replaces the piece given before.
    Claims about actors that are one, by the judgements recorded by then, are read as claims about
    whichever of them came first; at the level of states, claims about those who count as a state
    as claims about it.
    """

    def __init__(  # noqa: PLR0913 - an argument for each kind of record
        self,
        ontology: Ontology,
        frame: Frame,
        *,
        actors: Iterable[Actor],
        sources: Iterable[SourceVersion],
        claims: Iterable[ClaimRecord],
        judgements: Iterable[tuple[datetime, Judgement]] = (),
        sequence: int = 0,
    ) -> None:
        self.ontology = ontology
        self.frame = frame
        self.sequence = sequence
        late, claims = frame.known_at or FOREVER, list(claims)
        self.actors = Roll(actors, Identities(one for at, one in judgements if at <= late))
        self._told = by_meaning(claims, self.actors, ontology)
        self._known = sources_at(sources, frame.known_at)
        self._heard: Heard = list
        if frame.fold is Fold.STATE:
            self.actors = self.actors.folding(self._states())
            self._told = by_meaning(claims, self.actors, ontology)
        self._readings = self._read(frame)

    def _states(self) -> dict[str, str]:
        """The state that each actor counts as, but for those whom the question is about."""
        at = self.frame
        named = _Otherwise(self, Frame(at.as_of, at.known_at, at.dates, at.min_confidence))
        states = states_of(named.strengths, self.actors, self.ontology)
        about = {self.actors.canonical(id_) for id_ in at.about}
        return {id_: state for id_, state in states.items() if id_ not in about}

    @property
    def folded(self) -> Mapping[str, str]:
        """The id of the state that each actor counts as, by its own id."""
        return self.actors.folded

    def _read(self, frame: Frame, kept: Kept = lambda piece, source: True) -> list[Reading]:
        """The claims at a frame, those that say the same as one, with the evidence `kept`."""
        found = []
        for claim, records in self._told.items():
            pieces = [piece for record in records for piece in record.evidence]
            pieces = [piece for piece in pieces if kept(piece, self._known[piece.source])]
            record = ClaimRecord(claim, tuple(pieces))
            found.append(read(record, self.ontology, frame, self._known))
        return found

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Every cluster of every tie, p above 0."""
        groups: dict[tuple[Tie, object], list[Reading]] = {}
        for reading in self._readings:
            groups.setdefault((tie_of(reading), bucket(reading)), []).append(reading)
        corroborated = self.frame.counting is Counting.CORROBORATED
        least = self.ontology.parameters.uncertainty.floor_origins if corroborated else 0
        told = ((tie, self._heard(words(group))) for (tie, _), group in groups.items())
        found = (cluster(self.ontology, tie, spoken) for tie, spoken in told)
        return [one for one in found if one.p > 0 and one.origins >= least]

    @cached_property
    def masses(self) -> dict[tuple[str, str], dict[str, float]]:
        """S_f(x→y) as `masses[x, y][f]`, above 0."""
        credited = (
            ((giver, taker, one.relation.family), one.mass)
            for one in self.clusters
            for giver, taker in flows(one)
        )
        masses: dict[tuple[str, str], dict[str, float]] = {}
        for (giver, taker, family), mass in summed(credited).items():
            if mass > 0:
                masses.setdefault((giver, taker), {})[family] = mass
        return masses

    @cached_property
    def hostility(self) -> dict[frozenset[str], float]:
        """H(a,b) = Σ h·σ·p, by unordered pair."""
        return summed(
            (pair(one), one.relation.hostility * one.strength * one.p) for one in self.clusters
        )

    @cached_property
    def inducement(self) -> dict[frozenset[str], float]:
        """P(a,b), by unordered pair: the mass of the inducing families, each cluster once."""
        inducing = {name for name, family in self.ontology.families.items() if family.inducing}
        return summed(
            (pair(one), one.mass) for one in self.clusters if one.relation.family in inducing
        )

    def gate(self, a: str, b: str) -> float:
        """g(a,b) = 1 − H/(H + P + 1)."""
        hostility = self.hostility.get(frozenset((a, b)), 0.0)
        inducement = self.inducement.get(frozenset((a, b)), 0.0)
        offset = self.ontology.parameters.gate_offset
        return 1 - hostility / (hostility + inducement + offset)

    @cached_property
    def strengths(self) -> dict[Tie, float]:
        """The strength 1 − Π(1 − p) of every tie (subject, relation, object)."""
        parts: dict[Tie, list[float]] = {}
        for one in self.clusters:
            parts.setdefault(one.tie, []).append(one.p)
        return {tie: either(parts[tie]) for tie in parts}

    @cached_property
    def supply(self) -> Supply:
        """The masses and gates, as columns."""
        places = {name: place for place, name in enumerate(self.ontology.families)}
        ties = sorted((self.actors.code(y), self.actors.code(x), x, y) for x, y in self.masses)
        rows = [
            (place, places[family], mass)
            for place, (_, _, x, y) in enumerate(ties)
            for family, mass in self.masses[x, y].items()
        ]
        start, stop = ranges([y for y, _, _, _ in ties], len(self.actors))
        first, last = ranges([place for place, _, _ in rows], len(ties))
        return Supply(
            start=start,
            stop=stop,
            source=np.array([x for _, x, _, _ in ties], np.int32),
            gate=np.array([self.gate(x, y) for _, _, x, y in ties], np.float64),
            first=first,
            last=last,
            family=np.array([family for _, family, _ in rows], np.uint8),
            mass=np.array([mass for _, _, mass in rows], np.float64),
        )

    @cached_property
    def links(self) -> Links:
        """The live ties at each actor, as columns."""
        rows = []
        for (subject, relation, object_), strength in self.strengths.items():
            a, b = self.actors.code(subject), self.actors.code(object_)
            place = self.ontology.order_of_relations[relation]
            symmetric = self.ontology.relations[relation].symmetric
            rows += [(a, b, place, True, strength), (b, a, place, symmetric, strength)]
        rows.sort()
        start, stop = ranges([row[0] for row in rows], len(self.actors))
        return Links(
            start=start,
            stop=stop,
            other=np.array([row[1] for row in rows], np.int32),
            relation=np.array([row[2] for row in rows], np.uint8),
            outward=np.array([row[3] for row in rows], np.bool_),
            strength=np.array([row[4] for row in rows], np.float64),
        )

    def citations(self, a: int, b: int) -> Sequence[Citation]:
        """Every live claim between two actors, ordered by id."""
        ends = {self.actors.id(a), self.actors.id(b)}
        found = [
            as_told(reading, told, self.frame)
            for reading in self._readings
            if {reading.claim.subject, reading.claim.object} == ends
            for told in self._told[reading.claim]
            if own(told, reading.live)
        ]
        return sorted(found, key=lambda citation: citation.id)

    def crediting(self, wanted: Sequence[Credit]) -> Sequence[Sequence[Citation]]:
        """The live claims that give each of these credits."""
        return [
            [claim for claim in self.citations(one.source, one.target) if self._gives(claim, one)]
            for one in wanted
        ]

    def _gives(self, claim: Citation, credit: Credit) -> bool:
        source, target = self.actors.id(credit.source), self.actors.id(credit.target)
        relation = self.ontology.relations[claim.relation]
        subject, object_ = map(self.actors.canonical, (claim.subject, claim.object))
        return claim.relation in credit.relations and relation.credits(
            subject, object_, source=source, target=target
        )

    def held_back(self, actors: Iterable[int]) -> int:
        """How many ties at these actors are live only when dates are read as possible."""
        if self.frame.dates is Dates.POSSIBLE:
            return 0
        at = {self.actors.id(code) for code in actors}
        near = [one for one in self._readings if at & {one.claim.subject, one.claim.object}]
        possible = {tie_of(one) for one in near if one.holds(Dates.POSSIBLE)}
        certain = {tie_of(one) for one in near if one.holds(Dates.CERTAIN)}
        return len(possible - certain)

    def counted(self, counting: Counting) -> "NaiveView":
        """The same graph with other evidence counting."""
        return _Otherwise(self, replace(self.frame, counting=counting))

    def under(self, scenarios: Scenarios) -> NaiveAlternates:
        """The graph in each of these scenarios."""
        if isinstance(scenarios, Draws):
            draws = (partial(drawn, n=n) for n in range(len(scenarios)))
            return NaiveAlternates([_Otherwise(self, self.frame, heard=heard) for heard in draws])
        without: list[Kept] = [
            *(lambda piece, _, id_=one.id: piece.claim != id_ for one in scenarios.claims),
            *(lambda _, source, of=of: source.origin_or_self != of for of in scenarios.origins),
        ]
        return NaiveAlternates([_Otherwise(self, self.frame, kept=kept) for kept in without])


class _Otherwise(NaiveView):
    """The same claims at another frame, with only some evidence `kept` or words `heard`."""

    def __init__(
        self,
        view: NaiveView,
        frame: Frame,
        *,
        kept: Kept = lambda piece, source: True,
        heard: Heard = list,
    ) -> None:
        self.ontology, self.frame, self.sequence = view.ontology, frame, view.sequence
        self.actors, self._told, self._known = view.actors, view._told, view._known
        self._readings = self._read(frame, kept)
        self._heard = heard
