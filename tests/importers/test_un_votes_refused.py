import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.un_votes import FORMAT
from graph_service.importers.un_votes_cast import MOST_VOTERS
from tests.importers.intake import taken
from tests.importers.un_votes import HEADER, LINE, table, un


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("x,Iran,IR,yes,1990-03-01,R/1", "rcid", "no whole number"),
        ("7,Iran,IR,yes,1990-02-30,R/1", "rcid", "has no date"),
        ("1,Iran,IR,perhaps,1990-03-01,R/1", "vote", "no vote"),
        ("1,,,yes,1990-03-01,R/1", "name", "empty"),
        ("1,Iran,IR,yes,1990-03-01", None, "5 cells"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_line(row: str, field: str, says: str) -> None:
    found = un(f"{table({'Canada': 'y'})}{row}\n")

    (refusal,) = found.refused
    assert (refusal.line, refusal.field) == (3, field)
    assert says in refusal.reason


@pytest.mark.parametrize(
    ("wish", "value"),
    [
        ("window", "0"), ("window", "1.5"), ("window", "1000"), ("votes", "many"),
        ("agreement", "0"), ("agreement", "1.2"), ("agreement", "nan"),
    ],
)  # fmt: skip
def test_a_wish_that_makes_no_sense_is_said_to_be_so(wish: str, value: str) -> None:
    with pytest.raises(InvalidRecord, match=f"{wish} is a") as refused:
        un(table({"Iran": "y"}), None, **{wish: value})
    assert refused.value.field == wish


def test_a_table_of_too_many_voters_is_refused_from_there_on() -> None:
    found = un("".join(f"1,Land {n},,yes,1990-03-01,R/1\n" for n in range(MOST_VOTERS + 5)))

    assert (found.summary.taken, found.summary.refused) == (MOST_VOTERS, 5)


def test_another_table_is_said_to_be_none() -> None:
    with pytest.raises(InvalidRecord, match="no column 'rcid'"):
        taken(FORMAT, "date,b\n1,2\n")


def test_the_same_file_again_changes_nothing() -> None:
    rows = table({"Iran": LINE, "Syria": LINE, "Qatar": LINE})
    first = un(rows)
    before = first.graph.store.head().sequence

    again = un(rows, first.graph)

    assert again.summary.entries == 0
    assert first.graph.store.head().sequence == before


cells = st.text(st.characters(codec="utf-8", exclude_characters=',"\r\n\x00'), max_size=6)
likely = st.sampled_from(["", "1", "2.0", "Iran", "IR", "yes", "no", "8", "1990-01-02", "R/1"])


@given(st.lists(st.lists(likely | cells, min_size=6, max_size=6), max_size=8))
def test_every_row_is_taken_skipped_or_refused(rows: list[list[str]]) -> None:
    summary = un("".join(",".join(row) + "\n" for row in rows)).summary

    assert summary.rows == len(rows)
    assert summary.taken + summary.skipped.total() + summary.refused == len(rows)


@given(st.binary(max_size=300))
def test_odd_bytes_are_refused_and_never_a_crash(data: bytes) -> None:
    assert taken(FORMAT, HEADER.encode() + data).summary.claims == 0
