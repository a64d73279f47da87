"""Files that are sent: what becomes of them, and what is told of it."""

import csv
import gzip
import os
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph_service.api.import_folder import KEPT_SECONDS, folder_of
from graph_service.api.upload import PATH
from graph_service.importers.formats import FORMATS
from graph_service.importers.running import Format
from graph_service.keys import Scope
from graph_service.stores.graph import Graph, open_graph
from tests.api.conftest import TODAY, gaza_graph
from tests.api.sent import HERE, Json, ended, sent, taken_in
from tests.api.writers import bearer, local, remote

TIES = b"""\
subject,relation,object,when,source,published
Iran,backs,Hamas,2024-03-01/..,A wire,2024-04
Iran,backs,Hamas,2024-02-30,A wire,2024-04
Qatar,meets,Iran,2024-03-01,A wire,2024-04
"""
WHOLE = b"".join(line for n, line in enumerate(TIES.splitlines(keepends=True)) if n != 2)
ACTOR = b'{"record": "actor", "id": "think-tank", "kind": "advocacy", "name": "A think tank"}\n'


def problem(client: TestClient, status: int, content: bytes = TIES, **asked: Any) -> Json:  # noqa: ANN401
    answer = client.post(PATH, params=asked, content=content, headers=HERE)
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


def kept(url: str) -> list[str]:
    folder = folder_of(url)
    assert folder is not None
    return sorted(path.suffix for path in folder.iterdir())


def test_a_file_goes_in_and_the_next_question_sees_it(graph: Graph) -> None:
    with local(graph) as client:
        waiting = sent(client, WHOLE, format="table", name="ties.csv")
        report = ended(client, waiting["id"])
        asked = f"/v1/claims?actor=qatar&relation=meets&min_sequence={report['sequence']}"
        claims = client.get(asked).json()["data"]

    assert (waiting["state"], waiting["summary"]) == ("waiting", None)
    assert (report["state"], report["format"], report["by"]) == ("done", "table", "local")
    assert (report["bytes_done"], report["bytes_total"]) == (len(WHOLE), len(WHOLE))
    assert report["summary"]["relations"] == {"backs": 1, "meets": 1}
    assert report["summary"]["taken"] == report["summary"]["rows"] == report["rows"] == 2
    assert report["sequence"] == graph.store.head().sequence > 80
    assert [one["when"] for one in claims] == ["2024-03-01"]


def test_the_same_file_again_changes_nothing(graph: Graph) -> None:
    with local(graph) as client:
        taken_in(client, WHOLE, format="table")
        head = graph.store.head()
        again = taken_in(client, WHOLE, format="table")

    assert again["summary"]["written"] == 0
    assert graph.store.head() == head


def test_a_dry_run_says_what_would_come_of_it_and_writes_nothing(graph: Graph) -> None:
    with local(graph) as client:
        rehearsed = taken_in(client, WHOLE, format="table", dry_run=True)
        head = graph.store.head().sequence
        done = taken_in(client, WHOLE, format="table")

    assert (head, rehearsed["sequence"], rehearsed["dry_run"]) == (80, None, True)
    timed = {"seconds", "rows_per_second"}
    assert {k: v for k, v in rehearsed["summary"].items() if k not in timed} == {
        k: v for k, v in done["summary"].items() if k not in timed
    }


def test_refused_rows_are_told_with_line_field_and_reason(graph: Graph) -> None:
    with local(graph) as client:
        report = taken_in(client, TIES, format="table", name="=ties.csv")
        table = client.get(report["refused_rows_url"])

    assert (report["state"], report["summary"]["refused"]) == ("done", 1)
    [row] = report["refused_rows"]
    assert (row["line"], row["field"]) == (3, "when")
    assert table.headers["content-type"].startswith("text/csv")
    assert list(csv.DictReader(table.text.splitlines())) == [
        {"file": "'=ties.csv", "line": "3", "field": "when", "reason": row["reason"]}
    ]


def test_of_many_refused_rows_the_first_are_shown_and_all_are_listed(graph: Graph) -> None:
    head, bad = TIES.splitlines(keepends=True)[0], TIES.splitlines(keepends=True)[2]
    with local(graph) as client:
        report = taken_in(client, head + bad * 250, format="table")
        listed = client.get(report["refused_rows_url"]).text.splitlines()

    assert [row["line"] for row in report["refused_rows"]] == list(range(2, 102))
    assert len(listed) == 251


