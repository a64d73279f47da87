import pytest
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.settings import Settings
from graph_service.stores.graph import Graph


def test_a_well_formed_request_id_is_kept(client: TestClient) -> None:
    answer = client.get("/v1/ontology", headers={"X-Request-ID": "desk-42"})

    assert answer.headers["x-request-id"] == "desk-42"


@pytest.mark.parametrize("given", ["", "a b", "<script>", "x" * 65, "a\tb"])
def test_any_other_request_id_is_replaced(client: TestClient, given: str) -> None:
    answer = client.get("/v1/ontology", headers={"X-Request-ID": given})

    assert len(answer.headers["x-request-id"]) == 32


@pytest.mark.parametrize("path", ["/v1/actors/hamas", "/nowhere", "/docs", "/healthz", "/metrics"])
def test_every_answer_carries_safe_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "server-timing" in headers


def test_head_is_get_without_the_body(client: TestClient) -> None:
    got, headed = client.get("/v1/actors/hamas"), client.head("/v1/actors/hamas")

    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers["etag"] == got.headers["etag"]
    assert headed.headers["content-length"] == got.headers["content-length"]


def test_a_url_that_is_too_long_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/actors?q=" + "x" * 9000)

    assert answer.status_code == 414
    assert answer.json()["limit"] == 8192
    assert answer.headers["connection"] == "close"


def test_headers_that_are_too_large_are_refused(client: TestClient) -> None:
    answer = client.get("/v1/actors", headers={f"x-{n}": "x" * 1000 for n in range(40)})

    assert (answer.status_code, answer.json()["limit"]) == (431, 32_768)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("length", ["3000000", "9" * 5000])
def test_a_body_that_is_too_large_is_refused_by_its_announcement(
    client: TestClient, method: str, length: str
) -> None:
    answer = client.request(method, "/v1/actors", headers={"Content-Length": length})

    assert (answer.status_code, answer.json()["limit"]) == (413, 2_097_152)


def test_a_small_body_where_none_is_wanted_is_ignored(client: TestClient) -> None:
    assert client.request("GET", "/v1/actors", content=b"{" * 1000).status_code == 200


def test_limits_are_settings(graph: Graph) -> None:
    with TestClient(create_app(graph, Settings(url_limit=256, body_limit=0))) as client:
        assert client.get("/v1/actors?q=" + "x" * 300).status_code == 414
        assert client.request("GET", "/v1/actors", content=b"x").status_code == 413


def test_a_hostile_name_is_served_as_json_and_nothing_else(graph: Graph) -> None:
    from graph_service.domain.actors import Actor

    name = '<img src=x onerror="alert(1)">'
    graph.write([Actor("hostile", "person", name)], by="desk")
    with TestClient(create_app(graph, Settings())) as client:
        answer = client.get("/v1/actors/hostile")

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["data"]["name"] == name
