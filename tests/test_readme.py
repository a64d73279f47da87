"""README's examples are run, in their order, and print what README says they print."""

import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.cli.served import Served, environment, serving
from tests.neo4j.server import Neo4j

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-m", "graph_service"]
DOCUMENTED = "http://127.0.0.1:8000"
ON_NEO4J = "\n## On Neo4j, and in Neo4j Browser\n"


@dataclass(frozen=True, slots=True)
class Example:
    """A command of a console block, and the lines under it."""

    command: str
    output: str


def examples(text: str) -> Iterator[Example]:
    """Every command that README shows: a line that starts with `$`, and what it prints."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield Example(command, output.strip("\n"))


def matches(output: str, shown: str) -> bool:
    """Whether this was shown; `…` stands for anything, alone on a line for any lines."""
    pattern = re.escape(shown.strip()).replace("…", ".*")
    printed = "\n".join(line.rstrip() for line in output.strip().splitlines())
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


def fetch(args: list[str], served: Served) -> str:
    """What curl would fetch: a URL, perhaps with `--json BODY` and `-H HEADER`."""
    options = dict(zip(args[:-1:2], args[1:-1:2], strict=True))
    asked = Request(args[-1].replace(DOCUMENTED, served.url))
    if "--json" in options:
        asked.data = options["--json"].encode()
        asked.add_header("Content-Type", "application/json")
    if "-H" in options:
        asked.add_header(*options["-H"].split(": "))
    with urlopen(asked, timeout=10) as reply:
        return str(reply.read().decode())


def run(example: Example, folder: Path, served: Served) -> str:
    name, *args = shlex.split(example.command)
    if name == "curl":
        return fetch(args, served)
    return ran(args, folder, environment()).replace(served.url, DOCUMENTED)


def ran(args: list[str], folder: Path, env: Mapping[str, str]) -> str:
    """What the program prints in a folder."""
    process = subprocess.run(
        [*PROGRAM, *args], cwd=folder, check=False, capture_output=True, text=True, env=env
    )
    return process.stdout + process.stderr


def lay_down(text: str, folder: Path) -> None:
    """Write the files that README shows: a name before a colon, and a block under it."""
    for name, content in re.findall(
        r"`([\w.]+)`:\n\n```csv\n(.*?)^```", text, re.MULTILINE | re.DOTALL
    ):
        (folder / name).write_text(content)


def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


@pytest.mark.slow
def test_every_example_prints_what_readme_shows(tmp_path: Path) -> None:
    before, _, after = readme().partition(ON_NEO4J)
    shown = list(examples(before + after.partition("\n## ")[2]))
    known = [each for each in shown if each.command.split()[0] in ("graph-service", "curl")]
    run_here = [each for each in known if "my-claims" not in each.command]
    assert run_here
    lay_down(readme(), tmp_path)

    with serving(PROGRAM, tmp_path) as served:
        for example in run_here:
            output = run(example, tmp_path, served)

            assert matches(output, example.output), f"$ {example.command}\n{output}"


@pytest.mark.slow
def test_every_example_prints_what_the_page_on_the_questions_shows(tmp_path: Path) -> None:
    shown = list(examples((ROOT / "docs" / "questions.md").read_text("utf-8")))
    assert len(shown) >= 7

    for example in shown:
        output = ran(shlex.split(example.command)[1:], tmp_path, environment())

        assert matches(output, example.output), f"$ {example.command}\n{output}"


@pytest.mark.slow
@pytest.mark.neo4j
def test_the_examples_on_neo4j_begin_in_an_empty_folder(tmp_path: Path, empty_neo4j: Neo4j) -> None:
    section = readme().partition(ON_NEO4J)[2].partition("\n## ")[0]
    shown = [each for each in examples(section) if each.command.startswith("graph-service")]
    assert len(shown) >= 4

    for example in shown:
        _, *args = shlex.split(example.command.replace("bolt://localhost:7687", empty_neo4j.url))
        output = ran(args, tmp_path, os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")})

        assert matches(output, example.output), f"$ {example.command}\n{output}"


def test_the_picture_shows_the_answer() -> None:
    """`python docs/picture.py > docs/leverage-over-hamas.svg` draws it anew."""
    drawn = runpy.run_path(str(ROOT / "docs" / "picture.py"))

    committed = (ROOT / "docs" / "leverage-over-hamas.svg").read_text("utf-8")
    assert committed == drawn["draw"](drawn["answer"]())


@pytest.mark.parametrize(
    ("output", "shown", "does"),
    [
        ("one\ntwo\n", "one\ntwo", True),
        ("one\ntwo\n", "one\n…", True),
        ("rank 0.43\n", "rank 0.4…", True),
        ("one\ntwo\n", "two", False),
        ("a.c\n", "abc", False),
    ],
)
def test_an_ellipsis_stands_for_what_is_left_out(output: str, shown: str, does: bool) -> None:
    assert matches(output, shown) is does