def test_a_strict_import_writes_nothing_if_a_row_is_refused(graph: Graph) -> None:
    with local(graph) as client:
        report = taken_in(client, TIES, format="table", strict=True)

    assert (report["state"], report["summary"]) == ("refused", None)
    told = report["problem"]
    assert (told["status"], told["line"], told["field"]) == (422, 3, "when")
    assert graph.store.head().sequence == 80


def test_packed_files_are_read_as_they_are_also_where_a_header_says_so(graph: Graph) -> None:
    packed = gzip.compress(WHOLE)
    with local(graph) as client:
        assert taken_in(client, packed, format="table")["summary"]["taken"] == 2
        headers = HERE | {"Content-Encoding": "gzip", "Content-Type": "text/csv"}
        job = sent(client, packed, headers, format="table")
        assert ended(client, job["id"])["summary"]["written"] == 0
        assert taken_in(client, gzip.compress(ACTOR), format="native")["rows"] == 1


@pytest.mark.parametrize("format_", ["table", "native"])
def test_a_broken_file_is_refused_and_nothing_of_it_is_written(graph: Graph, format_: str) -> None:
    content = gzip.compress((TIES if format_ == "table" else ACTOR) * 99)[:-20]
    with local(graph) as client:
        report = taken_in(client, content, format=format_)

    assert report["state"] == "refused"
    assert "cannot be read to its end" in report["problem"]["detail"]
    assert report["problem"]["status"] == 422
    assert graph.store.head().sequence == 80


def test_native_records_are_taken_in_all_or_none(graph: Graph) -> None:
    with local(graph) as client:
        wrong = taken_in(client, ACTOR + b'{"record": "actor"}\n', format="native")
        head = graph.store.head().sequence
        right = taken_in(client, ACTOR, format="native")

    assert (wrong["state"], wrong["problem"]["line"], head) == ("refused", 2, 80)
    assert (right["summary"]["written"], right["summary"]["new_actors"]) == (1, 1)


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\files\\passwd", "/passwd", "passwd"])
def test_a_name_with_folders_is_only_a_name(tmp_path: Path, name: str) -> None:
    url = f"sqlite:{tmp_path / 'graph.sqlite'}"
    graph = gaza_graph(url)
    with local(graph) as client:
        report = taken_in(client, TIES, format="table", name=name)
    graph.close()

    assert report["name"] == "passwd"
    assert kept(url) == [".csv", ".json", ".lock", ".lock"]


@pytest.mark.parametrize(
    ("asked", "parameter", "said"),
    [
        ({}, "format", "needed"),
        ({"format": "icwes"}, "format", "no format"),
        ({"format": "table", "encoding": "base64"}, "encoding", "no encoding"),
        ({"format": "table", "confidence": "1"}, "confidence", "at most"),
        ({"format": "table", "reliability": "Z"}, "reliability", ""),
        ({"format": "table", "more": "colour=red"}, "more", "knows no wish"),
        ({"format": "table", "more": "published"}, "more", "NAME=VALUE"),
        ({"format": "table", "more": "published=1,published=2"}, "more", "once"),
        ({"format": "table", "more": "mapping=/etc/passwd"}, "more", "command line"),
        ({"format": "native", "confidence": ".5"}, "format", "native"),
        ({"format": "table", "keep_history": "true"}, "keep_history", ""),
    ],
    ids=str,
)
def test_wrong_parameters_are_told_at_once(
    client: TestClient, asked: dict[str, str], parameter: str, said: str
) -> None:
    found = problem(client, 422, TIES, **asked)

    assert (found["type"], found["parameter"]) == ("/problems/invalid-parameter", parameter)
    assert said in found["detail"]


@pytest.mark.parametrize("format_", FORMATS.values(), ids=list(FORMATS))
def test_whatever_names_another_file_is_for_the_command_line_only(
    client: TestClient, format_: Format
) -> None:
    for name, meaning in format_.more:
        assert not meaning.startswith("the file") or name in format_.files
    for name in format_.files:
        found = problem(client, 422, format=format_.name, more=f"{name}=/etc/passwd")
        assert f"graph-service import {format_.name} FILE --more {name}=FILE" in found["detail"]


def test_what_is_meant_by_a_misspelt_format_is_suggested(client: TestClient) -> None:
    assert problem(client, 422, format="icwes")["suggestions"] == ["icews"]


