import pytest
from fastapi.testclient import TestClient

QUESTIONS = (
    "Who has leverage over Hamas as of September 2024?",
    "What leverage does Iran have over Hamas?",
    "Whom does Iran influence?",
    "Who has attacked Israel since 7 October?",
    "Which of Iran, Egypt and Qatar mediates with Hamas?",
    "How is the Knesset connected to Hamas?",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_answer_is_the_very_answer_of_the_question(text: str, client: TestClient) -> None:
    asked = client.get("/v1/ask", params={"q": text})

    answer = client.get(asked.json()["data"]["understood"]["url"])

    assert answer.status_code == asked.status_code == 200
    assert f'"answer":{_data(answer.text)},"why":null' in asked.text
    assert asked.json()["meta"] == answer.json()["meta"]


def _data(body: str) -> str:
    return body.removeprefix('{"data":').rpartition(',"meta":{')[0]


def test_what_is_not_understood_is_said_with_what_can_be_asked(client: TestClient) -> None:
    response = client.get("/v1/ask", params={"q": "Why does Iran back Hamas?"})

    assert response.status_code == 200
    data = response.json()["data"]
    assert data["understood"] is data["answer"] is None
    assert data["why"].startswith("It asks for reasons")
    assert data["suggestions"][0] == {
        "words": "Does Iran back Hamas?",
        "url": "/v1/actors/iran/neighbours?relations=backs&direction=out&among=hamas",
        "command": (
            "graph-service neighbours iran --relations backs --direction out --among hamas"
        ),
    }
    assert response.json()["meta"] == {
        "sequence": response.json()["meta"]["sequence"],
        "as_of": None,
        "known_at": None,
        "truncated": None,
        "coverage": None,
        "unread_since": None,
    }


def test_the_next_page_is_one_of_the_question(client: TestClient) -> None:
    asked = client.get("/v1/ask", params={"q": "top 1 ties of Hamas"})

    link = asked.links["next"]["url"]

    assert link.startswith("/v1/actors/hamas/neighbours?limit=1&cursor=")
    assert client.get(link).status_code == 200


def test_an_asker_is_spared_an_answer_that_it_has(client: TestClient) -> None:
    for text in ("Who backs Hamas?", "Why?"):
        first = client.get("/v1/ask", params={"q": text})

        again = client.get(
            "/v1/ask", params={"q": text}, headers={"If-None-Match": first.headers["ETag"]}
        )

        assert again.status_code == 304


@pytest.mark.parametrize("query", ["", "?q=", f"?q={'a' * 301}", "?q=Who&as_of=2024-01-01"])
def test_a_request_without_one_text_of_300_characters_is_refused(
    query: str, client: TestClient
) -> None:
    assert client.get(f"/v1/ask{query}").status_code == 422
