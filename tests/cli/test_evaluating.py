"""`graph-service evaluate`, on data made up."""

import json
from pathlib import Path

import pytest

from graph_service.evaluation.tasks import TASKS
from tests.cli.conftest import Cli
from tests.evaluation.made_up import folder


def test_the_command_prints_every_figure_and_writes_every_query(cli: Cli, tmp_path: Path) -> None:
    lines = tmp_path / "queries.jsonl"
    ran = cli(
        "evaluate", str(folder(tmp_path)), "--years", "1991-1994", "--draws", "20",
        "--queries", str(lines), "--format", "json",
    )  # fmt: skip

    assert ran.code == 0
    told = {one["task"]: one for one in json.loads(ran.out)["tasks"]}
    assert set(told) == set(TASKS) - {"events"}
    combined = next(r for r in told["support_all"]["rows"] if r["method"] == "combined")
    assert combined["below"] is None
    assert combined["precision"]["low"] <= combined["precision"]["value"]
    written = [json.loads(line) for line in lines.read_text().splitlines()]
    assert len(written) == sum(one["queries"] for one in told.values())
    assert {"task", "query", "came_true", "average_precision"} == set(written[0])


def test_the_command_prints_tables_for_people(cli: Cli, tmp_path: Path) -> None:
    ran = cli(
        "evaluate", str(folder(tmp_path)), "--task", "support_all", "--years", "1993",
        "--draws", "5", "--format", "table",
    )  # fmt: skip

    assert ran.code == 0
    assert "support_all: 2 queries" in ran.out
    assert "signed Katz" in ran.out


@pytest.mark.parametrize("years", ["1999-1990", "soon"])
def test_years_that_are_none_are_refused(cli: Cli, tmp_path: Path, years: str) -> None:
    ran = cli("evaluate", str(folder(tmp_path)), "--years", years)

    assert ran.code != 0
    assert "FIRST-LAST" in ran.err


def test_labels_of_nobody_known_are_told_apart_from_a_bad_figure(cli: Cli, tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text(
        "year,recipient,supporter,types_all\n1993,Nobody's Army,Government of Cuba,w\n"
    )
    asked = ["evaluate", str(folder(tmp_path)), "--labels", str(labels), "--task", "support_new"]

    assert "nothing to ask: no group" in cli(*asked, "--format", "table").out
    (one,) = json.loads(cli(*asked, "--format", "json").out)["tasks"]
    assert one["queries"] == 0
    assert "was known before" in one["reason"]
