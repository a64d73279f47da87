"""The UCDP External Support Dataset, in both its forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.importers.ucdp_support import ALLEGED, CONFIDENCE, FORMAT, MEANS
from graph_service.importers.ucdp_support_columns import LETTERS
from graph_service.stores.graph import Graph
from tests.importers.intake import Taken, taken

SHORT = "year,recipient,opponent,location,supporter,types_all\n"
TRIADS = "dyad_name,year,actor_name,ext_name,ext_sup,ext_alleged," + ",".join(
    f"ext_{letter}" for letter in LETTERS
)


def short(*rows: str) -> Taken:
    return taken(FORMAT, SHORT + "".join(f"{row}\n" for row in rows))


def triad(year: int, supporter: str, recipient: str, letters: str, alleged: int = 0) -> str:
    flags = ",".join(str(int(letter in letters)) for letter in LETTERS)
    side = f"{recipient} - Government of Chad"
    return f"{side},{year},{recipient},{supporter},{int(bool(letters))},{alleged},{flags}"


def triads(*rows: str) -> Taken:
    return taken(FORMAT, "\n".join((TRIADS, *rows)))


def records(graph: Graph) -> list[ClaimRecord]:
    told = (entry.record for entry in graph.store.entries())
    return [record for record in told if isinstance(record, ClaimRecord)]


def claims(graph: Graph) -> set[tuple[str, str, str, str]]:
    found = (record.claim for record in records(graph))
    return {(one.subject, one.relation, one.object, one.when.text) for one in found}


def test_each_form_of_support_has_a_relation_that_takes_states_and_armed_groups() -> None:
    found = triads(*(triad(1990, "Government of Libya", "Free Brigade", x) for x in LETTERS))

    assert set(MEANS) == set(LETTERS)
    assert found.summary.refused == 0
    assert found.summary.taken == len(LETTERS)
    assert {relation for _, relation, _, _ in claims(found.graph)} == {
        relation for relation, _ in MEANS.values()
    }


def test_acts_are_told_by_year() -> None:
    found = short(
        "1982,Free Brigade,Government of Chad,Chad,Government of Libya,wm",
        "1983,Free Brigade,Government of Chad,Chad,Government of Libya,w",
    )

    assert claims(found.graph) == {
        ("libya", "arms", "free-brigade", "1982"),
        ("libya", "arms", "free-brigade", "1983"),
    }


def test_states_are_told_by_unbroken_runs_of_years_in_whatever_order_the_rows_come() -> None:
    years = (1986, 1982, 1984, 1983, 1990, 1999)
    found = short(*(f"{year},Free Brigade,x,y,Government of Sudan,l" for year in years))

    assert claims(found.graph) == {
        ("sudan", "hosts", "free-brigade", "1982/1984"),
        ("sudan", "hosts", "free-brigade", "1986"),
        ("sudan", "hosts", "free-brigade", "1990"),
        # The data end here, so that the end is not known.
        ("sudan", "hosts", "free-brigade", "1999/"),
    }
    assert found.summary.rows == found.summary.taken == 6


def test_a_row_of_acts_and_states_counts_once() -> None:
    found = short(
        "1982,Free Brigade,x,y,Government of Sudan,wl",
        "1983,Free Brigade,x,y,Government of Sudan,lo",
        "1983,Free Brigade,z,y,Government of Sudan,l",
    )

    assert found.summary.rows == found.summary.taken == 3
    assert claims(found.graph) == {
        ("sudan", "arms", "free-brigade", "1982"),
        ("sudan", "hosts", "free-brigade", "1982/"),
        ("sudan", "backs", "free-brigade", "1983/"),
    }


def test_governments_are_the_states_under_whatever_name() -> None:
    names = {
        "Government of Iran": "iran",
        "Government of Russia (Soviet Union)": "russia",
        "Government of Vietnam (North Vietnam)": "vietnam",
        "Government of DR Congo (Zaire)": "democratic-republic-of-the-congo",
        "Government of Congo": "republic-of-the-congo",
        "Government of South Yemen": "south-yemen",
        "Government of Serbia (Yugoslavia)": "yugoslavia",
    }

    found = short(*(f"1980,Free Brigade,x,y,{name},f" for name in names))

    assert {subject for subject, _, _, _ in claims(found.graph)} == set(names.values())


def test_yugoslavia_is_another_state_after_it_broke_up() -> None:
    found = short(
        "1990,Free Brigade,x,y,Government of Serbia (Yugoslavia),f",
        "1994,Free Brigade,x,y,Government of Serbia (Yugoslavia),f",
    )

    assert {subject for subject, _, _, _ in claims(found.graph)} == {
        "yugoslavia", "serbia-and-montenegro",
    }  # fmt: skip


def test_a_government_keeps_the_name_of_the_data_as_an_identifier() -> None:
    found = short("1980,Free Brigade,x,y,Government of Iran,f")

    iran = next(entry.record for entry in found.graph.store.about("actor:iran"))
    assert dict(iran.ids)["ucdp"] == "Government of Iran"  # type: ignore[union-attr]


def test_who_is_no_government_is_an_armed_group_or_nobody_in_particular() -> None:
    found = short("1980,Free Brigade,x,y,Red Column,f", "1980,Free Brigade,x,y,Thai elements,f")

    kinds = {actor: found.graph.actor(actor).kind for actor in ("red-column", "thai-elements")}
    assert kinds == {"red-column": "armed_group", "thai-elements": "unknown"}


def test_what_is_alleged_is_believed_less_and_says_so() -> None:
    found = triads(
        triad(1990, "Government of Libya", "Free Brigade", "w"),
        triad(1991, "Government of Libya", "Free Brigade", "w", alleged=1),
    )

    pieces = {record.claim.when.text: record.evidence[0] for record in records(found.graph)}
    assert pieces["1990"].confidence == CONFIDENCE
    assert pieces["1991"].confidence == ALLEGED
    assert pieces["1990"].locator == "Free Brigade - Government of Chad, 1990: weapons"
    assert pieces["1991"].locator == "Free Brigade - Government of Chad, 1991: weapons (alleged)"


def test_a_wish_for_less_confidence_holds_and_one_for_more_lifts_no_allegation() -> None:
    row = triad(1991, "Government of Libya", "Free Brigade", "w", alleged=1)

    found = taken(FORMAT, f"{TRIADS}\n{row}\n", confidence=0.95)
    less = taken(FORMAT, f"{TRIADS}\n{row}\n", confidence=0.2)

    assert records(found.graph)[0].evidence[0].confidence == ALLEGED
    assert records(less.graph)[0].evidence[0].confidence == 0.2


def test_a_side_without_support_is_passed_over() -> None:
    found = triads(triad(1990, "", "Free Brigade", ""))

    assert found.summary.skipped == {"no external support in that year": 1}


def test_the_source_is_dated_by_the_last_year_of_the_data() -> None:
    found = short("1990,A,x,y,B,w", "2001,A,x,y,B,w")

    source = found.graph.source("ucdp-esd-2001")
    assert (source.published, source.origin) == ("2001", "ucdp")


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("19x0,A,x,y,B,w", "year", "no whole number"),
        ("99999999,A,x,y,B,w", "year", "no year"),
        ("1990,A,x,y,B,wz", "types_all", "'z' is no form"),
        ("1990,,x,y,B,w", "name", "empty"),
        ("1990,A,x,y,B\x07,w", "name", "cannot be shown"),
        ("1990,A,x,y,B", None, "5 cells"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_line(row: str, field: str, says: str) -> None:
    found = short("1990,A,x,y,B,w", row)

    (refusal,) = found.refused
    assert (refusal.line, refusal.field) == (3, field)
    assert says in refusal.reason
    assert found.summary.taken == 1


def test_another_table_is_said_to_be_none() -> None:
    with pytest.raises(InvalidRecord, match="ucdp-support needs the columns year, actor_name"):
        taken(FORMAT, "year,actor_name\n1990,A\n")


def test_a_header_alone_is_an_empty_table() -> None:
    assert short().summary.rows == 0


def test_the_same_file_again_changes_nothing() -> None:
    data = SHORT + "1982,A,x,y,Government of Iran,wl\n1983,A,x,y,Government of Iran,l\n"
    first = taken(FORMAT, data)
    before = first.graph.store.head().sequence

    again = taken(FORMAT, data, first.graph)

    assert again.summary.entries == 0
    assert first.graph.store.head().sequence == before


cells = st.text(st.characters(codec="utf-8", exclude_characters=',"\r\n\x00'), max_size=6)
names = st.sampled_from(["A", "B", "Government of Iran", "Government of Serbia (Yugoslavia)"])
told = st.tuples(
    st.sampled_from(["1975", "1976", "1999.0", "2003"]) | cells,
    names | cells,
    st.just("x"),
    st.just("y"),
    names | cells,
    st.text(LETTERS, max_size=4) | cells,
)


@given(st.lists(told, max_size=12))
def test_every_row_is_taken_skipped_or_refused(rows: list[tuple[str, ...]]) -> None:
    found = short(*(",".join(row) for row in rows))

    summary = found.summary
    assert summary.rows == len(rows)
    assert summary.taken + summary.skipped.total() + summary.refused == len(rows)


@given(st.binary(max_size=300))
def test_odd_bytes_are_refused_and_never_a_crash(data: bytes) -> None:
    found = taken(FORMAT, SHORT.encode() + data)

    assert found.summary.rows >= 0
