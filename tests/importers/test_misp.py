"""MISP clusters: groups, and the states that are suspected to sponsor them."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.sources import Source
from graph_service.importers.misp import FORMAT
from graph_service.stores.graph import Graph
from tests.importers.intake import Taken, taken
from tests.importers.odd_json import adds_up, changed, taken_alone

Json = dict[str, Any]


def group(name: str, **meta: Any) -> Json:  # noqa: ANN401 - properties
    return {
        "value": name,
        "uuid": f"id of {name}",
        "meta": {k.replace("_", "-"): v for k, v in meta.items()},
    }


SPONSOR = "cfr_suspected_state_sponsor"
MOTH = group(
    "Grey Moth", **{SPONSOR: "Iran (Islamic Republic of)"}, country="IR",
    attribution_confidence="75", synonyms=["MOTH-1", "G9999"],
    refs=["https://www.cfr.org/x", "https://example.org/2014/05/20/a.html"],
)  # fmt: skip
OWL = group("Night Owl", country="IR", refs=["https://example.org/2019/07/b/"])


def told(
    *groups: Any,  # noqa: ANN401 - any JSON
    graph: Graph | None = None,
    wishes: Json | None = None,
    **more: Any,  # noqa: ANN401 - any JSON
) -> Taken:
    return taken(FORMAT, cluster(*groups, **more), graph, more=wishes or {})


def cluster(*groups: Any, **more: Any) -> bytes:  # noqa: ANN401 - any JSON
    told_ = {"type": "threat-actor", "name": "Threat Actor", "version": 7, "values": list(groups)}
    return json.dumps({**told_, **more}, indent=1).encode()


def test_a_suspected_sponsor_is_a_patron_by_a_hedged_word() -> None:
    found = told(MOTH, OWL)
    [record] = found.graph.claims()
    claim, [piece] = record.claim, record.evidence
    assert (claim.subject, claim.relation, claim.object, claim.when.text) == (
        "iran", "patron_of", "grey-moth", "/",
    )  # fmt: skip
    assert (piece.confidence, piece.attributed_to) == (0.45, "Council on Foreign Relations")
    assert dict(found.graph.actor("iran").ids)["misp"] == "Iran (Islamic Republic of)"
    assert (found.summary.taken, found.refused) == (2, [])


def test_groups_keep_their_names_and_identifiers() -> None:
    moth = told(MOTH).graph.actor("grey-moth")
    assert (moth.kind, [alias.text for alias in moth.aliases]) == (
        "organisation",
        ["MOTH-1", "G9999"],
    )
    assert moth.ids == (("misp", "id of Grey Moth"), ("mitre_attack", "G9999"))


def test_the_cluster_is_as_old_as_the_newest_page_that_it_cites() -> None:
    [source] = [one for one in told(MOTH, OWL).graph.records() if isinstance(one, Source)]
    assert (source.id, source.published) == ("misp-threat-actor-2019-07-7", "2019-07")
    [source] = [
        one
        for one in told(MOTH, wishes={"published": "2026-02-01"}).graph.records()
        if isinstance(one, Source)
    ]
    assert source.published == "2026-02-01"


def test_without_any_date_the_claim_is_refused_with_what_to_do() -> None:
    found = told(group("Grey Moth", **{SPONSOR: "Iran"}))
    assert [one.field for one in found.refused] == ["version"]
    assert "published=2024-07-31" in found.refused[0].reason


@pytest.mark.parametrize(
    ("sponsor", "country"),
    [("Iran", None), ("Islamic Republic of Iran", "IR"), ("IR", None), ("Land of Nobody", "IR")],
)
def test_a_sponsor_is_known_by_its_name_or_code(sponsor: str, country: str | None) -> None:
    found = told(OWL, group("Moth", **{SPONSOR: sponsor}, country=country))
    assert [one.claim.subject for one in found.graph.claims()] == ["iran"]


def test_whoever_nobody_knows_is_refused_and_unknown_is_no_sponsor() -> None:
    found = told(OWL, group("A", **{SPONSOR: "Atlantis"}), group("B", **{SPONSOR: "Unknown"}))
    assert [(one.line, one.field) for one in found.refused] == [(16, "cfr-suspected-state-sponsor")]
    assert {one.name for one in found.graph.actors()} == {"Night Owl", "B"}


def test_operations_and_repeated_groups_are_skipped() -> None:
    campaign = group("Storm", threat_actor_classification=["campaign"])
    found = told(OWL, OWL, campaign, group("C", threat_actor_classification=["Activity Group"]))
    assert found.summary.skipped == {
        "a group told before": 1,
        "an operation or a campaign, and no group": 1,
    }


def test_the_same_cluster_twice_changes_nothing() -> None:
    first = told(MOTH, OWL)
    head = first.graph.store.head()
    told(MOTH, OWL, graph=first.graph)
    assert first.graph.store.head() == head


@pytest.mark.parametrize("more", [{"type": "malware"}, {"type": 3}, {"values": 3}])
def test_another_cluster_is_refused_as_a_whole(more: Json) -> None:
    with pytest.raises(InvalidRecord, match="no MISP galaxy cluster of threat actors"):
        told(MOTH, **more)


def test_a_head_that_is_no_json_is_refused_with_its_line() -> None:
    data = json.dumps({"type": "threat-actor", "version": 1, "values": [MOTH]})
    with pytest.raises(InvalidRecord, match="line 1: this is no JSON"):
        taken_alone(FORMAT, data.replace('"version": 1', '"version": 01').encode())


@given(changed([MOTH, OWL, group("C", **{SPONSOR: "Iran"}, attribution_confidence=10)]))
def test_whatever_stands_in_a_group_it_is_counted_once_and_never_breaks_the_import(
    groups: list[Any],
) -> None:
    found = taken_alone(FORMAT, cluster(*groups, OWL))
    assert adds_up(found)
    assert found.summary.rows == len(groups) + 1


@given(changed({"type": "threat-actor", "name": "X", "version": 1, "values": [MOTH]}))
def test_whatever_the_document_is_only_a_refusal_comes_of_it(document: Any) -> None:  # noqa: ANN401
    with suppress(InvalidRecord):
        assert adds_up(taken_alone(FORMAT, json.dumps(document).encode()))
