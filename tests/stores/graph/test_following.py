from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.claims import ClaimRecord, Status
from graph_service.domain.errors import (
    StoreCorrupt,
    StoreError,
    StoreRefused,
    StoreUnavailable,
    StoreUnreachable,
)
from graph_service.domain.records import Record
from graph_service.questions import Question, put
from graph_service.stores.base import Entry, Head
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import Graph, open_graph
from graph_service.stores.log import END
from graph_service.stores.memory import MemoryStore
from tests.columns import strength
from tests.stores.graph.views import LATER, same
from tests.stores.strategies import bundles
from tests.stores.telling import (
    NOON,
    ONTOLOGY,
    actor,
    claim,
    decided,
    foreseen,
    judged,
    nouns,
    ticking,
)


def arms(graph: Graph, *, known_at: datetime | None = None) -> float:
    """How strongly Iran is tied to Hamas by arming it."""
    return strength(graph.view(as_of=LATER, known_at=known_at), "iran", "arms", "hamas")


def test_a_decision_changes_what_is_seen_from_then_on(graph: Graph) -> None:
    graph.write([claim()], by="desk")
    assert arms(graph) == 0
    accepted = graph.write([decided(claim(), "accepted")], by="curator")
    assert arms(graph) > 0
    graph.write([decided(claim(), "retracted")], by="curator")
    assert arms(graph) == 0

    (entry,) = graph.store.entries(after=accepted.sequence - 1, until=accepted.sequence)
    assert arms(graph, known_at=entry.at) > 0


def test_a_view_is_of_today_where_no_day_is_given(graph: Graph) -> None:
    assert graph.view().frame.as_of == NOON.date().toordinal()


def test_what_is_written_is_seen_at_once(graph: Graph) -> None:
    receipt = graph.write([claim(status="accepted"), judged()], by="desk")

    assert graph.view(as_of=LATER).sequence == receipt.sequence == graph.refresh()


def test_two_graphs_on_one_file_follow_one_another(path: Path) -> None:
    one, other = open_graph(str(path)), open_graph(str(path))
    one.write([*nouns(), claim()], by="one")
    other.search("iran")
    other.write([decided(claim(), "accepted")], by="other")

    assert arms(one) == arms(other) > 0

    one.write([actor("egypt", aliases=[{"text": "Cairo", "scope": "metonym"}])], by="one")
    assert other.resolve("Cairo") == "egypt"
    one.close()
    other.close()


@given(records=bundles())
def test_following_the_log_step_by_step_gives_what_reading_it_whole_gives(
    records: list[Record],
) -> None:
    store = MemoryStore(ONTOLOGY, around=foreseen())
    following = Graph(store, ONTOLOGY)
    for record in records:
        following.write([record], by="desk", keep_history=True)
    for record in records:
        if isinstance(record, ClaimRecord):
            for piece in record.evidence:
                if piece.status is Status.PROPOSED:
                    one = ClaimRecord(record.claim, (piece,))
                    following.write([decided(one, "accepted")], by="curator")

    whole = Graph(store, ONTOLOGY)

    assert same(following.view(as_of=LATER), whole.view(as_of=LATER))
    assert list(following.records()) == list(whole.records())


class _Replaced:
    """A store whose log is exchanged for another one."""

    def __init__(self, *stores: MemoryStore) -> None:
        self.now, *self._next = stores

    def exchange(self) -> None:
        self.now = self._next.pop(0)

    def __getattr__(self, name: str) -> object:
        return getattr(self.now, name)


@pytest.mark.parametrize("length", [2, 4, 6])
def test_a_log_that_was_replaced_is_noticed(length: int) -> None:
    stores = [MemoryStore(ONTOLOGY, around=foreseen()) for _ in range(2)]
    stores[0].append(nouns(), by="desk")
    stores[1].append([actor(f"a{n}") for n in range(length)], by="desk")
    store = _Replaced(*stores)
    graph = Graph(store, ONTOLOGY)  # type: ignore[arg-type] # it passes everything on

    store.exchange()

    with pytest.raises(StoreCorrupt, match="replaced"):
        graph.refresh()


