from datetime import date

import pytest
from hypothesis import given

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.names.folding import fold_name
from graph_service.names.index import EXACT, PREFIX, WORDS, Names
from tests.stores.strategies import texts

ACTORS = (
    Actor("hamas", "armed_group", "Hamas", (Alias("Islamic Resistance Movement"),)),
    Actor("hamas-members", "people", "Members of Hamas"),
    Actor("hamadan", "organisation", "Hamadan Steel"),
    Actor("russia", "state", "Russia", (Alias("Moscow", Scope.METONYM),)),
    Actor("moscow-radio", "organisation", "Radio", (Alias("Moscow", Scope.FORMER),)),
    Actor("sisi", "person", "Abdel Fattah el-Sisi", (Alias("El-Sīsī"),)),
    Actor("united-states", "state", "United States", (Alias("U.S.", Scope.ACRONYM),)),
    Actor("georgia", "state", "Georgia"),
    Actor("georgia-us", "government", "State of Georgia", (Alias("Georgia"),)),
)


@pytest.fixture
def names() -> Names:
    return Names(ACTORS)


def found(names: Names, text: str, kind: str | None = None) -> list[tuple[str, str]]:
    return [(f.name.actor, f.name.text) for f in names.search(text, kind=kind)]


def test_the_exact_name_comes_before_its_beginning_and_that_before_a_word_in_it(
    names: Names,
) -> None:
    scores = {f.name.actor: f.score for f in names.search("hama")}
    assert scores == {"hamas": PREFIX, "hamadan": PREFIX, "hamas-members": WORDS}

    exact, word = names.search("HAMAS")
    assert (exact.name.actor, exact.score) == ("hamas", EXACT)
    assert (word.name.actor, word.score) == ("hamas-members", WORDS)


@pytest.mark.parametrize("text", ["el-sisi", "El-Sīsī", "EL SISI", "Ēl-Sisi"])
def test_case_accents_and_punctuation_do_not_matter(names: Names, text: str) -> None:
    assert found(names, text) == [("sisi", "El-Sīsī")]


def test_dots_of_an_acronym_do_not_matter(names: Names) -> None:
    assert found(names, "us")[0] == ("united-states", "U.S.")


def test_a_metonym_says_that_it_is_one(names: Names) -> None:
    match = names.search("moscow", kind="state")[0]

    assert (match.name.actor, match.name.scope) == ("russia", Scope.METONYM)


def test_an_actor_is_found_once_by_its_best_name(names: Names) -> None:
    assert found(names, "islamic") == [("hamas", "Islamic Resistance Movement")]


def test_a_misspelt_name_is_found_where_nothing_else_fits(names: Names) -> None:
    assert found(names, "Hammas")[0] == ("hamas", "Hamas")
    assert found(names, "Rusia") == [("russia", "Russia")]
    assert found(names, "Xylophone") == []


def test_only_actors_of_the_kind_are_found(names: Names) -> None:
    assert found(names, "hamas", kind="people") == [("hamas-members", "Members of Hamas")]


def test_a_name_that_two_actors_bear_calls_both(names: Names) -> None:
    assert names.called("Moscow") == ["moscow-radio", "russia"]


def test_a_main_name_does_not_hide_others_who_are_called_so(names: Names) -> None:
    assert names.called("georgia") == ["georgia", "georgia-us"]
    assert names.called("georgia", kinds=frozenset({"state"})) == ["georgia"]


def test_nobody_is_called_by_what_people_of_a_state_are_called(names: Names) -> None:
    names.put(Actor("france", "state", "France", (Alias("French", Scope.DEMONYM),)))

    assert names.called("French") == []
    assert found(names, "french") == [("france", "French")]


def test_a_name_out_of_use_on_a_day_calls_nobody_then(names: Names) -> None:
    capital = Alias("Bonn", Scope.METONYM, None, "1949", "1999")
    names.put(Actor("germany", "state", "Germany", (capital,)))

    assert names.called("Bonn", day=date(1980, 1, 1).toordinal()) == ["germany"]
    assert names.called("Bonn", day=date(1999, 12, 31).toordinal()) == ["germany"]
    assert names.called("Bonn", day=date(2000, 1, 1).toordinal()) == []


def test_an_identifier_leads_to_its_actor_whatever_its_case(names: Names) -> None:
    names.put(Actor("iran", "state", "Iran", ids=(("iso2", "IR"),)))

    assert (names.identified("iso2", "ir"), names.identified("iso3", "IR")) == ("iran", None)


def test_an_identifier_that_two_actors_have_leads_to_nobody(names: Names) -> None:
    names.put(Actor("one", "state", "One", ids=(("cow", "1"),)))
    names.put(Actor("other", "state", "Other", ids=(("cow", "1"),)))

    assert names.identified("cow", "1") is None
    names.put(Actor("other", "state", "Other"))
    assert names.identified("cow", "1") == "one"


def test_a_renamed_actor_is_found_by_its_new_name_only(names: Names) -> None:
    names.put(Actor("hamadan", "organisation", "Alvand Steel"))

    assert names.called("Hamadan Steel") == []
    assert names.called("Alvand Steel") == ["hamadan"]


@pytest.mark.parametrize("text", ["", " ", "!?", "'"])
def test_nothing_is_called_nothing(names: Names, text: str) -> None:
    names.put(Actor("band", "organisation", "!!!"))

    assert names.search(text) == []
    assert names.called(text) == []


@given(text=texts)
def test_folding_a_folded_name_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)
