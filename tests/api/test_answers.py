import orjson
import pytest
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.api.respond import encode
from graph_service.domain.actors import Actor
from graph_service.domain.claims import Strength
from graph_service.queries.answers import as_json
from graph_service.queries.leverage import leverage
from graph_service.queries.neighbours import neighbours
from graph_service.settings import Settings
from graph_service.stores.graph import Graph

LEVERAGE = "/v1/actors/hamas/leverage?as_of=2024-09-30"


def test_an_answer_is_data_and_where_it_stands(client: TestClient) -> None:
    answer = client.get(LEVERAGE).json()

    assert answer.keys() == {"data", "meta"}
    members = {"as_of", "known_at", "sequence", "truncated", "coverage", "unread_since"}
    assert answer["meta"].keys() == members
    assert answer["meta"]["as_of"] == "2024-09-30"
    assert answer["meta"]["known_at"] is None


def test_without_a_date_the_answer_says_that_it_is_of_today(client: TestClient) -> None:
    assert client.get("/v1/actors/hamas/leverage").json()["meta"]["as_of"] == "2026-11-22"


def test_an_answer_says_how_sure_each_value_is_when_asked(client: TestClient) -> None:
    ranking = client.get(f"{LEVERAGE}&uncertainty=true").json()["data"]["ranking"]

    assert [entry["tier"] for entry in ranking] == sorted(entry["tier"] for entry in ranking)
    assert all(0 <= low <= high < 1 for low, high in (entry["interval"] for entry in ranking))
    assert {entry["sole_origin"] for entry in ranking} == {"unknown-outlet"}
    assert {entry["counterfactuals"] for entry in ranking} == {None}


def test_the_answer_about_one_actor_says_what_its_evidence_matters(client: TestClient) -> None:
    (entry,) = client.get(f"{LEVERAGE}&by=iran").json()["data"]["ranking"]

    told = entry["counterfactuals"]
    assert told["claims"][0]["change"] == pytest.approx(-entry["leverage"])
    assert told["origins"] == [
        {
            "origin": "unknown-outlet",
            "value": 0.0,
            "change": pytest.approx(-entry["leverage"]),
            "rank": None,
            "rank_before": 1,
        }
    ]
    assert (told["claims_available"], told["origins_available"]) == (len(told["claims"]), 1)


def test_what_was_not_known_yet_is_not_in_the_answer(client: TestClient) -> None:
    answer = client.get("/v1/actors/hamas/leverage?known_at=2020-01-01").json()

    assert answer["data"]["ranking"] == []
    assert answer["meta"]["known_at"] == "2020-01-01T23:59:59.999999Z"


def test_a_plus_sign_that_a_query_reads_as_a_space_is_taken_for_what_it_was(
    client: TestClient,
) -> None:
    answer = client.get("/v1/actors/hamas?known_at=2024-01-01T02:00:00+02:00")

    assert answer.json()["meta"]["known_at"] == "2024-01-01T00:00:00Z"


def test_equal_questions_have_equal_bodies(client: TestClient) -> None:
    first, second = client.get(LEVERAGE), client.get(LEVERAGE)

    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]


def test_times_are_in_a_header_and_not_in_the_body(client: TestClient) -> None:
    answer = client.get(LEVERAGE)

    assert "question;dur=" in answer.headers["server-timing"]
    assert "total;dur=" in answer.headers["server-timing"]


def test_an_asker_who_has_the_answer_is_told_so(client: TestClient) -> None:
    tag = client.get(LEVERAGE).headers["etag"]

    again = client.get(LEVERAGE, headers={"If-None-Match": f'"other", W/{tag}'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["cache-control"] == "no-cache"


def test_the_order_of_parameters_does_not_make_another_answer(client: TestClient) -> None:
    one = client.get("/v1/actors/hamas/leverage?as_of=2024-09-30&hops=2")
    other = client.get("/v1/actors/hamas/leverage?hops=2&as_of=2024-09-30")

    assert one.headers["etag"] == other.headers["etag"]


@pytest.mark.parametrize("path", [LEVERAGE, "/v1/claims?limit=3", "/v1/sources/article-2024-09"])
def test_what_is_written_makes_every_tag_a_new_one(graph: Graph, path: str) -> None:
    with TestClient(create_app(graph, Settings())) as client:
        before = client.get(path).headers["etag"]
        graph.write([next(graph.actors())], by="desk")
        unchanged = client.get(path, headers={"If-None-Match": before})
        graph.write([Actor("persia", "state", "Persia")], by="desk")
        after = client.get(path, headers={"If-None-Match": before})

    assert (unchanged.status_code, after.status_code) == (304, 200)


def test_an_answer_that_ran_out_of_time_is_not_to_be_kept(graph: Graph) -> None:
    with TestClient(create_app(graph, Settings(question_seconds=1e-9))) as client:
        answer = client.get(LEVERAGE)
        listed = client.get("/v1/claims")

    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert "time" in listed.json()["meta"]["truncated"]


def test_a_list_that_ran_out_of_time_goes_on_where_it_was(graph: Graph) -> None:
    with TestClient(create_app(graph, Settings(question_seconds=1e-9))) as hasty:
        cut = hasty.get("/v1/claims?relation=backs").json()
    cursor = cut["meta"]["next_cursor"]
    with TestClient(create_app(graph, Settings())) as client:
        rest = client.get(f"/v1/claims?relation=backs&cursor={cursor}").json()
        whole = client.get("/v1/claims?relation=backs").json()

    assert cut["data"] == []
    assert rest["data"] == whole["data"] != []


def test_fast_encoding_says_the_same_as_the_plain_one(graph: Graph) -> None:
    view = graph.view(as_of=738_794)
    answers = [leverage(view, "hamas"), neighbours(view, "hamas", hops=2)]

    for answer in answers:
        assert encode(answer) == orjson.dumps(as_json(answer))


def test_the_text_from_is_no_field_called_so() -> None:
    odd = {"from_": 'a "from_": b', "x": ["from_", '"from_":']}

    assert orjson.loads(encode(odd)) == {"from": odd["from_"], "x": odd["x"]}


def test_sets_are_written_in_order_and_names_by_their_value() -> None:
    assert encode({"s": frozenset("cab"), "e": Strength.WEAK}) == b'{"s":["a","b","c"],"e":"weak"}'


def test_what_has_no_json_shape_is_refused() -> None:
    with pytest.raises(TypeError):
        encode(object())
