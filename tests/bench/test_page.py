import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.served import environment

COMMAND = [sys.executable, "-m", "graph_service", "bench", "--page"]
DRAWN = "400 actors and 1,500 ties"


def test_a_run_of_its_own_takes_nothing_else() -> None:
    ran = subprocess.run(
        [*COMMAND, "--peers", "sqlite"],
        capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip

    assert ran.returncode == 2
    assert "--page is a run of its own" in ran.stderr


@pytest.mark.slow
def test_without_a_chromium_one_line_says_what_to_install(tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    ran = subprocess.run(
        COMMAND, capture_output=True, text=True, check=False, env=environment() | nowhere
    )

    assert ran.returncode == 2
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
    assert "pip install playwright, and on Debian apt install chromium" in ran.stderr


@pytest.mark.slow
def test_a_run_in_a_browser_prints_its_rows(chromium: str) -> None:
    ran = subprocess.run(
        [*COMMAND, "--quick", "--json"],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    rows = {row["name"]: row for row in json.loads(ran.stdout)["rows"]}

    assert all(set(row) == {"name", "figure", "goal", "unit", "met"} for row in rows.values())
    assert rows["page: the page with its parts, as transferred"]["met"]
    assert rows["page: the page with its parts, as transferred"]["figure"] > 100
    assert rows["page: first paint on the dossier, worst"]["goal"] == 1
    assert rows[f"page: {DRAWN}, longest that the page stands still, worst"]["figure"] > 0
    for act in ("dragging", "zooming"):
        assert rows[f"page: {act} {DRAWN}, pictures in the worst run"]["goal"] == 30
        # Nothing would be drawn anew by a drag that misses the picture.
        assert rows[f"page: {act} {DRAWN}, pictures"]["figure"] > 0
    assert "at a load of" in ran.stderr
