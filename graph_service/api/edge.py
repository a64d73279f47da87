"""The outermost layer: request ids, limits, safe headers, times, and an answer whatever happens."""

import re
import time
import uuid
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import FilteringBoundLogger

from graph_service.api import problems
from graph_service.api.metrics import Metrics
from graph_service.api.problems import Problem, file_too_large, too_large
from graph_service.api.upload import is_upload, largest_body
from graph_service.settings import Settings

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._~-]{1,64}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_SAFE_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
NO_TEXT = "the URL holds bytes that are not UTF-8, or control characters"
_STRICT_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")

Headers = Iterable[tuple[bytes, bytes]]


class Edge:
    """ASGI middleware around the whole app; nothing inside it sees an unbounded request."""

    def __init__(
        self, app: ASGIApp, *, settings: Settings, metrics: Metrics, log: FilteringBoundLogger
    ) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; lifespan messages pass through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_id_from(scope["headers"])
        # A copy: the server looks at its own scope to leave the body of an answer to HEAD away.
        inner = dict(scope) | {"method": "GET" if scope["method"] == "HEAD" else scope["method"]}
        inner["state"] = {**scope.get("state", {}), "request_id": request_id}
        reply = _Reply(send, request_id)
        try:
            await self._answer(inner, receive, reply)
        finally:
            self._metrics.count(
                method=scope["method"],
                route=getattr(inner.get("route"), "path", "none"),
                status=reply.status,
                seconds=reply.seconds(),
            )

    async def _answer(self, scope: Scope, receive: Receive, reply: "_Reply") -> None:
        problem = self._refusal(scope) or await self._overflow(scope, receive)
        if problem is not None:
            await problem.response(reply.request_id)(scope, receive, reply.send)
            return
        try:
            await self._app(scope, receive, reply.send)
        except Exception as error:
            self._log.error("unexpected error", request_id=reply.request_id, exc_info=error)
            if reply.status:
                raise
            fault = Problem(problems.INTERNAL, problems.INTERNAL.meaning)
            await fault.response(reply.request_id)(scope, receive, reply.send)

    def _refusal(self, scope: Scope) -> Problem | None:
        limits = self._settings
        path, query, headers = _raw_path(scope), scope["query_string"], scope["headers"]
        if len(path) + len(query) > limits.url_limit:
            return too_large(problems.URL_TOO_LONG, "URLs", limits.url_limit)
        if sum(len(name) + len(value) + 4 for name, value in headers) > limits.header_limit:
            return too_large(problems.HEADERS_TOO_LARGE, "headers", limits.header_limit)
        largest = largest_body(scope, limits)
        if _content_length(headers) > largest:
            if is_upload(scope):
                return file_too_large(largest)
            return too_large(problems.BODY_TOO_LARGE, "bodies", largest)
        if not (_is_text(path) and _is_text(query)):
            return Problem(problems.MALFORMED, NO_TEXT)
        return None

    async def _overflow(self, scope: Scope, receive: Receive) -> Problem | None:
        """A question has no use for a body; one that does not say how large it is is read, to see."""
        named = (name for name, _ in scope["headers"])
        size, more = 0, scope["method"] == "GET" and b"transfer-encoding" in named
        while more:
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._settings.body_limit:
                return too_large(problems.BODY_TOO_LARGE, "bodies", self._settings.body_limit)
            more = message.get("more_body", False)
        return None


class _Reply:
    """The way back: adds the headers that every answer has, and remembers its status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._started = time.perf_counter()
        self.request_id = request_id
        self.status = 0

    def seconds(self) -> float:
        return time.perf_counter() - self._started

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), *self._headers(message)]
        await self._send(message)

    def _headers(self, message: Message) -> Headers:
        names = {name.lower() for name, _ in message.get("headers", ())}
        yield from _SAFE_HEADERS
        if _STRICT_POLICY[0] not in names:
            yield _STRICT_POLICY
        yield b"x-request-id", self.request_id.encode()
        yield b"server-timing", f"total;dur={self.seconds() * 1000:.2f}".encode()


def request_id_from(headers: Headers) -> str:
    """The asker's `X-Request-ID` where it is well-formed, else a new one."""
    for name, value in headers:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return value.decode()
    return uuid.uuid4().hex


def _raw_path(scope: Scope) -> bytes:
    raw: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogateescape")
    return raw


def _content_length(headers: Headers) -> int:
    for name, value in headers:
        if name == b"content-length":
            return int(value[:20]) if value.isdigit() else 0
    return 0


def _is_text(raw: bytes) -> bool:
    try:
        text = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _CONTROL.search(text) is None
