"""Actors that somebody judged to be one: where they are found, and who said so."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.domain.actors import Actor
from graph_service.domain.identity import Judgement, Verdict
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from tests.api.conftest import TODAY
from tests.api.writers import local
from tests.stores.telling import claim, source

AS_OF = "as_of=2024-09-30"


@pytest.fixture
def judged(graph: Graph) -> Iterator[TestClient]:
    """The dossier, in which Persia is Iran."""
    graph.write([Actor("persia", "state", "Persia"), Actor("parthia", "state", "Parthia")], by="x")
    told = claim("persia", "sanctions", "turkey", when="2024-01/..", status="accepted")
    graph.write([source("paper"), told], by="desk")
    judgement = Judgement("persia", "iran", Verdict.SAME, reason="One seat, one name.")
    graph.write([judgement], by="ada")
    with TestClient(create_app(graph, Settings()), follow_redirects=False) as client:
        yield client


def got(client: TestClient, url: str) -> Any:  # noqa: ANN401 - JSON
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


@pytest.mark.parametrize(
    "rest", ["", "/neighbours", "/leverage", "/influence", f"?{AS_OF}", f"/leverage?{AS_OF}&by=us"]
)
def test_a_merged_actor_is_asked_about_under_the_id_that_it_goes_by(
    judged: TestClient, rest: str
) -> None:
    moved = judged.get(f"/v1/actors/persia{rest}")

    assert moved.status_code == 308
    assert moved.headers["location"] == f"/v1/actors/iran{rest}"
    assert moved.headers["cache-control"] == "no-store"
    assert moved.json()["data"] == {"id": "iran", "referents": ["persia"]}
    assert moved.json()["meta"].keys() == {
        "sequence", "as_of", "known_at", "truncated", "coverage", "unread_since"
    }  # fmt: skip


def test_whoever_follows_gets_the_answer(judged: TestClient) -> None:
    followed = judged.get(f"/v1/actors/persia/leverage?{AS_OF}", follow_redirects=True)

    assert followed.json()["data"] == got(judged, f"/v1/actors/iran/leverage?{AS_OF}")


def test_an_actor_says_who_else_goes_by_its_id_and_who_judged_so(judged: TestClient) -> None:
    iran = got(judged, f"/v1/actors/iran?{AS_OF}")

    [referent] = iran["referents"]
    assert (referent["id"], referent["name"]) == ("persia", "Persia")
    told = referent["judgement"]
    assert (told["by"], told["reason"], told["at"]) == (
        "ada", "One seat, one name.", "2026-11-22T09:00:00Z"
    )  # fmt: skip
    ties = {(tie["relation"], tie["direction"]): tie["count"] for tie in iran["ties"]}
    assert ties["sanctions", "out"] == 1
    assert got(judged, "/v1/actors/hamas")["referents"] == []


def test_ids_in_parameters_are_resolved_without_ado(judged: TestClient) -> None:
    asked = f"/v1/actors/hamas/leverage?{AS_OF}&channels=all&by="
    one, other = got(judged, asked + "persia"), got(judged, asked + "iran")
    assert [entry["actor"]["id"] for entry in one["ranking"]] == ["iran"]
    assert one == other

    between = f"/v1/paths?{AS_OF}&to=turkey&from="
    assert got(judged, between + "persia") == got(judged, between + "iran")
    around = got(judged, f"/v1/actors/turkey/neighbours?{AS_OF}&among=persia")["hops"][0]
    assert [one["actor"]["id"] for one in around] == ["iran"]
    [tie] = around[0]["ties"]
    assert (tie["subject"], tie["claims"][0]["subject"]) == ("iran", "persia")


def test_a_merged_actor_is_found_once_and_listed_no_more(judged: TestClient) -> None:
    assert [one["id"] for one in got(judged, "/v1/actors?q=persia")] == ["iran"]

    listed = judged.get("/v1/actors?limit=200").json()
    assert "persia" not in {one["id"] for one in listed["data"]}
    assert listed["meta"]["total"]["value"] == len(listed["data"])


def test_before_it_was_judged_an_actor_is_what_it_was(judged: TestClient) -> None:
    before = (TODAY - timedelta(days=1)).date().isoformat()

    persia = got(judged, f"/v1/actors/persia?known_at={before}")

    assert persia["id"] == "persia"
    assert got(judged, f"/v1/actors/iran?known_at={before}")["referents"] == []


def test_once_taken_back_an_actor_is_found_where_it_was(judged: TestClient, graph: Graph) -> None:
    graph.write([Judgement("iran", "persia", Verdict.UNSURE)], by="bo")

    assert got(judged, "/v1/actors/persia")["id"] == "persia"
    assert got(judged, "/v1/actors/iran")["referents"] == []


def test_judgements_are_listed_and_say_which_hold(judged: TestClient, graph: Graph) -> None:
    graph.write([Judgement("iran", "persia", Verdict.UNSURE)], by="bo")
    graph.write([Judgement("parthia", "iran", Verdict.DIFFERENT, reason="No.")], by="bo")

    listed = got(judged, "/v1/judgements")

    assert [(one["left"], one["verdict"], one["by"], one["holds"]) for one in listed] == [
        ("persia", "same", "ada", False),
        ("iran", "unsure", "bo", True),
        ("parthia", "different", "bo", True),
    ]
    assert [one["left"] for one in got(judged, "/v1/judgements?actor=persia")] == [
        "persia", "iran"
    ]  # fmt: skip
    assert [one["reason"] for one in got(judged, "/v1/judgements?verdict=different")] == ["No."]
    assert got(judged, "/v1/judgements?actor=hamas") == []


def test_judgements_come_page_by_page(judged: TestClient, graph: Graph) -> None:
    graph.write([Judgement("iran", "persia", Verdict.UNSURE)], by="bo")
    first = judged.get("/v1/judgements?limit=1")

    second = judged.get(first.links["next"]["url"]).json()

    assert [one["verdict"] for one in second["data"]] == ["unsure"]
    assert second["meta"]["next_cursor"] is None


def test_an_unknown_verdict_is_refused(client: TestClient) -> None:
    refused = client.get("/v1/judgements?verdict=equal")

    assert (refused.status_code, refused.json()["parameter"]) == (422, "verdict")


def test_a_judgement_that_contradicts_others_is_a_conflict(
    judged: TestClient, graph: Graph
) -> None:
    told = {"record": "judgement", "verdict": "same", "left": "parthia", "right": "iran"}
    with local(graph) as client:
        client.post("/v1/records", json=[told | {"verdict": "different"}]).raise_for_status()
        refused = client.post("/v1/records", json=[told | {"right": "persia"}])

    assert refused.status_code == 409
    assert "undo that judgement first" in refused.json()["detail"]
    assert [one["left"] for one in got(judged, "/v1/judgements")] == ["persia", "parthia"]
