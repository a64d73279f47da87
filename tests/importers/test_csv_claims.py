"""Our own CSV export comes back as it was, as far as CSV carries it."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.actors import Actor
from graph_service.domain.claims import State, Status, state_of
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.records import Record
from graph_service.exporters.csv_rows import HEADER as EXPORTED
from graph_service.importers import table
from graph_service.importers.book import Reference
from graph_service.importers.csv_claims import FORMAT, HEADER
from graph_service.importers.intake import Wishes
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format, Ground, Summary, Written, take_in
from graph_service.names.index import Names
from graph_service.stores.graph import Graph, open_graph
from tests.exporters.exporting import exported, graph_of
from tests.importers.intake import taken
from tests.stores.strategies import bundles
from tests.stores.telling import actor, claim, decided, nouns, source

CLOCKS = ("recorded_at", "decided_at", "decided_by", "retracted_at")


class _Known:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.names: Names = graph.names()

    def find(self, id_: str) -> Actor | None:
        return next((one for one in self._graph.actors() if one.id == id_), None)


def taken_with_history(data: bytes, graph: Graph, format_: Format = FORMAT) -> Summary:
    """Taken in by somebody who keeps the clocks of the file."""

    def write(records: Sequence[Record]) -> Written:
        receipt = graph.store.append(records, by="test", keep_history=True)
        return Written(receipt.written, receipt.known)

    ground = Ground(graph.ontology, _Known(graph), Reference(), write)
    return take_in(format_, Packed("export.csv", io.BytesIO(data)), ground, Wishes())


def with_episodes_of(records: Sequence[Record]) -> Graph:
    return graph_of(one for one in records if isinstance(one, Episode))


def test_the_header_is_that_of_the_export() -> None:
    assert HEADER == EXPORTED


@given(bundles())
def test_what_was_exported_comes_back_as_it_was(records: list[Record]) -> None:
    data = exported("csv", graph_of(records))
    back = with_episodes_of(records)

    summary = taken_with_history(data, back)

    assert summary.refused == 0
    assert exported("csv", back) == data
    assert taken_with_history(data, back).entries == 0


@given(bundles())
def test_a_table_with_its_header_needs_no_mapping(records: list[Record]) -> None:
    data = exported("csv", graph_of(records))
    back = with_episodes_of(records)

    taken_with_history(data, back, table.FORMAT)

    assert exported("csv", back) == data


def test_proposals_decisions_and_dissent_are_kept() -> None:
    proposed = claim(relation="backs", when="2024/..")
    asserted = claim(status="accepted")
    denied = claim(status="accepted", stance="denied", locator="p. 2")
    rejected = claim(relation="funds")
    graph = graph_of([*nouns(), proposed, asserted, denied, rejected])
    graph.write([decided(rejected, "rejected")], by="desk")

    back = taken(FORMAT, exported("csv", graph)).graph

    states = {one.claim.relation: state_of(one.evidence) for one in back.claims()}
    assert states == {"backs": State.PROPOSED, "arms": State.DISPUTED, "funds": State.REJECTED}
    pieces = [piece for one in back.claims() for piece in one.evidence]
    assert sum(piece.status is Status.ACCEPTED for piece in pieces) == 2


def test_who_is_known_keeps_his_names_and_descriptions() -> None:
    graph = graph_of([*nouns(), claim(status="accepted")])
    data = exported("csv", graph)
    graph.write([actor("iran", aliases=[{"text": "Persia"}], description="A state.")], by="desk")
    before = list(graph.actors())

    found = taken(FORMAT, data, graph)

    assert list(graph.actors()) == before
    assert found.summary.entries == 0


def edited(**cells: str) -> bytes:
    """An export with one claim, some cells of it changed."""
    data = exported("csv", graph_of([*nouns(), claim(status="accepted")])).decode()
    header, row = data.splitlines()
    told = dict(zip(header.split(","), row.split(","), strict=True)) | cells
    return f"{header}\r\n{','.join(told.values())}\r\n".encode()


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"claim": "c_other"}, "id"),
        ({"evidence": "e_other"}, "evidence[0].id"),
        ({"when": "2024-02-30"}, "when"),
        ({"confidence": "much"}, "confidence"),
        ({"relation": "armz"}, "relation"),
        ({"subject_kind": "land"}, "subject_kind"),
        ({"subject_name": ""}, "name"),
        ({"source": ""}, "evidence[0].source"),
        ({"source_title": ""}, "title"),
        ({"status": "done"}, "evidence[0].status"),
        ({"recorded_at": "yesterday"}, "evidence[0].recorded_at"),
    ],
)
def test_a_row_that_was_changed_wrongly_is_refused_by_its_field(
    cells: dict[str, str], field: str
) -> None:
    found = taken(FORMAT, edited(**cells))

    assert [(one.line, one.field) for one in found.refused] == [(2, field)]
    assert list(found.graph.claims()) == []


def test_an_actor_of_another_kind_than_the_one_known_is_refused() -> None:
    graph = open_graph("memory:")
    graph.write([actor("hamas", "party"), source()], by="desk")

    (refused,) = taken(FORMAT, edited(), graph).refused

    assert refused.reason == "hamas is known as a party, not a armed_group"


def test_a_source_has_one_account_in_a_file() -> None:
    data = edited() + edited(source_title="Another").partition(b"\n")[2]
    found = taken(FORMAT, data)

    (refused,) = found.refused
    assert (refused.line, refused.field) == (3, "source")
    assert "has another title in an earlier row" in refused.reason
    head = found.graph.store.head()
    taken(FORMAT, data, found.graph)
    assert found.graph.store.head() == head


def test_a_table_without_the_columns_is_no_export() -> None:
    with pytest.raises(InvalidRecord, match="no column 'claim'"):
        taken(FORMAT, b"who,what\n")


@given(st.binary(max_size=200))
def test_any_rows_are_taken_or_refused(data: bytes) -> None:
    summary = taken(FORMAT, ",".join(HEADER).encode() + b"\r\n" + data).summary

    assert summary.taken == 0
