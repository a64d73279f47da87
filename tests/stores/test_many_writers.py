"""Sixty-four who write at once: in threads of one process, and in several processes on one file."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from graph_service.domain.actors import Actor
from graph_service.stores.base import Store
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import open_graph
from tests.stores.telling import ONTOLOGY, actor

pytestmark = pytest.mark.slow

WRITERS, TURNS = 64, 20

PROCESS = """
import json, sys
from pathlib import Path
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.log import Surroundings
from tests.stores.telling import ONTOLOGY
from tests.stores.test_many_writers import written_by_threads
path, first, writers, turns = sys.argv[1], *map(int, sys.argv[2:])
store = EmbeddedStore(Path(path), ONTOLOGY, around=Surroundings(patience=60))
print(json.dumps(written_by_threads(store.append, range(first, first + writers), turns)))
store.close()
"""


def written_by_threads(
    write: Callable[..., object], writers: range, turns: int
) -> list[tuple[str, str]]:
    """Let each writer write pairs of actors, turn by turn; the pairs that were acknowledged."""
    acknowledged: list[tuple[str, str]] = []
    together = threading.Barrier(len(writers))

    def turn_by_turn(writer: int) -> None:
        together.wait()
        for turn in range(turns):
            ids = f"a-{writer}-{turn}", f"b-{writer}-{turn}"
            write([actor(id_) for id_ in ids], by=f"writer {writer}")
            acknowledged.append(ids)

    threads = [threading.Thread(target=turn_by_turn, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return acknowledged


def pairs_in(store: Store) -> list[tuple[str, str]]:
    """The pairs in the order of the log, each checked to stand together."""
    store.verify()
    ids = [e.record.id for e in store.entries() if isinstance(e.record, Actor)]
    pairs = list(pairwise(ids))[::2]
    assert {a[1:] == b[1:] for a, b in pairs} == {True}
    return pairs


def test_sixty_four_threads_on_one_graph_lose_nothing(tmp_path: Path) -> None:
    graph = open_graph(f"sqlite:{tmp_path / 'claims.sqlite'}")

    acknowledged = written_by_threads(graph.write, range(WRITERS), TURNS)

    assert len(acknowledged) == WRITERS * TURNS
    assert sorted(pairs_in(graph.store)) == sorted(acknowledged)
    assert [known.id for known in graph.actors()] == [
        id_ for pair in pairs_in(graph.store) for id_ in pair
    ]
    graph.close()


def test_four_processes_of_sixteen_threads_lose_nothing(tmp_path: Path) -> None:
    path, share = tmp_path / "claims.sqlite", WRITERS // 4
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(path), str(first), str(share), str(TURNS)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for first in range(0, WRITERS, share)
    ]
    printed = [process.communicate(timeout=120)[0] for process in started]

    acknowledged = [tuple(pair) for text in printed for pair in json.loads(text)]
    store = EmbeddedStore(path, ONTOLOGY)
    assert len(acknowledged) == WRITERS * TURNS
    assert sorted(pairs_in(store)) == sorted(acknowledged)
    store.close()
