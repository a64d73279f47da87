import json
from pathlib import Path

import pytest

from graph_service.bench.run import main

SMALL = ["--claims", "300", "--actors", "40"]

EVENTS = "date\tsubject\trelation\tobject\tsplit\n" + "".join(
    f"2014-0{1 + n % 9}-1{n % 10}\tActor {n % 7}\tConsult\tActor {n % 5 + 7}\ttrain\n"
    for n in range(60)
)


def test_the_benchmark_prints_its_rows_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events, labels = tmp_path / "events.tsv", tmp_path / "labels.txt"
    events.write_text(EVENTS)
    labels.write_text("LABEL: 040= Consult\n")

    code = main([*SMALL, "--json", "--icews", str(events), "--icews-labels", str(labels)])

    rows = json.loads(capsys.readouterr().out)["rows"]
    assert code == 0
    assert all(set(row) == {"name", "figure", "goal", "unit", "met"} for row in rows)
    assert [row["figure"] for row in rows if row["unit"] == "differ"] == [0] * 6
    worlds = {row["name"].split(":")[0] for row in rows}
    assert worlds == {"synthetic", "writing", "importing", "names", "events"}
    assert [row["figure"] for row in rows if row["unit"] == "lost"] == [0]
    named = {row["name"]: row for row in rows}
    assert named["synthetic: two hops, over networkx, p50"]["goal"] == 7
    assert named["events: two hops, over networkx, p50"]["goal"] is None


def test_the_benchmark_prints_a_table_of_the_peers_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*SMALL, "--peers", "sqlite"]) == 0

    told = capsys.readouterr()
    assert "over SQLite" in told.out
    assert "networkx" not in told.out
    assert "drawing 300 claims among 40 actors" in told.err


@pytest.mark.parametrize(
    "argv",
    [
        ["--peers", "oracle"],
        ["--icews", "events.tsv"],
        ["--fast"],
        ["--neo4j", "--peers", "sqlite"],
    ],
)
def test_arguments_that_mean_nothing_are_refused(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(argv)

    assert refused.value.code == 2
