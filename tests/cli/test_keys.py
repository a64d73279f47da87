"""`graph-service keys`: a token is shown once, on standard output alone."""

import json
from pathlib import Path

import pytest

from graph_service.keys import KeyRing, Scope
from tests.cli.conftest import Cli


@pytest.fixture
def ring(new_store: str) -> KeyRing:
    """The keys beside the new store."""
    return KeyRing(Path(new_store.removeprefix("sqlite:") + ".keys"))


def test_the_token_alone_is_on_standard_output(cli: Cli, new_store: str, ring: KeyRing) -> None:
    ran = cli("--store", new_store, "keys", "add", "desk", "--scope", "write")

    assert ran.code == 0
    assert ran.out == ran.out.strip() + "\n"
    key = ring.find(ran.out.strip())
    assert key is not None
    assert (key.name, key.scope) == ("desk", Scope.WRITE)
    assert ran.out.strip() not in ran.err
    assert "not shown again" in ran.err


def test_a_key_reads_unless_it_is_made_to_write(cli: Cli, new_store: str, ring: KeyRing) -> None:
    ran = cli("keys", "add", "desk", "--store", new_store)

    assert [key.scope for key in ring] == [Scope.READ]
    assert "may read" in ran.err


def test_keys_are_listed_with_those_that_were_revoked(
    cli: Cli, new_store: str, ring: KeyRing
) -> None:
    for name in ("desk", "intern"):
        cli("--store", new_store, "keys", "add", name)
    revoked = cli("--store", new_store, "keys", "revoke", "intern")

    listed = cli("--store", new_store, "keys", "list")
    table = cli("--store", new_store, "keys", "list", "--format", "table")

    assert (revoked.code, listed.code, table.code) == (0, 0, 0)
    assert [(key["name"], key["revoked_at"] is None) for key in listed.body] == [
        ("desk", True),
        ("intern", False),
    ]
    assert not any(key.hash in listed.out + table.out for key in ring)
    assert "intern" in table.out


def test_where_there_are_no_keys_it_is_said_how_to_make_one(cli: Cli, new_store: str) -> None:
    assert cli("--store", new_store, "keys", "list").body == []
    assert "keys add" in cli("--store", new_store, "keys", "list", "--format", "table").out


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("add", "desk"), 3, "choose another"),
        (("add", "local"), 2, "no name for a key"),
        (("add", "x", "--scope", "all"), 2, "--scope"),
        (("revoke", "dest"), 1, "desk"),
        (("revoke",), 2, "NAME"),
    ],
)
def test_what_cannot_be_done_is_said(
    cli: Cli, new_store: str, args: tuple[str, ...], code: int, said: str
) -> None:
    cli("--store", new_store, "keys", "add", "desk")

    ran = cli("--store", new_store, "keys", *args)

    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_the_file_of_keys_can_be_named(
    cli: Cli, new_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPH_SERVICE_KEYS", str(tmp_path / "here.keys"))
    cli("--store", new_store, "keys", "add", "desk")
    cli("--store", new_store, "keys", "add", "other", "--keys", str(tmp_path / "there.keys"))

    assert [key["name"] for key in json.loads((tmp_path / "here.keys").read_bytes())["keys"]] == [
        "desk"
    ]
    assert (tmp_path / "there.keys").exists()


def test_damaged_keys_are_told_as_such(cli: Cli, new_store: str, ring: KeyRing) -> None:
    ring.path.write_text("{")
    ring.path.chmod(0o600)

    ran = cli("--store", new_store, "keys", "list")

    assert (ran.code, "restore it" in ran.err) == (4, True)


def test_to_serve_others_takes_a_key_and_the_command_is_told(
    cli: Cli, new_store: str, tmp_path: Path
) -> None:
    ran = cli("--store", new_store, "serve", "--host", "0.0.0.0")

    assert ran.code == 3
    assert f"graph-service keys add NAME --scope write --store {new_store}" in ran.err
    assert "--read-only" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_memory_of_one_process_is_not_served_by_several(cli: Cli) -> None:
    ran = cli("--store", "memory:", "serve", "--workers", "2")

    assert ran.code == 2
    assert "sqlite:PATH" in ran.err


def test_only_a_store_that_is_there_is_served_for_reading(cli: Cli, new_store: str) -> None:
    ran = cli("--store", new_store, "serve", "--read-only", "--port", "0")

    assert ran.code == 4
    assert "graph-service import native" in ran.err
