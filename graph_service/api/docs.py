"""The documentation as one HTML page: made of the OpenAPI document, with nothing from elsewhere."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

import orjson

from graph_service.api.describe import EXAMPLES
from graph_service.api.problems import Kind

Json = Mapping[str, Any]

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 3rem; } h3 { margin: 0; }
section { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
code { font: .9em/1.4 ui-monospace, monospace; background: var(--soft); padding: .1em .3em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; }
pre { background: var(--soft); padding: .6rem; overflow-x: auto; } pre code { background: none; }
tr + tr { border-top: 1px solid var(--line); } nav a { display: inline-block; margin-right: 1rem; }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
STYLE_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_CODE = re.compile("`([^`]+)`")
_TYPES = {"integer": "a whole number", "number": "a number", "boolean": "`true` | `false`"}


def page(document: Json, kinds: Iterable[Kind]) -> bytes:
    """Every endpoint with its parameters and requests to try, and every kind of problem."""
    info = document["info"]
    operations = list(every_operation(document))
    body = [
        f"<h1>{escape(info['title'])}</h1>",
        f"<p>{_text(info['summary'])}</p>",
        *(f"<p>{_text(part)}</p>" for part in info["description"].split("\n\n")),
        '<p>For programs: <a href="/openapi.json">openapi.json</a>.</p>',
        _contents(operations),
        *(_group(name, operations) for name in tags(operations)),
        _problems(kinds),
    ]
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(info['title'])}</title><style>{_STYLE}</style></head><body>"
    )
    return (head + "\n".join(body) + "</body></html>").encode()


def every_operation(document: Json) -> Iterator[tuple[str, dict[str, Any]]]:
    """What can be asked for, as `GET /v1/actors`, with the schemas of its parameters in place."""
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parameters = [_in_place(one, schemas) for one in operation.get("parameters", ())]
            yield f"{method.upper()} {path}", {**operation, "parameters": parameters}


def _in_place(parameter: Json, schemas: Json) -> Json:
    named = parameter["schema"].get("$ref", "").rpartition("/")[2]
    schema = {**schemas[named], **parameter["schema"]} if named else parameter["schema"]
    return {**parameter, "schema": schema}


def tags(operations: Iterable[tuple[str, Json]]) -> list[str]:
    """What operations are grouped by, in their order."""
    return list(dict.fromkeys(operation["tags"][0] for _, operation in operations))


def takes(schema: Json) -> str:
    """What a parameter takes, in a few words, code in backticks.

    >>> takes({"type": "integer", "minimum": 1, "maximum": 3, "default": 3})
    'a whole number, 1–3, else `3`'
    """
    one = next((s for s in schema.get("anyOf", ()) if s.get("type") != "null"), schema)
    words = _TYPES.get(one.get("type", ""), "a text")
    if "enum" in one:
        words = " | ".join(f"`{value}`" for value in one["enum"])
    if "minimum" in one:
        end = f"–{one['maximum']}" if "maximum" in one else " or more"
        words += f", {one['minimum']}{end}"
    default = schema.get("default")
    return words if default is None else f"{words}, else `{_spelt(default)}`"


def _spelt(value: object) -> str:
    """A value as a URL has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))


def _contents(operations: Iterable[tuple[str, Json]]) -> str:
    links = (
        f'<a href="#{escape(operation["operationId"])}">{escape(operation["summary"])}</a>'
        for _, operation in operations
    )
    return f"<nav>{''.join(links)} <a href='#problems'>Problems</a></nav>"


def _group(name: str, operations: Iterable[tuple[str, Json]]) -> str:
    parts = (_operation(asked, one) for asked, one in operations if one["tags"][0] == name)
    return f"<h2>{escape(name)}</h2>{''.join(parts)}"


def _operation(asked: str, operation: Json) -> str:
    return "".join(
        (
            f'<section id="{escape(operation["operationId"])}">',
            f"<h3>{escape(operation['summary'])}</h3>",
            f"<p><code>{escape(asked)}</code></p>",
            f"<p>{_text(operation['description'])}</p>",
            _parameters(operation.get("parameters", ())),
            _body(operation.get("requestBody")),
            _examples(operation.get(EXAMPLES, ())),
            "</section>",
        )
    )


def _parameters(parameters: Iterable[Json]) -> str:
    rows = "".join(_parameter(parameter) for parameter in parameters)
    head = "<tr><th>Parameter</th><th>Takes</th><th>Meaning</th></tr>"
    return f"<table>{head}{rows}</table>" if rows else ""


def _parameter(parameter: Json) -> str:
    needed = " (needed)" if parameter["required"] else ""
    return (
        f"<tr><td><code>{escape(parameter['name'])}</code>{needed}</td>"
        f"<td>{_text(takes(parameter['schema']))}</td><td>{_text(parameter['description'])}</td></tr>"
    )


def _body(body: Json | None) -> str:
    """What a body may be, by example; its fields are in the document for programs."""
    if body is None:
        return ""
    (media_type, content), *_ = body["content"].items()
    shown = (
        f"<p>{escape(name).capitalize()}:</p><pre><code>{_shown(example['value'])}</code></pre>"
        for name, example in content["examples"].items()
    )
    return f"<p>Body: <code>{escape(media_type)}</code></p>{''.join(shown)}"


def _shown(value: object) -> str:
    """A file as it stands, anything else as JSON."""
    if isinstance(value, str):
        return escape(value)
    return escape(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def _examples(requests: Iterable[str]) -> str:
    links = (f'<a href="{escape(one)}"><code>{escape(one)}</code></a>' for one in requests)
    shown = "<br>".join(links)
    return f"<p>Try: {shown}</p>" if shown else ""


def _problems(kinds: Iterable[Kind]) -> str:
    rows = "".join(
        f'<tr id="problem-{kind.name}"><td>{kind.status}</td><td><code>{kind.uri}</code></td>'
        f"<td>{_text(kind.meaning)}</td></tr>"
        for kind in kinds
    )
    return (
        '<h2 id="problems">Problems</h2><p>An error is <code>application/problem+json</code> '
        "(RFC 9457). <code>type</code> is one of these, <code>detail</code> says what happened, "
        "<code>suggestions</code> what may be meant, <code>request_id</code> which request it "
        f"was.</p><table><tr><th>Status</th><th>Type</th><th>Meaning</th></tr>{rows}</table>"
    )
