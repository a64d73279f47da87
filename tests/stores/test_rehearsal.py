from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import GraphError
from graph_service.domain.ontology import load_ontology
from graph_service.domain.records import Record
from graph_service.dossiers import dossier
from graph_service.importers.native import read_native
from graph_service.stores.memory import MemoryStore
from graph_service.stores.rehearsal import rehearse

ONTOLOGY = load_ontology()
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def told() -> list[Record]:
    return list(read_native(dossier("gaza-mediation"), ONTOLOGY))


@pytest.mark.parametrize("before", [0, 30, 80])
def test_a_rehearsal_gives_the_receipt_of_the_write_and_writes_nothing(before: int) -> None:
    store, records = MemoryStore(ONTOLOGY), told()
    store.append(records[:before], by="desk")

    rehearsed = rehearse(store, [*records, *records[-3:]], ONTOLOGY, at=NOW)

    assert store.head().sequence == rehearsed.sequence == before
    written = store.append([*records, *records[-3:]], by="desk")
    assert replace(rehearsed, sequence=written.sequence) == written


@pytest.mark.parametrize("left_out", range(0, 80, 7))
def test_a_rehearsal_refuses_what_the_write_refuses(left_out: int) -> None:
    store, records = MemoryStore(ONTOLOGY), told()
    del records[left_out]

    assert refusal(lambda: rehearse(store, records, ONTOLOGY, at=NOW)) == refusal(
        lambda: store.append(records, by="desk")
    )


def test_evidence_that_comes_again_with_other_content_is_refused() -> None:
    store = MemoryStore(ONTOLOGY)
    records = told()
    claim = next(record for record in records if isinstance(record, ClaimRecord))
    other = replace(claim, evidence=(replace(claim.evidence[0], confidence=0.11),))

    assert "confidence" in str(
        refusal(lambda: rehearse(store, [*records, other], ONTOLOGY, at=NOW))
    )


def test_evidence_that_stands_twice_in_one_record_is_refused() -> None:
    store, records = MemoryStore(ONTOLOGY), told()
    at, claim = next((at, one) for at, one in enumerate(records) if isinstance(one, ClaimRecord))
    records[at] = replace(claim, evidence=claim.evidence * 2)

    refused = refusal(lambda: rehearse(store, records, ONTOLOGY, at=NOW))

    assert refused is not None
    assert refused == refusal(lambda: store.append(records, by="desk"))


def refusal(write: Callable[[], object]) -> str | None:
    try:
        write()
    except GraphError as error:
        return f"{type(error).__name__}: {error}"
    return None
