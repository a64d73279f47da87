from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.names.candidates import LEAST, MOST_TOGETHER, candidates

IRAN = Actor("iran", "state", "Iran", (Alias("Tehran", Scope.METONYM),), (("iso3", "IRN"),))


def paired(*actors: Actor) -> list[tuple[str, str]]:
    return [(pair.left, pair.right) for pair in candidates(actors)]


def test_a_shared_identifier_is_worth_more_than_a_shared_name() -> None:
    by_id = Actor("ir", "state", "Persia", ids=(("iso3", "irn"),))
    by_name = Actor("iran-2", "state", "IRAN")
    assert paired(IRAN, by_id, by_name) == [("ir", "iran"), ("iran", "iran-2")]


def test_a_name_spelt_nearly_so_is_proposed_with_both_spellings() -> None:
    pairs = candidates(
        [
            Actor("a", "person", "Hassan Nasrallah"),
            Actor("b", "person", "Hasan Nasrallah"),
            Actor("c", "person", "Nabih Berri"),
        ]
    )
    [pair] = pairs
    assert (pair.left, pair.right) == ("a", "b")
    assert pair.reasons == ("Hassan Nasrallah and Hasan Nasrallah are spelt nearly alike",)


def test_another_kind_speaks_against() -> None:
    [pair] = candidates([IRAN, Actor("band", "organisation", "Iran")])
    assert pair.against == ("one is an organisation, the other a state",)
    assert pair.score == 0.75 / 2


def test_another_identifier_of_one_scheme_speaks_against() -> None:
    one = replace(IRAN, ids=(*IRAN.ids, ("wikidata", "Q794")))
    other = Actor("other", "state", "Iran", ids=(("iso3", "IRQ"), ("wikidata", "q794")))
    [pair] = candidates([one, other])
    assert pair.against == ("their identifiers differ: iso3",)
    assert pair.score == round((1 - 0.1 * 0.25) / 2, 4)


def test_what_people_are_called_makes_no_two_actors_one() -> None:
    one = Actor("congo", "state", "Congo", (Alias("Congolese", Scope.DEMONYM),))
    other = Actor("zaire", "state", "Zaire", (Alias("Congolese", Scope.DEMONYM),))
    assert paired(one, other) == []


def test_what_was_settled_is_not_proposed() -> None:
    other = Actor("iran-2", "state", "Iran")
    assert candidates([IRAN, other], settled=lambda left, right: True) == []


def test_pairs_of_one_actor_are_those_that_it_is_in() -> None:
    actors = [IRAN, Actor("iran-2", "state", "Iran"), Actor("a", "state", "A land"),
              Actor("b", "state", "A land")]  # fmt: skip
    assert len(candidates(actors)) == 2
    assert [pair.left for pair in candidates(actors, about="a")] == ["a"]


def test_nobody_in_particular_is_nobody() -> None:
    assert paired(Actor("unknown", "unknown", "Gunmen"), Actor("g", "armed_group", "Gunmen")) == []


def test_a_name_of_very_many_says_nothing_of_any_two() -> None:
    crowd = [Actor(f"m{n}", "agency", "Ministry") for n in range(MOST_TOGETHER + 1)]
    assert paired(*crowd) == []


@given(
    st.lists(
        st.builds(
            Actor,
            st.sampled_from("abcdef"),
            st.sampled_from(["state", "person"]),
            st.sampled_from(["Iran", "Irann", "Islamic Iran", "Qatar", "Catar"]),
        ),
        max_size=6,
        unique_by=lambda actor: actor.id,
    )
)
def test_every_pair_is_proposed_once_in_order_with_a_score(actors: list[Actor]) -> None:
    pairs = candidates(actors)
    ends = [(pair.left, pair.right) for pair in pairs]
    assert len(set(ends)) == len(ends)
    assert all(left < right for left, right in ends)
    assert all(LEAST <= pair.score < 1 and pair.reasons for pair in pairs)
    assert [pair.score for pair in pairs] == sorted((p.score for p in pairs), reverse=True)
    assert candidates(actors[::-1]) == pairs
