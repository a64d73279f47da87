"""How the document and the page for people tell of writing."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph_service.api.native import BUNDLE, BUNDLES, DECIDED, DECISIONS, DEFINITIONS
from graph_service.domain.records import parse_record
from graph_service.dossiers import dossier
from graph_service.importers.strict_json import strict_json
from graph_service.stores.graph import Graph
from tests.api.test_openapi import matches
from tests.api.writers import Json, local

PATHS = {"/v1/records": BUNDLES, "/v1/decisions": DECIDED}


@pytest.fixture
def document(client: TestClient) -> Json:
    found: Json = client.get("/openapi.json").json()
    return found


@pytest.mark.parametrize("path", PATHS)
def test_a_write_says_what_it_takes_and_what_can_go_wrong(document: Json, path: str) -> None:
    operation = document["paths"][path]["post"]
    content = operation["requestBody"]["content"]["application/json"]

    assert operation["summary"]
    assert operation["tags"] == ["Writing"]
    assert content["examples"].keys() == PATHS[path].keys()
    assert {"200", "401", "403", "409", "413", "415", "422", "503", "507"} <= set(
        operation["responses"]
    )
    assert "/problems/lost-update" in str(operation["responses"]["409"])
    assert [parameter["name"] for parameter in operation["parameters"]] == ["Idempotency-Key"]
    assert "Idempotency-Replayed" in operation["responses"]["200"]["headers"]


def test_a_file_is_sent_as_it_is_and_accepted(document: Json) -> None:
    operation = document["paths"]["/v1/imports"]["post"]
    parameters = {one["name"]: one for one in operation["parameters"]}

    assert operation["requestBody"]["content"].keys() == {"application/octet-stream"}
    assert {"native", "icews", "table"} <= set(parameters["format"]["schema"]["enum"])
    assert parameters["format"]["required"]
    assert "Idempotency-Key" in parameters
    assert {"202", "401", "403", "409", "413", "415", "422", "503", "507"} <= set(
        operation["responses"]
    )
    assert {"Location", "Idempotency-Replayed"} <= operation["responses"]["202"]["headers"].keys()


def test_what_takes_a_key_is_told(document: Json) -> None:
    (name,) = document["components"]["securitySchemes"]

    for path, methods in document["paths"].items():
        for operation in methods.values():
            wanted: object = [{name: []}, {}] if path.startswith("/v1/") else None
            assert operation.get("security") == wanted


@pytest.mark.parametrize(
    ("path", "name"), [(path, name) for path, examples in PATHS.items() for name in examples]
)
def test_every_example_can_be_sent_as_it_stands(
    graph: Graph, document: Json, path: str, name: str
) -> None:
    schemas = document["components"]["schemas"]
    with local(graph) as client:
        answer = client.post(path, json=PATHS[path][name])

    assert answer.status_code == 200, answer.text
    shape = document["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]
    assert matches(answer.json(), shape["schema"], schemas)


def fits(value: Any, schema: Json) -> bool:  # noqa: ANN401 - JSON
    """Whether the schema of a body lets a value through, but for lengths and patterns."""
    if "$ref" in schema:
        return fits(value, DEFINITIONS[schema["$ref"].rpartition("/")[2]])
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return any(fits(value, one) for one in schema[choice])
    if "const" in schema or "enum" in schema:
        return value in schema.get("enum", [schema.get("const")])
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        return set(schema.get("required", ())) <= value.keys() <= known.keys() and all(
            fits(item, known[name]) for name, item in value.items()
        )
    if isinstance(value, list):
        return schema["type"] == "array" and all(fits(item, schema["items"]) for item in value)
    types = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null",
             dict: "object"}  # fmt: skip
    return schema["type"] == types[type(value)] or (
        schema["type"] == "number" and type(value) is int
    )


def test_the_schema_of_a_bundle_fits_everything_that_ships(graph: Graph) -> None:
    lines = dossier("gaza-mediation").read_bytes().splitlines()
    bundle = [strict_json(line) for line in lines if line.strip()]

    assert fits(bundle, BUNDLE)
    assert all(fits(value, BUNDLE) for value in BUNDLES.values())
    assert all(fits(value, DECISIONS) for value in DECIDED.values())
    assert not fits([{"record": "actor", "id": "x", "kind": "state"}], BUNDLE)
    assert not fits([{**BUNDLES["a claim with its source"][0], "colour": "red"}], BUNDLE)
    for record in BUNDLES["a claim with its source"]:
        parse_record(record, graph.ontology)


def test_the_page_shows_how_to_write(client: TestClient) -> None:
    text = client.get("/docs").text

    assert "<code>POST /v1/records</code>" in text
    assert "<code>GET /v1/claims</code>" in text
    assert "<code>Idempotency-Key</code>" in text
    assert "Bearer gs_" in text
    assert all(name.capitalize() in text for examples in PATHS.values() for name in examples)
