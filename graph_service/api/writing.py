"""One write put to the graph: its body read within bounds, and what became of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import orjson
from fastapi import Depends, Header
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from graph_service.api.access import Writer
from graph_service.api.bundles import Bundle
from graph_service.api.context import Context
from graph_service.api.describe import REPLAYED
from graph_service.api.errors import problem_of
from graph_service.api.problems import (
    BODY_TOO_LARGE,
    REFUSED,
    UNSUPPORTED_MEDIA_TYPE,
    Problem,
    too_large,
)
from graph_service.api.respond import JSON, answer, encode
from graph_service.domain.errors import (
    Conflict,
    InvalidQuestion,
    InvalidRecord,
    LostUpdate,
    NotFound,
)
from graph_service.domain.ontology import Ontology
from graph_service.importers.strict_json import strict_json
from graph_service.queries.answers import NounMeta
from graph_service.stores.base import Once, Receipt
from graph_service.stores.history import Change, changes_after

LONGEST_KEY = 200

Read = Callable[[object, Ontology, str], Bundle]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=f"^[!-~]{{1,{LONGEST_KEY}}}$",
        description="Names this write among yours: sent again with the same body, it is answered "
        "and not done again, also after a crash. Another body under the same key is a conflict.",
        examples=["2f1c9a50-desk-0001"],
    ),
]


@dataclass(frozen=True, slots=True)
class Written:
    """The ids of the claims and of the evidence that a write was about, new and known ones."""

    claims: tuple[str, ...]
    evidence: tuple[str, ...]


class Writing:
    """What a handler writes with. The work takes its turn in a thread; once begun it is finished,
    whether or not the asker waits for it."""

    def __init__(self, request: Request, by: str, key: str | None) -> None:
        self._request = request
        self._context: Context = request.app.state.context
        self._by = by
        self._key = key

    async def put(self, read: Read) -> Response:
        """Write what `read` makes of the body, all or nothing."""
        found = await self._body()
        if isinstance(found, Problem):
            return self._refused(found)
        return await self._context.writes.take(partial(self._write, found, read))

    async def _body(self) -> bytes | Problem:
        if not _is_json(self._request):
            kind = UNSUPPORTED_MEDIA_TYPE
            return Problem(kind, kind.meaning, headers={"Accept-Post": JSON})
        limit = self._context.settings.body_limit
        body = bytearray()
        try:
            async for part in self._request.stream():
                body += part
                if len(body) > limit:
                    return too_large(BODY_TOO_LARGE, "bodies", limit)
        except ClientDisconnect:
            return Problem(REFUSED, "the connection ended before the body was whole")
        return bytes(body)

    def _write(self, body: bytes, read: Read) -> Response:
        graph, limit = self._context.graph, self._context.settings.bundle_limit
        bundle = Bundle()
        try:
            bundle = read(strict_json(body), graph.ontology, self._by)
            if len(bundle) > limit:
                return self._refused(too_large(BODY_TOO_LARGE, "bundles", limit, "records"))
            receipt = graph.write(bundle, by=self._by, once=self._once(body))
        except (InvalidRecord, NotFound, Conflict) as error:
            return self._refused(self._problem(error, bundle.place))
        return self._answer(receipt)

    def _once(self, body: bytes) -> Once | None:
        if self._key is None:
            return None
        asked = f"{self._request.method} {self._request.url.path}\n".encode()
        return Once(self._key, hashlib.sha256(asked + body).hexdigest())

    def _answer(self, receipt: Receipt) -> Response:
        written = Written(receipt.claims, receipt.evidence)
        reply = answer(written, NounMeta(receipt.sequence), request=self._request)
        if receipt.replayed:
            reply.headers[REPLAYED] = "true"
        return reply

    def _problem(self, error: InvalidRecord | NotFound | Conflict, place: str) -> Problem:
        if isinstance(error, NotFound):
            error = InvalidRecord(error.message, field=place, suggestions=error.suggestions)
        elif isinstance(error, InvalidRecord) and place:
            error = error.within(place)
        found = problem_of(error)
        more = {"field": place or None, **{k: v for k, v in found.more.items() if v is not None}}
        if isinstance(error, LostUpdate):
            more["changes"] = orjson.Fragment(encode(self._changes(error)))
        return Problem(found.kind, found.detail, suggestions=found.suggestions, more=more)

    def _changes(self, error: LostUpdate) -> list[Change]:
        return changes_after(self._context.graph.store.about(error.claim), error.seen)

    def _refused(self, problem: Problem) -> Response:
        return problem.response(self._request.state.request_id)


def _is_json(request: Request) -> bool:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return given == JSON and request.headers.get("content-encoding", "identity") == "identity"


async def _only_key(request: Request, key: IdempotencyKey = None) -> str | None:
    if len(request.headers.getlist("idempotency-key")) > 1:
        raise InvalidQuestion("Idempotency-Key is given twice", parameter="Idempotency-Key")
    return key


OnlyKey = Annotated[str | None, Depends(_only_key)]
"""The name that a writer gives to a write."""


async def _writing(request: Request, by: Writer, key: OnlyKey) -> Writing:
    return Writing(request, by, key)


Write = Annotated[Writing, Depends(_writing)]
