"""Over whom an actor has leverage: the same values as asked from the other end."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.domain.periods import parse_day
from graph_service.dossiers import dossier
from graph_service.graph.view import Frame, View
from graph_service.importers.native import import_native
from graph_service.queries.budget import Budget
from graph_service.queries.influence import InfluenceOf, influence
from graph_service.queries.leverage import leverage
from graph_service.stores.graph import open_graph
from tests.stories import Story, index_view
from tests.worlds import World, crowd, dense_worlds, frames, vocabulary


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-12, abs=1e-12)


def ranked(view: View, actor: str, **asked: object) -> InfluenceOf:
    return influence(view, actor, limit=1000, paths=1000, **asked).data  # type: ignore[arg-type]


@cache
def of_dossier() -> View:
    graph = open_graph("memory:")
    import_native(
        lambda records: graph.write(records, by="desk"),
        dossier("gaza-mediation"),
        graph.ontology,
    )
    return graph.view(as_of=parse_day("2024-09-30"))


@given(
    dense_worlds(),
    frames(),
    st.sampled_from((1, 2, 3)),
    st.sampled_from((None, "all", frozenset({"sticks"}), frozenset({"carrots"}))),
)
def test_influence_is_leverage_asked_from_the_other_end(
    world: World, frame: Frame, hops: int, channels: str | frozenset[str] | None
) -> None:
    view = index_view(world.story(vocabulary(64)), frame)

    for actor in world.names:
        found = ranked(view, actor, hops=hops, channels=channels)
        values = {entry.actor.id: (entry.leverage, entry.net) for entry in found.ranking}
        forced = {entry.actor.id: entry.coercion for entry in found.coercion}
        for target in world.names:
            asked = leverage(
                view, target, by=actor, hops=hops, channels=channels, uncertainty=False
            ).data.ranking[0]
            assert values.get(target, (0.0, asked.net)) == (
                close(asked.leverage), close(asked.net),
            )  # fmt: skip
            assert forced.get(target, 0.0) == close(asked.coercion)


def test_in_a_crowd_the_strongest_targets_are_found() -> None:
    view = index_view(crowd(seed=3, actors=90, said=1500).story(vocabulary(64)), frames_at())

    for actor in ("n000", "n007", "n050"):
        found = {entry.actor.id: entry.leverage for entry in ranked(view, actor).ranking}
        for target, value in found.items():
            by = leverage(view, target, by=actor, paths=1, uncertainty=False).data.ranking[0]
            assert value == close(by.leverage)


def frames_at() -> Frame:
    return Frame(parse_day("2024-07-31"))


def test_paths_lead_from_the_actor_to_whom_it_influences() -> None:
    for entry in ranked(of_dossier(), "iran").ranking:
        for path in entry.paths:
            assert path.actors[0] == "iran"
            assert path.actors[-1] == entry.actor.id
            assert all(step.claims for step in path.steps)


def test_iran_influences_hamas_most() -> None:
    assert ranked(of_dossier(), "iran").ranking[0].actor.id == "hamas"


def test_who_heads_a_state_can_be_reached_through_it() -> None:
    story = Story().actor("premier", "person").actor("donor").actor("land")
    story.says("premier", "heads", "land").says("donor", "funds", "land", when="2024-09-01")

    ranking = ranked(index_view(story, Frame(parse_day("2024-09-30"))), "donor").ranking

    assert [entry.actor.id for entry in ranking] == ["land", "premier"]
    assert ranking[1].paths[0].kind == "stake"


def test_an_actor_without_leverage_is_told_what_there_is_around_it() -> None:
    story = Story().says("a", "denounces", "b", when="2024-09-01")

    found = ranked(index_view(story, Frame(parse_day("2024-09-30"))), "b")

    assert (found.ranking, found.coercion) == ((), ())
    assert found.available == {"denounces": 1}


def test_no_more_are_shown_than_asked_for() -> None:
    data = influence(of_dossier(), "united-states", limit=1, paths=1).data

    assert len(data.ranking) == 1
    assert len(data.ranking[0].paths) == 1


def test_a_spent_budget_is_said() -> None:
    view = index_view(crowd(seed=3, actors=90, said=1500).story(vocabulary(64)), frames_at())

    answer = influence(view, "n000", budget=Budget(0.0))

    assert "time" in (answer.meta.truncated or "")


def test_questions_that_cannot_be_asked_are_refused() -> None:
    view = of_dossier()

    with pytest.raises(NotFound):
        influence(view, "atlantis")
    with pytest.raises(InvalidQuestion):
        influence(view, "iran", hops=9)
    with pytest.raises(InvalidQuestion):
        influence(view, "iran", channels=frozenset({"money"}))
