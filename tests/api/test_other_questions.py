"""The questions about two, about many and about time over HTTP: bad input, and reasons."""

import pytest
from fastapi.testclient import TestClient

REFUSED = {
    "/v1/mediators?between=israel": "two ids with a comma",
    "/v1/mediators?between=israel,hamas,iran": "two ids with a comma",
    "/v1/mediators?between=israel,": "no name where one is due",
    "/v1/mediators?between=hamas,hamas": "two different actors",
    "/v1/mediators": "'between' is needed",
    "/v1/alignment?between=israel,israel": "two different actors",
    "/v1/alignment?between=israel,hamas&since=2025&as_of=2024-09-30": "after the day asked about",
    "/v1/alignment?between=israel,hamas&since=1900&step=month": "at most 240 steps",
    "/v1/alignment?between=israel,hamas&step=week": "step is",
    "/v1/comparison?between=iran,iran": "two different actors",
    "/v1/timeline": "'actors' is needed",
    "/v1/timeline?actors=hamas&since=2024&until=2023": "wrong order",
    "/v1/timeline?actors=hamas&cursor=abc": "this is no cursor",
    "/v1/changes?actor=hamas&from=2025-01-01&to=2024-01-01": "wrong order",
    "/v1/changes?actor=hamas&known_from=2025-01-02&known_to=2025-01-01": "wrong order",
    "/v1/changes?actor=hamas&other=hamas&from=2024-01-01": "two different actors",
    "/v1/changes?actor=hamas&to=2024-09-30&as_of=2024-09-29": "say the same",
    "/v1/changes?actor=hamas&from=2024": "from:",
    "/v1/balance?size=0": "size is at least 1",
    "/v1/balance?actors=": "actors is empty",
    "/v1/blocs?limit=3": "no parameter 'limit'",
    "/v1/brokers?limit=201": "limit is at most 200",
}
UNKNOWN = (
    "/v1/mediators?between=israel,hamaz", "/v1/timeline?actors=hamaz", "/v1/changes?actor=hamaz",
    "/v1/alignment?between=hamaz,israel", "/v1/comparison?between=hamaz,israel",
    "/v1/balance?actors=hamaz", "/v1/blocs?actors=hamaz", "/v1/brokers?over=hamaz",
    "/v1/coverage?actor=hamaz", "/v1/actors/hamaz/latent",
)  # fmt: skip
EARLY = (
    "/v1/mediators?between=israel,hamas", "/v1/timeline?actors=hamas", "/v1/changes?actor=hamas",
    "/v1/alignment?between=hamas,israel", "/v1/comparison?between=hamas,israel", "/v1/balance",
    "/v1/blocs", "/v1/brokers?over=hamas", "/v1/brokers", "/v1/coverage?actor=hamas",
    "/v1/coverage", "/v1/actors/hamas/latent",
)  # fmt: skip


@pytest.mark.parametrize(("route", "why"), REFUSED.items())
def test_what_cannot_be_asked_is_refused_with_what_to_do(
    client: TestClient, route: str, why: str
) -> None:
    answer = client.get(route)

    assert answer.status_code == 422
    assert why in answer.json()["detail"]


@pytest.mark.parametrize("route", UNKNOWN)
def test_an_actor_that_nobody_knows_is_not_found_with_one_like_it(
    client: TestClient, route: str
) -> None:
    answer = client.get(route)

    assert answer.status_code == 404
    assert "hamas" in answer.json()["suggestions"]


@pytest.mark.parametrize("route", EARLY)
def test_before_anything_is_known_every_answer_says_so(client: TestClient, route: str) -> None:
    sign = "&" if "?" in route else "?"
    answer = client.get(f"{route}{sign}as_of=2001-01-01")

    assert answer.status_code == 200
    assert "nothing is known" in answer.json()["data"]["reason"]


def test_what_is_inferred_is_marked_and_cites_nothing_of_its_own(client: TestClient) -> None:
    answer = client.get("/v1/actors/hamas/latent?as_of=2024-09-30").json()

    assert answer["data"]["inferred"] is True
    assert "no source says so" in answer["data"]["note"]
    assert answer["data"]["distances"] is False


def test_the_first_two_pages_of_a_timeline_are_linked(client: TestClient) -> None:
    first = client.get("/v1/timeline?actors=hamas&as_of=2024-09-30&limit=2")
    cursor = first.json()["meta"]["next_cursor"]
    second = client.get(f"/v1/timeline?actors=hamas&as_of=2024-09-30&limit=2&cursor={cursor}")

    assert 'rel="next"' in first.headers["link"]
    assert second.status_code == 200
    assert second.json()["data"]["chapters"] != first.json()["data"]["chapters"]
