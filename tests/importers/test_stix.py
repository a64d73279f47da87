"""STIX bundles: actors, what is revoked, and who is behind whom."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given

from graph_service.domain.claims import Evidence
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.sources import Source
from graph_service.importers.stix import FORMAT
from graph_service.stores.graph import Graph
from tests.importers.intake import Taken, taken
from tests.importers.odd_json import adds_up, changed, taken_alone

Json = dict[str, Any]


def thing(type_: str, name: str, **more: Any) -> Json:  # noqa: ANN401 - properties
    return {"type": type_, "id": f"{type_}--{name.lower().replace(' ', '-')}", "name": name, **more}


def tie(type_: str, one: Json, other: Json, **more: Any) -> Json:  # noqa: ANN401 - properties
    id_ = more.pop("id", f"relationship--{type_}-{one['name']}-{other['name']}".replace(" ", "-"))
    return {
        "type": "relationship", "id": id_, "relationship_type": type_, "source_ref": one["id"],
        "target_ref": other["id"], "created": "2023-09-27T13:17:12.592Z", **more,
    }  # fmt: skip


DESK = thing("identity", "The Desk", identity_class="organization")
BUREAU = thing("identity", "The Bureau", identity_class="organization")
MOTH = thing(
    "intrusion-set", "Grey Moth", aliases=["Grey Moth", "MOTH-1"],
    external_references=[{"source_name": "mitre-attack", "external_id": "G9999"}],
)  # fmt: skip
OWL = thing("threat-actor", "Night Owl")
TOOL = thing("malware", "Dust")


def bundle(*objects: Any, **more: Any) -> bytes:  # noqa: ANN401 - any JSON
    told = {"type": "bundle", "id": "bundle--1", "objects": list(objects), **more}
    return json.dumps(told, indent=1).encode()


def told(*objects: Any, graph: Graph | None = None, **wishes: str) -> Taken:  # noqa: ANN401
    return taken(FORMAT, bundle(*objects), graph, more=wishes)


def claims_of(found: Taken) -> list[tuple[str, str, str, str]]:
    return [
        (one.claim.subject, one.claim.relation, one.claim.object, one.claim.when.text)
        for one in found.graph.claims()
    ]


def evidence_of(found: Taken) -> list[Evidence]:
    return [piece for one in found.graph.claims() for piece in one.evidence]


def test_actors_come_with_their_names_and_identifiers() -> None:
    found = told(MOTH, DESK, TOOL)
    moth = found.graph.actor("grey-moth")
    assert (moth.kind, [alias.text for alias in moth.aliases]) == ("organisation", ["MOTH-1"])
    assert moth.ids == (("mitre_attack", "G9999"), ("stix", "intrusion-set--grey-moth"))
    assert (found.summary.taken, found.summary.skipped) == (2, {"malware": 1})


@pytest.mark.parametrize(
    ("class_", "kind"), [("individual", "person"), ("class", "people"), ("group", "organisation")]
)
def test_the_class_of_an_identity_is_its_kind(class_: str, kind: str) -> None:
    found = told(thing("identity", "Somebody", identity_class=class_))
    assert [one.kind for one in found.graph.actors()] == [kind]


def test_a_system_is_no_actor() -> None:
    found = told(thing("identity", "A Server", identity_class="system"))
    assert found.summary.skipped == {"identity of a system": 1}


def test_whoever_deeds_are_attributed_to_is_behind_them() -> None:
    found = told(tie("attributed-to", MOTH, OWL), MOTH, OWL)
    assert claims_of(found) == [("night-owl", "controls", "grey-moth", "/")]
    [piece] = evidence_of(found)
    assert piece.confidence == 0.6


def test_a_target_was_attacked_by_the_day_on_which_it_was_recorded_or_in_the_time_told() -> None:
    between = {"start_time": "2021-03-01T00:00:00Z", "stop_time": "2021-04-01T00:00:00Z"}
    found = told(
        MOTH, DESK, BUREAU, tie("targets", MOTH, DESK), tie("targets", MOTH, BUREAU, **between)
    )
    assert [one[2:] for one in claims_of(found)] == [
        ("the-desk", "[..2023-09-27]"),
        ("the-bureau", "2021-03-01/2021-04-01"),
    ]


def test_what_is_cited_is_the_source_and_else_whoever_made_the_bundle() -> None:
    cited = [{"source_name": "A Report", "url": "https://www.example.org/a", "description": "Long"}]
    found = told(
        MOTH, OWL, DESK, BUREAU,
        tie("part-of", MOTH, OWL, created_by_ref=DESK["id"]),
        tie("attributed-to", MOTH, BUREAU, external_references=cited, confidence=85),
    )  # fmt: skip
    sources = {one.title: one for one in found.graph.records() if isinstance(one, Source)}
    assert {(one.title, one.origin, one.published) for one in sources.values()} == {
        ("The Desk, as of 2023-09-27", "the-desk", "2023-09-27"),
        ("A Report", "example.org", "[..2023-09-27]"),
    }
    by_source = {piece.source: piece for piece in evidence_of(found)}
    assert by_source[sources["A Report"].id].confidence == 0.85
    assert all(piece.passage is None for piece in by_source.values())


def test_what_is_revoked_or_deprecated_is_not_taken() -> None:
    gone = MOTH | {"revoked": True}
    old = thing("intrusion-set", "Old", x_mitre_deprecated=True)
    found = told(
        gone, old, OWL, DESK,
        tie("attributed-to", MOTH, OWL),
        tie("targets", OWL, DESK, revoked=True),
        tie("revoked-by", MOTH, OWL),
    )  # fmt: skip
    assert claims_of(found) == []
    assert {one.name for one in found.graph.actors()} == {"Night Owl", "The Desk"}
    assert found.summary.skipped == {
        "revoked intrusion-set": 1,
        "deprecated intrusion-set": 1,
        "an end is revoked or deprecated": 1,
        "revoked relationship": 1,
        "revoked-by: whether two actors are one is judged by people": 1,
    }


def test_on_request_what_replaces_another_is_judged_the_same() -> None:
    found = told(MOTH | {"revoked": True}, OWL, tie("revoked-by", MOTH, OWL), judge="yes")
    assert found.graph.canonical("grey-moth") == found.graph.canonical("night-owl")
    head = found.graph.store.head()
    told(
        MOTH | {"revoked": True}, OWL, tie("revoked-by", MOTH, OWL), judge="yes", graph=found.graph
    )
    assert found.graph.store.head() == head


def test_only_the_latest_version_of_an_object_counts() -> None:
    first = MOTH | {"modified": "2020-01-01T00:00:00Z", "name": "Moth"}
    last = MOTH | {"modified": "2021-01-01T00:00:00Z"}
    ties = [
        tie("attributed-to", MOTH, OWL, modified="2020-01-01T00:00:00Z", id="relationship--1"),
        tie("attributed-to", MOTH, OWL, modified="2021-01-01T00:00:00Z", id="relationship--1",
            revoked=True),
    ]  # fmt: skip
    found = told(first, last, OWL, *ties)
    assert {one.name for one in found.graph.actors()} == {"Grey Moth", "Night Owl"}
    assert found.summary.skipped == {"an older version": 2, "revoked relationship": 1}


def test_relationships_are_counted_by_what_they_tie() -> None:
    found = told(MOTH, OWL, TOOL, tie("uses", MOTH, TOOL), tie("impersonates", OWL, MOTH))
    assert found.summary.skipped == {"malware": 1, "intrusion-set uses malware": 1}
    assert found.summary.unmapped == {"threat-actor impersonates intrusion-set": 1}


def test_bad_objects_are_refused_by_line_and_the_rest_goes_in() -> None:
    found = told(
        7,
        {"id": "x"},
        {"type": "identity", "id": "identity--x"},
        tie("attributed-to", MOTH, BUREAU),
        tie("attributed-to", MOTH, OWL, confidence=101, id="relationship--0"),
        tie("targets", MOTH, OWL, created="yesterday"),
        MOTH,
        OWL,
        tie("part-of", MOTH, OWL),
    )
    assert [one[1] for one in claims_of(found)] == ["part_of"]
    assert {one.field for one in found.refused} == {
        None, "type", "name", "target_ref", "confidence", "created",
    }  # fmt: skip
    assert next(one for one in found.refused if one.field == "confidence").reason.startswith(
        "relationship--0: "
    )
    assert adds_up(found)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[", b'{"type": "report", "objects": []}', b"a,b\n1,2\n", bundle(MOTH)[:-20]],
)
def test_what_is_no_bundle_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(InvalidRecord):
        taken(FORMAT, data)


def test_the_same_bundle_twice_changes_nothing() -> None:
    objects = (MOTH, OWL, DESK, tie("attributed-to", MOTH, OWL), tie("targets", MOTH, DESK))
    first = told(*objects)
    head = first.graph.store.head()
    told(*objects, graph=first.graph)
    assert first.graph.store.head() == head


SMALL = [
    DESK, MOTH, OWL, TOOL, MOTH | {"modified": "2020-01-01T00:00:00Z"},
    tie("attributed-to", MOTH, OWL, confidence=50, created_by_ref=DESK["id"]),
    tie("targets", MOTH, DESK, start_time="2021-03-01T00:00:00Z",
        external_references=[{"source_name": "A", "url": "https://example.org/"}]),
    tie("revoked-by", MOTH, OWL), tie("uses", MOTH, TOOL),
]  # fmt: skip


@given(changed(SMALL))
def test_whatever_stands_in_an_object_it_is_counted_once_and_never_breaks_the_import(
    objects: list[Any],
) -> None:
    found = taken_alone(FORMAT, bundle(*objects))
    assert adds_up(found)
    assert found.summary.rows == len(objects)


@given(changed({"type": "bundle", "objects": SMALL}))
def test_whatever_the_document_is_only_a_refusal_comes_of_it(document: Any) -> None:  # noqa: ANN401
    with suppress(InvalidRecord):
        assert adds_up(taken_alone(FORMAT, json.dumps(document).encode()))
