"""`POST /v1/decisions`: what becomes of evidence, and who was first."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph_service.domain.claims import Status
from graph_service.keys import Scope
from graph_service.stores.graph import Graph
from tests.api.test_writing import post
from tests.api.writers import SOURCE, Json, bearer, claim, local, remote


@pytest.fixture
def client(graph: Graph) -> Iterator[TestClient]:
    with local(graph) as client:
        yield client


@pytest.fixture
def proposed(client: TestClient) -> Json:
    """Two pieces of evidence on one claim, one on another, and where the log stood then."""
    bundle = [SOURCE, claim(), claim(locator="line 2"), claim("egypt")]
    told = post(client, bundle)
    return {**told["data"], "seen": told["meta"]["sequence"]}


def decide(
    client: TestClient, body: object, status: int = 200, headers: dict[str, str] | None = None
) -> Json:
    answer = client.post("/v1/decisions", json=body, headers=headers)
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


def statuses(graph: Graph, claims: list[str]) -> list[Status]:
    return [piece.status for id_ in claims for piece in graph.claim(id_).record.evidence]


def test_one_decision_is_made(graph: Graph, client: TestClient, proposed: Json) -> None:
    evidence = proposed["evidence"][0]

    told = decide(client, {"evidence": evidence, "verdict": "accepted", "reason": "Checked."})

    assert told["data"] == {"claims": proposed["claims"][:1], "evidence": [evidence]}
    assert told["meta"]["sequence"] == proposed["seen"] + 1
    piece = graph.claim(told["data"]["claims"][0]).record.evidence[0]
    assert (piece.status, piece.decided_by, piece.reason) == ("accepted", "local", "Checked.")


def test_several_are_made_together(graph: Graph, client: TestClient, proposed: Json) -> None:
    first, second, third = proposed["evidence"]
    body = [
        {"evidence": [first, second], "verdict": "accepted", "expected": proposed["seen"]},
        {"evidence": third, "verdict": "rejected", "reason": "Hearsay."},
    ]

    told = decide(client, body)

    assert sorted(told["data"]["evidence"]) == sorted(proposed["evidence"])
    assert statuses(graph, proposed["claims"]) == ["accepted", "accepted", "rejected"]


def test_one_that_cannot_be_made_keeps_all_from_being_made(
    graph: Graph, client: TestClient, proposed: Json
) -> None:
    ids = proposed["evidence"]
    for bad, status in (("e_nothing", 422), ("not an id", 422), ("", 422), (None, 422)):
        problem = decide(client, {"evidence": [*ids, bad], "verdict": "accepted"}, status)
        assert problem["field"] == "evidence[3]"
    problem = decide(client, [{"evidence": ids, "verdict": "retracted", "reason": "?"}], 409)

    assert problem["field"] == "[0].evidence[0]"
    assert statuses(graph, proposed["claims"]) == ["proposed"] * 3
    assert graph.store.head().sequence == proposed["seen"]


def test_to_decide_the_same_again_changes_nothing(
    graph: Graph, client: TestClient, proposed: Json
) -> None:
    body = {"evidence": proposed["evidence"], "verdict": "accepted", "expected": proposed["seen"]}

    first, again = decide(client, body), decide(client, body)

    assert again == first
    assert graph.store.head().sequence == first["meta"]["sequence"]


def test_to_decide_otherwise_says_who_decided_what_and_when(
    client: TestClient, proposed: Json
) -> None:
    evidence = proposed["evidence"][0]
    decide(client, {"evidence": evidence, "verdict": "accepted"})

    problem = decide(client, {"evidence": evidence, "verdict": "rejected"}, 409)

    assert problem["type"] == "/problems/conflict"
    assert f"{evidence} is accepted and cannot become rejected" in problem["detail"]
    assert "local decided so at 2026-11-22T09:00:00Z" in problem["detail"]


def test_a_claim_that_changed_meanwhile_shows_what_came_between(
    client: TestClient, proposed: Json
) -> None:
    evidence, seen = proposed["evidence"][0], proposed["seen"]
    decide(client, {"evidence": evidence, "verdict": "accepted", "reason": "Checked."})
    post(client, [claim(locator="line 3")])

    late = {"evidence": evidence, "verdict": "rejected", "expected": seen}
    problem = decide(client, late, 409)

    assert problem["type"] == "/problems/lost-update"
    history = client.get(f"/v1/claims/{proposed['claims'][0]}").json()["data"]["history"]
    assert problem["changes"] == [each for each in history if each["sequence"] > seen]
    assert [each["what"] for each in problem["changes"]] == ["accepted", "recorded"]
    assert problem["changes"][0]["by"] == "local"
    assert problem["changes"][0]["reason"] == "Checked."


def test_of_two_who_decide_at_once_one_wins_and_the_other_sees_why(
    graph: Graph, client: TestClient, proposed: Json
) -> None:
    together = threading.Barrier(2)
    found: dict[str, Json] = {}

    def race(verdict: str) -> None:
        body = {"evidence": proposed["evidence"][0], "verdict": verdict,
                "expected": proposed["seen"]}  # fmt: skip
        together.wait()
        answer = client.post("/v1/decisions", json=body)
        found[verdict] = {"status": answer.status_code, **answer.json()}

    threads = [threading.Thread(target=race, args=(it,)) for it in ("accepted", "rejected")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (winner,) = [verdict for verdict, told in found.items() if told["status"] == 200]
    (lost,) = [told for verdict, told in found.items() if verdict != winner]
    assert lost["status"] == 409
    assert [change["what"] for change in lost["changes"]] == [winner]
    assert statuses(graph, proposed["claims"][:1]) == [winner, "proposed"]


def test_retraction_keeps_its_reason(graph: Graph, client: TestClient) -> None:
    told = decide(
        client,
        {"evidence": "e_7p3vtkxavltiocoyi5xgzovca4", "verdict": "retracted", "reason": "Misread."},
    )

    piece = graph.claim(told["data"]["claims"][0]).record.evidence[0]
    assert (piece.status, piece.reason, piece.decided_by) == ("retracted", "Misread.", "local")


def test_a_native_decision_is_taken_too_and_signed_by_the_writer(
    graph: Graph, client: TestClient, proposed: Json
) -> None:
    record = {"record": "decision", "verdict": "accepted", "by": "x", "at": "2020-01-01T00:00:00Z"}

    decide(client, record | {"evidence": proposed["evidence"][0]})

    piece = graph.claim(proposed["claims"][0]).record.evidence[0]
    assert (piece.decided_by, str(piece.decided_at)[:4]) == ("local", "2026")


def test_a_retry_under_its_key_is_the_same_decision(
    graph: Graph, client: TestClient, proposed: Json
) -> None:
    body = {"evidence": proposed["evidence"][0], "verdict": "accepted", "expected": 82}
    key = {"Idempotency-Key": "k"}
    refused = decide(client, body, 409, key)
    body["expected"] = proposed["seen"]
    first = decide(client, body, headers=key)
    retracted = {"evidence": proposed["evidence"][0], "verdict": "retracted", "reason": "Misread."}
    decide(client, retracted)

    assert refused["changes"]
    assert decide(client, body, headers=key) == first
    assert statuses(graph, proposed["claims"][:1]) == ["retracted", "proposed"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (7, None),
        ("e_x", None),
        ([7], "[0]"),
        ({}, "verdict"),
        ({"evidence": "e_x"}, "verdict"),
        ({"verdict": "accepted"}, "evidence"),
        ({"evidence": [], "verdict": "accepted"}, "evidence"),
        ({"evidence": 7, "verdict": "accepted"}, "evidence"),
        ({"evidence": ["e_x", ["e_y"]], "verdict": "accepted"}, "evidence[1]"),
        ([{"evidence": "e_x", "verdict": "proposed"}], "[0].verdict"),
        ({"evidence": "e_x", "verdict": "accepted", "expected": -1}, "expected"),
        ({"evidence": "e_x", "verdict": "accepted", "expected": 2**63 - 1}, "evidence"),
        ({"evidence": "e_x", "verdict": "accepted", "expected": True}, "expected"),
        ({"evidence": "e_x", "verdict": "accepted", "reason": 7}, "reason"),
        ([{"evidence": "e_x", "verdict": "accepted", "because": "x"}], "[0].because"),
    ],
)
def test_what_is_no_decision_is_told_where(
    client: TestClient, body: object, field: str | None
) -> None:
    problem = decide(client, body, 422)

    assert problem.get("field") == field
    assert problem["type"] == "/problems/invalid-record"


def test_a_retraction_has_a_reason(graph: Graph, client: TestClient, proposed: Json) -> None:
    problem = decide(
        client, [{"evidence": proposed["evidence"][0], "verdict": "retracted"}], status=422
    )

    assert problem["field"] == "[0].reason"


def test_the_one_who_decides_has_the_name_of_the_key(graph: Graph, tmp_path: Path) -> None:
    with remote(graph, tmp_path / "keys") as client:
        headers = bearer(tmp_path / "keys", "curator", Scope.WRITE)
        told = decide(
            client,
            {
                "evidence": "e_7p3vtkxavltiocoyi5xgzovca4",
                "verdict": "retracted",
                "reason": "Misread.",
            },
            headers=headers,
        )

    assert graph.claim(told["data"]["claims"][0]).record.evidence[0].decided_by == "curator"
