import json
from typing import Any

import pytest

from graph_service.domain.claims import ClaimRecord, Status
from graph_service.domain.errors import InvalidDate, InvalidRecord, WrongId
from graph_service.domain.ontology import load_ontology
from graph_service.domain.records import Record, dump_record, parse_record
from graph_service.dossiers import dossier

ONTOLOGY = load_ontology()
EVIDENCE = {"source": "a1", "confidence": 0.8}
CLAIM: dict[str, Any] = {
    "record": "claim", "subject": "iran", "relation": "backs", "object": "hamas", "when": "/..",
    "evidence": [EVIDENCE],
}  # fmt: skip


def parse(**changes: object) -> ClaimRecord:
    record = parse_record(CLAIM | changes, ONTOLOGY)
    assert isinstance(record, ClaimRecord)
    return record


def evidence(**changes: object) -> ClaimRecord:
    return parse(evidence=[EVIDENCE | changes])


def refused(data: object) -> InvalidRecord:
    with pytest.raises(InvalidRecord) as error:
        parse_record(data, ONTOLOGY)
    return error.value


def test_a_claim_gets_its_id_and_its_evidence_theirs() -> None:
    record = parse()

    assert record.claim.id == "c_zmkik5n6mvssngcsh2bbwykulm"
    assert record.evidence[0].claim == record.claim.id
    assert record.evidence[0].id.startswith("e_")
    assert record.evidence[0].status is Status.PROPOSED


def test_the_ends_of_a_symmetric_relation_are_sorted() -> None:
    one = parse(relation="allied_with", subject="b", object="a", when="2020/..")
    other = parse(relation="allied_with", subject="a", object="b", when="2020/..")

    assert one.claim == other.claim
    assert (one.claim.subject, one.claim.object) == ("a", "b")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"when": None}, "when"),
        ({"evidence": []}, "evidence"),
        ({"evidence": None}, "evidence"),
        ({"evidence": [{"confidence": 0.8}]}, "evidence[0].source"),
        ({"relation": "bakcs"}, "relation"),
        ({"object": "iran"}, "object"),
        ({"when": "2024/2023"}, "when"),
        ({"relation": "arms", "when": "2024/.."}, "when"),
        ({"relation": "heads", "when": "2024"}, "when"),
        ({"id": "c_wrong"}, "id"),
        ({"subject": "not an id"}, "subject"),
        ({"subject": 7}, "subject"),
        ({"weight": 3}, "weight"),
        ({"evidence": [EVIDENCE | {"confidence": 0}]}, "evidence[0].confidence"),
        ({"evidence": [EVIDENCE | {"confidence": 0.96}]}, "evidence[0].confidence"),
        ({"evidence": [EVIDENCE | {"confidence": True}]}, "evidence[0].confidence"),
        ({"evidence": [EVIDENCE | {"confidence": float("nan")}]}, "evidence[0].confidence"),
        ({"evidence": [{"source": "a1"}]}, "evidence[0].confidence"),
        ({"evidence": [EVIDENCE | {"stance": "maybe"}]}, "evidence[0].stance"),
        ({"evidence": [EVIDENCE | {"amount": 10**400}]}, "evidence[0].amount"),
        ({"evidence": [EVIDENCE | {"passage": "half \ud800"}]}, "evidence[0].passage"),
        ({"evidence": [EVIDENCE | {"recorded_at": "2026-11-22"}]}, "evidence[0].recorded_at"),
        ({"evidence": [EVIDENCE | {"id": "e_wrong"}]}, "evidence[0].id"),
        ({"evidence": [EVIDENCE, EVIDENCE | {"confidence": 0.3}]}, "evidence[1]"),
        ({"evidence": ["a1"]}, "evidence[0]"),
    ],
)
def test_what_cannot_be_is_refused_naming_the_field(changes: dict[str, Any], field: str) -> None:
    error = refused(CLAIM | changes)

    assert error.field == field
    assert str(error).startswith(f"{field}: ")


