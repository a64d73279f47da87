import pytest

from graph_service.domain.claims import Strength
from graph_service.importers import alliances, alliances_conflicts, alliances_rivalries
from tests.importers.alliances import (
    CONFLICTS,
    COW,
    RIVALS,
    STRATEGIC,
    atop,
    claims,
    cow,
    of,
    records,
)


def test_years_of_a_dyad_become_unbroken_runs() -> None:
    found = atop(
        "630.0,645.0,1955.0,1.0,0.0,0.0,0.0,1.0",
        "630.0,645.0,1957.0,1.0,0.0,0.0,0.0,0.0",
        "630.0,645.0,1956.0,1.0,0.0,0.0,0.0,0.0",
        "630.0,645.0,1970.0,1.0,0.0,0.0,0.0,0.0",
        "2,200,1990,1,0,0,0,0",
    )

    assert claims(found.graph) == {
        ("iran", "allied_with", "iraq", "1955/1957"),
        ("iran", "allied_with", "iraq", "1970"),
        ("united-kingdom", "allied_with", "united-states", "1990/"),
    }
    assert found.summary.rows == found.summary.taken == 5


def test_both_sides_of_a_dyad_tell_of_one_alliance() -> None:
    found = atop("630,645,1955,1,0,0,0,1", "645,630,1955,1,0,0,0,1", "645,630,1955,1,0,0,0,1")

    (record,) = records(found.graph)
    assert record.evidence[0].locator == "1955-1955: defence, consultation"
    assert found.summary.taken == 2
    assert found.summary.skipped == {"said by an earlier row": 1}


def test_a_treaty_without_a_promise_to_fight_is_a_weak_one_and_a_run_of_its_own() -> None:
    found = atop(
        "630,645,1955,0,0,0,1,0",
        "630,645,1956,0,0,0,1,1",
        "630,645,1957,1,0,0,1,0",
        "645,630,1956,0,0,1,0,0",
        "2,200,1990,1,0,0,0,0",
    )

    pieces = {
        record.claim.when.text: (record.evidence[0].strength, record.evidence[0].locator)
        for record in records(found.graph)
    }
    assert pieces == {
        "1955/1956": (Strength.WEAK, "1955-1956: neutrality, non-aggression, consultation"),
        "1957": (None, "1957-1957: defence, non-aggression"),
        "1990/": (None, "1990-1990: defence"),
    }


