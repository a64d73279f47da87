import re
from pathlib import Path

import pytest
from typer.main import get_command

from graph_service import settings
from graph_service.cli import DEFAULT_STORE, command_line
from graph_service.domain.errors import NotFound
from tests.cli.conftest import Cli

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "leverage",
    "influence",
    "neighbours",
    "paths",
    "mcp",
    "mediators",
    "timeline",
    "changes",
    "alignment",
    "balance",
    "blocs",
    "brokers",
    "comparison",
    "coverage",
    "latent",
    "ask",
    "judge",
    "claim",
    "copy",
    "propose",
    "decide",
    "resolve",
    "candidates",
    "serve",
    "keys",
    "verify",
    "doctor",
    "evaluate",
    "bench",
    "import",
    "export",
)


def test_every_command_is_there() -> None:
    commands = get_command(command_line()).commands  # type: ignore[attr-defined] # a group has them

    assert sorted(commands) == sorted(COMMANDS)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "bench"])
def test_every_command_says_what_it_does(cli: Cli, command: str) -> None:
    ran = cli(command, "--help")

    assert ran.code == 0
    assert command in ran.out


def test_nothing_but_the_name_shows_the_help(cli: Cli) -> None:
    ran = cli()

    assert ran.code == 2
    assert "leverage" in ran.out


def test_the_service_and_the_command_line_start_from_the_same_store() -> None:
    assert settings.DEFAULT_STORE == DEFAULT_STORE


def test_developers_see_where_an_error_comes_from(
    cli: Cli, gaza: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPH_SERVICE_DEBUG", "1")

    with pytest.raises(NotFound):
        cli("--store", gaza, "leverage", "nobody at all")


def test_the_version_is_said(cli: Cli) -> None:
    assert re.fullmatch(r"graph-service \d+\.\d+\.\d+\n", cli("--version").out)


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("levrage", "Hamas"), "leverage"),
        (("leverage", "Hamas", "--as_of", "2024-09-30"), "--as-of"),
        (("leverage", "Hamas", "--dates", "maybe"), "possible"),
        (("leverage",), "ACTOR"),
        (("leverage", "Hamas", "--hops", "9"), "3"),
    ],
)
def test_a_slip_of_the_pen_is_told_in_two_lines(cli: Cli, args: tuple[str, ...], hint: str) -> None:
    ran = cli(*args)

    assert ran.code == 2
    assert ran.out == ""
    assert hint in ran.err
    assert len(ran.err.splitlines()) == 2


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_command_that_is_written_about_exists(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    named = set(re.findall(r"[$`] ?graph-service (?:--\w+ \S+ )?([a-z]+)", text))

    assert named <= set(COMMANDS)
