"""A file of an older format is read as it is, and brought up when it is opened for writing."""

import subprocess
import sys
import threading
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import apsw
import pytest

from graph_service.domain.errors import StoreUnavailable
from graph_service.stores.base import Head, Once
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.layout import FORMAT_VERSION
from tests.stores.disks import Disk, below
from tests.stores.telling import ONTOLOGY, actor, nouns

ONCE = Once("first attempt", "a" * 64)

OPENER = """
import sys
from pathlib import Path
from graph_service.stores.base import Once
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.layout import FORMAT_VERSION
from tests.stores.telling import ONTOLOGY, source
store = EmbeddedStore(Path(sys.argv[1]), ONTOLOGY)
renamed = [source(title=title) for title in ("A", "B", "A")]
print(store.append(renamed, by="desk", once=Once("the same", "a" * 64)).replayed)
store.close()
"""


def format_of(path: Path) -> tuple[int, set[str]]:
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    named = "SELECT name FROM sqlite_schema WHERE type = 'table'"
    found = db.pragma("user_version"), {name for (name,) in db.execute(named)}
    db.close()
    return found


@pytest.fixture
def first(path: Path) -> Head:
    """A file of the first format, with a few records: without `writes` and without an index."""
    store = EmbeddedStore(path, ONTOLOGY)
    store.append(nouns(), by="desk")
    head = store.head()
    store.close()
    db = apsw.Connection(str(path))
    db.execute("DROP TABLE writes; DROP INDEX erased; PRAGMA user_version = 1")
    db.close()
    return head


def test_the_first_format_is_what_its_schema_says(path: Path, first: Head) -> None:
    plain = path.with_name("plain.sqlite")
    db = apsw.Connection(str(plain))
    db.execute(files("graph_service.stores").joinpath("schema.sql").read_text("utf-8"))
    db.close()

    assert format_of(plain)[1] == format_of(path)[1]


def test_an_older_file_is_brought_up_where_it_is_opened_for_writing(
    path: Path, first: Head
) -> None:
    store = EmbeddedStore(path, ONTOLOGY)

    store.append([actor("egypt")], by="desk", once=ONCE)
    again = store.append([actor("egypt")], by="desk", once=ONCE)

    assert again.replayed
    assert store.verify().sequence == first.sequence + 1
    store.close()
    assert format_of(path) == (FORMAT_VERSION, {"entries", "texts", "about", "writes"})


def test_an_older_file_is_read_as_it_is(path: Path, first: Head) -> None:
    store = EmbeddedStore(path, ONTOLOGY, read_only=True)

    assert store.head() == first == store.verify()
    assert [entry.record for entry in store.entries()] == nouns()
    store.close()
    assert format_of(path) == (1, {"entries", "texts", "about"})


def test_a_reader_of_an_older_file_follows_it_when_it_is_brought_up(
    path: Path, first: Head
) -> None:
    reader = EmbeddedStore(path, ONTOLOGY, read_only=True)
    writer = EmbeddedStore(path, ONTOLOGY)

    writer.append([actor("egypt")], by="desk", once=ONCE)

    assert reader.head() == writer.head() == reader.verify()
    reader.close()
    writer.close()


@pytest.mark.parametrize("fails_in", range(1, 8))
def test_a_disk_that_fails_meanwhile_leaves_one_format_or_the_other(
    path: Path, first: Head, fails_in: int
) -> None:
    disk = Disk()
    with below(disk):
        disk.fails_in = fails_in
        with suppress(StoreUnavailable):
            EmbeddedStore(path, ONTOLOGY).close()

    assert format_of(path) in (
        (1, {"entries", "texts", "about"}),
        (FORMAT_VERSION, {"entries", "texts", "about", "writes"}),
    )
    store = EmbeddedStore(path, ONTOLOGY)
    assert store.verify() == first
    assert store.append([actor("egypt")], by="desk", once=ONCE).written == 1
    store.close()


def test_several_threads_may_bring_up_the_same_file(path: Path, first: Head) -> None:
    together, opened = threading.Barrier(6), []

    def bring_up() -> None:
        together.wait()
        opened.append(EmbeddedStore(path, ONTOLOGY))

    threads = [threading.Thread(target=bring_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [store.head() for store in opened] == [first] * 6
    for store in opened:
        store.close()


def test_of_several_processes_with_one_key_one_writes(path: Path, first: Head) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, str(path)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]

    assert sorted(process.communicate(timeout=60)[0] for process in started) == [
        "False\n", "True\n", "True\n", "True\n",
    ]  # fmt: skip
    store = EmbeddedStore(path, ONTOLOGY)
    assert store.verify().sequence == first.sequence + 3
    store.close()