def test_a_state_of_today_has_no_alliance_of_another_of_its_number() -> None:
    found = atop("255,300,1866,1,0,0,0,0", "255,300,1867,1,0,0,0,0", "255,300,1879,1,0,0,0,0")

    assert claims(found.graph) == {
        ("austria-hungary", "allied_with", "prussia", "1866/1867"),
        ("austria-hungary", "allied_with", "germany", "1879/"),
    }


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("999,645,1955,1,0,0,0,1", "ccode1", "number of no state"),
        ("630,,1955,1,0,0,0,1", "ccode2", "no whole number"),
        ("630,645,20240230,1,0,0,0,1", "year", "no year"),
        ("630,645,1955,1,0,0,0", None, "7 cells"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_line(row: str, field: str, says: str) -> None:
    found = atop("2,200,1990,1,0,0,0,0", row)

    (refusal,) = found.refused
    assert (refusal.line, refusal.field) == (3, field)
    assert says in refusal.reason


def test_a_year_without_obligation_and_a_tie_of_a_state_to_itself_are_passed_over() -> None:
    found = atop("630,645,1955,0,0,0,0,0", "255,260,1990,1,0,0,0,0")

    assert found.summary.skipped == {
        "no obligation in that year": 1,
        "a tie of an actor to itself": 1,
    }


def test_treaties_keep_their_days() -> None:
    found = cow(
        "1,630,Iran,645,Iraq,24,2,1955,24,3,1959,0,0,1,0,0,1",
        "2,2,United States,200,United Kingdom,4,4,1949,,,,0,1,1,0,0,0",
        "3,300,Austria-Hungary,325,Italy,1,1,1816,15,3,1848,1,0,0,0,1,0",
    )

    assert claims(found.graph) == {
        ("iran", "allied_with", "iraq", "1955-02-24/1959-03-24"),
        ("united-kingdom", "allied_with", "united-states", "1949-04-04/"),
        ("austria-hungary", "allied_with", "sardinia-piedmont", "[..1816-01-01]/1848-03-15"),
    }
    weak = {record.claim.when.text: record.evidence[0] for record in records(found.graph)}
    assert weak["[..1816-01-01]/1848-03-15"].strength is Strength.WEAK
    assert weak["1949-04-04/"].locator == "alliance 2: defence"


def test_a_treaty_told_in_every_year_is_one_claim() -> None:
    row = "1,630,Iran,645,Iraq,24,2,1955,24,3,1959,0,0,1,0,0,1"
    turned = "1,645,Iraq,630,Iran,24,2,1955,24,3,1959,0,0,1,0,0,1"

    found = of(
        alliances.FORMAT, f"{COW},year", *(f"{row},{y}" for y in (1955, 1956)), f"{turned},1959"
    )

    assert len(records(found.graph)) == 1
    assert found.summary.skipped == {"said by an earlier row": 2}
    assert found.graph.source("cow-alliances-1959").origin == "correlates-of-war"


def test_a_treaty_on_a_day_that_there_is_not_is_refused() -> None:
    found = cow("1,630,Iran,645,Iraq,30,2,1955,24,3,1959,0,0,1,0,0,1")

    assert [refusal.reason for refusal in found.refused] == [
        "'1955-02-30' is not in the calendar",
    ]


@pytest.mark.parametrize("header", [RIVALS, STRATEGIC])
def test_rivalries_are_standing_ties(header: str) -> None:
    found = of(
        alliances_rivalries.FORMAT,
        header,
        "1.0,Iran-Iraq 1,630.0,645.0,1958.0,2010.0,x",
        "2.0,Egypt-Iran,651.0,630.0,1955.0,1971.0,x",
        "3.0,France-Spain,220.0,230.0,1494.0,1700.0,x",
        "4.0,Nobody-Iran,999,630,1955,1971,x",
        "5.0,Egypt-Iran,651,630,1971,1955,x",
    )

    assert claims(found.graph) == {
        ("iran", "rival_of", "iraq", "1958/"),
        ("egypt", "rival_of", "iran", "1955/1971"),
        ("france", "rival_of", "spain", "1494/1700"),
    }
    assert [(refusal.line, refusal.field) for refusal in found.refused] == [
        (5, "ccode1"),
        (6, "endyear" if header == RIVALS else "end"),
    ]


def test_a_conflict_between_states_is_a_war_by_episode() -> None:
    found = of(
        alliances_conflicts.FORMAT,
        CONFLICTS,
        "1,1980,645,,630,,interstate,1980-09-22,1,0,",
        "1,1981,645,2,630,,interstate,1980-09-22,1,0,",
        "1,1981,645,200,630,,interstate,1980-09-22,1,0,",
        "1,1982,645,,630,,interstate,1980-09-22,1,1,1982-08-20",
        "1,1984,630,,645,,interstate,1984-03-01,3,0,",
        "2,1986,750,,,,intrastate,1986-03-01,3,0,",
        "3,1986,645,,690,,2,1986-08-02,5,0,",
    )

    assert claims(found.graph) == {
        ("iran", "at_war_with", "iraq", "1980-09-22/1982-08-20"),
        ("iran", "at_war_with", "iraq", "1984-03/1984"),
        ("iraq", "at_war_with", "kuwait", "1986/"),
    }
    assert found.summary.taken == 6
    assert found.summary.skipped == {"a conflict that is not between states": 1}


def test_several_parties_of_a_side_are_each_at_war_with_each_of_the_other() -> None:
    row = '1,1991,"2, 200",,645,,2,1991-01-17,1,1,1991-02-28'

    found = of(alliances_conflicts.FORMAT, CONFLICTS, row)

    assert {(one, other) for one, _, other, _ in claims(found.graph)} == {
        ("iraq", "united-states"),
        ("iraq", "united-kingdom"),
    }
    assert found.summary.rows == 1


def test_an_episode_that_ends_before_it_starts_is_refused_with_all_its_rows() -> None:
    found = of(
        alliances_conflicts.FORMAT,
        CONFLICTS,
        "1,1980,645,,630,,interstate,1980-09-22,1,0,",
        "1,1981,645,,630,,interstate,1980-09-22,1,1,1979-01-01",
    )

    assert [refusal.line for refusal in found.refused] == [2, 2]
    assert found.summary.rows == 2
