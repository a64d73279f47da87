from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.domain.claims import Decision, Status
from graph_service.settings import Settings
from graph_service.stores.graph import Graph

BACKS = "c_zmkik5n6mvssngcsh2bbwykulm"


def pages(client: TestClient, path: str) -> list[dict[str, Any]]:
    """Every page of a list, by its `Link` headers."""
    found, following = [], path
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
        following = answer.links.get("next", {}).get("url", "")
    return found


def test_an_actor_is_found_by_a_metonym(client: TestClient) -> None:
    answer = client.get("/v1/actors?q=tehran").json()

    assert answer["data"][0] == {
        "id": "iran",
        "name": "Iran",
        "kind": "state",
        "matched": "Tehran",
        "scope": "metonym",
        "score": 1.0,
    }


def test_a_search_may_keep_to_one_kind(client: TestClient) -> None:
    found = client.get("/v1/actors?q=israel&kind=government").json()["data"]

    assert {actor["kind"] for actor in found} == {"government"}


def test_a_search_has_one_page(client: TestClient) -> None:
    refusal = client.get("/v1/actors?q=iran&cursor=x").json()

    assert refusal["parameter"] == "cursor"


@pytest.mark.parametrize(
    "path",
    ["/v1/actors", "/v1/actors?kind=state", "/v1/claims", "/v1/claims?actor=hamas", "/v1/episodes"],
)
def test_pages_of_a_list_add_up_to_the_list(client: TestClient, path: str) -> None:
    whole = client.get(f"{path}{'&' if '?' in path else '?'}limit=200").json()
    parts = pages(client, f"{path}{'&' if '?' in path else '?'}limit=2")

    assert [item for part in parts for item in part["data"]] == whole["data"]
    assert whole["meta"]["next_cursor"] is None
    assert all(len(part["data"]) == 2 for part in parts[:-1])


def test_a_list_says_how_many_there_are_where_that_is_cheap(client: TestClient) -> None:
    meta = client.get("/v1/actors?limit=1").json()["meta"]

    assert meta["total"]["relation"] == "eq"
    assert meta["total"]["value"] == sum(len(p["data"]) for p in pages(client, "/v1/actors"))


def test_a_list_grows_at_its_end_while_somebody_reads_it(graph: Graph) -> None:
    with TestClient(create_app(graph, Settings())) as client:
        before = client.get("/v1/claims?limit=200").json()["data"]
        first = client.get("/v1/claims?limit=5")
        decision = Decision(
            graph.claim(BACKS).record.evidence[0].id, Status.RETRACTED, by="desk", reason="test"
        )
        graph.write([decision], by="desk")
        rest = pages(client, first.links["next"]["url"])

    listed = first.json()["data"] + [item for part in rest for item in part["data"]]
    assert [claim["id"] for claim in listed] == [claim["id"] for claim in before]


def test_a_cursor_belongs_to_its_question(client: TestClient) -> None:
    cursor = client.get("/v1/claims?limit=1").json()["meta"]["next_cursor"]

    refusal = client.get(f"/v1/claims?limit=1&relation=backs&cursor={cursor}")

    assert refusal.status_code == 422
    assert "another question" in refusal.json()["detail"]


@pytest.mark.parametrize("cursor", ["x", "🙂", "AAAA", "LTE", "MQ==", "9" * 900])
def test_what_is_no_cursor_is_refused(client: TestClient, cursor: str) -> None:
    refusal = client.get("/v1/claims", params={"cursor": cursor})

    assert (refusal.status_code, refusal.json()["parameter"]) == (422, "cursor")


def test_one_actor_comes_with_its_names_and_a_count_of_its_ties(client: TestClient) -> None:
    iran = client.get("/v1/actors/iran?as_of=2024-09-30").json()["data"]

    assert {"text": "Tehran", "scope": "metonym", "lang": "en", "from": None, "to": None} in iran[
        "aliases"
    ]
    assert iran["ids"]["iso3"] == "IRN"
    backs = {"relation": "backs", "family": "patronage", "direction": "out", "count": 1}
    assert backs in iran["ties"]


def test_a_tie_counts_from_both_ends(client: TestClient) -> None:
    ties = client.get("/v1/actors/hamas?as_of=2024-09-30").json()["data"]["ties"]

    directions = {tie["relation"]: tie["direction"] for tie in ties}
    assert directions["backs"] == "in"
    assert directions["at_war_with"] == "both"


