import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers import alliances, alliances_conflicts, alliances_rivalries
from graph_service.importers.running import Format
from tests.importers.alliances import (
    ATOP,
    CONFLICTS,
    COW,
    RIVALS,
    of,
)
from tests.importers.intake import taken


@pytest.mark.parametrize(
    ("format_", "says"),
    [
        (alliances.FORMAT, "alliances needs dyads"),
        (alliances_rivalries.FORMAT, "rivalries needs the columns"),
        (alliances_conflicts.FORMAT, "no column 'conflict_id'"),
    ],
)
def test_another_table_is_said_to_be_none(format_: Format, says: str) -> None:
    with pytest.raises(InvalidRecord, match=says):
        taken(format_, "a,b\n1,2\n")


FORMS = [
    (alliances.FORMAT, ATOP),
    (alliances.FORMAT, COW),
    (alliances_rivalries.FORMAT, RIVALS),
    (alliances_conflicts.FORMAT, CONFLICTS),
]
IDS = ["atop", "cow", "rivalries", "conflicts"]
SAMPLES = {
    ATOP: "630,645,1955,1,0,0,1,1\n645,630,1956,0,0,0,1,1\n300,255,1866,1,0,0,0,0\n",
    COW: "1,630,Iran,645,Iraq,24,2,1955,24,3,1959,0,0,1,0,0,1\n",
    RIVALS: "1,Iran-Iraq 1,630,645,1958,2010,x\n2,Austria,300,255,1740,1870,x\n",
    CONFLICTS: "1,1980,645,,630,,interstate,1980-09-22,1,0,\n",
}


@pytest.mark.parametrize(("format_", "header"), FORMS, ids=IDS)
def test_the_same_file_again_changes_nothing(format_: Format, header: str) -> None:
    first = of(format_, header, SAMPLES[header])
    before = first.graph.store.head().sequence

    again = taken(format_, f"{header}\n{SAMPLES[header]}", first.graph)

    assert first.summary.claims > 0
    assert again.summary.entries == 0
    assert first.graph.store.head().sequence == before


@pytest.mark.parametrize(("format_", "header"), FORMS, ids=IDS)
def test_a_header_alone_is_an_empty_table(format_: Format, header: str) -> None:
    assert of(format_, header).summary.rows == 0


cells = st.text(st.characters(codec="utf-8", exclude_characters=',"\r\n\x00'), max_size=6)
likely = st.sampled_from(
    ["", "0", "1", "1.0", "2", "255", "300", "345", "630", "645.0", "999", "1816", "1866", "1914.0",
     "1990", "interstate", "1980-09-22", "1981-01-01", "2", "3", "NA"]
)  # fmt: skip


@pytest.mark.parametrize(("format_", "header"), FORMS, ids=IDS)
@settings(max_examples=15)
@given(data=st.data())
def test_every_row_is_taken_skipped_or_refused(
    format_: Format, header: str, data: st.DataObject
) -> None:
    width = header.count(",") + 1
    row = st.lists(likely | cells, min_size=width, max_size=width)
    rows = data.draw(st.lists(row, max_size=8))

    summary = of(format_, header, *(",".join(row) for row in rows)).summary

    assert summary.rows == len(rows)
    assert summary.taken + summary.skipped.total() + summary.refused == len(rows)


@pytest.mark.parametrize(("format_", "header"), FORMS, ids=IDS)
@settings(max_examples=15)
@given(data=st.binary(max_size=200))
def test_odd_bytes_are_refused_and_never_a_crash(format_: Format, header: str, data: bytes) -> None:
    assert taken(format_, f"{header}\n".encode() + data).summary.claims == 0
