"""The servers that tests run on, and the browser: real, one's own, and gone afterwards."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from neo4j.exceptions import AuthError, ClientError

from tests.neo4j.server import Neo4j, OwnNeo4j, borrowed, listens, running

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

PATIENCE = 30.0
STARTS_ONE = """
import sys, time
from pathlib import Path
from tests.neo4j.server import running
with running(Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    time.sleep(600)
"""


def write(server: Neo4j, *names: str) -> None:
    with server.driver() as driver:
        driver.execute_query("UNWIND $names AS name CREATE (:Actor {name: name})", names=names)


def labels_with_constraints(server: Neo4j) -> set[str]:
    with server.driver() as driver:
        found = driver.execute_query("SHOW CONSTRAINTS YIELD labelsOrTypes RETURN labelsOrTypes[0]")
        return {record[0] for record in found.records}


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNeo4j]:
    """A server that the tests below stop, kill and start again."""
    with running(tmp_path_factory.mktemp("neo4j")) as server:
        yield server


def test_the_server_is_the_community_edition_that_is_pinned(another: OwnNeo4j) -> None:
    statement = "CALL dbms.components() YIELD name, versions, edition RETURN *"
    with another.driver() as driver:
        found = [record.data() for record in driver.execute_query(statement).records]

    kernel = {"name": "Neo4j Kernel", "versions": ["5.26.30"], "edition": "community"}
    assert kernel in found


def test_a_wrong_password_is_refused(neo4j: Neo4j) -> None:
    stranger = Neo4j(neo4j.url, username=neo4j.username, password="something else")

    with pytest.raises(AuthError):
        stranger.size()


def test_wiping_removes_the_nodes_and_keeps_the_constraints(another: OwnNeo4j) -> None:
    with another.driver() as driver:
        driver.execute_query(
            "CREATE CONSTRAINT told_once IF NOT EXISTS FOR (n:Told) REQUIRE n.id IS UNIQUE"
        )
    write(another, *map(str, range(3_000)))

    another.wipe()

    assert another.size() == 0
    assert labels_with_constraints(another) == {"Told"}


def test_an_empty_server_is_empty(empty_neo4j: Neo4j) -> None:
    assert empty_neo4j.size() == 0


def test_the_environment_holds_the_credentials(empty_neo4j: Neo4j) -> None:
    told = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])

    assert told == (empty_neo4j.username, empty_neo4j.password)


def test_neo4j_browser_is_served_and_learns_where_bolt_is(another: OwnNeo4j) -> None:
    with urlopen(f"{another.http}/browser/", timeout=PATIENCE) as page:
        shown = page.read().decode()
    with urlopen(f"{another.http}/", timeout=PATIENCE) as answer:
        told = json.load(answer)

    port = another.url.rpartition(":")[2]
    assert "<title>Neo4j Browser</title>" in shown
    assert told["bolt_direct"] == f"bolt://localhost:{port}"


@pytest.mark.parametrize("end", [OwnNeo4j.stop, OwnNeo4j.kill])
def test_what_was_acknowledged_is_there_after_the_end(
    another: OwnNeo4j, end: Callable[[OwnNeo4j], None]
) -> None:
    another.wipe()
    write(another, "Iran", "Qatar")
    end(another)
    with pytest.raises(OSError, match="refused"):
        urlopen(another.http, timeout=PATIENCE)

    another.start()

    assert another.size() == 2


def test_a_server_takes_settings_of_its_own(own_neo4j: Callable[..., OwnNeo4j]) -> None:
    server = own_neo4j()
    server.stop()
    server.start("server.databases.default_to_read_only=true")

    with pytest.raises(ClientError, match="read-only"):
        write(server, "Iran")


def test_a_server_that_does_not_start_says_why(own_neo4j: Callable[..., OwnNeo4j]) -> None:
    with pytest.raises(AssertionError, match="surely_no_setting"):
        own_neo4j("server.surely_no_setting=1")


def test_a_borrowed_server_is_left_empty(another: OwnNeo4j) -> None:
    another.wipe()
    with borrowed(named(another)) as server:
        write(server, "Iran")

    assert another.size() == 0


def test_a_borrowed_server_that_holds_something_is_refused(another: OwnNeo4j) -> None:
    another.wipe()
    write(another, "Iran")

    with pytest.raises(AssertionError, match="holds 1 nodes"), borrowed(named(another)):
        pass

    assert another.size() == 1


def named(server: Neo4j) -> dict[str, str]:
    return {"NEO4J_URL": server.url, "NEO4J_PASSWORD": server.password}


def test_a_server_ends_with_tests_that_are_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as tests:
        assert tests.stdout is not None
        port = int(tests.stdout.readline().rpartition(":")[2])
        assert listens(port)

        tests.send_signal(signal.SIGKILL)

    end = time.monotonic() + PATIENCE
    while listens(port) and time.monotonic() < end:
        time.sleep(0.05)
    assert not listens(port)


def test_chromium_shows_a_page(chromium: str, tmp_path: Path) -> None:
    options = ["--headless", "--no-sandbox", f"--user-data-dir={tmp_path}", "--dump-dom"]
    page = "data:text/html,<script>document.write(6 * 7)</script>"

    shown = subprocess.run(
        [chromium, *options, page], check=True, capture_output=True, text=True, timeout=PATIENCE
    )

    assert "42" in shown.stdout
