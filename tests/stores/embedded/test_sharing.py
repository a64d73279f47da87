import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from graph_service.domain.errors import StoreUnavailable
from graph_service.domain.records import Record
from graph_service.stores.embedded import EmbeddedStore
from tests.stores.telling import ONTOLOGY, actor, foreseen


def test_two_handles_on_one_file_follow_one_another(store: EmbeddedStore, path: Path) -> None:
    other = EmbeddedStore(path, ONTOLOGY, around=foreseen())
    assert other.head() == store.head()

    other.append([actor("egypt")], by="other")
    assert store.head() == other.head()
    store.append([actor("qatar")], by="desk")

    assert other.head() == store.head()
    assert [e.record for e in other.entries(after=4)] == [actor("egypt"), actor("qatar")]
    other.close()


def test_a_write_rests_on_what_another_handle_wrote(store: EmbeddedStore, path: Path) -> None:
    other = EmbeddedStore(path, ONTOLOGY, around=foreseen())
    assert store.append([actor("iran")], by="desk").known == 1
    other.append([actor("iran", description="A republic.")], by="other")

    assert store.append([actor("iran")], by="desk").written == 1

    other.close()


def test_a_reader_follows_what_is_written_by_another(store: EmbeddedStore, path: Path) -> None:
    reader = EmbeddedStore(path, ONTOLOGY, read_only=True)

    store.append([actor("egypt")], by="desk")

    assert reader.head() == store.head() == reader.verify()
    reader.close()


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
