"""What tests ask for by name: a Neo4j of this worker's or of their own, and Chromium.

One server for each worker starts when its first test asks; `NEO4J_URL` (with `NEO4J_USERNAME` and
`NEO4J_PASSWORD`) names an empty one on this machine that is used instead. Nothing is ever skipped.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.neo4j import installed
from tests.neo4j.server import Neo4j, OwnNeo4j, borrowed, running


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """The server of this worker, with whatever the last test left in it."""
    if os.environ.get("NEO4J_URL"):
        with borrowed(os.environ) as server:
            yield server
    else:
        with running(tmp_path_factory.mktemp("neo4j")) as server:
            yield server


@pytest.fixture
def empty_neo4j(neo4j: Neo4j, monkeypatch: pytest.MonkeyPatch) -> Neo4j:
    """The server of this worker without a node in it; the environment holds its credentials."""
    neo4j.wipe()
    monkeypatch.setenv("NEO4J_USERNAME", neo4j.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)
    monkeypatch.delenv("NEO4J_PASSWORD_FILE", raising=False)
    return neo4j


@pytest.fixture
def own_neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., OwnNeo4j]]:
    """Starts servers for one test only, each with lines of configuration of its own."""
    with ExitStack() as stack:

        def start(*settings: str) -> OwnNeo4j:
            return stack.enter_context(running(tmp_path_factory.mktemp("neo4j"), *settings))

        yield start


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a real browser."""
    return installed.chromium_browser()
