"""What records are drawn as: who is joined to whom, in which words, and what the ontology gives."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.actors import Actor, Alias
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import OntologyError
from graph_service.domain.identity import Judgement
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.stores.drawing import Row, kind_label, relationship_type
from tests.stores import telling
from tests.stores.drawn import DRAWING, accepted, draw, source
from tests.stores.strategies import bundles
from tests.stores.telling import ONTOLOGY

OUR_TYPES = {"SUBJECT", "OBJECT", "DURING", "OF", "FROM"}
OUR_LABELS = {
    "Actor", "Claim", "Entry", "Episode", "Evidence", "Family", "Judgement", "Kind", "Log",
    "Migration", "Ontology", "Relation", "Source", "Text", "Write",
}  # fmt: skip

HOSTILE = (
    'O\'Brien "the `boss`"',
    "a\\u0060b` {x: 1}) DETACH DELETE n //",
    "$name; CALL {1}",
    "line\nend\tand \\n",
    "حماس 😀 e\u0301",
)


def test_evidence_is_told_whole_and_its_times_in_utc() -> None:
    row = draw(
        accepted(
            passage="They did.", amount=1e300, unit="USD", coder="desk", confidence=0.1234567890123,
            strength="weak", outcome="failed", attributed_to="an aide", locator="page 2",
            recorded_at="2026-01-01T14:00:00.000001+02:00", decided_by="curator",
            decided_at="2026-01-02T00:00:00Z", reason="Clear.",
        ),
    )  # fmt: skip

    [piece] = row["evidence"]
    assert (piece["source"], piece["id"]) == ("paper", piece["properties"]["id"])
    assert piece["properties"] == {
        "id": piece["id"], "stance": "asserted", "modality": "done",
        "confidence": 0.1234567890123, "status": "accepted", "strength": "weak",
        "outcome": "failed", "attributed_to": "an aide", "locator": "page 2",
        "passage": "They did.", "amount": 1e300, "unit": "USD", "coder": "desk",
        "recorded_at": datetime(2026, 1, 1, 12, 0, 0, 1, UTC),
        "decided_at": datetime(2026, 1, 2, tzinfo=UTC), "decided_by": "curator",
        "reason": "Clear.", "retracted_at": None, "trust": 0.5 * 0.1234567890123,
        "begun_by": date(2024, 5, 1), "attested": date(2024, 9, 1),
    }  # fmt: skip
    assert piece["properties"]["recorded_at"].tzinfo is UTC


def test_an_actor_has_its_names_its_ids_and_the_label_of_its_kind() -> None:
    actor = Actor(
        "hamas", "armed_group", "Hamas", (Alias("HMS"), Alias("The movement")), (("wd", "Q38799"),)
    )

    assert DRAWING.actor(actor) == {
        "id": "hamas",
        "label": "ArmedGroup",
        "properties": {
            "id": "hamas", "name": "Hamas", "kind": "armed_group", "description": None,
            "aliases": ["HMS", "The movement"], "ids": ["wd:Q38799"],
        },
    }  # fmt: skip


def test_a_source_without_an_origin_is_its_own() -> None:
    alone, wire = source("paper"), source("paper", origin="wire")

    assert DRAWING.source(alone)["properties"]["origin"] == "paper"
    assert DRAWING.source(wire)["properties"]["origin"] == "wire"


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_name_is_made_of_it_is_drawn_unchanged(text: str) -> None:
    actor = DRAWING.actor(Actor("x", "person", text, (Alias(text),), (("k", text),), text))
    episode = DRAWING.episode(Episode("e", "talks", text, "2024"))
    row = draw(accepted(passage=text), known={"paper": Source("paper", text, published="2024")})

    assert actor["properties"]["name"] == actor["properties"]["description"] == text
    assert (actor["properties"]["aliases"], actor["properties"]["ids"]) == ([text], [f"k:{text}"])
    assert episode["properties"]["name"] == text
    assert row["evidence"][0]["properties"]["passage"] == text
    assert row["tie"]["properties"]["source"] == text
    assert (actor["label"], row["tie"]["type"]) == ("Person", "ARMS")


@given(bundles())
def test_rows_hold_nothing_but_what_a_property_can_be(records: list[Record]) -> None:
    sources = {record.id: record for record in records if isinstance(record, Source)}

    for record in records:
        for properties in every_map(record, sources):
            assert {name for name, value in properties.items() if not fits(value)} == set()
            assert next(iter(properties)).isidentifier()


def every_map(record: Record, sources: dict[str, Source]) -> list[Row]:
    match record:
        case Actor():
            return [DRAWING.actor(record)["properties"]]
        case Source():
            return [DRAWING.source(record)["properties"]]
        case Episode():
            return [DRAWING.episode(record)["properties"]]
        case Judgement():
            return [DRAWING.judgement(record)["properties"]]
        case ClaimRecord(claim, _):
            row = DRAWING.claim(record, sources, (claim.subject, claim.object))
            pieces = [piece["properties"] for piece in row["evidence"]]
            ties = [] if row["tie"] is None else [row["tie"]["properties"]]
            return [row["properties"], *pieces, *ties]
        case _:
            raise AssertionError(record)


def fits(value: object) -> bool:
    """Whether it is of a type that a property has, and no enumeration that passes for one."""
    if isinstance(value, list):
        return all(type(item) is str for item in value)
    return value is None or type(value) in (str, int, float, bool, date, datetime)


def test_a_judgement_stands_under_its_two_actors() -> None:
    row = DRAWING.judgement(telling.judged("iran", "hamas"))

    assert row["id"] == row["properties"]["id"] == "iran hamas"
    assert row["properties"]["verdict"] == "different"
    assert row["properties"]["at"] == datetime(2026, 1, 2, tzinfo=UTC)


def test_every_parameter_of_the_file_is_a_property_of_the_ontology() -> None:
    file = tomllib.loads(files("graph_service.domain").joinpath("ontology.toml").read_text("utf-8"))
    numbers = dict(by_path(file["parameters"]))

    assert DRAWING.ontology()["ontology"] == {"id": "ontology", "version": 1} | numbers


def by_path(values: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of nested tables, by the names that lead to it."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from by_path(value, f"{before}{name}_")
        else:
            yield before + name, value


def test_what_is_divided_in_formulae_is_never_a_whole_number() -> None:
    words = DRAWING.ontology()

    assert isinstance(words["ontology"]["gate_offset"], float)
    assert all(isinstance(one["half_life_days"], float) for one in words["relations"])
    assert all(isinstance(one["kappa"], float) for one in words["families"])


def test_the_words_of_the_ontology_are_drawn_in_its_order() -> None:
    words = DRAWING.ontology()

    assert [one["id"] for one in words["relations"]] == list(ONTOLOGY.relations)
    assert [one["id"] for one in words["families"]] == list(ONTOLOGY.families)
    assert [one["id"] for one in words["kinds"]] == list(ONTOLOGY.kinds)
    [backs] = [one for one in words["relations"] if one["id"] == "backs"]
    told = ONTOLOGY.relations["backs"]
    assert backs == {
        "id": "backs", "type": "BACKS", "label": "backs", "inverse": told.inverse,
        "definition": told.definition, "family": "patronage", "temporal": "state",
        "symmetric": False, "flow": "+", "weight": told.weight,
        "half_life_days": told.half_life_days, "hostility": told.hostility, "stake": told.stake,
        "polarity": told.polarity,
    }  # fmt: skip
    assert all(fits(value) for rows in words.values() if isinstance(rows, list)
               for row in rows for value in row.values())  # fmt: skip


def test_no_relation_and_no_kind_is_called_like_a_part_of_the_model() -> None:
    assert OUR_TYPES.isdisjoint(map(relationship_type, ONTOLOGY.relations))
    assert OUR_LABELS.isdisjoint(map(kind_label, ONTOLOGY.kinds))


@pytest.mark.parametrize(
    "name", ["", "_", "Backs", "backs ", "backs`", "a\\u0060", "a-b", "a__b", "a\n", "é", "a1"]
)
def test_what_is_not_named_in_plain_letters_is_not_drawn(name: str) -> None:
    with pytest.raises(OntologyError, match="cannot be drawn"):
        relationship_type(name)
    with pytest.raises(OntologyError, match="cannot be drawn"):
        kind_label(name)


@given(st.text())
def test_a_type_is_made_of_capitals_only(name: str) -> None:
    try:
        found = relationship_type(name)
    except OntologyError:
        return
    assert found.replace("_", "").isalpha()
    assert found.isascii()
    assert found.lower() == name
