"""The command line in this process, on stores of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph_service.cli import main
from graph_service.dossiers import dossier

RECORDS = len(dossier("gaza-mediation").read_text("utf-8").splitlines())

Cli = Callable[..., "Ran"]


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