def test_iran_has_the_most_leverage_over_hamas_among_outsiders(client: TestClient) -> None:
    data = client.get("/v1/actors/hamas/leverage?as_of=2024-09-30").json()["data"]

    assert data["target"]["id"] == "hamas"
    assert "iran" in {entry["actor"]["id"] for entry in data["ranking"]}
    step = data["ranking"][0]["paths"][0]["steps"][0]
    assert {"from", "to", "value", "families", "claims", "missing"} <= step.keys()


def test_by_gives_one_actor(client: TestClient) -> None:
    path = "/v1/actors/hamas/leverage?by=iran&as_of=2024-09-30&channels=carrots,access"
    ranking = client.get(path).json()["data"]["ranking"]

    assert [entry["actor"]["id"] for entry in ranking] == ["iran"]


def test_neighbours_take_every_filter(client: TestClient) -> None:
    path = (
        "/v1/actors/hamas/neighbours?as_of=2024-09-30&relations=backs,mediates&direction=in"
        "&among=iran,egypt&families=patronage,mediation&sign=+"
    )
    answer = client.get(path).json()

    assert [n["actor"]["id"] for n in answer["data"]["hops"][0]] == ["iran"]
    assert answer["meta"]["next_cursor"] is None


def test_neighbours_go_on_at_the_link(client: TestClient) -> None:
    path = "/v1/actors/hamas/neighbours?as_of=2024-09-30"
    whole = client.get(path).json()["data"]["hops"][0]
    parts = pages(client, f"{path}&limit=3")

    assert [n for part in parts for n in part["data"]["hops"][0]] == whole


def test_paths_lead_from_one_actor_to_another(client: TestClient) -> None:
    data = client.get("/v1/paths?from=iran&to=israel&as_of=2024-09-30&k=2").json()["data"]

    assert data["paths"]
    assert all(path["actors"][0] == "iran" for path in data["paths"])
    assert all(path["actors"][-1] == "israel" for path in data["paths"])


def test_a_claim_shows_its_evidence_and_what_became_of_it(graph: Graph) -> None:
    piece = graph.claim(BACKS).record.evidence[0].id
    decision = Decision(piece, Status.RETRACTED, by="editor", reason="misread")
    graph.write([decision], by="editor")
    with TestClient(create_app(graph, Settings())) as client:
        claim = client.get(f"/v1/claims/{BACKS}").json()["data"]

    assert (claim["subject"], claim["relation"], claim["object"]) == ("iran", "backs", "hamas")
    assert claim["state"] == "retracted"
    assert claim["evidence"][0]["source"] == "article-2024-09"
    assert [change["what"] for change in claim["history"]] == ["recorded", "retracted"]
    assert claim["history"][1]["reason"] == "misread"
    assert claim["history"][1]["evidence"] == [piece]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("subject=iran&object=hamas", {("iran", "backs", "hamas")}),
        ("actor=hamas&relation=backs", {("iran", "backs", "hamas")}),
        ("relation=backs&object=hamas&source=article-2024-09", {("iran", "backs", "hamas")}),
        ("source=nobody", set()),
        ("subject=nobody", set()),
        ("subject=iran&actor=israel", {("iran", "denounces", "israel")}),
    ],
)
def test_claims_are_listed_by_every_filter(
    client: TestClient, query: str, wanted: set[tuple[str, str, str]]
) -> None:
    listed = client.get(f"/v1/claims?{query}").json()["data"]
    found = {(claim["subject"], claim["relation"], claim["object"]) for claim in listed}

    assert wanted <= found
    assert bool(wanted) == bool(found)


def test_an_episode_comes_with_its_claims(client: TestClient) -> None:
    episode = client.get("/v1/episodes/gaza-talks-2024").json()["data"]
    listed = client.get("/v1/claims?episode=gaza-talks-2024").json()["data"]

    assert episode["when"] == "2023-10/.."
    assert episode["claims"] == listed
    assert {claim["relation"] for claim in listed} == {"mediates"}


def test_the_ontology_has_every_number_of_a_relation(client: TestClient) -> None:
    data = client.get("/v1/ontology").json()["data"]

    assert "armed_group" in data["kinds"]
    assert data["families"]["patronage"]["alpha"] == 0.9
    backs = data["relations"]["backs"]
    assert (backs["family"], backs["temporal"], backs["flow"]) == ("patronage", "state", "+")
    assert "state" in backs["ends"]["subject"]
    assert data["relations"]["rival_of"]["family"] is None
