"""The engines side by side: the product on a store of its own, and its peers, fed alike."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph_service.bench.edges import Reader
from graph_service.bench.networkx_ties import ClaimGraph
from graph_service.bench.questions import Tie, TiesOf
from graph_service.bench.sqlite_ties import SqliteTies
from graph_service.bench.timing import timed
from graph_service.bench.worlds import TOLD, World
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.graph.view import Codes, View
from graph_service.queries.leverage import LeverageOver, leverage
from graph_service.queries.reach import Rows, least_strengths, near, shortest, two_hops
from graph_service.stores.graph import Graph, open_graph

BATCH = 50_000


class Product:
    """The index as the product uses it, over a store in a file; actors are asked about by id."""

    def __init__(self, ontology: Ontology, folder: Path) -> None:
        self.url = f"sqlite:{folder / 'bench.db'}"
        self.graph: Graph = open_graph(self.url, ontology=ontology, clock=lambda: TOLD)
        self.view: View
        self._least: dict[int, NDArray[np.float64]] = {}
        self._relations = list(ontology.relations)

    def look(self, as_of: int) -> None:
        """Ask from now on as of this day, on a warm projection."""
        self.view = self.graph.view(as_of=as_of)

    def prepare(self, questions: tuple[TiesOf, ...]) -> None:
        """Turn the filters that will be asked for into columns, as a filter is read once."""
        columns = {}
        for wanted, least in {(each.relations, each.filter.minimum) for each in questions}:
            mask = np.array([name in wanted for name in self._relations])
            columns[wanted, least] = least_strengths(mask, least)
        for each in questions:
            self._least[id(each)] = columns[each.relations, each.filter.minimum]

    def ties(self, question: TiesOf) -> Codes:
        """The places of the ties in the view's columns."""
        view = self.view
        return near(view, view.actors.code(question.actor), self._least[id(question)])

    def two_hops(self, actor: str) -> Rows:
        """The codes of the actors within two hops."""
        return two_hops(self.view, self.view.actors.code(actor))

    def path(self, ends: tuple[str, str]) -> tuple[int, ...] | None:
        """The codes of the actors of a shortest path."""
        code = self.view.actors.code
        return shortest(self.view, code(ends[0]), code(ends[1]))

    def leverage(self, target: str) -> LeverageOver:
        """The whole answer: both rankings with everything about their first twenty."""
        return leverage(self.view, target).data

    def named(self, rows: Rows | Codes) -> dict[Tie, float]:
        """Ties in ids, with their strength."""
        links, id_ = self.view.links, self.view.actors.id
        columns = (links.other, links.relation, links.outward, links.strength)
        return {
            (id_(other), self._relations[relation], outward): strength
            for other, relation, outward, strength in zip(
                *(column[rows].tolist() for column in columns), strict=True
            )
        }

    def ids(self, codes: Rows) -> set[str]:
        """Actors by id."""
        return {self.view.actors.id(code) for code in codes.tolist()}


@dataclass(slots=True)
class Engines:
    """Whoever answers: the product, and the peers asked for (None where not)."""

    product: Product
    networkx: ClaimGraph | None
    sqlite: SqliteTies | None
    written_in: float = 0.0
    records: int = 0


def fed(world: World, folder: Path, peers: frozenset[str]) -> Engines:
    """The engines with everything in them that the world tells, indexed and warm."""
    engines = Engines(
        Product(world.ontology, folder),
        ClaimGraph(world.ontology, world.as_of) if "networkx" in peers else None,
        SqliteTies(world.ontology, world.as_of) if "sqlite" in peers else None,
    )
    reader = Reader(world.ontology)
    gc.disable()  # millions of records come and go without a cycle among them
    try:
        for batch in _batches(world.records()):
            _feed(engines, batch, reader)
    finally:
        gc.enable()
    for peer in (engines.networkx, engines.sqlite):
        if peer is not None:
            peer.finish()
    engines.product.look(world.as_of)
    gc.collect()
    gc.freeze()
    return engines


def _feed(engines: Engines, batch: list[Record], reader: Reader) -> None:
    write = engines.product.graph.write
    _, seconds = timed(lambda: write(batch, by="bench", keep_history=True))
    engines.written_in += seconds
    engines.records += len(batch)
    edges = list(reader.edges(batch)) if engines.networkx or engines.sqlite else []
    if engines.networkx is not None:
        engines.networkx.add(edges)
    if engines.sqlite is not None:
        engines.sqlite.add(edges)


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, BATCH)):
        yield batch
