"""What somebody asks for who sends a file, and how it is carried out."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.records import Record
from graph_service.importers.intake import Wishes
from graph_service.importers.native import import_native
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format, Summary, Watch
from graph_service.imports import Manner, import_file
from graph_service.stores.base import Receipt
from graph_service.stores.graph import Graph
from graph_service.stores.rehearsal import Rehearsal

NATIVE = "native"


@dataclass(frozen=True, slots=True)
class Order:
    """How a file is to be taken in: as which format (None for native records), under which name,
    whether only to see what would come of it, whether no row may be refused, and by whom."""

    format: Format | None
    name: str
    by: str
    dry_run: bool = False
    strict: bool = False
    wishes: Wishes = field(default_factory=Wishes)

    @property
    def format_name(self) -> str:
        """What the format is called."""
        return NATIVE if self.format is None else self.format.name

    def digest(self, content: str) -> str:
        """What tells this order, on a file of that digest, from any other."""
        wishes, more = self.wishes, sorted(self.wishes.more.items())
        asked = (self.format_name, self.name, self.dry_run, self.strict)
        how = (wishes.reliability, wishes.confidence, wishes.encoding, more)
        return hashlib.sha256(repr((asked, how, content)).encode()).hexdigest()


def carry_out(graph: Graph, order: Order, stream: BinaryIO, watch: Watch) -> Summary:
    """Take in the file; raises what `import_file` raises. Native records are taken in all or
    none."""
    packed = Packed(order.name, stream)
    if order.format is not None:
        manner = Manner(order.by, order.dry_run, order.wishes, watch)
        return import_file(graph, order.format, packed, manner)
    # What is broken, or no data, is found while nobody waits for the store.
    packed.check()
    native = _Native(graph, order)

    def told(done: int, total: int) -> None:
        # Its bytes are read twice.
        watch.progress(done * packed.size // max(total, 1), packed.size, native.rows)

    receipt = import_native(native.write, stream, graph.ontology, progress=told)
    return native.summary(receipt)


class _Native:
    """Native records on their way, and what they tell of."""

    def __init__(self, graph: Graph, order: Order) -> None:
        self.rows = self._claims = self._evidence = self._actors = 0
        self._relations: Counter[str] = Counter()
        self._graph = graph
        self._order = order

    def write(self, records: Iterable[Record]) -> Receipt:
        """Write all of them or none; or see what would come of it."""
        graph, counted = self._graph, self._counted(records)
        if self._order.dry_run:
            return Rehearsal(graph.store, graph.ontology, at=graph.now()).take(counted)
        return graph.write(counted, by=self._order.by)

    def summary(self, receipt: Receipt) -> Summary:
        """What became of them."""
        return Summary(
            rows=self.rows,
            taken=self.rows,
            entries=receipt.written,
            known=receipt.known,
            claims=self._claims,
            evidence=self._evidence,
            new_actors=self._actors,
            relations=self._relations,
        )

    def _counted(self, records: Iterable[Record]) -> Iterator[Record]:
        known = self._graph.index.tables.actors.ids
        for record in records:
            self.rows += 1
            if isinstance(record, Actor):
                self._actors += known.find(record.id) is None
            elif isinstance(record, ClaimRecord):
                self._claims += 1
                self._evidence += len(record.evidence)
                self._relations[record.claim.relation] += 1
            yield record
