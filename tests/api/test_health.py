from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.domain.actors import Actor
from graph_service.settings import Settings
from graph_service.stores.graph import Graph, open_graph
from tests.api.conftest import gaza_graph


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:{tmp_path / 'graph.sqlite'}"


@pytest.fixture
def kept(url: str) -> Iterator[Graph]:
    graph = gaza_graph(url)
    yield graph
    graph.close()


def test_a_service_with_a_store_is_alive(client: TestClient) -> None:
    data = client.get("/healthz").json()["data"]

    assert data["status"] == "ok"
    assert data["sequence"] > 0


def test_a_service_whose_store_is_gone_is_not(url: str) -> None:
    graph = gaza_graph(url)
    with TestClient(create_app(graph, Settings())) as client:
        assert client.get("/healthz").status_code == 200
        graph.store.close()
        answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/store-unavailable"
    assert answer.headers["retry-after"] == "1"


def test_ready_means_that_what_others_wrote_is_in_the_index(kept: Graph, url: str) -> None:
    with TestClient(create_app(kept, Settings())) as client:
        before = client.get("/readyz").json()["data"]["sequence"]
        other = open_graph(url)
        other.write([Actor("elsewhere", "state", "Elsewhere")], by="somebody else")
        other.close()
        after = client.get("/readyz").json()["data"]
        found = client.get("/v1/actors/elsewhere")

    assert after == {"status": "ready", "sequence": before + 1}
    assert found.status_code == 200


def metric(client: TestClient, line: str) -> float:
    found = [text for text in client.get("/metrics").text.splitlines() if text.startswith(line)]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


def test_requests_are_counted_by_route_and_not_by_path(client: TestClient) -> None:
    line = 'graph_service_requests_total{method="GET",route="/v1/actors/{id}",status="200"}'
    before = metric(client, line)
    client.get("/v1/actors/iran")
    client.get("/v1/actors/hamas")

    assert metric(client, line) == before + 2


def test_paths_and_methods_that_do_not_exist_make_no_new_counters(client: TestClient) -> None:
    client.request("BREW", "/coffee")
    text = client.get("/metrics").text

    assert "coffee" not in text
    assert "BREW" not in text
    assert 'method="other",route="none",status="404"' in text


def test_metrics_say_where_the_index_stands(client: TestClient) -> None:
    sequence = client.get("/readyz").json()["data"]["sequence"]

    assert metric(client, "graph_service_index_sequence") == sequence
    assert metric(client, "graph_service_questions_waiting") == 0


def test_answers_not_sent_again_are_counted(client: TestClient) -> None:
    tag = client.get("/v1/actors/iran").headers["etag"]
    before = metric(client, "graph_service_answers_unchanged_total")
    client.get("/v1/actors/iran", headers={"If-None-Match": tag})

    assert metric(client, "graph_service_answers_unchanged_total") == before + 1


def test_two_apps_count_apart(graph: Graph) -> None:
    one, other = create_app(graph, Settings()), create_app(graph, Settings())
    line = 'graph_service_requests_total{method="GET",route="/v1/actors/{id}",status="200"}'
    with TestClient(one) as client:
        client.get("/v1/actors/iran")
    with TestClient(other) as client:
        assert metric(client, line) == 0
