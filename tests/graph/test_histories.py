"""Bonds, claims through time and changes: the index answers what the naive view answers."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.domain.periods import parse_day
from graph_service.graph.histories import Changed, Footing, Told
from graph_service.graph.index import Index
from graph_service.graph.scenarios import Draws
from graph_service.graph.view import Frame, View
from tests.graph.test_agreement import agree, close
from tests.stories import Story, index_view, naive_view
from tests.worlds import (
    AS_OF,
    TIMES,
    World,
    folding_frames,
    frames,
    tight_worlds,
    worlds,
    worlds_of_states,
)

MORE = settings(max_examples=4 * settings().max_examples)
ANY_WORLD = st.one_of(worlds(), tight_worlds())


def bonds(view: View) -> dict[tuple[str, str, str, str], float]:
    """Every bond's mass and hostility, by both ends and relation."""
    held, names = view.bonds, list(view.ontology.relations)
    found = {}
    for at in range(len(view.actors)):
        for n in range(int(held.start[at]), int(held.stop[at])):
            key = view.actors.id(at), view.actors.id(int(held.other[n])), names[held.relation[n]]
            found[*key, "mass"] = float(held.mass[n])
            found[*key, "hostility"] = float(held.hostility[n])
    return found


def told_in_full(view: View, told: Told) -> list[Any]:
    """Every claim with its days and its citations, in an order of its own."""
    return sorted(
        (
            view.actors.id(int(told.subject[n])),
            int(told.relation[n]),
            view.actors.id(int(told.object[n])),
            told.when[n],
            told.episode[n] or "",
            int(told.begins[n]),
            int(told.ends[n]),
            told.cite([n]),
        )
        for n in range(len(told.subject))
    )


def changed_in_full(view: View, changed: Changed) -> list[Any]:
    """Every changed claim with its causes and its citations, in an order of its own."""
    found = [
        (
            [citation.id for citation in changed.cite([n])[0]],
            view.actors.id(int(changed.subject[n])),
            view.actors.id(int(changed.object[n])),
            int(changed.relation[n]),
            sorted(changed.causes[n]),
            round(float(changed.before[n]), 9),
            round(float(changed.after[n]), 9),
            changed.cite([n]),
        )
        for n in range(len(changed.subject))
    ]
    return sorted(found, key=lambda one: one[:-1])


@MORE
@given(ANY_WORLD, frames())
def test_bonds_agree(world: World, frame: Frame) -> None:
    story = world.story()
    for index in (index_view(story, frame), followed_view(story, frame)):
        assert close(bonds(naive_view(story, frame)), bonds(index))


@MORE
@given(ANY_WORLD, frames(), st.booleans())
def test_what_was_told_agrees(world: World, frame: Frame, together: bool) -> None:
    naive, index = naive_view(world.story(), frame), followed_view(world.story(), frame)

    for actors in ([0], [0, 1], list(range(len(naive.actors)))):
        one, other = (view.told(actors, together=together) for view in (naive, index))
        assert told_in_full(naive, one) == told_in_full(index, other)


@MORE
@given(worlds_of_states(), folding_frames())
def test_at_the_level_of_states_bonds_and_what_was_told_agree(world: World, frame: Frame) -> None:
    naive, index = naive_view(world.story(), frame), followed_view(world.story(), frame)

    assert close(bonds(naive), bonds(index))
    everybody = list(range(len(naive.actors)))
    assert told_in_full(naive, naive.told(everybody)) == told_in_full(index, index.told(everybody))


@MORE
@given(
    ANY_WORLD,
    frames(),
    st.sampled_from(AS_OF),
    st.sampled_from([None, *TIMES]),
)
def test_one_view_becomes_another_alike(
    world: World, frame: Frame, as_of: str, known_at: datetime | None
) -> None:
    become_alike(world, frame, as_of, known_at)


@MORE
@given(worlds_of_states(), folding_frames(), st.sampled_from(AS_OF))
def test_at_the_level_of_states_one_view_becomes_another_alike(
    world: World, frame: Frame, as_of: str
) -> None:
    become_alike(world, frame, as_of, frame.known_at)


