"""What holds for every format: what becomes of rows, of parts, of files, and of doing it again."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.importers import running
from graph_service.importers.book import Reference
from graph_service.importers.intake import Intake, Refusal, Row, Wishes
from graph_service.importers.lines import Lines, Table
from graph_service.importers.packed import Packed
from graph_service.importers.running import (
    Format,
    Ground,
    Stopped,
    Summary,
    Watch,
    Written,
    joined,
    take_in,
)
from graph_service.imports import Manner, import_file
from graph_service.names.index import Names
from graph_service.stores.graph import Graph, open_graph


def read_ties(packed: Packed, intake: Intake) -> Iterator[Row]:
    """`who,what,whom,when,story`, as plain as a format can be."""
    table = Table(Lines(packed.unpacked(), intake.refuse), intake.refuse)
    table.places("who", "what", "whom", "when", "story")
    source = intake.source(Source("ties", "Ties", published="2024"))
    for who, what, whom, when, story in table:
        line = table.line
        if what == "statement":
            intake.skip("a statement")
        elif what.isdigit():
            intake.skip_unmapped(what)
        else:
            try:
                ends = intake.actors.actor(who, "state"), intake.actors.actor(whom, "state")
                claim = intake.claim(ends[0], what, ends[1], When.parse(when))
                record = intake.told(claim, source, float(story) / 100, f"story {story}")
                yield Row(line, (record,))
            except InvalidRecord as error:
                intake.refuse_for(line, error)


TIES = Format("ties", "Ties, one a row.", "ties", read_ties, "ties 1")
HEADER = "who,what,whom,when,story\n"


def imported(graph: Graph, text: str | bytes, **manner: object) -> tuple[Summary, list[Refusal]]:
    data = text if isinstance(text, bytes) else (HEADER + text).encode()
    refused: list[Refusal] = []
    watch = Watch(refused.append, strict=bool(manner.pop("strict", False)))
    how = replace(Manner("desk", watch=watch), **manner)  # type: ignore[arg-type]
    return import_file(graph, TIES, Packed("ties.csv", BytesIO(data)), how), refused


@pytest.fixture
def graph() -> Iterator[Graph]:
    graph = open_graph("memory:")
    yield graph
    graph.close()


MIXED = """\
Iran,arms,Hezbollah land,2024-01-01,50
Iran,statement,Qatar,2024-01-01,50
Iran,0999,Qatar,2024-01-01,50
Iran,arms,Iran,2024-01-01,50
Iran,arms,Qatar,2024-02-30,50
Iran,arms
Qatar,meets,Iran,2024-01-02,50
Iran,meets,Qatar,2024-01-02,60
"""


def test_every_row_is_taken_skipped_or_refused(graph: Graph) -> None:
    summary, refused = imported(graph, MIXED)
    assert (summary.rows, summary.taken, summary.refused) == (8, 3, 2)
    assert (summary.skipped, summary.unmapped) == (
        {"a statement": 1, "a tie of an actor to itself": 1},
        {"0999": 1},
    )
    assert (summary.claims, summary.evidence) == (2, 3)
    assert [(one.line, one.field) for one in refused] == [(6, "when"), (7, None)]


def test_two_rows_on_one_meeting_are_one_claim_whoever_is_named_first(graph: Graph) -> None:
    imported(graph, MIXED)
    [meeting] = graph.claims(relation="meets")
    assert [piece.locator for piece in meeting.evidence] == ["story 50", "story 60"]


def test_the_same_file_twice_changes_nothing(graph: Graph) -> None:
    first, _ = imported(graph, MIXED)
    head = graph.store.head()
    second, _ = imported(graph, MIXED)
    assert graph.store.head() == head
    assert (second.entries, second.taken, second.claims) == (0, first.taken, first.claims)
    assert second.new_actors == 0


def test_a_dry_run_tells_what_would_come_of_it_and_writes_nothing(graph: Graph) -> None:
    rehearsed, refused = imported(graph, MIXED, dry_run=True)
    assert graph.store.head().sequence == 0
    done, refused_then = imported(graph, MIXED)
    assert (rehearsed, refused) == (done, refused_then)


def test_a_strict_import_writes_nothing_where_a_row_is_refused(graph: Graph) -> None:
    with pytest.raises(Stopped, match=r"line 6, when: .*nothing was written"):
        imported(graph, MIXED, strict=True)
    assert graph.store.head().sequence == 0
    summary, _ = imported(graph, "Iran,arms,Qatar,2024,50\n", strict=True)
    assert summary.taken == 1


def test_rows_that_the_store_refuses_are_found_and_the_rest_goes_in(graph: Graph) -> None:
    rows = "".join(f"Iran,arms,State {n},2024-01-01,{n}\n" for n in range(1, 60))
    imported(graph, rows)
    refused: list[Refusal] = []
    packed = Packed("ties.csv", BytesIO((HEADER + rows).encode()))
    anew = replace(TIES, read=_told_anew)
    summary = import_file(graph, anew, packed, Manner("desk", watch=Watch(refused.append)))
    assert (summary.taken, summary.refused) == (30, 29)
    assert {one.line % 2 for one in refused} == {1}
    assert "is recorded with confidence" in refused[0].reason


def test_of_two_rows_that_tell_one_story_differently_the_first_is_taken(graph: Graph) -> None:
    rows = "Iran,arms,Qatar,2024-01-01,50\n"
    format_ = replace(TIES, read=_told_anew)
    refused: list[Refusal] = []
    packed = Packed("ties.csv", BytesIO((HEADER + rows + rows).encode()))
    summary = import_file(graph, format_, packed, Manner("desk", watch=Watch(refused.append)))
    assert (summary.taken, [one.line for one in refused]) == (1, [3])
    [claim] = graph.claims(relation="arms")
    assert [piece.confidence for piece in claim.evidence] == [0.5]


def _told_anew(packed: Packed, intake: Intake) -> Iterator[Row]:
    """Every other row with another confidence than before."""
    for row in read_ties(packed, intake):
        [record] = row.records
        assert isinstance(record, ClaimRecord)
        [piece] = record.evidence
        if row.line % 2:
            piece = replace(piece, confidence=0.011)
        yield row._replace(records=(ClaimRecord(record.claim, (piece,)),))


def test_a_broken_file_is_found_before_anything_is_written(graph: Graph) -> None:
    data = gzip.compress((HEADER + "Iran,arms,Qatar,2024,50\n" * 9_999).encode())[:-9]
    with pytest.raises(InvalidRecord, match="cannot be read to its end"):
        imported(graph, data)
    assert graph.store.head().sequence == 0


def test_a_file_of_another_kind_is_refused_with_what_is_missing(graph: Graph) -> None:
    with pytest.raises(InvalidRecord, match="no column 'who'; it has: a, b"):
        imported(graph, b"a,b\n1,2\n")


def test_what_was_broken_off_is_gone_on_with(graph: Graph) -> None:
    rows = "".join(f"Iran,arms,State {n},2024-01-01,{n % 90 + 1}\n" for n in range(50))
    written: list[int] = []

    def write_some(records: Sequence[Record]) -> Written:
        if written:
            raise KeyboardInterrupt
        written.append(len(records))
        receipt = graph.store.append(list(records)[: len(records) * 2 // 3], by="desk")
        return Written(receipt.written, receipt.known)

    class Known:
        names = Names(graph.actors())

        def find(self, id_: str) -> Actor | None:
            return None

    ground = Ground(graph.ontology, Known(), Reference(), write_some)
    take_in(TIES, Packed("ties.csv", BytesIO((HEADER + rows).encode())), ground, Wishes())
    before = graph.store.head().sequence
    summary, _ = imported(graph, rows)
    assert summary.taken == 50
    assert (0 < before < graph.store.head().sequence, summary.known > 0) == (True, True)


@given(st.lists(st.sampled_from(MIXED.splitlines(keepends=True)), max_size=30))
def test_the_counts_add_up_to_the_rows(rows: list[str]) -> None:
    graph = open_graph("memory:")
    summary, refused = imported(graph, "".join(rows))
    passed = summary.skipped.total() + summary.unmapped.total()
    assert len(rows) == summary.rows == summary.taken + passed + summary.refused
    assert len(refused) == summary.refused
    graph.close()


def test_parts_are_bounded() -> None:
    assert running.PART <= 50_000
    assert joined([]) == []
