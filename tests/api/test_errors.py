import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from graph_service.api import create_app
from graph_service.api.errors import KIND_OF, problem_of
from graph_service.api.problems import KINDS
from graph_service.domain import errors
from graph_service.domain.errors import GraphError
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from tests.api.conftest import gaza_graph
from tests.api.routes import PAGES, ROUTES

PROBLEM = "application/problem+json"


def every_error() -> Iterator[type[GraphError]]:
    return (
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, GraphError)
    )


def test_every_error_of_the_domain_is_mapped() -> None:
    assert set(every_error()) == set(KIND_OF)


def test_every_kind_of_problem_is_listed_once() -> None:
    assert set(KIND_OF.values()) <= set(KINDS)
    assert len({kind.name for kind in KINDS}) == len(KINDS)


def test_what_fails_on_our_side_keeps_its_words_to_the_log() -> None:
    problem = problem_of(errors.StoreCorrupt("/somewhere/graph.sqlite is damaged"))

    assert "somewhere" not in problem.detail


def test_a_bad_record_says_its_field_and_line() -> None:
    problem = problem_of(errors.InvalidRecord("no", field="when", line=3))

    assert (problem.more["field"], problem.more["line"]) == ("when", 3)


def refused(client: TestClient, path: str, status: int) -> dict[str, Any]:
    """The problem that the answer to this is, checked for what every problem has."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM
    problem: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "request_id"} <= problem.keys()
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert "etag" not in answer.headers
    return problem


def test_the_routes_of_these_tests_are_all_that_there_are(app: FastAPI) -> None:
    """But for those that are written to, which `test_refused_writes` looks at."""
    routes = list(iter_route_contexts(app.routes))
    templates = [route.path for route in routes if "GET" in (route.methods or ())]
    patterns = [re.sub(r"\{\w+\}", "[^/]+", path) for path in templates if path is not None]
    paths = [route.partition("?")[0] for route in (*ROUTES, *PAGES)]

    assert all(any(re.fullmatch(pattern, path) for path in paths) for pattern in patterns)
    assert len(ROUTES) + len(PAGES) == len(templates)


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_takes_a_parameter_that_it_does_not_know(client: TestClient, route: str) -> None:
    problem = refused(client, f"{route}{'&' if '?' in route else '?'}spin=1", 422)

    assert problem["parameter"] == "spin"
    assert problem["type"] == "/problems/invalid-parameter"


@pytest.mark.parametrize("route", [*ROUTES, *PAGES])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_a_method_that_does_not_exist_is_told_which_do(
    client: TestClient, route: str, method: str
) -> None:
    answer = client.request(method, route)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.headers["content-type"] == PROBLEM


def test_a_misspelt_parameter_is_told_what_may_be_meant(client: TestClient) -> None:
    assert refused(client, "/v1/actors/hamas/leverage?hop=2", 422)["suggestions"] == ["hops"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("as_of=", "as_of"),
        ("as_of=%20", "as_of"),
        ("as_of=2024-09-30&as_of=2024-09-30", "as_of"),
        ("as_of=2024-09", "as_of"),
        ("as_of=2024-02-30", "as_of"),
        ("as_of=10000-01-01", "as_of"),
        ("as_of=%D9%A2%D9%A0%D9%A2%D9%A4-%D9%A0%D9%A9-%D9%A3%D9%A0", "as_of"),
        ("known_at=yesterday", "known_at"),
        ("known_at=2024-01-01T00:00:00", "known_at"),
        ("known_at=0001-01-01T00:00:00%2B14:00", "known_at"),
        ("dates=perhaps", "dates"),
        ("fold=states", "fold"),
        ("fold=", "fold"),
        ("min_confidence=2", "min_confidence"),
        ("min_confidence=nan", "min_confidence"),
        ("min_confidence=-1e999", "min_confidence"),
        ("hops=4", "hops"),
        ("hops=0", "hops"),
        ("hops=1e999", "hops"),
        ("hops=" + "9" * 5000, "hops"),
        ("limit=201", "limit"),
        ("limit=two", "limit"),
        ("paths=21", "paths"),
        ("channels=carrot", "channels"),
        ("channels=carrots,,access", "channels"),
        ("channels=all,carrots", "channels"),
    ],
)
def test_a_parameter_that_will_not_do_is_named(
    client: TestClient, query: str, parameter: str
) -> None:
    problem = refused(client, f"/v1/actors/hamas/leverage?{query}", 422)

    assert problem["parameter"] == parameter
    assert parameter in problem["detail"] or problem.get("suggestions")


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/v1/actors?kind=nation", "kind"),
        ("/v1/actors?kind=state,igo", "kind"),
        ("/v1/claims?relation=back", "relation"),
        ("/v1/actors/hamas/neighbours?relations=back", "relations"),
        ("/v1/actors/hamas/neighbours?families=patronag", "families"),
        ("/v1/actors/hamas/neighbours?sign=plus", "sign"),
        ("/v1/actors/hamas/neighbours?sign=%20%20", "sign"),
        ("/v1/actors/hamas/neighbours?direction=up", "direction"),
        ("/v1/actors/hamas/neighbours?cursor=x", "cursor"),
        ("/v1/actors/hamas/neighbours?since=October", "since"),
        ("/v1/actors/hamas/neighbours?since=%5B..2024%5D", "since"),
        ("/v1/actors/iran/influence?by=hamas", "by"),
        ("/v1/actors/iran/influence?channels=carrot", "channels"),
        ("/v1/paths?from=iran&to=hamas&order=best", "order"),
        ("/v1/paths?from=iran", "to"),
        ("/v1/paths?to=iran", "from"),
        ("/v1/actors?q=%2B&q=x", "q"),
        ("/v1/actors?q=" + "x" * 201, "q"),
    ],
)
def test_so_is_that_of_any_other_question(client: TestClient, path: str, parameter: str) -> None:
    assert refused(client, path, 422)["parameter"] == parameter


def test_several_bad_parameters_are_all_told(client: TestClient) -> None:
    problem = refused(client, "/v1/actors/hamas/leverage?hops=9&limit=x", 422)

    assert [error["parameter"] for error in problem["errors"]] == ["hops", "limit"]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/v1/actors/Tehran", "iran"),
        ("/v1/actors/Tehran/leverage", "iran"),
        ("/v1/actors/Tehran/influence", "iran"),
        ("/v1/actors/Hamas/neighbours?hops=2", "hamas"),
        ("/v1/actors/hamas/leverage?by=Moscow", "russia"),
        ("/v1/paths?from=Washington&to=hamas", "united-states"),
        ("/v1/actors/irann", "iran"),
        ("/v1/sources/article-2024-9", "article-2024-09"),
        ("/v1/episodes/gaza-talks", "gaza-talks-2024"),
        ("/v1/actor", "/v1/actors"),
    ],
)
def test_what_is_not_found_is_never_guessed_but_suggested(
    client: TestClient, path: str, meant: str
) -> None:
    assert meant in refused(client, path, 404)["suggestions"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/actors/",
        "/v1/actors/hamas/",
        "/v1",
        "/v1/claims/c_none",
        "/problems/none",
        "/v2/actors",
    ],
)
def test_what_does_not_exist_is_a_problem_too(client: TestClient, path: str) -> None:
    refused(client, path, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/actors/%00",
        "/v1/actors/%ff",
        "/v1/actors/%ED%A0%80",
        "/v1/actors/%C0%AF",
        "/v1/actors?q=%00",
        "/v1/actors?q=a%0Ab",
        "/v1/actors?q=%ED%B0%80",
        "/v1/actors?q=%80",
        "/v1/actors?%00=1",
        "/v1/actors/hamas/leverage?as_of=%C2%80",
    ],
)
def test_bytes_that_are_no_text_are_a_malformed_request(client: TestClient, path: str) -> None:
    assert refused(client, path, 400)["type"] == "/problems/malformed-request"


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_text_in_any_place_is_a_fault_of_ours(client: TestClient, text: str) -> None:
    for path in ("/v1/actors", "/v1/actors/hamas/leverage", "/v1/claims", "/v1/paths"):
        for name in ("q", "as_of", "known_at", "cursor", "limit", "sign", "from", text or "x"):
            assert client.get(path, params={name: text}).status_code < 500


@given(raw=st.binary(max_size=30))
def test_no_bytes_in_a_path_are_a_fault_of_ours(client: TestClient, raw: bytes) -> None:
    escaped = "".join(f"%{byte:02x}" for byte in raw)

    assert client.get(f"/v1/actors/{escaped}/leverage").status_code < 500


class Failing:
    """An app with a route that fails, and what its log holds."""

    def __init__(self, graph: Graph) -> None:
        self.log = io.StringIO()
        logger = structlog.wrap_logger(
            structlog.WriteLogger(self.log),
            processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        )
        self.app = create_app(graph, Settings(), log=logger)
        self.app.add_api_route("/fault", self.fault)
        self.app.add_api_route("/store", self.store)

    async def fault(self) -> None:
        raise ZeroDivisionError("a secret")

    async def store(self) -> None:
        raise errors.StoreUnavailable("a secret")


@pytest.fixture(scope="module")
def failing() -> Iterator[Failing]:
    graph = gaza_graph()
    yield Failing(graph)
    graph.close()


def test_a_fault_of_ours_shows_no_trace_and_is_logged_with_its_request(failing: Failing) -> None:
    with TestClient(failing.app) as client:
        problem = refused(client, "/fault", 500)

    assert "secret" not in json.dumps(problem)
    logged = json.loads(failing.log.getvalue().splitlines()[-1])
    assert logged["request_id"] == problem["request_id"]
    assert "ZeroDivisionError" in logged["exception"]


def test_a_store_that_is_away_says_when_to_come_back(failing: Failing) -> None:
    with TestClient(failing.app) as client:
        answer = client.get("/store")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert "secret" not in answer.text
