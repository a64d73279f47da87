from pathlib import Path

import apsw

from tests.cli.conftest import RECORDS, Cli


def test_verify_prints_the_last_entry_and_its_hash(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "verify")

    sequence, digest = ran.out.split()
    assert ran.code == 0
    assert int(sequence) == RECORDS
    assert len(digest) == 64


def test_verify_finds_what_was_changed_behind_the_log(cli: Cli, new_store: str) -> None:
    cli("--store", new_store, "import", "native", "gaza-mediation")
    file = apsw.Connection(new_store.removeprefix("sqlite:"))
    file.execute(
        "DROP TRIGGER entries_are_never_changed;"
        "UPDATE entries SET by = 'somebody else' WHERE sequence = 40;"
    )
    file.close()

    ran = cli("--store", new_store, "verify")

    assert ran.code == 4
    assert "entry 40" in ran.err


def test_a_healthy_installation_has_nothing_wrong(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "doctor")

    assert ran.code == 0
    assert "WRONG" not in ran.out
    assert f"{RECORDS} entries" in ran.out


def test_the_doctor_says_what_to_do_about_a_missing_store(cli: Cli, new_store: str) -> None:
    ran = cli("--store", new_store, "doctor")

    assert ran.code == 4
    assert "WRONG" in ran.out
    assert "do: there is no store" in ran.out


def test_the_doctor_knows_a_file_that_is_no_store(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_text("these are notes, and no database at all" * 40)

    ran = cli("--store", f"sqlite:{path}", "doctor")

    assert ran.code == 4
    assert "WRONG" in ran.out


def test_a_store_that_nobody_knows_is_unavailable(cli: Cli) -> None:
    ran = cli("--store", "postgres:graph", "doctor")

    assert ran.code == 4
    assert "postgres" in ran.out
