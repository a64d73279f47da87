"""Leaders of states, as Archigos lists them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.importers.leaders import FORMAT
from graph_service.stores.graph import Graph, open_graph
from tests.importers.intake import Taken, taken
from tests.stores.telling import actor

HEADER = "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode\n"
ORIGINAL = "obsid\tleadid\tccode\tidacr\tleader\tstartdate\teindate\tenddate\tentry\texit\n"


def term(
    id_: str, name: str, dates: str, *, state: int = 630, born: str = "1900", exit_: str = "Regular"
) -> str:
    start, end = dates.split("/")
    return f"X-{start},{state}.0,{id_},{name},{born},M,{start},{end},Regular,{exit_},Regular\n"


def leaders(*rows: str, graph: Graph | None = None) -> Taken:
    return taken(FORMAT, HEADER + "".join(rows), graph)


def claims(graph: Graph) -> set[tuple[str, str, str]]:
    told = (entry.record for entry in graph.store.entries())
    found = (record.claim for record in told if isinstance(record, ClaimRecord))
    return {(one.subject, one.object, one.when.text) for one in found if one.relation == "heads"}


def test_a_term_in_office_is_a_dated_head_of_the_state() -> None:
    found = leaders(term("a1", "Karimi", "1990-01-02/1994-05-06"))

    assert claims(found.graph) == {("karimi-iran", "iran", "1990-01-02/1994-05-06")}
    person = found.graph.actor("karimi-iran")
    assert (person.kind, person.name) == ("person", "Karimi (Iran)")
    assert dict(person.ids) == {"archigos": "a1"}


def test_who_is_in_office_when_the_data_end_has_an_unknown_end() -> None:
    found = leaders(
        term("a1", "Karimi", "1990-01-02/2015-12-31", exit_="Still in Office"),
        term("b1", "Rahman", "1990-01-02/2014-12-31", state=770, exit_="Still in Office"),
        term("c1", "Singh", "1990-01-02/2015-12-31", state=750),
        term("d1", "Perera", "2015-12-31/", state=780),
    )

    assert {when for _, _, when in claims(found.graph)} == {
        "1990-01-02/", "1990-01-02/2015-12-31", "2015-12-31/",
    }  # fmt: skip
    assert found.graph.source("archigos-2015-12-31").published == "2015-12-31"


def test_a_term_of_one_day_lasts_until_the_next() -> None:
    found = leaders(term("a1", "Karimi", "1990-01-02/1990-01-02"))

    assert {when for _, _, when in claims(found.graph)} == {"1990-01-02/1990-01-03"}


def test_one_identifier_is_one_person_over_all_terms_and_states() -> None:
    found = leaders(
        term("a1", "Petrovic", "1990-01-02/1994-05-06", state=345),
        term("a1", "Petrovic M.", "1996-01-02/1997-05-06", state=345),
        term("a1", "Petrovic", "2006-07-02/2007-05-06", state=340),
    )

    assert claims(found.graph) == {
        ("petrovic-yugoslavia", "yugoslavia", "1990-01-02/1994-05-06"),
        ("petrovic-yugoslavia", "serbia-and-montenegro", "1996-01-02/1997-05-06"),
        ("petrovic-yugoslavia", "serbia", "2006-07-02/2007-05-06"),
    }


def test_an_identifier_of_two_persons_is_told_apart() -> None:
    found = leaders(
        term("a1", "Karimi", "1990-01-02/1994-05-06"),
        term("a1", "King", "1921-01-02/1926-05-06", state=20),
    )

    assert {subject for subject, _, _ in claims(found.graph)} == {"karimi-iran", "king-canada"}


def test_two_of_one_name_and_country_are_told_apart_by_their_birth() -> None:
    found = leaders(
        term("a1", "Karimi", "1990-01-02/1994-05-06", born="1930.0"),
        term("a2", "Karimi", "1995-01-02/1997-05-06", born="1960.0"),
    )

    assert {subject for subject, _, _ in claims(found.graph)} == {
        "karimi-iran-born-1930", "karimi-iran-born-1960",
    }  # fmt: skip


def test_a_surname_is_never_taken_for_a_known_person() -> None:
    graph = open_graph("memory:")
    graph.store.append([actor("karimi", kind="person", name="Karimi")], by="test")

    found = leaders(term("a1", "Karimi", "1990-01-02/1994-05-06"), graph=graph)

    assert {subject for subject, _, _ in claims(found.graph)} == {"karimi-iran"}


def test_a_council_that_rules_is_no_person() -> None:
    found = leaders(term("a1", "Military Junta", "1990-01-02/1994-05-06"))

    assert found.graph.actor("military-junta-iran").kind == "government"


def test_a_state_that_is_no_more_keeps_its_leaders() -> None:
    found = leaders(
        term("a1", "Wilhelm", "1861-01-02/1865-05-06", state=255),
        term("b1", "Franz", "1861-01-02/1865-05-06", state=300),
        term("c1", "Saleh", "1978-01-02/1988-05-06", state=678),
    )

    assert {state for _, state, _ in claims(found.graph)} == {"prussia", "austria-hungary", "yemen"}


def test_the_table_of_the_authors_is_read_too() -> None:
    row = 'IRN-1990\ta1\t630\tIRN\tO"Karimi\t1990-01-02\t1994.3\t1994-05-06\tRegular\tRegular\n'

    found = taken(FORMAT, ORIGINAL + row)

    assert {when for _, _, when in claims(found.graph)} == {"1990-01-02/1994-05-06"}
    assert found.summary.refused == 0


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        (term("a2", "Karimi", "1990-02-30/1994-05-06"), "startdate", "not one day"),
        (term("a2", "Karimi", "1990-01-02/06.05.1994"), "enddate", "not one day"),
        (term("a2", "Karimi", "1990-01-02/9999-12-31"), "enddate", "no year"),
        (term("a2", "Karimi", "1990-01-02/1989-01-01"), "enddate", "before it starts"),
        (term("a2", "Karimi", "1990-01-02/1994-05-06", state=999), "ccode", "number of no state"),
        (term("a2", "Karimi", "1990-01-02/1994-05-06", born="x"), "yrborn", "no whole number"),
        (term("", "Karimi", "1990-01-02/1994-05-06"), "leadid", "no identifier"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_line(row: str, field: str, says: str) -> None:
    found = leaders(term("a1", "Rahman", "1990-01-02/1994-05-06", state=770), row)

    (refusal,) = found.refused
    assert (refusal.line, refusal.field) == (3, field)
    assert says in refusal.reason
    assert found.summary.taken == 1


def test_another_table_is_said_to_be_none() -> None:
    with pytest.raises(InvalidRecord, match="no column 'leadid'"):
        taken(FORMAT, "a,b\n1,2\n")


def test_the_same_file_again_changes_nothing() -> None:
    rows = (
        term("a1", "Karimi", "1990-01-02/1994-05-06", born="1930"),
        term("a2", "Karimi", "1995-01-02/1997-05-06", born="1960"),
        term("a3", "Karimi", "1998-01-02/1999-05-06", born="1960"),
        term("a1", "King", "1921-01-02/1926-05-06", state=20),
    )
    first = leaders(*rows)
    before = first.graph.store.head().sequence

    again = leaders(*rows, graph=first.graph)

    assert again.summary.entries == 0
    assert first.graph.store.head().sequence == before


cells = st.text(st.characters(codec="utf-8", exclude_characters=',"\r\n\x00'), max_size=6)
likely = st.sampled_from(
    ["", "630.0", "255", "a1", "a2", "Karimi", "1930", "1990-01-02", "1866-01-02", "1994-05-06",
     "Still in Office", "Junta"]
)  # fmt: skip


@given(st.lists(st.lists(likely | cells, min_size=11, max_size=11), max_size=8))
def test_every_row_is_taken_skipped_or_refused(rows: list[list[str]]) -> None:
    summary = leaders(*(",".join(row) + "\n" for row in rows)).summary

    assert summary.rows == len(rows)
    assert summary.taken + summary.skipped.total() + summary.refused == len(rows)


@given(st.binary(max_size=300))
def test_odd_bytes_are_refused_and_never_a_crash(data: bytes) -> None:
    assert taken(FORMAT, HEADER.encode() + data).summary.claims == 0
