"""How one claim is read at a frame: its dates, what counts as evidence, and its weight ω.

The plain-value half of the naive view; the formulae are those of `docs/method.md` §2.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from graph_service.domain.claims import Claim, ClaimRecord, Evidence, Stance, Status
from graph_service.domain.ontology import Ontology, Relation
from graph_service.domain.periods import DISTANT_FUTURE, DISTANT_PAST, Dates, End, Span, When
from graph_service.domain.sources import Source
from graph_service.graph.view import Counting, Frame

SourceVersion = Source | tuple[datetime, Source]
ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Reading:
    """A claim at a frame, with each piece of evidence that counts beside its source at K.

    Evidence counts where it is accepted at K, whatever its modality, and coded with the confidence
    that the frame asks for.
    """

    claim: Claim
    relation: Relation
    ontology: Ontology
    frame: Frame
    evidence: tuple[tuple[Evidence, Source], ...]

    @cached_property
    def live(self) -> tuple[tuple[Evidence, Source], ...]:
        """The asserting evidence whose weight is above 0."""
        return tuple(
            (piece, source)
            for piece, source in self.evidence
            if piece.stance is Stance.ASSERTED and self.weight(piece, source) > 0
        )

    def weight(self, piece: Evidence, source: Source) -> float:
        """ω of a piece of evidence that counts."""
        begins = self.begins(piece, source, self.frame.dates)
        if begins > self.frame.as_of:
            return 0.0
        return self.belief(piece, source) * self._fading(begins, attested(piece, source))

    def belief(self, piece: Evidence, source: Source) -> float:
        """ρ·c·m: what the evidence is worth before time fades it."""
        parameters = self.ontology.parameters
        trust = parameters.reliability[source.reliability]
        return trust * piece.confidence * parameters.modality[piece.modality]

    def begins(self, piece: Evidence, source: Source, dates: Dates) -> int:
        """The day on which the claim began, as this piece of evidence lets it be read."""
        when = self.claim.when
        if not when.start_is_unknown:
            days = start_days(when, self.relation)
            return days.latest if dates is Dates.CERTAIN else days.earliest
        if dates is Dates.POSSIBLE:
            return DISTANT_PAST
        if piece.stance is Stance.DENIED:
            return min(published_by(source), when.end.earliest - 1)
        return min(self._first_published(), when.end.earliest - 1)

    def ends(self, dates: Dates) -> int:
        """The day on which a state ended; for an event and an observation the day itself."""
        when = self.claim.when
        if when.end_is is not End.KNOWN:
            return DISTANT_FUTURE
        if self._is_of_a_day():
            days = when.days()
            return days.latest if dates is Dates.CERTAIN else days.earliest
        return when.end.earliest if dates is Dates.CERTAIN else when.end.latest

    def holds(self, dates: Dates) -> bool:
        """Whether the claim has begun, and not gone at once, with its dates read this way."""
        end = self.ends(dates)
        gone = self.relation.half_life_days == 0 and self.frame.as_of >= end
        return not gone and any(
            self.belief(piece, source) > 0 and self.begins(piece, source, dates) <= self.frame.as_of
            for piece, source in self.evidence
            if piece.stance is Stance.ASSERTED
        )

    def is_stale(self, begins: int, attested_on: int) -> bool:
        """Whether it is older than two half-lives, or than two years where it has none."""
        evidence, half_life = self.ontology.parameters.evidence, self.relation.half_life_days
        limit = (
            evidence.stale_half_lives * half_life
            if half_life > 0
            else evidence.stale_days_without_half_life
        )
        if self.relation.is_event:
            since = begins
        elif self.claim.when.end_is is End.KNOWN and half_life == 0:
            return False  # it has ended, and is over
        elif self.claim.when.end_is is End.KNOWN:
            since = self.ends(self.frame.dates)
        else:
            since = attested_on
        return self.frame.as_of - since > limit

    def is_uncertain(self) -> bool:
        """Whether a side is unknown, or leaves too many possible days."""
        when = self.claim.when
        if when.has_unknown_side:
            return True
        sides = [start_days(when, self.relation)]
        if when.end_is is End.KNOWN and not self._is_of_a_day():
            sides.append(when.end)
        most = self.ontology.parameters.evidence.uncertain_days
        return any(side.latest - side.earliest >= most for side in sides)

    def _is_of_a_day(self) -> bool:
        return self.relation.is_event or self.claim.when.single

    def _fading(self, begins: int, attested_on: int) -> float:
        """φ, for a claim that has begun."""
        today, half_life = self.frame.as_of, self.relation.half_life_days
        if self.relation.is_event:
            return halved(today - begins, half_life)
        if self.claim.when.end_is is End.KNOWN:
            end = self.ends(self.frame.dates)
            return 1.0 if today < end else halved(today - end, half_life)
        return 1.0 if half_life == 0 else halved(max(0, today - attested_on), half_life)

    def _first_published(self) -> int:
        return min(
            published_by(source)
            for piece, source in self.evidence
            if piece.stance is Stance.ASSERTED
        )


def read(
    record: ClaimRecord, ontology: Ontology, frame: Frame, sources: dict[str, Source]
) -> Reading:
    """The claim with the evidence that counts at the frame."""
    held = {Status.ACCEPTED}
    if frame.counting is Counting.PROPOSED:
        held.add(Status.PROPOSED)
    counting = tuple(
        (piece, sources[piece.source])
        for piece in record.evidence
        if piece.status_at(frame.known_at) in held and piece.confidence >= frame.min_confidence
    )
    relation = ontology.relation(record.claim.relation)
    return Reading(record.claim, relation, ontology, frame, counting)


def sources_at(versions: Iterable[SourceVersion], known_at: datetime | None) -> dict[str, Source]:
    """Each source as last recorded at or before a time, else as first recorded."""
    timed = [one if isinstance(one, tuple) else (ALWAYS, one) for one in versions]
    found: dict[str, Source] = {}
    for recorded_at, source in sorted(timed, key=lambda version: version[0]):
        if source.id not in found or known_at is None or recorded_at <= known_at:
            found[source.id] = source
    return found


def start_days(when: When, relation: Relation) -> Span:
    """The possible days of a known start: for an event A/B every day from A to B."""
    return when.days() if relation.is_event else when.start


def halved(days: int, half_life: float) -> float:
    """What is left of 1 after so many days; with no half-life, nothing.

    >>> halved(90, 90), halved(0, 90), halved(0, 0)
    (0.5, 1.0, 0.0)
    """
    return 0.0 if half_life == 0 else float(2.0 ** (-days / half_life))


def published_by(source: Source) -> int:
    """The latest possible day of publication; an undated source was never surely published."""
    days = source.published_days()
    return DISTANT_FUTURE if days is None else days.latest


def attested(piece: Evidence, source: Source) -> int:
    """The latest possible day on which the source was published, else that of recording (UTC)."""
    if source.published is None and piece.recorded_at is not None:
        return piece.recorded_at.astimezone(UTC).toordinal()
    return published_by(source)
