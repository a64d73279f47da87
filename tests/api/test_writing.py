"""`POST /v1/records`: what is taken in, once and whole."""

import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph_service.domain.claims import ClaimRecord, Status
from graph_service.stores.graph import Graph
from tests.api.writers import SOURCE, Json, bearer, claim, local, remote


def post(client: TestClient, records: object, key: str | None = None) -> Json:
    headers = {} if key is None else {"Idempotency-Key": key}
    answer = client.post("/v1/records", json=records, headers=headers)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


def test_a_bundle_is_written_and_its_ids_are_told(graph: Graph) -> None:
    before = graph.store.head().sequence
    with local(graph) as client:
        told = post(client, [claim(), SOURCE])

    (claim_id,), (evidence_id,) = told["data"]["claims"], told["data"]["evidence"]
    assert told["meta"]["sequence"] == graph.store.head().sequence == before + 2
    record = graph.claim(claim_id).record
    assert [piece.id for piece in record.evidence] == [evidence_id]
    assert record.evidence[0].status is Status.PROPOSED


def test_it_is_not_to_be_kept_by_anybody_on_the_way(graph: Graph) -> None:
    with local(graph) as client:
        headers = client.post("/v1/records", json=[SOURCE]).headers

    assert headers["cache-control"] == "no-store"
    assert "etag" not in headers


def test_writing_the_same_again_changes_nothing_and_tells_the_same_ids(graph: Graph) -> None:
    with local(graph) as client:
        first, again = (post(client, [SOURCE, claim()]) for _ in range(2))

    assert again == first


def test_the_name_of_the_key_stands_in_the_log(graph: Graph, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with remote(graph, keys) as client:
        headers = bearer(keys, "field-office")
        client.post("/v1/records", json=[SOURCE], headers=headers).raise_for_status()
    with local(graph) as client:
        post(client, [claim()])

    assert [entry.by for entry in graph.store.entries(after=80)] == ["field-office", "local"]


def test_whoever_a_record_names_it_is_the_writer_who_decides_and_judges(graph: Graph) -> None:
    signed = {"by": "somebody-else", "at": "2020-01-01T00:00:00Z"}
    with local(graph) as client:
        ids = post(client, [SOURCE, claim()])["data"]
        twin = {"record": "actor", "id": "qatar-2", "kind": "state", "name": "Qatar (2)"}
        same = {"record": "judgement", "left": "qatar-2", "right": "qatar", "verdict": "same"}
        decision = {"record": "decision", "evidence": ids["evidence"][0], "verdict": "accepted"}
        post(client, [decision | signed, same | signed, twin])

    *_, judged, decided = sorted(graph.store.entries(after=83), key=lambda e: str(type(e.record)))
    piece = graph.claim(ids["claims"][0]).record.evidence[0]
    assert piece.decided_by == "local"
    assert piece.decided_at == judged.at
    assert "somebody-else" not in str([judged.record, decided.record])
    assert "2020" not in str([judged.record, decided.record])


def test_clocks_of_evidence_are_those_of_the_store(graph: Graph) -> None:
    life = {"status": "rejected", "recorded_at": "2020-01-01T00:00:00Z", "decided_by": "nobody"}
    with local(graph) as client:
        (id_,) = post(client, [SOURCE, claim(**life)])["data"]["claims"]

    piece = graph.claim(id_).record.evidence[0]
    assert (piece.status, piece.decided_by) == (Status.REJECTED, None)
    assert piece.recorded_at is not None
    assert piece.recorded_at.year == 2026


def test_an_empty_bundle_writes_nothing(graph: Graph) -> None:
    with local(graph) as client:
        assert post(client, []) == {
            "data": {"claims": [], "evidence": []},
            "meta": {"sequence": 80, "as_of": None, "known_at": None, "truncated": None,
                     "coverage": None, "unread_since": None},
        }  # fmt: skip


def test_a_retry_under_its_key_is_the_same_write(graph: Graph) -> None:
    renamed = [SOURCE, SOURCE | {"title": "Another"}, SOURCE]
    with local(graph) as client:
        first = client.post("/v1/records", json=renamed, headers={"Idempotency-Key": "one"})
        head = graph.store.head()
        again = client.post("/v1/records", json=renamed, headers={"Idempotency-Key": "one"})

    assert again.content == first.content
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert graph.store.head() == head


def test_another_body_under_the_same_key_is_a_conflict(graph: Graph) -> None:
    with local(graph) as client:
        post(client, [SOURCE], key="one")
        answer = client.post("/v1/records", json=[claim()], headers={"Idempotency-Key": "one"})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")
    assert "field" not in answer.json()
    assert graph.store.head().sequence == 81


def test_a_key_names_a_write_of_one_writer_only(graph: Graph, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with remote(graph, keys) as client:
        for name, record in (("a", SOURCE), ("b", claim())):
            headers = {**bearer(keys, name), "Idempotency-Key": "one"}
            client.post("/v1/records", json=[record], headers=headers).raise_for_status()

    assert graph.store.head().sequence == 82


def test_a_refused_write_is_not_remembered_under_its_key(graph: Graph) -> None:
    with local(graph) as client:
        headers = {"Idempotency-Key": "one"}
        assert client.post("/v1/records", json=[claim()], headers=headers).status_code == 422
        post(client, [SOURCE])
        answer = client.post("/v1/records", json=[claim()], headers=headers)

    assert answer.status_code == 200
    assert "idempotency-replayed" not in answer.headers


def test_many_write_at_once_and_nothing_is_lost(graph: Graph) -> None:
    """Sixty-four writers, of whom none is told to come back."""
    statuses: list[int] = []
    together = threading.Barrier(64)
    with local(graph) as client:
        post(client, [SOURCE])

        def write(n: int) -> None:
            together.wait()
            told = client.post("/v1/records", json=[claim(locator=f"line {n}")])
            statuses.append(told.status_code)

        threads = [threading.Thread(target=write, args=(n,)) for n in range(64)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert statuses == [200] * 64
    told = [entry.record for entry in graph.store.entries(after=81)]
    assert all(isinstance(record, ClaimRecord) for record in told)
    pieces = {piece.locator for record in told for piece in record.evidence}  # type: ignore[union-attr] # as seen above
    assert pieces == {f"line {n}" for n in range(64)}
    assert graph.store.verify() == graph.store.head()


@pytest.mark.parametrize("workers", [1, 3])
def test_more_writers_than_there_is_room_for_are_told_to_come_back(
    graph: Graph, workers: int
) -> None:
    """What is taken is written, what is refused is not, and nobody waits for ever."""
    statuses: list[int] = []
    with local(graph, writers=workers, waiting=0) as client:
        post(client, [SOURCE])

        def write(n: int) -> None:
            told = client.post("/v1/records", json=[claim(locator=f"line {n}")])
            statuses.append(told.status_code)

        threads = [threading.Thread(target=write, args=(n,)) for n in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert set(statuses) <= {200, 503}
    assert graph.store.head().sequence == 81 + statuses.count(200)
