"""CSV: one row for each piece of evidence, cells that no spreadsheet takes for a formula.

The form is RFC 4180: UTF-8 without a byte order mark, commas, rows that end in CR LF. What it
cannot carry is in `CANNOT_CARRY`; how cells are neutralised, in `domain/cells.py`.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from graph_service.domain.cells import neutral
from graph_service.domain.claims import Claim, Evidence
from graph_service.domain.records import dump_evidence
from graph_service.domain.sources import Source
from graph_service.exporters.part import Part

CANNOT_CARRY = (
    "CSV leaves out other names, identifiers and descriptions of actors, names and dates of "
    "episodes, hashes of sources, and judgements on who is the same; what was told of a claim "
    "stands once for each piece of its evidence."
)

_CLAIM = (
    "subject", "subject_name", "subject_kind", "relation", "object", "object_name", "object_kind",
    "when", "episode",
)  # fmt: skip
_SOURCE = (
    "source", "source_title", "source_publisher", "source_url", "source_published", "source_kind",
    "source_reliability", "source_origin", "source_language",
)  # fmt: skip
_EVIDENCE = (
    "locator", "passage", "stance", "modality", "attributed_to", "confidence", "strength",
    "outcome", "amount", "unit", "coder", "status", "recorded_at", "decided_at", "decided_by",
    "reason", "retracted_at",
)  # fmt: skip
HEADER = ("claim", "evidence", *_CLAIM, *_SOURCE, *_EVIDENCE)


def csv_rows(part: Part) -> Iterator[bytes]:
    """The header, then the rows of each claim."""
    yield _lines([list(HEADER)])
    for told in part.claims():
        claim = _claim(part, told.claim)
        yield _lines(
            [
                [
                    told.claim.id,
                    piece.id,
                    *claim,
                    *_source(part.source(piece.source)),
                    *_told(piece),
                ]
                for piece in told.evidence
            ]
        )


def _claim(part: Part, claim: Claim) -> list[object]:
    subject, object_ = part.actor(claim.subject), part.actor(claim.object)
    return [
        *(subject.id, subject.name, subject.kind),
        claim.relation,
        *(object_.id, object_.name, object_.kind),
        claim.when.text,
        claim.episode,
    ]


def _source(source: Source) -> list[object]:
    return [getattr(source, name.removeprefix("source_")) for name in ("id", *_SOURCE[1:])]


def _told(piece: Evidence) -> list[object]:
    values = dump_evidence(piece)
    return [values.get(name) for name in _EVIDENCE]


def _lines(rows: list[list[object]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    return "" if value is None else neutral(str(value))
