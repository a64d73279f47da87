from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import httpx2
import pytest

from graph_service.client import Client, NotFound, Refused, Unavailable


def test_a_part_of_the_graph_goes_into_a_file(here: Client, tmp_path: Path) -> None:
    file = tmp_path / "iran.csv"

    here.export("csv", file, actors=["Tehran"], as_of=date(2024, 9, 30))

    header, *rows = file.read_text("utf-8").splitlines()
    assert header.startswith("claim,evidence,subject,")
    assert all("iran" in row for row in rows)
    assert rows
    assert list(tmp_path.iterdir()) == [file]


def test_what_is_refused_leaves_no_file(there: Client, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="format is") as refused:
        there.export("graphlm", tmp_path / "graph")
    with pytest.raises(NotFound, match="Atlantis"):
        there.export("csv", tmp_path / "graph", actors="Atlantis")

    assert "graphml" in refused.value.suggestions
    assert not list(tmp_path.iterdir())


class BreakingOff(httpx2.BaseTransport):
    """Ends an answer in its middle."""

    def handle_request(self, _: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, stream=_Half())


class _Half(httpx2.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        yield b"claim,evid"
        raise httpx2.RemoteProtocolError("the peer closed the connection")


def test_a_file_that_breaks_off_is_not_kept(tmp_path: Path) -> None:
    client = Client("http://127.0.0.1:1", transport=BreakingOff())

    with pytest.raises(Unavailable, match="broke off"):
        client.export("csv", tmp_path / "graph.csv")

    assert not list(tmp_path.iterdir())


def test_a_stream_is_written_to_as_well(here: Client) -> None:
    stream = BytesIO()

    here.export("graphml", stream)

    assert stream.getvalue().endswith(b"</graphml>\n")
