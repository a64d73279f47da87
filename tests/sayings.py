"""Worlds as plain values: sources in their versions, and what they say in every valid form."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache

from graph_service.domain.actors import Actor
from graph_service.domain.claims import (
    Claim,
    ClaimRecord,
    Evidence,
    Modality,
    Outcome,
    Stance,
    Status,
    Strength,
    claim_id,
    evidence_id,
)
from graph_service.domain.errors import InvalidDate
from graph_service.domain.ontology import Ontology, Relation, load_ontology
from graph_service.domain.periods import When, parse_instant
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from tests.stories import Story

NAMES = ("a", "b", "c", "d", "e", "unknown")
KINDS = {
    "unknown": "unknown", "army": "armed_force", "league": "igo", "envoy": "person",
    "house": "legislature", "leader": "person", "office": "government",
}  # fmt: skip
"""Who is no state."""
OFFICES = ("a", "b", "army", "league", "envoy", "house", "leader", "office", "unknown")
"""Names of whom most may count as a state."""
POINTS = (
    "2012", "2019-06", "2022-02-28", "2023", "2023-10", "2023-10-07", "2024-02-29", "2024",
    "2024-06", "2024-06-28", "2024-06-29", "2024-06-30", "2024-07", "2024-07-01", "2024-07-31",
    "2025-01", "2026",
)  # fmt: skip
FIRST, *TIMES = [
    parse_instant(text)
    for text in (
        "2023-01-01T00:00:00Z", "2024-01-01T00:00:00Z", "2024-06-30T23:59:59Z",
        "2024-07-01T00:00:00Z", "2024-07-15T12:00:00Z", "2025-02-01T00:00:00Z",
    )
]  # fmt: skip


@lru_cache(maxsize=8)
def vocabulary(width: int | None = None) -> Ontology:
    """The shipped ontology with any kind at any end, and perhaps another width."""
    shipped = load_ontology()
    anyone, numbers = tuple(shipped.kinds), shipped.parameters
    leverage = replace(numbers.leverage, width=width or numbers.leverage.width)
    return replace(
        shipped,
        parameters=replace(numbers, leverage=leverage),
        relations={
            name: replace(relation, subject=anyone, object=anyone)
            for name, relation in shipped.relations.items()
        },
    )


def relations(test: Callable[[Relation], bool] = lambda relation: True) -> tuple[str, ...]:
    """The names of the relations of which this holds."""
    return tuple(name for name, one in vocabulary().relations.items() if test(one))


def is_inducing(relation: Relation) -> bool:
    """Whether its family induces, and it is not hostile."""
    family = vocabulary().families.get(relation.family)
    return family is not None and family.inducing and relation.hostility == 0


@cache
def whens(relation: str) -> tuple[tuple[str, ...], ...]:
    """Every `when` over the points that the relation can take, form by form."""
    forms = (
        POINTS,
        [f"[..{a}]" for a in POINTS],
        [f"{a}/{b}" for a in POINTS for b in POINTS],
        [f"{a}/.." for a in POINTS],
        [f"{a}/" for a in POINTS],
        [f"/{b}" for b in POINTS],
        ["/..", "/"],
        [f"[..{a}]/.." for a in POINTS],
        [f"[..{a}]/{b}" for a in POINTS for b in POINTS],
        [f"{side}[..{b}]" for b in POINTS for side in ("/", "2019-06/", "[..2023]/")],
    )
    found = (tuple(text for text in form if is_valid(text, relation)) for form in forms)
    return tuple(form for form in found if form)


def is_valid(text: str, relation: str) -> bool:
    """Whether the relation can take this `when`."""
    meaning = vocabulary().relations[relation]
    try:
        When.parse(text).check(meaning.temporal, observable=meaning.observable)
    except InvalidDate:
        return False
    return True


@dataclass(frozen=True)
class Life:
    """A piece of evidence from its recording on."""

    status: Status
    recorded_at: datetime
    decided_at: datetime | None = None
    retracted_at: datetime | None = None

    @property
    def turns(self) -> tuple["Life", ...]:
        """The same as it stood after each decision, the last as it stands."""
        accepted = replace(self, status=Status.ACCEPTED, retracted_at=None)
        proposed = Life(Status.PROPOSED, self.recorded_at)
        before = () if self.decided_at is None else (proposed,)
        return (*before, accepted, self) if self.retracted_at else (*before, self)

    @property
    def since(self) -> datetime:
        """When it came to stand like this."""
        return self.retracted_at or self.decided_at or self.recorded_at


LIVES = (
    *(Life(Status.ACCEPTED, at) for at in TIMES),
    Life(Status.PROPOSED, TIMES[0]),
    Life(Status.ACCEPTED, TIMES[0], TIMES[2]),
    Life(Status.REJECTED, TIMES[0], TIMES[2]),
    Life(Status.RETRACTED, TIMES[0], None, TIMES[3]),
    Life(Status.RETRACTED, TIMES[0], TIMES[1], TIMES[3]),
)
ACCEPTED = Life(Status.ACCEPTED, TIMES[0])


@dataclass(frozen=True)
class Saying:
    """One source's word on one claim."""

    subject: str
    relation: str
    object: str
    when: str
    episode: str | None = None
    source: str = "s1"
    stance: Stance = Stance.ASSERTED
    modality: Modality = Modality.DONE
    confidence: float = 0.8
    strength: Strength | None = None
    outcome: Outcome | None = None
    coder: str | None = None
    life: Life = ACCEPTED

    @property
    def claim(self) -> Claim:
        ends = self.subject, self.object
        if vocabulary().relations[self.relation].symmetric:
            ends = min(ends), max(ends)
        when = When.parse(self.when)
        id_ = claim_id(ends[0], self.relation, ends[1], when.text, self.episode)
        return Claim(id_, ends[0], self.relation, ends[1], when, self.episode)

    @property
    def record(self) -> ClaimRecord:
        claim = self.claim
        piece = Evidence(
            id="", claim=claim.id, source=self.source, confidence=self.confidence,
            stance=self.stance, modality=self.modality, strength=self.strength,
            outcome=self.outcome, coder=self.coder, status=self.life.status,
            recorded_at=self.life.recorded_at, decided_at=self.life.decided_at,
            retracted_at=self.life.retracted_at,
        )  # fmt: skip
        return ClaimRecord(claim, (replace(piece, id=evidence_id(piece)),))

    @property
    def tie(self) -> tuple[str, str, str]:
        return self.claim.subject, self.relation, self.claim.object


