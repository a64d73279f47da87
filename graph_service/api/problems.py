"""Errors as problem+json (RFC 9457): the kinds that there are, and how one is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = (("Retry-After", "1"),)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: `/problems/NAME` is its type, `meaning` what the documentation says.

    `headers` go with every problem of the kind.
    """

    name: str
    status: int
    title: str
    meaning: str
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def uri(self) -> str:
        """The `type` of the problem, a stable relative URI."""
        return f"/problems/{self.name}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong, for one request. `more` are further members, such as `parameter`."""

    kind: Kind
    detail: str
    suggestions: Sequence[str] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, request_id: str) -> dict[str, Any]:
        """The problem as JSON has it, met by the request of that id."""
        body: dict[str, Any] = {
            "type": self.kind.uri,
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "request_id": request_id,
        }
        if self.suggestions:
            body["suggestions"] = list(self.suggestions)
        return body | {name: value for name, value in self.more.items() if value is not None}

    def response(self, request_id: str) -> Response:
        """The problem as an answer to the request of that id."""
        return Response(
            orjson.dumps(self.body(request_id)),
            status_code=self.kind.status,
            headers={"Cache-Control": "no-store", **dict(self.kind.headers), **self.headers},
            media_type=MEDIA_TYPE,
        )


def too_large(kind: Kind, what: str, limit: int, unit: str = "bytes") -> Problem:
    """What was sent is larger than is taken."""
    parts = ": send it in parts, or use `graph-service import native FILE`"
    detail = f"{what} of at most {limit} {unit} are taken"
    return Problem(kind, detail + (parts if kind is BODY_TOO_LARGE else ""), more={"limit": limit})


def file_too_large(limit: int) -> Problem:
    """A file that was sent to be taken in is larger than is taken."""
    return Problem(
        BODY_TOO_LARGE,
        f"files of at most {limit} bytes are taken: send it packed with gzip or zstandard, or use "
        "`graph-service import FORMAT FILE`; the limit is the setting import_limit",
        more={"limit": limit},
    )


_CLOSE = (("Connection", "close"),)

MALFORMED = Kind(
    "malformed-request", 400, "Malformed request",
    "It is no HTTP/1.1 request, or its URL holds bytes that are not UTF-8, or control characters.",
)  # fmt: skip
KEY_NEEDED = Kind(
    "key-needed", 401, "Key needed",
    "It takes a key, as `Authorization: Bearer gs_…`, and none was given, or one that is unknown "
    "or revoked. Whoever runs the service makes keys: `graph-service keys add NAME`.",
    (("WWW-Authenticate", 'Bearer realm="graph-service"'),),
)  # fmt: skip
NOT_ALLOWED = Kind(
    "not-allowed", 403, "Not allowed",
    "The key that was given does not allow it, or without a key it is not allowed from there, or "
    "the service is for reading only.",
)  # fmt: skip
NOT_FOUND = Kind(
    "not-found", 404, "Not found",
    "Nothing of that name is known; `suggestions` are ids or paths that may be meant.",
)  # fmt: skip
METHOD_NOT_ALLOWED = Kind(
    "method-not-allowed", 405, "Method not allowed",
    "The path exists, the method does not; the `Allow` header says which do.",
)  # fmt: skip
CONFLICT = Kind(
    "conflict", 409, "Conflict",
    "What is written contradicts what is recorded under the same id.",
)  # fmt: skip
LOST_UPDATE = Kind(
    "lost-update", 409, "Changed meanwhile",
    "The claim changed after the `expected` entry that the decision had seen; `changes` are the "
    "entries of the log that came between. Nothing was written.",
)  # fmt: skip
BODY_TOO_LARGE = Kind(
    "body-too-large", 413, "Body too large",
    "The body of the request has more bytes or records than the service takes at once.",
)  # fmt: skip
URL_TOO_LONG = Kind(
    "url-too-long", 414, "URL too long",
    "The path and query together are longer than the service takes.", _CLOSE,
)  # fmt: skip
UNSUPPORTED_MEDIA_TYPE = Kind(
    "unsupported-media-type", 415, "Unsupported media type",
    "Bodies are JSON, neither compressed nor anything else: `Content-Type: application/json`.",
)  # fmt: skip
INVALID_PARAMETER = Kind(
    "invalid-parameter", 422, "Invalid parameter",
    "A parameter is unknown, empty, given twice or out of range; `parameter` names it. "
    "With several, `errors` lists them.",
)  # fmt: skip
INVALID_RECORD = Kind(
    "invalid-record", 422, "Invalid record",
    "A record cannot be true as written; `field` and `line` say where.",
)  # fmt: skip
HEADERS_TOO_LARGE = Kind(
    "headers-too-large", 431, "Headers too large",
    "The headers of the request are larger than the service takes.", _CLOSE,
)  # fmt: skip
REFUSED = Kind("refused", 400, "Refused", "The request cannot be answered as it stands.")
INTERNAL = Kind(
    "internal-error", 500, "Internal error",
    "The fault is ours. Give the `request_id` to whoever runs the service.",
)  # fmt: skip
OVERLOADED = Kind(
    "overloaded", 503, "Overloaded",
    "Too many questions, or imports, are waiting; ask again after `Retry-After` seconds.",
    RETRY_AFTER,
)  # fmt: skip
NOT_READY = Kind(
    "not-ready", 503, "Not ready",
    "The store or the index has not got to the entry that the question wants to see; ask again "
    "after `Retry-After` seconds.",
    RETRY_AFTER,
)  # fmt: skip
STORE_UNAVAILABLE = Kind(
    "store-unavailable", 503, "Store unavailable",
    "The store is busy or unreachable; ask again after `Retry-After` seconds.", RETRY_AFTER,
)  # fmt: skip
STORE_IN_DOUBT = Kind(
    "write-in-doubt", 503, "Write in doubt",
    "The store went away while it was writing, and whether the write was kept is not known: send it "
    "again after `Retry-After` seconds, under the same `Idempotency-Key` if it had one. Records that "
    "were kept are known then, and not written twice.", RETRY_AFTER,
)  # fmt: skip
IMPORT_STOPPED = Kind(
    "import-stopped", 503, "Import stopped",
    "The service ended before the import did: send the file again. What was written of it is known "
    "then, and passed over.",
)  # fmt: skip
STORE_READ_ONLY = Kind(
    "store-read-only", 503, "Store is read-only",
    "The store can be read, not written, at present.",
)  # fmt: skip
STORE_FULL = Kind(
    "store-full", 507, "Store is full",
    "There is no room left for so much; nothing of the write was kept. Smaller writes may still "
    "go through.",
)  # fmt: skip
STORE_DAMAGED = Kind(
    "store-damaged", 500, "Store cannot be read",
    "The store is missing, damaged, or written by a newer version of the service.",
)  # fmt: skip

KINDS = (
    MALFORMED, REFUSED, KEY_NEEDED, NOT_ALLOWED, NOT_FOUND, METHOD_NOT_ALLOWED, CONFLICT,
    LOST_UPDATE, BODY_TOO_LARGE, URL_TOO_LONG, UNSUPPORTED_MEDIA_TYPE, INVALID_PARAMETER,
    INVALID_RECORD, HEADERS_TOO_LARGE, INTERNAL, STORE_DAMAGED, OVERLOADED,
    NOT_READY, STORE_UNAVAILABLE, STORE_IN_DOUBT, IMPORT_STOPPED, STORE_READ_ONLY, STORE_FULL,
)  # fmt: skip
