"""One file that is sent: laid down while it arrives, and left to be taken in."""

import hashlib
from typing import Annotated, BinaryIO

import orjson
from anyio.to_thread import run_sync
from fastapi import Depends
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from graph_service.api.catching_up import wait_for
from graph_service.api.context import Context
from graph_service.api.describe import REPLAYED
from graph_service.api.import_folder import told
from graph_service.api.import_jobs import Job, id_of
from graph_service.api.import_order import Order
from graph_service.api.import_queue import Full, Place
from graph_service.api.import_refusals import blocks
from graph_service.api.parameters import MinSequence
from graph_service.api.problems import (
    INVALID_RECORD,
    OVERLOADED,
    REFUSED,
    UNSUPPORTED_MEDIA_TYPE,
    Problem,
    file_too_large,
)
from graph_service.api.respond import answer, has_already, has_any, tag_of, unchanged
from graph_service.api.upload import PATH, let_arrive
from graph_service.api.writing import OnlyKey
from graph_service.domain.errors import Conflict
from graph_service.domain.periods import instant
from graph_service.importers.reports import Report, Stage
from graph_service.queries.answers import NounMeta
from graph_service.questions import unread

BLOCK = 1 << 20
"""So many bytes are laid down at once."""
COME_BACK_SECONDS = 10
CSV = "text/csv; charset=utf-8; header=present"
_AS_IT_IS = frozenset({"", "identity", "gzip", "x-gzip", "zstd"})


class Importing:
    """What a handler takes in a file with. Who asks was let in, and what is asked was understood,
    before a byte of the file is read."""

    def __init__(self, request: Request, key: str | None) -> None:
        self._request = request
        self._context: Context = request.app.state.context
        self._imports = self._context.imports
        self._key = key

    async def put(self, order: Order) -> Response:
        """Lay the file down, and answer the job that takes it in when it is its turn."""
        problem = _unreadable(self._request)
        if problem is not None:
            return self._refused(problem)
        try:
            with self._imports.place() as place:
                return await self._take(order, place)
        except Full:
            after = {"Retry-After": str(COME_BACK_SECONDS)}
            detail = "other files arrive or wait to be taken in: send this one again later"
            return self._refused(Problem(OVERLOADED, detail, headers=after))

    async def _take(self, order: Order, place: Place) -> Response:
        await run_sync(self._imports.folder.open)
        spool = await run_sync(self._imports.folder.spool)
        try:
            let_arrive(self._request.scope)
            arrived = await self._arrived(spool)
            if isinstance(arrived, Problem):
                return self._refused(arrived)
            size, content = arrived
            job = self._job(order, size, order.digest(content))
            begun = await run_sync(self._imports.jobs.begin, job)
            if begun is job:
                place.leave(job, order, spool)
            elif begun.digest != job.digest:
                raise Conflict(
                    "another file, or this one to be taken in otherwise, was sent under this "
                    "Idempotency-Key: use another one"
                )
            return self._accepted(begun, replayed=begun is not job)
        finally:
            if not place.is_taken:
                spool.close()

    async def _arrived(self, spool: BinaryIO) -> tuple[int, str] | Problem:
        """How many bytes there are, and their digest."""
        laid, limit = _Laid(spool), self._context.settings.import_limit
        try:
            async for part in self._request.stream():
                if laid.add(part) > limit:
                    return file_too_large(limit)
                if laid.is_much:
                    await run_sync(laid.down)
        except ClientDisconnect:
            return Problem(REFUSED, "the connection ended before the file was whole")
        await run_sync(laid.down)
        if not laid.size:
            return Problem(INVALID_RECORD, "the file is empty: send it as the body of the request")
        return laid.size, laid.digest()

    def _job(self, order: Order, size: int, digest: str) -> Job:
        report = Report(
            id=id_of(order.by, self._key),
            format=order.format_name,
            name=order.name,
            state=Stage.WAITING,
            dry_run=order.dry_run,
            strict=order.strict,
            by=order.by,
            bytes_done=0,
            bytes_total=size,
            rows=0,
            received_at=instant(self._context.graph.now()),
        )
        return Job(report, self._imports.folder.owner, digest, self._request.state.request_id)

    def _accepted(self, job: Job, *, replayed: bool) -> Response:
        meta = NounMeta(self._context.graph.index.sequence)
        reply = answer(job.report, meta, request=self._request)
        reply.status_code = 202
        reply.headers["Location"] = f"{PATH}/{job.report.id}"
        if replayed:
            reply.headers[REPLAYED] = "true"
        return reply

    def _refused(self, problem: Problem) -> Response:
        return problem.response(self._request.state.request_id)


