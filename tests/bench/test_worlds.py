from collections import Counter

import numpy as np
import pytest

from graph_service.bench.synthetic import Size, synthetic
from graph_service.bench.worlds import World
from graph_service.domain.claims import ClaimRecord, Stance, Status
from graph_service.domain.ontology import Ontology, load_ontology
from graph_service.stores.graph import open_graph


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def world(ontology: Ontology) -> World:
    return synthetic(ontology, Size(claims=600, actors=80, seed=4))


def claims_of(world: World) -> list[ClaimRecord]:
    return [record for record in world.records() if isinstance(record, ClaimRecord)]


def test_a_world_has_as_many_distinct_claims_as_asked_for(world: World) -> None:
    ids = {record.claim.id for record in claims_of(world)}

    assert len(ids) == 600


def test_equal_seeds_grow_equal_worlds(ontology: Ontology, world: World) -> None:
    again = synthetic(ontology, Size(claims=600, actors=80, seed=4))

    assert list(again.records()) == list(world.records())


def test_other_seeds_grow_other_worlds(ontology: Ontology, world: World) -> None:
    other = synthetic(ontology, Size(claims=600, actors=80, seed=5))

    assert list(other.records()) != list(world.records())


def test_a_store_takes_every_record_of_a_world(ontology: Ontology, world: World) -> None:
    graph = open_graph("memory:", ontology=ontology)

    receipt = graph.write(world.records(), by="test", keep_history=True)

    assert receipt.known == 0
    assert len(set(receipt.claims)) == 600


def test_a_world_tells_of_every_form_of_date_and_every_life_of_evidence(world: World) -> None:
    pieces = [piece for record in claims_of(world) for piece in record.evidence]
    texts = [record.claim.when.text for record in claims_of(world)]

    assert {piece.status for piece in pieces} == set(Status)
    assert {piece.stance for piece in pieces} == set(Stance)
    assert any(text.endswith("/..") for text in texts)
    assert any(text.startswith("/") for text in texts)
    assert any(text.startswith("[..") for text in texts)
    assert any(len(text) == len("2024-07") for text in texts)
    assert len(pieces) > len(texts)


def test_few_actors_have_most_of_the_claims(ontology: Ontology) -> None:
    degrees = np.sort(synthetic(ontology, Size(claims=5000, actors=1000)).degrees())

    assert degrees[-1] > 20 * np.median(degrees)


def test_both_actors_of_a_claim_are_of_kinds_that_its_relation_takes(
    ontology: Ontology, world: World
) -> None:
    kinds = {actor.id: actor.kind for actor in world.actors}
    for record in claims_of(world):
        relation = ontology.relations[record.claim.relation]

        assert kinds[record.claim.subject] in relation.subject
        assert kinds[record.claim.object] in relation.object


def test_most_claims_are_events(ontology: Ontology, world: World) -> None:
    counted = Counter(
        ontology.relations[record.claim.relation].is_event for record in claims_of(world)
    )

    assert counted[True] > counted[False] > 0
