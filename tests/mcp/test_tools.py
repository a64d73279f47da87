"""What assistants can ask, and what they are told: small, cited, with labels, and never made up."""

import json
from collections.abc import Iterator

import pytest

from graph_service.mcp.questions import QUESTIONS
from graph_service.mcp.telling import MOST_DATA, MOST_TEXT
from tests.mcp.conversation import Conversation, data, text
from tests.web.worlds import hostile_names, star

DAY = "2024-09-30"
ASKED: dict[str, dict[str, object]] = {
    "leverage": {"actor": "Hamas"},
    "influence": {"actor": "Tehran"},
    "neighbours": {"actor": "hamas"},
    "paths": {"from": "US Congress", "to": "Hamas"},
    "mediators": {"between": ["Israel", "Hamas"]},
    "timeline": {"actors": ["Israel", "Hamas"]},
    "changes": {"actor": "Hamas", "from": "2023-10-01", "to": DAY},
    "alignment": {"between": ["Israel", "United States"]},
    "comparison": {"between": ["Iran", "Russia"]},
    "balance": {},
    "blocs": {},
    "brokers": {},
    "coverage": {"actor": "Hamas"},
}


@pytest.fixture(scope="module")
def talk() -> Iterator[Conversation]:
    found = Conversation()
    with found.client:
        yield found


def on_the_day(name: str) -> dict[str, object]:
    return {**ASKED[name]} if name == "changes" else {**ASKED[name], "as_of": DAY}


def test_every_question_of_the_api_is_a_tool(talk: Conversation) -> None:
    asked = {
        path
        for path, methods in talk.openapi["paths"].items()
        if any(
            parameter["name"] == "dates"
            for parameter in methods.get("get", {}).get("parameters", ())
        )
    }
    others = {"/v1/actors/{id}", "/v1/export"}

    assert {question.path for question in QUESTIONS} == asked - others
    assert {question.name for question in QUESTIONS} | {"ask"} <= talk.tools().keys()


def test_a_tool_takes_what_the_api_takes_under_the_same_names(talk: Conversation) -> None:
    tools = talk.tools()
    for question in QUESTIONS:
        parameters = talk.openapi["paths"][question.path]["get"]["parameters"]
        names = {one["name"] for one in parameters} - {"min_sequence"}
        taken = set(tools[question.name].input_schema["properties"])

        assert taken == {"actor" if name == "id" else name for name in names}
        assert all(
            one["description"] for one in tools[question.name].input_schema["properties"].values()
        )


def test_all_tools_but_one_say_that_they_only_read(talk: Conversation) -> None:
    writing = [
        tool.name
        for tool in talk.tools().values()
        if not (tool.annotations and tool.annotations.read_only_hint)
    ]

    assert writing == ["propose_claim"]
    assert all(
        tool.annotations and tool.annotations.destructive_hint is False
        for tool in talk.tools().values()
    )


def test_who_may_not_write_has_no_tool_for_it() -> None:
    talk = Conversation(writes=False)

    assert "propose_claim" not in talk.tools()
    assert talk.call("propose_claim").is_error
    talk.client.close()


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_shows_sources_dates_and_where_it_stands(talk: Conversation, name: str) -> None:
    said = talk.call(name, **on_the_day(name))

    assert not said.is_error, text(said)
    assert "F: reliability cannot be judged" in text(said)
    assert "up to entry 80" in text(said)
    found = data(said)
    assert found["standing"]["as_of"] == DAY
    assert found["claims"]
    for claim in found["claims"]:
        assert claim["relation"]["label"]
        assert claim["subject"]["name"]
        assert claim["when"]["words"]
        assert claim["sources"]
    assert "Commentary on Israel approaching Moscow" in found["cite"]


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_is_small(talk: Conversation, name: str) -> None:
    said = talk.call(name, **on_the_day(name))

    assert len(text(said)) <= MOST_TEXT + 3_000
    assert len(json.dumps(data(said))) <= MOST_DATA


def test_a_tool_says_what_the_client_answers(talk: Conversation) -> None:
    said = data(talk.call("leverage", actor="Hamas", as_of=DAY))
    answer = talk.client.leverage("hamas", as_of=DAY, limit=5, paths=1)

    ranked = [row for row in said["rows"] if row["by"] == "influence"]
    expected = [(e.actor.id, round(e.leverage, 4)) for e in answer.ranking]
    assert [(row["actor"], row["leverage"]) for row in ranked] == expected


def test_what_is_inferred_is_said_to_be(talk: Conversation) -> None:
    said = talk.call("latent", actor="Hamas", as_of=DAY)

    assert "Inferred" in text(said)
    assert data(said)["standing"]["inferred"] is True


