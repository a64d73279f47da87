from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph_service.domain.admission import Admission, admit
from graph_service.domain.claims import ClaimRecord, Decision, Evidence, Status
from graph_service.domain.errors import Conflict, InvalidRecord
from graph_service.domain.identity import Identities, Judgement, Verdict
from graph_service.domain.ontology import load_ontology
from graph_service.domain.records import Record, parse_record
from graph_service.stores.graph import Graph, open_graph

ONTOLOGY = load_ontology()
EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
NOUNS = [
    parse_record(data, ONTOLOGY)
    for data in (
        {"record": "source", "id": "s", "title": "S", "published": "2024-09"},
        {"record": "actor", "id": "a", "kind": "state", "name": "A"},
        {"record": "actor", "id": "b", "kind": "state", "name": "B"},
    )
]


def claim(**evidence: object) -> ClaimRecord:
    data = {
        "record": "claim", "subject": "a", "relation": "backs", "object": "b", "when": "/..",
        "evidence": [{"source": "s", "confidence": 0.8} | evidence],
    }  # fmt: skip
    record = parse_record(data, ONTOLOGY)
    assert isinstance(record, ClaimRecord)
    return record


def with_life(**life: object) -> ClaimRecord:
    record = claim()
    piece: Evidence = replace(record.evidence[0], **life)  # type: ignore[arg-type] # as named
    return replace(record, evidence=(piece,))


def graph_at(time: datetime) -> Graph:
    return open_graph("memory:", clock=lambda: time)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (with_life(status=Status.RETRACTED), "retracted_at"),
        (with_life(status=Status.ACCEPTED, retracted_at=LATE), "retracted_at"),
        (with_life(status=Status.PROPOSED, decided_at=LATE), "decided_at"),
        (
            with_life(status=Status.ACCEPTED, recorded_at=LATE, decided_at=EARLY),
            "recorded_at",
        ),
        (
            with_life(status=Status.RETRACTED, decided_at=LATE, retracted_at=EARLY),
            "decided_at",
        ),
    ],
)
def test_a_life_that_cannot_have_been_is_refused(record: ClaimRecord, field: str) -> None:
    graph = open_graph("memory:")

    with pytest.raises(InvalidRecord) as refused:
        graph.write([*NOUNS, record], by="desk", keep_history=True)

    assert refused.value.field == f"evidence[0].{field}"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (with_life(recorded_at=LATE), "evidence[0].recorded_at"),
        (with_life(status=Status.ACCEPTED, decided_at=LATE), "evidence[0].decided_at"),
        (with_life(status=Status.RETRACTED, retracted_at=LATE), "evidence[0].retracted_at"),
        (Decision(claim().evidence[0].id, Status.ACCEPTED, "editor", at=LATE), "at"),
        (Judgement("a", "b", Verdict.DIFFERENT, "editor", LATE), "at"),
    ],
)
def test_a_clock_more_than_a_day_ahead_is_refused_where_clocks_are_kept(
    record: Record, field: str
) -> None:
    write = [*NOUNS, claim(), record] if isinstance(record, Decision) else [*NOUNS, record]

    with pytest.raises(InvalidRecord, match=r"2026-02-01.* correct the one") as refused:
        graph_at(LATE - timedelta(days=1, seconds=1)).write(write, by="desk", keep_history=True)
    graph_at(LATE - timedelta(days=1)).write(write, by="desk", keep_history=True)
    graph_at(EARLY).write(write, by="desk")

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("published", "refused"),
    [("2026-01-02", False), ("2026", False), ("[..2030]", False), ("2026-01-01/2026-01-05", False),
     ("2026-01-03", True), ("2027", True), ("2026-01-03/2026-01-05", True)],
)  # fmt: skip
def test_a_source_that_certainly_appears_after_tomorrow_is_refused(
    published: str, refused: bool
) -> None:
    source = parse_record(
        {"record": "source", "id": "s", "title": "S", "published": published}, ONTOLOGY
    )
    graph = graph_at(EARLY)

    if refused:
        with pytest.raises(InvalidRecord, match="after 2026-01-02") as error:
            graph.write([source], by="desk")
        assert error.value.field == "published"
    else:
        assert graph.write([source], by="desk").written == 1


def test_the_date_of_a_source_is_corrected_but_not_withdrawn() -> None:
    graph = open_graph("memory:")
    graph.write([*NOUNS, claim(status="accepted")], by="desk")
    source = graph.source("s")

    graph.write([replace(source, published="2024-08")], by="desk")
    with pytest.raises(Conflict, match="not withdrawn"):
        graph.write([replace(source, published=None)], by="desk")

    assert graph.source("s").published == "2024-08"


def test_the_same_decision_again_is_known_already() -> None:
    graph = open_graph("memory:")
    receipt = graph.write([*NOUNS, claim()], by="desk")
    decision = Decision(receipt.evidence[0], Status.ACCEPTED, by="editor", reason="checked")
    graph.write([decision], by="editor")

    assert graph.write([decision], by="editor").known == 1
    with pytest.raises(Conflict):
        graph.write([replace(decision, by="another")], by="another")


@pytest.mark.parametrize("reason", ["", " \n", "a \x1b[31mred\x1b[0m one", "x" * 20_001])
def test_a_reason_that_no_file_could_tell_is_refused(reason: str) -> None:
    graph = open_graph("memory:")
    receipt = graph.write([*NOUNS, claim()], by="desk")

    for record in (
        Decision(receipt.evidence[0], Status.REJECTED, by="editor", reason=reason),
        Judgement("a", "b", Verdict.DIFFERENT, reason=reason),
    ):
        with pytest.raises(InvalidRecord) as error:
            graph.write([record], by="editor")
        assert error.value.field == "reason"


def test_what_is_written_to_nowhere_is_only_judged() -> None:
    class Empty:
        def actor(self, _: str) -> None: ...
        def source(self, _: str) -> None: ...
        def episode(self, _: str) -> None: ...
        def evidence(self, _: str) -> None: ...
        def identities(self) -> Identities:
            return Identities()

        def last_change(self, _: str) -> int:
            return 0

    assert admit(NOUNS[0], Empty(), Admission(ONTOLOGY, EARLY)) == NOUNS[0]
    with pytest.raises(InvalidRecord, match="no actor"):
        admit(claim(), Empty(), Admission(ONTOLOGY, EARLY))
