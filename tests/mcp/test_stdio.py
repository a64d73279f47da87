"""The command in a process of its own, as an assistant's program starts it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import anyio
import pytest
from mcp import Client as Assistant
from mcp import StdioServerParameters

from graph_service.client import open_graph
from tests.cli.served import environment
from tests.mcp.conversation import text

pytestmark = pytest.mark.slow

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def store(tmp_path: Path) -> str:
    url = f"sqlite:{tmp_path / 'graph.sqlite'}"
    open_graph(url, dossier="gaza-mediation").close()
    return url


def asked(arguments: list[str]) -> str:
    async def spoken() -> str:
        program = StdioServerParameters(
            command=sys.executable, args=["-m", "graph_service", *arguments], env=environment()
        )
        async with Assistant(program) as assistant:
            said = await assistant.call_tool("leverage", {"actor": "Hamas", "as_of": "2024-09-30"})
            return text(said)

    return anyio.run(spoken)


def test_an_assistant_starts_it_and_asks(store: str) -> None:
    assert "Iran: leverage 0.35" in asked(["--store", store, "mcp"])


def test_the_configuration_of_the_readme_works(store: str) -> None:
    found = re.search(r"```json\n(\{\s*\"mcpServers\".*?)```", README.read_text("utf-8"), re.DOTALL)
    assert found is not None
    [(name, server)] = json.loads(found[1])["mcpServers"].items()

    assert (name, server["command"]) == ("graph-service", "graph-service")
    told = [store if one.startswith("sqlite:") else one for one in server["args"]]
    assert "Iran: leverage 0.35" in asked(told)


def test_it_ends_with_its_input_and_says_nothing_of_its_own(store: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "graph_service", "--store", store, "mcp"],
        input=b"", capture_output=True, timeout=60, check=False, env=environment(),
    )  # fmt: skip

    assert (ended.returncode, ended.stdout) == (0, b"")


def test_a_store_that_is_not_there_is_said(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "graph_service", "--store", f"sqlite:{tmp_path}/none.sqlite", "mcp"],
        input=b"", capture_output=True, timeout=60, check=False, env=environment(),
    )  # fmt: skip

    assert ended.returncode == 4
    assert b"none.sqlite" in ended.stderr
    assert ended.stdout == b""
