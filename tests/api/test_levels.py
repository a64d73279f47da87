"""`fold`: the same questions between actors as named, and between states."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

AT = "as_of=2024-09-30"
QUESTIONS = (
    "/v1/actors/hamas/leverage?",
    "/v1/actors/benjamin-netanyahu/leverage?by=us-congress&",
    "/v1/actors/iran/influence?",
    "/v1/actors/hamas/neighbours?hops=2&",
    "/v1/paths?from=us-congress&to=hamas&",
)


def answer(client: TestClient, url: str) -> Any:  # noqa: ANN401 - JSON
    return client.get(url).raise_for_status().json()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_says_at_which_level_it_was_answered(
    client: TestClient, question: str
) -> None:
    named, again = (answer(client, f"{question}{AT}{more}") for more in ("", "&fold=none"))
    states = answer(client, f"{question}{AT}&fold=state")

    assert named == again
    assert states["data"].keys() == named["data"].keys()
    assert states["meta"].keys() == named["meta"].keys() | {"level"}
    assert states["meta"]["level"]["fold"] == "state"
    assert 1 <= states["meta"]["level"]["actors"] <= 8


def test_an_answer_names_who_counts_as_a_state_in_what_it_cites(client: TestClient) -> None:
    answered = answer(client, f"/v1/actors/hamas/leverage?{AT}&fold=state")

    told = answered["meta"]["level"]["states"]["united-states"]
    assert told == {"actors": ["biden-administration", "us-congress"], "more": 0}
    ranked = {entry["actor"]["id"] for entry in answered["data"]["ranking"]}
    assert "united-states" in ranked
    assert "us-congress" not in ranked


@pytest.mark.parametrize(
    "url",
    [
        f"/v1/actors/us-congress/influence?{AT}&fold=state",
        f"/v1/actors/us-congress/neighbours?{AT}&fold=state",
        f"/v1/actors/us-congress?{AT}&fold=state",
    ],
)
def test_whom_a_question_names_is_not_sent_elsewhere(client: TestClient, url: str) -> None:
    reply = client.get(url, follow_redirects=False)

    assert reply.status_code == 200
    data = reply.json()["data"]
    assert data.get("actor", data)["id"] == "us-congress"


def test_a_state_has_the_ties_of_those_who_act_for_it(client: TestClient) -> None:
    def ties(fold: str) -> set[tuple[str, str]]:
        found = answer(client, f"/v1/actors/israel?{AT}&fold={fold}")["data"]["ties"]
        return {(tie["relation"], tie["direction"]) for tie in found}

    # That its government heads it, it would say of itself.
    assert ("heads", "in") in ties("none")
    assert ("heads", "in") not in ties("state")


def test_a_list_goes_on_at_its_own_level(client: TestClient) -> None:
    first = answer(client, f"/v1/actors/hamas/neighbours?{AT}&limit=2&fold=state")
    cursor = first["meta"]["next_cursor"]
    go_on = f"/v1/actors/hamas/neighbours?{AT}&limit=2&cursor={cursor}"

    assert answer(client, f"{go_on}&fold=state")["data"]["hops"][0]
    assert client.get(go_on).status_code == 422


def test_the_two_levels_are_not_taken_for_one_another(client: TestClient) -> None:
    named, states = (
        client.get(f"/v1/actors/hamas/leverage?{AT}&fold={fold}") for fold in ("none", "state")
    )

    assert named.headers["etag"] != states.headers["etag"]
    held = {"If-None-Match": states.headers["etag"]}
    assert client.get(f"/v1/actors/hamas/leverage?{AT}&fold=none", headers=held).status_code == 200


def test_a_question_in_words_may_ask_for_it(client: TestClient) -> None:
    words = "Who has leverage over Hamas at the level of states as of 30 September 2024?"
    asked = client.get("/v1/ask", params={"q": words}).json()

    understood = asked["data"]["understood"]
    assert understood["url"] == f"/v1/actors/hamas/leverage?fold=state&{AT}"
    assert understood["command"].endswith("leverage hamas --fold state --as-of 2024-09-30")
    there = answer(client, understood["url"])
    assert (asked["data"]["answer"], asked["meta"]) == (there["data"], there["meta"])


def test_the_ontology_says_which_relations_fold(client: TestClient) -> None:
    relations = answer(client, "/v1/ontology")["data"]["relations"]

    assert {name for name, one in relations.items() if one["folds"] == "subject"} == {
        "heads", "holds_office_in", "organ_of", "part_of", "represents",
    }  # fmt: skip
    assert {one["folds"] for one in relations.values()} == {"subject", None}
