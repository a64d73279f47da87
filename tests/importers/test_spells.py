"""Years merged into spells, numbers as tables write them, and states by number and year."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service import reference
from graph_service.domain.actors import Actor
from graph_service.domain.errors import InvalidRecord
from graph_service.importers.book import ActorBook, Reference
from graph_service.importers.spells import (
    FIRST_YEAR,
    LAST_YEAR,
    Spell,
    said,
    spells,
    whole,
    year_bit,
    year_of,
)
from graph_service.importers.spells_states import GONE, States, gone_called
from graph_service.names.index import Names

years = st.integers(FIRST_YEAR, LAST_YEAR)


def set_of(found: set[int]) -> int:
    every = 0
    for year in found:
        every |= year_bit(year)
    return every


@given(st.sets(years | st.integers(1900, 1930), max_size=40))
def test_spells_cover_the_years_and_no_others(told: set[int]) -> None:
    runs = list(spells(set_of(told)))

    assert {year for run in runs for year in range(run.first, run.last + 1)} == told
    assert sum(run.years for run in runs) == set_of(told)


@given(st.sets(years | st.integers(1900, 1930), max_size=40))
def test_spells_are_in_order_and_never_touch(told: set[int]) -> None:
    runs = list(spells(set_of(told)))

    assert all(before.last + 1 < after.first for before, after in pairwise(runs))


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [(1982, 1986, "1982/1986"), (1982, 1982, "1982"), (1999, 2003, "1999/"), (2003, 2003, "2003/")],
)
def test_a_spell_that_the_data_end_with_has_an_unknown_end(
    first: int, last: int, text: str
) -> None:
    assert Spell(first, last).when(2003).text == text


@pytest.mark.parametrize(
    ("cell", "value"), [("630", 630), ("630.0", 630), (" 2.00 ", 2), ("002", 2)]
)
def test_whole_numbers_are_read_as_spreadsheets_write_them(cell: str, value: int) -> None:
    assert whole(cell, "ccode") == value


@pytest.mark.parametrize("cell", ["", "NA", "2.5", "-1", "1e3", "٣", "9" * 5000])
def test_what_is_no_whole_number_is_refused_with_its_field(cell: str) -> None:
    with pytest.raises(InvalidRecord, match="no whole number") as refused:
        whole(cell, "ccode")
    assert refused.value.field == "ccode"


@pytest.mark.parametrize("cell", ["99999999", "12", "0", "2999"])
def test_what_can_be_no_year_is_refused(cell: str) -> None:
    with pytest.raises(InvalidRecord, match="no year from"):
        year_of(cell, "year")


def test_one_says_so_and_nothing_else_does() -> None:
    assert [cell for cell in ("1", "1.0", " 1 ", "TRUE", "0", "0.0", "", "NA", "11") if said(cell)] == [
        "1", "1.0", " 1 ", "TRUE",
    ]  # fmt: skip


class Nobody:
    names = Names()

    def find(self, _: str) -> Actor | None:
        return None


def named(system: str, number: int, year: int) -> str:
    book = ActorBook(system, Nobody(), Reference(reference.load()))
    return book.name(States(book, system).by_number(number, year, "ccode"))


@pytest.mark.parametrize(
    ("system", "number", "year", "name"),
    [
        ("cow", 630, 1990, "Iran"),
        ("cow", 255, 1866, "Prussia"),
        ("cow", 255, 1914, "Germany"),
        ("cow", 260, 1970, "Germany"),
        ("gw", 255, 1914, "Germany"),
        ("gw", 260, 2000, "Germany"),
        ("cow", 265, 1970, "East Germany"),
        ("cow", 300, 1900, "Austria-Hungary"),
        ("cow", 345, 1900, "Serbia"),
        ("cow", 345, 1970, "Yugoslavia"),
        ("gw", 345, 1995, "Serbia and Montenegro"),
        ("gw", 345, 2006, "Serbia"),
        ("cow", 365, 1970, "Russia"),
        ("cow", 640, 1900, "Ottoman Empire"),
        ("cow", 640, 1950, "Turkey"),
        ("cow", 678, 1970, "North Yemen"),
        ("cow", 679, 1995, "Yemen"),
        ("gw", 678, 1995, "Yemen"),
    ],
)
def test_a_number_is_the_state_of_its_system_and_year(
    system: str, number: int, year: int, name: str
) -> None:
    assert named(system, number, year) == name


def test_no_state_that_is_no_more_is_taken_for_one_of_today() -> None:
    today = {actor.name for actor in reference.load() if dict(actor.ids).get("iso2")}

    assert not today & {
        named(gone.only or "cow", gone.number, gone.last) for gone in GONE if gone.last < 9999
    }
    assert not today & {named("cow", gone.number, 1900) for gone in GONE if gone.last == 9999}


@pytest.mark.parametrize("number", [3, 999, 123456789])
def test_a_number_of_nobody_is_refused_with_its_year(number: int) -> None:
    with pytest.raises(InvalidRecord, match=f"{number} is the number of no state .* in 1950"):
        named("cow", number, 1950)


def test_a_state_that_is_no_more_is_found_by_name_in_its_years_only() -> None:
    found = gone_called("Yemen People's Republic", 1980)

    assert found is not None
    assert found.name == "South Yemen"
    assert gone_called("Prussia", 1900) is None
    assert gone_called("Iran", 1900) is None
