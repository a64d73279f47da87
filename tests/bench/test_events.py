import gzip
from pathlib import Path

import pytest

from graph_service.bench.events import events_world, relations_by_label
from graph_service.bench.worlds import World
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.ontology import Ontology, load_ontology

LABELS = """\
//04= CONSULT
LABEL: 010= Make statement
LABEL: 040= Consult
LABELi: 045= Mediate
LABEL: 0721= Provide military gear
LABEL: 190= Use force
"""

EVENTS = """\
date\tsubject\trelation\tobject\tsplit
2014-01-01\tBeta\tConsult\tAlpha\ttrain
2014-01-01\tAlpha\tconsult\tBeta\ttrain
2014-01-02\tAlpha\tMake statement\tBeta\ttrain
2014-01-03\tAlpha\tUse force\tAlpha\ttrain
2014-01-04\tAlpha\tUse force\tGamma\tvalid
2014-01-05\tGamma\tMediate\tAlpha\ttest
2014-01-06\tGamma\tDance with\tAlpha\ttest
"""


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.txt"
    path.write_text(LABELS)
    return path


def told(world: World) -> list[tuple[str, str, str, str]]:
    names = {actor.id: actor.name for actor in world.actors}
    claims = [record.claim for record in world.records() if isinstance(record, ClaimRecord)]
    return [(names[c.subject], c.relation, names[c.object], c.when.text) for c in claims]


def test_the_most_specific_code_that_a_relation_lists_decides(ontology: Ontology) -> None:
    found = relations_by_label(ontology, LABELS)

    assert found["consult"] == "meets"
    assert found["mediate"] == "mediates"
    assert found["provide military gear"] == "arms"


def test_a_label_whose_code_no_relation_lists_stands_for_none(ontology: Ontology) -> None:
    assert "make statement" not in relations_by_label(ontology, LABELS)


def test_events_without_a_relation_and_of_an_actor_to_itself_are_left_out(
    ontology: Ontology, labels: Path, tmp_path: Path
) -> None:
    path = tmp_path / "events.tsv"
    path.write_text(EVENTS)

    assert told(events_world(ontology, path, labels)) == [
        ("Alpha", "meets", "Beta", "2014-01-01"),
        ("Alpha", "attacks", "Gamma", "2014-01-04"),
        ("Gamma", "mediates", "Alpha", "2014-01-05"),
    ]


def test_a_compressed_file_is_read_alike(ontology: Ontology, labels: Path, tmp_path: Path) -> None:
    plain, packed = tmp_path / "events.tsv", tmp_path / "events.tsv.gz"
    plain.write_text(EVENTS)
    packed.write_bytes(gzip.compress(EVENTS.encode()))

    assert told(events_world(ontology, packed, labels)) == told(
        events_world(ontology, plain, labels)
    )
