"""Claims as the drawing gives them, told in few words."""

from typing import Any

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.sources import Source
from graph_service.stores.drawing import Drawing, Row
from tests.stores import telling
from tests.stores.telling import ONTOLOGY, claim

DRAWING = Drawing(ONTOLOGY)


def source(id_: str = "paper", **more: Any) -> Source:  # noqa: ANN401 - fields
    record = telling.source(id_, **more)
    assert isinstance(record, Source)
    return record


def said(*records: ClaimRecord) -> ClaimRecord:
    """One claim with the evidence of all."""
    return ClaimRecord(records[0].claim, tuple(piece for one in records for piece in one.evidence))


def draw(
    *records: ClaimRecord,
    ends: tuple[str, str] | None = None,
    known: dict[str, Source] | None = None,
) -> Row:
    """The row of a claim whose sources are as known, and else as any paper is."""
    record = said(*records)
    cited = {piece.source: source(piece.source) for piece in record.evidence} | (known or {})
    return DRAWING.claim(record, cited, ends or (record.claim.subject, record.claim.object))


def accepted(relation: str = "arms", **more: Any) -> ClaimRecord:  # noqa: ANN401 - fields
    return claim(relation=relation, status="accepted", **more)
