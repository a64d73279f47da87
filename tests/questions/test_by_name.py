"""Questions by name: put from Python, over HTTP and on the command line they are the same."""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.cli import main
from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.queries.answers import as_json, members_of
from graph_service.queries.budget import Budget
from graph_service.questions import QUESTIONS, Question, put
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from tests.api.conftest import gaza_graph

AT = {"as_of": "2024-09-30"}
ENDS = {"from": "joe-biden", "to": "hamas"}

ASKED = (
    Question("leverage", {"id": "hamas", **AT}),
    Question("leverage", {"id": "hamas", **AT, "by": "iran"}),
    Question("leverage", {"id": "hamas", **AT, "channels": "carrots,access", "hops": "2"}),
    Question("leverage", {"id": "israel", **AT, "channels": "all", "limit": "2", "paths": "1"}),
    Question("leverage", {"id": "hamas", **AT, "dates": "possible", "min_confidence": "0.5"}),
    Question("leverage", {"id": "hamas", **AT, "known_at": "2030-01-01T00:00:00+02:00"}),
    Question("leverage", {"id": "hamas", **AT, "known_at": "2020-01-01"}),
    Question("leverage", {"id": "hamas", **AT, "fold": "state", "uncertainty": "true"}),
    Question("leverage", {"id": "benjamin-netanyahu", **AT, "fold": "state", "by": "us-congress"}),
    Question("influence", {"id": "us-congress", **AT, "fold": "state"}),
    Question("neighbours", {"id": "hamas", **AT, "fold": "state", "among": "us-congress,israel"}),
    Question("paths", {**ENDS, **AT, "fold": "state", "k": "2"}),
    Question("paths", {**ENDS, **AT, "fold": "none"}),
    Question("influence", {"id": "iran", **AT}),
    Question("influence", {"id": "united-states", **AT, "channels": "sticks", "hops": "1"}),
    Question("influence", {"id": "egypt", **AT, "limit": "1", "paths": "2"}),
    Question("neighbours", {"id": "hamas", **AT}),
    Question("neighbours", {"id": "hamas", **AT, "sign": "+"}),
    Question("neighbours", {"id": "hamas", **AT, "sign": "-", "hops": "2", "limit": "3"}),
    Question("neighbours", {"id": "israel", **AT, "direction": "in", "relations": "attacks"}),
    Question("neighbours", {"id": "hamas", **AT, "families": "mediation", "among": "egypt, qatar"}),
    Question("neighbours", {"id": "iran", **AT, "since": "2024-07"}),
    Question("paths", {**ENDS, **AT}),
    Question("paths", {**ENDS, **AT, "k": "5", "hops": "4", "order": "strongest"}),
    Question("paths", {**ENDS, **AT, "sign": "+", "order": "time", "direction": "out"}),
    Question("paths", {**ENDS, **AT, "relations": "mediates,heads", "families": "mediation"}),
)


def told(question: Question) -> str:
    return " ".join((question.name, *question.parameters.values()))


asked = pytest.mark.parametrize("question", ASKED, ids=told)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:{tmp_path_factory.mktemp('by_name') / 'graph.sqlite'}"


@pytest.fixture(scope="module")
def graph(store: str) -> Iterator[Graph]:
    graph = gaza_graph(store)
    yield graph
    graph.close()


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph, Settings())) as client:
        yield client


@asked
def test_a_question_by_name_is_answered_as_over_http(
    graph: Graph, client: TestClient, question: Question
) -> None:
    answer = put(graph, question)
    body = client.get(question.url()).json()

    assert as_json(answer.data) == body["data"]
    assert as_json(members_of(answer.meta)).items() <= body["meta"].items()
    cursor = None if answer.page is None else answer.page.next_cursor
    assert body["meta"].get("next_cursor") == cursor


