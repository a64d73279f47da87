"""The index answers what the naive view answers, in generated worlds."""

from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.graph.view import Frame, View
from tests.columns import gates, masses, strengths
from tests.stories import index_view, naive_view
from tests.worlds import (
    World,
    folding_frames,
    frames,
    tight_worlds,
    worlds,
    worlds_of_states,
)

K = TypeVar("K")
MORE = settings(max_examples=8 * settings().max_examples)


def flat(view: View) -> dict[tuple[str, str, str], float]:
    return {
        (x, y, family): mass for (x, y), of in masses(view).items() for family, mass in of.items()
    }


def close(one: dict[K, float], other: dict[K, float]) -> bool:
    """Equal to 1e-12, what is missing being nothing."""
    return all(
        one.get(key, 0.0) == pytest.approx(other.get(key, 0.0), rel=1e-12, abs=1e-12)
        for key in one | other
    )


def agree(naive: View, index: View) -> None:
    """The same masses, gates and links, but for rounding."""
    assert close(flat(index), flat(naive))
    assert close(strengths(index), strengths(naive))
    both = gates(index).keys() & gates(naive).keys()
    assert close({tie: gates(index)[tie] for tie in both}, {tie: gates(naive)[tie] for tie in both})


def cite_alike(naive: View, index: View, names: tuple[str, ...]) -> None:
    """The same claims between any two, and as much held back."""
    for a in names:
        for b in names:
            assert list(index.citations(index.actors.code(a), index.actors.code(b))) == (
                naive.citations(naive.actors.code(a), naive.actors.code(b))
            )
        assert index.held_back([index.actors.code(a)]) == naive.held_back([naive.actors.code(a)])
    everybody = range(len(names))
    assert index.held_back(everybody) == naive.held_back(everybody)


@MORE
@given(st.one_of(worlds(), tight_worlds(), tight_worlds()), frames())
def test_masses_gates_and_links_agree(world: World, frame: Frame) -> None:
    agree(naive_view(world.story(), frame), index_view(world.story(), frame))


@MORE
@given(st.one_of(worlds(), tight_worlds(), tight_worlds()), frames())
def test_citations_and_what_is_held_back_agree(world: World, frame: Frame) -> None:
    naive, index = naive_view(world.story(), frame), index_view(world.story(), frame)

    cite_alike(naive, index, world.names)


@MORE
@given(worlds_of_states(), folding_frames())
def test_at_the_level_of_states_everything_agrees(world: World, frame: Frame) -> None:
    naive, index = naive_view(world.story(), frame), index_view(world.story(), frame)

    assert dict(index.folded) == dict(naive.folded)
    agree(naive, index)
    cite_alike(naive, index, world.names)
