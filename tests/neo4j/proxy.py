"""Stands between a driver and Neo4j and does what networks do: lose replies, hang, go away.

It reads Bolt (https://neo4j.com/docs/bolt/current/bolt/message/) far enough to know which reply
belongs to which request. Ask through `bolt://`: a routing table names the server itself.
"""

import socket
import socketserver
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import BinaryIO, Self

from tests.neo4j.server import free_port

MANIFEST = b"\x00\x00\x01\xff"
"""Asks for a handshake of several rounds; without it, it is one round of 20 and 4 bytes."""
COMMIT, GOODBYE = 0x12, 0x02
SUMMARIES = {0x70, 0x7E, 0x7F}
"""SUCCESS, IGNORED, FAILURE: every request but GOODBYE gets exactly one of them, in turn."""


class Proxy:
    """Passes everything on until told otherwise; `url` is where it listens.

    `loses` decides by the number of a COMMIT (the first is 1) whether its reply is lost: the server
    has committed, and the connection ends before the client hears of it.
    """

    def __init__(self, server_port: int) -> None:
        self.loses: Callable[[int], bool] = lambda commit: False
        self.commits = 0
        self.url = ""
        self._server_port = server_port
        self._port = free_port()
        self._flowing = threading.Event()
        self._lock = threading.Lock()
        self._conversations: set[_Conversation] = set()
        self._listener: _Listener | None = None

    def __enter__(self) -> Self:
        self.url = f"bolt://127.0.0.1:{self._port}"
        self.resume()
        return self

    def __exit__(self, *error: object) -> None:
        self.refuse()

    def refuse(self) -> None:
        """From now on nobody is there: connections are cut, new ones refused."""
        if self._listener is not None:
            self._listener.shutdown()
            self._listener.server_close()
            self._listener = None
        with self._lock:
            for conversation in self._conversations:
                conversation.cut()
        self._flowing.set()

    def hang(self) -> None:
        """From now on connections are accepted and nothing is answered."""
        self._flowing.clear()

    def resume(self) -> None:
        """From now on everything is passed on again, at the same place."""
        self._flowing.set()
        if self._listener is None:
            self._listener = _Listener(self._port, self._serve)

    def commit_is_lost(self) -> bool:
        """Count a COMMIT, and say whether the client shall hear of it."""
        with self._lock:
            self.commits += 1
            return self.loses(self.commits)

    def wait(self) -> None:
        """Returns at once unless everything hangs."""
        self._flowing.wait()

    def _serve(self, client: socket.socket) -> None:
        self.wait()
        with socket.create_connection(("127.0.0.1", self._server_port)) as server:
            conversation = _Conversation(self, client, server)
            with self._lock:
                self._conversations.add(conversation)
            try:
                conversation.hold()
            finally:
                with self._lock:
                    self._conversations.remove(conversation)


class _Listener(socketserver.ThreadingTCPServer):
    """Hands each connection to `serve`, in a thread of its own."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, serve: Callable[[socket.socket], None]) -> None:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                # Either side may leave at any time; that is what a proxy is for.
                with suppress(OSError):
                    serve(self.request)

        super().__init__(("127.0.0.1", port), Handler)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()


class _Conversation:
    """One connection of a client, and the one to the server that stands for it."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self._proxy = proxy
        self._client = client
        self._server = server
        for end in (client, server):
            # Parts of a message wait 40 ms for each other otherwise.
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._lost: deque[bool] = deque()
        """Of each request that has no summary yet: whether it is to be lost."""

    def cut(self) -> None:
        for end in (self._client, self._server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def hold(self) -> None:
        """Pass on what both say, until one of them leaves."""
        answering = threading.Thread(target=self._pass_answers, daemon=True)
        with closing(self._client.makefile("rb")) as client:
            try:
                self._server.sendall(client.read(20).replace(MANIFEST, bytes(4)))
                answering.start()
                self._pass_requests(client)
            finally:
                self.cut()
                answering.join()

    def _pass_requests(self, client: BinaryIO) -> None:
        for signature, message in messages(client):
            self._proxy.wait()
            if signature not in (GOODBYE, None):
                self._lost.append(signature == COMMIT and self._proxy.commit_is_lost())
            self._server.sendall(message)

    def _pass_answers(self) -> None:
        with suppress(OSError), closing(self._server.makefile("rb")) as server:
            self._client.sendall(server.read(4))
            for signature, message in messages(server):
                self._proxy.wait()
                if signature in SUMMARIES and self._lost.popleft():
                    break
                self._client.sendall(message)
        self.cut()


def messages(stream: BinaryIO) -> Iterator[tuple[int | None, bytes]]:
    """Each Bolt message as it came, with its signature: chunks, each after its length in two
    bytes, up to an empty one. One that is nothing but that keeps a connection awake."""
    message = bytearray()
    while size := stream.read(2):
        chunk = stream.read(int.from_bytes(size, "big"))
        message += size + chunk
        if not chunk:
            # Two bytes of length, one of the structure, then the signature.
            yield (message[3] if len(message) > 2 else None), bytes(message)
            message.clear()
