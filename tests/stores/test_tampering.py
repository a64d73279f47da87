import shutil
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph_service.domain.errors import StoreCorrupt
from graph_service.stores.embedded import EmbeddedStore
from tests.stores.telling import ONTOLOGY, claim, decided, foreseen, judged, nouns, told

FIELDS = ("sequence", "kind", "payload", "by", "at", "previous", "hash")
PERSON = told({"record": "actor", "id": "x", "kind": "person", "name": "Xenia Example"})


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a dozen entries that nobody has touched."""
    path = tmp_path_factory.mktemp("sound") / "claims.sqlite"
    store = EmbeddedStore(path, ONTOLOGY, around=foreseen())
    record = claim(passage="It says so.", reason="Seen.")
    store.append([*nouns(), PERSON, record, claim(locator="p. 2")], by="desk")
    store.append([decided(record, "accepted", reason="Checked.")], by="curator")
    store.append([judged()], by="curator")
    store.close()
    return path


def tampered(sound: Path, *statements: tuple[str, tuple[Any, ...]]) -> EmbeddedStore:
    """A copy of the store on which somebody with the file in hand has run these statements."""
    path = sound.with_name("tampered.sqlite")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(sound, path)
    db = apsw.Connection(str(path))
    db.pragma("synchronous", 0)
    for name in ("changed", "deleted"):
        db.execute(f"DROP TRIGGER entries_are_never_{name}")
    db.execute("DROP TRIGGER entries_have_no_gap")
    for statement, values in statements:
        db.execute(statement, values)
    db.close()
    return EmbeddedStore(path, ONTOLOGY)


def is_found(store: EmbeddedStore) -> bool:
    try:
        store.verify()
    except StoreCorrupt:
        return True
    finally:
        store.close()
    return False


@given(data=st.data(), sequence=st.integers(1, 9), field=st.sampled_from(FIELDS[1:]))
def test_any_change_of_a_field_of_an_entry_is_found(
    sound: Path, data: st.DataObject, sequence: int, field: str
) -> None:
    db = apsw.Connection(str(sound))
    text = db.execute(f"SELECT {field} FROM entries WHERE sequence = {sequence}").get  # noqa: S608 - ours
    db.close()
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_characters=text[place] + "\0"))
    changed = text[:place] + data.draw(st.sampled_from([other, ""])) + text[place + 1 :]
    assume(changed != text)

    statement = f"UPDATE entries SET {field} = ? WHERE sequence = ?"  # noqa: S608 - ours

    assert is_found(tampered(sound, (statement, (changed, sequence))))


@given(sequence=st.integers(1, 8))
def test_a_missing_entry_is_found_wherever_another_follows(sound: Path, sequence: int) -> None:
    store = tampered(sound, ("DELETE FROM entries WHERE sequence = ?", (sequence,)))

    assert is_found(store)


@given(pair=st.lists(st.integers(1, 9), min_size=2, max_size=2, unique=True))
def test_entries_that_changed_places_are_found(sound: Path, pair: list[int]) -> None:
    swap = "UPDATE entries SET sequence = ? WHERE sequence = ?"
    one, other = pair

    store = tampered(sound, (swap, (100, one)), (swap, (one, other)), (swap, (other, 100)))

    assert is_found(store)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE texts SET text = text || '!' WHERE text = 'It says so.'",
        "UPDATE texts SET salt = zeroblob(32)",
        "DELETE FROM texts WHERE text = 'Checked.'",
        "INSERT INTO texts VALUES ('c0ffee', x'00', 'Slipped in.')",
        "DELETE FROM about WHERE key = 'actor:iran'",
        "UPDATE about SET sequence = 3 WHERE key = 'actor:iran'",
        "INSERT INTO about VALUES ('actor:iran', 3)",
    ],
)
def test_what_is_kept_beside_the_entries_must_agree_with_them(sound: Path, statement: str) -> None:
    assert is_found(tampered(sound, (statement, ())))


def test_an_untouched_log_is_sound(sound: Path) -> None:
    assert not is_found(tampered(sound))


def test_a_cut_tail_shows_beside_a_checkpoint_only(sound: Path) -> None:
    whole = EmbeddedStore(sound, ONTOLOGY, read_only=True)
    checkpoint = whole.head()
    whole.close()
    cut = tampered(
        sound,
        ("DELETE FROM entries WHERE sequence = 9", ()),
        ("DELETE FROM about WHERE sequence = 9", ()),
        ("DELETE FROM texts WHERE text = 'two sorts of thing'", ()),
    )

    assert cut.verify() != checkpoint
    cut.close()


def test_no_text_of_a_person_stands_in_the_chain(sound: Path) -> None:
    db = apsw.Connection(str(sound))
    payloads = "".join(row[0] for row in db.execute("SELECT payload FROM entries"))
    db.close()

    for text in ("Xenia", "It says so.", "Seen.", "Checked.", "two sorts"):
        assert text not in payloads
