"""The notebooks: kept without outputs, and run against what is here."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.served import environment

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
RUN = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], 4)
nbclient.execute(notebook, cwd=sys.argv[2])
nbformat.write(notebook, sys.argv[3])
"""
TOLD = {
    "article": (
        "All of this rests on one source: nothing here is corroborated.",
        "Turkey has a channel to Hamas, since 2023, ongoing [1: page 3]",
        "('retracted', 'made up')",
        "leverage-over-hamas.html",
    ),
    "events": (
        "Tally(rows=180, taken=180",
        "Who could mediate between Northland and Hill Front",
        "No file is named",
    ),
    "supporters": (
        "Inferred from where others stand",
        "latent (inferred)",
        "(0, True)",
    ),
}
LEFT = {"article": {"leverage-over-hamas.html"}, "events": set(), "supporters": set()}


def cells(notebook: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook.read_text("utf-8"))["cells"]
    return found


def outputs(notebook: Path) -> list[dict[str, Any]]:
    return [output for cell in cells(notebook) for output in cell.get("outputs", ())]


def shown(output: dict[str, Any]) -> Iterator[str]:
    for text in output.get("data", {}).values():
        yield text if isinstance(text, str) else "".join(text)
    yield "".join(output.get("text", ()))


def test_every_notebook_is_tried() -> None:
    assert {notebook.stem for notebook in NOTEBOOKS.glob("*.ipynb")} == set(TOLD)


@pytest.mark.parametrize("name", TOLD)
def test_a_notebook_is_kept_without_what_a_run_leaves_in_it(name: str) -> None:
    notebook = NOTEBOOKS / f"{name}.ipynb"

    assert outputs(notebook) == []
    assert {cell.get("execution_count") for cell in cells(notebook)} == {None}


@pytest.mark.slow
@pytest.mark.parametrize("name", TOLD)
def test_a_notebook_runs_and_tells_what_it_says(name: str, tmp_path: Path) -> None:
    work, done = tmp_path / "work", tmp_path / "done.ipynb"
    work.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOKS / f"{name}.ipynb"), str(work), str(done)],
        capture_output=True,
        text=True,
        check=False,
        env=environment() | {"JUPYTER_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert ended.returncode == 0, ended.stderr
    left = outputs(done)

    assert {output["output_type"] for output in left} <= {
        "execute_result", "stream", "display_data",
    }  # fmt: skip
    noise = ["".join(output["text"]) for output in left if output.get("name") == "stderr"]
    assert not [text for text in noise if text.strip() and "waiting for" not in text]
    told = "".join(text for output in left for text in shown(output) if isinstance(text, str))
    assert [line for line in TOLD[name] if line not in told] == []
    drawn = [output["data"] for output in left if WIDGET in output.get("data", {})]
    assert drawn
    assert all("<table" in "".join(data["text/html"]) for data in drawn)
    assert {file.name for file in work.iterdir()} == LEFT[name]
