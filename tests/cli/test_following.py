"""A copy that follows, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest

from graph_service.stores.embedded import EmbeddedStore
from tests.cli.conftest import RECORDS, Cli
from tests.cli.served import environment
from tests.stores.telling import ONTOLOGY, actor

pytestmark = pytest.mark.slow

PATIENCE = 60.0


@pytest.fixture
def target(tmp_path: Path) -> str:
    """The URL of a copy that is not there yet."""
    return f"sqlite:{tmp_path / 'copy.sqlite'}"


@dataclass(frozen=True, slots=True)
class Following:
    """A copy that follows, in a process of its own."""

    process: subprocess.Popen[str]
    source: EmbeddedStore
    target: Path
    errors: Path

    def wait_for(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert self.process.poll() is None, "it ended"
            assert time.monotonic() < end, f"it does not follow: {self.errors.read_text()}"
            time.sleep(0.05)

    def is_there(self) -> bool:
        if not self.target.exists():
            return False
        db = apsw.Connection(str(self.target), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            found = db.execute("SELECT max(sequence) FROM entries").get
        except apsw.SQLError:  # the tables are not there yet
            return False
        finally:
            db.close()
        return bool(found == self.source.head().sequence)

    def tells(self, what: str) -> bool:
        return what in self.errors.read_text("utf-8")


@pytest.fixture
def following(own: str, target: str, tmp_path: Path) -> Iterator[Following]:
    errors = tmp_path / "errors.txt"
    with errors.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "graph_service", "copy", own, target, "--follow"],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
        )
    store = EmbeddedStore(Path(own.removeprefix("sqlite:")), ONTOLOGY)
    yield Following(process, store, Path(target.removeprefix("sqlite:")), errors)
    process.kill()
    process.communicate()
    store.close()


def test_a_copy_that_follows_brings_what_comes_until_it_is_interrupted(
    cli: Cli, following: Following, own: str, target: str
) -> None:
    following.wait_for(lambda: following.tells("Ctrl-C ends it"))
    for name in ("oman", "kuwait"):
        following.source.append([actor(name)], by="desk")
        following.wait_for(following.is_there)

    os.kill(following.process.pid, signal.SIGINT)
    out, _ = following.process.communicate(timeout=PATIENCE)

    head = following.source.head()
    assert following.process.returncode == 0
    assert out.splitlines()[0].startswith(f"copied {RECORDS} entries, target at entry {RECORDS} ")
    assert out.splitlines()[1:] == [f"followed up to entry {RECORDS + 2} (hash {head.hash[:12]}…)"]
    assert cli("verify", own, target).code == 0


def test_a_copy_that_follows_waits_while_its_target_cannot_be_written(
    following: Following, target: str
) -> None:
    following.wait_for(following.is_there)
    other = apsw.Connection(target.removeprefix("sqlite:"))
    other.execute("BEGIN IMMEDIATE")
    following.source.append([actor("oman")], by="desk")
    following.wait_for(lambda: following.tells("waiting until it can go on"))
    time.sleep(8)  # it tries once more, and does not say so again
    other.execute("ROLLBACK")
    other.close()
    following.wait_for(following.is_there)
    following.wait_for(lambda: following.tells("It goes on"))

    os.kill(following.process.pid, signal.SIGINT)
    following.process.communicate(timeout=PATIENCE)

    told = following.errors.read_text("utf-8").splitlines()
    assert following.process.returncode == 0
    assert [line.partition(" ")[0] for line in told] == ["Following", "another", "It"]


def test_a_copy_that_follows_ends_when_somebody_else_writes_to_its_target(
    following: Following,
) -> None:
    following.wait_for(lambda: following.tells("Ctrl-C ends it"))
    intruder = EmbeddedStore(following.target, ONTOLOGY)
    intruder.append([actor("oman")], by="somebody else")
    intruder.close()

    following.process.communicate(timeout=PATIENCE)

    assert following.process.returncode == 3
    assert following.tells(f"goes on after entry {RECORDS} with entries that")
