"""Reading one's own writes: a question may name the entry that it wants to see."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph_service.stores.graph import Graph, open_graph
from tests.api.conftest import TODAY, gaza_graph
from tests.api.routes import ROUTES
from tests.api.sent import take_in_the_example
from tests.api.test_writing import post
from tests.api.writers import SOURCE, claim, local

QUESTIONS = [route for route in ROUTES if route.startswith("/v1/")]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    graph = gaza_graph()
    with local(graph, catch_up_seconds=0.02) as client:
        take_in_the_example(client)
        yield client
    graph.close()


def asked(route: str, sequence: int) -> str:
    return f"{route}{'&' if '?' in route else '?'}min_sequence={sequence}"


@pytest.mark.parametrize("route", QUESTIONS)
def test_every_question_sees_at_least_the_entry_that_is_asked_for(
    client: TestClient, route: str
) -> None:
    answer = client.get(asked(route, 80))

    assert answer.status_code == 200
    if answer.headers["content-type"] == "application/json":
        assert answer.json()["meta"]["sequence"] >= 80


@pytest.mark.parametrize("route", QUESTIONS)
def test_what_the_store_does_not_have_in_time_is_said(client: TestClient, route: str) -> None:
    answer = client.get(asked(route, 2**63 - 1))

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["type"] == "/problems/not-ready"
    assert "stands at entry 80" in answer.json()["detail"]


@pytest.mark.parametrize("route", QUESTIONS)
def test_it_is_a_condition_and_no_part_of_the_question(client: TestClient, route: str) -> None:
    answer = client.get(route)

    assert client.get(asked(route, 1)).content == answer.content
    known = {"If-None-Match": answer.headers["etag"]}
    assert client.get(asked(route, 1), headers=known).status_code == 304


def test_a_list_goes_on_whatever_was_to_be_seen_on_its_first_page(client: TestClient) -> None:
    first = client.get("/v1/claims?limit=2&min_sequence=80").json()
    cursor = first["meta"]["next_cursor"]

    second = client.get("/v1/claims", params={"limit": 2, "cursor": cursor}).json()

    whole = client.get("/v1/claims?limit=4").json()["data"]
    assert first["data"] + second["data"] == whole


@pytest.mark.parametrize("text", ["-1", "x", "1.5", "9223372036854775808", "", "1&min_sequence=1"])
def test_what_is_no_entry_of_the_log_is_refused(client: TestClient, text: str) -> None:
    answer = client.get(f"/v1/actors?min_sequence={text}")

    assert (answer.status_code, answer.json()["parameter"]) == (422, "min_sequence")


def test_what_is_written_is_in_the_next_answer(graph: Graph) -> None:
    with local(graph) as client:
        for n in range(5):
            told = post(client, [SOURCE, claim(locator=f"line {n}")])
            (id_,), sequence = told["data"]["claims"], told["meta"]["sequence"]
            seen = client.get(f"/v1/claims/{id_}?min_sequence={sequence}").json()
            assert len(seen["data"]["evidence"]) == n + 1
            assert seen["meta"]["sequence"] >= sequence


def test_a_question_waits_for_what_another_process_is_about_to_write(tmp_path: Path) -> None:
    """Two graphs over one file stand for two processes."""
    url = f"sqlite:{tmp_path / 'graph.sqlite'}"
    mine, other = gaza_graph(url), open_graph(url, clock=lambda: TODAY)
    with local(mine) as writer, local(other, catch_up_seconds=20.0) as reader:
        # FastAPI finishes routes at their first use, which two apps in two threads must not share.
        reader.get("/v1/sources")
        post(writer, [])
        answers = []
        threads = [
            threading.Thread(target=lambda: answers.append(reader.get(asked("/v1/sources", 82))))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        post(writer, [SOURCE])
        post(writer, [SOURCE | {"id": "wire-2"}])
        for thread in threads:
            thread.join()
    mine.close()
    other.close()

    assert [answer.status_code for answer in answers] == [200] * 8
    assert all("wire-2" in answer.text for answer in answers)
