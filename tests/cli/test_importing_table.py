from pathlib import Path

import pytest

from tests.cli.conftest import Cli

TIES = "who,what,whom,when,source\nIran,meets,Qatar,2024,Paper\nIran,meets,Qatr,2024,Paper\n"


@pytest.fixture
def ties(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ties.csv"
    path.write_text(TIES, "utf-8")
    return path


def test_a_table_is_taken_in_and_what_should_be_known_is_said_on_standard_error(
    cli: Cli, new_store: str, ties: Path
) -> None:
    ran = cli("--store", new_store, "import", "table", str(ties), "--format", "json")

    assert (ran.code, ran.body["taken"], ran.body["new_actors"]) == (0, 2, 1)
    assert "subject in 'who'" in ran.err
    assert "'Qatr' is new: is it meant for 'Qatar'?" in ran.err


def test_a_strict_import_says_once_what_it_reads_twice(
    cli: Cli, new_store: str, ties: Path
) -> None:
    ran = cli("--store", new_store, "import", "table", str(ties), "--strict")

    assert ran.err.count("the columns are taken so") == 1


def test_a_dry_run_writes_nothing(cli: Cli, new_store: str, ties: Path) -> None:
    ran = cli("--store", new_store, "import", "table", str(ties), "--dry-run", "--format", "json")

    assert (ran.code, ran.body["dry_run"], ran.body["taken"]) == (0, True, 2)
    assert cli("--store", new_store, "export", "native").out == ""


def test_a_mapping_is_proposed_on_standard_output_and_never_over_a_file(
    cli: Cli, new_store: str, ties: Path, tmp_path: Path
) -> None:
    shown = cli("--store", new_store, "import", "table", str(ties), "--guess")
    path = tmp_path / "ties.toml"
    path.write_text("mine", "utf-8")
    refused = cli("import", "table", str(ties), "--guess", "-o", str(path))

    assert 'subject = "who"' in shown.out
    assert (refused.code, path.read_text("utf-8")) == (2, "mine")
    assert not (tmp_path / "graph.sqlite").exists()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--guess", "other.csv"), 2, "one file at a time"),
        (("-o", "ties.toml"), 2, "add --guess"),
        (("--mapping", "none.toml"), 3, "cannot be read"),
        (("--more", "colour=red"), 2, "no wish 'colour'"),
    ],
)
def test_what_cannot_be_done_is_said(
    options: tuple[str, ...], code: int, said: str, cli: Cli, new_store: str, ties: Path
) -> None:
    ran = cli("--store", new_store, "import", "table", str(ties), *options)

    assert ran.code == code
    assert said in ran.err
