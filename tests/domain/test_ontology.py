import re
from importlib.resources import files

import pytest

from graph_service.domain.errors import OntologyError
from graph_service.domain.ontology import Flow, load_ontology

ONTOLOGY = load_ontology()
TEXT = files("graph_service.domain").joinpath("ontology.toml").read_text("utf-8")


def test_there_are_fifteen_kinds_eleven_families_and_five_channels() -> None:
    assert len(ONTOLOGY.kinds) == 15
    assert len(ONTOLOGY.families) == 11
    assert list(ONTOLOGY.channels) == ["command", "carrots", "access", "revealed", "sticks"]


@pytest.mark.parametrize("name", ONTOLOGY.relations)
def test_every_relation_is_defined_from_both_ends_and_told_apart_from_its_neighbours(
    name: str,
) -> None:
    relation = ONTOLOGY.relations[name]

    assert relation.label
    assert relation.inverse
    assert len(relation.definition) > 20
    assert relation.near_misses
    assert set(relation.near_misses) <= set(ONTOLOGY.relations) - {name}


@pytest.mark.parametrize("name", ONTOLOGY.relations)
def test_a_relation_without_a_family_carries_no_mass(name: str) -> None:
    relation = ONTOLOGY.relations[name]

    if not relation.family:
        assert relation.flow is Flow.NEITHER
        assert relation.weight == 0


@pytest.mark.parametrize(
    ("name", "family", "flow", "weight", "half_life", "hostility"),
    [
        ("heads", "authority", "+", 1, 0, 0),
        ("part_of", "authority", "-", 1, 0, 0),
        ("holds_office_in", "authority", "-", 0.1, 0, 0),
        ("channel_to", "access", "+", 2, 730, 0),
        ("mediates", "mediation", "+", 0.8, 365, 0),
        ("concedes_to", "concession", "-", 0.3, 365, 0),
        ("at_war_with", "force", "=", 3, 365, 3),
        ("denounces", "", "0", 0, 90, 0.3),
    ],
)
def test_numbers_are_those_of_the_method(
    name: str, family: str, flow: str, weight: float, half_life: float, hostility: float
) -> None:
    relation = ONTOLOGY.relations[name]

    assert (relation.family, relation.flow) == (family, flow)
    assert (relation.weight, relation.half_life_days) == (weight, half_life)
    assert relation.hostility == hostility


@pytest.mark.parametrize(
    ("pattern", "replacement", "problem"),
    [
        (r'family = "patronage"', 'family = "patronag"', "unknown family"),
        (r'channel = "carrots"', 'channel = "carots"', "unknown channel"),
        (r'flow = "="', 'flow = "+"', "symmetric"),
        (r'flow = "\+"', 'flow = "*"', "not a valid Flow"),
        (r"hostility = ", "hostilty = ", "missing"),
        (r'polarity = "-"', 'polarity = "minus"', "polarity"),
        (r'folds = "subject"', 'folds = "both"', "not a valid End"),
        (r'polarity = "-"', 'polarity = "-"\nfolds = "object"', "a relation that folds"),
        (r"\[parameters\.gate\]", "[parameters.gates]", "lacks the section"),
    ],
)
def test_an_ontology_that_contradicts_itself_is_refused(
    pattern: str, replacement: str, problem: str
) -> None:
    with pytest.raises(OntologyError, match=problem):
        load_ontology(re.sub(pattern, replacement, TEXT, count=1))
