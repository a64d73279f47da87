import gzip
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.stix import FORMAT
from graph_service.stores.graph import open_graph
from tests.importers.intake import taken
from tests.importers.stix import (
    ACTOR,
    BODY,
    EVERYBODY,
    GROUP,
    PERSON,
    Json,
    stix,
    thing,
    tie,
    triples,
)


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        (tie(GROUP, "targets", thing("identity", "none")), "target_ref", "no object of the bundle"),
        (tie(GROUP, "attributed-to", BODY, created=None), "created", "missing"),
        (tie(GROUP, "attributed-to", BODY, created="soon"), "created", "not a time"),
        (tie(GROUP, "attributed-to", BODY, start_time="2019-02-30T00:00:00Z"), "start_time", "time"),
        (tie(GROUP, "attributed-to", BODY, stop_time=7), "stop_time", "a text"),
        (tie(GROUP, "attributed-to", BODY, confidence=101), "confidence", "whole number"),
        (tie(GROUP, "attributed-to", BODY, confidence=True), "confidence", "whole number"),
        (tie(GROUP, "attributed-to", BODY, revoked="no"), "revoked", "true or false"),
        (tie(GROUP, "attributed-to", BODY, external_references=[7]), "external_references", "list"),
        (tie(BODY, "attributed-to", PERSON) | {"source_ref": None}, "source_ref", "missing"),
        (tie(PERSON, "attributed-to", BODY), "object", "(person)"),
        (thing("intrusion-set", "n"), "name", "name is missing"),
        (thing("identity", "n", name="a\u202eb"), "name", "cannot be shown"),
        (7, None, "an object is a JSON object"),
        ({"id": "x"}, "type", "type is missing"),
    ],
)  # fmt: skip
def test_an_object_that_is_wrong_is_refused(told: object, field: str | None, says: str) -> None:
    found = stix(*EVERYBODY, tie(ACTOR, "attributed-to", BODY, "good"), told)

    (refusal,) = found.refused
    assert (refusal.line, refusal.field) == (1, field)
    assert says in refusal.reason
    assert len(triples(found.graph)) == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "no JSON document"),
        ("hello", "no JSON document"),
        ("{}", "no STIX bundle"),
        ('{"type": "bundle", "objects": [{"type": "ident', "cut off"),
        ('{"type": "bundle", "objects": ' + "[" * 5_000, "nested too deeply"),
        ('{"type": "report", "objects": []}', "no STIX bundle"),
        ('{"type": "bundle", "objects": []} {}', "goes on after its end"),
        ('{"type": "bundle", "objects": [{}, ]}', "no JSON"),
    ],
)
def test_a_file_that_is_no_bundle_is_one_clear_error(data: str, says: str) -> None:
    graph = open_graph("memory:")

    with pytest.raises(InvalidRecord, match=says):
        taken(FORMAT, data, graph)

    assert graph.store.head().sequence == 0


def test_a_bundle_that_is_cut_off_leaves_nothing_behind() -> None:
    graph = open_graph("memory:")
    whole = json.dumps({"type": "bundle", "objects": [*EVERYBODY, tie(GROUP, "targets", BODY)]})

    with pytest.raises(InvalidRecord):
        taken(FORMAT, whole[:-9], graph)
    with pytest.raises(InvalidRecord):
        taken(FORMAT, gzip.compress(whole.encode())[:-9], graph)

    assert graph.store.head().sequence == 0


def test_an_empty_bundle_has_no_rows() -> None:
    assert taken(FORMAT, '{"type": "bundle", "id": "bundle--1"}').summary.rows == 0
    assert taken(FORMAT, '{"type": "bundle", "objects": []}').summary.rows == 0


def test_the_same_file_again_changes_nothing() -> None:
    told = [
        *EVERYBODY,
        tie(GROUP, "attributed-to", BODY, "r1", created_by_ref=BODY["id"]),
        tie(GROUP, "targets", PERSON, "r2"),
    ]
    first = stix(*told)
    before = first.graph.store.head().sequence

    again = stix(*reversed(told), graph=first.graph)

    assert again.summary.entries == 0
    assert first.graph.store.head().sequence == before


odd: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 200) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
KNOWN = [
    *(one["id"] for one in EVERYBODY), *(one["type"] for one in EVERYBODY), "relationship",
    "attributed-to", "targets", "revoked-by", "2019-01-02T03:04:05Z", "9999-12-31T23:59:59-23:59",
    "individual", "system", True, [], [{"source_name": "x", "url": "https://[x"}], "mitre-attack",
]  # fmt: skip
FIELDS = [
    "type", "id", "name", "created", "modified", "relationship_type", "source_ref", "target_ref",
    "aliases", "external_references", "identity_class", "revoked", "x_mitre_deprecated",
    "confidence", "start_time", "stop_time", "first_seen", "created_by_ref",
]  # fmt: skip
GOOD = (*EVERYBODY, tie(GROUP, "attributed-to", BODY), tie(GROUP, "targets", PERSON, "r2"))


@st.composite
def spoilt(draw: st.DrawFn) -> Json:
    """A good object with a few fields that are something else, or not there."""
    told = dict(draw(st.sampled_from(GOOD)))
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=3)):
        told[name] = draw(st.sampled_from(KNOWN) | odd)
    for name in draw(st.lists(st.sampled_from(sorted(told)), max_size=1)):
        del told[name]
    return told


@given(st.lists(spoilt() | odd, max_size=8), st.sampled_from(["no", "yes"]))
def test_every_object_is_taken_skipped_or_refused(objects: list[Any], judge: str) -> None:
    found = stix(*GOOD, *objects, judge=judge)

    told = found.summary
    assert told.rows == len(GOOD) + len(objects)
    assert told.taken + told.skipped.total() + told.unmapped.total() + told.refused == told.rows
    assert stix(*GOOD, *objects, judge=judge, graph=found.graph).summary.entries == 0


@given(st.binary(max_size=200))
def test_odd_bytes_are_one_clear_error(data: bytes) -> None:
    with pytest.raises(InvalidRecord):
        taken(FORMAT, b'{"type": "bundle", "objects": [' + data + b"\xff")
