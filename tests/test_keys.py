import hashlib
import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph_service.domain.errors import (
    Conflict,
    GraphError,
    InvalidQuestion,
    NotFound,
    StoreCorrupt,
    StoreError,
    StoreUnavailable,
)
from graph_service.keys import KeyRing, Scope, keys_path

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEPT = (
    b'{"keys": [{"name": "desk", "scope": "%s", "hash": "%s", '
    b'"created_at": "2026-11-22T09:00:00Z", "revoked_at": null}]}'
)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "graph.sqlite.keys")


def test_a_token_leads_to_its_key_and_nothing_else_does(ring: KeyRing) -> None:
    desk = ring.add("desk", Scope.WRITE, at=AT)
    reader = ring.add("reader", Scope.READ, at=AT)

    assert [found and found.name for found in map(ring.find, (desk, reader))] == ["desk", "reader"]
    for wrong in ("", "gs_", desk[:-1], f"{desk}x", desk.upper(), "gs_é", "\udc80"):
        assert ring.find(wrong) is None


def test_a_token_has_256_bits_and_no_two_are_alike(ring: KeyRing) -> None:
    tokens = {ring.add(f"key-{n}", Scope.READ, at=AT) for n in range(20)}

    assert len(tokens) == 20
    assert all(token.startswith("gs_") and len(token) == 3 + 43 for token in tokens)


def test_the_file_has_the_hash_and_never_the_token(ring: KeyRing) -> None:
    token = ring.add("desk", Scope.WRITE, at=AT)
    kept = ring.path.read_text()

    assert token not in kept
    assert token.removeprefix("gs_") not in kept
    assert hashlib.sha256(token.encode()).hexdigest() in kept


@pytest.mark.skipif(os.name != "posix", reason="there are no such bits")
def test_only_its_owner_may_read_or_write_the_file(ring: KeyRing) -> None:
    ring.add("desk", Scope.WRITE, at=AT)
    ring.add("reader", Scope.READ, at=AT)

    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600
    assert [path.name for path in ring.path.parent.iterdir()] == [ring.path.name]


@pytest.mark.skipif(os.name != "posix", reason="there are no such bits")
def test_a_file_that_others_may_write_is_not_believed(ring: KeyRing) -> None:
    token = ring.add("desk", Scope.WRITE, at=AT)
    ring.path.chmod(0o620)

    with pytest.raises(StoreError, match="chmod 600"):
        ring.find(token)


def test_a_revoked_key_opens_nothing_and_stays_listed(ring: KeyRing) -> None:
    token = ring.add("desk", Scope.WRITE, at=AT)
    ring.revoke("desk", at=AT + timedelta(days=1))
    ring.revoke("desk", at=AT + timedelta(days=2))

    assert ring.find(token) is None
    assert [(key.name, key.revoked_at) for key in ring] == [("desk", AT + timedelta(days=1))]


def test_a_name_is_given_once_since_the_log_says_it(ring: KeyRing) -> None:
    ring.add("desk", Scope.WRITE, at=AT)
    ring.revoke("desk", at=AT)

    with pytest.raises(Conflict, match="choose another"):
        ring.add("desk", Scope.WRITE, at=AT)


@pytest.mark.parametrize("name", ["", "local", "a b", "-x", "a/b", "ä", "x" * 65, "a\n"])
def test_a_name_that_the_log_could_not_show_is_refused(ring: KeyRing, name: str) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ring.add(name, Scope.READ, at=AT)

    assert refused.value.parameter == "name"
    assert not ring.path.exists()


def test_a_key_that_is_not_there_cannot_be_revoked(ring: KeyRing) -> None:
    ring.add("desk", Scope.WRITE, at=AT)

    with pytest.raises(NotFound) as refused:
        ring.revoke("deks", at=AT)

    assert refused.value.suggestions == ("desk",)


def test_what_one_process_changes_another_sees_at_once(ring: KeyRing) -> None:
    other = KeyRing(ring.path)
    assert list(other) == []
    token = ring.add("desk", Scope.WRITE, at=AT)
    assert other.find(token)

    ring.revoke("desk", at=AT)

    assert other.find(token) is None


def test_of_many_who_add_keys_at_once_none_is_lost(ring: KeyRing) -> None:
    names = [f"key-{n}" for n in range(8)]
    threads = [
        threading.Thread(target=KeyRing(ring.path).add, args=(name, Scope.READ), kwargs={"at": AT})
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(key.name for key in ring) == names


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b'{"keys": 1}',
        b'{"keys": [{"name": "desk"}]}',
        KEPT % (b"write", "é".encode() * 32),
        KEPT % (b"all", b"0" * 64),
        KEPT % (b"write", b"0" * 63),
    ],
)
def test_a_damaged_file_is_called_that_and_lets_nobody_in(ring: KeyRing, damaged: bytes) -> None:
    ring.path.write_bytes(damaged)
    ring.path.chmod(0o600)

    for act in (lambda: ring.find("gs_x"), lambda: ring.add("desk", Scope.READ, at=AT)):
        with pytest.raises(StoreCorrupt, match="restore it"):
            act()

    assert ring.path.read_bytes() == damaged


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "nowhere" / "graph.keys")

    assert list(ring) == []
    with pytest.raises(StoreUnavailable, match="nowhere"):
        ring.add("desk", Scope.READ, at=AT)


def test_who_died_while_changing_the_keys_is_cleared_away_by_hand(ring: KeyRing) -> None:
    left = ring.path.with_name(f"{ring.path.name}.new")
    left.touch()

    with pytest.raises(StoreUnavailable, match=f"remove {left}"):
        KeyRing(ring.path, patience=0.0).add("desk", Scope.READ, at=AT)

    assert left.exists()
    assert list(ring) == []


def test_a_folder_is_no_file_of_keys(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    with pytest.raises(GraphError, match="cannot be read"):
        list(KeyRing(tmp_path))


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:data/graph.sqlite", "data/graph.sqlite.keys"),
        ("data/graph.sqlite", "data/graph.sqlite.keys"),
        ("memory:", "graph-service.keys"),
    ],
)
def test_keys_lie_beside_the_store(url: str, path: str) -> None:
    assert keys_path(url) == Path(path)
