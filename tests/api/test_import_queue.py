"""One file after the other, in a thread of their own: turns, ends, faults, and other processes."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import pytest
import structlog

from graph_service.api.import_folder import Folder
from graph_service.api.import_jobs import Job, Jobs, id_of
from graph_service.api.import_order import Order
from graph_service.api.import_queue import Full, Imports
from graph_service.domain.errors import InvalidRecord, NotFound, StoreFull
from graph_service.importers.intake import Intake, Row
from graph_service.importers.packed import Packed
from graph_service.importers.reports import Report, Stage
from graph_service.importers.running import Read
from graph_service.stores.graph import Graph, open_graph
from tests.importers.test_running import HEADER, TIES, read_ties

PATIENCE = 20.0
CONTENT = f"{HEADER}Iran,arms,Hezbollah land,2024-01-01,50\n".encode()


@dataclass
class Gate:
    """Lets the rows of a file through when it is opened."""

    is_reached: threading.Event = field(default_factory=threading.Event)
    is_open: threading.Event = field(default_factory=threading.Event)

    def read(self, packed: Packed, intake: Intake) -> Iterator[Row]:
        self.is_reached.set()
        assert self.is_open.wait(PATIENCE)
        yield from read_ties(packed, intake)


@pytest.fixture
def log() -> StringIO:
    return StringIO()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:{tmp_path / 'graph.sqlite'}"


@pytest.fixture
def graph(url: str) -> Iterator[Graph]:
    graph = open_graph(url)
    yield graph
    graph.close()


@pytest.fixture
def imports(graph: Graph, log: StringIO) -> Iterator[Imports]:
    imports = imports_into(graph, log)
    yield imports
    imports.stop(PATIENCE)


def imports_into(graph: Graph, log: StringIO) -> Imports:
    return Imports(graph, structlog.wrap_logger(structlog.WriteLogger(log)), most=3)


def left(imports: Imports, read: Read = read_ties, id_: str = "") -> str:
    """The id of the job of a file that was left to be taken in."""
    order = Order(replace(TIES, read=read), "ties.csv", "desk")
    report = Report(
        id=id_ or id_of("desk", None), format="ties", name="ties.csv", state=Stage.WAITING,
        dry_run=False, strict=False, by="desk", bytes_done=0, bytes_total=len(CONTENT), rows=0,
        received_at="2026-11-22T09:00:00Z",
    )  # fmt: skip
    with imports.place() as place:
        imports.folder.open()
        spool = imports.folder.spool()
        spool.write(CONTENT)
        job = Job(report, imports.folder.owner, "digest", "request")
        assert imports.jobs.begin(job) is job
        place.leave(job, order, spool)
    return report.id


def ended(imports: Imports, id_: str) -> Report:
    end = time.monotonic() + PATIENCE
    while not (report := imports.jobs.find(id_).report).has_ended:
        assert time.monotonic() < end, report
        time.sleep(0.01)
    return report


def test_files_are_taken_in_one_after_the_other_and_so_many_wait(imports: Imports) -> None:
    gate = Gate()
    first, second = left(imports, gate.read), left(imports)
    assert gate.is_reached.wait(PATIENCE)
    stages = [imports.jobs.find(id_).report.state for id_ in (first, second)]
    with imports.place(), pytest.raises(Full), imports.place():
        pass
    gate.is_open.set()

    assert stages == ["running", "waiting"]
    assert [ended(imports, id_).state for id_ in (first, second)] == ["done", "done"]


def test_a_place_is_free_again_when_its_file_was_taken_in_or_never_came(imports: Imports) -> None:
    for _ in range(4):
        ended(imports, left(imports))
        with imports.place():
            pass

    imports.stop(PATIENCE)
    assert imports.under_way == 0


def test_another_process_has_its_turn_afterwards(graph: Graph, url: str, log: StringIO) -> None:
    other_graph = open_graph(url)
    mine, other, gate = imports_into(graph, log), imports_into(other_graph, log), Gate()
    first = left(mine, gate.read)
    assert gate.is_reached.wait(PATIENCE)
    second = left(other)
    waiting = [mine.jobs.find(second).report.state, other.jobs.find(first).report.state]
    gate.is_open.set()

    assert waiting == ["waiting", "running"]
    assert ended(mine, second).summary is not None
    for imports in (mine, other):
        imports.stop(PATIENCE)
    other_graph.close()


def test_at_the_end_a_file_stops_after_its_part_and_none_is_begun(
    imports: Imports, graph: Graph, log: StringIO
) -> None:
    gate = Gate()
    running, waiting = left(imports, gate.read), left(imports)
    assert gate.is_reached.wait(PATIENCE)
    stopping = threading.Thread(target=imports.stop, args=(PATIENCE,))
    stopping.start()
    while not imports._stopping:
        time.sleep(0.001)
    gate.is_open.set()
    stopping.join()

    for id_ in (running, waiting):
        report = imports.jobs.find(id_).report
        assert report.state == "failed"
        assert report.problem is not None
        assert report.problem["type"] == "/problems/import-stopped"
        assert "send the file again" in report.problem["detail"]
    with pytest.raises(Full), imports.place():
        pass
    again = imports_into(graph, log)
    assert ended(again, left(again, id_=running)).state == "done"
    again.stop(PATIENCE)


def test_what_has_more_time_than_there_is_counts_as_stopped_all_the_same(
    imports: Imports,
) -> None:
    gate = Gate()
    id_ = left(imports, gate.read)
    assert gate.is_reached.wait(PATIENCE)
    imports.stop(0)
    report = imports.jobs.find(id_).report
    gate.is_open.set()

    assert report.problem is not None
    assert report.problem["type"] == "/problems/import-stopped"


KILLED = """
import os, sys
from graph_service.api.import_folder import Folder
from graph_service.api.import_jobs import Job, Jobs
from graph_service.importers.reports import Report, Stage
folder = Folder(sys.argv[1])
folder.open()
job = Job(Report("i_" + 32 * "0", "ties", "ties.csv", Stage.RUNNING, False, False, "desk", 5, 9, 1,
                 "2026-11-22T09:00:00Z"), folder.owner, "digest", "request")
