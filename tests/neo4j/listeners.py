"""Listeners that are no Neo4j of today: a web server, one that is silent, one that is too old."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import BinaryIO

from tests.neo4j.proxy import messages

SUCCESS = b"\xb1\x70"
"""A structure with one field, a map: https://neo4j.com/docs/bolt/current/bolt/message/"""

Say = Callable[[bytes], None]
Talk = Callable[[BinaryIO, Say], None]


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def listening(talk: Talk) -> Iterator[str]:
    """The address of a listener that holds this talk with whoever comes."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError), closing(self.request.makefile("rb")) as heard:
                talk(heard, self.request.sendall)

    with _Listener(("127.0.0.1", 0), Handler) as listener:
        threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True).start()
        yield f"bolt://127.0.0.1:{listener.server_address[1]}"
        listener.shutdown()


def web_server(heard: BinaryIO, say: Say) -> None:
    """What a web server makes of Bolt."""
    heard.read(20)
    say(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")


def silence(heard: BinaryIO, _: Say) -> None:
    """Takes everything and answers nothing."""
    while heard.read(1):
        pass


def server_of(agent: str, bolt: tuple[int, int]) -> Talk:
    """A server that names itself so, speaks this Bolt, and says yes to everything."""
    told = {"server": agent, "connection_id": "bolt-1"}
    parts = b"".join(_text(part) for pair in told.items() for part in pair)

    def talk(heard: BinaryIO, say: Say) -> None:
        heard.read(20)
        say(bytes((0, 0, bolt[1], bolt[0])))
        about = bytes((0xA0 + len(told),)) + parts
        for _ in messages(heard):
            say(_chunked(SUCCESS + about))
            about = b"\xa0"

    return talk


def _text(text: str) -> bytes:
    return bytes((0x80 + len(text),)) + text.encode()


def _chunked(message: bytes) -> bytes:
    return len(message).to_bytes(2, "big") + message + bytes(2)
