"""What cannot be written: it is said where and why, and nothing of it is kept."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
import structlog
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.settings import Settings
from graph_service.stores.graph import Graph, open_graph
from tests.api.conftest import gaza_graph
from tests.api.writers import SOURCE, Json, claim, local

HEADERS = {"Content-Type": "application/json"}
PATHS = ("/v1/records", "/v1/decisions")


@pytest.fixture(scope="module")
def refusing() -> Iterator[tuple[TestClient, Graph]]:
    """A service that takes in nothing in these tests."""
    graph = gaza_graph()
    with local(graph) as client:
        yield client, graph
        assert graph.store.head().sequence == 80
    graph.close()


@pytest.fixture
def client(refusing: tuple[TestClient, Graph]) -> TestClient:
    return refusing[0]


def refused(
    client: TestClient, path: str, body: bytes, status: int = 422, key: bytes | None = None
) -> Json:
    headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    given = headers if key is None else [*headers, (b"Idempotency-Key", key)]
    answer = client.post(path, content=body, headers=given)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem: Json = answer.json()
    assert problem["request_id"] == answer.headers["x-request-id"]
    return problem


ODD = (
    b"", b" ", b"{", b"[", b"null", b"[null]", b"true", b'"x"', b"[[]]", b"[1]", b"{}", b"NaN",
    b"[NaN]", b"[Infinity]", b'[{"record":"claim","confidence":1e999}]', b"[9223372036854775808]",
    b'[{"record":"actor","record":"source"}]', b'["\\ud800"]', b"\xff\xfe[]", b"[]\x00", b"[] []",
    b'\xef\xbb\xbf[{"record":"actor"}]', b"[" * 100 + b"]" * 100, b"[" * 100_000,
    b'{"a":' * 1000 + b"1" + b"}" * 1000, b"[" + b"9" * 5000 + b"]", b'[{"record":7}]',
    b'[{"record":"decision","evidence":{}}]', b'{"evidence":{},"verdict":"accepted"}',
    b'{"evidence":["e_x","e_x\\u0000"],"verdict":"accepted"}', b"[" + b"{}," * 20_000 + b"{}]",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_odd_json_is_refused_and_never_a_fault_of_ours(
    client: TestClient, path: str, body: bytes
) -> None:
    assert refused(client, path, body)["type"] == "/problems/invalid-record"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({}, "record"),
        ({"record": "actors"}, "record"),
        ({**SOURCE, "colour": "red"}, "colour"),
        ({**SOURCE, "published": "2024-13"}, "published"),
        ({**SOURCE, "id": "a b"}, "id"),
        ({"record": "actor", "id": "x", "kind": "nation", "name": "X"}, "kind"),
        (claim("nobody"), "subject"),
        (claim(source="no-source"), "evidence[0].source"),
        (claim(confidence=2), "evidence[0].confidence"),
        (claim(stance="perhaps"), "evidence[0].stance"),
        ({**claim(), "relation": "backz"}, "relation"),
        ({**claim(), "id": "c_" + "a" * 26}, "id"),
        ({**claim(), "episode": "none"}, "episode"),
        ({"record": "decision", "evidence": "e_none", "verdict": "accepted"}, "evidence"),
        ({"record": "judgement", "left": "iran", "right": "iran", "verdict": "same"}, "right"),
    ],
)
def test_the_record_at_fault_is_named_by_its_place(
    client: TestClient, record: Json, field: str
) -> None:
    body = json.dumps([record, SOURCE, claim()][::-1]).encode()

    assert refused(client, "/v1/records", body)["field"] == f"[2].{field}"


def test_half_a_surrogate_pair_in_a_record_is_refused(client: TestClient) -> None:
    body = json.dumps([{**SOURCE, "title": "\ud800"}]).encode()

    assert "surrogate" in refused(client, "/v1/records", body)["detail"]


def test_what_contradicts_the_record_is_a_conflict_with_its_place(client: TestClient) -> None:
    bundle = [SOURCE, {"record": "actor", "id": "iran", "kind": "person", "name": "Iran"}]

    problem = refused(client, "/v1/records", json.dumps(bundle).encode(), 409)

    assert (problem["type"], problem["field"]) == ("/problems/conflict", "[1]")


def test_an_alias_is_no_id_and_nothing_is_guessed(client: TestClient) -> None:
    body = json.dumps([SOURCE, claim("Tehran")]).encode()

    assert refused(client, "/v1/records", body)["field"] == "[1].subject"


def test_a_body_that_is_too_large_is_told_what_to_do(client: TestClient) -> None:
    for path in PATHS:
        problem = refused(client, path, b"[" + b" " * 2_100_000 + b"]", 413)
        assert problem["limit"] == 2_097_152
        assert "graph-service import native FILE" in problem["detail"]


def test_so_is_one_that_does_not_say_how_large_it_is(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    for path in PATHS:
        answer = client.post(path, content=parts(), headers=HEADERS)
        assert (answer.status_code, answer.json()["limit"]) == (413, 2_097_152)


def test_a_bundle_of_too_many_records_is_told_what_to_do(graph: Graph) -> None:
    many = [{"record": "actor", "id": f"a{n}", "kind": "state", "name": "A"} for n in range(6)]
    evidence = {"evidence": ["e_7p3vtkxavltiocoyi5xgzovca4"] * 6, "verdict": "rejected"}
    with local(graph, bundle_limit=5) as client:
        for path, body in zip(PATHS, (many, evidence), strict=True):
            problem = refused(client, path, json.dumps(body).encode(), 413)
            assert (problem["type"], problem["limit"]) == ("/problems/body-too-large", 5)
            assert "5 records" in problem["detail"]
            assert "graph-service import native FILE" in problem["detail"]
        assert client.post("/v1/records", json=many[1:]).status_code == 200

    assert graph.store.head().sequence == 85


def test_half_a_body_is_no_write_and_no_fault_of_ours(graph: Graph) -> None:
    """A list that would do, were it not for the client that went away before it was whole."""
    log = io.StringIO()
    app = create_app(graph, Settings(), log=structlog.wrap_logger(structlog.WriteLogger(log)))
    parts: Iterator[Json] = iter([{"type": "http.request", "body": b"[]", "more_body": True},
                  {"type": "http.disconnect"}])  # fmt: skip
    sent = []

    async def receive() -> Json:
        return next(parts)

    async def send(message: Any) -> None:  # noqa: ANN401 - as ASGI has it
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {"type": "http", "http_version": "1.1", "method": "POST", "path": "/v1/records",
             "query_string": b"", "headers": headers, "scheme": "http"}  # fmt: skip
    anyio.run(app, scope, receive, send)

    assert sent[0]["status"] == 400
    assert log.getvalue() == ""


@pytest.mark.parametrize("key", [b"", b" ", b"a b", b"x" * 201, b"\x7f", "é".encode(), b"a\tb"])
@pytest.mark.parametrize("path", PATHS)
def test_a_key_for_a_write_is_short_and_visible(client: TestClient, path: str, key: bytes) -> None:
    problem = refused(client, path, b"[]", key=key)

    assert problem["type"] == "/problems/invalid-parameter"
    assert problem["parameter"] == "Idempotency-Key"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_post_writes(client: TestClient, path: str, method: str) -> None:
    answer = client.request(method, path)

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("path", PATHS)
def test_a_write_takes_no_parameters(client: TestClient, path: str) -> None:
    assert refused(client, f"{path}?min_sequence=1", b"[]")["parameter"] == "min_sequence"


def test_a_store_that_can_only_be_read_says_so(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'graph.sqlite'}"
    gaza_graph(url).close()
    graph = open_graph(url, read_only=True)
    with local(graph) as client:
        body = json.dumps([SOURCE]).encode()
        problem = refused(client, "/v1/records", body, 503)
    graph.close()

    assert problem["type"] == "/problems/store-read-only"
    assert str(tmp_path) not in json.dumps(problem)
