"""Entries never run backwards in time, whatever the clock of the machine does."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from graph_service.domain.errors import StoreUnavailable
from graph_service.stores.graph import Graph
from graph_service.stores.log import Surroundings
from graph_service.stores.urls import open_store
from tests.stores.telling import NOON, ONTOLOGY, actor, claim, nouns

DAY = timedelta(days=1)


class Clock:
    """A clock that somebody may set."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory:", "claims.sqlite"])
def opened(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> Iterator[Callable[[], Graph]]:
    url = request.param if request.param == "memory:" else str(tmp_path / request.param)
    store = open_store(url, ONTOLOGY, around=Surroundings(clock=clock))
    yield lambda: Graph(store, ONTOLOGY, clock=clock)
    store.close()


def test_an_entry_is_never_before_the_one_before_it(
    opened: Callable[[], Graph], clock: Clock
) -> None:
    graph = opened()
    graph.write(nouns(), by="desk")
    for hours in (-23, 1, -22):
        clock.time = NOON + timedelta(hours=hours)
        graph.write([claim(locator=f"at {hours}")], by="desk")

    entries = list(graph.store.entries(after=4))
    assert [entry.at - NOON for entry in entries] == [timedelta(hours=n) for n in (0, 1, 1)]
    (record,) = graph.claims()
    assert [piece.recorded_at for piece in record.evidence] == [entry.at for entry in entries]


def test_what_was_known_at_a_time_stays_so_when_the_clock_is_set_back(
    opened: Callable[[], Graph], clock: Clock
) -> None:
    graph = opened()
    graph.write([*nouns(), claim(status="accepted")], by="desk")
    known_at = NOON - timedelta(hours=1)
    before = graph.view(as_of=NOON.toordinal(), known_at=known_at).links
    clock.time = NOON - timedelta(hours=2)

    graph.write([claim(locator="p. 9", status="accepted")], by="desk")

    after = graph.view(as_of=NOON.toordinal(), known_at=known_at).links
    assert len(before.other) == len(after.other) == 0


def test_with_a_clock_far_behind_the_log_nothing_is_written(
    opened: Callable[[], Graph], clock: Clock
) -> None:
    graph = opened()
    graph.write(nouns(), by="desk")
    clock.time = NOON - DAY - timedelta(seconds=1)

    with pytest.raises(StoreUnavailable, match="set its clock right"):
        graph.write([actor("egypt")], by="desk")

    assert graph.store.verify().sequence == 4
    clock.time = NOON - DAY
    assert graph.write([actor("egypt")], by="desk").written == 1
