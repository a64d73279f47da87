"""Copying between stores of different kinds, and following one that is written to."""

import io
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import (
    InvalidQuestion,
    StoreCorrupt,
    StoreMissing,
    StoreReadOnly,
    StoreUnavailable,
)
from graph_service.domain.identity import Judgement
from graph_service.domain.records import Record
from graph_service.exporters.native import write_native
from graph_service.stores.base import Store
from graph_service.stores.copying import PAUSE, Copied, check_apart, compare, copy, follow
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import Graph
from graph_service.stores.log import Surroundings
from graph_service.stores.memory import MemoryStore
from graph_service.stores.taking import TAKEN
from tests.stores.promises.copying import RECORD, filled
from tests.stores.strategies import bundles
from tests.stores.telling import ONTOLOGY, actor, claim, nouns, ticking

NOW = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "copy.sqlite"


@pytest.fixture
def target(path: Path) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(path, ONTOLOGY)
    yield store
    store.close()


def exported(store: Store) -> bytes:
    stream = io.BytesIO()
    write_native(Graph(store, ONTOLOGY, clock=lambda: NOW), stream)
    return stream.getvalue()


@given(told=bundles(), more=bundles(), cut=st.integers(0, 20), data=st.data())
def test_a_copy_through_a_file_is_the_same_in_everything(
    tmp_path_factory: pytest.TempPathFactory,
    told: list[Record],
    more: list[Record],
    cut: int,
    data: st.DataObject,
) -> None:
    source = MemoryStore(ONTOLOGY, around=Surroundings(clock=ticking()))
    middle = EmbeddedStore(tmp_path_factory.mktemp("copied") / "claims.sqlite", ONTOLOGY)
    target = MemoryStore(ONTOLOGY)
    source.append(told, by="desk", keep_history=True)
    middle.take(source.lines(until=cut))
    copy(source, middle)
    source.append([one for one in more if not isinstance(one, (ClaimRecord, Judgement))], by="desk")
    for key in data.draw(st.lists(st.sampled_from(keys_of(told)), max_size=3)):
        source.erase(key)

    copy(source, middle)
    copy(middle, target)

    for each in (middle, target):
        assert each.verify() == source.verify()
        assert list(each.entries()) == list(source.entries())
        assert compare(source, each).are_equal
        assert exported(each) == exported(source)
        assert copy(source, each) == Copied(0, 0, source.head())
    middle.close()


def keys_of(records: list[Record]) -> list[str]:
    claims = [record for record in records if isinstance(record, ClaimRecord)]
    pieces = [piece.id for record in claims for piece in record.evidence]
    return ["actor:ann", "actor:bob", "actor:iran", *(one.claim.id for one in claims), *pieces]


def test_a_store_that_may_only_be_read_is_copied_from_and_not_to(
    path: Path, target: EmbeddedStore
) -> None:
    copy(filled(), target)
    reader = EmbeddedStore(path, ONTOLOGY, read_only=True)

    assert copy(reader, MemoryStore(ONTOLOGY)).entries == 9
    with pytest.raises(StoreReadOnly, match="open it for writing"):
        copy(target, reader)
    reader.close()


def test_what_was_changed_in_a_file_is_not_copied(path: Path, target: EmbeddedStore) -> None:
    copy(filled(), target)
    with apsw.Connection(str(path)) as db:
        db.execute("DROP TRIGGER entries_are_never_changed")
        db.execute("UPDATE entries SET by = 'somebody else' WHERE sequence = 6")
    copied = MemoryStore(ONTOLOGY)

    with pytest.raises(StoreCorrupt, match="entry 6 does not give its hash"):
        copy(target, copied)

    assert copied.verify().sequence == 0


def test_a_row_that_cannot_be_read_is_said_to_be_in_the_source(
    path: Path, target: EmbeddedStore
) -> None:
    copy(filled(), target)
    with apsw.Connection(str(path)) as db:
        db.execute("DROP TRIGGER entries_are_never_changed")
        text = '{"commitment":'
        db.execute("UPDATE entries SET payload = ? WHERE sequence = 6", (text,))

    with pytest.raises(StoreCorrupt, match="cannot be read") as raised:
        copy(target, MemoryStore(ONTOLOGY))

    assert raised.value.__notes__ == [target.url]


