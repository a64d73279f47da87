"""What is put is held back and written together: nobody may notice, but for the time it takes."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import Conflict
from graph_service.domain.ontology import load_ontology
from graph_service.domain.records import Record
from graph_service.stores.embedded import EmbeddedStore
from tests.stories import Story

ONTOLOGY = load_ontology()


def told(number: int) -> list[Record]:
    story = Story().source("paper")
    for place in range(number):
        story.says(f"actor-{place}", "arms", f"actor-{place + 1}", when="2024")
    return story.records


def test_a_list_is_written_as_a_stream_of_the_same_records_is(tmp_path: Path) -> None:
    records = told(50)
    listed = EmbeddedStore(tmp_path / "listed", ONTOLOGY)
    streamed = EmbeddedStore(tmp_path / "streamed", ONTOLOGY)
    listed.append(records, by="desk")
    streamed.append(iter(records), by="desk")
    assert [entry.record for entry in listed.entries()] != []
    for one, other in zip(listed.entries(), streamed.entries(), strict=True):
        assert (one.sequence, type(one.record)) == (other.sequence, type(other.record))
    assert listed.verify().sequence == streamed.verify().sequence


def test_the_same_evidence_twice_in_one_list_is_written_once(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "log", ONTOLOGY)
    records = told(2)
    receipt = store.append([*records, *records], by="desk")
    assert (receipt.written, receipt.known) == (len(records), len(records))
    assert store.verify().sequence == len(records)


def test_evidence_that_contradicts_earlier_evidence_of_its_list_undoes_the_list(
    tmp_path: Path,
) -> None:
    store = EmbeddedStore(tmp_path / "log", ONTOLOGY)
    [*nouns, record] = told(1)
    assert isinstance(record, ClaimRecord)
    other = replace(record, evidence=(replace(record.evidence[0], confidence=0.1),))
    with pytest.raises(Conflict):
        store.append([*nouns, record, other], by="desk")
    assert store.head().sequence == 0
    store.append([*nouns, record], by="desk")
    assert store.verify().sequence == len(nouns) + 1


def test_keys_that_are_no_text_are_known_to_nobody(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "log", ONTOLOGY)
    assert store.about("actor:\ud800") == ()
