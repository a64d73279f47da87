"""`docs/api.md`, made of `openapi.json`: every endpoint with what it takes and an answer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from graph_service.api.describe import EXAMPLES
from graph_service.api.docs import every_operation, tags, takes
from graph_service.api.document import answered
from graph_service.api.problems import KINDS
from tests.docs.markdown import table

Json = Mapping[str, Any]
Asked = tuple[str, dict[str, Any]]

DOCUMENT = Path(__file__).parents[2] / "openapi.json"
HEAD = """\
# The HTTP API

This page is made of [openapi.json](../openapi.json), the same for machines, by `make pages`. A running service shows it at
`/docs`. What the words and the numbers mean stands in [ontology.md](ontology.md) and [method.md](method.md); who may
write, in [deploying.md](deploying.md#who-may-write)."""
SHARED = """\
## Parameters of many questions

They mean the same wherever they stand."""
PROBLEMS = """\
## Problems

An error is `application/problem+json` (RFC 9457). `type` is one of these, `detail` says what happened, `suggestions` what
may be meant, `request_id` which request it was."""
MANY = 15
"""A parameter of this many operations is told once."""


def api_page() -> str:
    """The page as it stands in the tree."""
    document = orjson.loads(DOCUMENT.read_bytes())
    operations = list(every_operation(document))
    shared = _shared(operations)
    parts = [HEAD, document["info"]["description"], SHARED, _table(shared.values())]
    for tag in tags(operations):
        parts.append(f"## {tag}")
        for asked, operation in operations:
            if operation["tags"][0] == tag:
                parts += _operation(asked, operation, shared)
    kinds = ((str(kind.status), f"`{kind.uri}`", kind.meaning) for kind in KINDS)
    parts += [PROBLEMS, table(("status", "type", "meaning"), kinds)]
    return "\n\n".join(parts) + "\n"


def _shared(operations: Iterable[Asked]) -> Mapping[str, Json]:
    """The parameters that are told once, by name."""
    every = [one for _, operation in operations for one in operation["parameters"]]
    counted = Counter(orjson.dumps(one) for one in every)
    return {one["name"]: one for one in every if counted[orjson.dumps(one)] >= MANY}


def _operation(asked: str, operation: dict[str, Any], shared: Mapping[str, Json]) -> Iterator[str]:
    yield f"### {operation['summary']}"
    yield f"`{asked}`"
    yield operation["description"]
    own = [one for one in operation["parameters"] if one != shared.get(one["name"])]
    named = [one["name"] for one in operation["parameters"] if one not in own]
    if own:
        yield _table(own)
    if named:
        told = ", ".join(f"`{name}`" for name in named)
        yield f"As [everywhere](#parameters-of-many-questions): {told}."
    yield from _sent(operation.get("requestBody"))
    if EXAMPLES in operation:
        yield _block("\n".join(f"GET {example}" for example in operation[EXAMPLES]), "text")
    yield from _answer(operation)


def _table(parameters: Iterable[Json]) -> str:
    rows = ((_name(one), takes(one["schema"]), one["description"]) for one in parameters)
    return table(("parameter", "takes", "meaning"), rows)


def _name(parameter: Json) -> str:
    return f"`{parameter['name']}`{' (needed)' if parameter['required'] else ''}"


def _sent(body: Json | None) -> Iterator[str]:
    """What a body may be, by example."""
    for media_type, content in (body or {"content": {}})["content"].items():
        yield f"Body: `{media_type}`."
        for name, example in content["examples"].items():
            yield f"{name.capitalize()}:"
            yield _shown(example["value"])


def _answer(operation: dict[str, Any]) -> Iterator[str]:
    """An answer in JSON, folded away until it is wanted."""
    example = answered(operation)["content"].get("application/json", {}).get("example")
    if example is not None:
        yield f"<details>\n<summary>An answer</summary>\n\n{_shown(example)}\n\n</details>"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return _block(value.strip(), "text")
    return _block(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode(), "json")


def _block(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"
