"""Several processes that answer on one socket, from one store.

uvicorn's own supervisor is not used: its workers live on when it is killed, and are killed by the
signal that ends them before they have closed the store.
"""

import multiprocessing
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess

from structlog.typing import FilteringBoundLogger
from uvicorn.config import STARTUP_FAILURE

from graph_service.api.app import Also, create_app, log_to_stderr
from graph_service.api.server import Server, listening_socket, url_of
from graph_service.domain.errors import InvalidQuestion, StoreUnavailable
from graph_service.settings import Settings
from graph_service.stores.graph import Graph, open_graph

LOOK_SECONDS = 0.2
CLOSE_SECONDS = 3.0
_STOPS = (signal.SIGTERM, signal.SIGINT)


def serve_with_workers(
    settings: Settings,
    *,
    announce: Callable[[str], None] | None = None,
    also: Also | None = None,
) -> None:
    """Serve from `settings.workers` processes until SIGTERM or Ctrl-C; all of them end in time, and
    one that ends before is replaced. Each opens the store of the settings, which must be there;
    `also`, a function of a module, is what else each answers.

    Raises `InvalidQuestion` for a store that processes cannot share, `StoreUnavailable` where a
    worker cannot start, and `OSError` where the address cannot be bound.
    """
    if settings.store.partition(":")[0].lower() == "memory":
        raise InvalidQuestion(
            f"{settings.store} is the memory of one process: several workers share a file, as in "
            "--store sqlite:PATH, or a Neo4j",
            parameter="workers",
        )
    with listening_socket(settings) as listener, _stopped() as stop:
        if announce is not None:
            announce(url_of(listener))
        team = _Team(settings, listener, also, log_to_stderr())
        try:
            while not stop.is_set():
                team.replace_the_dead()
        finally:
            team.end()


@contextmanager
def _stopped() -> Iterator[threading.Event]:
    """Set by a signal to stop."""
    stop = threading.Event()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in _STOPS}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class _Team:
    """The workers."""

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        also: Also | None,
        log: FilteringBoundLogger,
    ) -> None:
        self._settings = settings
        self._listener = listener
        self._also = also
        self._log = log
        self._workers = [self._start() for _ in range(settings.workers)]

    def _start(self) -> SpawnProcess:
        # A process that is forked shares locks and connections, and SQLite forbids it.
        spawn = multiprocessing.get_context("spawn")
        worker = spawn.Process(target=_work, args=(self._settings, self._listener, self._also))
        worker.start()
        return worker

    def replace_the_dead(self) -> None:
        """Wait a moment for a worker to end, and put another in the place of each that did."""
        wait([worker.sentinel for worker in self._workers], timeout=LOOK_SECONDS)
        for place, worker in enumerate(self._workers):
            code = worker.exitcode
            if code == STARTUP_FAILURE:
                raise StoreUnavailable("a worker could not start: the lines above say why")
            if code is not None:
                self._log.error("a worker ended, another takes its place", exit_code=code)
                self._workers[place] = self._start()

    def end(self) -> None:
        """End all of them: what is under way is finished first, as far as there is time."""
        end = time.monotonic() + self._settings.stop_seconds + CLOSE_SECONDS
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            worker.join(max(0.0, end - time.monotonic()))
            worker.kill()
            worker.join()


def _work(settings: Settings, listener: socket.socket, also: Also | None) -> None:
    """One worker, from its start to its end."""
    graph = _opened(settings)
    try:
        server = Server(create_app(graph, settings, also=also), settings)
        threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
        server.run(sockets=[listener])
    finally:
        graph.close()


def _opened(settings: Settings) -> Graph:
    try:
        return open_graph(settings.store, create=False, read_only=settings.read_only)
    except Exception:  # noqa: BLE001 - whatever it is, the next worker would meet it too
        log_to_stderr().exception("a worker cannot open the store")
        sys.exit(STARTUP_FAILURE)


def _end_with_parent(server: Server) -> None:
    """Whoever kills the first process means the service, and wants its port back."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        server.should_exit = True
