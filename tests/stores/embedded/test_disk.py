import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from graph_service.domain.errors import StoreFull, StoreUnavailable
from graph_service.domain.records import Record
from graph_service.stores.embedded import EmbeddedStore
from tests.stores.disks import Disk, below
from tests.stores.telling import ONTOLOGY, actor, nouns


def test_every_connection_waits_for_the_disk(path: Path) -> None:
    opened: list[apsw.Connection] = []
    apsw.connection_hooks.append(opened.append)
    try:
        store = EmbeddedStore(path, ONTOLOGY)
        held = threading.Barrier(4)

        def read_together() -> None:
            for _ in store.entries():
                held.wait()

        store.append([actor("iran")], by="desk")
        threads = [threading.Thread(target=read_together) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        reader = EmbeddedStore(path, ONTOLOGY, read_only=True)
        reader.about("actor:iran")

        levels = [db.pragma("synchronous") for db in opened]
        assert len(levels) >= 5
        assert set(levels) == {2}
        assert apsw.Connection(str(path)).pragma("journal_mode") == "wal"
    finally:
        apsw.connection_hooks.remove(opened.append)
    reader.close()
    store.close()


def test_a_failing_disk_acknowledges_nothing(path: Path) -> None:
    disk = Disk()
    with below(disk):
        store = EmbeddedStore(path, ONTOLOGY)
        store.append(nouns(), by="desk")
        head = store.head()

        disk.broken = True
        with pytest.raises(StoreUnavailable, match="check the disk"):
            store.append([actor("egypt")], by="desk")
        disk.broken = False

        assert store.verify() == head
        store.append([actor("egypt")], by="desk")
        assert store.verify().sequence == head.sequence + 1
        store.close()


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Every database opened has room for 40 pages."""

    def limit(db: apsw.Connection) -> None:
        db.execute("PRAGMA max_page_count = 40")

    apsw.connection_hooks.append(limit)
    yield
    apsw.connection_hooks.remove(limit)


@pytest.mark.usefixtures("small_disk")
@pytest.mark.parametrize("shape", [list, iter])
def test_a_full_disk_keeps_nothing_of_the_write(store: EmbeddedStore, shape: type) -> None:
    head = store.head()

    with pytest.raises(StoreFull, match="free some space"):
        store.append(shape([actor(f"a{n}") for n in range(5_000)]), by="desk")

    assert store.head() == head == store.verify()
    store.append([actor("egypt")], by="desk")
    assert store.verify().sequence == head.sequence + 1


@pytest.mark.usefixtures("small_disk")
def test_a_write_too_large_for_the_disk_does_not_stop_the_small_ones_beside_it(
    store: EmbeddedStore,
) -> None:
    before = store.head().sequence
    outcomes: list[str] = []
    held = threading.Event()

    def holding() -> Iterator[Record]:
        held.wait(10)
        yield actor("first")

    def write(records: list[Record]) -> None:
        try:
            outcomes.append(str(store.append(records, by="desk").written))
        except StoreFull:
            outcomes.append("full")

    large: list[Record] = [actor(f"a{n}") for n in range(5_000)]
    threads = [
        threading.Thread(target=store.append, args=(holding(),), kwargs={"by": "desk"}),
        threading.Thread(target=write, args=(large,)),
        *(threading.Thread(target=write, args=([actor(f"b{n}")],)) for n in range(4)),
    ]
    for thread in threads:
        thread.start()
    held.set()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["1", "1", "1", "1", "full"]
    assert store.verify().sequence == before + 5
