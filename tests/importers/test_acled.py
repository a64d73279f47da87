"""ACLED events: sub-event types, actors by name and code, sources, dates that are not precise."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.acled import FORMAT
from tests.importers.events import (
    adds_up,
    events,
    evidence,
    kinds,
    small,
    source_of,
    state_of,
    ties,
)
from tests.importers.intake import Taken, taken

HEADER = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "country", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
MILITARY, HOUTHIS = "Military Forces of Israel (2022-)", "Testname Brigades"


def row(**cells: str) -> list[str]:
    """A row of the table, with these cells other than usual."""
    usual = dict.fromkeys(HEADER, "") | {
        "event_id_cnty": "ISR1", "event_date": "31 January 2024", "time_precision": "1",
        "sub_event_type": "Air/drone strike", "actor1": MILITARY, "inter1": "1",
        "actor2": HOUTHIS, "inter2": "2", "source": "Gulf Daily; Post",
    }  # fmt: skip
    return [(usual | cells)[name] for name in HEADER]


def table(*rows: list[str]) -> str:
    """The file of these rows."""
    file = StringIO()
    csv.writer(file).writerows([HEADER, *rows])
    return file.getvalue()


def took(*rows: list[str]) -> Taken:
    """The rows taken into an empty graph."""
    return taken(FORMAT, table(*rows))


def test_each_source_of_an_event_is_a_piece_of_evidence() -> None:
    graph = took(row()).graph
    assert events(graph) == {("military-israel", "attacks", "testname-brigades", "2024-01-31")}
    pieces = evidence(graph)
    assert {source_of(graph, piece).origin for piece in pieces} == {"gulf-daily", "post"}
    assert {(piece.locator, piece.confidence) for piece in pieces} == {("event ISR1", 0.9)}


def test_of_many_sources_five_are_cited_and_the_number_is_told() -> None:
    graph = took(row(source="; ".join("ABCDEFG"))).graph
    assert len(evidence(graph)) == 5
    assert evidence(graph)[0].locator == "event ISR1, which names 7 sources"


def test_an_event_without_a_source_cites_the_data_set() -> None:
    graph = took(row(source="")).graph
    assert [piece.source for piece in evidence(graph)] == ["acled-2024-unnamed"]


@pytest.mark.parametrize(
    ("type_", "told"),
    [
        ("Armed clash", ("military-israel", "attacks", "testname-brigades")),
        ("Abduction/forced disappearance", ("military-israel", "coerces", "testname-brigades")),
        ("Arrests", ("military-israel", "coerces", "testname-brigades")),
        ("Agreement", ("military-israel", "agrees_with", "testname-brigades")),
        ("Peaceful protest", ("military-israel", "protests_against", "testname-brigades")),
        ("Protest with intervention", ("testname-brigades", "coerces", "military-israel")),
        (
            "Non-violent transfer of territory",
            ("testname-brigades", "concedes_to", "military-israel"),
        ),
    ],
)
def test_sub_event_types_have_their_relations(type_: str, told: tuple[str, str, str]) -> None:
    assert {found[:3] for found in events(took(row(sub_event_type=type_)).graph)} == {told}


def test_rows_that_tell_of_no_tie_are_skipped_and_counted() -> None:
    told = took(
        row(sub_event_type="Headquarters or base established"),
        row(sub_event_type="Peaceful protest", actor1="Protesters (Iran)", actor2=""),
        row(actor2="Unidentified Military Forces"),
        row(sub_event_type="Song"),
    )
    assert told.summary.skipped == {"a base that was set up": 1, "no identified actor": 2}
    assert told.summary.unmapped == {"Song": 1}


def test_forces_are_the_same_under_the_next_government_and_belong_to_their_state() -> None:
    graph = took(row(), row(actor1="Military Forces of Israel (2021-2022)")).graph
    assert len(events(graph)) == 1
    assert ties(graph) == {("military-israel", "part_of", "israel", "[..2024-01-31]/")}


@pytest.mark.parametrize(
    ("name", "inter", "kind"),
    [
        ("Unidentified Armed Group (Syria)", "3", "armed_group"),
        ("Testname Ethnic Militia (Iran)", "Identity militia", "armed_group"),
        ("Protesters (Iran)", "Protesters", "people"),
        ("Civilians (Iran)", "7", "people"),
        ("Testname Company", "8", "organisation"),
    ],
)
def test_codes_in_numbers_and_in_words_tell_kinds(name: str, inter: str, kind: str) -> None:
    graph = took(row(actor1=name, inter1=inter)).graph
    found = {actor.id: actor.kind for actor in graph.actors()}
    (subject,) = {told[0] for told in events(graph)}
    assert found[subject] == kind


def test_units_of_a_force_keep_their_names_and_belong_to_its_state() -> None:
    graph = took(row(actor1="Police Forces of Israel (2022-) Border Police")).graph
    assert "Police Forces of Israel Border Police" in kinds(graph)
    assert {tie[1:3] for tie in ties(graph)} == {("part_of", "israel")}


@pytest.mark.parametrize(
    ("precision", "when"),
    [("1", "2024-01-31"), ("2", "2024-01-25/2024-02-06"), ("3", "2024-01"), ("", "2024-01-31")],
)
def test_dates_are_as_precise_as_the_row_says(precision: str, when: str) -> None:
    assert {told[3] for told in events(took(row(time_precision=precision)).graph)} == {when}


def test_wrong_cells_are_refused_with_line_and_field() -> None:
    told = took(row(event_date="30 February 2024"), row(time_precision="9"), row())
    assert [(found.line, found.field) for found in told.refused] == [
        (2, "event_date"), (3, "time_precision"),
    ]  # fmt: skip


def test_dates_in_either_style_are_one_event() -> None:
    assert len(events(took(row(), row(event_date="2024-01-31")).graph)) == 1


def test_another_table_is_refused_as_a_whole() -> None:
    with pytest.raises(InvalidRecord, match="no table of ACLED events"):
        taken(FORMAT, "a,b\n1,2\n")


def test_the_same_file_twice_changes_nothing() -> None:
    once = took(row(), row(sub_event_type="Agreement"))
    before = state_of(once.graph)
    again = taken(FORMAT, table(row(), row(sub_event_type="Agreement")), once.graph)
    assert again.summary.entries == 0
    assert state_of(once.graph) == before


CELL = st.sampled_from(
    ["", "1", "9", "Attack", "2024-01-31", "Military Forces of", "; ;", "(2022-)"]
)


@given(st.lists(st.lists(CELL | st.text(max_size=6), min_size=19, max_size=21), max_size=15))
@settings(max_examples=60)
def test_odd_rows_are_refused_or_skipped_and_the_counts_add_up(rows: list[list[str]]) -> None:
    assert adds_up(small(FORMAT, table(*rows)))
