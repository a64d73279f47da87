"""Over HTTP: only with a key, only from where it may, and by any of several workers."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import anyio
import httpx2
import mcp_types as types
import pytest
from mcp import Client as Assistant
from mcp.client.streamable_http import streamable_http_client

from graph_service.client import Client, open_graph
from graph_service.keys import KeyRing, Scope
from tests.cli.served import serving
from tests.mcp.conversation import data, text

pytestmark = pytest.mark.slow

PING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


@dataclass(frozen=True)
class Door:
    """A service with assistants, two workers, and a key of each scope."""

    url: str
    read: str
    write: str

    def call(self, key: str, name: str, **given: object) -> types.CallToolResult:
        """What a tool says to the holder of a key."""

        async def spoken() -> types.CallToolResult:
            headers = {"Authorization": f"Bearer {key}"}
            async with (
                httpx2.AsyncClient(headers=headers) as http,
                Assistant(streamable_http_client(f"{self.url}/mcp", http_client=http)) as assistant,
            ):
                return await assistant.call_tool(name, given)

        return anyio.run(spoken)

    def knock(self, **headers: str) -> httpx2.Response:
        """A bare request."""
        return httpx2.post(f"{self.url}/mcp", json=PING, headers={**HEADERS, **headers})


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("mcp")
    store, keys = folder / "graph.sqlite", folder / "keys"
    open_graph(f"sqlite:{store}", dossier="gaza-mediation").close()
    ring = KeyRing(keys)
    now = datetime.now(UTC)
    read = ring.add("reader", Scope.READ, at=now)
    write = ring.add("writer", Scope.WRITE, at=now)
    settings = ["env", "GRAPH_SERVICE_MCP=true", f"GRAPH_SERVICE_KEYS={keys}",
                "GRAPH_SERVICE_WORKERS=2", "GRAPH_SERVICE_MCP_HOSTS=graph.example.org"]  # fmt: skip
    program = [*settings, sys.executable, "-m", "graph_service", "--store", f"sqlite:{store}"]
    with serving(program, folder) as served:
        yield Door(served.url, read, write)


def test_whoever_holds_a_key_is_answered(door: Door) -> None:
    said = door.call(door.read, "leverage", actor="Hamas", as_of="2024-09-30")

    assert "Iran: leverage 0.35" in text(said)


def test_any_worker_answers_what_another_began(door: Door) -> None:
    said = [door.call(door.read, "search_actors", q="Tehran") for _ in range(6)]

    assert {text(one) for one in said} == {"Iran (state), id iran, also called Tehran"}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer gs_nothing"}])
def test_without_a_key_nobody_is_answered(door: Door, headers: dict[str, str]) -> None:
    answer = door.knock(**headers)

    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/key-needed"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_foreign_host_or_origin_is_refused(
    door: Door, headers: dict[str, str], status: int
) -> None:
    answer = door.knock(Authorization=f"Bearer {door.read}", **headers)

    assert answer.status_code == status


@pytest.mark.parametrize(
    "headers",
    [{}, {"Host": "graph.example.org"}, {"Origin": "https://graph.example.org"},
     {"Origin": "http://localhost:3000"}],
)  # fmt: skip
def test_a_name_that_is_set_and_this_machine_may_ask(door: Door, headers: dict[str, str]) -> None:
    answer = door.knock(Authorization=f"Bearer {door.read}", **headers)

    assert answer.status_code == 200, answer.text


def test_proposing_takes_a_key_for_writing_and_stays_a_proposal(door: Door) -> None:
    claim = {
        "subject": "Qatar", "relation": "channel_to", "object": "Hamas", "when": "2023/..",
        "source": "article-2024-09", "locator": "paragraph 2", "confidence": 0.5,
    }  # fmt: skip
    refused = door.call(door.read, "propose_claim", **claim)
    assert refused.is_error
    assert "scope" in text(refused)
    said = door.call(door.write, "propose_claim", **claim)
    assert data(said)["status"] == "proposed", text(said)

    with Client(door.url) as client:
        history = client.claim(data(said)["claim"]).history
        assert [change.by for change in history] == ["writer"]


def test_nobody_is_answered_where_it_is_not_switched_on(tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'graph.sqlite'}"
    open_graph(store, dossier="gaza-mediation").close()
    with serving([sys.executable, "-m", "graph_service", "--store", store], tmp_path) as served:
        assert httpx2.post(f"{served.url}/mcp", json=PING, headers=HEADERS).status_code == 404


def test_the_option_of_serve_switches_it_on(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "graph_service", "serve", "--help"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip

    assert "--mcp" in shown.stdout
