"""What the peers keep of a claim: its dates and evidence as they count at any day.

Whatever does not depend on the day is worked out once, when a peer is built, so that a peer's loop
has nothing to do but what the day asks for. Dates are read as certain, everything is known.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graph_service.domain.claims import ClaimRecord, Stance
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import DISTANT_FUTURE, Dates, End
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.graph.corroboration import bucket
from graph_service.graph.reading import Reading, attested, read
from graph_service.graph.view import Frame


class Telling(NamedTuple):
    """One piece of accepted evidence: `belief` ρ·c·m until the day `ages_from`, nothing before the
    day `begins`, then halved every half-life of the relation."""

    belief: float
    begins: int
    ages_from: int
    origin: str
    asserts: bool
    source: str


class Edge(NamedTuple):
    """A claim as an edge; claims of one tie with the same `cluster` tell of one thing."""

    id: str
    subject: str
    relation: str
    object: str
    cluster: str
    half_life: float
    tellings: tuple[Telling, ...]


class Reader:
    """Turns records into edges; sources are remembered as they come."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._frame = Frame(as_of=DISTANT_FUTURE)
        self._sources: dict[str, Source] = {}

    def edges(self, records: Iterable[Record]) -> Iterator[Edge]:
        """The claims among these records that have any accepted evidence of some weight."""
        for record in records:
            if isinstance(record, Source):
                self._sources[record.id] = record
            elif isinstance(record, ClaimRecord):
                edge = _edge(read(record, self._ontology, self._frame, self._sources))
                if edge.tellings:
                    yield edge


def _edge(reading: Reading) -> Edge:
    claim = reading.claim
    return Edge(
        id=claim.id,
        subject=claim.subject,
        relation=claim.relation,
        object=claim.object,
        cluster=str(bucket(reading)),
        half_life=reading.relation.half_life_days,
        tellings=tuple(_tellings(reading)),
    )


def _tellings(reading: Reading) -> Iterator[Telling]:
    ends = reading.ends(Dates.CERTAIN)
    lasts = reading.claim.when.end_is is not End.KNOWN
    ages = reading.relation.half_life_days > 0
    for piece, source in reading.evidence:
        belief = reading.belief(piece, source)
        if belief > 0:
            told_until = attested(piece, source) if ages else DISTANT_FUTURE
            yield Telling(
                belief=belief,
                begins=reading.begins(piece, source, Dates.CERTAIN),
                ages_from=told_until if lasts else ends,
                origin=source.origin_or_self,
                asserts=piece.stance is Stance.ASSERTED,
                source=source.id,
            )


def weight(telling: Telling, half_life: float, as_of: int) -> float:
    """ω of a piece of evidence at a day."""
    if telling.begins > as_of:
        return 0.0
    age = as_of - telling.ages_from
    if age < 0:
        return telling.belief
    if half_life == 0:
        return 0.0
    return float(telling.belief * 2.0 ** (-age / half_life))


def is_live(tellings: Iterable[Telling], half_life: float, as_of: int) -> bool:
    """Whether any evidence asserts, and weighs anything at a day."""
    for telling in tellings:
        if telling.asserts and telling.begins <= as_of and (half_life or as_of < telling.ages_from):
            return True
    return False
