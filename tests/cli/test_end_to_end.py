"""The whole program as its users get it: a wheel in an environment of its own, in processes."""

import json
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.served import Served, environment, serving

ROOT = Path(__file__).parents[2]
WEB = ROOT / "graph_service" / "web"
QUESTION = ("leverage", "Hamas", "--as-of", "2024-09-30", "--format", "json")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]
    subprocess.run([*build, str(folder), str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`graph-service` installed with what it needs to run and nothing else."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--disable-pip-version-check", str(wheel)], check=True)
    return place / "bin" / "graph-service"


@pytest.fixture(scope="module")
def folder(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that holds the dossier."""
    place = tmp_path_factory.mktemp("folder")
    run(program, place, "import", "native", "gaza-mediation")
    return place


@pytest.fixture(scope="module")
def served(program: Path, folder: Path) -> Iterator[Served]:
    with serving([str(program)], folder) as found:
        yield found


def run(program: Path, folder: Path, *args: str) -> str:
    ran = subprocess.run(
        [str(program), *args],
        cwd=folder,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    return ran.stdout


def test_the_wheel_carries_all_that_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "graph_service").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and WEB not in path.parents
    }
    page = {"graph_service/web/__init__.py"} | {
        f"graph_service/web/built/{file.name}" for file in (WEB / "built").iterdir()
    }
    cypher = {
        f"graph_service/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "cypher").rglob("*")
        if path.is_file()
    }
    assert {"graph_service/domain/ontology.toml", "graph_service/cypher/README.md"} <= names
    assert package | page | cypher <= names
    assert {name for name in names if name.startswith("graph_service/web/")} == page
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_help_needs_nothing_but_the_wheel(program: Path, folder: Path) -> None:
    assert "leverage" in run(program, folder, "--help")


def test_the_module_runs_as_the_program_does(program: Path, folder: Path) -> None:
    python = program.with_name("python")

    assert run(python, folder, "-m", "graph_service", "--version") == run(
        program, folder, "--version"
    )


def test_the_dossier_answers_who_has_leverage(program: Path, folder: Path) -> None:
    answer = json.loads(run(program, folder, *QUESTION))

    assert answer["data"]["target"]["id"] == "hamas"
    assert "iran" in [entry["actor"]["id"] for entry in answer["data"]["ranking"]]


def test_the_api_gives_the_same_bytes_as_the_command_line(
    program: Path, folder: Path, served: Served
) -> None:
    url = f"{served.url}/v1/actors/hamas/leverage?as_of=2024-09-30"
    with urlopen(url, timeout=10) as reply:
        body = reply.read().decode()

    assert run(program, folder, *QUESTION) == body + "\n"


def test_make_run_ends_in_an_answer_and_a_service(tmp_path: Path) -> None:
    """From a copy without anything installed, as somebody has it who cloned it just now."""
    copy = tmp_path / "clone"
    ignored = shutil.ignore_patterns(".venv", ".git", ".*_cache", "__pycache__", "*.sqlite*")
    shutil.copytree(ROOT, copy, ignore=ignored)

    with (
        serving(["make", "run"], copy) as found,
        urlopen(f"{found.url}/readyz", timeout=10) as reply,
    ):
        assert reply.status == 200

    assert "Who has leverage over Hamas, as of 2024-09-30" in found.printed()