def test_a_misspelt_relation_comes_with_the_nearest() -> None:
    assert "backs" in refused(CLAIM | {"relation": "bakcs"}).suggestions


def test_a_wrong_id_and_a_wrong_date_have_errors_of_their_own() -> None:
    assert isinstance(refused(CLAIM | {"id": "c_wrong"}), WrongId)
    assert isinstance(refused(CLAIM | {"when": "soon"}), InvalidDate)


@pytest.mark.parametrize(
    "data", [None, [], "claim", {}, {"record": "clam"}, {"record": "actor", "id": "x"}]
)
def test_what_is_no_record_is_refused(data: object) -> None:
    refused(data)


def test_the_same_evidence_twice_is_once() -> None:
    assert len(parse(evidence=[EVIDENCE, EVIDENCE]).evidence) == 1


def test_an_actor_must_be_of_a_kind_and_an_alias_of_a_scope() -> None:
    actor = {"record": "actor", "id": "x", "kind": "state", "name": "X"}

    assert refused(actor | {"kind": "country"}).field == "kind"
    assert refused(actor | {"aliases": [{"text": "Y", "scope": "nick"}]}).field == (
        "aliases[0].scope"
    )
    assert refused(actor | {"aliases": [{"text": "Y", "from": "once"}]}).field == "aliases[0].from"


def test_a_source_is_dated_by_a_closed_interval() -> None:
    source = {"record": "source", "id": "a1", "title": "T"}

    assert refused(source | {"published": "2024/.."}).field == "published"
    assert refused(source | {"reliability": "G"}).field == "reliability"


FULL: list[dict[str, Any]] = [
    {"record": "actor", "id": "iran", "kind": "state", "name": "Iran",
     "aliases": [{"text": "Tehran", "scope": "metonym", "lang": "en", "from": "1979", "to": "2030"}],
     "ids": {"iso3": "IRN"}, "description": "A state."},
    {"record": "source", "id": "a1", "title": "T", "publisher": "P", "url": "https://example.org",
     "published": "2024-09", "kind": "news", "reliability": "B", "origin": "o", "language": "en",
     "sha256": "0" * 64},
    {"record": "episode", "id": "talks", "kind": "talks", "name": "Talks", "when": "2023-10/.."},
    CLAIM | {"episode": "talks", "evidence": [EVIDENCE | {
        "locator": "paragraph 4", "passage": "…", "stance": "denied", "modality": "intended",
        "attributed_to": "iran", "strength": "weak", "outcome": "stalled", "amount": 3.5,
        "unit": "USD", "coder": "desk", "status": "retracted",
        "recorded_at": "2026-11-22T09:00:00Z", "decided_at": "2026-11-22T10:00:00Z",
        "decided_by": "editor", "reason": "withdrawn", "retracted_at": "2026-11-23T09:00:00Z"}]},
    {"record": "judgement", "left": "us", "right": "united-states", "verdict": "same",
     "by": "desk", "at": "2026-11-22T09:00:00Z", "reason": "acronym"},
    {"record": "decision", "evidence": "e_1", "verdict": "accepted", "by": "desk",
     "at": "2026-11-22T09:00:00Z", "reason": "seen", "expected": 7},
]  # fmt: skip


@pytest.mark.parametrize("data", FULL, ids=lambda data: data["record"])
def test_a_record_is_written_as_it_was_read(data: dict[str, Any]) -> None:
    record: Record = parse_record(data, ONTOLOGY)
    written = dump_record(record)

    assert parse_record(written, ONTOLOGY) == record
    for name, value in data.items():
        if name != "evidence":
            assert written[name] == value


def test_every_line_of_the_dossier_is_a_record() -> None:
    lines = dossier("gaza-mediation").read_text("utf-8").splitlines()
    records = [parse_record(json.loads(line), ONTOLOGY) for line in lines]

    claims = [record for record in records if isinstance(record, ClaimRecord)]
    assert len(claims) >= 50
    assert len(records) - len(claims) >= 25