class _Distant(_Replaced):
    """A store at a server, which may fail: at once, or while much is looked up."""

    is_local = False

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.trouble: StoreError | None = None
        self.breaks_off_after = END

    def head(self) -> Head:
        if self.trouble is not None:
            raise self.trouble
        return self.now.head()

    def about_each(self, keys: Iterable[str]) -> Iterator[tuple[Entry, ...]]:
        yield from islice(self.now.about_each(keys), self.breaks_off_after)
        raise StoreUnreachable("it went away")


@pytest.mark.parametrize("kind", [StoreUnreachable, StoreUnavailable, StoreRefused])
def test_where_the_server_of_a_store_fails_the_index_goes_on(kind: type[StoreError]) -> None:
    store = _Distant(MemoryStore(ONTOLOGY, around=foreseen()))
    store.now.append(nouns(), by="desk")
    graph = Graph(store, ONTOLOGY, clock=ticking())  # type: ignore[arg-type] # it passes all on
    assert graph.unread_since is None

    store.now.append([claim()], by="desk")
    store.trouble = kind("not now")
    assert graph.view(as_of=LATER).sequence == graph.refresh() == 4
    assert graph.unread_since == NOON
    answer = put(graph, Question("neighbours", {"id": "iran"}))
    assert answer.meta.unread_since == "2026-01-01T12:00:00Z"

    store.trouble = None
    assert graph.view(as_of=LATER).sequence == 5
    assert graph.unread_since is None
    assert put(graph, Question("neighbours", {"id": "iran"})).meta.unread_since is None


@pytest.mark.parametrize("kind", [StoreUnreachable, StoreRefused])
def test_where_a_store_of_this_machine_fails_nobody_goes_on(kind: type[StoreError]) -> None:
    store = _Distant(MemoryStore(ONTOLOGY, around=foreseen()))
    store.is_local = True
    graph = Graph(store, ONTOLOGY)  # type: ignore[arg-type] # it passes everything on

    store.trouble = kind("not now")

    with pytest.raises(kind):
        graph.view()


@given(records=bundles(), read=st.integers(0, 2))
def test_where_reading_the_log_was_broken_off_it_goes_on(records: list[Record], read: int) -> None:
    store = _Distant(MemoryStore(ONTOLOGY, around=foreseen()))
    graph = Graph(store, ONTOLOGY)  # type: ignore[arg-type] # it passes everything on
    said = [
        claim("iran", "hosts", "egypt", when="2020/..", locator=f"p. {page}") for page in range(3)
    ]
    store.now.append([*records, *said, judged("iran", "egypt")], by="desk", keep_history=True)
    store.now.append([decided(each, "accepted") for each in said], by="curator")
    head = store.now.head().sequence

    store.breaks_off_after = read
    assert graph.refresh() == head - 3 + read
    assert graph.unread_since is not None
    store.breaks_off_after = END
    assert graph.refresh() == head

    whole = Graph(store.now, ONTOLOGY)
    assert graph.unread_since is None
    assert graph.seen == whole.seen
    assert same(graph.view(as_of=LATER), whole.view(as_of=LATER))
    assert graph.index.tables.judgements.entries == whole.index.tables.judgements.entries


def test_many_threads_may_ask_while_others_write(graph: Graph) -> None:
    def ask(_: int) -> int:
        for _ in range(20):
            graph.search("iran")
        return graph.view(as_of=LATER).sequence

    def write(number: int) -> int:
        for turn in range(10):
            receipt = graph.write([actor(f"a-{number}-{turn}")], by="desk")
        return receipt.sequence

    with ThreadPoolExecutor(6) as threads:
        asked, written = threads.map(ask, range(3)), threads.map(write, range(3))
        assert max(asked) <= max(written) == graph.refresh()

    assert len(graph.view().actors) == 33


def test_closing_a_graph_closes_its_store(path: Path) -> None:
    graph = open_graph(str(path))
    graph.close()

    with pytest.raises(StoreUnavailable):
        graph.store.head()
    EmbeddedStore(path, ONTOLOGY, create=False).close()
