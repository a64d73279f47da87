import pytest

from tests.importers.stix import (
    ACTOR,
    BODY,
    EVERYBODY,
    GROUP,
    MALWARE,
    pieces,
    stix,
    thing,
    tie,
    triples,
)


@pytest.mark.parametrize("mark", ["revoked", "x_mitre_deprecated"])
def test_what_is_revoked_is_not_taken_nor_what_touches_it(mark: str) -> None:
    gone = GROUP | {mark: True}
    word = mark.removeprefix("x_mitre_")

    found = stix(
        gone,
        ACTOR,
        BODY,
        tie(gone, "attributed-to", BODY, "r1"),
        tie(ACTOR, "attributed-to", BODY, "r2", **{mark: True}),
        tie(BODY, "targets", gone, "r3"),
    )

    assert triples(found.graph) == set()
    assert {one.id for one in found.graph.actors()} == {"example-crew", "example-bureau"}
    assert dict(found.summary.skipped) == {
        f"{word} intrusion-set": 1,
        f"{word} relationship": 1,
        "an end is revoked or deprecated": 2,
    }


def test_the_latest_version_of_an_object_counts() -> None:
    newer = {"modified": "2021-01-02T03:04:05.000Z"}
    older = {"modified": "2018-01-02T03:04:05.000Z"}
    first = tie(GROUP, "attributed-to", BODY)

    renamed = stix(GROUP | {"name": "Renamed"} | newer, GROUP, GROUP | older)
    revoked = stix(*EVERYBODY, first, first | newer | {"revoked": True})

    assert [one.name for one in renamed.graph.actors()] == ["Renamed"]
    assert renamed.summary.skipped["an older version"] == 2
    assert triples(revoked.graph) == set()


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("2021-01-02T03:04:05.500Z", "2021-01-02T03:04:05Z"),
        ("2021-01-02T03:04:05.1234Z", "2021-01-02T03:04:05.123Z"),
    ],
)
def test_versions_are_in_the_order_of_time_and_not_of_text(newer: str, older: str) -> None:
    found = stix(GROUP | {"modified": newer, "name": "Renamed"}, GROUP | {"modified": older})

    assert [one.name for one in found.graph.actors()] == ["Renamed"]


def test_an_object_told_twice_is_taken_once() -> None:
    made = tie(GROUP, "attributed-to", BODY)

    found = stix(*EVERYBODY, GROUP, made, made)

    assert len(pieces(found.graph)) == 2
    assert found.summary.skipped["an object told before"] == 2


def test_relationships_of_other_objects_are_skipped_by_what_they_tie() -> None:
    found = stix(*EVERYBODY, tie(GROUP, "uses", MALWARE), tie(MALWARE, "targets", BODY, "r2"))

    assert dict(found.summary.skipped) == {
        "malware": 1,
        "intrusion-set uses malware": 1,
        "malware targets identity": 1,
    }


def test_relationships_without_a_relation_are_counted_by_what_they_tie() -> None:
    found = stix(*EVERYBODY, tie(ACTOR, "impersonates", BODY))

    assert dict(found.summary.unmapped) == {"threat-actor impersonates identity": 1}


def test_a_system_is_no_actor() -> None:
    system = thing("identity", "s", name="Gateway", identity_class="system")

    found = stix(GROUP, system, tie(GROUP, "targets", system))

    assert found.summary.skipped["identity of a system"] == 1
    assert {one.id for one in found.graph.actors()} == {"sand-example"}
    assert triples(found.graph) == set()


def test_that_two_are_one_is_judged_only_where_the_user_wants_it() -> None:
    gone = ACTOR | {"revoked": True}
    told = (GROUP, gone, tie(gone, "revoked-by", GROUP))

    usual, judging = stix(*told), stix(*told, judge="yes")

    assert usual.summary.taken == 1
    assert usual.graph.canonical("sand-example") == "sand-example"
    assert judging.graph.canonical("example-crew") == judging.graph.canonical("sand-example")
