from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given

from graph_service.domain.claims import ClaimRecord, Status
from graph_service.domain.errors import NotFound, StoreCorrupt, StoreUnavailable
from graph_service.domain.periods import parse_day
from graph_service.domain.records import Record
from graph_service.graph.view import View
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import SNAPSHOT_EVERY, Graph, open_graph
from graph_service.stores.memory import MemoryStore
from tests.columns import masses, strength, strengths
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
    source,
    ticking,
    told,
)

LATER = parse_day("2024-09-30")


@pytest.fixture(params=["memory", "sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return "memory:" if request.param == "memory" else f"sqlite:{tmp_path / 'claims.sqlite'}"


@pytest.fixture
def graph(url: str) -> Iterator[Graph]:
    graph = open_graph(url, clock=ticking())
    graph.write(nouns(), by="desk")
    yield graph
    graph.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.sqlite"


def arms(graph: Graph, *, known_at: datetime | None = None) -> float:
    """How strongly Iran is tied to Hamas by arming it."""
    return strength(graph.view(as_of=LATER, known_at=known_at), "iran", "arms", "hamas")


def same(a: View, b: View) -> bool:
    return masses(a) == masses(b) and strengths(a) == strengths(b)


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


def test_a_kept_index_is_taken_up_and_followed_from_there(path: Path) -> None:
    graph = open_graph(str(path))
    graph.write([*nouns(), claim(status="accepted")], by="desk")
    graph.save_snapshot()
    graph.write([claim(locator="p. 2", source="paper")], by="desk")
    graph.write([decided(claim(locator="p. 2"), "accepted")], by="curator")
    expected = graph.view(as_of=LATER)
    graph.close()

    again = open_graph(str(path))

    assert (path.parent / "claims.sqlite.index").is_dir()
    assert same(again.view(as_of=LATER), expected)
    again.close()


def test_the_index_is_kept_after_a_large_import_and_not_after_a_small_one(path: Path) -> None:
    graph = open_graph(str(path))
    folder = graph.store.snapshot_folder()
    assert folder is not None
    graph.write(nouns(), by="desk")
    assert not folder.exists()

    graph.write((actor(f"a{n}") for n in range(SNAPSHOT_EVERY)), by="desk")

    assert folder.exists()
    graph.close()


def test_the_index_of_another_log_is_not_taken_up(path: Path) -> None:
    graph = open_graph(str(path))
    graph.write([*nouns(), claim(status="accepted")], by="desk")
    graph.save_snapshot()
    graph.close()
    for file in path.parent.glob("claims.sqlite*"):
        if file.is_file():
            file.unlink()
    other = open_graph(str(path))
    other.write([actor(f"a{n}") for n in range(10)], by="desk")
    other.close()

    again = open_graph(str(path))

    assert len(again.view().actors) == 10
    again.close()


def test_a_graph_opened_for_reading_keeps_nothing(path: Path) -> None:
    graph = open_graph(str(path))
    graph.write(nouns(), by="desk")
    reader = open_graph(str(path), read_only=True)

    reader.save_snapshot()
    reader.close()

    assert not (path.parent / "claims.sqlite.index").exists()
    graph.close()


def test_an_index_that_cannot_be_kept_is_said_to_be_so_and_hurts_no_write(path: Path) -> None:
    graph = open_graph(str(path))
    (path.parent / "claims.sqlite.index").write_text("in the way")

    graph.write((actor(f"a{n}") for n in range(SNAPSHOT_EVERY + 1)), by="desk")
    with pytest.raises(StoreUnavailable, match="cannot be kept"):
        graph.save_snapshot()

    graph.close()


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


def test_things_are_found_by_id(graph: Graph) -> None:
    talks = told(
        {"record": "episode", "id": "talks", "kind": "talks", "name": "Talks", "when": "2023/.."}
    )
    graph.write([talks], by="desk")

    assert graph.actor("iran") == actor("iran")
    assert graph.source("paper") == source()
    assert graph.episode("talks") == talks


def test_what_is_not_found_comes_with_what_may_be_meant(graph: Graph) -> None:
    with pytest.raises(NotFound) as nobody:
        graph.actor("hammas")
    with pytest.raises(NotFound) as nothing:
        graph.source("papers")
    with pytest.raises(NotFound):
        graph.episode("talks")
    with pytest.raises(NotFound):
        graph.claim("c_nothing")
    with pytest.raises(NotFound):
        graph.actor("\ud800")

    assert nobody.value.suggestions == ("hamas",)
    assert nothing.value.suggestions == ("paper",)


def test_a_claim_comes_with_its_evidence_and_its_history(graph: Graph) -> None:
    record = claim()
    graph.write([record], by="desk")
    graph.write([claim(locator="p. 2")], by="desk")
    graph.write([decided(record, "accepted", reason="Checked.")], by="curator")

    found = graph.claim(record.claim.id)

    assert [piece.status for piece in found.record.evidence] == ["accepted", "proposed"]
    assert [entry.by for entry in found.history] == ["desk", "desk", "curator"]
    with pytest.raises(NotFound):
        graph.claim(record.evidence[0].id)


def test_a_name_is_resolved_to_the_one_actor_that_bears_it(graph: Graph) -> None:
    tehran = {"text": "Tehran", "scope": "metonym"}
    graph.write([actor("iran", aliases=[tehran])], by="desk")

    assert graph.resolve("iran") == graph.resolve("TEHRAN") == graph.resolve("Iran") == "iran"

    graph.write([actor("tehran-city", "government", aliases=[tehran])], by="desk")
    with pytest.raises(NotFound) as doubt:
        graph.resolve("Tehran")
    assert doubt.value.suggestions == ("iran", "tehran-city")


def test_a_search_tells_which_name_fits(graph: Graph) -> None:
    graph.write([actor("iran", aliases=[{"text": "Tehran", "scope": "metonym"}])], by="desk")

    (match,) = graph.search("tehrān")

    assert (match.actor.id, match.matched, match.scope, match.score) == (
        "iran",
        "Tehran",
        "metonym",
        1.0,
    )


def test_what_is_known_is_listed_in_the_order_of_its_arrival(graph: Graph) -> None:
    graph.write([source("wire"), actor("egypt"), actor("iran", description="Anew.")], by="desk")

    assert [a.id for a in graph.actors()] == ["iran", "hamas", "israel", "egypt"]
    assert [a.id for a in graph.actors("armed_group")] == ["hamas"]
    assert [s.id for s in graph.sources()] == ["paper", "wire"]
    assert list(graph.episodes()) == []


def test_claims_are_listed_by_what_they_say_and_who_says_so(graph: Graph) -> None:
    first = claim(source="paper")
    second = claim(relation="funds", source="wire")
    third = claim("israel", "attacks", "hamas")
    graph.write([source("wire"), first, second, third], by="desk")

    def listed(**filters: str) -> list[str]:
        return [record.claim.id for record in graph.claims(**filters)]

    assert listed() == [first.claim.id, second.claim.id, third.claim.id]
    assert listed(subject="iran") == [first.claim.id, second.claim.id]
    assert listed(relation="funds") == listed(source="wire") == [second.claim.id]
    assert listed(object="hamas", subject="israel") == [third.claim.id]
    assert listed(episode="talks") == []


def test_closing_a_graph_closes_its_store(path: Path) -> None:
    graph = open_graph(str(path))
    graph.close()

    with pytest.raises(StoreUnavailable):
        graph.store.head()
    EmbeddedStore(path, ONTOLOGY, create=False).close()
