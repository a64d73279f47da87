import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from graph_service.domain.errors import (
    InvalidRecord,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
    StoreUnavailable,
)
from graph_service.domain.records import Record
from graph_service.stores.embedded import EmbeddedStore
from tests.stores.contract import StoreContract
from tests.stores.disks import Disk, Unwritable, below
from tests.stores.telling import ONTOLOGY, actor, claim, foreseen, nouns


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(path, ONTOLOGY, around=foreseen())
    store.append(nouns(), by="desk")
    yield store
    store.close()


class TestEmbeddedStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[EmbeddedStore]:
        store = EmbeddedStore(tmp_path / "claims.sqlite", ONTOLOGY, around=foreseen())
        yield store
        store.close()


def test_a_log_is_there_again_after_it_was_closed(store: EmbeddedStore, path: Path) -> None:
    store.append([claim(passage="It says so.")], by="desk")
    head, entries = store.head(), list(store.entries())
    store.close()

    again = EmbeddedStore(path, ONTOLOGY, create=False)

    assert again.verify() == head
    assert list(again.entries()) == entries
    again.close()


def test_two_handles_on_one_file_follow_one_another(store: EmbeddedStore, path: Path) -> None:
    other = EmbeddedStore(path, ONTOLOGY)
    assert other.head() == store.head()

    other.append([actor("egypt")], by="other")
    assert store.head() == other.head()
    store.append([actor("qatar")], by="desk")

    assert other.head() == store.head()
    assert [e.record for e in other.entries(after=4)] == [actor("egypt"), actor("qatar")]
    other.close()


def test_a_reader_follows_what_is_written_by_another(store: EmbeddedStore, path: Path) -> None:
    reader = EmbeddedStore(path, ONTOLOGY, read_only=True)

    store.append([actor("egypt")], by="desk")

    assert reader.head() == store.head() == reader.verify()
    reader.close()


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


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET by = 'me'",
        "DELETE FROM entries WHERE sequence = 1",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE sequence = 1",
        "INSERT INTO entries SELECT 100, kind, payload, by, at, previous, hash FROM entries",
    ],
)
def test_the_file_itself_refuses_to_change_an_entry(
    store: EmbeddedStore, path: Path, statement: str
) -> None:
    with pytest.raises(apsw.ConstraintError, match="append-only"):
        apsw.Connection(str(path)).execute(statement)


def test_what_is_no_database_is_no_store(path: Path) -> None:
    path.write_text("who,whom\n" * 1_000)

    with pytest.raises(StoreCorrupt, match="name another file"):
        EmbeddedStore(path, ONTOLOGY)


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE t(x)")
    db.close()
    before = path.read_bytes()

    with pytest.raises(StoreCorrupt, match="another program"):
        EmbeddedStore(path, ONTOLOGY)

    assert path.read_bytes() == before


def test_a_newer_format_asks_for_a_newer_program(store: EmbeddedStore, path: Path) -> None:
    store.close()
    db = apsw.Connection(str(path))
    db.execute("PRAGMA user_version = 2")
    db.close()

    with pytest.raises(StoreTooNew, match="install a newer version"):
        EmbeddedStore(path, ONTOLOGY)


def test_a_file_cut_short_is_found_out(store: EmbeddedStore, path: Path) -> None:
    store.append((actor(f"a{n}") for n in range(500)), by="desk")
    store.close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)

    with pytest.raises(StoreCorrupt, match="backup"):
        EmbeddedStore(path, ONTOLOGY).verify()


def test_a_damaged_page_is_found_out(store: EmbeddedStore, path: Path) -> None:
    store.append((actor(f"a{n}") for n in range(500)), by="desk")
    store.close()
    with path.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xff" * 4096)

    with pytest.raises(StoreCorrupt, match="backup"):
        EmbeddedStore(path, ONTOLOGY).verify()


def test_a_missing_file_is_only_made_where_that_is_meant(path: Path) -> None:
    with pytest.raises(StoreMissing, match="no store at"):
        EmbeddedStore(path, ONTOLOGY, create=False)
    with pytest.raises(StoreMissing, match="no store at"):
        EmbeddedStore(path, ONTOLOGY, read_only=True)
    assert not path.exists()

    with pytest.raises(StoreMissing, match="make it first"):
        EmbeddedStore(path.parent / "no" / "such.sqlite", ONTOLOGY)
    with pytest.raises(StoreMissing, match="is a directory"):
        EmbeddedStore(path.parent, ONTOLOGY)


