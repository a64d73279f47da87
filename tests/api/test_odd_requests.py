"""Odd requests as bytes on a real socket, which no client would send."""

import json
from collections.abc import Iterator

import pytest

from graph_service.stores.graph import Graph
from tests.api.conftest import gaza_graph
from tests.api.test_odd_inputs import HEAD, PROBLEMS
from tests.api.test_server import HASTY, connected, everything_from, running
from tests.api.writers import Json

HAMAS = b"GET /v1/actors/hamas"
RECORDS = b"POST /v1/records"
IS_JSON = b"Content-Type: application/json"
CHUNKED = b"Transfer-Encoding: chunked"
THREE_MEGABYTES = (b"10000\r\n" + b"x" * 65_536 + b"\r\n") * 46 + b"0\r\n\r\n"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[int, Graph]]:
    graph = gaza_graph()
    with running(graph, HASTY) as port:
        yield port, graph
    graph.close()


@pytest.fixture
def port(served: tuple[int, Graph]) -> Iterator[int]:
    yield served[0]
    assert served[1].store.head().sequence == HEAD


def request(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    lines = (line + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *headers, b"", body)
    return b"\r\n".join(lines)


def answered(port: int, sent: bytes) -> tuple[int, dict[str, str], Json]:
    """The status, headers and JSON of the first answer, an error checked for what it says."""
    with connected(port) as client:
        client.sendall(sent)
        head, _, body = everything_from(client).partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    status = int(first.split(" ")[1])
    found: Json = json.loads(body) if body else {}
    if status >= 400:
        assert headers["content-type"] == "application/problem+json"
        assert not body or PROBLEMS[found["type"]].status == status
        assert not body or found["request_id"] == headers["x-request-id"]
    return status, headers, found


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"GET /v1/actors/hamas\r\n\r\n", "illegal request line"),
        (b"GET /v1/actors/ha mas HTTP/1.1\r\nHost: x\r\n\r\n", "illegal request line"),
        (b"GET /v1/actors/h\xc3\xa1mas HTTP/1.1\r\nHost: x\r\n\r\n", "illegal request line"),
        (b"GET /v1/actors/hamas HTTP/1.1\r\n\r\n", "Host"),
        (request(HAMAS, b"Host: other"), "Host"),
        (request(HAMAS, b"Authorization : Bearer gs_secret"), "illegal header line"),
        (request(HAMAS, b": x"), "illegal header line"),
        (request(HAMAS, b"X-\xc3\xa1: x"), "illegal header line"),
        (request(HAMAS, b"X-A: a\x00b"), "illegal header line"),
        (request(HAMAS, b"X-A: a\rb"), "illegal header line"),
        (request(HAMAS, b"Content-Length: 5", b"Content-Length: 6", body=b"hello!"), "Length"),
        (request(HAMAS, b"Content-Length: +5", body=b"hello"), "Content-Length"),
        (request(HAMAS, b"Content-Length: 0x5", body=b"hello"), "Content-Length"),
        (request(HAMAS, b"Transfer-Encoding: gzip", body=b"hello"), "Transfer-Encoding"),
        (request(HAMAS, CHUNKED, body=b"zz\r\nhello\r\n0\r\n\r\n"), "chunk"),
        (request(RECORDS, IS_JSON, CHUNKED, body=b"-1\r\n[]\r\n0\r\n\r\n"), "chunk"),
    ],
)
def test_what_is_no_request_is_told_why_and_nothing_of_it_is_repeated(
    port: int, sent: bytes, said: str
) -> None:
    status, headers, problem = answered(port, sent)

    assert (status, headers["connection"]) == (400, "close")
    assert problem["detail"].startswith("this is no HTTP/1.1 request: ")
    assert said in problem["detail"]
    assert "secret" not in problem["detail"]
    assert "bytearray" not in problem["detail"]


@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_three_megabytes_in_chunks_are_too_much_for_a_question_too(
    port: int, method: bytes
) -> None:
    sent = request(method + b" /v1/actors/hamas", CHUNKED, body=THREE_MEGABYTES)

    assert answered(port, sent)[0] == 413


