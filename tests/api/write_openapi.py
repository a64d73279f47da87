"""Bring `openapi.json`, and the answers in it, up to date with the routes: `make openapi`.

The answers are what the first example of every operation is answered with over the dossier that
ships, cut to the first item of every list and mapping, numbers to four decimals.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from fastapi.testclient import TestClient
from httpx2 import Response

from graph_service.api.describe import EXAMPLES
from graph_service.api.document import answered
from graph_service.api.respond import JSON
from graph_service.api.upload import PATH
from tests.api.conftest import gaza_graph
from tests.api.sent import ASKED, KEY, take_in_the_example
from tests.api.test_openapi import document, matches, resolve
from tests.api.writers import local

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "openapi.json"
ANSWERS = ROOT / "graph_service" / "api" / "answers.json"
# The version installed here may be another one elsewhere, and logs are salted.
ANY_VERSION = "0.1.0"
ANY_HASH = "8bdacfbe8a6dca6678a0e80049a158bdca64e00fc086797174f0572cc67dc234"
DECIMALS = 4


def pretty(value: Json) -> bytes:
    """As it stands in the tree: indented, in a stable order, a line's end after it."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def answers() -> Json:
    """By the id of its operation, an answer of each that answers in JSON."""
    told = document()
    schemas = told["components"]["schemas"]
    found = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            content = answered(operation)["content"].get(JSON)
            if content:  # of an export it is not said what is in it
                answer = first_answer(path, method, operation)
                found[operation["operationId"]] = shortened(answer, content["schema"], schemas)
    found["healthz"]["data"]["version"] = ANY_VERSION
    found["one_claim"]["data"]["history"][0]["hash"] = ANY_HASH
    found["import_report"]["data"]["summary"] |= {"seconds": 0.01, "rows_per_second": 100}
    return found


def first_answer(path: str, method: str, operation: Json) -> Json:
    """What the first example of an operation is answered with."""
    graph = gaza_graph()
    with local(graph) as client:
        if method == "get" and path.startswith(PATH):
            take_in_the_example(client)
        if method == "post":
            reply = first_write(client, path, operation["requestBody"]["content"])
        else:
            reply = client.get(operation[EXAMPLES][0])
    graph.close()
    answer: Json = reply.raise_for_status().json()
    return answer


def first_write(client: TestClient, path: str, content: Json) -> Response:
    """The answer to the first example of what can be sent."""
    ((kind, told),) = content.items()
    example = next(iter(told["examples"].values()))["value"]
    if kind == JSON:
        return client.post(path, json=example)
    return client.post(f"{path}?{ASKED}", content=example, headers=KEY)


def shortened(value: Any, schema: Json, schemas: Json) -> Any:  # noqa: ANN401 - JSON
    """The value with the first item of each list in it, and of each mapping of any names."""
    schema = fitting(value, schema, schemas)
    if isinstance(value, list):
        each = schema.get("prefixItems") or [schema.get("items", {})]
        return [shortened(item, one, schemas) for item, one in zip(value, each, strict=False)]
    if isinstance(value, float):
        return round(value, DECIMALS)
    if not isinstance(value, dict):
        return value
    return dict(shortened_members(value, schema, schemas))


def shortened_members(value: Json, schema: Json, schemas: Json) -> Iterator[tuple[str, Any]]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    items = list(value.items())
    for name, item in items if known else items[:1]:
        yield name, shortened(item, known.get(name, others), schemas)


def fitting(value: object, schema: Json, schemas: Json) -> Json:
    """The schema itself, or the first of its choices that the value matches."""
    schema = resolve(schema, schemas)
    for one in schema.get("anyOf", ()):
        if matches(value, one, schemas):
            return fitting(value, one, schemas)
    return schema


if __name__ == "__main__":
    ANSWERS.write_bytes(pretty(answers()))
    DOCUMENT.write_bytes(pretty(document()))
