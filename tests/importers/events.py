"""What tests of importers of coded events ask of a graph, and the counts that must add up."""

from collections.abc import Sequence
from io import BytesIO

from graph_service.domain.actors import Actor
from graph_service.domain.claims import Claim, ClaimRecord, Evidence
from graph_service.domain.ontology import load_ontology
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.importers.book import Reference
from graph_service.importers.intake import Wishes
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format, Ground, Summary, Written, take_in
from graph_service.names.index import Names
from graph_service.stores.graph import Graph
from graph_service.stores.urls import open_store

ONTOLOGY = load_ontology()
STATES = Reference((Actor("iran", "state", "Iran"), Actor("qatar", "state", "Qatar")))
TIES = frozenset({"heads", "part_of", "organ_of", "holds_office_in", "represents"})


def small(format_: Format, data: bytes | str) -> Summary:
    """What becomes of a file where only two states are known: quick, to be asked a hundred times."""
    graph = Graph(open_store("memory:", ONTOLOGY), ONTOLOGY)

    def write(told: Sequence[Record]) -> Written:
        receipt = graph.store.append(told, by="test")
        return Written(receipt.written, receipt.known)

    stream = BytesIO(data.encode() if isinstance(data, str) else data)
    ground = Ground(ONTOLOGY, _Nobody(), STATES, write)
    return take_in(format_, Packed("file", stream), ground, Wishes())


class _Nobody:
    """A graph without actors."""

    def __init__(self) -> None:
        self.names = Names()

    def find(self, _: str) -> Actor | None:
        return None

    def source(self, _: str) -> Source | None:
        return None


def records(graph: Graph) -> list[ClaimRecord]:
    """Everything that was told of claims, in the order of the log."""
    entries = (entry.record for entry in graph.store.entries())
    return [record for record in entries if isinstance(record, ClaimRecord)]


def events(graph: Graph) -> set[tuple[str, str, str, str]]:
    """Subject, relation, object and date of each event."""
    return {told for told in map(_told, _claims(graph)) if told[1] not in TIES}


def ties(graph: Graph) -> set[tuple[str, str, str, str]]:
    """The same of how actors belong to their states."""
    return {told for told in map(_told, _claims(graph)) if told[1] in TIES}


def evidence(graph: Graph) -> list[Evidence]:
    """The evidence of the events."""
    found = (record for record in records(graph) if record.claim.relation not in TIES)
    return [piece for record in found for piece in record.evidence]


def source_of(graph: Graph, piece: Evidence) -> Source:
    """Who gave a piece of evidence."""
    entries = graph.store.about(f"source:{piece.source}")
    found = entries[-1].record
    assert isinstance(found, Source)
    return found


def kinds(graph: Graph) -> dict[str, str]:
    """The kind of each actor, by its name."""
    return {actor.name: actor.kind for actor in graph.actors()}


def adds_up(summary: Summary) -> bool:
    """Whether every row is one of taken, skipped, without a relation, refused."""
    passed = summary.skipped.total() + summary.unmapped.total()
    return summary.rows == summary.taken + passed + summary.refused


def state_of(graph: Graph) -> list[tuple[int, object]]:
    """The whole log, to compare."""
    return [(entry.sequence, entry.record) for entry in graph.store.entries()]


def _claims(graph: Graph) -> list[Claim]:
    return [record.claim for record in records(graph)]


def _told(claim: Claim) -> tuple[str, str, str, str]:
    return claim.subject, claim.relation, claim.object, claim.when.text
