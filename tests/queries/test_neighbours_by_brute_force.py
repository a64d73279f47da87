import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.graph.view import Frame
from graph_service.queries.answers import as_json
from graph_service.queries.neighbours import TieFilters, neighbours
from tests.queries.brute import with_hubs
from tests.queries.neighbourhoods import (
    by_brute_force,
    filters,
    pages,
    shown,
    tie_names,
    tie_names_of,
)
from tests.stories import index_view, naive_view
from tests.worlds import ANYTHING, World, frames, vocabulary, worlds


@given(worlds(ANYTHING), frames(), filters(), st.integers(1, 3), st.sampled_from((2, 5, 99)))
def test_the_ties_hop_by_hop_are_those_of_brute_force(
    world: World, where: Frame, wanted: TieFilters, hops: int, hub_ties: int
) -> None:
    story = world.story(with_hubs(vocabulary(), hub_ties))

    answer = neighbours(index_view(story, where), "a", hops=hops, filters=wanted)

    assert shown(answer.data) == by_brute_force(naive_view(story, where), wanted, hops)


@given(worlds(ANYTHING), frames(), st.integers(1, 3))
def test_every_tie_has_its_strength_and_all_its_live_claims(
    world: World, where: Frame, hops: int
) -> None:
    naive, view = naive_view(world.story(), where), index_view(world.story(), where)

    for hop in neighbours(view, "a", hops=hops).data.hops:
        for one in hop:
            for tie in one.ties:
                assert tie.strength == pytest.approx(naive.strengths[tie_names(tie)], rel=1e-12)
                assert {tie_names_of(claim) for claim in as_json(tie.claims)} == {tie_names(tie)}


@given(worlds(ANYTHING), frames(), filters(), st.integers(1, 3), st.integers(1, 4))
def test_pages_one_after_the_other_are_the_whole_answer(
    world: World, where: Frame, wanted: TieFilters, hops: int, limit: int
) -> None:
    view = index_view(world.story(), where)
    whole = neighbours(view, "a", hops=hops, filters=wanted)

    parts = list(pages(view, hops=hops, filters=wanted, limit=limit))

    assert all(sum(map(len, part.hops)) <= limit for part in parts)
    for hop, expected in enumerate(whole.data.hops):
        assert sum((part.hops[hop] for part in parts), ()) == expected


@given(worlds(ANYTHING), frames(), filters(), st.integers(1, 3))
def test_the_order_in_which_a_view_keeps_its_ties_changes_nothing(
    world: World, where: Frame, wanted: TieFilters, hops: int
) -> None:
    one, other = (
        neighbours(fold(world.story(), where), "a", hops=hops, filters=wanted)
        for fold in (naive_view, index_view)
    )

    assert [
        [(each.actor, list(map(tie_names, each.ties))) for each in hop] for hop in one.data.hops
    ] == [
        [(each.actor, list(map(tie_names, each.ties))) for each in hop] for hop in other.data.hops
    ]
    assert one.meta == other.meta
    assert one.page == other.page
