"""Files taken into a graph, whatever asks for it: the command line or a request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache

from graph_service import reference
from graph_service.domain.actors import Actor
from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.importers.book import Reference
from graph_service.importers.intake import Wishes
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format, Ground, Summary, Watch, Written, take_in
from graph_service.names.index import Names
from graph_service.stores.cycles import unsought
from graph_service.stores.graph import Graph
from graph_service.stores.rehearsal import Rehearsal


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is taken in: by whom, whether only to see what would come of it, what the user
    wishes, and who watches it."""

    by: str
    dry_run: bool = False
    wishes: Wishes = field(default_factory=Wishes)
    watch: Watch = field(default_factory=Watch)


def import_file(graph: Graph, format_: Format, packed: Packed, manner: Manner) -> Summary:
    """Take one file into the graph; raises what `take_in` raises, and `InvalidQuestion` for a wish
    that the format does not know. The index follows at the next question."""
    check_wishes(format_, manner.wishes)
    write = _rehearsing(graph) if manner.dry_run else _writing(graph, manner.by)
    known = _Known(graph)
    ground = Ground(graph.ontology, known, _reference(), write, known.source)
    with unsought():
        return take_in(format_, packed, ground, manner.wishes, manner.watch)


@cache
def _reference() -> Reference:
    return Reference(reference.load())


def check_wishes(format_: Format, wishes: Wishes) -> None:
    """Raises `InvalidQuestion` for a wish that the format does not know, and for a confidence that
    cannot be one."""
    known = dict(format_.more)
    for name in wishes.more:
        if name not in known:
            told = ", ".join(known) or "none"
            raise InvalidQuestion(
                f"{format_.name} knows no wish {name!r}; it knows: {told}",
                parameter="more",
                suggestions=get_close_matches(name, known, n=2),
            )


class _Known:
    """The actors and sources of a graph as importers ask for them."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.names: Names = graph.names()

    def find(self, id_: str) -> Actor | None:
        entries = self._graph.store.about(f"actor:{id_}")
        found = entries[-1].record if entries else None
        return found if isinstance(found, Actor) else None

    def source(self, id_: str) -> Source | None:
        entries = self._graph.store.about(f"source:{id_}")
        found = entries[-1].record if entries else None
        return found if isinstance(found, Source) else None


def _writing(graph: Graph, by: str) -> Callable[[Sequence[Record]], Written]:
    def write(records: Sequence[Record]) -> Written:
        receipt = graph.store.append(records, by=by)
        return Written(receipt.written, receipt.known)

    return write


def _rehearsing(graph: Graph) -> Callable[[Sequence[Record]], Written]:
    rehearsal = Rehearsal(graph.store, graph.ontology, at=graph.now())

    def write(records: Sequence[Record]) -> Written:
        receipt = rehearsal.take(records)
        return Written(receipt.written, receipt.known)

    return write
