"""Servers that die, hang, or set limits: nothing acknowledged is lost, nothing is there twice."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from urllib.parse import urlsplit

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import IncompleteCommit

from graph_service.domain.errors import (
    StoreFull,
    StoreInDoubt,
    StoreUnavailable,
    StoreUnreachable,
)
from graph_service.domain.records import Record
from graph_service.stores.base import Once, Receipt
from graph_service.stores.graph import Graph
from graph_service.stores.log import Surroundings
from graph_service.stores.neo4j_store import Neo4jStore
from tests.neo4j.clearing import address_of
from tests.neo4j.proxy import Proxy
from tests.neo4j.server import PASSWORD, Neo4j, OwnNeo4j, running
from tests.stores.telling import ONTOLOGY, actor, foreseen, nouns
from tests.stores.test_many_writers import pairs_in

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

WRITERS = 8
PATIENCE = 0.5
LONG = 60.0


class Writers:
    """Threads that write one pair of actors after the other, each until it is acknowledged."""

    def __init__(self, store: Neo4jStore) -> None:
        self.receipts: dict[tuple[str, str], Receipt] = {}
        self._store = store
        self._stop = threading.Event()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with ThreadPoolExecutor(WRITERS) as threads:
            done = [threads.submit(self._write, writer) for writer in range(WRITERS)]
            try:
                yield
            finally:
                self._stop.set()
            for one in done:
                one.result()

    def wait_for_more(self, number: int) -> float:
        """How many seconds it took until so many more writes were acknowledged."""
        began, wanted = time.monotonic(), len(self.receipts) + number
        while len(self.receipts) < wanted:
            assert time.monotonic() < began + LONG
            time.sleep(0.01)
        return time.monotonic() - began

    def _write(self, writer: int) -> None:
        for turn in count():
            pair = f"a-{writer}-{turn}", f"b-{writer}-{turn}"
            while pair not in self.receipts:
                self._try(pair, f"writer {writer}", Once(pair[0], f"{turn:064}"))
            if self._stop.is_set():
                return

    def _try(self, pair: tuple[str, str], by: str, once: Once) -> None:
        try:
            written = self._store.append([actor(id_) for id_ in pair], by=by, once=once)
            self.receipts[pair] = written
        except StoreUnavailable:
            time.sleep(0.05)


def test_what_was_acknowledged_survives_the_end_of_the_server(
    own_neo4j: Callable[..., OwnNeo4j],
) -> None:
    server = own_neo4j()
    store = Neo4jStore(address_of(server), ONTOLOGY)
    writers = Writers(store)
    with writers.at_work():
        for end in (OwnNeo4j.kill, OwnNeo4j.stop):
            writers.wait_for_more(40)
            end(server)
            server.start()
            writers.wait_for_more(40)

    assert sorted(pairs_in(store)) == sorted(writers.receipts)
    assert {receipt.written for receipt in writers.receipts.values()} == {2}
    assert store.verify().sequence == 2 * len(writers.receipts)
    store.close()


@pytest.fixture
def proxy(server: Neo4j) -> Iterator[Proxy]:
    with Proxy(urlsplit(server.url).port or 7687) as proxy:
        yield proxy


@contextmanager
def opened(server: Neo4j, proxy: Proxy, around: Surroundings) -> Iterator[Neo4jStore]:
    """The store as it is reached by way of the proxy."""
    store = Neo4jStore(replace(address_of(server), uri=proxy.url), ONTOLOGY, around=around)
    yield store
    store.close()


@pytest.fixture
def proxied(server: Neo4j, proxy: Proxy) -> Iterator[Neo4jStore]:
    with opened(server, proxy, Surroundings(patience=10)) as store:
        yield store


@pytest.fixture
def hasty(server: Neo4j, proxy: Proxy) -> Iterator[Neo4jStore]:
    with opened(server, proxy, foreseen(PATIENCE)) as store:
        yield store


@contextmanager
def losing_some(proxy: Proxy) -> Iterator[None]:
    """Every fifth reply to a commit is lost."""
    proxy.loses = lambda commit: commit % 5 == 0
    yield
    proxy.loses = lambda commit: False


def test_a_write_whose_reply_is_lost_is_made_once(proxied: Neo4jStore, proxy: Proxy) -> None:
    begun = proxy.commits

    with losing_some(proxy):
        receipts = [proxied.append([actor(f"a{n}")], by="desk") for n in range(40)]

    assert proxy.commits - begun >= 48  # of every five that were made, one was made again
    assert [receipt.sequence for receipt in receipts] == list(range(1, 41))
    assert {(receipt.written, receipt.known) for receipt in receipts} == {(1, 0)}
    assert proxied.verify().sequence == 40


def test_so_are_those_that_are_written_together(proxied: Neo4jStore, proxy: Proxy) -> None:
    writers = Writers(proxied)

    with losing_some(proxy), writers.at_work():
        writers.wait_for_more(60)

    assert sorted(pairs_in(proxied)) == sorted(writers.receipts)
    assert {receipt.written for receipt in writers.receipts.values()} == {2}


def test_a_naive_write_would_be_there_twice(server: Neo4j, proxy: Proxy) -> None:
    before, lost = server.size(), 0
    auth = server.username, server.password
    with losing_some(proxy), GraphDatabase.driver(proxy.url, auth=auth) as driver:
        for number in range(20):
            while True:
                try:
                    driver.execute_query("CREATE (:Naive {number: $number})", number=number)
                    break
                except IncompleteCommit:
                    lost += 1

    assert lost >= 4
    assert server.size() - before == 20 + lost


def test_a_write_in_doubt_says_so_and_can_be_repeated_under_its_key(
    hasty: Neo4jStore, proxy: Proxy
) -> None:
    once = Once("one", "1" * 64)
    proxy.loses = lambda commit: True
    with pytest.raises(StoreInDoubt, match="is not known: repeat it, under the same key"):
        hasty.append([actor("iran"), actor("hamas")], by="desk", once=once)
    proxy.loses = lambda commit: False

    again = hasty.append([actor("iran"), actor("hamas")], by="desk", once=once)

    assert (again.sequence, again.written, again.replayed) == (2, 2, True)
    assert hasty.verify().sequence == 2


@pytest.mark.parametrize("leave", [Proxy.refuse, Proxy.hang])
def test_questions_go_on_while_the_server_is_away(
    hasty: Neo4jStore, proxy: Proxy, leave: Callable[[Proxy], None]
) -> None:
    graph = Graph(hasty, ONTOLOGY)
    graph.write(nouns(), by="desk")
    seen = graph.view().sequence
    assert graph.unread_since is None

    leave(proxy)
    with ThreadPoolExecutor(WRITERS) as threads:
        waited = max(threads.map(lambda _: seconds(graph.view), range(2 * WRITERS)))
    assert waited < 2 * PATIENCE
    assert graph.unread_since is not None
    assert graph.view().sequence == seen
    for write in (lambda: graph.write([actor("egypt")], by="desk"), lambda: graph.claim("c_one")):
        with pytest.raises(StoreUnreachable, match="does not answer"):
            write()

    proxy.resume()
    wait_until(lambda: graph.refresh() == seen and graph.unread_since is None)
    graph.write([actor("egypt")], by="desk")
    assert graph.view().sequence == seen + 1
    assert graph.actor("egypt").id == "egypt"


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jStore]:
    """A store at a server that lets no write take longer than three seconds or more than 16 MB."""
    limits = "db.transaction.timeout=3s", "db.memory.transaction.max=16m"
    with running(tmp_path_factory.mktemp("neo4j"), *limits) as server:
        store = Neo4jStore(address_of(server), ONTOLOGY)
        store.append([actor("first")], by="desk")
        yield store
        store.close()


def test_a_write_that_takes_too_long_is_given_up_and_the_next_one_is_made(
    limited: Neo4jStore,
) -> None:
    before = limited.head()
    server = Neo4j(limited.url, username="neo4j", password=PASSWORD)
    with (
        server.driver() as driver,
        driver.session() as session,
        session.begin_transaction(timeout=LONG) as another,
    ):
        another.run("MATCH (log:Log) SET log.id = log.id").consume()
        with pytest.raises(StoreUnavailable, match="longer than it may, and changed nothing"):
            limited.append([actor("egypt")], by="desk")
        another.rollback()

    assert limited.head() == before
    assert limited.append([actor("qatar")], by="desk").written == 1


def test_a_write_that_is_too_large_does_not_stop_the_small_ones_beside_it(
    limited: Neo4jStore,
) -> None:
    before = limited.head().sequence
    outcomes: list[str] = []

    def write(records: list[Record]) -> None:
        try:
            outcomes.append(str(limited.append(records, by="desk").written))
        except StoreFull as error:
            outcomes.append(error.message.partition(": ")[2].partition(" (")[0])

    large: list[Record] = [actor(f"large-{n}", description="x" * 500) for n in range(4_000)]
    bundles = [large, *([actor(f"small-{n}")] for n in range(4))]
    with ThreadPoolExecutor(len(bundles)) as threads:
        list(threads.map(write, bundles))

    assert sorted(outcomes) == ["1", "1", "1", "1", "ask or write less at once"]
    assert limited.verify().sequence == before + 4
