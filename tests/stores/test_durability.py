"""What was acknowledged is on the disk: shown by killing writers, and by what reaches the disk.

A kill alone proves little, since the operating system still writes what a dead process gave it.
So the calls that wait for the disk are counted as well, beside a control that makes none.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.actors import Actor
from graph_service.domain.errors import StoreFull, StoreUnavailable
from graph_service.stores.embedded import EmbeddedStore
from tests.stores.disks import Disk, below
from tests.stores.telling import ONTOLOGY, actor

WRITER = """
import sys
from pathlib import Path
from graph_service.stores.embedded import EmbeddedStore
from tests.stores.disks import Disk, below
from tests.stores.telling import ONTOLOGY, actor
store = EmbeddedStore(Path(sys.argv[1]), ONTOLOGY)
number = store.head().sequence
while True:
    number += 2
    receipt = store.append([actor(f"a{number}"), actor(f"b{number}")], by="desk")
    print(receipt.sequence, flush=True)
"""


@pytest.fixture
def disk() -> Iterator[Disk]:
    disk = Disk()
    with below(disk):
        yield disk


def _waits_of_ten_writes(disk: Disk, store: EmbeddedStore) -> int:
    store.append([actor("first")], by="desk")
    before = disk.waits
    for number in range(10):
        store.append([actor(f"a{number}")], by="desk")
    waits = disk.waits - before
    store.close()
    return waits


def test_every_write_waits_for_the_disk_before_it_is_acknowledged(
    disk: Disk, tmp_path: Path
) -> None:
    store = EmbeddedStore(tmp_path / "claims.sqlite", ONTOLOGY)

    assert _waits_of_ten_writes(disk, store) >= 10


@pytest.fixture
def weakened() -> Iterator[None]:
    """Every connection is set to NORMAL, and deaf to being set otherwise."""

    def deaf(operation: int, setting: str | None, *_: str | None) -> int:
        told = operation == apsw.SQLITE_PRAGMA and setting == "synchronous"
        return apsw.SQLITE_IGNORE if told else apsw.SQLITE_OK

    def weaken(db: apsw.Connection) -> None:
        db.pragma("synchronous", 1)
        db.authorizer = deaf

    apsw.connection_hooks.append(weaken)
    yield
    apsw.connection_hooks.remove(weaken)


@pytest.mark.usefixtures("weakened")
def test_with_a_weaker_setting_no_write_would_wait(disk: Disk, tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "claims.sqlite", ONTOLOGY)

    assert _waits_of_ten_writes(disk, store) == 0


@given(
    fails_in=st.integers(1, 80),
    failure=st.sampled_from([apsw.IOError("input/output error"), apsw.FullError("disk full")]),
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=6),
)
def test_a_disk_that_fails_at_any_moment_leads_to_no_false_acknowledgement(
    tmp_path_factory: pytest.TempPathFactory, fails_in: int, failure: apsw.Error, sizes: list[int]
) -> None:
    path = tmp_path_factory.mktemp("failing") / "claims.sqlite"
    disk = Disk()
    with below(disk):
        store = EmbeddedStore(path, ONTOLOGY)
        store.append([actor("first")], by="desk")
        disk.fails_in, disk.failure = fails_in, failure
        acknowledged = {"first"}
        for turn, size in enumerate(sizes):
            ids = [f"a-{turn}-{n}" for n in range(size)]
            try:
                store.append([actor(id_, description="x" * 500) for id_ in ids], by="desk")
            except (StoreUnavailable, StoreFull):
                continue
            acknowledged.update(ids)
        with suppress(StoreUnavailable, StoreFull):
            store.close()

    again = EmbeddedStore(path, ONTOLOGY)
    again.verify()
    kept = {entry.record.id for entry in again.entries() if isinstance(entry.record, Actor)}
    again.close()
    assert acknowledged <= kept
    assert {sum(id_.startswith(f"a-{turn}-") for id_ in kept) in (0, size)
            for turn, size in enumerate(sizes)} == {True}  # fmt: skip


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "claims.sqlite"
    acknowledged = 0
    for turn in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(3 + 7 * turn):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        rest = writer.stdout.read().splitlines()
        acknowledged = int(rest[-1]) if rest else acknowledged
        writer.stdout.close()
        writer.wait()

        store = EmbeddedStore(path, ONTOLOGY)
        head = store.verify()
        store.close()
        assert head.sequence >= acknowledged
        assert head.sequence % 2 == 0, "half a bundle was kept"
