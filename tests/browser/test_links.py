"""Where Neo4j Browser is, and how it is opened at an actor."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from graph_service.api.links import browser_at
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from tests.api.conftest import gaza_graph
from tests.api.test_browser import opened
from tests.api.writers import local

HERE = "http://localhost:7474/browser/"
SET = "https://graph.example/browser/"
GUIDE = "http://localhost:8000/browser/guides/actors/hamas.md?as_of=2024-09-30"


def address(store: str, browser: str | None = None) -> str | None:
    at = browser_at(Settings(neo4j_browser=browser), store)
    return None if at is None else at.url


def as_browser_reads(url: str) -> dict[str, str]:
    """The parameters of its address, as Browser 5.24 reads `cmd` and `arg`."""
    found = dict(pair.split("=", 1) for pair in urlsplit(url).query.split("&"))
    whole = unquote(url)
    return found | {"arg": whole.partition("&arg=")[2].split("&")[0].split("#")[0]}


@pytest.mark.parametrize(
    ("store", "browser", "wanted"),
    [
        ("bolt://localhost:7687", None, f"{HERE}?dbms=bolt://neo4j@localhost:7687"),
        ("neo4j://127.0.0.1", None, f"{HERE}?dbms=neo4j://neo4j@127.0.0.1"),
        ("bolt://[::1]:7687/claims", None, f"{HERE}?dbms=bolt://neo4j@%5B::1%5D:7687&db=claims"),
        ("bolt://localhost:9999", None, None),
        ("neo4j+s://graph.example:7687", None, None),
        ("sqlite:graph.sqlite", None, None),
        ("memory:", None, None),
        ("bolt://localhost:7687", "", None),
        ("neo4j+s://db.example/claims", SET, f"{SET}?dbms=neo4j%2Bs://neo4j@db.example&db=claims"),
        ("bolt://db:7687", f"{SET}?dbms=bolt://me:7687", f"{SET}?dbms=bolt://me:7687"),
        ("bolt://db:7687", f"{SET}?theme=dark", f"{SET}?theme=dark&dbms=bolt://neo4j@db:7687"),
        ("sqlite:graph.sqlite", SET, SET),
    ],
)
def test_browser_is_where_it_is_set_or_beside_a_neo4j_of_this_machine(
    store: str, browser: str | None, wanted: str | None
) -> None:
    assert address(store, browser) == wanted


def test_what_is_no_address_is_no_setting() -> None:
    for text in ("localhost:7474", "ftp://x/", "http://", "javascript:alert(1)"):
        with pytest.raises(ValidationError):
            Settings(neo4j_browser=text)


def test_a_link_opens_the_guide_as_browser_reads_addresses() -> None:
    at = browser_at(Settings(), "bolt://localhost:7687/claims")
    assert at is not None

    read = as_browser_reads(at.opening(GUIDE))

    assert read == {
        "dbms": "bolt://neo4j@localhost:7687",
        "db": "claims",
        "cmd": "guide",
        "arg": GUIDE,
    }
    assert at.origin == "http://localhost:7474"


@pytest.mark.parametrize("part", ["", "/leverage", "/influence", "/neighbours"])
def test_every_answer_about_an_actor_links_to_its_guide(graph: Graph, part: str) -> None:
    with local(graph, neo4j_browser=f"{HERE}?dbms=bolt://neo4j@localhost:7687") as client:
        answer = client.get(f"/v1/actors/hamas{part}?as_of=2024-09-30")
        link = opened(answer)

    assert link is not None
    assert as_browser_reads(link)["arg"] == GUIDE
    assert answer.headers["link"].endswith('rel="alternate"; title="Open in Neo4j Browser"')


def test_an_actor_shows_its_link_and_the_guide_is_there(graph: Graph) -> None:
    with local(graph, neo4j_browser=HERE) as client:
        answer = client.get("/v1/actors/hamas?as_of=2024-09-30")
        link = answer.json()["data"]["neo4j_browser"]
        guide = client.get(as_browser_reads(link)["arg"])

    assert link == opened(answer)
    assert parse_qs(urlsplit(link).query)["cmd"] == ["guide"]
    assert guide.text.startswith("[//]: # (<title>Hamas, 2024-09-30</title>)")


def test_where_there_is_no_neo4j_there_is_no_link(client: TestClient) -> None:
    answer = client.get("/v1/actors/hamas")

    assert answer.json()["data"]["neo4j_browser"] is None
    assert opened(answer) is None


def test_pages_of_neighbours_still_link_to_the_next_one() -> None:
    graph = gaza_graph()
    with local(graph, neo4j_browser=HERE) as client:
        answer = client.get("/v1/actors/hamas/neighbours?as_of=2024-09-30&limit=1")
    graph.close()

    assert answer.links.keys() == {"next", "alternate"}
