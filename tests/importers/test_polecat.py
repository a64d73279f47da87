"""POLECAT events: PLOVER's types, several actors in a cell, actors without a name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.polecat import FORMAT
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
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Source", "Publication Date",
)  # fmt: skip


def row(**cells: str) -> str:
    """A line of the table, with these cells other than usual."""
    usual = dict.fromkeys(HEADER, "None") | {
        "Event ID": "20230101-0100-abc_2", "Event Date": "2023-01-01", "Event Type": "CONSULT",
        "Actor Name": "Iran", "Recipient Name": "Qatar", "Source": "Gulf Daily",
    }  # fmt: skip
    usual |= {name.replace("_", " "): text for name, text in cells.items()}
    return "\t".join(usual[name] for name in HEADER) + "\n"


def took(*rows: str) -> Taken:
    """The rows taken into an empty graph."""
    return taken(FORMAT, "\t".join(HEADER) + "\n" + "".join(rows))


def test_an_event_cites_its_source_and_its_story() -> None:
    told = took(row(), row(Event_ID="20230101-0100-abc_5"))
    assert events(told.graph) == {("iran", "meets", "qatar", "2023-01-01")}
    (piece,) = evidence(told.graph)
    assert (piece.locator, piece.confidence) == ("story 20230101-0100-abc", 0.6)
    assert source_of(told.graph, piece).origin == "gulf-daily"


def test_mode_and_contexts_refine_the_type() -> None:
    told = took(
        row(Event_Type="AID", Contexts="economic; military"),
        row(Event_Type="COERCE", Event_Mode="restrict"),
        row(Event_Type="ACCUSE", Event_Mode="investigate"),
        row(Event_Type="SING"),
    )
    assert {found[1] for found in events(told.graph)} == {"arms", "sanctions"}
    assert told.summary.skipped.total() == 1
    assert told.summary.unmapped == {"SING": 1}


def test_several_actors_of_a_cell_act_each_on_each() -> None:
    told = took(row(Event_Type="AID", Actor_Name="Iran; Qatar", Recipient_Name="Syria;Lebanon"))
    assert {(found[0], found[2]) for found in events(told.graph)} == {
        ("iran", "syria"), ("iran", "lebanon"), ("qatar", "syria"), ("qatar", "lebanon"),
    }  # fmt: skip
    assert told.summary.taken == 1


def test_who_has_no_name_is_known_by_country_and_sector() -> None:
    told = took(
        row(Event_Type="AID", Actor_Name="None", Actor_Country="IRN", Primary_Actor_Sector="MIL"),
        row(Event_Type="AID", Actor_Name="", Actor_Country="Iran"),
        row(Event_Type="AID", Actor_Name="None", Actor_COW="630", Primary_Actor_Sector="GOV"),
        row(Event_Type="AID", Actor_Name="None", Primary_Actor_Sector="GOV"),
    )
    assert {found[0] for found in events(told.graph)} == {
        "military-iran", "iran", "government-iran",
    }  # fmt: skip
    assert told.summary.skipped == {"no identified actor": 1}


def test_sectors_and_country_tie_named_actors_to_their_state() -> None:
    told = took(
        row(Actor_Name="Farid Testname", Actor_Country="IRN", Primary_Actor_Sector="GOV"),
        row(Actor_Name="Nadim Testname", Actor_Country="IRN", Actor_Sectors="REB; CRM"),
        row(Actor_Name="Testname Guards", Actor_Country="Iran", Primary_Actor_Sector="MIL"),
    )
    assert ("farid-testname", "holds_office_in", "iran", "[..2023-01-01]/") in ties(told.graph)
    assert "nadim-testname" not in {tie[0] for tie in ties(told.graph)}
    assert kinds(told.graph)["Nadim Testname"] == "person"


def test_wrong_cells_are_refused_with_line_and_field() -> None:
    told = took(row(Event_Date="2023-02-30"), row(Event_Type="7"), row())
    assert [(found.line, found.field) for found in told.refused] == [
        (2, "Event Date"), (3, "Event Type"),
    ]  # fmt: skip


def test_a_table_with_the_needed_columns_alone_is_enough() -> None:
    text = "event_date,event_type,actor_name,recipient_name\n2023-01-01,CONSULT,Iran,Qatar\n"
    graph = taken(FORMAT, text).graph
    assert events(graph) == {("iran", "meets", "qatar", "2023-01-01")}
    assert evidence(graph)[0].source == "polecat-2023-unnamed"


def test_another_table_is_refused_as_a_whole() -> None:
    with pytest.raises(InvalidRecord, match="no table of POLECAT events"):
        taken(FORMAT, "a\tb\n1\t2\n")


def test_the_same_file_twice_changes_nothing() -> None:
    once = took(row(), row(Actor_Name="Farid Testname", Actor_Country="IRN"))
    before = state_of(once.graph)
    text = "\t".join(HEADER) + "\n" + row() + row(Actor_Name="Farid Testname", Actor_Country="IRN")
    assert taken(FORMAT, text, once.graph).summary.entries == 0
    assert state_of(once.graph) == before


CELL = st.sampled_from(["", "None", "IRN", "GOV", "CONSULT", "2023-01-01", "a; b", "|;", "Iran"])


@given(st.lists(st.lists(CELL | st.text(max_size=6), min_size=18, max_size=20), max_size=15))
@settings(max_examples=60)
def test_odd_rows_are_refused_or_skipped_and_the_counts_add_up(rows: list[list[str]]) -> None:
    lines = ["\t".join(cells) for cells in (HEADER, *rows)]
    assert adds_up(small(FORMAT, "\n".join(lines) + "\n"))