def test_plain_words_are_answered_with_what_was_understood(talk: Conversation) -> None:
    said = talk.call("ask", question="who has leverage over Hamas as of 30 September 2024?")

    assert text(said).startswith("Understood as: Who has leverage over Hamas, as of 30 September")
    assert "Iran: leverage 0.35" in text(said)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("leverage", {"actor": "Hamaz"}, "Did you mean: hamas?"),
        ("leverage", {"actor": "hamas", "spin": 1}, "it takes actor, by, channels"),
        ("leverage", {}, "leverage needs actor"),
        ("leverage", {"actor": "hamas", "as_of": "someday"}, "write it like 2024-07-31"),
        ("neighbours", {"actor": "hamas", "relations": "kisses"}, "kisses"),
        ("ask", {"question": "will Israel attack Iran?"}, "asks about the future"),
        ("get_claim", {"id": "c_none"}, "c_none"),
        ("describe_ontology", {"relation": "back"}, "Did you mean: backs"),
        ("paths", {"from": "iran"}, "paths needs to"),
        ("gossip", {}, "there are leverage, influence"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(
    talk: Conversation, name: str, given: dict[str, object], told: str
) -> None:
    said = talk.call(name, **given)

    assert said.is_error
    assert told in text(said)
    assert "Traceback" not in text(said)


def test_actors_claims_sources_and_words_can_be_looked_up(talk: Conversation) -> None:
    assert "Iran (state), id iran, also called Tehran" in text(
        talk.call("search_actors", q="Tehran")
    )
    assert "Nobody is called" in text(talk.call("search_actors", q="zzzzqqqq"))
    claim = talk.call("get_claim", id="c_zmkik5n6mvssngcsh2bbwykulm")
    assert "paragraph 3" in text(claim)
    assert data(claim)["relation"] == {"id": "backs", "label": "backs"}
    assert "reliability F" in text(talk.call("list_sources"))
    words = talk.call("describe_ontology")
    assert data(words)["relations"]["backs"]["family"] == "patronage"
    assert "of the family patronage" in text(talk.call("describe_ontology", relation="backs"))


PROPOSED = {
    "subject": "Turkey", "relation": "channel_to", "object": "Hamas", "when": "2023/..",
    "source": "made-up-report", "source_title": "A report made up for this test",
    "published": "2024-09-15", "reliability": "C", "locator": "page 3", "confidence": 0.9,
}  # fmt: skip


def test_a_proposal_waits_for_a_person_and_changes_no_answer() -> None:
    talk = Conversation()
    before = text(talk.call("leverage", actor="Hamas", as_of=DAY))
    said = talk.call("propose_claim", **PROPOSED)
    assert not said.is_error, text(said)
    assert data(said)["status"] == "proposed"
    assert f"graph-service decide accept {data(said)['claim']}" in text(said)
    after = text(talk.call("leverage", actor="Hamas", as_of=DAY))
    assert after.replace("up to entry 82", "up to entry 80") == before
    evidence = talk.client.claim(data(said)["claim"]).evidence[0]
    assert (evidence.coder, evidence.status) == ("assistant", "proposed")
    again = talk.call("propose_claim", **PROPOSED)
    assert data(again)["evidence"] == data(said)["evidence"]
    assert len(talk.client.claim(data(said)["claim"]).evidence) == 1
    talk.client.decide(data(said)["evidence"], "accepted", reason="read")

    assert "Turkey: leverage 0.08" in text(talk.call("leverage", actor="Hamas", as_of=DAY))
    talk.client.close()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"source_title": None}, "source_title"),
        ({"relation": "kisses"}, "kisses"),
        ({"subject": "Nobody at all"}, "nobody"),
        ({"when": "someday"}, "someday"),
        ({"confidence": 7}, "confidence"),
        ({"status": "accepted"}, "propose_claim takes no 'status'"),
    ],
)
def test_a_proposal_that_cannot_be_taken_is_refused_whole(
    talk: Conversation, change: dict[str, object], told: str
) -> None:
    given = {name: one for name, one in {**PROPOSED, **change}.items() if one is not None}
    said = talk.call("propose_claim", **given)

    assert said.is_error
    assert told in text(said)
    assert "made-up-report" not in [source.id for source in talk.client.sources()]


def test_a_hub_of_hostile_names_stays_small() -> None:
    talk = Conversation()
    talk.client.propose(list(star(hostile_names(500))))
    for question in ("neighbours", "leverage", "timeline", "coverage"):
        whom = {"actors": ["centre"]} if question == "timeline" else {"actor": "centre"}
        more = {} if question == "timeline" else {"limit": 200}
        said = talk.call(question, **whom, **more)

        assert not said.is_error, text(said)
        assert len(text(said)) <= MOST_TEXT + 3_000
        assert len(json.dumps(data(said))) <= MOST_DATA
    assert data(talk.call("neighbours", actor="centre", limit=200))["not_shown"]["rows"] > 0
    talk.client.close()
