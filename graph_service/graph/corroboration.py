"""What evidence amounts to: clusters of claims that tell of one thing, counted once an origin.

The plain-value half of `docs/method.md` §2.2, for the naive view.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from graph_service.domain.claims import Evidence, Stance
from graph_service.domain.ontology import Flow, Ontology, Relation
from graph_service.graph.reading import Reading
from graph_service.graph.rows import evidence_key
from graph_service.graph.scenarios import number

Tie = tuple[str, str, str]
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Claims of one tie that tell of one thing: its p, its σ and o, and how many origins assert
    it."""

    tie: Tie
    relation: Relation
    p: float
    strength: float
    outcome: float
    origins: int

    @property
    def mass(self) -> float:
        return self.relation.weight * self.strength * self.outcome * self.p


def tie_of(reading: Reading) -> Tie:
    """Who, what, to whom."""
    return reading.claim.subject, reading.claim.relation, reading.claim.object


def bucket(reading: Reading) -> object:
    """What tells one cluster of a tie from another: the episode of a standing state, the bucket of
    days of an event or an observation."""
    claim = reading.claim
    if reading.relation.is_event or claim.when.single:
        return claim.when.days().latest // reading.ontology.parameters.evidence.bucket_days
    return "", claim.episode


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of evidence with its ω, its ρ·c·m and the origin behind it."""

    weight: float
    belief: float
    piece: Evidence
    origin: str

    @property
    def rank(self) -> tuple[float, str]:
        """The strongest word has the lowest rank; of equally strong ones, the smallest id."""
        return -self.weight, self.piece.id


def words(readings: Iterable[Reading]) -> Iterator[Word]:
    """Every word of these readings."""
    for reading in readings:
        for piece, source in reading.evidence:
            belief = reading.belief(piece, source)
            yield Word(reading.weight(piece, source), belief, piece, source.origin_or_self)


def drawn(spoken: Iterable[Word], n: int) -> list[Word]:
    """The words of draw `n`: the strongest of each origin, kept or not by chance, at weight φ."""
    strongest: dict[tuple[Stance, str], Word] = {}
    for word in sorted(spoken, key=lambda word: word.rank):
        if word.weight > 0:
            strongest.setdefault((word.piece.stance, word.origin), word)
    return [
        replace(word, weight=word.weight / word.belief)
        for word in strongest.values()
        if number(evidence_key(word.piece.id), n) < word.belief
    ]


def cluster(ontology: Ontology, tie: Tie, spoken: Iterable[Word]) -> Cluster:
    """The cluster of these words: the strongest of each origin, either way."""
    strongest: dict[tuple[Stance, str], float] = {}
    asserting: list[Word] = []
    for word in spoken:
        key = word.piece.stance, word.origin
        strongest[key] = max(word.weight, strongest.get(key, 0.0))
        if word.piece.stance is Stance.ASSERTED:
            asserting.append(word)
    said = {
        stance: either(weight for (which, _), weight in strongest.items() if which is stance)
        for stance in Stance
    }
    best = min(asserting, key=lambda word: word.rank).piece if asserting else None
    numbers = ontology.parameters
    return Cluster(
        tie=tie,
        relation=ontology.relations[tie[1]],
        p=said[Stance.ASSERTED] * (1 - said[Stance.DENIED]),
        strength=numbers.strength[best.strength] if best and best.strength else 1.0,
        outcome=numbers.outcome[best.outcome] if best and best.outcome else 1.0,
        origins=len({word.origin for word in asserting if word.weight > 0}),
    )


def either(chances: Iterable[float]) -> float:
    """1 − Π(1 − chance), the same in any order and exact where a chance is tiny.

    >>> either([0.5, 0.5])
    0.75
    """
    together = 0.0
    for chance in sorted(chances):
        together += chance * (1 - together)
    return together


def flows(one: Cluster) -> list[tuple[str, str]]:
    """To whom the mass is credited, over whom."""
    subject, _, object_ = one.tie
    over, under = (subject, object_), (object_, subject)
    ways = {Flow.SUBJECT: [over], Flow.OBJECT: [under], Flow.BOTH: [over, under]}
    return ways.get(one.relation.flow, [])


def pair(one: Cluster) -> frozenset[str]:
    """The two ends, unordered."""
    return frozenset((one.tie[0], one.tie[2]))


def said(told: Iterable[K | None], *, unsaid: K | None) -> K | None:
    """What all say alike; None where they differ, or say no more than silence would."""
    found = {unsaid if one is None else one for one in told}
    return found.pop() if len(found) == 1 and found != {unsaid} else None
