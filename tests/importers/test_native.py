import gzip
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import Conflict, GraphError, InvalidRecord
from graph_service.domain.records import Record, dump_record
from graph_service.exporters.native import native_line
from graph_service.importers.native import LONGEST_LINE, STEP, import_native, read_native
from graph_service.stores.graph import Graph, open_graph
from tests.stores.strategies import bundles
from tests.stores.telling import ONTOLOGY, actor, claim, decided, judged, nouns, told
from tests.zstandard import zstd

LINES = [native_line(record) for record in (*nouns(), claim())]


@pytest.fixture
def graph() -> Graph:
    return open_graph("memory:")


def read(data: bytes) -> list[Record]:
    return list(read_native(io.BytesIO(data), ONTOLOGY))


def into(graph: Graph) -> Callable[[Iterable[Record]], int]:
    return lambda records: graph.write(records, by="desk").written


def refusal(graph: Graph, data: bytes) -> GraphError:
    with pytest.raises(GraphError) as refused:
        import_native(into(graph), io.BytesIO(data), ONTOLOGY)
    assert graph.store.head().sequence == 0
    return refused.value


@given(records=bundles(), data=st.data())
def test_nouns_come_first_whatever_the_order_of_the_lines(
    records: list[Record], data: st.DataObject
) -> None:
    lines = data.draw(st.permutations([native_line(record) for record in records]))

    found = read(b"".join(lines))

    ranks = [{"claim": 1, "judgement": 2}.get(dump_record(r)["record"], 0) for r in found]
    assert ranks == sorted(ranks)
    assert sorted(map(native_line, found)) == sorted(lines)


def test_decisions_come_after_the_claims_that_they_are_about(graph: Graph) -> None:
    record = claim()
    lines = [native_line(decided(record, "accepted")), native_line(judged()), *reversed(LINES)]

    assert import_native(into(graph), io.BytesIO(b"".join(lines)), ONTOLOGY) == 7
    assert graph.claim(record.claim.id).record.evidence[0].status == "accepted"


@pytest.mark.parametrize(
    "data",
    [
        b"".join(LINES),
        b"\xef\xbb\xbf" + b"".join(LINES),
        b"\n\n".join(LINES) + b"\n   \r\n",
        b"".join(LINES).replace(b"\n", b"\r\n"),
        b"".join(LINES).rstrip(b"\n"),
        gzip.compress(b"".join(LINES)),
        zstd.compress(b"".join(LINES)),
        b"".join(
            orjson.dumps(orjson.loads(line), option=orjson.OPT_SORT_KEYS) + b"\n" for line in LINES
        ),
    ],
    ids=[
        "plain",
        "BOM",
        "blank lines",
        "CRLF",
        "no last newline",
        "gzip",
        "zstandard",
        "other key order",
    ],
)
def test_a_file_may_be_written_in_several_ways(data: bytes) -> None:
    assert read(data) == [*nouns(), claim()]


def test_an_empty_file_has_no_records() -> None:
    assert read(b"") == read(b"\n") == read(b"\xef\xbb\xbf") == []


def test_files_are_named_by_path_or_resource(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(LINES)))

    assert list(read_native(str(path), ONTOLOGY)) == list(read_native(path, ONTOLOGY))
    dossier = files("graph_service").joinpath("dossiers/gaza-mediation.jsonl")
    assert any(isinstance(record, ClaimRecord) for record in read_native(dossier, ONTOLOGY))


@pytest.fixture
def pipe() -> Iterator[io.BufferedReader]:
    reader, writer = os.pipe()
    os.write(writer, b"".join(LINES))
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        yield stream


def test_a_stream_that_cannot_be_read_twice_is_kept_aside(pipe: io.BufferedReader) -> None:
    assert list(read_native(pipe, ONTOLOGY)) == [*nouns(), claim()]


def test_a_dash_is_standard_input() -> None:
    program = (
        "from graph_service.domain.ontology import load_ontology\n"
        "from graph_service.importers.native import read_native\n"
        "print(len(list(read_native('-', load_ontology()))))"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], input=b"".join(LINES), capture_output=True, check=True
    )

    assert int(ran.stdout) == len(LINES)


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecord, match="No such file"):
        list(read_native(tmp_path / "none.jsonl", ONTOLOGY))


