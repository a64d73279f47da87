"""One connection to the service: asks, writes, tries again, and turns problems into errors."""

import uuid
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import httpx2
import orjson

from graph_service.client.errors import Failed, Refused, Unavailable, error_of
from graph_service.client.patience import Patience
from graph_service.client.progress import Done, Progress

MIN_SEQUENCE = "min_sequence"
BLOCK = 1 << 18
_BROKEN = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.NetworkError,
    httpx2.RemoteProtocolError,
)
"""What may go better at the next try. An answer that takes too long is not asked for again."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the service answered, and the URL that asks for the same."""

    data: Any
    meta: Mapping[str, Any]
    url: str


class Connection:
    """Speaks HTTP. After a write it asks for answers that have seen it (`min_sequence`)."""

    def __init__(
        self, http: httpx2.Client, *, has_url: bool, patience: Patience, progress: Progress
    ) -> None:
        self.has_url = has_url
        self._http = http
        self._patience = patience
        self._progress = progress
        self._written = 0
        self._close = weakref.finalize(self, http.close)

    @property
    def url(self) -> str:
        """Where the service is."""
        return str(self._http.base_url).rstrip("/")

    def get(self, path: str, **parameters: object) -> Reply:
        """The answer to a question; parameters that are None are left out."""
        return self._reply(self._request("GET", path, params=self._asked(parameters)))

    @contextmanager
    def stream(self, path: str, **parameters: object) -> Iterator[Iterator[bytes]]:
        """An answer that is a file, block by block, as it comes; parameters as in `get`."""
        request = self._request("GET", path, params=self._asked(parameters))
        with self._progress.on(request.url.path):
            response = self._send(request, stream=True)
        try:
            if response.status_code >= 400:
                raise error_of(response.status_code, _json(response.read()))
            yield response.iter_bytes()
        except httpx2.HTTPError as error:
            raise self._unreachable(f"the answer broke off ({error})") from error
        finally:
            response.close()

    def _asked(self, parameters: Mapping[str, object]) -> dict[str, str]:
        asked = _given(parameters)
        return asked | ({MIN_SEQUENCE: str(self._written)} if self._written else {})

    def post(self, path: str, body: object) -> Reply:
        """The answer to a write. Each try carries the same key, so that all are one write."""
        headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
        try:
            content = orjson.dumps(body)
        except orjson.JSONEncodeError as error:
            raise Refused(f"this cannot be sent: {error}") from error
        reply = self._reply(self._request("POST", path, content=content, headers=headers))
        self.has_written(reply.meta["sequence"])
        return reply

    def send(self, path: str, file: Path, **parameters: object) -> Reply:
        """The answer to a file that is sent, a part at a time; else like `post`. Raises `OSError`
        where it cannot be read."""
        headers = {
            "Idempotency-Key": uuid.uuid4().hex,
            "Content-Type": "application/octet-stream",
            "Content-Length": str(file.stat().st_size),
        }
        asked = _given(parameters)
        content = _Content(file)
        return self._reply(
            self._request("POST", path, params=asked, content=content, headers=headers)
        )

    def has_written(self, sequence: int) -> None:
        """What is asked from now on has seen this entry of the log."""
        self._written = max(self._written, sequence)

    @contextmanager
    def waiting_for(self, what: str, done: Done) -> Iterator[Callable[[int], None]]:
        """Tell what is being waited for and how much of it is done, and answer how to pause before
        one looks again."""
        with self._progress.on(what, done):
            yield self._patience.look_again

    def close(self) -> None:
        """Give everything back; again, it does nothing."""
        self._close()

    def _request(self, method: str, path: str, **more: Any) -> httpx2.Request:  # noqa: ANN401 - what httpx2 takes
        try:
            return self._http.build_request(method, path, **more)
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise Refused(f"this cannot be sent: {error}") from error

    def _reply(self, request: httpx2.Request) -> Reply:
        with self._progress.on(request.url.path):
            response = self._send(request)
        body = _json(response.content)
        if response.status_code >= 400:
            raise error_of(response.status_code, body)
        if not isinstance(body, dict) or not {"data", "meta"} <= body.keys():
            raise Failed(f"{self.url} does not answer like a graph service")
        url = response.url.copy_remove_param(MIN_SEQUENCE)
        return Reply(body["data"], body["meta"], str(url))

    def _send(self, request: httpx2.Request, *, stream: bool = False) -> httpx2.Response:
        for tried in range(1, self._patience.attempts + 1):
            last = tried == self._patience.attempts
            try:
                response = self._http.send(request, stream=stream)
            except _BROKEN as error:
                if last:
                    raise self._unreachable(str(error)) from error
                self._patience.pause(tried)
            except (httpx2.HTTPError, RuntimeError) as error:
                raise self._unreachable(str(error) or type(error).__name__) from error
            else:
                asked = response.headers.get("retry-after", "")
                if last or response.status_code != 503 or not asked.isdigit():
                    return response
                response.close()
                self._patience.pause(tried, asked=float(asked))
        raise AssertionError("the last try answers or raises")

    def _unreachable(self, why: str) -> Unavailable:
        return Unavailable(f"{self.url} gave no answer: {why}")


def _json(content: bytes) -> object:
    """What a body says, None where it is no JSON."""
    try:
        return orjson.loads(content)
    except ValueError:
        return None


class _Content:
    """A file as often as it is sent, read anew each time."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        with self._file.open("rb") as stream:
            while block := stream.read(BLOCK):
                yield block


def _given(parameters: Mapping[str, object]) -> dict[str, str]:
    return {name: as_text(value) for name, value in parameters.items() if value is not None}


def as_text(value: object) -> str:
    """A parameter as the service reads it: days and times as ISO, lists with commas.

    >>> as_text(date(2024, 9, 30)), as_text(["carrots", "access"]), as_text(True)
    ('2024-09-30', 'carrots,access', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ",".join(map(as_text, value))
    return str(value)
