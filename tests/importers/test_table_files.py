import gzip
import io
import re
import shlex
from dataclasses import fields
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from graph_service.cli import main
from graph_service.domain.errors import InvalidRecord
from graph_service.importers.mapping import FIELDS, TableMapping
from graph_service.importers.table import FORMAT
from graph_service.importers.table_dates import period
from tests.importers.intake import taken
from tests.importers.tables import HEADER, MAPPED, claims, graph, told
from tests.test_readme import examples, matches


def rows_of(*rows: tuple[str, ...]) -> dict[str, bytes]:
    """The same table in every container."""
    text = "\n".join(";".join(row) for row in rows)
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    sheet, columns = io.BytesIO(), io.BytesIO()
    book.save(sheet)
    names, *cells = rows
    table = dict(zip(names, map(list, zip(*cells, strict=True)), strict=True))
    parquet.write_table(pa.table(table), columns)
    return {
        "csv": text.encode(),
        "utf-16": text.replace(";", "\t").encode("utf-16"),
        "gz": gzip.compress(text.encode()),
        "xlsx": sheet.getvalue(),
        "parquet": columns.getvalue(),
    }


def test_one_table_gives_the_same_claims_whatever_holds_it() -> None:
    files = rows_of(
        ("who", "what", "whom", "when", "source"),
        ("Northland", "arms", "Hill Front", "2024-07-31", "Paper"),
        ("Hill Front", "backed by", "Northland", "2012-present", "Paper"),
        ("Acme", "funds", "Northland", "July 2024", ""),
    )

    found = {name: claims(taken(FORMAT, data, graph())) for name, data in files.items()}

    ids = {name: [record.evidence[0].id for record in every] for name, every in found.items()}
    assert len(ids["csv"]) == 3
    assert all(each == ids["csv"] for each in ids.values())


def test_a_column_of_lists_in_parquet_is_refused_where_it_is_needed() -> None:
    stream = io.BytesIO()
    lists = pa.table({"who": [["a"]], "what": ["arms"], "whom": ["b"]})
    parquet.write_table(lists, stream)

    with pytest.raises(InvalidRecord, match="no column is plainly the subject"):
        taken(FORMAT, stream.getvalue())
    with pytest.raises(InvalidRecord, match="a cell holds one value"):
        taken(
            FORMAT,
            stream.getvalue(),
            more={"mapping": '[columns]\nsubject = "who"\nrelation = "what"\nobject = "whom"\n'},
        )


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (MAPPED.replace('"who"', '"whoo"'), "no column 'whoo'; it has: 'who', 'kind'"),
        (MAPPED.replace('"who"', '"when "'), ""),
    ],
)
def test_a_column_that_is_not_there_is_named_with_those_that_are(mapping: str, said: str) -> None:
    if said:
        with pytest.raises(InvalidRecord, match=said):
            told("", mapping)
    else:
        assert told("", mapping).summary.rows == 0


def test_two_columns_of_one_name_are_refused() -> None:
    text = "who,what,whom,who\na,arms,b,c\n"

    with pytest.raises(InvalidRecord, match="2 columns are called 'who'"):
        taken(FORMAT, text, more={"mapping": MAPPED.partition("subject_kind")[0] + ENDS})


ENDS = 'relation = "what"\nobject = "whom"\n'


def test_a_mapping_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "ties.toml"
    path.write_text(MAPPED, "utf-8-sig")
    rows = HEADER + "Northland,,arms,Hill Front,2024,Paper,2024\n"

    assert len(claims(taken(FORMAT, rows, graph(), more={"mapping": str(path)}))) == 1
    with pytest.raises(InvalidRecord, match="cannot be read"):
        taken(FORMAT, rows, more={"mapping": str(tmp_path / "none.toml")})


def test_the_same_table_twice_changes_nothing_and_its_order_does_not_matter() -> None:
    rows = [
        "Northland,,arms,Hill Front,2024,Paper,2024\n",
        "Jane Roe,,meets,Acme,2024,,\n",
        "Jane Roe,,holds office in,Acme,2024-,Other,2024\n",
    ]
    found = told("".join(rows))
    sequence = found.graph.store.head().sequence

    again = taken(FORMAT, HEADER + "".join(rows), found.graph, more={"mapping": MAPPED})
    back = told("".join(reversed(rows)))

    assert again.summary.entries == 0
    assert found.graph.store.head().sequence == sequence
    assert {each.claim.id for each in claims(found)} == {each.claim.id for each in claims(back)}


cells = st.sampled_from(
    ["", "Northland", "Hill Front", "Acme", "arms", "backs", "visits", "2024", "2012-", "\x00",
     "03/04/2024", "=1+1", '"', "\ud7ff", "state", "x" * 30, "#N/A"]
)  # fmt: skip


@given(st.lists(st.lists(cells, min_size=7, max_size=7), max_size=8))
def test_every_row_is_taken_skipped_or_refused(table: list[list[str]]) -> None:
    rows = [row for row in table if any(cell.strip() for cell in row)]
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table)

    found = told("\n".join(quoted), MAPPED + '[relations]\nvisits = "!skip"\n')

    summary = found.summary
    assert summary.refused == len(found.refused)
    assert summary.rows == summary.taken + summary.skipped.total() + summary.refused
    assert summary.rows == len(rows)


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_refused(data: bytes) -> None:
    text = HEADER.encode() + data

    assert taken(FORMAT, text, graph(), more={"mapping": MAPPED}).summary.rows >= 0
    try:
        taken(FORMAT, data, graph())
    except InvalidRecord as error:
        assert error.message  # noqa: PT017 - most are refused, some perhaps not


DOCS = Path(__file__).parents[2] / "docs" / "spreadsheets.md"


def block(language: str) -> str:
    """The one block of code in this language that the documentation shows."""
    (text,) = re.findall(
        rf"^```{language}\n(.*?)^```", DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return str(text)


def test_the_documentation_is_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("ties.csv").write_text(block("csv"), "utf-8")
    shown = list(examples(DOCS.read_text("utf-8")))
    assert len(shown) == 4

    for example in shown:
        if "--mapping" in example.command:
            proposal = Path("ties.toml").read_text("utf-8")
            for line in block("toml").splitlines():
                assert line in proposal
            Path("ties.toml").write_text(block("toml"), "utf-8")
        assert main(shlex.split(example.command)[1:]) == 0
        out, err = capsys.readouterr()
        assert matches(err + out, example.output), f"$ {example.command}\n{err + out}"


def test_every_date_that_the_documentation_shows_is_read_so() -> None:
    table_of_dates = DOCS.read_text("utf-8").partition("\n## Dates\n")[2].partition("\n\nCells")[0]
    rows = [line.split("|")[1:3] for line in table_of_dates.splitlines() if "`" in line]
    assert len(rows) > 9

    for written, meant in rows:
        for text in re.findall("`([^`]*)`", written):
            allowed = re.findall("`([^`]*)`", meant)
            found = period(text)
            assert found in allowed or found == text or (not allowed and found in ("", text))


def test_every_key_and_field_is_documented() -> None:
    text = DOCS.read_text("utf-8")

    for name in (*FIELDS, *(field.name for field in fields(TableMapping))):
        assert f"`{name}`" in text or f"`[{name}]`" in text, name
