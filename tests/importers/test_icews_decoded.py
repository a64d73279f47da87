"""ICEWS events in words, as benchmarks have them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.icews_decoded import FORMAT
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
from tests.importers.intake import taken

HEADER = "date\tsubject\trelation\tobject\tsplit\n"


def line(
    relation: str, subject: str = "Iran", object_: str = "Qatar", date: str = "2014-03-01"
) -> str:
    """A line of the file."""
    return f"{date}\t{subject}\t{relation}\t{object_}\ttrain\n"


def test_labels_lead_to_relations_through_their_codes() -> None:
    told = taken(
        FORMAT, HEADER + line("Make a visit") + line("impose embargo, boycott, or sanctions")
    )
    assert events(told.graph) == {
        ("iran", "meets", "qatar", "2014-03-01"),
        ("iran", "sanctions", "qatar", "2014-03-01"),
    }


def test_the_data_set_of_the_year_is_the_source_and_an_event_told_twice_is_told_once() -> None:
    told = taken(FORMAT, HEADER + line("Consult") + line("Consult", "Qatar", "Iran"))
    (piece,) = evidence(told.graph)
    source = source_of(told.graph, piece)
    assert (source.origin, source.published, source.publisher) == ("icews", "2014", None)
    assert told.summary.taken == 2


def test_names_alone_tell_kinds_and_states() -> None:
    actors = (
        "Police (Iran)", "Farid Testname", "Head of Government (Iran)", "Armed Rebel (Iran)",
        "Testname Liberation Front", "Ministry of Tests", "Member of Legislative (Govt) (Iran)",
    )  # fmt: skip
    told = taken(FORMAT, HEADER + "".join(line("Consult", actor) for actor in actors))
    assert [kinds(told.graph)[actor] for actor in actors] == [
        "agency", "person", "person", "armed_group", "armed_group", "agency", "people",
    ]  # fmt: skip
    assert {(tie[0], tie[1]) for tie in ties(told.graph)} == {
        ("police-iran", "part_of"),
        ("head-of-government-iran", "heads"),
        ("member-of-legislative-govt-iran", "organ_of"),
    }


def test_statements_are_skipped_and_labels_of_no_list_counted() -> None:
    told = taken(FORMAT, HEADER + line("Make statement") + line("Sing a song") + line(""))
    assert told.summary.skipped == {"a mere statement (CAMEO 01)": 1}
    assert told.summary.unmapped == {"Sing a song": 1}
    assert [(found.line, found.field) for found in told.refused] == [(4, "relation")]


def test_a_table_with_codes_is_pointed_to_the_other_format() -> None:
    with pytest.raises(InvalidRecord, match="format icews"):
        taken(FORMAT, "Event ID\tEvent Date\tCAMEO Code\n")


def test_the_same_file_twice_changes_nothing() -> None:
    text = HEADER + line("Consult", "Police (Iran)") + line("Consult", "Farid Testname")
    once = taken(FORMAT, text)
    before = state_of(once.graph)
    assert taken(FORMAT, text, once.graph).summary.entries == 0
    assert state_of(once.graph) == before


CELL = st.sampled_from(["Iran", "Consult", "2014-01-01", "", "X (Y)", "((", "Ali Testname"])


@given(st.lists(st.lists(CELL | st.text(max_size=8), min_size=4, max_size=6), max_size=15))
@settings(max_examples=60)
def test_odd_rows_are_refused_or_skipped_and_the_counts_add_up(rows: list[list[str]]) -> None:
    text = HEADER + "".join("\t".join(cells) + "\n" for cells in rows)
    assert adds_up(small(FORMAT, text))
