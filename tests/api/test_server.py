"""The real server on a real socket: slow, greedy and rude clients, and how it ends."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from graph_service.api.app import create_app
from graph_service.api.server import Server, listening_socket, serve, url_of
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from tests.api.conftest import gaza_graph

HASTY = Settings(port=0, receive_seconds=0.25, send_seconds=0.25, keep_alive_seconds=1)
GET = b"GET /v1/actors/hamas HTTP/1.1\r\nHost: here\r\n"
PATIENCE = 20.0


@contextmanager
def running(graph: Graph, settings: Settings) -> Iterator[int]:
    """The port of a server in a thread, stopped at the end."""
    server = Server(create_app(graph, settings), settings)
    with listening_socket(settings) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    graph = gaza_graph()
    with running(graph, HASTY) as port:
        yield port
    graph.close()


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as client:
        yield client


def send_on(client: socket.socket, part: bytes, *, pause: float = 0.0) -> None:
    """Send the same part again and again."""
    for _ in range(6_000):
        client.sendall(part)
        time.sleep(pause)


def everything_from(client: socket.socket) -> bytes:
    """All that is sent until the other side closes, however it does."""
    parts = []
    try:
        while part := client.recv(65_536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def test_a_question_is_answered(port: int) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as client:
        client.request("GET", "/v1/actors/hamas/leverage?as_of=2024-09-30")
        answer = client.getresponse()

        assert answer.status == 200
        assert json.loads(answer.read())["data"]["target"]["id"] == "hamas"
        assert "server" not in answer.headers


def test_one_connection_takes_many_questions(port: int) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as client:
        for _ in range(5):
            client.request("GET", "/v1/actors/hamas")
            assert client.getresponse().read()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /v1/act",
        GET + b"X-Slow: ",
        b"POST /v1/actors HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nhalf",
        b"POST /v1/actors HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        GET + b"\r\n" + GET + b"X-Slow: ",
    ],
    ids=[
        "nothing",
        "half a line",
        "half a header",
        "half a body",
        "half a chunk",
        "one and a half",
    ],
)
def test_a_client_that_stops_half_way_is_dropped(port: int, sent: bytes) -> None:
    with connected(port) as client:
        client.sendall(sent)
        everything_from(client)


def test_a_client_that_trickles_is_dropped_at_the_same_time(port: int) -> None:
    with connected(port) as client:
        client.sendall(GET + b"X-Slow: ")
        with pytest.raises(ConnectionError):
            send_on(client, b"x", pause=0.05)


def test_a_header_section_that_is_too_large_is_refused_even_unfinished(port: int) -> None:
    with connected(port) as client:
        client.sendall(GET + b"X-Large: " + b"x" * 65_536)
        answer = everything_from(client)

    assert answer.startswith(b"HTTP/1.1 431 ")
    assert b"application/problem+json" in answer
    assert b"/problems/headers-too-large" in answer


def test_so_is_a_whole_one(port: int) -> None:
    with connected(port) as client:
        client.sendall(GET + b"X-Large: " + b"x" * 65_536 + b"\r\n\r\n")

        assert b" 431 " in everything_from(client)[:20]


def test_a_body_of_three_megabytes_is_refused(port: int) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as client:
        client.request("POST", "/v1/actors", body=b"x" * 3_000_000)
        answer = client.getresponse()

        assert answer.status == 413
        assert json.loads(answer.read())["type"] == "/problems/body-too-large"


def test_a_body_without_end_is_cut_off(port: int) -> None:
    head = b"POST /v1/actors HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    with connected(port) as client:
        client.sendall(head)
        with pytest.raises(ConnectionError):
            send_on(client, chunk)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: here\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: here\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\n bad: header\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_so(port: int, sent: bytes) -> None:
    with connected(port) as client:
        client.sendall(sent)
        answer = everything_from(client)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"/problems/malformed-request" in answer


def test_rubbish_behind_a_question_does_not_spoil_its_answer(port: int) -> None:
    with connected(port) as client:
        client.sendall(GET + b"\r\n" + b"\x00\x01rubbish\r\n\r\n")

        assert everything_from(client).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_takes_no_answer_is_dropped(port: int) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(PATIENCE)
        client.connect(("127.0.0.1", port))
        asked = b"GET /v1/ontology HTTP/1.1\r\nHost: here\r\n\r\n"
        with pytest.raises(ConnectionError):
            send_on(client, asked, pause=0.01)


def test_slow_clients_keep_nobody_else_from_an_answer(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    for client in slow:
        client.sendall(b"GET /v1/act")
    try:
        test_a_question_is_answered(port)
        for client in slow:
            client.settimeout(PATIENCE)
            everything_from(client)
    finally:
        for client in slow:
            client.close()


def test_a_port_that_is_taken_is_said_to_be() -> None:
    graph = gaza_graph()
    with listening_socket(Settings(port=0)) as taken, pytest.raises(OSError, match="in use"):
        serve(graph, Settings(port=taken.getsockname()[1]))
    graph.close()


def test_no_part_of_an_answer_waits_for_another_to_be_confirmed() -> None:
    with (
        listening_socket(Settings(port=0)) as listener,
        connected(listener.getsockname()[1]),
        listener.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_url_is_told_for_either_family() -> None:
    with listening_socket(Settings(port=0)) as four:
        assert url_of(four) == f"http://127.0.0.1:{four.getsockname()[1]}"


PROGRAM = """
import sys
from graph_service.api import serve
from graph_service.settings import Settings
from graph_service.stores.graph import open_graph
graph = open_graph("memory:")
serve(graph, Settings(port=0), announce=lambda url: print(url, flush=True))
graph.close()
print("closed", flush=True)
"""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_time_and_in_order_whatever_its_clients_do(
    tmp_path: Path, stop: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    port = int(process.stdout.readline().rpartition(":")[2])
    with connected(port) as half, connected(port) as idle, connected(port) as body:
        half.sendall(GET)
        body.sendall(b"POST /v1/actors HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n")
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
        assert idle.recv(65_536).startswith(b"HTTP/1.1 200 ")
        process.send_signal(stop)
        out, err = process.communicate(timeout=10)

    assert (process.returncode, out, err) == (0, "closed\n", "")
