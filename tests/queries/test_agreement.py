"""The product's leverage and the oracle's, in generated worlds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.graph.view import Frame, View
from graph_service.queries.leverage import Entry, leverage
from tests.oracle import Graph, Held, build, exclusivity, leverage_over, net
from tests.stories import frame, index_view, naive_view
from tests.worlds import (
    World,
    crowd,
    dense_worlds,
    folding_frames,
    frames,
    vocabulary,
    worlds_of_states,
)

STICKS = frozenset({"sticks"})
CHANNELS = (None, "all", STICKS, frozenset({"carrots", "sticks"}), frozenset({"command"}))
TODAY = frame("2024-07-31")
NOTHING = Held(0.0, 0.0, [])


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-12, abs=1e-12)


def ranked(
    view: View, target: str, *, hops: int = 3, channels: str | frozenset[str] | None = None
) -> dict[str, Entry]:
    answer = leverage(view, target, hops=hops, channels=channels, limit=1000, paths=1000)
    return {entry.actor.id: entry for entry in answer.data.ranking}


@given(
    dense_worlds(),
    frames(),
    st.sampled_from((1, 2, 3, 64)),
    st.sampled_from((1, 2, 3)),
    st.sampled_from(CHANNELS),
)
def test_leverage_agrees_with_the_oracle_however_wide_it_looks(
    world: World, frame: Frame, width: int, hops: int, channels: str | frozenset[str] | None
) -> None:
    story = world.story(vocabulary(width))
    view, graph = index_view(story, frame), build(naive_view(story, frame))

    for target in world.names:
        if target != "unknown":
            expected = leverage_over(graph, target, hops=hops, channels=channels)
            found = ranked(view, target, hops=hops, channels=channels)
            assert {a: one.leverage for a, one in found.items()} == {
                a: close(one.leverage) for a, one in expected.items()
            }


@given(worlds_of_states(), folding_frames(), st.sampled_from((1, 2, 64)), st.sampled_from(CHANNELS))
def test_leverage_at_the_level_of_states_agrees_with_the_oracle(
    world: World, frame: Frame, width: int, channels: str | frozenset[str] | None
) -> None:
    story = world.story(vocabulary(width))
    view, graph = index_view(story, frame), build(naive_view(story, frame))

    for target in set(world.names) - {"unknown", *view.folded}:
        expected = leverage_over(graph, target, channels=channels)
        found = ranked(view, target, channels=channels)
        assert {a: one.leverage for a, one in found.items()} == {
            a: close(one.leverage) for a, one in expected.items()
        }


@pytest.mark.parametrize(("width", "channels"), [(64, None), (6, "all"), (6, STICKS)])
def test_leverage_agrees_with_the_oracle_in_a_crowd(
    width: int, channels: str | frozenset[str] | None
) -> None:
    story = crowd(seed=width, actors=90, said=1500).story(vocabulary(width))
    view, graph = index_view(story, TODAY), build(naive_view(story, TODAY))

    for target in ("n000", "n001", "n050"):
        expected = leverage_over(graph, target, channels=channels)
        answer = leverage(view, target, channels=channels, limit=1000, paths=1)
        assert answer.meta.truncated is not None
        assert {entry.actor.id: entry.leverage for entry in answer.data.ranking} == {
            a: close(one.leverage) for a, one in expected.items()
        }


@given(dense_worlds(), frames(), st.sampled_from((2, 64)), st.sampled_from(CHANNELS))
def test_every_figure_of_one_actor_agrees_with_the_oracle(
    world: World, frame: Frame, width: int, channels: str | frozenset[str] | None
) -> None:
    story = world.story(vocabulary(width))
    view, graph = index_view(story, frame), build(naive_view(story, frame))

    expected = leverage_over(graph, "a", channels=channels)
    coercion = leverage_over(graph, "a", channels=STICKS)
    for actor in expected:
        (entry,) = leverage(view, "a", by=actor, channels=channels, uncertainty=False).data.ranking
        assert entry.leverage == close(expected[actor].leverage)
        assert entry.coercion == close(coercion.get(actor, NOTHING).leverage)
        assert entry.net == close(net(graph, actor, "a", channels=channels))
        assert entry.exclusivity == close(exclusivity(expected, actor))
        assert entry.channels == close_channels(graph, actor)
        assert [(one.actors, one.kind, one.weight) for one in entry.paths] == [
            (one.actors, one.kind, close(one.weight)) for one in expected[actor].paths
        ]


def close_channels(graph: Graph, actor: str) -> dict[str, object]:
    return {
        name: close(
            leverage_over(graph, "a", channels=frozenset({name})).get(actor, NOTHING).leverage
        )
        for name in vocabulary().channels
    }


@given(dense_worlds(), frames())
def test_both_rankings_hold_everybody_who_has_any_strongest_first(
    world: World, frame: Frame
) -> None:
    view = index_view(world.story(), frame)
    graph = build(view)

    data = leverage(view, "a", limit=1000).data
    for entries, channels in ((data.ranking, None), (data.coercion, STICKS)):
        held = leverage_over(graph, "a", channels=channels)
        assert {entry.actor.id for entry in entries} == set(held)
    influence = [(-entry.leverage, entry.actor.id) for entry in data.ranking]
    coercion = [(-entry.coercion, entry.actor.id) for entry in data.coercion]
    assert influence == sorted(influence)
    assert coercion == sorted(coercion)
