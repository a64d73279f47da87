"""What holds of the project as a whole: its contracts, its package, its proportions."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def kept_files() -> list[Path]:
    """Every file that git keeps or would keep."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listing.split("\0") if name]
    return [path for path in paths if path.is_file()]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From its name to its last line, but for what is said about it."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    return lines - len((ast.get_docstring(function, clean=False) or "").splitlines())


def run_tool(*command: str) -> subprocess.CompletedProcess[str]:
    """A tool of the environment that the tests run in, at the root of the project."""
    return subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def test_imports_point_inward() -> None:
    checked = run_tool("lint-imports", "--no-cache")

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("library", ["neo4j", "pandas", "networkx"])
def test_a_command_does_not_wait_for_a_library_that_it_does_not_need(library: str) -> None:
    code = f"import sys, graph_service.cli; sys.exit({library!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_module_grows_past_three_hundred_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in modules("graph_service", "tests")
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_source_of_the_page_grows_past_three_hundred_lines() -> None:
    sources = (ROOT / "graph_service" / "web" / "src").glob("*.ts")
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in sources}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_grows_past_forty_lines() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{function.name}": length(function)
        for path in modules("graph_service", "tests")
        for function in functions(path)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    place = re.compile(rb"(?<![\w.])/(?:home|root|work|farm|Users)/\w")
    named = [
        str(path.relative_to(ROOT)) for path in kept_files() if place.search(path.read_bytes())
    ]

    assert named == []


def test_words_are_spelt_as_they_should_be() -> None:
    checked = run_tool("codespell")

    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_file_that_is_written_about_exists(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    named = re.findall(r"`((?:[\w.-]+/)*[\w.-]+(?:/|\.(?:py|md|toml|yaml)))`", text)
    real = [name for name in named if not re.search(r"[A-Z]{4,}\.py", name)]
    places = (ROOT, ROOT / "graph_service")

    assert [n for n in real if not any((place / n).exists() for place in places)] == []
