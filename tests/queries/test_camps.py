"""Alignment, balance, blocs, brokers, comparison and coverage, by hand and by law."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.periods import parse_day
from graph_service.graph.view import Frame
from graph_service.queries.alignment import alignment
from graph_service.queries.balance import balance
from graph_service.queries.blocs import blocs
from graph_service.queries.brokers import brokers
from graph_service.queries.clustering import agreement, clustered, neighbours
from graph_service.queries.comparison import comparison
from graph_service.queries.gaps import gaps
from graph_service.queries.inclination import between
from graph_service.queries.leverage import leverage
from tests.stories import Story, naive_view
from tests.worlds import World, dense_worlds, frames, worlds

P = 0.95 * 0.8
TIES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([-0.9, -0.3, 0.2, 0.7])),
    max_size=10,
).map(lambda ties: [tie for tie in ties if tie[0] < tie[1]])


def camps() -> Story:
    """Two pairs of allies at war across, and E who backs one of either."""
    story = Story().source("paper", published="2024-09-01", reliability="A")
    for one, other in (("a", "b"), ("c", "d")):
        story.says(one, "allied_with", other, when="2020/..", confidence=0.8)
    for one, other in (("a", "c"), ("b", "d"), ("b", "c")):
        story.says(one, "at_war_with", other, when="2024-02-01/..", confidence=0.8)
    story.says("e", "arms", "a", when="2024-09-30", confidence=0.8)
    return story.says("e", "arms", "c", when="2024-09-30", confidence=0.8)


def test_alignment_weighs_patronage_most_and_mediation_not_at_all() -> None:
    story = camps().says("e", "mediates", "a", when="2024-02-01/..", confidence=0.8)
    view = story.index_view()

    friendly, hostile, value = between(view, view.actors.code("e"), view.actors.code("a"))
    assert friendly == pytest.approx(1.5 * P)
    assert hostile == 0
    assert value == pytest.approx(1.5 * P / (1.5 * P + 1))
    told = alignment(view, ("a", "c")).data
    fading = 2 ** (-29 / 365)
    war = 3 * P * fading
    assert told.alignment == pytest.approx(-war / (war + 1))
    assert [(part.relation, str(part.sign)) for part in told.parts] == [("at_war_with", "-")]


def test_a_trend_ends_on_the_day_asked_about_and_begins_where_it_is_wanted() -> None:
    view = camps().index_view()
    told = alignment(view, ("a", "c"), since=parse_day("2022-01-01")).data

    assert [point.day for point in told.trend] == [
        "2022-01-01", "2022-09-30", "2023-09-30", "2024-09-30",
    ]  # fmt: skip
    assert told.change == told.alignment < 0
    with pytest.raises(InvalidQuestion, match="after the day asked about"):
        alignment(view, ("a", "c"), since=parse_day("2025-01-01"))


def test_the_triads_that_do_not_go_together_are_told_with_their_evidence() -> None:
    found = balance(camps().index_view()).data

    # A and B are friends and both fight C; B and C fight D's friend and D; E backs A and C.
    assert (found.triads, found.balanced, found.frustrated) == (3, 2, 1)
    (only,) = found.tensions
    assert {actor.id for actor in only.actors} == {"a", "c", "e"}
    assert only.tension == pytest.approx(min(abs(tie.alignment) for tie in only.ties))
    assert all(tie.claims for tie in only.ties)
    assert found.z is not None
    assert found.draws == 200


def test_what_is_balanced_rests_on_evidence_as_well() -> None:
    named = balance(camps().index_view(), ["a", "b", "c"])

    assert (named.data.triads, named.data.frustrated) == (1, 0)
    assert named.meta.coverage.claims == 3
    strongest = [(tie.actors, str(tie.sign)) for tie in named.data.strongest]
    assert strongest == [(("a", "c"), "-"), (("b", "c"), "-"), (("a", "b"), "+")]
    assert all(tie.claims for tie in named.data.strongest)


def test_without_hostile_ties_the_answer_says_so() -> None:
    story = Story().source("paper", published="2024-09-01")
    for one, other in combinations("abc", 2):
        story.says(one, "allied_with", other, when="2020/..", confidence=0.9)
    found = balance(story.index_view()).data

    assert (found.ratio, found.z) == (1.0, None)
    assert found.reason == "there are no hostile ties among them: every triad is balanced"


@given(dense_worlds(), frames())
def test_balance_counts_what_brute_force_counts(world: World, frame: Frame) -> None:
    view = naive_view(world.story(), frame)
    found = balance(view).data
    codes = [c for c in range(len(view.actors)) if view.actors.kind(c) != "unknown"]
    al = {(a, b): between(view, a, b)[2] for a, b in combinations(codes, 2)}
    every = [
        (al[a, b], al[a, c], al[b, c])
        for a, b, c in combinations(codes, 3)
        if min(abs(al[a, b]), abs(al[a, c]), abs(al[b, c])) >= 0.15
    ]

    assert found.triads == len(every)
    assert found.balanced == sum(bool(np.prod(np.sign(each)) > 0) for each in every)
    tensest = max((min(map(abs, e)) for e in every if np.prod(np.sign(e)) < 0), default=None)
    assert (found.tensions[0].tension if found.tensions else None) == (
        None if tensest is None else pytest.approx(tensest)
    )


def test_friends_stand_together_and_foes_apart() -> None:
    found = blocs(camps().index_view(), ["a", "b", "c", "d"]).data

    members = [{member.actor.id for member in bloc.members} for bloc in found.blocs]
    assert members == [{"a", "b"}, {"c", "d"}]
    assert all(0.5 < (bloc.stability or 0) <= 1 for bloc in found.blocs)
    (only,) = found.oppositions
    assert only.alignment < 0
    assert only.ties == 3


@given(TIES)
def test_no_partition_of_few_actors_is_better_than_the_one_found(
    ties: list[tuple[int, int, float]],
) -> None:
    near = neighbours(6, ties)
    best = max(agreement(near, list(party)) for party in partitions(6))

    assert agreement(near, clustered(near, starts=20)) == pytest.approx(best)


def partitions(count: int) -> list[tuple[int, ...]]:
    """Every partition of so many actors."""
    found: list[tuple[int, ...]] = [()]
    for _ in range(count):
        found = [(*one, n) for one in found for n in range(max(one, default=-1) + 2)]
    return found


def test_a_broker_is_one_without_whom_others_would_have_less() -> None:
    story = Story().source("paper", published="2024-09-01", reliability="A")
    story.says("a", "patron_of", "x", when="2020/..", confidence=0.8)
    story.says("x", "patron_of", "b", when="2020/..", confidence=0.8)
    view = story.index_view()
    (only,) = brokers(view, "b").data.ranking
    held = {one.actor.id: one.leverage for one in leverage(view, "b").data.ranking}

    assert only.actor.id == "x"
    assert only.brokerage == pytest.approx(held["a"])
    assert only.strongest[0].without == pytest.approx(0.0)
    assert only.strongest[0].path.actors == ("a", "x", "b")


@given(dense_worlds(), frames())
def test_brokerage_is_never_more_than_the_influence_that_others_have(
    world: World, frame: Frame
) -> None:
    view = naive_view(world.story(), frame)
    target = view.actors.id(0)
    held = {one.actor.id: one.leverage for one in leverage(view, target, limit=200).data.ranking}

    for broker in brokers(view, target).data.ranking:
        others = sum(value for id_, value in held.items() if id_ != broker.actor.id)
        assert 0 < broker.brokerage <= others + 1e-12


def test_two_actors_are_compared_by_whom_they_move_and_to_whom_they_lean() -> None:
    found = comparison(camps().index_view(), ("a", "d")).data

    leaning = {one.actor.id: one.agree for one in found.friends_and_foes}
    assert leaning == {"b": False, "c": False}
    assert found.agreement is not None
    assert found.agreement < 0
    assert {one.actor.id for one in found.by} >= {"e", "b", "c"}


def test_what_is_not_known_is_counted() -> None:
    story = camps().source("other", published="2015", reliability="B")
    story.says("f", "meets", "a", when="2015-03-01", confidence=0.8)
    found = gaps(story.index_view()).data

    assert found.ties == 8
    assert found.single == 8
    assert found.origins == {"paper": 7, "other": 1}
    assert [(tie.subject, tie.relation, tie.object) for tie in found.stalest] == [
        ("a", "meets", "f")
    ]
    assert ("f", "other") in [(thin.actor.id, thin.origin) for thin in found.thin]
    assert "a" not in [thin.actor.id for thin in found.thin]
    assert found.gaps[0].days > 365


def test_what_is_not_known_of_an_actor_is_told_tie_by_tie() -> None:
    story = (
        camps().source("other", published="2024-09-02").says("e", "arms", "a", when="2024-09-30")
    )
    told = gaps(story.index_view(), "a")

    assert told.meta.coverage.claims == told.data.ties == 3
    assert told.meta.coverage.sources == 2
    assert {(tie.subject, tie.relation, tie.object) for tie in told.data.alone} == {
        ("a", "allied_with", "b"), ("a", "at_war_with", "c"),
    }  # fmt: skip
    (several,) = told.data.corroborated
    assert (several.subject, several.relation, several.object) == ("e", "arms", "a")
    assert all(tie.claims for tie in (*told.data.alone, several))


@given(worlds(), frames())
def test_no_question_about_many_breaks_on_any_world(world: World, frame: Frame) -> None:
    view = naive_view(world.story(), frame)

    for ask in (balance, blocs, brokers, gaps):
        data = ask(view).data
        empty = not (getattr(data, "triads", 1) and getattr(data, "blocs", 1))
        assert not empty or data.reason
