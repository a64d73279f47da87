from datetime import date

import pytest

from graph_service import reference
from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.names.index import Names
from graph_service.names.lending import Lender
from graph_service.names.resolution import LIMIT, Context, Resolution, resolve

ACTORS = (
    Actor("russia", "state", "Russia", (Alias("Moscow", Scope.METONYM),)),
    Actor("united-states", "state", "United States", (Alias("Washington", Scope.METONYM),)),
    Actor("george-washington", "person", "George Washington", (Alias("Washington"),)),
    Actor(
        "germany",
        "state",
        "Germany",
        (Alias("Bonn", Scope.METONYM, None, "1949", "1999"), Alias("German", Scope.DEMONYM)),
    ),
    Actor("hassan-nasrallah", "person", "Hassan Nasrallah", (Alias("Nasrallah"),)),
    Actor("emile-nasrallah", "person", "Emile Nasrallah", (Alias("Nasrallah"),)),
    Actor("georgia", "state", "Georgia"),
    Actor("georgia-us", "government", "State of Georgia", (Alias("Georgia"),)),
    Actor(
        "ansar-allah", "armed_group", "Houthis", (Alias("Ansar Allah"), Alias("Houthi movement"))
    ),
)


@pytest.fixture
def names() -> Names:
    return Names(ACTORS)


def candidates(found: Resolution) -> list[str]:
    return [one.actor for one in found.candidates]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Russia", "russia"),
        ("MOSCOW", "russia"),
        ("Ansar Allah", "ansar-allah"),
        ("Houthi movement", "ansar-allah"),
        ("German", "germany"),
    ],
)
def test_a_name_of_one_actor_is_that_actor(names: Names, text: str, actor: str) -> None:
    assert resolve(names, text).actor == actor


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Washington", ["george-washington", "united-states"]),
        ("Nasrallah", ["emile-nasrallah", "hassan-nasrallah"]),
        ("Georgia", ["georgia", "georgia-us"]),
    ],
)
def test_a_name_of_several_is_answered_with_all_and_never_guessed(
    names: Names, text: str, actors: list[str]
) -> None:
    found = resolve(names, text)
    assert (found.actor, candidates(found)) == (None, actors)
    assert found.reason == f'"{text}" may mean {actors[0]} or {actors[1]}: say which'


def test_the_kind_that_is_meant_decides(names: Names) -> None:
    person = resolve(names, "Washington", Context(kinds=frozenset({"person"})))
    state = resolve(names, "Washington", Context(kinds=frozenset({"state"})))
    assert (person.actor, state.actor) == ("george-washington", "united-states")
    assert state.reason == '"Washington" stands for United States'


def test_a_seat_stands_for_its_state_only_in_its_time(names: Names) -> None:
    then = resolve(names, "Bonn", Context(day=date(1980, 1, 1).toordinal()))
    assert (then.actor, then.reason) == ("germany", '"Bonn" stands for Germany (1949 to 1999)')
    now = resolve(names, "Bonn", Context(day=date(2024, 1, 1).toordinal()))
    assert (now.actor, candidates(now)) == (None, ["germany"])
    assert now.reason == '"Bonn" stands for Germany (1949 to 1999), and not on 2024-01-01'


def test_a_name_of_another_kind_is_told_and_not_taken(names: Names) -> None:
    found = resolve(names, "Moscow", Context(kinds=frozenset({"person"})))
    assert (found.actor, candidates(found)) == (None, ["russia"])
    assert found.reason == '"Moscow" stands for Russia, which is a state'


def test_a_misspelt_name_is_answered_with_those_that_come_near(names: Names) -> None:
    found = resolve(names, "Hassan Nasralla")
    assert (found.actor, candidates(found)[:1]) == (None, ["hassan-nasrallah"])
    assert found.reason == 'nobody is called "Hassan Nasralla"'


def test_actors_that_go_by_one_id_are_one(names: Names) -> None:
    one = Context(canonical=lambda id_: id_.replace("-us", ""))
    assert resolve(names, "Georgia", one).actor == "georgia"


def test_the_exact_name_goes_before_every_other_spelling(names: Names) -> None:
    names.put(Actor("rusia", "organisation", "Rusia"))
    assert resolve(names, "Rusia").actor == "rusia"


def test_names_are_lent_to_the_actor_that_they_are_true_of() -> None:
    names = Names()
    lender = Lender(reference.load())
    lender.put(Actor("russia", "state", "Russia"), names)
    lender.put(Actor("iran", "state", "Something else"), names)
    lender.put(Actor("france", "organisation", "France"), names)
    assert resolve(names, "the Kremlin").actor == "russia"
    assert names.identified("iso3", "RUS") == "russia"
    assert [resolve(names, seat).actor for seat in ("Tehran", "Paris")] == [None, None]


def test_a_name_that_an_actor_has_goes_before_one_that_is_lent_to_another() -> None:
    names = Names()
    lender = Lender(reference.load())
    lender.put(Actor("united-states", "state", "United States"), names)
    assert resolve(names, "the White House").actor == "united-states"
    administration = Actor(
        "biden", "government", "Biden administration", (Alias("The White House"),)
    )
    lender.put(administration, names)
    assert resolve(names, "the White House").actor == "biden"


def test_of_a_name_of_very_many_the_first_are_told() -> None:
    names = Names(Actor(f"m{n:04d}", "agency", "Ministry") for n in range(2_000))
    found = resolve(names, "Ministry")
    assert candidates(found) == [f"m{n:04d}" for n in range(LIMIT)]
    assert (
        found.reason == f'"Ministry" may mean {" or ".join(candidates(found))} or others: say which'
    )
