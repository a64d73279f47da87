import pytest

from graph_service.queries.answers import as_json
from graph_service.queries.neighbours import TieFilters, neighbours
from tests.conftest import Fold
from tests.queries.neighbourhoods import (
    TODAY,
    ask,
    dossier,
    ids,
    next_cursor,
    tie_names,
)
from tests.stories import Story


def test_the_actor_with_the_strongest_tie_comes_first(fold: Fold) -> None:
    assert ids(ask(fold)) == [["iran", "qatar", "egypt"]]


def test_equally_strong_ones_are_ordered_by_id(fold: Fold) -> None:
    story = Story()
    for actor in ("chad", "mali", "benin", "togo"):
        story.says("a", "supplies", actor)
    view = fold(story, TODAY)

    assert ids(neighbours(view, "a").data) == [["benin", "chad", "mali", "togo"]]
    first = neighbours(view, "a", limit=3)
    assert ids(first.data) == [["benin", "chad", "mali"]]
    assert ids(neighbours(view, "a", limit=3, cursor=next_cursor(first)).data) == [["togo"]]


def test_each_actor_appears_at_the_first_hop_that_reaches_it(fold: Fold) -> None:
    assert ids(ask(fold, hops=2)) == [["iran", "qatar", "egypt"], ["united-states"]]
    assert ids(ask(fold, hops=3)) == [["iran", "qatar", "egypt"], ["united-states"], []]


def test_the_ties_of_a_farther_actor_say_with_whom(fold: Fold) -> None:
    (america,) = ask(fold, hops=2).hops[1]

    assert {tie_names(tie) for tie in america.ties} == {
        ("qatar", "allied_with", "united-states"), ("united-states", "sanctions", "iran"),
    }  # fmt: skip
    assert {tie.relation: tie.direction for tie in america.ties} == {
        "allied_with": "both", "sanctions": "in",
    }  # fmt: skip


def test_a_tie_tells_its_family_sign_direction_and_period(fold: Fold) -> None:
    (iran, _, egypt) = ask(fold).hops[0]
    arms, backs = iran.ties
    told = {tie.relation: tie for tie in egypt.ties}

    assert (arms.relation, arms.family, arms.sign, arms.direction) == (
        "arms", "patronage", "+", "in",
    )  # fmt: skip
    assert (arms.since, arms.until) == ("2024-06-01", "2024-06-01")
    assert (backs.since, backs.until) == ("2012-12-31", None)
    assert (told["denounces"].family, told["denounces"].direction) == (None, "out")


def test_a_tie_lasts_from_its_earliest_claim_to_its_latest(fold: Fold) -> None:
    story = Story().source("wire", published="2024-09-01")
    story.says("a", "supplies", "b", when="2019-02-01/2020-03-01")
    story.says("a", "supplies", "b", when="2022-04-01/2023-05-01")

    (tie,) = neighbours(fold(story, TODAY), "a").data.hops[0][0].ties

    assert (tie.since, tie.until) == ("2019-02-01", "2023-05-01")
    assert len(tie.claims) == 2


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"relations": frozenset({"meets", "arms"})}, ["iran", "qatar"]),
        ({"families": frozenset({"mediation"})}, ["egypt"]),
        ({"sign": "+"}, ["iran"]),
        ({"sign": "-"}, ["egypt"]),
        ({"sign": "0"}, ["qatar", "egypt"]),
        ({"direction": "out"}, ["qatar", "egypt"]),
        ({"direction": "in"}, ["iran", "qatar", "egypt"]),
        ({"among": frozenset({"egypt", "united-states"})}, ["egypt"]),
        ({"families": frozenset({"mediation"}), "sign": "-"}, []),
        ({"relations": frozenset()}, ["iran", "qatar", "egypt"]),
    ],
)
def test_only_ties_that_the_filters_let_through_are_shown(
    fold: Fold, wanted: dict[str, object], expected: list[str]
) -> None:
    found = ask(fold, filters=TieFilters(**wanted))  # type: ignore[arg-type]

    got = ids(found)[0]
    assert sorted(got) == sorted(expected)


def test_the_mixed_sign_keeps_actors_with_ties_of_both(fold: Fold) -> None:
    story = (
        Story().says("a", "arms", "b", when="2024-01-01").says("a", "meets", "b", when="2024-01-01")
    )
    story.says("b", "denounces", "a", when="2024-01-01").says("a", "arms", "c", when="2024-01-01")

    (hop,) = neighbours(fold(story, TODAY), "a", filters=TieFilters(sign="mixed")).data.hops

    assert [one.actor.id for one in hop] == ["b"]
    assert {tie.relation for tie in hop[0].ties} == {"arms", "meets", "denounces"}


def test_when_the_filters_leave_nothing_the_relations_around_are_counted(fold: Fold) -> None:
    nothing = ask(fold, filters=TieFilters(relations=frozenset({"funds"})))

    assert ids(nothing) == [[]]
    assert nothing.available == {"backs": 1, "arms": 1, "meets": 1, "mediates": 1, "denounces": 1}
    assert ask(fold).available == {}


def test_ties_left_out_for_their_dates_are_counted(fold: Fold) -> None:
    story = dossier().says("syria", "arms", "hamas", when="2024")

    coverage = neighbours(fold(story, TODAY), "hamas").meta.coverage

    assert coverage.held_back == 1
    assert coverage.hint == "ask with dates=possible to see what is held back"


def test_a_sign_may_come_as_the_plain_text_of_json(fold: Fold) -> None:
    first = as_json(ask(fold))["hops"][0][0]

    assert list(first) == ["actor", "ties"]
    assert first["actor"] == {"id": "iran", "name": "Iran", "kind": "state"}
    assert first["ties"][0]["sign"] == "+"


def test_a_tie_whose_start_nobody_told_has_no_since(fold: Fold) -> None:
    story = Story().source("wire", published="2024-09-01").says("a", "backs", "b", when="/..")
    story.says("a", "backs", "b", when="2020/..").says("a", "backs", "c", when="2020/..")

    near = neighbours(fold(story, TODAY), "a").data.hops[0]

    assert {one.actor.id: one.ties[0].since for one in near} == {"b": None, "c": "2020-12-31"}
