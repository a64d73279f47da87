"""What the index costs: memory, the first answer at a new date and after a start, new claims."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np

from graph_service.bench.engines import Engines
from graph_service.bench.report import RATE, Row
from graph_service.bench.timing import timed
from graph_service.bench.worlds import RECORDED, World
from graph_service.domain.claims import ClaimRecord, claim_id, evidence_id
from graph_service.domain.periods import When, day
from graph_service.graph.view import Frame, Links, Supply, View
from graph_service.stores.graph import Graph

STARTS = 3
NEW_DATES = 3
NEW_CLAIMS = 30

BYTES_A_CLAIM, COLD_SECONDS, START_SECONDS = 100.0, 1.0, 2.0


def costs(world: World, engines: Engines, target: str) -> Iterator[Row]:
    """Every cost; the world's claims are in the store, and nothing is asked of it afterwards."""
    yield from _memory(world, engines)
    yield from _cold(world, engines)
    yield from _start(world, engines, target)
    yield Row("records written through the store", engines.records / engines.written_in, RATE)
    yield from _new_claims(world, engines)


def _memory(world: World, engines: Engines) -> Iterator[Row]:
    view, claims = engines.product.view, len(world.claims)
    index = engines.product.graph.index.nbytes / claims
    yield Row("index", index, "B a claim", BYTES_A_CLAIM)
    projection = _nbytes(view.supply) + _nbytes(view.links)
    yield Row("one projection beside it", projection / claims, "B a claim")


def _nbytes(columns: Supply | Links) -> int:
    values = (getattr(columns, each.name) for each in fields(columns))
    return sum(value.nbytes for value in values if isinstance(value, np.ndarray))


def _cold(world: World, engines: Engines) -> Iterator[Row]:
    """A view at a date at which none has been asked for yet."""
    graph = engines.product.graph
    dates = range(world.as_of - NEW_DATES, world.as_of)
    taken = [timed(partial(_projected, graph, date))[1] for date in dates]
    yield Row("cold projection", median(taken), "s", COLD_SECONDS)


def _projected(graph: Graph, as_of: int) -> tuple[Supply, Links]:
    view = graph.view(as_of=as_of)
    return view.supply, view.links


def _start(world: World, engines: Engines, target: str) -> Iterator[Row]:
    """From the start of a Python process to its first answer, from the index kept on disk."""
    product = engines.product
    product.graph.save_snapshot()
    told = [first_answer(product.url, target, day(world.as_of)) for _ in range(STARTS)]
    yield Row("start to first answer", median(s for s, _ in told), "s", START_SECONDS)
    yield Row("process that has answered", max(kilobytes for _, kilobytes in told) / 1024, "MB")


def first_answer(
    url: str, target: str, as_of: str, *, caches: Path | None = None
) -> tuple[float, int]:
    """The seconds until a new process had answered, and the kilobytes that it had needed.

    With `caches` the process keeps its index there once it has answered, where its store has no
    place of its own for it; the next one finds it.
    """
    command = [sys.executable, "-m", "graph_service.bench.first_answer", url, target, as_of]
    environ = dict(os.environ)
    if caches is not None:
        command.append("keep")
        environ["XDG_CACHE_HOME"] = str(caches)
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
        line = process.stdout.readline() if process.stdout else ""
        seconds = time.perf_counter() - started
    return seconds, int(json.loads(line)["kilobytes"])


def _new_claims(world: World, engines: Engines) -> Iterator[Row]:
    """One more claim on a warm projection: written and seen; then in the index alone, which the
    store knows nothing of, so that it comes last."""
    graph, as_of = engines.product.graph, world.as_of
    records = list(islice(retold(world), 2 * NEW_CLAIMS))

    def written(record: ClaimRecord) -> View:
        graph.write([record], by="bench")
        return graph.view(as_of=as_of)

    def taken_in(record: ClaimRecord) -> View:
        graph.index.apply(graph.index.sequence + 1, record, RECORDED)
        return graph.index.view(Frame(as_of))

    durable = [timed(partial(written, record))[1] for record in records[:NEW_CLAIMS]]
    yield Row("one claim written and in a warm view, p50", median(durable) * 1e3, "ms")
    alone = [timed(partial(taken_in, record))[1] for record in records[NEW_CLAIMS:]]
    yield Row("one claim into a warm projection, p50", median(alone) * 1e6, "µs")


def retold(world: World) -> Iterator[ClaimRecord]:
    """Events of the world once more, each on the day that is asked about."""
    when = When.parse(day(world.as_of))
    for record in world.records():
        if isinstance(record, ClaimRecord):
            claim = record.claim
            if world.ontology.relations[claim.relation].is_event and claim.when != when:
                ends = claim.subject, claim.relation, claim.object
                id_ = claim_id(*ends, when.text, claim.episode)
                moved = (replace(piece, claim=id_) for piece in record.evidence)
                evidence = tuple(replace(piece, id=evidence_id(piece)) for piece in moved)
                yield ClaimRecord(replace(claim, id=id_, when=when), evidence)
