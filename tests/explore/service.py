"""What the service says to the questions that are asked in Cypher, and whether the rows agree."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import pytest
from neo4j import Record

from graph_service.domain.periods import parse_day
from graph_service.graph.view import Citation, View
from graph_service.queries.leverage import leverage
from graph_service.queries.neighbours import Neighbour, Tie, TieFilters, neighbours
from graph_service.queries.paths import Path, paths
from tests.explore.asking import once

ALL = 1000


def close(value: float) -> object:
    return pytest.approx(value, rel=0, abs=1e-9)


def agree_on_leverage(rows: list[Record], view: View, target: str) -> None:
    """Whether these are everybody with any leverage over the target, the most first."""
    data = leverage(view, target, hops=2, limit=ALL, paths=1).data
    influence = {one.actor.id: one.leverage for one in data.ranking}
    coercion = {one.actor.id: one.coercion for one in data.coercion}
    found = once(rows, "actor")
    assert found.keys() == influence.keys() | coercion.keys()
    for actor, row in found.items():
        assert row["exact"][0] == close(influence.get(actor, 0.0))
        assert row["exact"][1] == close(coercion.get(actor, 0.0))
    ranked = [row["exact"][0] for row in rows]
    assert ranked == sorted(ranked, reverse=True)


def agree_on_neighbours(rows: list[Record], view: View, actor: str) -> None:
    """Whether these are the ties of the actor, with their claims and dates."""
    expected = {
        (other.actor.id, tie.relation, tie.direction.value): tie
        for other in around(view, actor)
        for tie in other.ties
    }
    found = once(rows, "actor", "relation", "direction")
    assert found.keys() == expected.keys()
    for key, row in found.items():
        tie = expected[key]
        assert row["exact"] == close(tie.strength)
        assert row["claims"] == sorted(claim.id for claim in tie.claims)
        assert [shown(row["since"]), shown(row["until"])] == [tie.since, tie.until]
        assert row["sign"] == tie.sign
        for column in ("sources", "denied_by"):
            assert row[column] == sorted(_titles(tie, column))


def _titles(tie: Tie, column: str) -> set[str]:
    return {source.title for claim in tie.claims for source in getattr(claim, column)}


def shown(day: Any) -> str | None:  # noqa: ANN401 - a date of the driver
    return None if day is None else str(day.iso_format())


def around(view: View, actor: str, **filters: Any) -> Sequence[Neighbour]:  # noqa: ANN401
    """Who is tied to an actor."""
    return neighbours(view, actor, filters=TieFilters(**filters), limit=ALL).data.hops[0]


def agree_on_paths(rows: list[Record], expected: Sequence[Path]) -> None:
    """Whether these are the paths, in an order in which equal ones may have changed places."""
    by_actors = {path.actors: path for path in expected}
    assert len(rows) == len(expected)
    for row, path in zip(rows, expected, strict=True):
        assert len(row["actors"]) == len(path.actors)
        assert row["exact"] == close(path.strength)
        mine = by_actors.get(tuple(row["actors"]))
        if mine is not None:
            assert row["sign"] == mine.sign
            assert [set(ties) for ties in row["ties"]] == [set(one.relations) for one in mine.steps]
            assert {tie["claim"] for drawn in row["drawn"] for tie in drawn.relationships} == {
                claim.id for step in mine.steps for claim in step.claims
            }


def shortest(view: View, source: str, target: str) -> list[Path]:
    """The first paths with the fewest steps; of very many, the first twenty."""
    found = paths(view, source, target, k=20, hops=6).data.paths
    return [path for path in found if len(path.actors) == len(found[0].actors)]


def signed(view: View, source: str, target: str, sign: str | None, k: int) -> Sequence[Path]:
    return paths(view, source, target, k=k, hops=3, sign=sign).data.paths


def citations(view: View, actor: str, others: Iterable[str] | None = None) -> list[Citation]:
    """The live claims between an actor and others, or all others."""
    met = [one.actor.id for one in around(view, actor)] if others is None else others
    code = view.actors.code
    return [claim for other in met for claim in view.citations(code(actor), code(other))]


def claims(rows: list[Record]) -> set[str]:
    """The claims of these rows, each in one row."""
    return set(once(rows, "claim"))


def scene(view: View, actor: str) -> tuple[set[str], set[str]]:
    """The actors in the scene around one, and the claims among them."""
    name = view.actors.id(view.actors.code(actor))
    actors = {name} | {one.actor.id for one in around(view, actor)}
    pairs = combinations(sorted(actors), 2)
    return actors, {claim.id for a, b in pairs for claim in citations(view, a, [b])}


def begun_after(view: View, actor: str, since: str) -> set[str]:
    """The claims of an actor that certainly began since."""
    found = around(view, actor, since=parse_day(since))
    return {claim.id for other in found for tie in other.ties for claim in tie.claims}


def of_one_origin(view: View, actor: str) -> set[frozenset[str]]:
    """The claims of each tie that stands on the word of one origin."""
    origins = {claim.id: claim.origins for claim in citations(view, actor)}
    ties = [tie for other in around(view, actor) for tie in other.ties]
    told = [frozenset(claim.id for claim in tie.claims) for tie in ties]
    return {ids for ids in told if len(frozenset().union(*(origins[id_] for id_ in ids))) == 1}


def opponents(view: View, actor: str) -> set[tuple[str, str, str]]:
    """Third parties, their part, and the opponent that they are joined to."""
    name = view.actors.id(view.actors.code(actor))
    against = [one.actor for one in around(view, actor, sign="-") if one.actor.kind != "unknown"]
    parts = {"+": "ally of an opponent", "-": "opponent of an opponent"}
    return {
        (third.actor.name, part, opponent.name)
        for opponent in against
        for sign, part in parts.items()
        for third in around(view, opponent.id, sign=sign)
        if third.actor.id != name
    }
