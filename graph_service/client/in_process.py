"""The app in this process, spoken to as if over HTTP."""

from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future
from threading import Thread, current_thread
from typing import TypeVar

import anyio
import httpx2
from anyio.from_thread import BlockingPortal
from anyio.to_thread import run_sync
from starlette.types import ASGIApp

T = TypeVar("T")


class InProcess(httpx2.BaseTransport):
    """Carries requests to an ASGI app on an event loop of its own, in a thread of its own: a
    notebook's loop is busy with the notebook. `release` is called when it is closed."""

    def __init__(self, app: ASGIApp, *, release: Callable[[], None]) -> None:
        self._app = httpx2.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 0))
        self._release = release
        started: Future[BlockingPortal] = Future()
        # A daemon, since a program that never closes its graph must end all the same.
        self._thread = Thread(target=anyio.run, args=(_open_portal, started), daemon=True)
        self._thread.start()
        self._portal = started.result()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._portal.start_task_soon(self._answer, request)
        try:
            return answer.result()
        except BaseException:
            answer.cancel()
            raise

    def close(self) -> None:
        self._portal.start_task_soon(self._portal.stop)
        if current_thread() is not self._thread:
            self._thread.join()
        self._release()

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        if not isinstance(request.stream, httpx2.AsyncByteStream):
            request = httpx2.Request(
                request.method, request.url, headers=request.headers, stream=_Parts(request.stream)
            )
        reply = await self._app.handle_async_request(request)
        return httpx2.Response(
            reply.status_code, headers=reply.headers, content=await reply.aread()
        )


class _Parts(httpx2.AsyncByteStream):
    """What is sent a part at a time, each read in a thread, since that may take its time."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        parts = iter(self._parts)
        while part := await run_sync(next, parts, b""):
            yield part


async def _open_portal(started: Future[BlockingPortal]) -> None:
    async with BlockingPortal() as portal:
        started.set_result(portal)
        await portal.sleep_until_stopped()