class _Laid:
    """What has arrived of a file, on its way to the disk."""

    def __init__(self, spool: BinaryIO) -> None:
        self.size = 0
        self._spool = spool
        self._hash = hashlib.sha256()
        self._block = bytearray()

    @property
    def is_much(self) -> bool:
        return len(self._block) >= BLOCK

    def add(self, part: bytes) -> int:
        """Hold on to what came; answers how much it is in all."""
        self._block += part
        self.size += len(part)
        return self.size

    def down(self) -> None:
        """Write what is held."""
        block, self._block = self._block, bytearray()
        self._hash.update(block)
        with told():
            rest = memoryview(block)
            while rest:
                rest = rest[self._spool.write(rest) :]

    def digest(self) -> str:
        return self._hash.hexdigest()


def _unreadable(request: Request) -> Problem | None:
    """What says by its headers that it is no file as it is."""
    packed = request.headers.get("content-encoding", "").strip().lower()
    kind = request.headers.get("content-type", "").strip().lower()
    if kind.startswith("multipart/"):
        detail = "the body is the file itself, and no form: curl --data-binary @FILE sends it so"
        return Problem(UNSUPPORTED_MEDIA_TYPE, detail)
    if packed not in _AS_IT_IS:
        detail = f"a file is taken plain, or packed with gzip or zstd, not with {packed[:40]!r}"
        return Problem(UNSUPPORTED_MEDIA_TYPE, detail, headers={"Accept-Encoding": "gzip, zstd"})
    return None


class Reporting:
    """What a handler tells of imports with."""

    def __init__(self, request: Request, min_sequence: int | None) -> None:
        self._request = request
        self._context: Context = request.app.state.context
        self._wanted = min_sequence or 0

    async def report(self, id_: str) -> Response:
        """How far an import is, or what became of it; raises `NotFound`."""
        job = await self._job(id_)
        tag = self._tag(job)
        if self._has(tag):
            return self._unchanged(tag)
        graph = self._context.graph
        meta = unread(NounMeta(max(graph.index.sequence, self._wanted)), graph)
        return answer(job.report, meta, request=self._request, tag=tag)

    async def refused_rows(self, id_: str) -> Response:
        """The rows that were refused, as a table; raises `NotFound`."""
        job = await self._job(id_)
        tag = self._tag(job)
        if job.report.has_ended and self._has(tag):
            return self._unchanged(tag)
        kept = {"Cache-Control": "no-store"}
        if job.report.has_ended:
            kept = {"Cache-Control": "no-cache", "ETag": tag}
        name = {"Content-Disposition": f'attachment; filename="{job.report.id}.refused.csv"'}
        path = self._context.imports.jobs.refused_rows(job.report.id)
        return StreamingResponse(blocks(path), headers=kept | name, media_type=CSV)

    def _tag(self, job: Job) -> str:
        return tag_of(self._request, orjson.dumps(job.report))

    def _has(self, tag: str) -> bool:
        return has_already(self._request, tag) or has_any(self._request)

    def _unchanged(self, tag: str) -> Response:
        self._context.metrics.unchanged.inc()
        return unchanged(tag)

    async def _job(self, id_: str) -> Job:
        context = self._context
        if context.graph.index.sequence < self._wanted:
            seconds = context.settings.catch_up_seconds
            await wait_for(context.graph.store, self._wanted, seconds=seconds)
        return await run_sync(context.imports.jobs.find, id_)


async def _importing(request: Request, key: OnlyKey) -> Importing:
    return Importing(request, key)


async def _reporting(request: Request, min_sequence: MinSequence = None) -> Reporting:
    return Reporting(request, min_sequence)


Import = Annotated[Importing, Depends(_importing)]
Told = Annotated[Reporting, Depends(_reporting)]