@asked
def test_its_command_gives_the_same_answer(
    graph: Graph, store: str, question: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    program, *words = shlex.split(question.command())
    main(["--store", store, *words])

    assert program == "graph-service"
    assert json.loads(capsys.readouterr().out)["data"] == as_json(put(graph, question).data)


@asked
def test_its_url_holds_every_parameter(question: Question) -> None:
    parts = urlsplit(question.url())
    given = {name: text for name, text in question.parameters.items() if name != "id"}

    assert dict(parse_qsl(parts.query, strict_parsing=True)) == given


def test_the_next_page_is_a_question_too(graph: Graph, client: TestClient) -> None:
    first = {"id": "hamas", **AT, "limit": "2"}
    page = put(graph, Question("neighbours", first)).page
    assert page is not None
    assert page.next_cursor is not None
    second = Question("neighbours", {**first, "cursor": page.next_cursor})

    assert as_json(put(graph, second).data) == client.get(second.url()).json()["data"]


@pytest.mark.parametrize(
    ("name", "parameters", "parameter"),
    [
        ("leverage", {"hops": "4"}, "hops"),
        ("leverage", {"hops": "two"}, "hops"),
        ("leverage", {"hops": "9" * 5000}, "hops"),
        ("leverage", {"limit": "0"}, "limit"),
        ("leverage", {"limit": "1_0"}, "limit"),
        ("leverage", {"paths": "21"}, "paths"),
        ("leverage", {"channels": "carrot"}, "channels"),
        ("leverage", {"channels": "carrots,,access"}, "channels"),
        ("leverage", {"as_of": "2024-02-30"}, "as_of"),
        ("leverage", {"known_at": "yesterday"}, "known_at"),
        ("leverage", {"dates": "perhaps"}, "dates"),
        ("leverage", {"min_confidence": "nan"}, "min_confidence"),
        ("leverage", {"min_confidence": "2"}, "min_confidence"),
        ("leverage", {"fold": "states"}, "fold"),
        ("paths", {"fold": ""}, "fold"),
        ("leverage", {"by": "x" * 201}, "by"),
        ("leverage", {"by": " "}, "by"),
        ("influence", {"hops": "4"}, "hops"),
        ("neighbours", {"sign": "plus"}, "sign"),
        ("neighbours", {"direction": "outt"}, "direction"),
        ("neighbours", {"relations": "back"}, "relations"),
        ("neighbours", {"since": "October"}, "since"),
        ("neighbours", {"cursor": "x"}, "cursor"),
        ("neighbours", {"limit": "201"}, "limit"),
        ("paths", {"k": "21"}, "k"),
        ("paths", {"order": "best"}, "order"),
    ],
)
def test_what_is_refused_over_http_is_refused_in_the_same_words(
    graph: Graph, client: TestClient, name: str, parameters: dict[str, str], parameter: str
) -> None:
    actors = ENDS if name == "paths" else {"id": "hamas"}
    with pytest.raises(InvalidQuestion) as refused:
        put(graph, Question(name, {**actors, **parameters}))
    query = parameters | ({} if "id" in actors else actors)
    problem = client.get(QUESTIONS[name].route.format(**actors), params=query).json()

    assert refused.value.parameter == parameter == problem["parameter"]
    assert refused.value.message == problem["detail"]
    assert list(refused.value.suggestions) == problem.get("suggestions", [])


def test_what_is_out_of_range_is_said_in_plain_words(graph: Graph) -> None:
    said = {
        "hops": ("4", "hops is at most 3"),
        "limit": ("0", "limit is at least 1"),
        "paths": ("few", "paths is a whole number in digits, like 20"),
        "dates": ("perhaps", "dates is 'certain' or 'possible'"),
        "min_confidence": ("nan", "min_confidence is a number, like 0.5"),
        "fold": ("states", "fold is 'none' or 'state'"),
        "by": ("x" * 201, "by has at most 200 characters"),
    }
    for name, (text, message) in said.items():
        with pytest.raises(InvalidQuestion) as refused:
            put(graph, Question("leverage", {"id": "hamas", name: text}))
        assert refused.value.message == message


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        (Question("leverag", {"id": "hamas"}), "question"),
        (Question("influence", {"id": "iran", "by": "hamas"}), "by"),
        (Question("leverage", {"id": "hamas", "since": "2024"}), "since"),
        (Question("paths", {**ENDS, "from_": "iran"}), "from_"),
        (Question("leverage", {}), "id"),
        (Question("paths", {"from": "iran"}), "to"),
        (Question("paths", {"to": "iran"}), "from"),
    ],
)
def test_what_a_question_does_not_take_or_needs_is_named(
    graph: Graph, question: Question, parameter: str
) -> None:
    for ask in (lambda: put(graph, question), question.url, question.command):
        with pytest.raises(InvalidQuestion) as refused:
            ask()
        assert refused.value.parameter == parameter


@pytest.mark.parametrize(
    "question",
    [
        Question("leverage", {"id": "Tehran"}),
        Question("leverage", {"id": "hamas", "by": "Moscow"}),
        Question("neighbours", {"id": "hamas", "among": "Cairo"}),
        Question("paths", {"from": "Washington", "to": "hamas"}),
    ],
    ids=told,
)
def test_actors_are_asked_about_by_id_only(graph: Graph, question: Question) -> None:
    with pytest.raises(NotFound):
        put(graph, question)


NAMES = ('O\'Brien & "Sons" +1', "a/b?c=d#e", "--store", "$(id) `x`", "Łódź, the city", "100%25")


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_stay_one_word_and_one_value(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    question = Question("leverage", {"id": name, "by": name})
    parts = urlsplit(question.url())

    assert parts.path == f"/v1/actors/{quote(name, safe='')}/leverage"
    assert parse_qsl(parts.query) == [("by", name)]
    assert name in shlex.split(question.command())
    assert (
        main(["--store", f"sqlite:{tmp_path / 'none'}", *shlex.split(question.command())[1:]]) == 4
    )
    assert "there is no store" in " ".join(capsys.readouterr().err.split()).lower()


def test_a_budget_bounds_the_work(graph: Graph) -> None:
    answer = put(graph, Question("influence", {"id": "iran", **AT}), budget=Budget(0.0))

    assert "time" in (answer.meta.truncated or "")
