from fastapi.testclient import TestClient

INFLUENCE = "/v1/actors/iran/influence?as_of=2024-09-30"


def test_an_actors_influence_is_ranked_with_its_paths(client: TestClient) -> None:
    data = client.get(INFLUENCE).json()["data"]

    assert data.keys() == {"actor", "one_origin", "ranking", "coercion", "available"}
    assert data["actor"]["id"] == "iran"
    assert data["ranking"][0].keys() == {"actor", "leverage", "coercion", "net", "paths"}
    assert data["ranking"][0]["paths"][0]["actors"] == ["iran", "hamas"]


def test_the_value_is_the_one_that_leverage_gives_from_the_other_end(client: TestClient) -> None:
    [first, *_] = client.get(INFLUENCE).json()["data"]["ranking"]
    asked = f"/v1/actors/{first['actor']['id']}/leverage?by=iran&as_of=2024-09-30"
    [entry] = client.get(asked).json()["data"]["ranking"]

    assert first["leverage"] == entry["leverage"]
    assert first["net"] == entry["net"]


def test_no_more_are_given_than_asked_for(client: TestClient) -> None:
    data = client.get(f"{INFLUENCE}&limit=2&paths=1&hops=3").json()["data"]

    assert len(data["coercion"]) == 2
    assert all(len(entry["paths"]) == 1 for entry in data["coercion"])


def test_an_answer_says_where_it_stands_and_can_be_kept(client: TestClient) -> None:
    answer = client.get(INFLUENCE)

    assert answer.json()["meta"]["coverage"]["claims"] > 0
    again = client.get(INFLUENCE, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
