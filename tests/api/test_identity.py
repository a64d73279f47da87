from fastapi.testclient import TestClient

from graph_service import reference
from graph_service.stores.graph import open_graph
from tests.api.writers import local


def test_a_name_is_resolved_with_the_reason(client: TestClient) -> None:
    found = client.get("/v1/resolve", params={"name": "Tehran"}).json()["data"]
    assert (found["actor"], found["reason"]) == ("iran", '"Tehran" stands for Iran')
    assert [one["actor"] for one in found["candidates"]] == ["iran"]


def test_a_kind_narrows_a_name_down(client: TestClient) -> None:
    asked = {"name": "Moscow", "kind": "person"}
    found = client.get("/v1/resolve", params=asked).json()["data"]
    assert (found["actor"], found["candidates"][0]["actor"]) == (None, "russia")
    assert found["reason"] == '"Moscow" stands for Russia, which is a state'


def test_a_day_narrows_a_name_down(client: TestClient) -> None:
    asked = {"name": "St. Petersburg", "as_of": "2024-01-01"}
    found = client.get("/v1/resolve", params=asked).json()["data"]
    assert found["actor"] is None
    asked["as_of"] = "1900-01-01"
    assert client.get("/v1/resolve", params=asked).json()["data"]["actor"] == "russia"


def test_an_unknown_kind_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/resolve", params={"name": "Iran", "kind": "staat"})
    assert (answer.status_code, answer.json()["suggestions"]) == (422, ["state"])


def test_a_name_is_needed(client: TestClient) -> None:
    assert client.get("/v1/resolve").status_code == 422


def test_pairs_of_an_actor_that_nobody_knows_are_not_found(client: TestClient) -> None:
    answer = client.get("/v1/identity/candidates", params={"actor": "irann"})
    assert answer.status_code == 404


def test_no_two_actors_of_the_dossier_are_proposed_as_one(client: TestClient) -> None:
    assert client.get("/v1/identity/candidates").json()["data"] == []


def test_an_id_that_is_a_name_of_several_is_answered_with_all_and_why() -> None:
    graph = open_graph("memory:")
    graph.write(reference.load(), by="test")
    with local(graph) as client:
        answer = client.get("/v1/actors/Congo/leverage")
    both = ["democratic-republic-of-the-congo", "republic-of-the-congo"]
    assert (answer.status_code, answer.json()["suggestions"]) == (404, both)
    assert answer.json()["detail"] == f'"Congo" may mean {both[0]} or {both[1]}: say which'
