"""Files that were sent, taken in one after the other in a thread of their own."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO

from structlog.typing import FilteringBoundLogger

from graph_service.api.import_folder import Folder
from graph_service.api.import_jobs import Job, Jobs
from graph_service.api.import_order import Order
from graph_service.api.import_task import Ground, Task
from graph_service.stores.graph import Graph


class Full(Exception):
    """So many files arrive or wait already that no other one is taken."""


class Imports:
    """What one process takes in. At most `most` files arrive, wait, or are taken in at once.

    Only one file at a time is taken in, whichever process has it.
    """

    def __init__(self, graph: Graph, log: FilteringBoundLogger, *, most: int) -> None:
        self.folder = Folder(graph.store.url)
        self.jobs = Jobs(self.folder)
        self._ground = Ground(graph, self.jobs, log, lambda: self._stopping)
        self._most = most
        self._places = 0
        self._waiting: deque[Task] = deque()
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._lock = threading.Lock()

    @property
    def under_way(self) -> int:
        """How many files arrive, wait, or are taken in."""
        return self._places

    @contextmanager
    def place(self) -> Iterator["Place"]:
        """Within, a file may arrive, and may then be left; raises `Full`."""
        with self._lock:
            if self._stopping or self._places >= self._most:
                raise Full
            self._places += 1
        place = Place(self)
        try:
            yield place
        finally:
            if not place.is_taken:
                self._leave()

    def add(self, job: Job, order: Order, spool: BinaryIO) -> None:
        """Take the file in when it is its turn."""
        task = Task(job, order, spool, self._ground)
        with self._lock:
            self._waiting.append(task)
            if self._thread is None:
                # A daemon, since a program that never closes its graph must end all the same.
                self._thread = threading.Thread(target=self._work, name="imports", daemon=True)
                self._thread.start()

    def stop(self, seconds: float) -> None:
        """Take in nothing more. What is being taken in stops after its part, for which it has so
        many seconds."""
        with self._lock:
            self._stopping = True
            thread = self._thread
        if thread is not None:
            thread.join(seconds)
        self.folder.close()

    def _work(self) -> None:
        while task := self._next():
            try:
                with closing(task.spool):
                    self._take_turn(task)
            except Exception:  # the next file has nothing to do with it
                self._ground.log.exception("an import cannot be told of")
            finally:
                self._leave()

    def _next(self) -> Task | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._thread = None
            return None

    def _take_turn(self, task: Task) -> None:
        with self.folder.alone("turn", give_up=lambda: self._stopping) as is_ours:
            if is_ours:
                task.run()
            else:
                task.give_up()

    def _leave(self) -> None:
        with self._lock:
            self._places -= 1


class Place:
    """Where one file may be left."""

    def __init__(self, imports: Imports) -> None:
        self.is_taken = False
        self._imports = imports

    def leave(self, job: Job, order: Order, spool: BinaryIO) -> None:
        """Leave the file here, to be taken in when it is its turn."""
        self.is_taken = True
        self._imports.add(job, order, spool)
