"""What a write costs: beside the same bytes appended to a plain file, and with many who write."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import IO

import orjson

from graph_service.bench.costs import retold
from graph_service.bench.engines import Product
from graph_service.bench.report import RATE, Row
from graph_service.bench.synthetic import Size, synthetic
from graph_service.bench.timing import timed
from graph_service.bench.worlds import World
from graph_service.domain.claims import ClaimRecord, Status
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import dump_record
from graph_service.graph.view import View
from graph_service.stores.graph import Graph

LARGEST = Size(claims=10_000, actors=1_000)
PROPOSALS = 300
WRITERS, TURNS = 64, 10

DURABLE = 2.5


def writing(ontology: Ontology, size: Size, folder: Path) -> Iterator[Row]:
    """Every cost of writing, on a store with at most ten thousand claims in this folder."""
    claims, actors = min(size.claims, LARGEST.claims), min(size.actors, LARGEST.actors)
    world = synthetic(ontology, Size(claims, actors, size.seed))
    product = Product(ontology, folder)
    try:
        product.graph.write(world.records(), by="bench", keep_history=True)
        proposals = proposals_of(world)
        alone = islice(proposals, PROPOSALS)
        yield from _beside_a_file(product.graph, alone, folder / "bench.bytes", as_of=world.as_of)
        yield from together(product.graph, list(islice(proposals, WRITERS * TURNS)))
    finally:
        product.graph.close()


def proposals_of(world: World) -> Iterator[ClaimRecord]:
    """Claims that nobody has told yet, each proposed by the evidence for another."""
    told = set()
    for record in retold(world):
        if record.claim.id not in told:
            told.add(record.claim.id)
            pieces = (replace(piece, status=Status.PROPOSED) for piece in record.evidence)
            yield replace(record, evidence=tuple(pieces))


@dataclass(slots=True)
class _Taken:
    """Seconds, proposal by proposal: for the plain file, the write, and the view after it."""

    appended: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)


def _beside_a_file(
    graph: Graph, proposals: Iterator[ClaimRecord], path: Path, *, as_of: int
) -> Iterator[Row]:
    """Proposals one by one, each next to an append and fsync of its bytes on the same disk."""
    taken = _Taken()
    _looked(graph, as_of)
    with path.open("ab", buffering=0) as file:
        for proposal in proposals:
            line = orjson.dumps(dump_record(proposal)) + b"\n"
            taken.appended.append(timed(partial(_appended, file, line))[1])
            taken.written.append(timed(partial(graph.write, [proposal], by="bench"))[1])
            taken.seen.append(timed(partial(_looked, graph, as_of))[1])
    durable = median(taken.appended)
    written = median(taken.written) / durable
    yield Row("a proposal over append + fsync of its bytes, p50", written, "times", DURABLE)
    both = map(sum, zip(taken.written, taken.seen, strict=True))
    yield Row("the same, and in the next view", median(both) / durable, "times")


def _appended(file: IO[bytes], line: bytes) -> None:
    file.write(line)
    os.fsync(file.fileno())


def _looked(graph: Graph, as_of: int) -> View:
    view = graph.view(as_of=as_of)
    _ = view.supply, view.links
    return view


def together(graph: Graph, proposals: list[ClaimRecord]) -> Iterator[Row]:
    """Many writers at once, each of whom waits until a proposal is durable before the next."""
    shares = [proposals[writer::WRITERS] for writer in range(WRITERS)]
    before = graph.store.head().sequence
    with ThreadPoolExecutor(WRITERS) as writers:
        written, seconds = timed(lambda: sum(writers.map(partial(_one_by_one, graph), shares)))
    yield Row(f"{WRITERS} writers at once, records", written / seconds, RATE)
    kept = (entry.record for entry in graph.store.entries(after=before))
    claims = {record.claim.id for record in kept if isinstance(record, ClaimRecord)}
    lost = sum(proposal.claim.id not in claims for proposal in proposals)
    yield Row(f"records of {WRITERS} writers that were lost", lost, "lost", 0)


def _one_by_one(graph: Graph, proposals: list[ClaimRecord]) -> int:
    return sum(graph.write([proposal], by="bench").written for proposal in proposals)
