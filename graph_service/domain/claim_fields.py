"""Reads claims and their evidence from JSON objects."""

from dataclasses import replace

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
from graph_service.domain.errors import InvalidRecord, WrongId
from graph_service.domain.fields import Fields
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import When


def read_claim(fields: Fields, ontology: Ontology) -> ClaimRecord:
    """A claim with its evidence, ids derived and the ends of a symmetric relation sorted."""
    relation = fields.required("relation")
    meaning = ontology.relation(relation)
    subject, object_ = fields.identifier("subject"), fields.identifier("object")
    if subject == object_:
        raise InvalidRecord(f"{subject!r} cannot stand at both ends of a claim", field="object")
    if meaning.symmetric:
        subject, object_ = sorted((subject, object_))
    when = When.parse(fields.required("when"))
    when.check(meaning.temporal, observable=meaning.observable)
    episode = fields.optional_identifier("episode")
    derived = claim_id(subject, relation, object_, when.text, episode)
    _check_id(fields.text("id"), derived)
    fields.text("state")  # derived: a file may show it, the record does not keep it
    claim = Claim(derived, subject, relation, object_, when, episode)
    return ClaimRecord(claim, _pieces(fields, ontology, derived))


def _check_id(given: str | None, derived: str) -> None:
    if given is not None and given != derived:
        raise WrongId(f"the id of this content is {derived}, not {given}", field="id")


def _pieces(fields: Fields, ontology: Ontology, claim: str) -> tuple[Evidence, ...]:
    items = fields.items("evidence")
    if not items:
        raise InvalidRecord("a claim needs at least one piece of evidence", field="evidence")
    pieces: dict[str, Evidence] = {}
    for place, item in enumerate(items):
        try:
            piece = _evidence(item, ontology, claim)
        except InvalidRecord as error:
            raise error.within(f"evidence[{place}]") from None
        if pieces.setdefault(piece.id, piece) != piece:
            raise InvalidRecord(
                "the same evidence again with other content", field=f"evidence[{place}]"
            )
    return tuple(pieces.values())


def _evidence(data: object, ontology: Ontology, claim: str) -> Evidence:
    fields = Fields(data, "a piece of evidence")
    given = fields.text("id")
    piece = Evidence(
        id="",
        claim=claim,
        source=fields.identifier("source"),
        confidence=_confidence(fields, ontology),
        locator=fields.text("locator"),
        passage=fields.prose("passage"),
        stance=fields.choice("stance", Stance, Stance.ASSERTED) or Stance.ASSERTED,
        modality=fields.choice("modality", Modality, Modality.DONE) or Modality.DONE,
        attributed_to=fields.text("attributed_to"),
        strength=fields.choice("strength", Strength),
        outcome=fields.choice("outcome", Outcome),
        amount=fields.number("amount"),
        unit=fields.text("unit"),
        coder=fields.text("coder"),
        status=fields.choice("status", Status, Status.PROPOSED) or Status.PROPOSED,
        recorded_at=fields.instant("recorded_at"),
        decided_at=fields.instant("decided_at"),
        decided_by=fields.text("decided_by"),
        reason=fields.prose("reason"),
        retracted_at=fields.instant("retracted_at"),
    )
    fields.finish()
    derived = evidence_id(piece)
    _check_id(given, derived)
    return replace(piece, id=derived)


def _confidence(fields: Fields, ontology: Ontology) -> float:
    confidence = fields.number("confidence")
    most = ontology.parameters.evidence.max_confidence
    if confidence is None or not 0 < confidence <= most:
        raise InvalidRecord(
            f"confidence is a number above 0 and at most {most}"
            + ("" if confidence is None else f", not {confidence}"),
            field="confidence",
        )
    return confidence
