from pathlib import Path

import apsw
import pytest

from graph_service.domain.errors import StoreCorrupt
from graph_service.stores.embedded import EmbeddedStore
from tests.stores.telling import ONTOLOGY, actor


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


def test_an_entry_that_cannot_be_read_is_said_to_be_corrupt(
    store: EmbeddedStore, path: Path
) -> None:
    with apsw.Connection(str(path)) as db:
        db.execute("DROP TRIGGER entries_are_never_changed")
        db.execute("UPDATE entries SET payload = '{}' WHERE sequence = 2")

    with pytest.raises(StoreCorrupt, match="entry 2"):
        store.about("actor:iran")
