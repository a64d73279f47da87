"""Leverage in scenarios, beside the same question put to a naive view of each of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.graph.scenarios import Draws, Omissions, OmittedClaim, Scenarios
from graph_service.graph.view import Counting, Frame, View
from graph_service.queries.budget import Budget
from graph_service.queries.counterfactuals import NOTHING
from graph_service.queries.leverage import leverage
from graph_service.queries.otherwise import Asked, values_in
from graph_service.queries.ways import COERCION, INFLUENCE, ways
from tests.stories import frame, index_view, naive_view
from tests.worlds import World, crowd, dense_worlds, frames, tight_worlds, vocabulary, worlds

CHANNELS = (None, "all", frozenset({"sticks"}), frozenset({"carrots", "command"}))
Values = dict[str, float]


def values(
    view: View,
    target: str,
    name: str,
    scenarios: Scenarios,
    *,
    hops: int = 3,
    channels: object = None,
) -> list[Values]:
    """What everybody has over the target, scenario by scenario, by the engine."""
    everybody = tuple(code for code in range(len(view.actors)))
    way = ways(view.ontology, channels)[name]  # type: ignore[arg-type] # as asked
    asked = Asked(view, view.actors.code(target), way, hops, everybody)
    found = values_in(asked, view.under(scenarios), Budget())
    assert found is not None
    return [dict(zip(map(view.actors.id, everybody), row, strict=True)) for row in found.tolist()]


def answered(view: View, target: str, name: str, **asked: object) -> Values:
    """What everybody has over the target by the question itself."""
    data = leverage(view, target, limit=1000, paths=1, **asked).data  # type: ignore[arg-type]
    if name == INFLUENCE:
        return {entry.actor.id: entry.leverage for entry in data.ranking}
    return {entry.actor.id: entry.coercion for entry in data.coercion}


def same(found: Values, expected: Values) -> bool:
    return found == pytest.approx(dict.fromkeys(found, 0.0) | expected, rel=0, abs=1e-9)


def everything(world: World, view: View) -> Omissions:
    """Each claim and each origin of a world left out."""
    claims = {one.claim.id: one.claim for one in world.sayings}
    code = view.actors.code
    return Omissions(
        tuple(OmittedClaim(id_, code(c.subject), code(c.object)) for id_, c in claims.items()),
        tuple(sorted({source.origin_or_self for _, source in world.sources})),
    )


any_worlds = st.one_of(dense_worlds(), worlds(), tight_worlds())


@given(any_worlds, frames(), st.sampled_from((1, 2, 3)), st.sampled_from(CHANNELS))
def test_every_draw_is_the_question_put_to_the_evidence_that_was_kept(
    world: World, where: Frame, hops: int, channels: object
) -> None:
    story = world.story()
    naive, index = naive_view(story, where), index_view(story, where)
    kept = naive.under(Draws(3)).views

    for name in (INFLUENCE, COERCION):
        found = values(index, "a", name, Draws(3), hops=hops, channels=channels)
        for one, view in zip(found, kept, strict=True):
            assert same(one, answered(view, "a", name, hops=hops, channels=channels))


@given(any_worlds, frames(), st.sampled_from((INFLUENCE, COERCION)))
def test_what_is_left_out_is_as_if_it_had_not_been_said(
    world: World, where: Frame, name: str
) -> None:
    story = world.story()
    naive, index = naive_view(story, where), index_view(story, where)
    omissions = everything(world, index)
    left = naive.under(omissions).views

    found = values(index, "b", name, omissions)
    for one, view in zip(found, left, strict=True):
        assert same(one, answered(view, "b", name))


@given(dense_worlds(), frames())
def test_a_story_without_the_claim_gives_what_leaving_it_out_gives(
    world: World, where: Frame
) -> None:
    index = index_view(world.story(), where)
    claims = everything(world, index).claims
    found = values(index, "a", INFLUENCE, Omissions(claims))

    for claim, one in zip(claims, found, strict=True):
        rest = world
        for saying in world.claims()[claim.id]:
            rest = rest.without(saying)
        assert same(one, answered(index_view(rest.story(), where), "a", INFLUENCE))


@given(dense_worlds(), frames(), st.sampled_from((1, 2, 3)), st.sampled_from((2, 3)))
def test_with_nothing_left_out_it_is_the_point_answer_however_wide_it_looks(
    world: World, where: Frame, width: int, hops: int
) -> None:
    index = index_view(world.story(vocabulary(width)), where)

    for name in (INFLUENCE, COERCION):
        (found,) = values(index, "a", name, NOTHING, hops=hops)
        assert same(found, answered(index, "a", name, hops=hops))


@pytest.mark.parametrize("width", [6, 64])
def test_with_nothing_left_out_it_is_the_point_answer_in_a_crowd(width: int) -> None:
    story = crowd(seed=width, actors=90, said=1500).story(vocabulary(width))
    index = index_view(story, frame("2024-07-31"))

    for target in ("n000", "n001", "n050"):
        (found,) = values(index, target, INFLUENCE, NOTHING)
        assert same(found, answered(index, target, INFLUENCE))


@given(any_worlds, frames())
def test_the_naive_view_and_the_index_draw_alike(world: World, where: Frame) -> None:
    story = world.story()
    naive, index = naive_view(story, where), index_view(story, where)

    for scenarios in (Draws(3), everything(world, index)):
        for target in ("a", "b"):
            found = values(index, target, INFLUENCE, scenarios)
            expected = values(naive, target, INFLUENCE, scenarios)
            assert all(map(same, found, expected))


@given(any_worlds, frames(), st.sampled_from(list(Counting)))
def test_both_views_count_alike(world: World, where: Frame, counting: Counting) -> None:
    story = world.story()
    naive, index = (view(story, where).counted(counting) for view in (naive_view, index_view))

    for target in ("a", "b"):
        for name in (INFLUENCE, COERCION):
            assert same(
                dict.fromkeys(world.names, 0.0) | answered(index, target, name),
                answered(naive, target, name),
            )


@given(dense_worlds(), frames(), st.sampled_from((("a", "c"), ("b", "d"), ("e", "f"))))
def test_actors_that_are_one_are_drawn_and_left_out_as_one(
    world: World, where: Frame, one: tuple[str, str]
) -> None:
    story = world.story().judged(*one)
    naive, index = naive_view(story, where), index_view(story, where)

    for scenarios in (Draws(3), everything(world, index)):
        views = naive.under(scenarios).views
        found = values(index, "a", INFLUENCE, scenarios)
        for drawn, view in zip(found, views, strict=True):
            assert same(drawn, answered(view, "a", INFLUENCE))
