"""The peers are believed because the naive view, which shares nothing with them, answers alike."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from graph_service.bench.asking import asked
from graph_service.bench.compare import same_ties
from graph_service.bench.duels import Duel, Plan, Rival, duels
from graph_service.bench.edges import Reader
from graph_service.bench.engines import Engines, fed
from graph_service.bench.networkx_answer import Peer
from graph_service.bench.networkx_masses import Masses
from graph_service.bench.networkx_paths import fewest_hops
from graph_service.bench.networkx_ties import ClaimGraph
from graph_service.bench.questions import Filter, Tie, TiesOf
from graph_service.bench.sqlite_ties import SqliteTies
from graph_service.bench.synthetic import Size, synthetic
from graph_service.bench.worlds import World
from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.ontology import Ontology, load_ontology
from graph_service.domain.sources import Source
from graph_service.graph.naive import NaiveView
from graph_service.graph.view import Frame

PLAN = Plan(ties=60, two_hops=20, paths=20, targets=4)
EVERYTHING = Filter()


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def world(ontology: Ontology) -> World:
    return synthetic(ontology, Size(claims=500, actors=60, seed=2))


@pytest.fixture(scope="module")
def naive(world: World) -> NaiveView:
    records = list(world.records())
    return NaiveView(
        world.ontology,
        Frame(world.as_of),
        actors=[record for record in records if isinstance(record, Actor)],
        sources=[record for record in records if isinstance(record, Source)],
        claims=[record for record in records if isinstance(record, ClaimRecord)],
    )


@pytest.fixture(scope="module")
def engines(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    found = fed(world, tmp_path_factory.mktemp("bench"), frozenset({"networkx", "sqlite"}))
    yield found
    found.product.graph.close()


def naive_ties(naive: NaiveView, actor: str) -> dict[Tie, float]:
    found: dict[Tie, float] = {}
    for (subject, relation, object_), strength in naive.strengths.items():
        if subject == actor:
            found[object_, relation, True] = strength
        if object_ == actor:
            found[subject, relation, naive.ontology.relations[relation].symmetric] = strength
    return found


def everything_at(actor: str, ontology: Ontology) -> TiesOf:
    return TiesOf(actor, EVERYTHING, EVERYTHING.relations(ontology))


def test_networkx_and_sqlite_find_the_ties_of_every_actor_that_the_naive_view_finds(
    world: World, naive: NaiveView
) -> None:
    networkx = ClaimGraph(world.ontology, world.as_of)
    sqlite = SqliteTies(world.ontology, world.as_of)
    edges = list(Reader(world.ontology).edges(world.records()))
    networkx.add(edges)
    sqlite.add(edges)
    for actor in world.actors:
        question = everything_at(actor.id, world.ontology)
        expected = naive_ties(naive, actor.id)

        assert same_ties(expected, networkx.ties(question), 0.0)
        assert same_ties(expected, sqlite.named(sqlite.ties(question)), 0.0)


def test_a_filter_leaves_out_other_families_and_weaker_ties(world: World, naive: NaiveView) -> None:
    networkx = ClaimGraph(world.ontology, world.as_of)
    networkx.add(Reader(world.ontology).edges(world.records()))
    strong = Filter(families=frozenset({"patronage"}), minimum=0.2)
    for actor in world.actors:
        question = TiesOf(actor.id, strong, strong.relations(world.ontology))
        expected = {
            tie: strength
            for tie, strength in naive_ties(naive, actor.id).items()
            if world.ontology.relations[tie[1]].family == "patronage" and strength >= 0.2
        }

        assert same_ties(expected, networkx.ties(question), 0.2)


def test_a_hub_is_reached_but_not_expanded(ontology: Ontology, world: World) -> None:
    few = replace(ontology, parameters=replace(ontology.parameters, hub_ties=30))
    networkx = ClaimGraph(few, world.as_of)
    networkx.add(Reader(few).edges(world.records()))
    everyone = networkx.two_hops(world.actors[0].id)
    networkx.finish()

    assert networkx.hubs
    assert networkx.two_hops(world.actors[0].id) < everyone


def test_a_path_of_networkx_goes_from_tie_to_tie(engines: Engines, world: World) -> None:
    networkx = engines.networkx
    assert networkx is not None
    path = fewest_hops(networkx, world.actors[1].id, world.actors[2].id)

    assert path is not None
    assert (path[0], path[-1]) == (world.actors[1].id, world.actors[2].id)
    for a, b in pairwise(path):
        assert b in set(networkx.neighbours(a))


def test_every_answer_of_every_peer_agrees_with_the_index(world: World, engines: Engines) -> None:
    for duel in duels(world, engines, PLAN):
        rows, compared, differing = asked(duel)

        assert rows
        assert compared >= len(duel.asked)
        assert differing == 0, duel.name


def test_a_wrong_answer_is_counted() -> None:
    wrong = Rival(lambda question: question + 1, lambda _, ours, theirs: ours == theirs)
    duel = Duel("sums", [1, 2, 3], lambda question: question, {"networkx": wrong})

    _, compared, differing = asked(duel)

    assert (compared, differing) == (3, 3)


def test_the_tuned_networkx_ranks_like_the_formula_as_written(
    engines: Engines, world: World
) -> None:
    networkx = engines.networkx
    assert networkx is not None
    peer = Peer(Masses(engines.product.view), networkx)
    for actor in world.actors[:20]:
        tuned, _ = peer.leverage(actor.id)
        written = peer.as_written(actor.id)

        assert [one.actor for one in tuned] == [one.actor for one in written]
        assert [one.leverage for one in tuned] == pytest.approx(
            [one.leverage for one in written], abs=1e-9
        )


def test_peers_that_were_not_asked_for_are_not_there(world: World, tmp_path: Path) -> None:
    alone = fed(world, tmp_path, frozenset())

    assert alone.networkx is None
    assert alone.sqlite is None
    alone.product.graph.close()
