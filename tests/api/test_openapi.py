from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.api.describe import EXAMPLES
from graph_service.settings import Settings
from tests.api.conftest import gaza_graph

Json = dict[str, Any]


def document() -> Json:
    graph = gaza_graph()
    try:
        return create_app(graph, Settings()).openapi()
    finally:
        graph.close()


TOLD = document()
# What can be asked; how to write is looked at in `test_openapi_of_writing`.
OPERATIONS: dict[str, Json] = {
    path: methods["get"] for path, methods in TOLD["paths"].items() if "get" in methods
}
PROBLEM = "application/problem+json"


@pytest.fixture(params=OPERATIONS, ids=list(OPERATIONS))
def operation(request: pytest.FixtureRequest) -> Json:
    return OPERATIONS[request.param]


def test_every_route_says_what_it_is_for(operation: Json) -> None:
    assert operation["summary"]
    assert len(operation["description"]) > 20
    assert operation["tags"]


def test_every_parameter_says_what_it_means(operation: Json) -> None:
    for parameter in operation.get("parameters", ()):
        assert len(parameter["description"]) > 10, parameter["name"]


def test_every_parameter_has_an_example_or_a_choice(operation: Json) -> None:
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        shown = schema.get("examples") or schema.get("enum") or parameter["name"] == "cursor"
        assert shown, parameter["name"]


def test_every_example_of_a_route_is_answered(operation: Json, client: TestClient) -> None:
    assert operation[EXAMPLES]
    for example in operation[EXAMPLES]:
        answer = client.get(example)
        assert answer.status_code == 200, f"{example}: {answer.text}"


def test_every_example_of_a_parameter_is_taken(client: TestClient) -> None:
    for path, operation in OPERATIONS.items():
        for asked in asking(path, operation):
            answer = client.get(asked)
            assert answer.status_code == 200, f"{asked}: {answer.text}"


def asking(path: str, operation: Json) -> Iterator[str]:
    """The route with what it needs, and once with each parameter that it takes."""
    parameters = {p["name"]: p for p in operation.get("parameters", ())}
    needed = {name: first(p) for name, p in parameters.items() if p["required"]}
    for name, parameter in parameters.items():
        given = needed | ({name: first(parameter)} if name != "cursor" else {})
        query = [f"{key}={value}" for key, value in given.items() if f"{{{key}}}" not in path]
        yield f"{path.format(**given)}?{'&'.join(query)}"


def first(parameter: Json) -> object:
    schema = parameter["schema"]
    return (schema.get("examples") or schema["enum"])[0]


def test_every_route_says_what_can_go_wrong(operation: Json) -> None:
    responses = operation["responses"]
    shared = TOLD["components"]["responses"]

    assert {"200", "304", "400", "422", "default"} <= responses.keys()
    for status, response in responses.items():
        if status not in ("200", "304", "308"):
            told = resolve(response, shared)["content"]
            assert told.keys() == {PROBLEM}
            assert all(example["value"] for example in told[PROBLEM]["examples"].values())


def test_the_document_knows_what_the_answers_look_like(app: FastAPI) -> None:
    schemas = app.openapi()["components"]["schemas"]

    assert {"Problem", "LeverageOver", "Neighbourhood", "Paths", "ClaimInFull"} <= schemas.keys()
    assert "from" in schemas["Step"]["properties"]
    assert "HTTPValidationError" not in schemas


def resolve(schema: Json, schemas: Json) -> Json:
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def matches(value: object, schema: Json, schemas: Json) -> bool:
    """Whether a value has the members and types that a schema of this document asks for."""
    schema = resolve(schema, schemas)
    if "anyOf" in schema:
        return any(matches(value, one, schemas) for one in schema["anyOf"])
    if isinstance(value, dict):
        known = schema.get("properties", {})
        others = schema.get("additionalProperties")
        return schema.get("type") == "object" and all(
            matches(item, known[name], schemas)
            if name in known
            else isinstance(others, dict) and matches(item, others, schemas)
            for name, item in value.items()
        )
    if isinstance(value, list):
        each = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        return len(each) == len(value) and all(
            matches(item, one, schemas) for item, one in zip(value, each, strict=True)
        )
    types = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
    wanted = schema.get("type")
    return wanted in (None, types[type(value)]) or (wanted == "number" and type(value) is int)


def test_answers_are_what_the_document_says(client: TestClient, app: FastAPI) -> None:
    schemas = app.openapi()["components"]["schemas"]
    for operation in OPERATIONS.values():
        content = operation["responses"]["200"].get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        for example in operation[EXAMPLES] if schema else ():
            assert matches(client.get(example).json(), schema, schemas), example


def test_the_media_type_of_every_answer_is_told(operation: Json, client: TestClient) -> None:
    told = operation["responses"]["200"]["content"]

    for example in operation[EXAMPLES]:
        assert client.get(example).headers["content-type"].partition(";")[0] in told


def test_the_document_is_served(client: TestClient, app: FastAPI) -> None:
    answer = client.get("/openapi.json")

    assert answer.json() == app.openapi()
    again = client.get("/openapi.json", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