def followed_view(story: Story, frame: Frame) -> View:
    """The view of an index that had half of what was told in its base and was asked for bonds before
    the rest came."""
    index, half = Index(story.ontology), len(story.told) // 2
    for sequence, (at, record) in enumerate(story.told, start=1):
        index.apply(sequence, record, at)
        if sequence == half:
            index.compact()
            assert index.view(frame).bonds is not None
    return index.view(frame)


def become_alike(world: World, frame: Frame, as_of: str, known_at: datetime | None) -> None:
    """Cause by cause the same, and what changed at any actor is the same."""
    day = datetime.fromisoformat(as_of).toordinal()
    ones = naive_view(world.story(), frame), followed_view(world.story(), frame)
    twos = [view.at(day, known_at) for view in ones]
    agree(*twos)
    naive, index = (one.becoming(two) for one, two in zip(ones, twos, strict=True))

    assert list(naive.causes) == list(index.causes)
    for cause in naive.causes:
        agree(naive.after(cause), index.after(cause))
    for actors in ([0], list(range(len(ones[0].actors)))):
        told, found = naive.changed(actors), index.changed(actors)
        assert changed_in_full(ones[0], told) == changed_in_full(ones[1], found)


@given(ANY_WORLD, frames())
def test_a_view_becomes_itself_without_a_cause(world: World, frame: Frame) -> None:
    for view in (naive_view(world.story(), frame), index_view(world.story(), frame)):
        becoming = view.becoming(view.at(frame.as_of, frame.known_at))

        assert list(becoming.causes) == []
        assert len(becoming.changed([0, 1]).subject) == 0


@given(ANY_WORLD, frames())
def test_inclinations_are_drawn_alike(world: World, frame: Frame) -> None:
    naive, index = naive_view(world.story(), frame), index_view(world.story(), frame)
    held = index.bonds
    ends = [
        (at, int(other))
        for at in range(len(index.actors))
        for other in held.other[held.start[at] : held.stop[at]]
    ]
    one, other = np.array(ends, np.int32).reshape(-1, 2).T
    for found, told in zip(
        index.under(Draws(6)).inclinations(one, other),
        naive.under(Draws(6)).inclinations(one, other),
        strict=True,
    ):
        assert found == pytest.approx(told, abs=1e-12)


@MORE
@given(ANY_WORLD, frames())
def test_what_ties_rest_on_agrees(world: World, frame: Frame) -> None:
    naive, index = naive_view(world.story(), frame), followed_view(world.story(), frame)

    for actors in (None, [0], [0, 1]):
        told, found = naive.footing(actors), index.footing(actors)
        assert rests_on(naive, told) == rests_on(index, found)
        assert (found.claims, found.sources) == (told.claims, told.sources)


def rests_on(view: View, footing: Footing) -> list[Any]:
    """Every row of a footing, in an order of its own."""
    return sorted(
        (
            view.actors.id(int(footing.subject[n])),
            int(footing.relation[n]),
            view.actors.id(int(footing.object[n])),
            footing.origins[int(footing.origin[n])],
            int(footing.begins[n]),
            int(footing.attested[n]),
            bool(footing.stale[n]),
        )
        for n in range(len(footing.subject))
    )


@given(ANY_WORLD, frames())
def test_the_course_of_two_actors_agrees(world: World, frame: Frame) -> None:
    naive, index = naive_view(world.story(), frame), followed_view(world.story(), frame)
    days = [parse_day(day) for day in AS_OF]

    for told, found in zip(naive.course(0, 1, days), index.course(0, 1, days), strict=True):
        assert found == pytest.approx(told, abs=1e-12)


@given(ANY_WORLD, frames())
def test_what_is_told_ever_takes_in_what_begins_later(world: World, frame: Frame) -> None:
    naive, index = naive_view(world.story(), frame), followed_view(world.story(), frame)
    late = naive.at(parse_day("2090-01-01"), frame.known_at)
    one, other = (view.told([0], ever=True) for view in (naive, index))

    assert sorted(one.when) == sorted(other.when) == sorted(late.told([0]).when)
