"""`graph-service bench --neo4j`: a store in Neo4j, and its index beside Cypher in the same Neo4j.

A synthetic world is written into a file, copied from there into the database, which has to be empty,
and asked about on both sides. It stays there, to be looked at in Neo4j Browser.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from graph_service.bench.asking import INDEX, asked
from graph_service.bench.costs import STARTS, first_answer
from graph_service.bench.neo4j_duels import PEER, duels
from graph_service.bench.neo4j_peer import InCypher, Indexed
from graph_service.bench.progress import Progress
from graph_service.bench.report import RATE, Row
from graph_service.bench.timing import timed
from graph_service.bench.worlds import TOLD, World
from graph_service.bench.writing import PROPOSALS, TURNS, WRITERS, proposals_of, together
from graph_service.domain.errors import Conflict
from graph_service.domain.periods import day
from graph_service.stores.base import Store
from graph_service.stores.copying import copy
from graph_service.stores.graph import Graph
from graph_service.stores.log import Surroundings
from graph_service.stores.neo4j import Neo4jServer
from graph_service.stores.neo4j_store import Neo4jStore
from graph_service.stores.urls import address_of, kept_index, open_store

URL = "bolt://localhost:7687"
FILE = "bench.db"
COPIED = 5000.0
LOOKS = 200
TELL_EVERY = 100_000
MEASURES = ("p50", "mean")


def on_neo4j(url: str, world: World, seed: int, say: Progress) -> Iterator[Row]:
    """Everything that is measured on the Neo4j at that URL, whose credentials the environment
    holds. Raises `Conflict` where it is not empty."""
    say(f"{url} by {_driver()}")
    with TemporaryDirectory(prefix="graph-service-bench-") as name:
        folder = Path(name)
        yield from _copied(url, world, folder, say)
        yield from _started(url, world, folder, say)
        with closing(_graph(_store(url, world, folder), world)) as graph:
            try:
                yield from _asked(url, graph, world, seed=seed, say=say)
            finally:
                gc.unfreeze()
            yield from _written(graph, world, "in Neo4j", say)
        with closing(_graph(_file(world, folder), world)) as graph:
            yield from _written(graph, world, "in a file", say)


def _driver() -> str:
    """The driver's version, and whether what it sends is packed by compiled code, which is ten
    times as fast."""
    try:
        packed = f"packed by neo4j-rust-ext {version('neo4j-rust-ext')}"
    except PackageNotFoundError:
        packed = "packed in Python: neo4j-rust-ext is not installed"
    return f"neo4j {version('neo4j')}, {packed}"


def _store(url: str, world: World, folder: Path) -> Neo4jStore:
    """The store, with its index kept where the processes of `_started` keep theirs."""
    address = address_of(url, os.environ)
    return Neo4jStore(
        address,
        world.ontology,
        around=Surroundings(clock=lambda: TOLD),
        folder=kept_index(address, {"XDG_CACHE_HOME": str(folder)}),
    )


def _file(world: World, folder: Path) -> Store:
    """The store in a file, which the other is a copy of."""
    around = Surroundings(clock=lambda: TOLD)
    return open_store(f"sqlite:{folder / FILE}", world.ontology, around=around)


def _graph(store: Store, world: World) -> Graph:
    return Graph(store, world.ontology, clock=lambda: TOLD)


def _copied(url: str, world: World, folder: Path, say: Progress) -> Iterator[Row]:
    with (
        closing(_store(url, world, folder)) as target,
        closing(_file(world, folder)) as source,
    ):
        if target.head().sequence:
            raise Conflict(
                f"{url} holds claims already: name an empty database, since what is written to it "
                "stays there"
            )
        say(f"writing {len(world.claims):,} claims into a file")
        source.append(world.records(), by="bench", keep_history=True)
        copied = partial(copy, source, target, progress=partial(_tell, say))
        done, seconds = timed(copied)
    yield Row("copied from a file, claims", len(world.claims) / seconds, RATE, COPIED)
    yield Row("copied from a file, entries", done.entries / seconds, RATE)
    yield Row("the file", (folder / FILE).stat().st_size / len(world.claims), "B a claim")


def _tell(say: Progress, done: int, total: int) -> None:
    if done % TELL_EVERY == 0:
        say(f"copying: {done:,} of {total:,} entries")


def _started(url: str, world: World, folder: Path, say: Progress) -> Iterator[Row]:
    """From the start of a Python process to its first answer, at first without an index on disk."""
    say("starting")
    target, as_of = world.actors[int(world.claims.object[0])].id, day(world.as_of)
    start = partial(first_answer, url, target, as_of, caches=folder)
    cold, most = start()
    kept = [start() for _ in range(STARTS)]
    yield Row("start to first answer, no index kept", cold, "s")
    yield Row("start to first answer, index kept", median(seconds for seconds, _ in kept), "s")
    yield Row("process that has answered, no index kept", most / 1024, "MB")
    yield Row("process that has answered, index kept", max(most for _, most in kept) / 1024, "MB")


def _asked(url: str, graph: Graph, world: World, *, seed: int, say: Progress) -> Iterator[Row]:
    view = graph.view(as_of=world.as_of)
    _ = view.supply, view.links
    gc.collect()
    gc.freeze()
    looked = median(timed(graph.refresh)[1] for _ in range(LOOKS))
    yield Row("look for new entries before a question, p50", looked * 1e6, "µs")
    address = address_of(url, os.environ)
    with closing(Neo4jServer(address, patience=Surroundings().patience)) as server:
        cypher = InCypher(server, world.as_of)
        compared = differing = 0
        for duel in duels(world, Indexed(view), cypher, seed):
            say(duel.name)
            rows, more, other = asked(duel, told=(INDEX, PEER), measures=MEASURES)
            compared, differing = compared + more, differing + other
            yield from rows
    yield Row(f"answers of {compared:,} compared that", differing, "differ", 0)
    yield Row("questions that Cypher did not answer in two minutes", cypher.broken_off, "")


def _written(graph: Graph, world: World, where: str, say: Progress) -> Iterator[Row]:
    """Proposals one by one, then of many writers at once."""
    say(f"writing {where}")
    proposals = proposals_of(world)
    taken = [
        timed(partial(graph.write, [proposal], by="bench"))[1]
        for proposal in islice(proposals, PROPOSALS)
    ]
    yield Row(f"a proposal {where}, durable, p50", median(taken) * 1e3, "ms")
    for row in together(graph, list(islice(proposals, WRITERS * TURNS))):
        yield replace(row, name=f"{row.name}, {where}")
