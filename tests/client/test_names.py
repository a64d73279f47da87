from datetime import date

import pytest

from graph_service.client import Client, NotFound
from tests.client.proposals import Json


def actor(id_: str, name: str, *aliases: str) -> Json:
    others = [{"text": alias, "scope": "name"} for alias in aliases]
    return {"record": "actor", "id": id_, "kind": "state", "name": name, "aliases": others}


@pytest.mark.parametrize("name", ["iran", "Iran", "IRAN", "Tehran", "tehran"])
def test_an_actor_is_known_by_id_name_and_alias(name: str, here: Client) -> None:
    assert here.resolve(name) == "iran"


@pytest.mark.parametrize("name", ["Tehra", "Hams", "nobody at all", "a/b?c#d", "%2e%2e"])
def test_what_is_nearly_a_name_is_never_taken_for_it(name: str, here: Client) -> None:
    with pytest.raises(NotFound, match="nobody is called"):
        here.resolve(name)


def test_a_misspelt_name_comes_with_what_may_be_meant(here: Client) -> None:
    with pytest.raises(NotFound) as raised:
        here.leverage("Hams")

    assert raised.value.suggestions == ("hamas",)
    assert "Did you mean: hamas?" in str(raised.value)


def test_an_alias_of_two_actors_is_refused_with_both(own: Client) -> None:
    own.propose([actor("georgia", "Sakartvelo", "Georgia"), actor("us-georgia", "GA", "Georgia")])

    with pytest.raises(NotFound, match="may mean georgia or us-georgia") as raised:
        own.resolve("Georgia ")

    assert sorted(raised.value.suggestions) == ["georgia", "us-georgia"]


def test_a_main_name_does_not_hide_an_alias_of_another(own: Client) -> None:
    own.propose([actor("sakartvelo", "Georgia"), actor("us-georgia", "GA", "Georgia")])

    found = own.meant("Georgia, ")

    assert (found.actor, [one.actor for one in found.candidates]) == (
        None,
        ["sakartvelo", "us-georgia"],
    )


def test_who_is_meant_comes_with_the_reason(here: Client) -> None:
    assert here.meant("Tehran").reason == '"Tehran" stands for Iran'
    assert here.meant("Tehran", kind="person").actor is None
    assert here.meant("St. Petersburg", as_of="1900-01-01").actor == "russia"


def test_a_question_means_who_was_called_so_on_its_day(here: Client) -> None:
    answer = here.leverage("St. Petersburg", as_of=date(1900, 1, 1))
    assert answer.target.id == "russia"
    with pytest.raises(NotFound, match="not on"):
        here.leverage("St. Petersburg", as_of="2024-01-01")


def test_pairs_are_proposed_until_they_are_judged(own: Client) -> None:
    own.propose([actor("sakartvelo", "Georgia"), actor("us-georgia", "GA", "Georgia")])

    [pair] = own.candidates("sakartvelo")
    assert (pair.left, pair.right, pair.against) == ("sakartvelo", "us-georgia", ())

    own.judge("sakartvelo", "us-georgia", "different", reason="a state and a part of another")
    assert own.candidates() == []
