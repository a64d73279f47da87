"""What is computed inside Neo4j is what the service answers, in generated worlds."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_service.graph.view import View
from tests.explore import service
from tests.explore.asking import ANY_WORLD, LAST, Explored, JudgedWorld, judged_worlds
from tests.queries.tangles import tangles
from tests.worlds import AS_OF, World, dense_worlds, worlds

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

# One store holds all worlds of a test: they share no actor and no source.
MANY = settings(
    max_examples=max(60, settings().max_examples),
    suppress_health_check=[*settings().suppress_health_check, HealthCheck.function_scoped_fixture],
)
DAYS = st.lists(st.sampled_from(AS_OF), min_size=2, max_size=3, unique=True)
SIGNS = st.sampled_from((None, "+", "-", "0", "mixed"))


def each(explored: Explored, told: JudgedWorld, days: list[str]) -> Iterator[tuple[View, str, str]]:
    """The service's view of a world on each of these days, the day, and each of some actors."""
    served = explored.tell_world(told)
    for day in days:
        view = served.view(day)
        yield from ((view, day, actor) for actor in served.names[:3])


def agree_on_leverage(explored: Explored, told: JudgedWorld, days: list[str]) -> None:
    for view, day, target in each(explored, told, days):
        rows = explored.ask("leverage", target=target, as_of=day)
        service.agree_on_leverage(rows, view, target)


@MANY
@given(judged_worlds(), DAYS)
def test_leverage_is_that_of_the_service(
    explored: Explored, told: JudgedWorld, days: list[str]
) -> None:
    agree_on_leverage(explored, told, days)


def told_apart(world: World) -> World:
    """The same, every saying with a confidence of its own: of two ties that are equally wide but
    for rounding, Neo4j may take the one and the service the other."""
    sayings = (
        replace(saying, confidence=0.31 + place * 0.0137)
        for place, saying in enumerate(world.sayings)
    )
    return replace(world, sayings=tuple(sayings))


@MANY
@given(judged_worlds(dense_worlds().map(told_apart)), DAYS)
def test_leverage_is_that_of_the_service_where_the_width_cuts(
    narrow: Explored, told: JudgedWorld, days: list[str]
) -> None:
    agree_on_leverage(narrow, told, days)


@MANY
@given(judged_worlds(), DAYS)
def test_ties_are_those_of_the_service(
    explored: Explored, told: JudgedWorld, days: list[str]
) -> None:
    for view, day, actor in each(explored, told, days):
        rows = explored.ask("neighbours", actor=actor, as_of=day)
        service.agree_on_neighbours(rows, view, actor)


def drawn(kinds: st.SearchStrategy[World]) -> st.SearchStrategy[JudgedWorld]:
    """Worlds in which relationships count on the days on which the service counts their claims.

    Their dates are those of each claim by itself, not of all that came to mean the same, and they
    have no day on which next to nothing is left of them (see cypher/README.md).
    """
    lasting = judged_worlds(kinds).map(JudgedWorld.lasting)
    return lasting.filter(lambda told: not told.is_told_twice())


DRAWN = drawn(ANY_WORLD)
EARLY = st.lists(
    st.sampled_from([day for day in AS_OF if day <= LAST]), min_size=2, max_size=3, unique=True
)


@MANY
@given(
    drawn(st.one_of(tangles(), worlds(), dense_worlds())),
    EARLY,
    SIGNS,
    st.sampled_from((1, 3, 10)),
)
def test_paths_are_those_of_the_service(
    explored: Explored, told: JudgedWorld, days: list[str], sign: str | None, k: int
) -> None:
    served = explored.tell_world(told)
    source, *targets = served.names

    for day in days:
        view = served.view(day)
        for target in targets:
            if view.actors.code(source) == view.actors.code(target):
                continue
            ends = {"from": source, "to": target, "as_of": day, "k": k}
            expected = service.shortest(view, source, target)
            if len(expected) < 20:
                service.agree_on_paths(explored.ask("shortest_paths", **ends), expected[:k])
            rows = explored.ask("signed_paths", sign=sign, **ends)
            service.agree_on_paths(rows, service.signed(view, source, target, sign, k))


@MANY
@given(DRAWN, EARLY)
def test_a_scene_holds_the_ties_of_the_service_and_no_others(
    explored: Explored, told: JudgedWorld, days: list[str]
) -> None:
    for view, day, actor in each(explored, told, days):
        (row,) = explored.ask("scene", actor=actor, as_of=day)
        drawn = [tie["claim"] for tie in row["ties"]]
        assert len(set(drawn)) == len(drawn)
        actors, claims = service.scene(view, actor)
        assert ({one["id"] for one in row["actors"]}, set(drawn)) == (actors, claims)


@MANY
@given(DRAWN, EARLY, st.sampled_from(("2023-01-01", "2024-06-28", "2024-06-30")))
def test_the_dates_of_ties_are_those_of_the_service(
    explored: Explored, told: JudgedWorld, days: list[str], since: str
) -> None:
    for view, day, actor in each(explored, told, days):
        asked = {"actor": actor, "as_of": day}
        cited = service.citations(view, actor)
        new = explored.ask("began_after", since=since, **asked)
        stale, uncertain = (explored.ask(name, **asked) for name in ("stale", "uncertain"))
        assert service.claims(new) == service.begun_after(view, actor, since)
        assert service.claims(stale) == {claim.id for claim in cited if claim.stale}
        assert {row["claim"] for row in uncertain if row["counts"]} == {
            claim.id for claim in cited if claim.uncertain
        }


@MANY
@given(DRAWN, EARLY)
def test_who_says_so_and_who_opposes_whom_is_that_of_the_service(
    explored: Explored, told: JudgedWorld, days: list[str]
) -> None:
    for view, day, actor in each(explored, told, days):
        asked = {"actor": actor, "as_of": day}
        single = explored.ask("single_source", **asked)
        others = explored.ask("opponents", **asked)
        assert {frozenset(row["claims"]) for row in single} == service.of_one_origin(view, actor)
        assert {(row["third"], row["role"], row["opponent"]) for row in others} == (
            service.opponents(view, actor)
        )
