"""HTTP/1.1 with bounds: a request has a deadline and a size, and its answer must be taken.

A file that is sent to be taken in may be larger, and take longer as long as it goes on arriving;
but only once the app has looked at the headers and grants it (`upload`).
"""

import asyncio
import contextlib
import sys
from typing import Any, ClassVar

import h11
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph_service.api import problems
from graph_service.api.edge import request_id_from
from graph_service.api.problems import Problem, too_large
from graph_service.api.upload import LEAST_RATE, offer
from graph_service.settings import Settings

LINGER_SECONDS = 1.0
DRAINED = 4
"""How many times the largest body is read and thrown away, so that a client which sends too much
sees the refusal and not a broken connection."""

AT_ONCE = 1 << 20
"""More than that is never there before the app has looked at the headers."""


class BoundedProtocol(H11Protocol):
    """The server's own protocol never drops a client that sends half a request, or takes no
    answer, and reads whatever is sent; this one does drop it and does not."""

    limits: ClassVar[Settings]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type] # the server's own narrowing
        self.app = self._offering(self.app)
        self._refused = False
        self._received = 0
        self._most = self._usual()
        self._deadline: asyncio.TimerHandle | None = None
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._clear_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        if self._received > self._most:
            self.transport.close()
        elif not self._refused:
            super().data_received(data)

    def handle_events(self) -> None:
        super().handle_events()
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._clear_deadline()
        elif self._deadline is None and self._has_part_of_a_request():
            self._set_deadline()

    def on_response_complete(self) -> None:
        if self._most != self._usual():
            self._end_grant()
        super().on_response_complete()
        if self.transport.get_write_buffer_size():
            self.loop.call_later(self.limits.send_seconds, self._drop_unless_taken)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request; called while h11's error is being handled."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        error = sys.exception()
        if getattr(error, "error_status_hint", 400) == 431:
            limit = self.limits.header_limit
            problem = too_large(problems.HEADERS_TOO_LARGE, "headers", limit)
        else:
            # What was sent stands behind the colon, and may be a key.
            fault = str(error or msg).partition(": bytearray")[0]
            problem = Problem(problems.MALFORMED, f"this is no HTTP/1.1 request: {fault}")
        self._send_problem(problem)
        self._refused = True
        self.transport.write_eof()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def shutdown(self) -> None:
        # A connection in an odd state must not keep the others from being closed.
        with contextlib.suppress(h11.LocalProtocolError):
            super().shutdown()

    def _send_problem(self, problem: Problem) -> None:
        request_id = request_id_from(())
        response = problem.response(request_id)
        ours = ((b"x-request-id", request_id.encode()), (b"connection", b"close"))
        named = {name for name, _ in ours}
        headers = [*(pair for pair in response.raw_headers if pair[0] not in named), *ours]
        events: tuple[Any, ...] = (
            h11.Response(status_code=response.status_code, headers=headers),
            h11.Data(data=bytes(response.body)),
            h11.EndOfMessage(),
        )
        self.transport.write(b"".join(self.conn.send(event) or b"" for event in events))

    def _offering(self, app: ASGIApp) -> ASGIApp:
        async def offered(scope: Scope, receive: Receive, send: Send) -> None:
            offer(scope, self._grant)
            await app(scope, receive, send)

        return offered

    def _grant(self) -> None:
        """Let the file arrive whose headers did."""
        if self.conn.their_state is h11.SEND_BODY:
            self._clear_deadline()
            self._most = self._granted()
            self._look_again(0)

    def _look_again(self, received: int) -> None:
        """Go on as long as enough arrives; what we do not read for lack of time is no fault of the
        sender's."""
        least = LEAST_RATE * self.limits.receive_seconds

        def look() -> None:
            if self.flow.read_paused or self._received - received >= least:
                self._look_again(self._received)
            else:
                self.transport.abort()

        self._deadline = self.loop.call_later(self.limits.receive_seconds, look)

    def _end_grant(self) -> None:
        """What still comes of a file after its answer is nobody's any more."""
        is_coming = self.conn.their_state is h11.SEND_BODY
        self._clear_deadline()
        if is_coming:
            # Whoever is still sending sees the refusal only at the end, and not if we hang up.
            self._most = self._granted()
            self._set_deadline()

    def _usual(self) -> int:
        return self.limits.header_limit + max(DRAINED * self.limits.body_limit, AT_ONCE)

    def _granted(self) -> int:
        """So much a file may take: what its parts are framed in takes room, too."""
        return self._usual() + self.limits.import_limit * 9 // 8

    def _has_part_of_a_request(self) -> bool:
        return self.conn.their_state is h11.SEND_BODY or bool(self.conn.trailing_data[0])

    def _set_deadline(self) -> None:
        self._deadline = self.loop.call_later(self.limits.receive_seconds, self.transport.abort)

    def _clear_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline, self._received, self._most = None, 0, self._usual()

    def _drop_unless_taken(self) -> None:
        if self.transport.get_write_buffer_size():
            self.transport.abort()


def bounded_by(settings: Settings) -> type[BoundedProtocol]:
    """The protocol with these limits; the server makes one for every connection."""
    return type("Protocol", (BoundedProtocol,), {"limits": settings})