def test_an_empty_file_becomes_a_store_where_one_may_be_made(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreMissing, match="empty"):
        EmbeddedStore(path, ONTOLOGY, create=False)

    store = EmbeddedStore(path, ONTOLOGY)

    assert store.head().sequence == 0
    store.close()


def test_a_store_opened_for_reading_says_so(store: EmbeddedStore, path: Path) -> None:
    reader = EmbeddedStore(path, ONTOLOGY, read_only=True)

    assert reader.read_only
    with pytest.raises(StoreReadOnly, match="reading only"):
        reader.append([actor("egypt")], by="desk")
    with pytest.raises(StoreReadOnly):
        reader.erase("actor:iran")
    reader.close()


def test_a_file_that_may_not_be_written_is_opened_for_reading(
    store: EmbeddedStore, path: Path
) -> None:
    with below(Unwritable()):
        reader = EmbeddedStore(path, ONTOLOGY)

        assert reader.read_only
        assert reader.head() == store.head()
        with pytest.raises(StoreReadOnly, match="permissions"):
            reader.append([actor("egypt")], by="desk")
        reader.close()


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


def test_a_file_that_another_program_holds_is_said_to_be_busy(
    store: EmbeddedStore, path: Path
) -> None:
    hurried = EmbeddedStore(path, ONTOLOGY, around=foreseen(patience=0.05))
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreUnavailable, match="try again"):
        hurried.append([actor("egypt")], by="desk")

    other.execute("ROLLBACK")
    hurried.append([actor("egypt")], by="desk")
    hurried.close()


def test_a_write_that_lasts_too_long_makes_others_give_up(path: Path) -> None:
    store = EmbeddedStore(path, ONTOLOGY, around=foreseen(patience=0.05))
    started, held = threading.Event(), threading.Event()

    def slow() -> Iterator[Record]:
        started.set()
        held.wait(10)
        yield actor("iran")

    thread = threading.Thread(target=store.append, args=(slow(),), kwargs={"by": "desk"})
    thread.start()
    started.wait(10)

    with pytest.raises(StoreUnavailable, match="try again later"):
        store.append([actor("egypt")], by="desk")

    held.set()
    thread.join()
    assert [entry.record for entry in store.entries()] == [actor("iran")]
    store.close()


def test_a_closed_store_says_so(store: EmbeddedStore) -> None:
    store.close()
    store.close()

    for ask in (
        store.head,
        store.verify,
        lambda: list(store.entries()),
        lambda: store.append([actor("egypt")], by="desk"),
    ):
        with pytest.raises(StoreUnavailable, match="closed"):
            ask()


def test_an_interrupted_write_leaves_nothing(store: EmbeddedStore) -> None:
    head = store.head()

    def interrupted() -> Iterator[Record]:
        yield actor("egypt")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.append(interrupted(), by="desk")

    assert store.verify() == head
    store.append([actor("egypt")], by="desk")


def test_erased_texts_leave_no_trace_in_the_files(store: EmbeddedStore, path: Path) -> None:
    record = claim(passage="An unmistakable sentence. " * 300)
    store.append([record], by="desk")

    store.erase(record.evidence[0].id)

    left = b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())
    assert b"unmistakable" not in left


def test_an_entry_that_cannot_be_read_is_said_to_be_corrupt(
    store: EmbeddedStore, path: Path
) -> None:
    with apsw.Connection(str(path)) as db:
        db.execute("DROP TRIGGER entries_are_never_changed")
        db.execute("UPDATE entries SET payload = '{}' WHERE sequence = 2")

    with pytest.raises(StoreCorrupt, match="entry 2"):
        store.about("actor:iran")


def test_several_processes_may_make_the_same_store(path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from graph_service.stores.embedded import EmbeddedStore\n"
        "from tests.stores.telling import ONTOLOGY, actor\n"
        "store = EmbeddedStore(Path(sys.argv[1]), ONTOLOGY)\n"
        "for turn in range(5):\n"
        "    store.append([actor(f'a-{sys.argv[2]}-{turn}')], by='desk')\n"
        "store.close()\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(path), str(number)])
        for number in range(3)
    ]

    assert [process.wait(60) for process in started] == [0, 0, 0]
    store = EmbeddedStore(path, ONTOLOGY)
    assert store.verify().sequence == 15
    store.close()


def test_only_the_trouble_of_a_store_is_a_store_error(store: EmbeddedStore) -> None:
    with pytest.raises(InvalidRecord) as refused:
        store.append([claim("nobody")], by="desk")

    assert not isinstance(refused.value, StoreError)
