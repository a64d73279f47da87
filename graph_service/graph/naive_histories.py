"""Claims through time, as the naive view tells of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph_service.domain.claims import Claim, Evidence, Stance
from graph_service.domain.periods import DISTANT_FUTURE, End
from graph_service.domain.sources import Source
from graph_service.graph.corroboration import Cluster, Tie, Word, bucket, cluster, tie_of
from graph_service.graph.gathering import own
from graph_service.graph.histories import Cause, Changed, Told
from graph_service.graph.naive_citing import as_told
from graph_service.graph.reading import Reading
from graph_service.graph.view import Citation

if TYPE_CHECKING:
    from graph_service.graph.naive import NaiveView

ORDER = tuple(Cause)
Pieces = tuple[tuple[Evidence, Source], ...]


def told(view: "NaiveView", actors: Sequence[int], *, together: bool, ever: bool) -> Told:
    """Every claim at these actors that counts and has begun, or ever does."""
    found = [
        one
        for one in view.readings
        if _is_at(view, one.claim, actors, together) and _begun(one, ever=ever)
    ]
    dates, code = view.frame.dates, view.actors.code

    def cite(places: Sequence[int]) -> list[tuple[Citation, ...]]:
        return [_cited(view, found[place], _begun(found[place], ever=ever)) for place in places]

    return Told(
        subject=np.array([code(one.claim.subject) for one in found], np.int32),
        object=np.array([code(one.claim.object) for one in found], np.int32),
        relation=np.array([_place(view, one.claim) for one in found], np.uint8),
        begins=np.array([one.begins(*_begun(one, ever=ever)[0], dates) for one in found], np.int32),
        ends=np.array([one.ends(dates) for one in found], np.int32),
        when=[one.claim.when.text for one in found],
        episode=[one.claim.episode for one in found],
        cite=cite,
    )


def _is_at(view: "NaiveView", claim: Claim, actors: Iterable[int], together: bool) -> bool:
    ends = (view.actors.code(end) in actors for end in (claim.subject, claim.object))
    return all(ends) if together else any(ends)


def _begun(reading: Reading, *, ever: bool) -> Pieces:
    """The asserting evidence that counts for something, of a claim that has begun, or ever does."""
    dates, today = reading.frame.dates, DISTANT_FUTURE if ever else reading.frame.as_of
    return tuple(
        (piece, source)
        for piece, source in reading.evidence
        if piece.stance is Stance.ASSERTED
        and reading.belief(piece, source) > 0
        and reading.begins(piece, source, dates) <= today
    )


def _cited(view: "NaiveView", reading: Reading, asserting: Pieces) -> tuple[Citation, ...]:
    cited = [
        as_told(reading, one, view.frame, own(one, asserting))
        for one in view.told_as[reading.claim]
        if own(one, asserting)
    ]
    return tuple(sorted(cited, key=lambda citation: citation.id))


def _place(view: "NaiveView", claim: Claim) -> int:
    return view.ontology.order_of_relations[claim.relation]


@dataclass(frozen=True)
class _Piece:
    """A piece of evidence with its weight before and after, and the cause of the difference."""

    piece: Evidence
    origin: str
    before: float
    after: float
    cause: Cause | None

    def word(self, applied: Sequence[Cause]) -> Word:
        weight = self.after if self.cause in applied else self.before
        return Word(weight, 1.0, self.piece, self.origin)


class NaiveBecoming:
    """How one naive view becomes a later one."""

    def __init__(self, one: "NaiveView", two: "NaiveView") -> None:
        self._one, self._two = one, two

    @cached_property
    def _pieces(self) -> dict[Claim, list[_Piece]]:
        """Every piece of evidence, by the claim that it tells of as the first view reads it."""
        later = self._one.looking_at(self._two).readings
        return {
            before.claim: self._compared(before, after)
            for before, after in zip(self._one.readings, later, strict=True)
        }

    def _compared(self, before: Reading, after: Reading) -> list[_Piece]:
        one = {piece.id: (piece, source) for piece, source in before.evidence}
        two = {piece.id: (piece, source) for piece, source in after.evidence}
        found = []
        for id_ in one | two:
            piece = (one.get(id_) or two[id_])[0]
            old = before.weight(*one[id_]) if id_ in one else 0.0
            new = after.weight(*two[id_]) if id_ in two else 0.0
            origin = self._one.known[piece.source].origin_or_self
            cause = self._cause(piece, before, after, old, new)
            found.append(_Piece(piece, origin, old, new, cause))
        return found

    def _cause(
        self, piece: Evidence, before: Reading, after: Reading, old: float, new: float
    ) -> Cause | None:
        if old == new:
            return None
        asserts = piece.stance is Stance.ASSERTED
        if old == 0:
            if not before.live:
                return Cause.ADDED
            return Cause.CORROBORATED if asserts else Cause.DISPUTED
        held = {one.id: source for one, source in after.evidence}
        source = held.get(piece.id)
        if source is None or after.begins(piece, source, after.frame.dates) > after.frame.as_of:
            return Cause.RETRACTED
        grades = self._one.ontology.parameters.reliability
        if grades[self._one.known[piece.source].reliability] != grades[source.reliability]:
            return Cause.REASSESSED
        return Cause.ENDED if new < old and self._ended(before, after) else Cause.DECAYED

    def _ended(self, before: Reading, after: Reading) -> bool:
        when, relation = after.claim.when, after.relation
        standing = when.end_is is End.KNOWN and not when.single and not relation.is_event
        end = after.ends(after.frame.dates)
        return standing and before.frame.as_of < end <= after.frame.as_of

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Those that change anything, in their order."""
        found = {piece.cause for pieces in self._pieces.values() for piece in pieces}
        one, two = self._one, self._two
        origins = [{id_: s.origin_or_self for id_, s in v.known.items()} for v in (one, two)]
        ids = [one.actors.id(code) for code in range(len(one.actors))]
        names = [[view.actors.canonical(id_) for id_ in ids] for view in (one, two)]
        if origins[0] != origins[1] or names[0] != names[1]:
            found.add(Cause.REASSESSED)
        return tuple(cause for cause in ORDER if cause in found)

    def after(self, cause: Cause) -> "NaiveView":
        """The graph after this cause and those before it."""
        if cause is self.causes[-1]:
            return self._two
        applied = ORDER[: ORDER.index(cause) + 1]
        return self._one.weighing(list(self._clusters(applied)))

    def _clusters(self, applied: Sequence[Cause]) -> Iterable[Cluster]:
        groups: dict[tuple[Tie, object], list[Word]] = {}
        for reading in self._one.readings:
            spoken = [piece.word(applied) for piece in self._pieces[reading.claim]]
            groups.setdefault((tie_of(reading), bucket(reading)), []).extend(spoken)
        made = (cluster(self._one.ontology, tie, spoken) for (tie, _), spoken in groups.items())
        return (one for one in made if one.p > 0)

    def changed(self, actors: Sequence[int], *, together: bool = False) -> Changed:
        """What changed about the claims at these actors."""
        one, code = self._one, self._one.actors.code
        claims = [
            claim
            for claim, pieces in self._pieces.items()
            if _is_at(one, claim, actors, together) and any(piece.cause for piece in pieces)
        ]

        def cite(places: Sequence[int]) -> list[tuple[Citation, ...]]:
            return [self._cite(claims[place]) for place in places]

        return Changed(
            subject=np.array([code(claim.subject) for claim in claims], np.int32),
            object=np.array([code(claim.object) for claim in claims], np.int32),
            relation=np.array([_place(one, claim) for claim in claims], np.uint8),
            when=[claim.when.text for claim in claims],
            episode=[claim.episode for claim in claims],
            before=np.array([self._strongest(claim, "before") for claim in claims], np.float64),
            after=np.array([self._strongest(claim, "after") for claim in claims], np.float64),
            causes=[
                frozenset(piece.cause for piece in self._pieces[claim] if piece.cause)
                for claim in claims
            ],
            cite=cite,
        )

    def _strongest(self, claim: Claim, when: str) -> float:
        pieces = (p for p in self._pieces[claim] if p.piece.stance is Stance.ASSERTED)
        return max((getattr(piece, when) for piece in pieces), default=0.0)

    def _cite(self, claim: Claim) -> tuple[Citation, ...]:
        """A claim as it is cited after, or before where it is not live after."""
        later = next(one for one in self._one.looking_at(self._two).readings if one.claim == claim)
        before = next(one for one in self._one.readings if one.claim == claim)
        after = self._one.looking_at(self._two)
        return _cited(after, later, later.live) or _cited(self._one, before, before.live)