def test_a_file_that_is_empty_or_a_form_or_packed_otherwise_is_refused(client: TestClient) -> None:
    assert "empty" in problem(client, 422, b"", format="table")["detail"]
    for header in ({"Content-Type": "multipart/form-data"}, {"Content-Encoding": "br"}):
        answer = client.post(f"{PATH}?format=table", content=TIES, headers=HERE | header)
        assert answer.status_code == 415


def test_a_file_that_is_too_large_is_refused_announced_or_not(graph: Graph) -> None:
    with local(graph, import_limit=100) as client:
        announced = problem(client, 413, format="table")
        parts = iter([TIES[:90], TIES[90:]])
        counted = client.post(f"{PATH}?format=table", content=parts, headers=HERE)

    assert announced["limit"] == counted.json()["limit"] == 100
    assert counted.status_code == 413
    assert "import_limit" in announced["detail"]


def test_under_a_key_the_same_file_is_the_same_import(graph: Graph) -> None:
    headers = HERE | {"Idempotency-Key": "desk-7"}
    with local(graph) as client:
        first = sent(client, WHOLE, headers, format="table")
        done = ended(client, first["id"])
        again = client.post(f"{PATH}?format=table", content=WHOLE, headers=headers)
        other = client.post(f"{PATH}?format=table", content=TIES, headers=headers)
        otherwise = client.post(f"{PATH}?format=table&strict=true", content=WHOLE, headers=headers)

    assert again.status_code == 202
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json()["data"] == done
    assert (other.status_code, otherwise.status_code) == (409, 409)


def test_a_report_that_is_known_is_not_sent_again(graph: Graph) -> None:
    with local(graph) as client:
        report = taken_in(client, TIES, format="table")
        for path in (f"{PATH}/{report['id']}", report["refused_rows_url"]):
            tag = client.get(path).headers["etag"]
            assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("id_", ["x", "i_0", "i_" + "0" * 32, "..", "begin.lock", "%2e%2e%2fx"])
def test_an_import_that_nobody_knows_is_not_found(client: TestClient, id_: str) -> None:
    assert client.get(f"{PATH}/{id_}").status_code == 404
    assert client.get(f"{PATH}/{id_}/refused").status_code == 404


def test_a_file_takes_a_key_for_writing_and_its_report_none(graph: Graph, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with remote(graph, keys) as client:
        asked = f"{PATH}?format=table"
        assert client.post(asked, content=TIES).status_code == 401
        reader = bearer(keys, "reader", Scope.READ)
        assert client.post(asked, content=TIES, headers=reader).status_code == 403
        job = sent(client, TIES, bearer(keys), format="table")
        assert ended(client, job["id"])["by"] == "desk"


def test_neither_another_site_nor_a_service_for_reading_takes_a_file(graph: Graph) -> None:
    with local(graph) as client:
        elsewhere = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
        asked = f"{PATH}?format=table"
        assert client.post(asked, content=TIES, headers=HERE | elsewhere).status_code == 403
    with local(graph, read_only=True) as client:
        assert "reading only" in problem(client, 403, format="table")["detail"]


def test_every_worker_tells_of_an_import_also_after_a_restart(tmp_path: Path) -> None:
    """Two graphs over one file stand for two processes."""
    url = f"sqlite:{tmp_path / 'graph.sqlite'}"
    mine, other = gaza_graph(url), open_graph(url, clock=lambda: TODAY)
    with local(mine) as writer, local(other) as reader:
        reader.get("/v1/sources")
        report = ended(reader, sent(writer, TIES, format="table")["id"])
        assert writer.get(f"{PATH}/{report['id']}").json()["data"] == report
        assert len(reader.get(report["refused_rows_url"]).text.splitlines()) == 2
    mine.close()
    with local(other) as again:
        assert again.get(f"{PATH}/{report['id']}").json()["data"] == report
    other.close()


def test_reports_are_thrown_away_after_a_week(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'graph.sqlite'}"
    graph, folder = gaza_graph(url), folder_of(url)
    assert folder is not None
    with local(graph) as client:
        old = taken_in(client, TIES, format="table")
        long_ago = time.time() - KEPT_SECONDS - 60
        for path in folder.iterdir():
            os.utime(path, (long_ago, long_ago))
        new = taken_in(client, WHOLE, format="table")
        assert client.get(f"{PATH}/{old['id']}").status_code == 404
        assert client.get(f"{PATH}/{new['id']}").status_code == 200
    graph.close()

    assert kept(url) == [".json", ".lock", ".lock"]
