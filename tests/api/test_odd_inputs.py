"""A corpus of odd inputs, each to everything that may take it: never a fault of ours, an error is
always a problem with its request, and what is refused leaves nothing behind."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from graph_service.api.problems import KINDS
from graph_service.stores.graph import Graph
from tests.api.conftest import gaza_graph
from tests.api.sent import take_in_the_example
from tests.api.test_openapi import OPERATIONS, first
from tests.api.writers import SOURCE, Json, claim, local

TEXTS = (
    "", " ", "\u00a0", "\u200b", "\ufeff", "\u202e", "\x00", "\x7f", "\n", "'", '"', "\\", "%", "%00",
    "/", "..", "../../etc/passwd", ";", "?", "#", "&", "=", "+", ",", ",,", "*", "-", "0", "null",
    "true", "{}", "[]", "<script>", "${x}", "' OR 1=1 --", "a\u0301", "\u00e1", "\U0010ffff", "👩‍👩‍👧",
    "ﷺ" * 60, "x" * 199, "x" * 201, "x" * 1001, "İ", "ß", "٣", "NaN", "1e999", "-1", "2024-13-01",
)  # fmt: skip
NO_NUMBERS = (
    "1.5", "1.0", "1_0", "+5", " 5", "5 ", "0x5", "1e1", "1,000", "٣", "５", "true", "null", "NaN",
    "Infinity", "--1", "1-", "9" * 5000,
)  # fmt: skip
NO_DAYS = (
    "0000-00-00", "0000-01-01", "10000-01-01", "-1", "-0001-01-01", "2024-00-01", "2024-02-30",
    "2023-02-29", "2024-W05", "2024-W05-1", "2024-366", "20240731", "2024-7-1", "2024/07/31",
    " 2024-07-31", "2024-07-31 ", "2024-07-31T00:00:00Z", "2024-07-31/2024-08-01", "2024-07-31/..",
    "[..2024-07-31]", "today", "٢٠٢٤-٠٩-٣٠", "2024-07-31\u200b", "2024‐07‐31", "1720000000",
)  # fmt: skip
NO_TIMES = (
    "0000-00-00", "10000-01-01", "-1", "2024", "2024-07", "2024-W05", "2016-12-31T23:59:60Z",
    "2024-01-01T24:00:00Z", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "now",
    "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00+99:99", "2024-01-01T00:00:00CET",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2024-02-30T00:00:00Z",
)  # fmt: skip
TIMES = (
    "0001-01-01", "9999-12-31", "0001-01-01T00:00:00-23:59", "9999-12-31T23:59:59Z",
    "2024-01-01T00:00:00+14:00", "2024-01-01T00:00:00-12:00", "2024-01-01T00:00:00.000001Z",
    "2024-01-01T00:00:00-00:00", "2024-01-01T00:00:00+05:45",
)  # fmt: skip
NO_IDS = (
    "Hamas", "HAMAS", "hamas ", " hamas", "hаmas", "ha\u0301mas", "h\u00e1mas", "ｈａｍａｓ", "hamas\u200b",
    "\ufeffhamas", "hamas.", "hamas;x=1", "hamas?x=1", "hamas#x", "%68amas", "..", "~", "*",
)  # fmt: skip

PROBLEMS = {kind.uri: kind for kind in KINDS}
JSON = {"Content-Type": "application/json"}
HEAD = 80


@pytest.fixture(scope="module")
def odd() -> Iterator[tuple[TestClient, Graph]]:
    """A service that takes in nothing in these tests, and waits for nothing."""
    graph = gaza_graph()
    with local(graph, catch_up_seconds=0) as client:
        take_in_the_example(client)
        yield client, graph
    graph.close()


@pytest.fixture
def client(odd: tuple[TestClient, Graph]) -> Iterator[TestClient]:
    yield odd[0]
    assert odd[1].store.head().sequence == HEAD


def sound(answer: Response) -> Response:
    """The answer, checked for what every one of them keeps to."""
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        problem = answer.json()
        kind = PROBLEMS[problem["type"]]
        assert problem["status"] == answer.status_code == kind.status
        assert problem["request_id"] == answer.headers["x-request-id"]
        assert answer.status_code < 500 or kind.name == "not-ready", answer.text
    return answer


def refused(answer: Response, parameter: str) -> None:
    assert sound(answer).status_code == 422, f"{answer.url}: {answer.text}"
    assert answer.json()["parameter"] == parameter


def taking(name: str) -> Iterator[str]:
    """Every route that takes this parameter, asked with what else it needs."""
    for path, operation in OPERATIONS.items():
        parameters = {one["name"]: one for one in operation.get("parameters", ())}
        if name in parameters:
            needed = {
                n: str(first(p)) for n, p in parameters.items() if p["required"] and n != name
            }
            filled = path.format_map({**needed, name: "{}"} if f"{{{name}}}" in path else needed)
            query = [f"{n}={v}" for n, v in needed.items() if f"{{{n}}}" not in path]
            yield filled if "{}" in filled else f"{filled}?{'&'.join([*query, name + '={}'])}"


NAMES = sorted({one["name"] for op in OPERATIONS.values() for one in op.get("parameters", ())})


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_text_in_any_parameter_is_answered_or_refused(client: TestClient, name: str) -> None:
    # A parameter that many routes take alike is asked of two of them.
    for route in list(taking(name))[:2]:
        for text in TEXTS:
            sound(client.get(route.replace("{}", quote(text, safe="")), follow_redirects=False))


@pytest.mark.parametrize("name", ["limit", "hops", "paths", "k", "min_sequence"])
def test_a_whole_number_is_written_in_digits(client: TestClient, name: str) -> None:
    for route in taking(name):
        for text in NO_NUMBERS:
            refused(client.get(route.replace("{}", quote(text))), name)
        assert sound(client.get(route.replace("{}", "1"))).status_code == 200


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("limit", ("0", "-1", "201")),
        ("hops", ("0", "7")),
        ("k", ("0", "21")),
        ("min_sequence", ("-1", str(2**63), str(10**30))),
        ("min_confidence", ("-1e-9", "1.0000001", "nan", "inf", "-inf", "1e999", "0x1p-1", "½")),
        ("as_of", NO_DAYS),
        ("known_at", NO_TIMES),
    ],
)
def test_what_is_out_of_bounds_or_no_date_is_refused_everywhere(
    client: TestClient, name: str, texts: tuple[str, ...]
) -> None:
    for route in taking(name):
        for text in texts:
            refused(client.get(route.replace("{}", quote(text))), name)


def test_the_first_and_the_last_day_and_any_offset_are_taken(client: TestClient) -> None:
    for name, texts in (("as_of", ("0001-01-01", "9999-12-31")), ("known_at", TIMES)):
        for text in texts:
            answer = client.get(f"/v1/actors/hamas/leverage?{name}={quote(text)}")
            assert sound(answer).status_code == 200, answer.text


@pytest.mark.parametrize("id_", NO_IDS)
def test_a_twin_of_an_id_is_not_that_id(client: TestClient, id_: str) -> None:
    asked = quote(id_, safe="")
    for route in taking("id"):
        # The client reads a path once more than a server does; test_odd_requests has no client.
        if "%25" not in asked:
            assert sound(client.get(route.replace("{}", asked))).status_code == 404
    assert sound(client.get(f"/v1/actors/hamas/leverage?by={asked}")).status_code == 404
    assert client.get(f"/v1/claims?subject={asked}").json()["data"] == []


@pytest.mark.parametrize("text", ["-1", "0", "80", "9" * 18, str(2**63 - 1)])
def test_an_entry_that_is_not_there_yet_is_told_to_be_asked_for_again(
    client: TestClient, text: str
) -> None:
    for route in taking("min_sequence"):
        answer = sound(client.get(route.replace("{}", text)))
        assert answer.status_code == (422 if text == "-1" else 200 if int(text) <= HEAD else 503)
        assert ("retry-after" in answer.headers) == (answer.status_code == 503)


def test_what_is_refused_anyway_does_not_wait_for_an_entry(client: TestClient) -> None:
    for path in ("actors?limit=0", "actors?kind=x", "claims?cursor=x", "paths?from=iran&k=0"):
        assert sound(client.get(f"/v1/{path}&min_sequence=999")).status_code == 422


BODIES = {
    "nothing": b"", "blank": b" \r\n", "NUL": b"\x00", "null": b"null", "text": b'"x"', "nine": b"9",
    "object": b"{}", "list in list": b"[[]]", "null in list": b"[null]", "NaN": b"[NaN]",
    "minus Infinity": b"[-Infinity]", "1e999": b"[1e999]", "over 2**63": b"[9223372036854775808]",
    "5000 digits": b"[" + b"9" * 5000 + b"]", "half a pair": b'["\\ud800"]',
    "pair the wrong way": b'["\\udc00\\ud800"]', "raw surrogate": b'["\xed\xa0\x80"]',
    "overlong": b'["\xc0\xaf"]', "twice": b'[{"record":"actor","record":"actor"}]',
    "deep lists": b"[" * 100_000 + b"]" * 100_000, "deep objects": b'{"a":' * 100_000,
    "BOM": b"\xef\xbb\xbf[]", "UTF-16": "[]".encode("utf-16"), "UTF-32": "[]".encode("utf-32"),
    "latin-1": '["é"]'.encode("latin-1"), "trailing": b"[]x", "two": b"[][]", "comma": b"[1,]",
    "comment": b"[]//x", "single quotes": b"['x']", "leading zero": b"[01]", "hex": b"[0x1]",
    "half": b'[{"record":"actor"', "tab in text": b'["\t"]', "form": b"evidence=e_x&verdict=accepted",
    "XML": b"<a/>", "gzip": b"\x1f\x8b\x08\x00", "JSON lines": b'{"record":"actor"}\n{"record":"actor"}',
}  # fmt: skip


@pytest.mark.parametrize("path", ["/v1/records", "/v1/decisions"])
@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_a_body_that_is_no_bundle_is_refused(client: TestClient, path: str, body: bytes) -> None:
    answer = sound(client.post(path, content=body, headers=JSON))

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/invalid-record"


@pytest.mark.parametrize(
    "of", ["", "text/plain", "application/xml", "application/json-seq", "application/problem+json",
           "multipart/form-data; boundary=x", "json", "application/*", "*/*", "a/json, b/json"],
)  # fmt: skip
def test_a_body_of_another_kind_is_refused(client: TestClient, of: str) -> None:
    for path in ("/v1/records", "/v1/decisions"):
        answer = sound(client.post(path, content=b"[]", headers={"Content-Type": of}))
        assert (answer.status_code, answer.headers["accept-post"]) == (415, "application/json")


FIELDS: tuple[Json, ...] = (
    {**SOURCE, "title": "x" * 1_000_000}, {**SOURCE, "title": "a\x00b"}, {**SOURCE, "title": ""},
    {**SOURCE, "title": ["x"]}, {**SOURCE, "title": None}, {**SOURCE, "id": "x" * 201},
    {**SOURCE, "id": "a/b"}, {**SOURCE, "id": "a\u0301"}, {**SOURCE, "published": "0000-00-00"},
    {**SOURCE, "published": "10000-01-01"}, {**SOURCE, "published": "9999-12-31"},
    {**SOURCE, "published": "2024-W05"}, {**SOURCE, "published": 2024}, claim(confidence="0.8"),
    claim(confidence=True), claim(confidence=-0.0), claim(confidence=10**18),
    claim(recorded_at="2016-12-31T23:59:60Z"), claim(recorded_at=0), claim(status="ACCEPTED"),
    {**claim(), "when": "2024-02-30"}, {**claim(), "when": "2024-08-01/2024-07-01"},
    {**claim(), "evidence": []}, {**claim(), "evidence": {}}, {**claim(), "subject": "Qatar"},
    {**claim(), "subject": "qatar\u200b"}, {**claim(), "episode": ""}, {**claim(), "__proto__": {}},
    {"record": "decision", "evidence": "e_x", "verdict": "accepted", "expected": -1},
    {"record": "decision", "evidence": "e_x", "verdict": "accepted", "expected": 1e3},
)  # fmt: skip


@pytest.mark.parametrize("record", FIELDS, ids=range(len(FIELDS)))
def test_a_record_with_an_odd_field_spoils_the_bundle_that_it_is_in(
    client: TestClient, record: Json
) -> None:
    good = [{**SOURCE, "id": "wire-2"}, {**SOURCE, "id": "wire-1"}]
    body = json.dumps([*good, record]).encode()
    answer = sound(client.post("/v1/records", content=body, headers=JSON))

    assert answer.status_code == 422, answer.text
    assert answer.json()["field"].startswith("[2]")
    assert client.get("/v1/sources/wire-2").status_code == 404


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "bearer gs_", "Basic Og==", "gs_x", "Bearer " + "x" * 9000,
              "Bearer a b", "Digest x", "Bearer é", "Bearer\tgs_x"],
)  # fmt: skip
def test_what_is_no_key_does_not_write_and_keeps_nobody_from_reading(
    client: TestClient, given: str
) -> None:
    headers: Any = {**JSON, "Authorization": given.encode("latin-1")}

    assert sound(client.post("/v1/records", content=b"[]", headers=headers)).status_code == 401
    assert sound(client.get("/v1/actors/hamas", headers=headers)).status_code == 200


def test_a_key_for_a_write_is_given_once(client: TestClient) -> None:
    headers = [*JSON.items(), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")]

    refused(client.post("/v1/records", content=b"[]", headers=headers), "Idempotency-Key")
