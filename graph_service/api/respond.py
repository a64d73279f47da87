"""Answers as bytes: the envelope, its headers, and when an asker has the answer already."""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graph_service.domain.periods import day, instant
from graph_service.graph.view import View
from graph_service.queries.answers import Meta, NounMeta, Page, members_of

JSON = "application/json"
_REVALIDATE = {"Cache-Control": "no-cache"}


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are: exactly (`eq`), or at least (`gte`) that many."""

    value: int
    relation: str = "eq"


@dataclass(frozen=True, slots=True)
class Text:
    """An answer that is a text for people, and comes without an envelope."""

    text: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A noun as one view shows it."""

    data: object
    meta: NounMeta
    page: None = None


def noun_meta(view: View) -> NounMeta:
    """Where a noun stands that a view shows."""
    known_at = view.frame.known_at
    shown = None if known_at is None else instant(known_at)
    return NounMeta(view.sequence, day(view.frame.as_of), shown)


def encode(value: object) -> bytes:
    """The value as JSON, the same bytes for the same value; `from_` is shown as `from`.

    Gives what `as_json` gives, several times as fast: dataclasses are walked by orjson. A quote
    inside a text is escaped, so that `"from_":` in the bytes is always a field's name.
    """
    text = orjson.dumps(value, default=_plain, option=orjson.OPT_UTC_Z)
    return text.replace(b'"from_":', b'"from":')


def _plain(value: object) -> Any:  # noqa: ANN401 - orjson takes any of its own types
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, AbstractSet):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON shape")


def answer(
    data: object,
    meta: Meta | NounMeta,
    *,
    request: Request,
    page: Page | None = None,
    total: Total | None = None,
    tag: str | None = None,
) -> Response:
    """The envelope `{"data", "meta"}`; with a page also its cursor and a `Link` to the next one.

    An answer without a `tag` is not to be kept: another asking may give another one.
    """
    headers = {"Cache-Control": "no-store"} if tag is None else {**_REVALIDATE, "ETag": tag}
    if isinstance(data, Text):
        return Response(data.text, headers=headers, media_type=data.media_type)
    shown = members_of(meta)
    if total is not None:
        shown["total"] = total
    if page is not None:
        shown["next_cursor"] = page.next_cursor
        if page.next_cursor is not None:
            headers["Link"] = f'<{_with_cursor(request, page.next_cursor)}>; rel="next"'
    return Response(encode({"data": data, "meta": shown}), headers=headers, media_type=JSON)


def document(
    request: Request,
    body: str | bytes,
    media_type: str,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """What is the same for everybody who asks for it, until the product or the graph changes."""
    content = body.encode() if isinstance(body, str) else body
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if has_already(request, tag) or has_any(request):
        return unchanged(tag)
    kept = {**_REVALIDATE, "ETag": tag, **headers}
    return Response(content, headers=kept, media_type=media_type)


def unchanged(tag: str) -> Response:
    """304: the asker's copy still holds."""
    return Response(status_code=304, headers={**_REVALIDATE, "ETag": tag})


def moved(data: object, meta: NounMeta, *, request: Request, id_: str, canonical: str) -> Response:
    """308: the actor in the path goes by another id. The asker is not to keep it, since whoever
    judged so may take it back."""
    reply = answer(data, meta, request=request)
    before, _, after = request.url.path.partition(f"/actors/{id_}")
    query = f"?{request.url.query}" if request.url.query else ""
    reply.status_code = 308
    reply.headers["Location"] = f"{before}/actors/{canonical}{after}{query}"
    return reply


def _with_cursor(request: Request, cursor: str) -> str:
    others = [(name, value) for name, value in request.query_params.items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*others, ('cursor', cursor)])}"


def tag_of(request: Request, *stands_on: object) -> str:
    """A strong ETag of the request, its parameters in any order, and of what it stands on."""
    given = request.query_params.multi_items()
    # What the asker has to see at least is a condition on the answer, and no part of it.
    asked = [request.url.path, sorted(pair for pair in given if pair[0] != "min_sequence")]
    parts = orjson.dumps([*asked, *map(str, stands_on)])
    return f'"{hashlib.sha256(parts).hexdigest()[:32]}"'


def has_already(request: Request, tag: str) -> bool:
    """Whether `If-None-Match` names this tag."""
    return tag in _tags_held(request)


def has_any(request: Request) -> bool:
    """Whether `If-None-Match` is `*`, whatever there is; so that there is one is to be seen first."""
    return "*" in _tags_held(request)


def _tags_held(request: Request) -> list[str]:
    given = ",".join(request.headers.getlist("if-none-match"))
    return [one.strip().removeprefix("W/") for one in given.split(",")]