Jobs(folder).put(job)
print(Jobs(folder).find(job.report.id).report.state, flush=True)
sys.stdin.read()
os.kill(os.getpid(), 9)
"""


@pytest.mark.slow
def test_a_file_whose_process_was_killed_is_told_to_be_sent_again(
    imports: Imports, url: str
) -> None:
    id_ = "i_" + 32 * "0"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        told = [process.stdout.readline().strip(), imports.jobs.find(id_).report.state]
        process.communicate("")
    found = imports.jobs.find(id_)

    assert told == ["running", "running"]
    assert (found.report.state, found.report.bytes_done) == ("failed", 5)
    assert found.was_stopped
    assert ended(imports, left(imports, id_=id_)).state == "done"


def broken(_: Packed, __: Intake) -> Iterator[Row]:
    raise RuntimeError("a fault of ours in /somewhere")
    yield


def full(_: Packed, __: Intake) -> Iterator[Row]:
    raise StoreFull("no room left in /somewhere")
    yield


def no_such_file(_: Packed, __: Intake) -> Iterator[Row]:
    raise InvalidRecord("these are no ties", line=1)
    yield


@pytest.mark.parametrize(
    ("read", "state", "kind"),
    [
        (broken, "failed", "internal-error"),
        (full, "failed", "store-full"),
        (no_such_file, "refused", "invalid-record"),
    ],
)
def test_whatever_goes_wrong_is_told_and_the_next_file_goes_in(
    imports: Imports, log: StringIO, read: Read, state: str, kind: str
) -> None:
    report = ended(imports, left(imports, read))

    assert report.problem is not None
    assert (report.state, report.problem["type"]) == (state, f"/problems/{kind}")
    assert report.problem["request_id"] == "request"
    assert "somewhere" not in report.problem["detail"]
    assert (report.id in log.getvalue()) is (state == "failed")
    assert ended(imports, left(imports)).state == "done"


def test_nothing_is_kept_before_there_is_something_to_keep(url: str, tmp_path: Path) -> None:
    folder = Folder(url)
    with pytest.raises(NotFound):
        Jobs(folder).find(id_of("desk", None))
    folder.close()

    assert list(tmp_path.iterdir()) == []


def test_what_was_imported_into_memory_is_gone_with_it(log: StringIO) -> None:
    graph = open_graph("memory:")
    imports = imports_into(graph, log)
    path = imports.jobs.refused_rows(left(imports)).parent
    was_there = path.is_dir()
    imports.stop(PATIENCE)
    graph.close()

    assert was_there
    assert not path.exists()
