"""Several processes behind one address: what one takes in all of them know."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from graph_service.api.workers import serve_with_workers
from graph_service.domain.errors import StoreUnavailable
from graph_service.settings import Settings
from graph_service.stores.graph import open_graph
from tests.api.conftest import gaza_graph
from tests.api.writers import SOURCE, Json, claim
from tests.cli.served import environment
from tests.neo4j.server import Neo4j

pytestmark = pytest.mark.slow
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Service:
    """A service of several processes."""

    process: subprocess.Popen[str]
    url: str

    def workers(self) -> set[int]:
        """The processes that answer; the one that only starts others is not among them."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {
            pid
            for pid in map(int, children.read_text().split())
            if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()
        }

    def ask(self, path: str, body: object = None) -> Json:
        data = None if body is None else json.dumps(body).encode()
        request = Request(
            f"{self.url}{path}", data=data, headers={"Content-Type": "application/json"}
        )
        with urlopen(request, timeout=PATIENCE) as answer:
            found: Json = json.loads(answer.read())
            return found


@contextmanager
def serving(store: str, *args: str) -> Iterator[Service]:
    command = [sys.executable, "-m", "graph_service", "--store", store, "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )
    assert process.stderr is not None
    try:
        url = process.stderr.readline().split()[2].rstrip(",")
        yield Service(process, url)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture
def store(tmp_path: Path) -> str:
    url = f"sqlite:{tmp_path / 'graph.sqlite'}"
    gaza_graph(url).close()
    return url


def wait_until(what: str, holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"not in time: {what}"
        time.sleep(0.05)


def gone(pid: int) -> bool:
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def any_store(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return str(request.getfixturevalue("store"))
    server: Neo4j = request.getfixturevalue("empty_neo4j")
    gaza_graph(server.url).close()
    return server.url


def test_what_one_worker_takes_in_every_other_answers_with(any_store: str) -> None:
    with serving(any_store, "--workers", "3") as service:
        service.ask("/v1/records", [SOURCE])

        def write_and_read(n: int) -> None:
            told = service.ask("/v1/records", [claim(locator=f"line {n}")])
            (id_,), (evidence,) = told["data"]["claims"], told["data"]["evidence"]
            for _ in range(3):
                path = f"/v1/claims/{id_}?min_sequence={told['meta']['sequence']}"
                pieces = service.ask(path)["data"]["evidence"]
                assert evidence in [piece["id"] for piece in pieces]

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(write_and_read, range(96)))
        assert len(service.workers()) == 3

    graph = open_graph(any_store)
    assert graph.store.verify().sequence == 80 + 1 + 96
    graph.close()


def test_a_worker_that_dies_is_replaced(store: str) -> None:
    with serving(store, "--workers", "2") as service:
        service.ask("/readyz")
        wait_until("both are up", lambda: len(service.workers()) == 2)
        first = service.workers()
        victim = first.pop()
        os.kill(victim, signal.SIGKILL)

        wait_until("another is up", lambda: len(service.workers() - {victim}) == 2)
        assert service.ask("/v1/actors/hamas")["data"]["id"] == "hamas"


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_all_its_workers_and_in_order(store: str, stop: signal.Signals) -> None:
    with serving(store, "--workers", "2") as service:
        service.ask("/readyz")
        workers = service.workers()
        service.process.send_signal(stop)
        out, err = service.process.communicate(timeout=20)

        assert (service.process.returncode, out, err) == (0, "", "")
        assert all(map(gone, workers))
    assert not Path(store.removeprefix("sqlite:") + "-wal").exists()


def test_its_workers_end_when_it_is_killed_and_the_address_is_free_again(store: str) -> None:
    with serving(store, "--workers", "2") as service:
        service.ask("/readyz")
        workers = service.workers()
        os.kill(service.process.pid, signal.SIGKILL)

        wait_until("they end", lambda: all(map(gone, workers)))
        port = service.url.rpartition(":")[2]
    with serving(store, "--port", port) as again:
        wait_until("it answers", lambda: again.ask("/readyz"))


def test_where_no_worker_can_start_all_of_it_ends_with_the_reason(tmp_path: Path) -> None:
    settings = Settings(store=f"sqlite:{tmp_path / 'none.sqlite'}", port=0, workers=2)
    with pytest.raises(StoreUnavailable, match="could not start"):
        serve_with_workers(settings)
