"""The service on a Neo4j that dies and comes back: what is asked, what is written, what is said."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import httpx2
import pytest

from graph_service.domain.periods import parse_instant
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from graph_service.stores.log import Surroundings
from graph_service.stores.neo4j_store import Neo4jStore
from tests.api.conftest import TODAY, gaza_graph
from tests.api.test_server import running
from tests.api.writers import SOURCE, claim, local
from tests.neo4j.clearing import address_of
from tests.neo4j.proxy import Proxy
from tests.neo4j.server import Neo4j, OwnNeo4j
from tests.neo4j.server import running as running_neo4j
from tests.stores.telling import ONTOLOGY

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

LEVERAGE = "/v1/actors/hamas/leverage?as_of=2024-09-30"
RECORDS = "/v1/records"
LONG = 60.0
AT_ONCE = 1.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNeo4j]:
    """A server that these tests may kill."""
    with running_neo4j(tmp_path_factory.mktemp("neo4j")) as server:
        yield server


@pytest.fixture(scope="module")
def client(server: OwnNeo4j) -> Iterator[httpx2.Client]:
    """Speaks HTTP to a service in a thread of its own."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NEO4J_USERNAME", server.username)
        environment.setenv("NEO4J_PASSWORD", server.password)
        graph = gaza_graph(server.url)
    with (
        running(graph, Settings(port=0)) as port,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=LONG) as client,
    ):
        yield client
    graph.close()


def refused(answer: httpx2.Response, kind: str = "store-unavailable") -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"/problems/{kind}"
    assert answer.headers["retry-after"] == "1"


def test_a_service_goes_on_without_its_server_and_writes_when_it_is_back(
    client: httpx2.Client, server: OwnNeo4j
) -> None:
    before = client.get(LEVERAGE)
    sequence = before.json()["meta"]["sequence"]
    assert before.json()["meta"]["unread_since"] is None
    assert client.get("/readyz").json()["meta"]["unread_since"] is None

    server.kill()
    goes_on(client, before)
    refuses_what_needs_the_store(client, sequence)

    server.start()
    written = until_answered(lambda: client.post(RECORDS, json=[SOURCE, claim()]))
    assert written.json()["meta"]["sequence"] == sequence + 2
    after = client.get(LEVERAGE)
    assert after.json()["meta"]["sequence"] == sequence + 2
    assert after.json()["meta"]["unread_since"] is None
    assert "etag" in after.headers
    for path in ("/healthz", "/readyz", "/v1/actors/hamas", "/v1/sources/wire-1"):
        assert client.get(path).status_code == 200


def goes_on(client: httpx2.Client, before: httpx2.Response) -> None:
    """Questions are answered from what was read before, at once, and say so."""
    known = {"If-None-Match": before.headers["etag"]}
    for path in (LEVERAGE, LEVERAGE, "/v1/actors/hamas/neighbours", "/v1/paths?from=iran&to=hamas"):
        began = time.monotonic()
        answer = client.get(path, headers=known)
        assert time.monotonic() - began < AT_ONCE
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
        assert parse_instant(answer.json()["meta"]["unread_since"]) == TODAY
    assert client.get(LEVERAGE).json()["data"] == before.json()["data"]

    ready, sequence = client.get("/readyz").json(), before.json()["meta"]["sequence"]
    assert ready["data"] == {"status": "ready", "sequence": sequence}
    assert parse_instant(ready["meta"]["unread_since"]) == TODAY
    assert client.get(f"{LEVERAGE}&min_sequence={sequence}").status_code == 200
    assert client.get(LEVERAGE.replace("hamas", "nobody")).status_code == 404


def refuses_what_needs_the_store(client: httpx2.Client, sequence: int) -> None:
    """Health, nouns, what is not read yet, and writes."""
    newer = f"{LEVERAGE}&min_sequence={sequence + 1}"
    for path in ("/healthz", "/v1/actors/hamas", "/v1/sources", "/v1/claims", newer):
        refused(client.get(path))
    time.sleep(1.2)  # until the server is asked again
    began = time.monotonic()
    refused(client.post(RECORDS, json=[SOURCE, claim()]))
    assert time.monotonic() - began < 2 * Surroundings().patience


def until_answered(ask: Callable[[], httpx2.Response]) -> httpx2.Response:
    """The first answer that is none of trying again."""
    end = time.monotonic() + LONG
    while (answer := ask()).status_code == 503 and time.monotonic() < end:
        time.sleep(float(answer.headers["retry-after"]) / 10)
    assert answer.status_code == 200, answer.text
    return answer


def test_a_server_that_comes_back_for_reading_only_says_so_and_recovers(
    client: httpx2.Client, server: OwnNeo4j
) -> None:
    another = SOURCE | {"id": "wire-2"}
    server.stop()
    server.start("server.databases.read_only=neo4j")
    until_answered(lambda: client.get("/v1/actors/hamas"))

    answer = client.post(RECORDS, json=[another])
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/store-read-only")
    assert client.get(LEVERAGE).json()["meta"]["unread_since"] is None

    server.stop()
    server.start()
    until_answered(lambda: client.post(RECORDS, json=[another]))


def test_a_write_in_doubt_says_so_and_is_made_once_under_its_key(empty_neo4j: Neo4j) -> None:
    with Proxy(urlsplit(empty_neo4j.url).port or 7687) as proxy:
        address = replace(address_of(empty_neo4j), uri=proxy.url)
        store = Neo4jStore(address, ONTOLOGY, around=Surroundings(patience=0.5))
        with local(Graph(store, ONTOLOGY)) as client:
            proxy.loses = lambda commit: True
            key = {"Idempotency-Key": "desk-1"}
            in_doubt = client.post(RECORDS, json=[SOURCE], headers=key)
            proxy.loses = lambda commit: False
            again = client.post(RECORDS, json=[SOURCE], headers=key)
        store.close()

    assert in_doubt.status_code == 503
    assert in_doubt.json()["type"] == "/problems/write-in-doubt"
    assert in_doubt.headers["retry-after"] == "1"
    assert "whether the write was kept is not known" in in_doubt.json()["detail"]
    assert again.status_code == 200
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json()["meta"]["sequence"] == 1
