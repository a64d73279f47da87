"""The notebook that walks from the article to an answer: kept without outputs, and run."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.served import environment

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "article.ipynb"
RUN = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], 4)
nbclient.execute(notebook, cwd=sys.argv[2])
nbformat.write(notebook, sys.argv[3])
"""


def cells(notebook: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook.read_text("utf-8"))["cells"]
    return found


def outputs(notebook: Path) -> list[dict[str, Any]]:
    return [output for cell in cells(notebook) for output in cell.get("outputs", ())]


def test_the_notebook_is_kept_without_what_a_run_leaves_in_it() -> None:
    assert outputs(NOTEBOOK) == []
    assert {cell.get("execution_count") for cell in cells(NOTEBOOK)} == {None}


@pytest.mark.slow
def test_the_notebook_runs_from_the_article_to_an_answer(tmp_path: Path) -> None:
    done = tmp_path / "done.ipynb"
    ended = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK), str(tmp_path), str(done)],
        capture_output=True,
        text=True,
        check=False,
        env=environment() | {"JUPYTER_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert ended.returncode == 0, ended.stderr
    shown = outputs(done)

    assert {output["output_type"] for output in shown} <= {"execute_result", "stream"}
    noise = ["".join(output["text"]) for output in shown if output.get("name") == "stderr"]
    assert not [text for text in noise if text.strip() and "waiting for" not in text]
    told = "".join("".join(text) for output in shown for text in output.get("data", {}).values())
    assert "All of this rests on one source: nothing here is corroborated." in told
    assert "Turkey has a channel to Hamas, since 2023, ongoing [1: page 3]" in told
    assert "('retracted', 'made up')" in told
