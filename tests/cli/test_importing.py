"""Files taken in from the command line; the format is a plain one, what holds here holds for all."""

import csv
import gzip
import json
import os
import threading
from pathlib import Path

import pytest

from graph_service.importers.formats import FORMATS
from tests.cli.conftest import Cli

HEADER = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
ROWS = """\
630,652,1982,1,0,0,0,0
630,652,1983,1,0,0,0,0
630,999,1983,1,0,0,0,0
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a file of alliances."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "allies.csv").write_text(HEADER + ROWS)
    return tmp_path


def test_a_file_is_taken_in_and_told_of(cli: Cli, here: Path) -> None:
    ran = cli("import", "alliances", "allies.csv", "--format", "table")
    assert ran.code == 0
    first, second, *_ = ran.out.splitlines()
    assert first.startswith("allies.csv: 3 rows in ")
    assert first.endswith("2 taken, 0 skipped, 1 refused")
    assert "1 claim with 1 piece of evidence" in second
    assert cli("neighbours", "Iran", "--as-of", "1983-06-30").body["data"]["hops"][0] != []


def test_rows_that_are_refused_are_listed_with_line_and_reason(cli: Cli, here: Path) -> None:
    ran = cli("import", "alliances", "allies.csv")
    assert ran.body["refused_rows"] == "allies.csv.refused.csv"
    with (here / "allies.csv.refused.csv").open(newline="") as stream:
        [row] = csv.DictReader(stream)
    assert (row["file"], row["line"], row["field"]) == ("allies.csv", "4", "ccode2")
    assert "999 is the number of no state" in row["reason"]


def test_the_first_rows_that_are_refused_are_shown_at_once(cli: Cli, here: Path) -> None:
    (here / "allies.csv").write_text(HEADER + "630,999,1983,1,0,0,0,0\n" * 9)
    lines = cli("import", "alliances", "allies.csv", "--format", "table").out.splitlines()
    shown = [line for line in lines if line.startswith("  refused: ")]
    assert shown[0].startswith("  refused: line 2, ccode2: 999 is the number of no state")
    assert len(shown) == 3


def test_a_folder_is_said_to_be_one_and_a_pipe_is_read(cli: Cli, here: Path) -> None:
    assert "is a folder: name the files in it" in cli("import", "alliances", str(here)).err
    os.mkfifo(here / "pipe")
    sender = threading.Thread(target=(here / "pipe").write_text, args=(HEADER + ROWS,))
    sender.start()
    assert cli("import", "alliances", "pipe").body["taken"] == 2
    sender.join()


def test_no_list_is_made_where_nothing_is_refused(cli: Cli, here: Path) -> None:
    (here / "allies.csv").write_text(HEADER + "630,652,1982,1,0,0,0,0\n")
    assert cli("import", "alliances", "allies.csv").body["refused_rows"] is None
    assert not list(here.glob("*.refused.csv"))


def test_the_same_file_twice_changes_nothing(cli: Cli, here: Path) -> None:
    first = cli("import", "alliances", "allies.csv").body
    second = cli("import", "alliances", "allies.csv").body
    assert (first["written"] > 0, second["written"]) == (True, 0)
    assert (second["new_actors"], second["claims"]) == (0, first["claims"])


def test_a_dry_run_writes_nothing(cli: Cli, here: Path) -> None:
    ran = cli("import", "alliances", "--dry-run", "allies.csv", "--format", "table")
    assert "nothing written, since this is a dry run" in ran.out
    assert cli("neighbours", "Iran").code == 1


def test_a_strict_import_stops_and_writes_nothing(cli: Cli, here: Path) -> None:
    ran = cli("import", "alliances", "--strict", "allies.csv")
    assert ran.code == 3
    assert "allies.csv: line 4, ccode2: 999 is the number of no state" in ran.err
    assert "nothing was written" in ran.err
    assert cli("neighbours", "Iran").code == 1


def test_compressed_files_are_read_as_they_are(cli: Cli, here: Path) -> None:
    (here / "allies.csv.gz").write_bytes(gzip.compress((HEADER + ROWS).encode()))
    assert cli("import", "alliances", "allies.csv.gz").body["taken"] == 2


def test_several_files_are_told_of_one_by_one(cli: Cli, here: Path) -> None:
    ran = cli("import", "alliances", "allies.csv", "allies.csv")
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert [one["written"] > 0 for one in told] == [True, False]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["allies.csv", "--more", "window"], "'window': write it as NAME=VALUE"),
        (["allies.csv", "--more", "window=3"], "alliances knows no wish 'window'"),
        (["missing.csv"], "missing.csv: there is no such file"),
        (["allies.csv", "--confidence", "1"], "--confidence"),
        (["allies.csv", "--encoding", "klingon"], "'klingon' is no encoding"),
    ],
)
def test_what_cannot_be_wished_is_refused_before_anything_is_written(
    cli: Cli, here: Path, args: list[str], says: str
) -> None:
    ran = cli("import", "alliances", *args)
    assert ran.code in (2, 3)
    assert says in ran.err
    assert cli("neighbours", "Iran").code != 0


def test_a_file_of_another_kind_is_refused_with_what_it_needs(cli: Cli, here: Path) -> None:
    (here / "odd.csv").write_text("a,b\n1,2\n")
    ran = cli("import", "alliances", "odd.csv")
    assert (ran.code, "odd.csv" in ran.err) == (3, True)


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "table"])
def test_every_format_has_a_command_with_help(cli: Cli, format_: str) -> None:
    ran = cli("import", format_, "--help")
    assert ran.code == 0
    assert "--dry-run" in ran.out
