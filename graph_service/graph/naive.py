"""The naive view: `docs/method.md` §2 over plain claims, in dicts and loops, as oracle for tests.

Slow and readable on purpose: whatever a faster view answers, this one must answer too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord, Evidence
from graph_service.domain.episodes import Episode
from graph_service.domain.identity import Identities, Judgement
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates
from graph_service.domain.sources import Source
from graph_service.graph import naive_columns, naive_histories
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
from graph_service.graph.gathering import own, summed
from graph_service.graph.histories import Footing, Told
from graph_service.graph.naive_citing import as_told, gives
from graph_service.graph.naive_folding import states_of
from graph_service.graph.naive_scenarios import NaiveAlternates
from graph_service.graph.reading import Reading, SourceVersion, read, sources_at
from graph_service.graph.roll import Roll, by_meaning
from graph_service.graph.scenarios import Draws, Scenarios
from graph_service.graph.view import (
    Bonds,
    Citation,
    Counting,
    Credit,
    Fold,
    Frame,
    Links,
    Supply,
    Values,
    View,
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
        episodes: Iterable[Episode] = (),
        sequence: int = 0,
    ) -> None:
        self.ontology = ontology
        self.frame = frame
        self.sequence = sequence
        actors, sources, claims = list(actors), list(sources), list(claims)
        judgements, episodes = list(judgements), list(episodes)
        self._given: dict[str, Any] = {
            "actors": actors, "sources": sources, "claims": claims, "judgements": judgements,
            "episodes": episodes,
        }  # fmt: skip
        late = frame.known_at or FOREVER
        self.actors = Roll(actors, Identities(one for at, one in judgements if at <= late))
        self.told_as = by_meaning(claims, self.actors, ontology)
        self.known = sources_at(sources, frame.known_at)
        self._heard: Heard = list
        if frame.fold is Fold.STATE:
            self.actors = self.actors.folding(self._states())
            self.told_as = by_meaning(claims, self.actors, ontology)
        self.readings = self._read(frame)

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

    def episode_name(self, id_: str) -> str:
        """What an episode is called."""
        return str({one.id: one.name for one in self._given["episodes"]}.get(id_, id_))

    def _read(self, frame: Frame, kept: Kept = lambda piece, source: True) -> list[Reading]:
        """The claims at a frame, those that say the same as one, with the evidence `kept`."""
        found = []
        for claim, records in self.told_as.items():
            pieces = [piece for record in records for piece in record.evidence]
            pieces = [piece for piece in pieces if kept(piece, self.known[piece.source])]
            record = ClaimRecord(claim, tuple(pieces))
            found.append(read(record, self.ontology, frame, self.known))
        return found

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Every cluster of every tie, p above 0."""
        groups: dict[tuple[Tie, object], list[Reading]] = {}
        for reading in self.readings:
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
    def friendliness(self) -> dict[frozenset[str], float]:
        """The mass that alignment counts, by unordered pair, each cluster once."""
        return naive_columns.friendliness(self)

    @cached_property
    def supply(self) -> Supply:
        """The masses and gates, as columns."""
        return naive_columns.supply(self)

    @cached_property
    def links(self) -> Links:
        """The live ties at each actor, as columns."""
        return naive_columns.links(self)

    @cached_property
    def bonds(self) -> Bonds:
        """What is between two actors whichever way it goes, as columns."""
        return naive_columns.bonds(self)

    def at(self, as_of: int, known_at: datetime | None) -> "NaiveView":
        """The same claims at another frame."""
        where = replace(self.frame, as_of=as_of, known_at=known_at)
        return NaiveView(self.ontology, where, sequence=self.sequence, **self._given)

    def told(self, actors: Sequence[int], *, together: bool = False, ever: bool = False) -> Told:
        """Every claim at these actors that counts and has begun."""
        return naive_histories.told(self, actors, together=together, ever=ever)

    def footing(self, actors: Sequence[int] | None = None) -> Footing:
        """What ties rest on."""
        return naive_columns.footing(self, actors)

    def course(self, a: int, b: int, days: Sequence[int]) -> tuple[Values, Values]:
        """What is between two actors, as it was on some days."""
        then = [_Otherwise(self, replace(self.frame, as_of=day)) for day in days]
        return naive_columns.inclinations(then, frozenset(map(self.actors.id, (a, b))))

    def becoming(self, later: View) -> "naive_histories.NaiveBecoming":
        """How this view becomes a later one."""
        assert isinstance(later, NaiveView)
        return naive_histories.NaiveBecoming(self, later)

    def citations(self, a: int, b: int) -> Sequence[Citation]:
        """Every live claim between two actors, ordered by id."""
        ends = {self.actors.id(a), self.actors.id(b)}
        found = [
            as_told(reading, told, self.frame, own(told, reading.live))
            for reading in self.readings
            if {reading.claim.subject, reading.claim.object} == ends
            for told in self.told_as[reading.claim]
            if own(told, reading.live)
        ]
        return sorted(found, key=lambda citation: citation.id)

    def crediting(self, wanted: Sequence[Credit]) -> Sequence[Sequence[Citation]]:
        """The live claims that give each of these credits."""
        return [
            [claim for claim in self.citations(one.source, one.target) if gives(self, claim, one)]
            for one in wanted
        ]

    def held_back(self, actors: Iterable[int]) -> int:
        """How many ties at these actors are live only when dates are read as possible."""
        if self.frame.dates is Dates.POSSIBLE:
            return 0
        at = {self.actors.id(code) for code in actors}
        near = [one for one in self.readings if at & {one.claim.subject, one.claim.object}]
        possible = {tie_of(one) for one in near if one.holds(Dates.POSSIBLE)}
        certain = {tie_of(one) for one in near if one.holds(Dates.CERTAIN)}
        return len(possible - certain)

    def counted(self, counting: Counting) -> "NaiveView":
        """The same graph with other evidence counting."""
        return _Otherwise(self, replace(self.frame, counting=counting))

    def looking_at(self, later: "NaiveView") -> "NaiveView":
        """The claims between those whom this view tells apart, at the frame of a later one."""
        found = _Otherwise(self, later.frame)
        found.known = later.known
        found.readings = found._read(later.frame)
        return found

    def weighing(self, clusters: list[Cluster]) -> "NaiveView":
        """The same actors with other clusters between them."""
        found = _Otherwise(self, self.frame)
        found.clusters = clusters
        return found

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
        self._given = view._given
        self.actors, self.told_as, self.known = view.actors, view.told_as, view.known
        self.readings = self._read(frame, kept)
        self._heard = heard
