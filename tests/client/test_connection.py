"""How a client is opened, what it says when nobody answers, and how it ends."""

import subprocess
import sys
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from time import sleep

import httpx2
import pytest

from graph_service.client import (
    Client,
    Failed,
    GraphServiceError,
    NotAllowed,
    NotFound,
    Patience,
    Refused,
    Unavailable,
    open_graph,
)
from graph_service.client.connection import as_text
from graph_service.client.errors import error_of
from graph_service.client.progress import Progress
from tests.cli.served import environment, free_port
from tests.client.conftest import serving


class Answering(httpx2.BaseTransport):
    """Answers the same to everything."""

    def __init__(self, response: httpx2.Response) -> None:
        self.response = response

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self.response


def run(program: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        timeout=60,
    )


def test_nobody_there_is_said_after_every_try() -> None:
    pauses: list[float] = []
    url = f"http://127.0.0.1:{free_port()}"
    patience = Patience(attempts=3, sleep=pauses.append)
    with (
        Client(url, patience=patience) as client,
        pytest.raises(Unavailable, match=f"{url} gave no answer"),
    ):
        client.ontology()

    assert len(pauses) == 2


@pytest.mark.parametrize("url", ["localhost:8000", "", "sqlite:graph.sqlite", "ftp://host"])
def test_what_is_no_url_of_a_service_is_refused_at_once(url: str) -> None:
    with pytest.raises(Refused, match="write it like http"):
        Client(url)


@pytest.mark.parametrize(
    "response",
    [
        httpx2.Response(200, text="<html>welcome to the hotel</html>"),
        httpx2.Response(200, json=["not", "ours"]),
        httpx2.Response(200, json={"data": {"ranking": 1}, "meta": {"sequence": 1}}),
        httpx2.Response(502, text="bad gateway"),
    ],
)
def test_what_is_no_graph_service_is_told_apart(response: httpx2.Response) -> None:
    with (
        Client("http://localhost", transport=Answering(response)) as client,
        pytest.raises(Failed),
    ):
        client.source("a")


def test_an_error_reads_well_and_is_one_of_the_tree() -> None:
    problem = {
        "detail": "no relation 'bakcs'", "field": "relation", "line": 3,
        "suggestions": ["backs"], "request_id": "4f6b",
    }  # fmt: skip
    error = error_of(422, problem)

    assert isinstance(error, Refused)
    assert isinstance(error, GraphServiceError)
    assert str(error) == (
        "record 3, relation: no relation 'bakcs'\nDid you mean: backs?\n(request 4f6b)"
    )


def test_a_key_that_nobody_knows_is_said_and_not_shown() -> None:
    with serving() as url, Client(url, key="gs_of_nobody") as client:
        with pytest.raises(NotAllowed, match="unknown or was revoked"):
            client.propose([])

        assert "gs_of_nobody" not in repr(client)


@pytest.mark.parametrize("key", ["gs_\r\nX-Forged: 1", "gs_é\u2028"])
def test_a_key_that_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(Refused, match="no key"):
        Client("http://localhost", key=key)


def test_a_file_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    file = tmp_path / "graph.sqlite"

    with pytest.raises(NotFound):
        open_graph(f"sqlite:{file}")
    assert not file.exists()


def test_what_cannot_be_opened_is_said_in_one_tree(tmp_path: Path) -> None:
    file = tmp_path / "no-graph.sqlite"
    file.write_text("something else")

    for kind, url, dossier in (
        (Failed, str(file), None),
        (Refused, "neo4j+x:graph", None),
        (NotFound, "memory:", "gaza-mediatoin"),
    ):
        with pytest.raises(kind):
            open_graph(url, dossier=dossier)


def test_a_file_is_opened_again_as_it_was_left(tmp_path: Path) -> None:
    file = tmp_path / "graph.sqlite"
    with open_graph(str(file), dossier="gaza-mediation") as graph:
        there = graph.leverage("Hamas", as_of="2024-09-30").data

    with open_graph(f"sqlite:{file}") as graph:
        assert graph.leverage("Hamas", as_of="2024-09-30").data == there


def test_a_closed_client_says_so_and_closes_twice(tmp_path: Path) -> None:
    graph = open_graph()
    graph.close()
    graph.close()

    with pytest.raises(Unavailable, match="closed"):
        graph.ontology()


def test_times_and_days_are_written_as_the_service_reads_them() -> None:
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC)

    assert as_text(moment) == "2026-11-22T09:00:00+00:00"
    assert as_text([date(2024, 7, 31), "x"]) == "2024-07-31,x"


def test_a_moment_is_taken_for_its_day_and_time(here: Client) -> None:
    moment = datetime(2040, 11, 22, 9, tzinfo=UTC)
    answer = here.leverage("Hamas", as_of=moment, known_at=moment)

    assert answer.meta.as_of == "2040-11-22"
    assert answer.meta.known_at == "2040-11-22T09:00:00Z"


def test_a_long_call_says_that_it_goes_on_and_wipes_it() -> None:
    stream = StringIO()
    with Progress(stream, every=0.01).on("/v1/actors/hamas/leverage"):
        while not stream.getvalue():
            sleep(0.01)

    assert "waiting for /v1/actors/hamas/leverage: 0 s" in stream.getvalue()
    assert stream.getvalue().endswith("\r")


def test_a_call_that_knows_how_far_it_is_draws_a_bar() -> None:
    stream = StringIO()
    with Progress(stream, every=0.01).on("events.csv to be taken in", lambda: 0.5):
        while not stream.getvalue():
            sleep(0.01)

    assert "██████████░░░░░░░░░░ 50 % 0 s" in stream.getvalue()


def test_a_short_call_says_nothing() -> None:
    stream = StringIO()
    with Progress(stream, every=60).on("/v1/ontology"):
        pass

    assert stream.getvalue() == ""


@pytest.mark.slow
def test_whoever_never_closes_sees_no_noise() -> None:
    program = """
from graph_service.client import open_graph
graph = open_graph(dossier="gaza-mediation")
answer = graph.leverage("Hamas")
open_graph().ontology()
"""
    ended = run(program, "-W", "error")

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.slow
def test_what_is_heavy_is_imported_where_it_is_used() -> None:
    program = """
import sys
from graph_service.client import Client
Client("http://localhost")
print([name for name in ("pandas", "fastapi", "networkx", "apsw") if name in sys.modules])
"""
    assert run(program).stdout == "[]\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("missing", "use"),
    [("httpx2", "0"), ("pandas", "client.open_graph().sources().df")],
)
def test_a_missing_library_is_one_line(missing: str, use: str) -> None:
    program = f"import sys; sys.modules['{missing}'] = None; import graph_service.client as client"
    ended = run(f"{program}; {use}")

    assert ended.stderr.strip().splitlines()[-1] == (
        f"ModuleNotFoundError: {missing} is needed: pip install 'graph-service[client]'"
    )
