import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.claims import ClaimRecord, Status
from graph_service.domain.records import Record, dump_record
from graph_service.exporters.formats import write
from graph_service.exporters.native import write_native
from graph_service.exporters.selection import ANY_STATE, EVERYTHING, Selection
from graph_service.importers.native import import_native, read_native
from graph_service.stores.graph import Graph, open_graph
from tests.stores.strategies import STATES, bundles
from tests.stores.telling import ONTOLOGY, actor, claim, decided, judged, nouns, source


def exported(graph: Graph) -> bytes:
    stream = io.BytesIO()
    count = write_native(graph, stream)
    assert count == stream.getvalue().count(b"\n")
    return stream.getvalue()


def imported(data: bytes, url: str = "memory:") -> Graph:
    graph = open_graph(url)
    import_native(
        lambda records: graph.write(records, by="somebody else", keep_history=True),
        io.BytesIO(data),
        ONTOLOGY,
    )
    return graph


def kinds(data: bytes) -> list[str]:
    records = read_native(io.BytesIO(data), ONTOLOGY)
    return [str(dump_record(record)["record"]) for record in records]


@given(records=bundles())
def test_what_is_exported_and_imported_is_exported_the_same(records: list[Record]) -> None:
    graph = open_graph("memory:")
    graph.write(records, by="desk", keep_history=True)
    for record in records:
        if isinstance(record, ClaimRecord) and record.evidence[0].status is Status.PROPOSED:
            graph.write([decided(record, "accepted", reason="Checked.")], by="curator")

    once = exported(graph)

    assert exported(imported(once)) == once


@given(records=bundles())
def test_everything_as_a_part_is_the_whole_export(records: list[Record]) -> None:
    graph = open_graph("memory:")
    graph.write(records, by="desk", keep_history=True)
    stream = io.BytesIO()

    write("native", graph, EVERYTHING, stream)

    assert stream.getvalue() == exported(graph)


@given(records=bundles(), actor=st.sampled_from(STATES))
def test_a_part_can_be_imported_and_is_then_everything(records: list[Record], actor: str) -> None:
    graph = open_graph("memory:")
    graph.write(records, by="desk", keep_history=True)
    selection = Selection(actors=frozenset({actor}), states=ANY_STATE)
    stream = io.BytesIO()

    count = write("native", graph, selection, stream)

    taken = imported(stream.getvalue())
    told = [record for record in taken.records() if isinstance(record, ClaimRecord)]
    wanted = {record.claim.id: record for record in graph.claims() if actor in ends(record)}
    assert {record.claim.id: record for record in told} == wanted
    assert len(told) == count
    assert {one.id for one in taken.actors()} == {end for one in told for end in ends(one)}
    if told:
        again = io.BytesIO()
        write("native", taken, selection, again)
        assert sorted(again.getvalue().splitlines()) == sorted(stream.getvalue().splitlines())


def ends(record: ClaimRecord) -> tuple[str, str]:
    return record.claim.subject, record.claim.object


def test_an_export_is_the_same_from_every_store(tmp_path: Path) -> None:
    graph = open_graph("memory:")
    graph.write([*nouns(), claim(passage="It says so."), judged()], by="desk")

    data = exported(graph)
    embedded = imported(data, f"sqlite:{tmp_path / 'claims.sqlite'}")

    assert exported(embedded) == data
    embedded.close()


def test_sources_come_first_then_actors_claims_and_judgements() -> None:
    graph = open_graph("memory:")
    graph.write([*nouns(), claim(), judged()], by="desk")
    graph.write([source("wire"), actor("egypt"), claim(source="wire")], by="desk")

    assert kinds(exported(graph)) == [
        "source", "source", "actor", "actor", "actor", "actor", "claim", "judgement"
    ]  # fmt: skip


def test_retracted_evidence_keeps_the_time_of_its_acceptance() -> None:
    graph = open_graph("memory:")
    record = claim()
    graph.write([*nouns(), record], by="desk")
    graph.write([decided(record, "accepted")], by="curator")
    accepted = graph.claim(record.claim.id).record.evidence[0]
    graph.write([decided(record, "retracted", reason="Withdrawn.")], by="curator")

    (found,) = (r for r in imported(exported(graph)).records() if isinstance(r, ClaimRecord))

    piece = found.evidence[0]
    assert piece.status is Status.RETRACTED
    assert piece.decided_at == accepted.decided_at
    assert piece.retracted_at is not None
    assert piece.reason == "Withdrawn."


def test_an_actor_is_exported_as_it_was_told_last() -> None:
    graph = open_graph("memory:")
    graph.write([actor("iran"), actor("egypt"), actor("iran", description="Anew.")], by="desk")

    assert list(graph.records()) == [actor("iran", description="Anew."), actor("egypt")]


def test_progress_counts_the_records() -> None:
    graph = open_graph("memory:")
    graph.write(nouns(), by="desk")
    counted: list[int] = []

    write_native(graph, io.BytesIO(), progress=counted.append)

    assert counted == [1, 2, 3, 4]
