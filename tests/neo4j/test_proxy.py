"""What a driver can know of a write when the network fails, and which writes survive that."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, IncompleteCommit

from tests.neo4j.proxy import Proxy
from tests.neo4j.server import Neo4j

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

WRITES = 300
LOST_OF_100 = 3
PATIENCE = 2.0
NAIVE = "CREATE (:Told {id: $id})"
CONSTRAINED = "MERGE (:Named {id: $id})"
CONSTRAINT = "CREATE CONSTRAINT named_once FOR (n:Named) REQUIRE n.id IS UNIQUE"


@pytest.fixture
def proxy(empty_neo4j: Neo4j) -> Iterator[Proxy]:
    with Proxy(urlsplit(empty_neo4j.url).port or 7687) as proxy:
        yield proxy


@pytest.fixture
def driver(proxy: Proxy, empty_neo4j: Neo4j) -> Iterator[Driver]:
    """Speaks to the server by way of the proxy, and gives up soon."""
    auth = (empty_neo4j.username, empty_neo4j.password)
    with GraphDatabase.driver(
        proxy.url,
        auth=auth,
        connection_timeout=PATIENCE,
        # The only one that ends a handshake which is never answered.
        connection_acquisition_timeout=PATIENCE,
        max_transaction_retry_time=PATIENCE,
    ) as driver:
        yield driver


@pytest.fixture
def constraint(driver: Driver) -> Iterator[None]:
    """The key of `CONSTRAINED` is unique for one test; the server is that of other tests too."""
    driver.execute_query(CONSTRAINT)
    yield
    driver.execute_query("DROP CONSTRAINT named_once")


def write_until_acknowledged(driver: Driver, statement: str) -> int:
    """Write, and do it again as often as the reply is lost; how often it was."""
    lost = 0
    for number in range(WRITES):
        while True:
            try:
                driver.execute_query(statement, id=number)
                break
            except IncompleteCommit:
                lost += 1
    return lost


def lose_some(proxy: Proxy) -> None:
    proxy.loses = lambda commit: commit % 100 < LOST_OF_100


def test_a_proxy_passes_everything_on(proxy: Proxy, driver: Driver) -> None:
    text = "long " * 50_000

    answer = driver.execute_query("UNWIND range(1, 3) AS n RETURN n, $text AS text", text=text)

    assert [tuple(record) for record in answer.records] == [(n, text) for n in (1, 2, 3)]
    assert proxy.commits == 1


def test_a_lost_reply_leaves_a_write_in_doubt_that_was_kept(
    proxy: Proxy, driver: Driver, empty_neo4j: Neo4j
) -> None:
    proxy.loses = lambda commit: commit == 2
    driver.execute_query(NAIVE, id=1)

    with pytest.raises(IncompleteCommit):
        driver.execute_query(NAIVE, id=2)

    assert proxy.commits == 2
    assert empty_neo4j.size() == 2


def test_a_naive_write_repeated_in_doubt_is_there_twice(
    proxy: Proxy, driver: Driver, empty_neo4j: Neo4j
) -> None:
    lose_some(proxy)

    lost = write_until_acknowledged(driver, NAIVE)

    assert lost >= WRITES * LOST_OF_100 // 100
    assert empty_neo4j.size() == WRITES + lost


@pytest.mark.usefixtures("constraint")
def test_a_write_by_a_constrained_key_repeated_in_doubt_is_there_once(
    proxy: Proxy, driver: Driver, empty_neo4j: Neo4j
) -> None:
    lose_some(proxy)

    lost = write_until_acknowledged(driver, CONSTRAINED)

    assert lost >= WRITES * LOST_OF_100 // 100
    assert empty_neo4j.size() == WRITES


@pytest.mark.parametrize("leave", [Proxy.refuse, Proxy.hang])
def test_a_server_that_is_away_is_missed_in_time_and_found_again(
    proxy: Proxy, driver: Driver, leave: Callable[[Proxy], None]
) -> None:
    leave(proxy)
    began = time.monotonic()
    with pytest.raises(DriverError):
        driver.execute_query("RETURN 1")
    seconds = time.monotonic() - began
    proxy.resume()

    assert seconds < 5 * PATIENCE
    assert driver.execute_query("RETURN 1").records[0][0] == 1


def test_a_connection_that_hangs_goes_on_where_it_was(proxy: Proxy, driver: Driver) -> None:
    driver.verify_connectivity()
    with ThreadPoolExecutor() as pool:
        proxy.hang()
        asked = pool.submit(driver.execute_query, "RETURN 1")
        with pytest.raises(TimeoutError):
            asked.result(0.5)
        proxy.resume()

        assert asked.result(5 * PATIENCE).records[0][0] == 1
