"""The command line in this process, on stores of its own."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from graph_service.cli import main
from graph_service.cli.desk import Desk
from graph_service.dossiers import dossier
from tests.cli.proposals import CLAIM, but

RECORDS = len(dossier("gaza-mediation").read_text("utf-8").splitlines())

Cli = Callable[..., "Ran"]
Edits = Callable[..., Path]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def body(self) -> Any:  # noqa: ANN401 - JSON is any of six types, nested
        """Standard output as JSON."""
        return json.loads(self.out)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command on a terminal of 80 columns that is piped."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*args: str) -> Ran:
        code = main(args)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def gaza(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store that holds the dossier; tests only read it."""
    url = f"sqlite:{tmp_path_factory.mktemp('gaza') / 'graph.sqlite'}"
    assert main(["--store", url, "import", "native", "gaza-mediation"]) == 0
    return url


@pytest.fixture
def new_store(tmp_path: Path) -> str:
    """The URL of a store that is not there yet."""
    return f"sqlite:{tmp_path / 'graph.sqlite'}"


@pytest.fixture
def own(cli: Cli, new_store: str) -> str:
    """The URL of a store that holds the dossier, for one test to write to."""
    assert cli("--store", new_store, "import", "native", "gaza-mediation").code == 0
    return new_store


@pytest.fixture
def pieces(cli: Cli, own: str) -> list[str]:
    """Evidence for and against one claim, and for another, in the order of its recording."""
    return [
        proposed(cli, own, *CLAIM, "--locator", "paragraph 3"),
        proposed(cli, own, *CLAIM, "--locator", "paragraph 4", "--stance", "denied"),
        proposed(cli, own, *but(subject="Russia", confidence="0.5")),
    ]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edits:
    """Sets the editor: at its first, second, ... opening it runs these lines of Python, the last
    of them from then on. They may change `text`. Answers the folder with the forms it was given."""

    def edits(*programs: str) -> Path:
        forms, script = tmp_path / "forms", tmp_path / "an editor.py"
        forms.mkdir(exist_ok=True)
        script.write_text(
            "import os, pathlib, signal, sys\n"
            "path = pathlib.Path(sys.argv[-1])\n"
            f"forms, programs = pathlib.Path({str(forms)!r}), {programs!r}\n"
            "turn, text = len(list(forms.iterdir())), path.read_text('utf-8')\n"
            "(forms / str(turn)).write_text(text, 'utf-8')\n"
            f"pathlib.Path({str(tmp_path / 'place')!r}).write_text(sys.argv[-1])\n"
            "exec(programs[min(turn, len(programs) - 1)])\n"
            "path.write_text(text, 'utf-8')\n",
            "utf-8",
        )
        monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}' --wait")
        return forms

    return edits


def kept(folder: Path) -> list[Path]:
    """The file that the editor had open last, if it was left behind."""
    place = Path((folder / "place").read_text())
    return [place] if place.exists() else []


def desk(store: str = "memory:", *, terminal: bool) -> Desk:
    """A desk whose output can be looked at, on a terminal or piped."""
    out, err = (
        Console(file=io.StringIO(), force_terminal=terminal, width=80, highlight=False)
        for _ in range(2)
    )
    return Desk(store, out, err)


def desk_at_terminal(store: str) -> Desk:
    """A desk at which somebody sits."""
    return desk(store, terminal=True)


def printed(console: Console) -> str:
    """What a console of such a desk was given to print."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def entries(cli: Cli, store: str) -> str:
    return cli("--store", store, "verify").out.split()[0]


def proposed(cli: Cli, store: str, *args: str) -> str:
    [piece] = cli("--store", store, "propose", *args, "--by", "anna").body["data"]["evidence"]
    return str(piece)


def waiting(cli: Cli, store: str, *args: str) -> list[str]:
    found = cli("--store", store, "decide", "--list", *args).body["data"]
    return [each["evidence"]["id"] for each in found]


def claim_of(cli: Cli, store: str, piece: str) -> str:
    return str(cli("--store", store, "claim", piece).body["data"]["id"])


def table(cli: Cli, store: str, *args: str) -> Ran:
    return cli("--store", store, "decide", *args, "--format", "table")
