"""The laws of `docs/method.md` §5 that hold of any world, on every view."""

from dataclasses import replace
from datetime import datetime, timedelta
from math import expm1, fsum, log1p
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.sources import Reliability
from graph_service.graph.view import Frame
from graph_service.queries.leverage import leverage
from tests.conftest import Fold
from tests.queries.asking import answer, held, never_lower
from tests.worlds import (
    ANYTHING,
    LIVES,
    PLAIN,
    TIMES,
    Saying,
    World,
    dense_worlds,
    frames,
    sayings,
    vocabulary,
    worlds,
)

ELSEWHERE = replace(ANYTHING, names=("x", "y", "z"))
KNOWN = st.sampled_from(TIMES[:-1])


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-12, abs=1e-12)


def with_names(world: World, names: tuple[str, ...]) -> World:
    return replace(world, names=names)


@given(dense_worlds(), frames())
def test_leverage_is_at_least_0_and_below_1_and_nobody_has_any_over_itself(
    fold: Fold, world: World, frame: Frame
) -> None:
    view = fold(world.story(), frame)

    for target in ("a", "b", "c"):
        found = held(view, target)
        assert all(0 <= value < 1 for value in found.values())
        assert target not in found
        assert "unknown" not in found


@given(worlds(), st.lists(sayings(ELSEWHERE), min_size=1, max_size=5), frames())
def test_claims_among_actors_without_any_path_to_the_pair_change_nothing(
    fold: Fold, world: World, far: list[Saying], frame: Frame
) -> None:
    before = with_names(world, world.names + ELSEWHERE.names)

    after = fold(before.saying(*far).story(), frame)
    assert answer(after, "a") == answer(fold(before.story(), frame), "a")


@given(
    worlds(),
    st.lists(sayings(when="2032/2033", coder="later"), min_size=1, max_size=4),
    frames(),
)
def test_what_begins_later_changes_nothing(
    fold: Fold, world: World, later: list[Saying], frame: Frame
) -> None:
    after = fold(world.saying(*later).story(), frame)

    assert answer(after, "a") == answer(fold(world.story(), frame), "a")


@given(
    worlds(),
    st.lists(sayings(coder="later"), min_size=1, max_size=4),
    st.integers(0, 20),
    frames(),
    KNOWN,
)
def test_what_is_recorded_or_decided_or_issued_later_changes_nothing(
    fold: Fold, world: World, later: list[Saying], place: int, frame: Frame, known: datetime
) -> None:
    frame = replace(frame, known_at=known)
    after_it = known + timedelta(days=1)
    before = world.sayings[place % len(world.sayings)]
    life = replace(before.life, status=LIVES[-1].status, retracted_at=after_it)
    changed = before if before.life.status != "accepted" else replace(before, life=life)
    late = [replace(one, life=replace(one.life, recorded_at=after_it)) for one in later]
    issued = replace(
        world.sources[0][1], reliability=Reliability.E, origin="other", published="2019"
    )

    future = world.without(before).saying(changed, *late).with_source((after_it, issued))
    assert answer(fold(future.story(), frame), "a") == answer(fold(world.story(), frame), "a")


@given(worlds(), frames(), st.randoms())
def test_the_order_in_which_things_are_told_changes_nothing(
    fold: Fold, world: World, frame: Frame, random: Random
) -> None:
    said, names = list(world.sayings), list(world.names)
    random.shuffle(said)
    random.shuffle(names)
    told_otherwise = replace(world, sayings=tuple(said), names=tuple(names))

    before = held(fold(world.story(), frame), "a")
    assert held(fold(told_otherwise.story(), frame), "a") == {
        actor: close(before[actor]) for actor in before
    }


@given(worlds(PLAIN), frames(), st.permutations(("v", "w", "x", "y", "z")))
def test_relabelling_actors_relabels_answers(
    fold: Fold, world: World, frame: Frame, fresh: list[str]
) -> None:
    new = dict(zip(world.names, [*fresh, "unknown"], strict=True))
    relabelled = replace(
        world,
        names=tuple(new[name] for name in world.names),
        sayings=tuple(
            replace(one, subject=new[one.subject], object=new[one.object]) for one in world.sayings
        ),
    )

    before = held(fold(world.story(), frame), "a")
    assert held(fold(relabelled.story(), frame), new["a"]) == {
        new[actor]: close(before[actor]) for actor in before
    }


@given(dense_worlds(), frames(), st.sampled_from((2, 64)))
def test_more_hops_never_lower_leverage(fold: Fold, world: World, frame: Frame, width: int) -> None:
    view = fold(world.story(vocabulary(width)), frame)

    one, two, three = (held(view, "a", hops) for hops in (1, 2, 3))
    assert never_lower(one, two)
    assert never_lower(two, three)


@given(dense_worlds(), frames())
def test_shares_add_up_and_recombine_and_every_step_has_a_live_claim(
    fold: Fold, world: World, frame: Frame
) -> None:
    view = fold(world.story(), frame)

    for entry in answer(view, "a").ranking:
        left = fsum(log1p(-path.weight) for path in entry.paths)
        assert fsum(path.share for path in entry.paths) == close(1)
        assert -expm1(left) == close(entry.leverage)
        for path in entry.paths:
            assert path.share == close(log1p(-path.weight) / left)
            assert [path.actors[0], *(step.to for step in path.steps)] == list(path.actors)
            weight = 1.0
            for step in path.steps:
                weight *= step.value
                live = view.citations(view.actors.code(step.from_), view.actors.code(step.to))
                assert step.claims
                assert {claim.id for claim in step.claims} <= {claim.id for claim in live}
                assert fsum(step.families.values()) == close(1) or path.kind == "stake"
            assert weight == close(path.weight)


@given(dense_worlds(), frames())
def test_net_is_antisymmetric(fold: Fold, world: World, frame: Frame) -> None:
    view = fold(world.story(), frame)

    over_a = {entry.actor.id: entry.net for entry in leverage(view, "a", limit=99).data.ranking}
    for actor, net in over_a.items():
        back = [
            entry.net for entry in leverage(view, actor, by="a", uncertainty=False).data.ranking
        ]
        assert not back or back == [close(-net)]


@given(dense_worlds(), frames())
def test_where_looking_less_widely_changes_anything_the_answer_says_so(
    fold: Fold, world: World, frame: Frame
) -> None:
    narrow = fold(world.story(vocabulary(2)), frame)
    wide = fold(world.story(vocabulary(64)), frame)

    assert leverage(wide, "a").meta.truncated is None
    if held(narrow, "a") != held(wide, "a"):
        assert leverage(narrow, "a").meta.truncated is not None