LINE_4 = b"".join(LINES[:3])


@pytest.mark.parametrize(
    ("line", "field", "says"),
    [
        (b'{"record": "actor"', None, "no JSON"),
        (b"[]", None, "a JSON object"),
        (b"{}", "record", "needs 'record'"),
        (b'{"record":["claim"]}', "record", "a text"),
        (b'{"record":"event"}', "record", "no kind of record"),
        (b'{"record":"actor","id":"x","kind":"state","name":"X","nmae":"Y"}', "nmae", "no field"),
        (b'{"record":"actor","record":"actor"}', "record", "stands twice"),
        (b'{"record":"claim","confidence":NaN}', None, "NaN"),
        (b'{"record":"claim","amount":1e999}', None, "too large"),
        (b'{"record":"actor","id":"\\ud800"}', None, "surrogate"),
        (b"\xff\xfe", None, "not UTF-8"),
        (b"[" * 100_000, None, "deeper than 64"),
        (b"x" * (LONGEST_LINE + 1), None, "more than 1000000 bytes"),
        (native_line(claim("nobody")), "subject", "no actor 'nobody'"),
        (native_line(claim(source="rumour")), "evidence[0].source", "no source 'rumour'"),
        (native_line(claim()).replace(b'"c_', b'"c_x'), "id", "the id of this content"),
        (native_line(decided(claim("israel"), "accepted")), "evidence", "no evidence"),
        (native_line(judged("iran", "nobody")), "right", "no actor 'nobody'"),
    ],
    ids=lambda value: repr(value[:40]) if isinstance(value, bytes) else None,
)
def test_an_error_names_the_line_and_the_field_and_nothing_is_written(
    graph: Graph, line: bytes, field: str | None, says: str
) -> None:
    error = refusal(graph, LINE_4 + line + b"\n" + LINES[3])

    assert isinstance(error, InvalidRecord)
    assert (error.line, error.field) == (4, field)
    assert says in str(error)
    assert str(error).startswith("line 4")


def test_a_conflict_names_the_line(graph: Graph) -> None:
    error = refusal(graph, b"".join(LINES) + native_line(claim(confidence=0.1)))

    assert isinstance(error, Conflict)
    assert str(error).startswith("line 6: ")


@pytest.mark.parametrize("cut", [10, -4])
def test_a_damaged_archive_is_refused(graph: Graph, cut: int) -> None:
    error = refusal(graph, gzip.compress(b"".join(LINES))[:cut])

    assert "cannot be read to its end" in str(error)


def test_what_came_before_stays_when_an_import_fails(graph: Graph) -> None:
    graph.write([actor("egypt")], by="desk")
    head = graph.store.head()

    with pytest.raises(InvalidRecord):
        import_native(into(graph), io.BytesIO(b"".join(LINES) + b"{"), ONTOLOGY)

    assert graph.store.head() == head


def test_progress_goes_from_nothing_to_everything() -> None:
    data = b"".join(native_line(actor(f"a{n}")) for n in range(3 * STEP))
    steps: list[tuple[int, int]] = []

    list(read_native(io.BytesIO(data), ONTOLOGY, progress=lambda *step: steps.append(step)))

    assert steps == sorted(steps)
    assert len(steps) >= 6
    assert steps[-1] == (2 * len(data), 2 * len(data))


def test_an_import_may_be_repeated(graph: Graph) -> None:
    data = b"".join([*LINES, native_line(judged())])

    assert import_native(into(graph), io.BytesIO(data), ONTOLOGY) == 6
    assert import_native(into(graph), io.BytesIO(data), ONTOLOGY) == 0


def test_a_person_may_be_told_without_aliases(graph: Graph) -> None:
    person = told({"record": "actor", "id": "x", "kind": "person", "name": "Xenia"})

    import_native(into(graph), io.BytesIO(native_line(person)), ONTOLOGY)

    assert graph.actor("x") == person