@pytest.mark.parametrize("chunk", [b"", b"5\r\nhello\r\n"])
def test_a_small_body_of_a_question_is_read_over(port: int, chunk: bytes) -> None:
    assert answered(port, request(HAMAS, CHUNKED, body=chunk + b"0\r\n\r\n"))[0] == 200


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /v1/actors/hamas%252f", 404),
        (b"GET /v1/actors/%2568amas", 404),
        (b"GET /v1/actors/%68amas", 200),
        (b"GET /v1/actors/hamas#x", 404),
        (b"GET /v1/actors/%", 404),
        (b"GET /v1/actors/%c3%28", 400),
        (b"GET /v1/actors/%ed%a0%80", 400),
        (b"GET /v1/actors/%00", 400),
        (b"GET /v1/actors/../../etc/passwd", 404),
        (b"GET /v1/actors/..%2f..%2fetc%2fpasswd", 404),
        (b"GET //v1/actors", 404),
        (b"GET ?q=x", 404),
        (b"GET /v1/actors?" + b"q=x&" * 3_000, 414),
        (b"HEAD /v1/actors/hamas", 200),
        (b"HEAD /v1/actors/nobody", 404),
        (b"HEAD /v1/records", 405),
        (b"OPTIONS /v1/actors", 405),
        (b"OPTIONS *", 404),
        (b"TRACE /v1/actors/hamas", 405),
        (b"CONNECT localhost:80", 404),
        (b"get /v1/actors/hamas", 405),
        (b"BREW /v1/actors/hamas", 405),
    ],
)
def test_an_odd_line_is_answered_or_refused(port: int, line: bytes, status: int) -> None:
    assert answered(port, request(line))[0] == status


@pytest.mark.parametrize(
    "header",
    [
        b"Range: bytes=0-5",
        b'If-Match: "x"',
        b"If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT",
        b"Expect: 100-continue",
        b"Expect: a miracle",
        b"Accept: image/png",
        b"Accept-Encoding: *;q=0",
        b"Upgrade: h2c",
        b"X-HTTP-Method-Override: DELETE",
        b"X-Request-ID: a\r\nX-Request-ID: b",
        b"X-A: \xff\xfe",
        b"Cookie: " + b"x" * 20_000,
        b"X-A: folded\r\n onto two lines",
        b'If-None-Match: "x", W/"y",, ,',
    ],
)
def test_a_header_that_means_nothing_here_changes_nothing(port: int, header: bytes) -> None:
    assert answered(port, request(HAMAS, header))[0] == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [(b"actors", 304), (b"actors/hamas", 304), (b"actors/hamas/leverage", 304), (b"ontology", 304),
     (b"claims/c_zmkik5n6mvssngcsh2bbwykulm", 304), (b"actors/nobody", 404), (b"claims/c_x", 404),
     (b"actors?limit=0", 422)],
)  # fmt: skip
def test_any_answer_that_there_is_is_known_to_who_has_one(
    port: int, path: bytes, status: int
) -> None:
    """`If-None-Match: *` is false where there is an answer (RFC 9110), and says nothing of an error."""
    for held in (b"*", b'"x", *'):
        found, headers, body = answered(
            port, request(b"GET /v1/" + path, b"If-None-Match: " + held)
        )
        assert found == status
        assert (status != 304) or (headers["etag"] and not body)


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ((IS_JSON, b"Expect: 100-continue", b"Content-Length: 2"), b"[]", 100),
        ((IS_JSON, CHUNKED), b"1\r\n[\r\n1\r\n]\r\n0\r\n\r\n", 200),
        ((IS_JSON, b"Content-Length: 2"), b"[]x", 200),
        ((IS_JSON, b"Content-Length: 1"), b"[]", 422),
        ((IS_JSON,), b"[]", 422),
        ((IS_JSON, b"Content-Encoding: gzip", b"Content-Length: 2"), b"[]", 415),
        ((b"Content-Length: 2",), b"[]", 415),
        ((IS_JSON, CHUNKED), THREE_MEGABYTES, 413),
        ((IS_JSON, b"Content-Length: 99999999999"), b"[]", 413),
    ],
)
def test_the_body_of_a_write_is_as_long_as_it_says(
    port: int, headers: tuple[bytes, ...], body: bytes, status: int
) -> None:
    with connected(port) as client:
        client.sendall(request(RECORDS, *headers, body=body))
        assert everything_from(client).startswith(f"HTTP/1.1 {status} ".encode())
