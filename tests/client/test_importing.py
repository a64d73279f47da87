"""Files that a client sends, over HTTP and in this process."""

import gzip
from pathlib import Path

import httpx2
import pytest

from graph_service.client import Client, NotFound, Patience, Refused
from graph_service.client.local import transport_of
from tests.api.conftest import gaza_graph
from tests.client.test_writing import Faulty

TIES = """\
subject,relation,object,when,source,published
Iran,backs,Hamas,2024-03-01/..,A wire,2024-04
Iran,backs,Hamas,2024-02-30,A wire,2024-04
"""


@pytest.fixture
def ties(tmp_path: Path) -> Path:
    path = tmp_path / "ties.csv"
    path.write_text(TIES)
    return path


def test_what_goes_in_is_in_the_next_answer(own: Client, ties: Path) -> None:
    report = own.import_file(ties, "table")

    assert (report.state, report.name, report.rows) == ("done", "ties.csv", 1)
    assert report.summary is not None
    assert report.summary.relations == {"backs": 1}
    assert [(row.line, row.field) for row in report.refused_rows] == [(3, "when")]
    assert report.sequence is not None
    assert own.claims(subject="iran", relation="backs", object="hamas")
    assert own.leverage("Hamas").meta.sequence >= report.sequence


def test_one_need_not_wait_for_the_end(own: Client, ties: Path) -> None:
    begun = own.import_file(str(ties), "table", dry_run=True, wait=False)
    report = begun
    while not report.has_ended:
        report = own.import_report(begun.id)

    assert (begun.state, report.state, report.sequence) == ("waiting", "done", None)


def test_a_file_that_cannot_be_taken_in_is_refused(own: Client, ties: Path, tmp_path: Path) -> None:
    broken = tmp_path / "ties.csv.gz"
    broken.write_bytes(gzip.compress(TIES.encode() * 99)[:-20])

    with pytest.raises(Refused, match="record 3, when: "):
        own.import_file(ties, "table", strict=True)
    with pytest.raises(Refused, match="cannot be read to its end"):
        own.import_file(broken, "table")
    with pytest.raises(Refused, match="cannot be read: No such file"):
        own.import_file(tmp_path / "none.csv", "table")
    with pytest.raises(Refused, match="icews"):
        own.import_file(ties, "icwes")
    with pytest.raises(Refused, match="command line"):
        own.import_file(ties, "table", more={"mapping": "mapping.toml"})
    with pytest.raises(NotFound):
        own.import_report("i_0")


def test_a_file_of_many_parts_goes_over_a_socket(there: Client, tmp_path: Path) -> None:
    """More than a body of any other request may have."""
    path = tmp_path / "actors.jsonl"
    line = '{"record": "actor", "id": "think-tank", "kind": "advocacy", "name": "A think tank"}\n'
    path.write_text(line * 40_000)
    report = there.import_file(path, "native", more=None, dry_run=True)

    assert report.bytes_done == report.bytes_total == len(line) * 40_000 > 3_000_000
    assert report.summary is not None
    assert report.summary.rows == 40_000


def test_a_file_whose_sending_breaks_off_is_sent_anew_and_is_one_import(ties: Path) -> None:
    transport, pauses = Faulty(transport_of(gaza_graph()), []), list[float]()
    request = httpx2.Request("POST", "http://localhost/v1/imports")
    transport.faults = [httpx2.ConnectError("refused"), httpx2.ReadError("cut", request=request)]
    patience = Patience(attempts=4, sleep=pauses.append, chance=lambda: 1.0)
    with Client("http://localhost", transport=transport, patience=patience) as client:
        report = client.import_file(ties, "table", wait=False)

    assert pauses == [0.2, 0.4]
    assert report.bytes_total == len(TIES)
    assert len(transport.keys) == 3
    assert len(set(transport.keys)) == 1
