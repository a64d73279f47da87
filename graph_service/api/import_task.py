"""One file that was sent, taken in and told of as it goes on."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO, cast

from structlog.typing import FilteringBoundLogger

from graph_service.api.errors import problem_of
from graph_service.api.import_folder import told
from graph_service.api.import_jobs import Job, Jobs
from graph_service.api.import_order import Order, carry_out
from graph_service.api.import_refusals import Refusals
from graph_service.api.problems import INTERNAL, Problem
from graph_service.domain.errors import (
    Conflict,
    GraphError,
    InvalidQuestion,
    InvalidRecord,
    NotFound,
    StoreError,
)
from graph_service.domain.periods import instant
from graph_service.importers.intake import Refusal
from graph_service.importers.packed import BLOCK
from graph_service.importers.reports import Stage, Tally
from graph_service.importers.running import Summary, Watch
from graph_service.stores.cycles import seek_young
from graph_service.stores.graph import Graph

TELL_SECONDS = 0.5
"""So often, at most, it is told how far an import is."""
_OF_THE_FILE = (InvalidRecord, InvalidQuestion, NotFound, Conflict)


class Stopping(BaseException):
    """The service ends, and with it what it is taking in; nothing on the way is to take it for a
    fault of the file's."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What files are taken into, where it is told, and whether all that is to stop."""

    graph: Graph
    jobs: Jobs
    log: FilteringBoundLogger
    is_stopping: Callable[[], bool]


class Task:
    """A file that was sent, and what is to be done with it."""

    def __init__(self, job: Job, order: Order, spool: BinaryIO, ground: Ground) -> None:
        self.spool = spool
        self._job = job
        self._order = order
        self._ground = ground
        self._started = self._told = 0.0
        self._refusals = Refusals(ground.jobs.refused_rows(job.report.id), order.name)

    def run(self) -> None:
        """Take it in; nothing that is wrong with it is raised."""
        self._started = time.monotonic()
        self._put(state=Stage.RUNNING, started_at=self._now())
        with closing(self._refusals), self._faults_told():
            summary = carry_out(self._ground.graph, self._order, self._stream(), self._watch())
            if not self._order.dry_run:
                self._ground.graph.refresh()
            size = self._job.report.bytes_total
            self._end(Stage.DONE, summary=self._tally(summary), bytes_done=size)

    def give_up(self) -> None:
        """Say that it was not begun, since the service ended."""
        self._job = self._job.stopped()
        self._put(ended_at=self._now())

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except Stopping:
            self._job = self._job.stopped()
            self._end(Stage.FAILED)
        except _OF_THE_FILE as error:
            self._end(Stage.REFUSED, problem=self._problem(problem_of(error)))
        except GraphError as error:
            self._log(error)
            self._end(Stage.FAILED, problem=self._problem(problem_of(error)))
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever sent the file is told
            self._log(error)
            self._end(Stage.FAILED, problem=self._problem(Problem(INTERNAL, INTERNAL.meaning)))

    def _watch(self) -> Watch:
        return Watch(self._on_refusal, self._on_progress, self._order.strict)

    def _stream(self) -> BinaryIO:
        raw = _Stoppable(self.spool, self._check_going_on)
        return cast(BinaryIO, BufferedReader(raw, BLOCK))

    def _on_refusal(self, refusal: Refusal) -> None:
        with told():
            self._refusals.add(refusal)

    def _on_progress(self, done: int, _: int, rows: int) -> None:
        self._check_going_on()
        # An import switches the search off, in a process that has others to answer meanwhile.
        seek_young()
        if time.monotonic() - self._told >= TELL_SECONDS:
            self._told = time.monotonic()
            if not self._order.dry_run:
                # Part by part, so that nobody who asks next has to wait for all of it.
                self._ground.graph.refresh()
            self._put(bytes_done=done, rows=rows)

    def _check_going_on(self) -> None:
        if self._ground.is_stopping():
            raise Stopping

    def _tally(self, found: Summary) -> Tally:
        seconds = time.monotonic() - self._started
        return Tally(
            rows=found.rows,
            taken=found.taken,
            skipped=dict(found.skipped.most_common()),
            unmapped=dict(found.unmapped.most_common()),
            refused=found.refused,
            claims=found.claims,
            evidence=found.evidence,
            new_actors=found.new_actors,
            relations=dict(found.relations.most_common()),
            written=found.entries,
            known=found.known,
            seconds=round(seconds, 3),
            rows_per_second=round(found.rows / seconds) if seconds else 0,
        )

    def _end(self, state: Stage, **fields: Any) -> None:  # noqa: ANN401 - fields of a report
        summary = fields.get("summary")
        if summary is not None:
            fields["rows"] = summary.taken
        self._put(state=state, ended_at=self._now(), sequence=self._sequence(), **fields)

    def _sequence(self) -> int | None:
        if self._order.dry_run:
            return None
        with suppress(StoreError):
            return self._ground.graph.store.head().sequence
        return None

    def _put(self, **fields: Any) -> None:  # noqa: ANN401 - fields of a report
        id_, refusals = self._job.report.id, self._refusals
        if refusals.number:
            fields["refused_rows"] = tuple(refusals.shown)
            fields["refused_rows_url"] = f"/v1/imports/{id_}/refused"
        self._job = replace(self._job, report=replace(self._job.report, **fields))
        self._ground.jobs.put(self._job)

    def _problem(self, problem: Problem) -> dict[str, Any]:
        return problem.body(self._job.request_id)

    def _log(self, error: Exception) -> None:
        id_ = self._job.report.id
        self._ground.log.error("an import failed", id=id_, exc_info=error)

    def _now(self) -> str:
        return instant(self._ground.graph.now())


class _Stoppable(RawIOBase):
    """A file that is read as long as all goes on."""

    def __init__(self, file: BinaryIO, check: Callable[[], None]) -> None:
        self._file = file
        self._check = check

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - as the base class has it
        self._check()
        found: int = self._file.readinto(buffer)  # type: ignore[attr-defined] # a raw file has it
        return found
