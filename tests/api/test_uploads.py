"""Large files on a real socket: slow ones that go on, slow ones that do not, and who may not."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph_service.api.import_folder import folder_of
from graph_service.api.upload import LEAST_RATE, PATH
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from tests.api.conftest import gaza_graph
from tests.api.test_server import PATIENCE, connected, everything_from, running
from tests.api.writers import bearer

SECONDS = 0.25
HASTY = Settings(
    port=0, receive_seconds=SECONDS, body_limit=1_000, import_limit=10_000_000, imports_waiting=0
)
LINE = b'{"record": "actor", "id": "think-tank", "kind": "advocacy", "name": "A think tank"}\n'
ASKED = f"{PATH}?format=native"


@dataclass(frozen=True, slots=True)
class Service:
    """A service that drops who sends too slowly, and where it keeps what is sent."""

    port: int
    graph: Graph

    def kept(self) -> list[str]:
        folder = folder_of(self.graph.store.url)
        assert folder is not None
        names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
        return [name for name in names if not name.endswith((".alive", ".lock"))]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    graph = gaza_graph(f"sqlite:{tmp_path / 'graph.sqlite'}")
    with running(graph, HASTY) as port:
        yield Service(port, graph)
    graph.close()


def head(length: object, path: str = ASKED, more: str = "") -> bytes:
    lines = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n{more}\r\n"
    return lines.encode()


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


def test_a_steady_file_may_take_longer_and_be_larger_than_other_bodies(service: Service) -> None:
    part = LINE * 60
    with connected(service.port) as client:
        client.sendall(head(12 * len(part)))
        for _ in range(12):
            client.sendall(part)
            time.sleep(SECONDS / 4)
        answer = client.recv(65_536)

    assert status_of(answer) == 202
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["data"]["bytes_total"] == 12 * len(part)


def test_the_connection_takes_another_request_afterwards(service: Service) -> None:
    with closing(http.client.HTTPConnection("localhost", service.port, timeout=PATIENCE)) as client:
        client.request("POST", ASKED, body=LINE * 1_000)
        job = json.loads(client.getresponse().read())["data"]
        client.request("GET", f"{PATH}/{job['id']}")
        assert json.loads(client.getresponse().read())["data"]["id"] == job["id"]
        client.request("POST", "/v1/records", body=LINE * 1_000)
        assert client.getresponse().status == 413


@pytest.mark.parametrize("pause", [PATIENCE, SECONDS / 5])
def test_who_sends_nothing_more_or_next_to_nothing_is_dropped(
    service: Service, pause: float
) -> None:
    with connected(service.port) as client:
        client.sendall(head(1_000_000) + LINE)
        client.settimeout(pause)
        assert trickled(client) < SECONDS * LEAST_RATE

    assert service.kept() == []


def trickled(client: socket.socket) -> int:
    """How many bytes can be sent one by one, until the other side has enough of it."""
    for sent in range(10_000):
        try:
            if client.recv(1) == b"":
                return sent
        except TimeoutError:
            client.sendall(b" ")
        except ConnectionError:
            return sent
    raise AssertionError("it was never dropped")


def test_of_a_file_that_breaks_off_nothing_remains_and_the_next_one_is_taken(
    service: Service,
) -> None:
    for _ in range(3):
        with connected(service.port) as client:
            client.sendall(head(1_000_000) + LINE * 3_000)
    end = time.monotonic() + PATIENCE
    with closing(http.client.HTTPConnection("localhost", service.port, timeout=PATIENCE)) as client:
        status = 503
        while status == 503 and time.monotonic() < end:
            client.request("POST", ASKED, body=LINE)
            answer = client.getresponse()
            status = answer.status
            told = json.loads(answer.read())

    assert status == 202
    assert {name.partition(".")[0] for name in service.kept()} == {told["data"]["id"]}


def test_while_one_file_arrives_or_is_taken_in_another_is_told_to_come_back(
    service: Service,
) -> None:
    with (
        connected(service.port) as first,
        closing(http.client.HTTPConnection("localhost", service.port, timeout=PATIENCE)) as second,
    ):
        first.sendall(head(100_000) + LINE * 100)
        for _ in range(100):
            second.request("POST", ASKED, body=LINE)
            answer = second.getresponse()
            problem = json.loads(answer.read())
            if answer.status == 503:
                break

    assert answer.headers["retry-after"] == "10"
    assert problem["type"] == "/problems/overloaded"


def test_who_sends_more_than_a_file_may_have_sees_the_refusal_at_the_end(tmp_path: Path) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(19):
            yield LINE * 12_000

    graph = gaza_graph(f"sqlite:{tmp_path / 'graph.sqlite'}")
    patient = HASTY.model_copy(update={"receive_seconds": PATIENCE})
    with (
        running(graph, patient) as port,
        closing(http.client.HTTPConnection("localhost", port, timeout=PATIENCE)) as client,
    ):
        client.request("POST", ASKED, body=parts(), encode_chunked=True,
                       headers={"Transfer-Encoding": "chunked"})  # fmt: skip
        answer = client.getresponse()
        problem = json.loads(answer.read())

    assert (answer.status, problem["limit"]) == (413, HASTY.import_limit)
    assert Service(port, graph).kept() == []
    graph.close()


def test_who_may_not_send_is_told_before_a_byte_is_read(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    bearer(keys)
    graph = gaza_graph(f"sqlite:{tmp_path / 'graph.sqlite'}")
    settings = HASTY.model_copy(update={"local_writes": False, "keys": keys})
    with running(graph, settings) as port:
        refused = {}
        for asked in (ASKED, f"{PATH}?format=icwes"):
            with connected(port) as client:
                client.sendall(head(5_000_000, asked, "Expect: 100-continue\r\n"))
                refused[asked] = status_of(client.recv(65_536))
        with connected(port) as flood:
            answer = flooded(flood)
    graph.close()

    assert set(refused.values()) == {401}
    assert status_of(answer) == 401
    assert not (tmp_path / "graph.sqlite.imports").exists()


def flooded(client: socket.socket) -> bytes:
    """The answer to who sends on, whatever is said."""
    try:
        client.sendall(head(5_000_000))
        for _ in range(5_000):
            client.sendall(b" " * 1_000)
    except ConnectionError:
        pass
    return everything_from(client)