Version = tuple[datetime, Source]


@dataclass(frozen=True)
class World:
    """Sources in their versions and what they say; `story` tells it."""

    sources: tuple[Version, ...]
    sayings: tuple[Saying, ...]
    names: tuple[str, ...] = NAMES

    def story(self, ontology: Ontology | None = None) -> Story:
        """The sources as first issued, the actors, what is said, then the sources issued anew."""
        actors = [(FIRST, Actor(name, kind_of(name), name.upper())) for name in self.names]
        said = [
            (life.since, replace(one, life=life).record)
            for one in self.sayings
            for life in one.life.turns
        ]
        told: list[tuple[datetime, Record]] = [*self.sources, *actors, *said]
        return Story(ontology or vocabulary()).tell(sorted(told, key=lambda entry: entry[0]))

    def saying(self, *more: Saying) -> "World":
        """The same world in which more is said."""
        return replace(self, sayings=(*self.sayings, *more))

    def without(self, saying: Saying) -> "World":
        return replace(self, sayings=tuple(one for one in self.sayings if one != saying))

    def with_source(self, *versions: Version) -> "World":
        return replace(self, sources=(*self.sources, *versions))

    def claims(self) -> dict[str, list[Saying]]:
        """What is said of each claim."""
        found: dict[str, list[Saying]] = {}
        for one in self.sayings:
            found.setdefault(one.claim.id, []).append(one)
        return found


def kind_of(name: str) -> str:
    """What kind of actor bears this name in a world."""
    return KINDS.get(name, "state")
