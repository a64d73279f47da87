"""What Neo4j Browser reads from the service, as Neo4j Browser asks for it."""

from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from graph_service.api.guides import GUIDES
from graph_service.keys import Scope
from graph_service.stores.graph import Graph
from tests.api.writers import bearer, local, remote

ASKED_FROM = "http://localhost:7474"
PREFLIGHT = {
    "Origin": ASKED_FROM,
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "cache-control,pragma,sentry-trace",
}
HAMAS = "/browser/guides/actors/hamas.md?as_of=2024-09-30"
STATIC = (
    *(f"/browser/guides/{name}.md" for name in GUIDES),
    "/browser/style.grass",
    "/browser/favourites.zip",
    "/browser/favourites/leverage.cypher",
)
BROWSER = "http://browser.example:7474/browser/?dbms=bolt://graph.example:7687"


def opened(answer: httpx2.Response) -> str | None:
    """Where an answer says that its actor opens in Neo4j Browser."""
    link = answer.links.get("alternate")
    return None if link is None else str(link["url"])


@pytest.mark.parametrize("path", [*STATIC, HAMAS])
def test_browser_is_let_in_before_it_reads(client: TestClient, path: str) -> None:
    answer = client.options(path, headers=PREFLIGHT)

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] in ("*", ASKED_FROM)
    allowed = set(answer.headers["access-control-allow-headers"].split(", "))
    assert allowed == {"cache-control", "pragma", "sentry-trace"}
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", STATIC)
def test_what_ships_is_for_every_page(client: TestClient, path: str) -> None:
    for origin in (ASKED_FROM, "https://workspace.example", "null"):
        answer = client.get(path, headers={"Origin": origin})

        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("origin", [ASKED_FROM, "http://127.0.0.1:7474", "http://[::1]:7474"])
def test_a_guide_to_an_actor_is_for_pages_of_this_machine(client: TestClient, origin: str) -> None:
    answer = client.get(HAMAS, headers={"Origin": origin})

    assert answer.headers["access-control-allow-origin"] == origin
    assert answer.headers["vary"] == "Origin"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://localhost.evil.example", "http://[::1"]
)
def test_no_other_page_reads_in_the_graph(client: TestClient, origin: str) -> None:
    for answer in (
        client.get(HAMAS, headers={"Origin": origin}),
        client.options(HAMAS, headers={**PREFLIGHT, "Origin": origin}),
    ):
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["vary"] == "Origin"


def test_the_browser_that_answers_link_to_may_read_too(graph: Graph) -> None:
    with local(graph, neo4j_browser=BROWSER) as client:
        known = client.get(HAMAS, headers={"Origin": "http://browser.example:7474"})
        other = client.get(HAMAS, headers={"Origin": "http://browser.example:7475"})

    assert known.headers["access-control-allow-origin"] == "http://browser.example:7474"
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize("path", ["/v1/actors/hamas", "/docs", "/openapi.json", "/healthz", "/"])
def test_nothing_else_is_for_other_pages(client: TestClient, path: str) -> None:
    answers = (
        client.get(path, headers={"Origin": ASKED_FROM}),
        client.options(path, headers=PREFLIGHT),
    )

    assert not any("access-control-allow-origin" in answer.headers for answer in answers)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/browser/guides/nobody.md", 404),
        ("/browser/guides/actors/nobody.md", 404),
        ("/browser/guides/actors/hamas.md?as_of=soon", 422),
        ("/browser/favourites/nothing.cypher", 404),
        ("/browser/style.grass?colour=red", 422),
    ],
)
def test_browser_can_read_what_went_wrong(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path, headers={"Origin": ASKED_FROM})

    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] in ("*", ASKED_FROM)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/browser/guides/tour.md", "text/markdown; charset=utf-8"),
        (HAMAS, "text/markdown; charset=utf-8"),
        ("/browser/style.grass", "text/plain; charset=utf-8"),
        ("/browser/favourites/leverage.cypher", "text/plain; charset=utf-8"),
        ("/browser/favourites.zip", "application/zip"),
    ],
)
def test_everything_has_its_media_type_and_is_not_sent_twice(
    client: TestClient, path: str, media_type: str
) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["content-type"] == media_type
    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")


def test_on_a_private_service_a_guide_to_an_actor_takes_a_key(graph: Graph, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with remote(graph, keys, private=True, neo4j_browser=BROWSER) as client:
        reader = bearer(keys, "r", Scope.READ)

        assert client.get(HAMAS).status_code == 401
        assert client.get(HAMAS, headers=reader).status_code == 200
        assert all(client.get(path).status_code == 200 for path in STATIC)
        assert opened(client.get("/v1/actors/hamas", headers=reader)) is None


def test_guides_name_the_service_as_browser_may_ask_for_it(graph: Graph, tmp_path: Path) -> None:
    """Guides from `localhost` are allowed to Browser from the start, `127.0.0.1` is not."""
    with local(graph) as here, remote(graph, tmp_path / "keys") as elsewhere:
        for path in ("/browser/guides/tour.md", HAMAS):
            assert ":style http://localhost:8000/browser/style.grass" in here.get(path).text
            assert ":style https://graph.example/browser/style.grass" in elsewhere.get(path).text


def test_a_guide_to_an_actor_that_goes_by_another_id_is_there(graph: Graph) -> None:
    both = {"record": "judgement", "left": "turkey", "right": "qatar", "verdict": "same"}
    with local(graph) as client:
        client.post("/v1/records", json=[both]).raise_for_status()
        path = "/browser/guides/actors/{}.md?as_of=2024-09-30"
        answers = [
            client.get(path.format(id_), headers={"Origin": ASKED_FROM}, follow_redirects=False)
            for id_ in ("turkey", "qatar")
        ]

    moved, found = sorted(answers, key=lambda answer: -answer.status_code)
    assert (moved.status_code, found.status_code) == (308, 200)
    assert moved.headers["location"] == path.format("qatar")
    assert moved.headers["access-control-allow-origin"] == ASKED_FROM
