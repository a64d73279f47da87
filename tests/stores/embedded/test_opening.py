from pathlib import Path

import apsw
import pytest

from graph_service.domain.errors import StoreCorrupt, StoreMissing, StoreReadOnly, StoreTooNew
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.layout import FORMAT_VERSION
from tests.stores.disks import Unwritable, below
from tests.stores.telling import ONTOLOGY, actor


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
    db.execute(f"PRAGMA user_version = {FORMAT_VERSION + 1}")
    db.close()

    with pytest.raises(StoreTooNew, match="install a newer version"):
        EmbeddedStore(path, ONTOLOGY)


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
