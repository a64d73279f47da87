"""Who may write and read, with a key and without one."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph_service.api.access import check_listening, is_loopback
from graph_service.domain.errors import KeyNeeded
from graph_service.keys import KeyRing, Scope
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from tests.api.conftest import TODAY
from tests.api.writers import SOURCE, bearer, local, remote

WRITES = ("/v1/records", "/v1/decisions")


def written(client: TestClient, **headers: str) -> Any:  # noqa: ANN401 - an answer
    return client.post("/v1/records", json=[SOURCE], headers=headers)


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize(
    "header",
    [None, b"", b"Bearer", b"Bearer ", b"Bearer gs_wrong", b"Basic ZGVzazp4", b"gs_x",
     b"Bearer \xe9"],
)  # fmt: skip
def test_nobody_writes_from_elsewhere_without_a_key(
    graph: Graph, tmp_path: Path, path: str, header: bytes | None
) -> None:
    bearer(tmp_path / "keys")
    with remote(graph, tmp_path / "keys") as client:
        given = {} if header is None else {b"Authorization": header}
        answer = client.post(path, json=[], headers=given)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "/problems/key-needed"


def test_a_key_for_reading_does_not_write_and_says_what_does(graph: Graph, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with remote(graph, keys) as client:
        answer = written(client, **bearer(keys, "reader", Scope.READ))

    assert answer.status_code == 403
    assert "--scope write" in answer.json()["detail"]
    assert graph.store.head().sequence == 80


def test_a_key_that_is_revoked_stops_writing_at_once(graph: Graph, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with remote(graph, keys) as client:
        headers = bearer(keys)
        assert written(client, **headers).status_code == 200
        KeyRing(keys).revoke("desk", at=TODAY)
        assert written(client, **headers).status_code == 401


def test_reading_is_free_unless_the_service_is_private(graph: Graph, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with remote(graph, keys) as client:
        assert client.get("/v1/actors", headers={"Authorization": "Basic x"}).status_code == 200
    with remote(graph, keys, private=True) as client:
        assert client.get("/v1/actors").status_code == 401
        assert client.get("/v1/actors?spin=1").status_code == 401
        assert client.get("/v1/actors", headers=bearer(keys, "r", Scope.READ)).status_code == 200
        assert client.get("/v1/actors", headers=bearer(keys, "w")).status_code == 200
        for open_to_all in ("/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"):
            assert client.get(open_to_all).status_code == 200


def test_behind_a_proxy_writing_can_take_a_key_while_reading_is_free(
    graph: Graph, tmp_path: Path
) -> None:
    with local(graph, keys=tmp_path / "keys", local_writes=False) as client:
        assert client.get("/v1/ontology").status_code == 200
        assert client.post("/v1/records", json=[]).status_code == 401


def test_a_private_service_takes_keys_on_its_own_machine_too(graph: Graph, tmp_path: Path) -> None:
    """So that one behind a proxy, which is on the same machine, can be kept shut."""
    keys = tmp_path / "keys"
    with local(graph, keys=keys, private=True) as client:
        assert written(client).status_code == 401
        assert client.get("/v1/actors").status_code == 401
        assert written(client, **bearer(keys)).status_code == 200


def test_a_key_that_is_given_is_looked_at_where_none_is_needed(
    graph: Graph, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    with local(graph, keys=keys) as client:
        assert written(client, Authorization="Bearer gs_wrong").status_code == 401
        assert written(client, **bearer(keys, "r", Scope.READ)).status_code == 403
        assert written(client, **bearer(keys, "w")).status_code == 200

    assert next(graph.store.entries(after=80)).by == "w"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "[::1]"]
)
def test_a_program_of_this_machine_needs_no_key(graph: Graph, host: str) -> None:
    with local(graph) as client:
        assert written(client, Host=host).status_code == 200
        assert written(client, Host=host, Origin=f"http://{host}").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8000"},
        {"Host": "localhost.evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "192.168.0.7:8000"},
        {"Host": "0.0.0.0:8000"},
        {"Host": ""},
        {"Host": "[::1"},
        {"Host": "user@evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost.evil.example"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Forwarded-Host": "claims.example"},
        {"X-Forwarded-Proto": "https"},
        {"Forwarded": "for=203.0.113.9"},
        {"Via": "1.1 proxy"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", WRITES)
def test_a_page_of_another_site_cannot_write_through_a_browser_here(
    graph: Graph, path: str, headers: dict[str, str]
) -> None:
    with local(graph) as client:
        answer = client.post(path, json=[SOURCE], headers=headers)

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/not-allowed"


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                     "application/jsonp", "text/json"]
)  # fmt: skip
@pytest.mark.parametrize("path", WRITES)
def test_what_a_page_may_post_without_being_asked_is_no_write(
    graph: Graph, path: str, content_type: str
) -> None:
    with local(graph) as client:
        answer = client.post(path, content=b"[]", headers={"Content-Type": content_type})

    assert answer.status_code == 415
    assert answer.headers["accept-post"] == "application/json"


def test_json_in_any_charset_name_or_case_is_taken_and_compressed_is_not(graph: Graph) -> None:
    with local(graph) as client:
        for given in ("application/json; charset=utf-8", "Application/JSON"):
            headers = {"Content-Type": given}
            assert client.post("/v1/records", content=b"[]", headers=headers).status_code == 200
        zipped = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        assert client.post("/v1/records", content=b"[]", headers=zipped).status_code == 415


@pytest.mark.parametrize("path", WRITES)
def test_a_service_for_reading_only_says_so(graph: Graph, tmp_path: Path, path: str) -> None:
    keys = tmp_path / "keys"
    with remote(graph, keys, read_only=True) as client:
        answer = client.post(path, json=[], headers=bearer(keys))
        assert client.get("/v1/actors").status_code == 200

    assert answer.status_code == 403
    assert "reading only" in answer.json()["detail"]


def test_damaged_keys_let_nobody_in_and_hide_where_they_lie(graph: Graph, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    headers = bearer(keys)
    keys.write_text("{")
    with remote(graph, keys) as client:
        answer = written(client, **headers)

    assert answer.status_code == 500
    assert str(tmp_path) not in answer.text


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("", False),
     ("0.0.0.0", False), ("::", False), ("graph.example", False), ("10.0.0.1", False)],
)  # fmt: skip
def test_loopback_is_this_machine_to_itself(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_to_listen_to_others_takes_a_key_for_writing(tmp_path: Path) -> None:
    keys = tmp_path / "graph.keys"
    public = Settings(host="0.0.0.0", keys=keys)
    with pytest.raises(KeyNeeded, match=f"keys add NAME --scope write --keys {keys}"):
        check_listening(public)
    bearer(keys, "reader", Scope.READ)
    bearer(keys, "gone")
    KeyRing(keys).revoke("gone", at=TODAY)
    with pytest.raises(KeyNeeded):
        check_listening(public)

    bearer(keys, "desk")

    check_listening(public)
    check_listening(Settings(keys=tmp_path / "none"))
    check_listening(Settings(host="::", keys=tmp_path / "none", read_only=True))
