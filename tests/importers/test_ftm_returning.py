import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given

from graph_service.domain.actors import Actor, Scope
from graph_service.domain.claims import ClaimRecord, State, state_of
from graph_service.domain.records import Record
from graph_service.importers.ftm import FORMAT
from graph_service.stores.graph import Graph, open_graph
from tests.exporters.exporting import exported, graph_of
from tests.importers.ftm import (
    file_of,
    sources_of,
)
from tests.importers.intake import taken
from tests.stores.strategies import bundles
from tests.stores.telling import actor, claim, nouns, source


def carried(one: Actor) -> tuple[Any, ...]:
    """What the format can carry of an actor."""
    names = {(alias.text, alias.scope) for alias in one.aliases if alias.scope is not Scope.DEMONYM}
    return (one.id, one.kind, one.name, names, one.ids, one.description)


def named(records: Iterable[ClaimRecord]) -> set[str]:
    return {end for one in records for end in (one.claim.subject, one.claim.object)}


@given(bundles())
def test_what_was_exported_comes_back(records: list[Record]) -> None:
    graph = graph_of(records)
    data = exported("ftm", graph)
    if not data:
        return

    found = taken(FORMAT, data)

    told_ = list(graph.claims())
    assert found.refused == []
    assert {one.claim.id for one in told_ if one.claim.episode is None} <= {
        one.claim.id for one in found.graph.claims()
    }
    known = {one.id: one for one in graph.actors()}
    for one in found.graph.actors():
        assert carried(one) == carried(known[one.id])
    assert {one.id for one in found.graph.actors()} == named(told_)
    there = sources_of(graph)
    for id_, cited in sources_of(found.graph).items():
        assert (cited.title, cited.publisher, cited.url, cited.published) == (
            there[id_].title, there[id_].publisher, there[id_].url, there[id_].published,
        )  # fmt: skip
    assert states(found.graph) == states(graph)


def states(graph: Graph) -> dict[tuple[str, str, str, str], set[State]]:
    """The states of claims but for dissent, those of several episodes together."""
    found: dict[tuple[str, str, str, str], set[State]] = {}
    for one in graph.claims():
        state = state_of(one.evidence)
        key = (one.claim.subject, one.claim.relation, one.claim.object, one.claim.when.text)
        if state is not None:
            state = State.ACCEPTED if state is State.DISPUTED else state
            found.setdefault(key, set()).add(state)
    # Without their episodes two claims may be one: what was accepted decides, then proposals.
    order = (State.ACCEPTED, State.DENIED, State.PROPOSED, State.RETRACTED, State.REJECTED)
    return {key: {min(told_, key=order.index)} for key, told_ in found.items()}


@given(bundles())
def test_what_came_back_once_comes_back_the_same_for_ever(records: list[Record]) -> None:
    data = exported("ftm", graph_of(records))
    if data:
        once = exported("ftm", taken(FORMAT, data).graph)
        assert exported("ftm", taken(FORMAT, once).graph) == once


def test_what_our_own_export_says_of_one_source_is_kept() -> None:
    told_ = claim(
        relation="funds",
        amount=5.5,
        unit="EUR",
        passage="They paid.\nAll of it.",
        status="accepted",
    )
    graph = graph_of([*nouns(), told_])
    back = taken(FORMAT, exported("ftm", graph)).graph
    [piece] = [piece for one in back.claims() for piece in one.evidence]
    assert (piece.amount, piece.unit, piece.passage) == (5.5, "EUR", "They paid.\nAll of it.")


def test_our_own_export_taken_into_its_graph_leaves_sources_and_actors_as_they_are() -> None:
    first = [
        source(reliability="A", origin="the owner"),
        actor("iran"),
        actor("hamas", "armed_group"),
    ]
    graph = graph_of([*first, claim(status="accepted")])
    before = sources_of(graph), list(graph.actors())
    taken(FORMAT, exported("ftm", graph), graph)
    assert (sources_of(graph), list(graph.actors())) == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"classification": ["land"]}, "classification"),
        ({"name": []}, "name"),
        ({"summary": ["2024-02-30"]}, "when"),
        ({"role": ["armz"]}, "relation"),
        ({"object": ["nobody"]}, "object"),
    ],
)
def test_an_export_that_was_changed_wrongly_is_refused_by_its_field(
    change: dict[str, list[str]], field: str
) -> None:
    lines = [json.loads(line) for line in exported("ftm", export_of_one()).splitlines()]
    for line in lines:
        if any(name in line["properties"] for name in change):
            line["properties"] |= change
    found = taken(FORMAT, file_of(*lines))
    assert field in {one.field for one in found.refused}


def export_of_one() -> Graph:
    return graph_of([*nouns(), claim(status="accepted")])


def test_an_export_of_nothing_is_taken_as_nothing() -> None:
    graph = open_graph("memory:")
    assert taken(FORMAT, b"", graph).summary.rows == 0
