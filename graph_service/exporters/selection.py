"""Which part of a graph is written: by actors, relations, dates, sources and states.

The parameters mean what they mean in questions; without `as_of` claims of any time are written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from graph_service.domain.claims import Claim, Evidence, Stance, State, Status
from graph_service.domain.ontology import Relation
from graph_service.domain.periods import DISTANT_FUTURE, DISTANT_PAST, Dates, End, Span

USUAL_STATES = frozenset({State.ACCEPTED, State.DISPUTED})
ANY_STATE = frozenset(State)

_STATUS = {
    State.PROPOSED: Status.PROPOSED,
    State.RETRACTED: Status.RETRACTED,
    State.REJECTED: Status.REJECTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is wanted; None stands for all. Days are ordinals.

    A claim is wanted if one of its ends is in `actors` and the other in `among` (where only one of
    the two is given: one end in `actors`, both in `among`), its relation in `relations`, its dates,
    as `dates` reads them, fit, and its state is in `states`. It began on the day `since` or later,
    and by the day `until`; at `as_of` questions see it. Evidence is wanted if it is known at
    `known_at`, of at least `min_confidence`, of one of the `sources` (ids), and such as the states
    rest on: for accepted, disputed and denied claims what was accepted. The rest is written as if
    nothing else were known, and so is the state of a claim told.
    """

    actors: frozenset[str] | None = None
    among: frozenset[str] | None = None
    relations: frozenset[str] | None = None
    since: int | None = None
    until: int | None = None
    as_of: int | None = None
    known_at: datetime | None = None
    dates: Dates = Dates.CERTAIN
    min_confidence: float = 0.0
    sources: frozenset[str] | None = None
    states: frozenset[State] = USUAL_STATES

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == EVERYTHING

    def joins(self, claim: Claim) -> bool:
        """Whether the ends and the relation of a claim are wanted."""
        if self.relations is not None and claim.relation not in self.relations:
            return False
        ones = self.actors if self.actors is not None else self.among
        if ones is None:
            return True
        return any(
            one in ones and (self.among is None or other in self.among)
            for one, other in ((claim.subject, claim.object), (claim.object, claim.subject))
        )

    def evidence(self, pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """The pieces that are wanted, as they stood at `known_at`."""
        known = self._known(pieces)
        return tuple(piece for piece in known if piece.status in self._statuses)

    def _known(self, pieces: Iterable[Evidence]) -> Iterator[Evidence]:
        for piece in pieces:
            then = as_known(piece, self.known_at)
            if (
                then is not None
                and then.confidence >= self.min_confidence
                and (self.sources is None or then.source in self.sources)
            ):
                yield then

    @property
    def _statuses(self) -> frozenset[Status]:
        return frozenset(_STATUS.get(state, Status.ACCEPTED) for state in self.states)

    @property
    def asks_for_beginnings(self) -> bool:
        """Whether it matters when claims began, so that publications bound unknown starts."""
        return self.as_of is not None or self.until is not None

    def is_timely(self, claim: Claim, relation: Relation, begins: int) -> bool:
        """Whether the dates of a claim fit, which `begins` then (see `began`)."""
        if self.since is not None and not self._began_since(claim, relation, self.since):
            return False
        if self.until is not None and begins > self.until:
            return False
        return self.as_of is None or self._is_seen(claim, relation, begins, self.as_of)

    def _is_seen(self, claim: Claim, relation: Relation, begins: int, as_of: int) -> bool:
        ends = self._ends(claim, relation)
        if relation.half_life_days == 0:
            return begins <= as_of < ends
        # It fades after its end, and is seen as long as anything may be left of it.
        return begins <= as_of and ends > DISTANT_PAST

    def _began_since(self, claim: Claim, relation: Relation, first: int) -> bool:
        when = claim.when
        if when.start_is_unknown:
            return False
        began = when.days() if relation.is_event or when.single else when.start
        return (began.earliest if self.dates is Dates.CERTAIN else began.latest) >= first

    def _ends(self, claim: Claim, relation: Relation) -> int:
        when = claim.when
        if when.end_is is not End.KNOWN:
            return DISTANT_FUTURE
        if relation.is_event or when.single:
            days = when.days()
            return days.latest if self.dates is Dates.CERTAIN else days.earliest
        return when.end.earliest if self.dates is Dates.CERTAIN else when.end.latest

    def began(self, claim: Claim, relation: Relation, published: int) -> int:
        """The day by which a claim has begun, as `dates` reads it; of an unknown start the day on
        which it was first `published`, or the one before its earliest end."""
        when = claim.when
        if self.dates is Dates.POSSIBLE:
            return when.days().earliest
        if when.start_is_unknown:
            return min(published, when.end.earliest - 1)
        span: Span = when.days() if relation.is_event else when.start
        return span.latest


EVERYTHING = Selection(states=ANY_STATE)


def as_known(piece: Evidence, known_at: datetime | None) -> Evidence | None:
    """A piece of evidence as it stood at a time (None: now); None if it was not recorded yet. Who
    accepted what was retracted later is no longer told by it."""
    status = piece.status_at(known_at)
    if status is None or status is piece.status:
        return None if status is None else piece
    if status is Status.PROPOSED:
        piece = replace(piece, decided_at=None)
    return replace(piece, status=status, decided_by=None, reason=None, retracted_at=None)


def asserting(pieces: Iterable[Evidence], stance: Stance = Stance.ASSERTED) -> list[Evidence]:
    """The pieces of that stance that were accepted, or, where none was at all, any of it."""
    every = list(pieces)
    accepted = [piece for piece in every if piece.status is Status.ACCEPTED]
    return [piece for piece in accepted or every if piece.stance is stance]
