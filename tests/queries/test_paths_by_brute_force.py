from itertools import pairwise

from hypothesis import event, given
from hypothesis import strategies as st

from graph_service.queries.budget import Budget
from graph_service.queries.paths import paths
from graph_service.queries.ties import TieFilters
from tests.queries.brute import Asked, every_way, with_hubs
from tests.queries.tangles import (
    ACTORS,
    TODAY,
    check_first,
    questions,
    routes,
    tangles,
    way,
)
from tests.stories import index_view, naive_view
from tests.worlds import World, vocabulary


@given(tangles(), questions(), st.sampled_from((1, 3, 20)), st.sampled_from((4, 7, 99)))
def test_the_first_paths_are_those_that_brute_force_puts_first(
    world: World, asked: Asked, k: int, hub_ties: int
) -> None:
    story = world.story(with_hubs(vocabulary(), hub_ties))
    naive, view = naive_view(story, TODAY), index_view(story, TODAY)
    filters = TieFilters(relations=asked.relations, direction=asked.direction)

    for target in ACTORS[1:]:
        expected = every_way(naive, "a", target, asked)
        found = paths(
            view, "a", target, k=k, hops=asked.hops, order=asked.order, sign=asked.sign,
            filters=filters,
        ).data  # fmt: skip
        event(f"{min(len(expected), 4)} paths")
        check_first([way(path) for path in found.paths], expected, k)


@given(tangles(), questions())
def test_every_step_cites_a_live_claim_of_each_of_its_relations(world: World, asked: Asked) -> None:
    answer = paths(index_view(world.story(), TODAY), "a", "b", hops=asked.hops, order=asked.order)

    for path in answer.data.paths:
        for (a, b), step in zip(pairwise(path.actors), path.steps, strict=True):
            assert (step.from_, step.to) == (a, b)
            assert {claim.relation for claim in step.claims} == set(step.relations)
            assert all({claim.subject, claim.object} == {a, b} for claim in step.claims)


@given(tangles(), questions())
def test_the_order_in_which_a_view_keeps_its_ties_changes_nothing(
    world: World, asked: Asked
) -> None:
    one, other = (
        paths(fold(world.story(), TODAY), "a", "b", k=20, hops=asked.hops, order=asked.order).data
        for fold in (naive_view, index_view)
    )

    assert routes(one) == routes(other)
    assert [[step.claims for step in path.steps] for path in one.paths] == [
        [step.claims for step in path.steps] for path in other.paths
    ]


@given(tangles(), st.integers(1, 60))
def test_out_of_time_the_paths_found_are_still_the_first_ones(world: World, calls: int) -> None:
    view = index_view(world.story(), TODAY)
    whole = paths(view, "a", "b", k=5, hops=4)
    times = iter([0.0] * calls)

    cut = paths(view, "a", "b", k=5, hops=4, budget=Budget(1.0, clock=lambda: next(times, 9.0)))

    assert cut.data.paths == whole.data.paths[: len(cut.data.paths)]
    assert cut.data.paths == whole.data.paths or cut.meta.truncated is not None
