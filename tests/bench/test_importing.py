"""The benchmark of importing coded events, on files of a few rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph_service.bench.importing import importing
from graph_service.bench.made_events import gdelt_file, icews_file
from graph_service.bench.report import RATE
from graph_service.importers import gdelt, icews
from graph_service.importers.running import Format
from tests.importers.intake import taken

ROWS = 2_000


@pytest.mark.parametrize(
    ("made", "format_"), [(icews_file, icews.FORMAT), (gdelt_file, gdelt.FORMAT)]
)
def test_made_files_are_read_without_a_refusal_and_skip_some_rows(
    made: Callable[[Path, int, int], None], format_: Format, tmp_path: Path
) -> None:
    made(tmp_path / "made.tsv", ROWS, 1)
    summary = taken(format_, tmp_path / "made.tsv").summary
    assert summary.rows == ROWS
    assert summary.refused == 0
    assert ROWS // 2 < summary.taken < ROWS


def test_the_same_seed_makes_the_same_file(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        icews_file(tmp_path / name, 50, seed)
    one, same, other = ((tmp_path / name).read_text() for name in ("one", "same", "other"))
    assert one == same != other


@pytest.mark.slow
def test_rates_and_memory_of_both_formats_have_goals(tmp_path: Path) -> None:
    rows = list(importing(tmp_path, rows=500))
    assert [(row.unit, row.goal) for row in rows if row.goal is not None] == [
        (RATE, 30_000.0), ("MB", 300.0), (RATE, 30_000.0), ("MB", 300.0),
    ]  # fmt: skip
    assert all(row.figure > 0 for row in rows if row.unit == RATE)