def test_what_is_erased_in_a_copy_leaves_no_trace_in_its_files(
    path: Path, target: EmbeddedStore
) -> None:
    source = MemoryStore(ONTOLOGY)
    record = claim(passage="An unmistakable sentence. " * 300)
    source.append([*nouns(), record], by="desk")
    copy(source, target)
    Graph(target, ONTOLOGY).save_snapshot()

    source.erase(record.evidence[0].id)
    copy(source, target)

    files = [file for file in path.parent.rglob("*") if file.is_file()]
    assert b"unmistakable" not in b"".join(file.read_bytes() for file in files)
    assert not target.snapshot_folder.exists()  # type: ignore[union-attr] # it has one


def test_which_texts_were_erased_is_found_without_reading_the_others(
    path: Path, target: EmbeddedStore
) -> None:
    found = apsw.Connection(str(path)).execute(
        "EXPLAIN QUERY PLAN SELECT commitment FROM texts WHERE text IS NULL"
    )

    assert "USING INDEX erased" in str(list(found))


def test_a_log_is_followed_as_it_grows_and_as_it_is_erased(target: EmbeddedStore) -> None:
    source = filled()
    waited: list[float] = []
    rounds = follow(source, target, wait=waited.append)

    first = next(rounds)
    idle = next(rounds)
    source.append([actor("egypt")], by="desk")
    grown = next(rounds)
    source.erase(RECORD.evidence[0].id)
    erased = next(rounds)

    head = source.head()
    assert isinstance(first, Copied)
    assert (first.entries, idle) == (9, Copied(0, 0, first.head))
    assert (grown, erased) == (Copied(1, 0, head), Copied(0, 3, head))
    assert waited == [PAUSE] * 3
    assert list(target.entries()) == list(source.entries())


def test_following_survives_a_target_that_is_busy(path: Path) -> None:
    source = filled()
    target = EmbeddedStore(path, ONTOLOGY, around=Surroundings(patience=0.05))
    rounds = follow(source, target, wait=lambda _: None)
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")

    busy = [next(rounds), next(rounds)]
    other.execute("ROLLBACK")
    then = next(rounds)

    assert all(isinstance(found, StoreUnavailable) for found in busy)
    assert then == Copied(9, 0, source.head())
    other.close()
    target.close()


def test_a_store_is_not_copied_to_itself(tmp_path: Path) -> None:
    file, link = tmp_path / "claims.sqlite", tmp_path / "link.sqlite"
    file.touch()
    link.symlink_to(file)

    for url in (f"sqlite:{file}", str(link), f"sqlite:{tmp_path}/../{tmp_path.name}/{file.name}"):
        with pytest.raises(InvalidQuestion, match="no copy of itself"):
            check_apart(f"sqlite:{file}", url)
    check_apart(f"sqlite:{file}", f"sqlite:{tmp_path / 'other.sqlite'}")
    with pytest.raises(InvalidQuestion, match="no copy of itself"):
        check_apart("bolt://localhost", "bolt://localhost")


@pytest.mark.slow
def test_a_copy_that_was_killed_goes_on_where_it_ended(tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.sqlite", tmp_path / "part.sqlite"
    source = EmbeddedStore(whole, ONTOLOGY)
    source.append((actor(f"a{n}") for n in range(8 * TAKEN)), by="desk")
    command = [sys.executable, "-m", "graph_service", "copy", str(whole), str(part)]

    ends = [killed(command, part) for _ in range(2)]
    copied = EmbeddedStore(part, ONTOLOGY)
    done = copy(source, copied)

    assert 0 < ends[0] < ends[1] < 8 * TAKEN
    assert [end % TAKEN for end in ends] == [0, 0]
    assert done.entries == 8 * TAKEN - ends[1]
    assert compare(source, copied).are_equal
    source.close()
    copied.close()


def killed(command: list[str], part: Path) -> int:
    """Kill the copy once it has written something; answers where the log ends then."""
    before = end_of(part)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while end_of(part) == before:
        assert process.poll() is None, "it ended before it was killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return end_of(part)


def end_of(part: Path) -> int:
    try:
        store = EmbeddedStore(part, ONTOLOGY, create=False, read_only=True)
    except StoreMissing:
        return 0
    try:
        return store.head().sequence
    finally:
        store.close()
