import pytest

from graph_service.importers.formats import format_called
from graph_service.importers.stix import FORMAT
from graph_service.stores.graph import open_graph
from tests.importers.stix import (
    ACTOR,
    BODY,
    EVERYBODY,
    GROUP,
    PERSON,
    Json,
    pieces,
    stix,
    thing,
    tie,
    triples,
)
from tests.stores.telling import actor


def test_the_format_is_known_by_its_name() -> None:
    assert format_called("stix") is FORMAT


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (GROUP, "organisation"),
        (ACTOR, "organisation"),
        (BODY, "organisation"),
        (PERSON, "person"),
        (thing("identity", "x", name="Energy Example", identity_class="class"), "people"),
        (thing("identity", "x", name="A Thing"), "organisation"),
    ],
)
def test_an_actor_has_the_kind_of_its_type_and_class(told: Json, kind: str) -> None:
    (found,) = stix(told).graph.actors()

    assert (found.name, found.kind) == (told["name"], kind)
    assert dict(found.ids)["stix"] == told["id"]


def test_names_and_numbers_of_a_group_are_kept() -> None:
    told = GROUP | {
        "external_references": [
            {"source_name": "a report", "url": "https://example.org"},
            {"source_name": "mitre-attack", "external_id": "G9999"},
        ]
    }

    found = stix(told).graph.actor("sand-example")

    assert [alias.text for alias in found.aliases] == ["Dune"]
    assert dict(found.ids) == {"mitre_attack": "G9999", "stix": "intrusion-set--g"}


def test_a_group_of_a_known_number_is_that_group() -> None:
    graph = open_graph("memory:")
    graph.write(
        [actor("dune", "organisation", name="Dune Crew", ids={"mitre_attack": "G9999"})], by="desk"
    )
    reference = {"source_name": "mitre-attack", "external_id": "G9999"}

    stix(GROUP | {"external_references": [reference]}, graph=graph)

    assert [one.id for one in graph.actors()] == ["dune"]
    assert dict(graph.actor("dune").ids)["stix"] == "intrusion-set--g"


def test_who_is_behind_a_group_controls_it() -> None:
    found = stix(*EVERYBODY, tie(GROUP, "attributed-to", BODY))

    assert triples(found.graph) == {("example-bureau", "controls", "sand-example", "/")}
    assert found.refused == []


def test_a_part_is_part_of_the_whole() -> None:
    found = stix(*EVERYBODY, tie(GROUP, "part-of", ACTOR, start_time="2018-02-03T00:00:00Z"))

    assert triples(found.graph) == {("sand-example", "part_of", "example-crew", "2018-02-03/")}


@pytest.mark.parametrize(
    ("dates", "when"),
    [
        ({}, "[..2019-01-02]"),
        ({"start_time": "2018-02-03T00:00:00Z"}, "2018-02-03"),
        ({"start_time": "2018-02-03T00:00:00Z", "stop_time": "2018-03-01T00:00:00Z"},
         "2018-02-03/2018-03-01"),
        ({"first_seen": "2018-02-03T00:00:00Z", "last_seen": "2018-03-01T00:00:00Z"},
         "2018-02-03/2018-03-01"),
    ],
)  # fmt: skip
def test_a_target_was_attacked_on_some_day(dates: Json, when: str) -> None:
    found = stix(*EVERYBODY, tie(GROUP, "targets", BODY, **dates))

    assert triples(found.graph) == {("sand-example", "attacks", "example-bureau", when)}


@pytest.mark.parametrize(
    ("dates", "when"),
    [
        ({"start_time": "2018-02-03T00:00:00Z"}, "2018-02-03/"),
        ({"start_time": "2018-02-03T23:00:00-05:00"}, "2018-02-04/"),
        ({"stop_time": "2018-02-03T00:00:00Z"}, "/2018-02-03"),
        ({"first_seen": "2018-02-03T00:00:00Z"}, "[..2018-02-03]/"),
        ({"last_seen": "2018-02-03T00:00:00Z"}, "[..2018-02-03]/"),
    ],
)
def test_a_tie_that_lasts_began_when_it_is_told_or_by_when_it_was_seen(
    dates: Json, when: str
) -> None:
    found = stix(*EVERYBODY, tie(GROUP, "attributed-to", BODY, **dates))

    assert {told[3] for told in triples(found.graph)} == {when}


def test_who_made_the_bundle_is_the_source() -> None:
    made = tie(GROUP, "attributed-to", BODY, created_by_ref=PERSON["id"])

    found = stix(*EVERYBODY, made)

    told = pieces(found.graph)
    sources = [found.graph.source(piece.source) for piece in told]
    assert {(one.publisher, one.origin) for one in sources} == {("Ada Example", "ada-example")}
    assert {piece.locator for piece in told} == {"relationship--r"}


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ({}, ["2019-01-02", "2020-01-02"]),
        ({"start_time": "2018-02-03T00:00:00Z"}, ["2020-01-02"]),
        ({"stop_time": "2018-02-03T00:00:00Z"}, ["2019-01-02"]),
        ({"modified": None}, ["2019-01-02"]),
    ],
)
def test_what_is_unknown_is_bounded_by_when_it_was_told_first_and_last(
    dates: Json, published: list[str]
) -> None:
    graph = stix(*EVERYBODY, tie(GROUP, "attributed-to", BODY, **dates)).graph

    sources = (graph.source(piece.source) for piece in pieces(graph))
    assert sorted(str(one.published) for one in sources) == published


def test_what_a_relationship_cites_are_its_sources_by_owner() -> None:
    cited = [
        {"source_name": "Report 1", "url": "https://www.example.org/1"},
        {"source_name": "Report 2", "url": "https://example.org/2"},
        {"source_name": "Paper", "url": "javascript:alert(1)", "description": "A long passage."},
    ]

    found = stix(*EVERYBODY, tie(GROUP, "attributed-to", BODY, external_references=cited))

    sources = [found.graph.source(piece.source) for piece in pieces(found.graph)]
    assert {source.origin for source in sources} == {"example.org", "paper"}
    assert {source.url for source in sources} == {
        "https://www.example.org/1", "https://example.org/2", None,
    }  # fmt: skip
    assert {piece.passage for piece in pieces(found.graph)} == {None}


@pytest.mark.parametrize(("told", "confidence"), [(None, 0.6), (85, 0.85), (100, 0.95), (1, 0.01)])
def test_confidence_is_that_of_the_bundle_of_a_hundred(told: int | None, confidence: float) -> None:
    more: Json = {} if told is None else {"confidence": told}

    found = stix(*EVERYBODY, tie(GROUP, "attributed-to", BODY, **more))

    assert {piece.confidence for piece in pieces(found.graph)} == {confidence}


def test_what_nobody_is_confident_of_is_skipped() -> None:
    found = stix(*EVERYBODY, tie(GROUP, "attributed-to", BODY, confidence=0))

    assert triples(found.graph) == set()
    assert found.summary.skipped["a confidence of 0"] == 1
