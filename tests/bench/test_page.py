import json
import subprocess
import sys

import pytest

from graph_service.bench.page import weight
from tests.cli.served import environment


def test_the_page_is_weighed_with_all_its_parts() -> None:
    assert 100_000 < weight() < 300_000


def test_a_run_of_its_own_takes_nothing_else() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "graph_service", "bench", "--page", "--peers", "sqlite"],
        capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip

    assert ran.returncode == 2
    assert "--page is a run of its own" in ran.stderr


@pytest.mark.slow
def test_a_run_in_a_browser_prints_its_rows(chromium: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "graph_service", "bench", "--page", "--json"],
        capture_output=True, text=True, check=True, env=environment(),
    )  # fmt: skip
    rows = {row["name"]: row for row in json.loads(ran.stdout)["rows"]}

    drawn = "400 actors and 1,500 ties"
    assert rows["page: the page with its parts, compressed"]["met"]
    assert rows["page: first paint on the dossier, worst"]["goal"] == 1
    for act in ("dragging", "zooming"):
        assert rows[f"page: {act} {drawn}, median frames"]["goal"] == 30
        # Each move is really drawn, so that the frames counted are those of the picture.
        assert rows[f"page: {act} {drawn}, canvases cleared a move"]["figure"] >= 1
