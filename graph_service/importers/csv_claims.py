"""Our own CSV export taken back: one row for each piece of evidence, as `docs/exporting.md` has it.

Claims and evidence keep their ids and their status, actors and sources theirs; who is known already
keeps his name. What CSV cannot carry (other names of actors, what episodes are) is not invented:
an episode that a claim belongs to has to be there.
"""

from collections.abc import Iterator
from typing import Any

from graph_service.domain.cells import plain
from graph_service.domain.claim_fields import read_claim
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import Fields
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import parse_record
from graph_service.domain.sources import Source
from graph_service.importers.intake import Intake, Row
from graph_service.importers.lines import Lines, Table
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format

_CLAIM = ("subject", "relation", "object", "when", "episode")
_SOURCE = ("title", "publisher", "url", "published", "kind", "reliability", "origin", "language")
_EVIDENCE = (
    "source", "locator", "passage", "stance", "modality", "attributed_to", "confidence", "strength",
    "outcome", "amount", "unit", "coder", "status", "recorded_at", "decided_at", "decided_by",
    "reason", "retracted_at",
)  # fmt: skip
_NUMBERS = ("confidence", "amount")
_ENDS = ("subject", "object")

HEADER = (
    "claim", "evidence", "subject", "subject_name", "subject_kind", "relation", "object",
    "object_name", "object_kind", "when", "episode", "source",
    *(f"source_{name}" for name in _SOURCE), *_EVIDENCE[1:],
)  # fmt: skip


def is_export(packed: Packed, encoding: str = "utf-8") -> bool:
    """Whether a file begins with the header of our own export."""
    head = packed.unpacked().read(4_000).removeprefix(b"\xef\xbb\xbf")
    return head.startswith(b"claim,evidence,subject,subject_name,") and encoding == "utf-8"


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """The claims of an export, each row a piece of evidence."""
    lines = Lines(packed.unpacked(), intake.refuse, encoding=intake.wishes.encoding)
    table = Table(lines, intake.refuse, separator=",")
    places = dict(zip(HEADER, table.places(*HEADER), strict=True))
    for row in table:
        cells = {name: plain(row[place]) for name, place in places.items() if row[place]}
        try:
            yield Row(table.line, (_told(cells, intake),))
        except InvalidRecord as error:
            intake.refuse_for(table.line, error)


FORMAT = Format(
    name="csv",
    title="Take in a CSV export of this program, as `graph-service export csv` writes it.",
    scheme="csv",
    read=read,
    coder="csv",
)


def _told(cells: dict[str, str], intake: Intake) -> ClaimRecord:
    record = _claim(cells, intake.ontology)
    source = _source(cells, intake.ontology)
    for end in _ENDS:
        kind = cells.get(f"{end}_kind", "")
        if kind not in intake.ontology.kinds:
            raise InvalidRecord(f"{kind!r} is no kind of actor", field=f"{end}_kind")
        intake.actors.put(cells[end], kind, cells.get(f"{end}_name", ""))
    claim = record.claim
    intake.claim(claim.subject, claim.relation, claim.object, claim.when, claim.episode)
    intake.source(source)
    return record


def _claim(cells: dict[str, str], ontology: Ontology) -> ClaimRecord:
    """The claim with one piece of evidence; its ids have to be those that its content gives."""
    piece: dict[str, Any] = {name: cells[name] for name in _EVIDENCE if name in cells}
    piece |= {name: _number(cells[name], name) for name in _NUMBERS if name in cells}
    piece["id"] = cells.get("evidence")
    data = {name: cells.get(name) for name in _CLAIM}
    return read_claim(
        Fields({**data, "id": cells.get("claim"), "evidence": [piece]}, "a row"), ontology
    )


def _source(cells: dict[str, str], ontology: Ontology) -> Source:
    data = {name: cells.get(f"source_{name}") for name in _SOURCE}
    record = parse_record({"record": "source", "id": cells.get("source"), **data}, ontology)
    if not isinstance(record, Source):
        raise InvalidRecord("the row has no source", field="source")
    return record


def _number(text: str, name: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InvalidRecord(f"{text[:40]!r} is no number", field=name) from None
