import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import get_args

import pytest
from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.api.parameters_export import FormatName
from graph_service.exporters.formats import FORMATS, write
from graph_service.exporters.selection import EVERYTHING, Selection
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from tests.stores.telling import claim, source

EXPORT = "/v1/export"


def exported(graph: Graph, name: str, selection: Selection) -> bytes:
    stream = BytesIO()
    write(name, graph, selection, stream)
    return stream.getvalue()


def test_every_format_can_be_asked_for() -> None:
    literal = get_args(FormatName)[0]

    assert get_args(literal) == tuple(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_the_file_that_the_command_line_writes(graph: Graph, name: str) -> None:
    with TestClient(create_app(graph, Settings())) as client:
        answer = client.get(EXPORT, params={"format": name})

    whole = EVERYTHING if name == "native" else Selection()
    assert answer.content == exported(graph, name, whole)
    assert answer.headers["content-type"].startswith(FORMATS[name].media_type)
    named = f'attachment; filename="graph{FORMATS[name].suffix}"'
    assert answer.headers["content-disposition"] == named


def test_an_export_takes_the_filters_of_questions(graph: Graph) -> None:
    with TestClient(create_app(graph, Settings())) as client:
        answer = client.get(f"{EXPORT}?format=csv&actors=iran&families=patronage&as_of=2024-09-30")

    asked = {"c_zmkik5n6mvssngcsh2bbwykulm"}
    assert {row.split(",")[0] for row in answer.text.splitlines()[1:]} == asked


def test_an_export_that_the_asker_has_is_not_written_again(graph: Graph) -> None:
    with TestClient(create_app(graph, Settings())) as client:
        tag = client.get(f"{EXPORT}?format=gexf").headers["etag"]
        held = {"If-None-Match": tag}
        again = client.get(f"{EXPORT}?format=gexf", headers=held)
        other = client.get(f"{EXPORT}?format=gexf&actors=iran", headers=held)
        graph.write([source("wire"), claim(source="wire")], by="desk")
        later = client.get(f"{EXPORT}?format=gexf", headers=held)

    assert (again.status_code, again.content) == (304, b"")
    assert (other.status_code, later.status_code) == (200, 200)


@pytest.mark.parametrize(
    ("query", "status", "parameter", "suggestion"),
    [
        ("", 422, "format", None),
        ("format=graphlm", 422, "format", "graphml"),
        ("format=csv&relations=bakcs", 422, "relations", "backs"),
        ("format=csv&states=accept", 422, "states", "accepted"),
        ("format=csv&until=2024-02-30", 422, "until", None),
        ("format=csv&actor=iran", 422, "actor", "actors"),
        ("format=csv&actors=Hamas", 404, None, "hamas"),
        ("format=csv&sources=article", 404, None, None),
    ],
)
def test_what_cannot_be_exported_is_refused_before_the_file_begins(
    client: TestClient, query: str, status: int, parameter: str | None, suggestion: str | None
) -> None:
    answer = client.get(f"{EXPORT}?{query}")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json().get("parameter") == parameter
    if suggestion is not None:
        assert suggestion in answer.json()["suggestions"]


def test_an_export_sees_what_was_written_just_now(graph: Graph) -> None:
    with TestClient(create_app(graph, Settings())) as client:
        receipt = graph.write([claim(source="article-2024-09", status="accepted")], by="desk")
        asked = {"format": "ftm", "min_sequence": str(receipt.sequence)}
        answer = client.get(EXPORT, params=asked)
        late = client.get(EXPORT, params=asked | {"min_sequence": str(receipt.sequence + 9)})

    assert claim().claim.id in answer.text
    assert late.json()["type"] == "/problems/not-ready"


def test_an_export_that_waits_keeps_no_question_waiting(graph: Graph) -> None:
    app = create_app(graph, Settings(concurrency=1, waiting=0))
    begun, done = threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        return done.wait(10)

    @app.get("/long")
    async def long() -> bool:
        result: bool = await app.state.context.exports.take(work)
        return result

    with TestClient(app) as client, ThreadPoolExecutor() as others:
        busy = others.submit(client.get, "/long")
        begun.wait(10)
        refused = client.get(f"{EXPORT}?format=csv")
        asked = client.get("/v1/actors/hamas/leverage")
        done.set()
        assert busy.result().status_code == 200
        after = client.get(f"{EXPORT}?format=csv")

    assert refused.json()["type"] == "/problems/overloaded"
    assert (asked.status_code, after.status_code) == (200, 200)


def test_a_long_export_comes_in_several_blocks(graph: Graph) -> None:
    source_id, years = "article-2024-09", range(1000, 2000)
    graph.write([claim(when=str(year), source=source_id) for year in years], by="desk")
    with (
        TestClient(create_app(graph, Settings())) as client,
        client.stream("GET", f"{EXPORT}?format=cypher&states=all") as answer,
    ):
        blocks = list(answer.iter_raw())

    assert len(blocks) > 2
    assert b"".join(blocks) == exported(graph, "cypher", EVERYTHING)
