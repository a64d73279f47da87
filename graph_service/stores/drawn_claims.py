"""Claims as property maps: when they count and what their evidence weighs, by `docs/method.md` §2,
everything known and dates read as certain."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from graph_service.domain.claims import (
    ClaimRecord,
    Evidence,
    Modality,
    Outcome,
    Stance,
    State,
    Status,
    Strength,
    state_of,
)
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import DISTANT_PAST, Dates
from graph_service.domain.sources import Source
from graph_service.graph.corroboration import bucket, said
from graph_service.graph.reading import Reading, attested, published_by, start_days
from graph_service.graph.view import Frame
from graph_service.queries.words import in_words

Row = dict[str, Any]
Cited = tuple[Evidence, Source]

LABELS = 65_536
UNTOLD = ("start unknown", "end unknown")
"""What labels leave out."""


class DrawnClaims:
    """Draws claims in the words of one ontology; `types` are the types of the relationships that
    its relations are drawn as."""

    def __init__(self, ontology: Ontology, types: Mapping[str, str]) -> None:
        self._ontology = ontology
        self._types = types
        # Nothing that is drawn depends on the day from which it is looked at.
        self._frame = Frame(as_of=0)
        self._label = lru_cache(LABELS)(self._labelled)
        self._modalities = {modality: place for place, modality in enumerate(Modality)}

    def claim(
        self, record: ClaimRecord, sources: Mapping[str, Source], ends: tuple[str, str]
    ) -> Row:
        """The row of a claim, see `Drawing.claim`."""
        claim = record.claim
        reading = self._reading(record, sources)
        asserting = [cited for cited in reading.evidence if cited[0].stance is Stance.ASSERTED]
        state = state_of(record.evidence)
        shared = _shared(reading, asserting)
        shared["label"] = self._label_of(record, state, [piece for piece, _ in asserting])
        drawn = bool(asserting) and ends[0] != ends[1]
        return {
            "id": claim.id,
            "subject": claim.subject,
            "object": claim.object,
            "episode": claim.episode,
            "properties": shared
            | {
                "id": claim.id,
                "subject": claim.subject,
                "object": claim.object,
                "state": _value(state),
                "bucket": _bucket(reading),
            },
            "evidence": [
                _evidence(reading, piece, sources[piece.source]) for piece in record.evidence
            ],
            "tie": self._tie(shared, reading, asserting, ends) if drawn else None,
        }

    def _reading(self, record: ClaimRecord, sources: Mapping[str, Source]) -> Reading:
        accepted = [
            (piece, sources[piece.source])
            for piece in record.evidence
            if piece.status is Status.ACCEPTED
        ]
        relation = self._ontology.relation(record.claim.relation)
        return Reading(record.claim, relation, self._ontology, self._frame, tuple(accepted))

    def _tie(
        self, shared: Row, reading: Reading, asserting: list[Cited], ends: tuple[str, str]
    ) -> Row:
        cited = {source.id: source for _, source in asserting}
        best = min(cited.values(), key=_standing) if len(cited) > 1 else asserting[0][1]
        return {
            "type": self._types[reading.claim.relation],
            "from": ends[0],
            "to": ends[1],
            "properties": shared
            | {
                "claim": reading.claim.id,
                "disputed": len(asserting) < len(reading.evidence),
                "source": best.title,
                "sources": len(cited),
            },
        }

    def _label_of(self, record: ClaimRecord, state: State | None, accepted: list[Evidence]) -> str:
        """The label of a claim in this state; its marks are those of the accepted assertions, and
        where there are none, of all of them."""
        words = accepted or [one for one in record.evidence if one.stance is Stance.ASSERTED]
        return self._label(
            record.claim.relation,
            record.claim.when.text,
            (
                state,
                min(
                    (one.modality for one in words), key=self._modalities.__getitem__, default=None
                ),
                said((one.strength for one in words), unsaid=Strength.ORDINARY),
                said((one.outcome for one in words), unsaid=None),
            ),
        )

    def _labelled(
        self,
        relation: str,
        when: str,
        told: tuple[State | None, Modality | None, Strength | None, Outcome | None],
    ) -> str:
        meaning = self._ontology.relation(relation)
        usual = (None, State.ACCEPTED, Modality.DONE)
        marks = ", ".join(mark.value for mark in told if mark not in usual and mark is not None)
        period = in_words(when, event=meaning.is_event).split(", ")
        named = f"{meaning.label} ({marks})" if marks else meaning.label
        return ", ".join((named, *(part for part in period if part not in UNTOLD)))


def in_utc(moment: datetime | None) -> datetime | None:
    """The same moment in UTC."""
    return None if moment is None else moment.astimezone(UTC)


def _shared(reading: Reading, asserting: list[Cited]) -> Row:
    """What the node of a claim and its relationship both tell."""
    claim, relation = reading.claim, reading.relation
    ends = reading.ends(Dates.CERTAIN)
    until = _day(ends)
    # What ended on nobody knows which day before one has faded away already.
    is_gone_then = relation.half_life_days == 0 or ends == DISTANT_PAST
    since = None if claim.when.start_is_unknown else start_days(claim.when, relation).latest
    return {
        "relation": claim.relation,
        "family": relation.family,
        "sign": relation.polarity,
        "when": claim.when.text,
        "episode": claim.episode,
        "since": None if since is None else _day(since),
        "until": until,
        "counts_from": _counts_from(reading, asserting),
        "counts_until": until if is_gone_then else None,
    }


def _counts_from(reading: Reading, asserting: list[Cited]) -> date | None:
    for piece, source in asserting:
        if reading.belief(piece, source) > 0:
            return _day(reading.begins(piece, source, Dates.CERTAIN))
    return None


def _bucket(reading: Reading) -> str:
    found, episode = bucket(reading), reading.claim.episode
    if isinstance(found, int):
        return str(found)
    return "" if episode is None else f"episode {episode}"


def _evidence(reading: Reading, piece: Evidence, source: Source) -> Row:
    accepted = piece.status is Status.ACCEPTED
    properties = {
        "id": piece.id,
        "stance": piece.stance.value,
        "modality": piece.modality.value,
        "confidence": piece.confidence,
        "status": piece.status.value,
        "strength": _value(piece.strength),
        "outcome": _value(piece.outcome),
        "attributed_to": piece.attributed_to,
        "locator": piece.locator,
        "passage": piece.passage,
        "amount": piece.amount,
        "unit": piece.unit,
        "coder": piece.coder,
        "recorded_at": in_utc(piece.recorded_at),
        "decided_at": in_utc(piece.decided_at),
        "decided_by": piece.decided_by,
        "reason": piece.reason,
        "retracted_at": in_utc(piece.retracted_at),
        "trust": reading.belief(piece, source) if accepted else 0.0,
        "begun_by": _day(_begins(reading, piece, source)),
        "attested": _day(attested(piece, source)),
    }
    return {"id": piece.id, "source": piece.source, "properties": properties}


def _begins(reading: Reading, piece: Evidence, source: Source) -> int:
    """The start as a piece of evidence lets it be read; what does not count, as if it did."""
    if piece.status is not Status.ACCEPTED and reading.claim.when.start_is_unknown:
        reading = replace(reading, evidence=(*reading.evidence, (piece, source)))
    return reading.begins(piece, source, Dates.CERTAIN)


def _standing(source: Source) -> tuple[str, int, str]:
    """The best source has the lowest: by reliability, then the earliest."""
    return source.reliability.value, published_by(source), source.id


def _value(member: State | Strength | Outcome | None) -> str | None:
    return None if member is None else member.value


def _day(ordinal: int) -> date | None:
    """A day; None where it never comes. The first day there is stands for what was before it."""
    if ordinal > date.max.toordinal():
        return None
    return date.fromordinal(max(ordinal, 1))
