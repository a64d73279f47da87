import gzip
import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from graph_service.domain.errors import InvalidRecord
from graph_service.importers import sheets_excel, sheets_excel_cells
from graph_service.importers.sheets import Layout, open_sheet, preview
from tests.importers.sheets import (
    HEAD,
    SHEET,
    of_rows,
    packed,
    read,
    refusal,
    sheet_of,
    with_part,
)


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is() -> None:
    row = '<row><c t="inlineStr"><is><t>who</t></is></c></row>'
    data = sheet_of(f'<dimension ref="A1:XFD1048576"/><sheetData>{row}{row}</sheetData>')

    assert read(data) == (["who"], [["who"]])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('<row r="1000000000"><c><v>1</v></c></row>', "no sheet has a row"),
        ('<row r="2"/><row r="1"/>', "no sheet has a row"),
        ('<row><c r="ZZZ1"><v>1</v></c></row>', "columns"),
        (f"<row>{'<c/>' * 16_385}</row>", "columns"),
        ('<row><c t="s"><v>7</v></c></row>', "broken"),
        ("<row><c><v>x</v></c></row>", "broken"),
        ("<row>", "broken"),
    ],
)
def test_a_sheet_such_as_no_office_writes_is_refused(rows: str, said: str) -> None:
    assert said in refusal(sheet_of(f"<sheetData>{rows}</sheetData>"))


def test_a_row_that_is_too_long_is_refused_and_the_next_is_read() -> None:
    cell = f'<c t="inlineStr"><is><t>{"a" * 600_000}</t></is></c>'
    row = '<row><c t="inlineStr"><is><t>who</t></is></c></row>'
    data = sheet_of(f"<sheetData>{row}<row>{cell}{cell}</row>{row}</sheetData>")
    refused: list[int] = []

    sheet = open_sheet(packed(data), Layout(), lambda line, *_: refused.append(line))

    assert (list(sheet), refused) == ([["who"]], [2])


def test_a_part_that_swells_as_no_data_does_is_refused() -> None:
    spaces = " " * (sheets_excel.MOST_OF_A_PART + 1)

    assert "more than is read" in refusal(
        with_part(of_rows(["a"]), SHEET, f"{HEAD}{spaces}</worksheet>")
    )


def test_a_list_of_parts_without_end_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(50):
            archive.writestr(f"{number:05}{'x' * 65_000}", "")

    guarded = sheets_excel._Guarded(io.BytesIO(bytes(10)))
    with pytest.raises(InvalidRecord):
        guarded.read(sheets_excel.MOST_DIRECTORY + 1)
    assert "no Excel workbook" in refusal(stream.getvalue())


@pytest.mark.parametrize(
    ("name", "said"),
    [("xl/workbook.bin", "xlsb"), ("mimetype", "OpenDocument"), ("a.csv", "ZIP file")],
)
def test_other_files_in_a_zip_are_named(name: str, said: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "a,b\n")

    assert said in refusal(stream.getvalue())


@given(st.binary(max_size=300), st.integers(0, 10_000))
def test_a_broken_workbook_is_refused_and_never_breaks_us(noise: bytes, place: int) -> None:
    whole = of_rows(["who", "whom"], ["Iran", "Qatar"])
    place %= len(whole)
    broken = whole[:place] + noise + whole[place + len(noise) :]

    refused: list[int] = []
    with suppress(InvalidRecord):
        list(open_sheet(packed(broken), Layout(), lambda line, *_: refused.append(line)))
    assert all(line > 0 for line in refused)


@given(st.text(alphabet='<>/crvtsfi"=0159A ', max_size=80))
def test_a_sheet_of_any_xml_is_read_or_refused(xml: str) -> None:
    with suppress(InvalidRecord):
        read(sheet_of(f"<sheetData><row>{xml}</row></sheetData>"))


def table_of(**columns: object) -> bytes:
    stream = io.BytesIO()
    parquet.write_table(pa.table(columns), stream)
    return stream.getvalue()


def test_parquet_is_read_as_text() -> None:
    data = table_of(
        who=["Iran", None], year=[2012, 2013], share=[0.5, None], day=[date(2024, 7, 31)] * 2,
        at=[datetime.combine(date(2024, 7, 31), time(12))] * 2, whole=[2012.0, 2013.0], true=[True, False],
        kind=pa.array(["a", "b"]).dictionary_encode(),
    )  # fmt: skip

    assert read(data)[1] == [
        ["Iran", "2012", "0.5", "2024-07-31", "2024-07-31", "2012", "TRUE", "a"],
        ["", "2013", "", "2024-07-31", "2024-07-31", "2013", "FALSE", "b"],
    ]
    assert read(gzip.compress(data)) == read(data)


def test_columns_of_lists_are_named_as_unreadable() -> None:
    seen = preview(packed(table_of(who=["Iran"], ties=[["Qatar"]])), Layout())

    assert list(seen.unreadable or {}) == ["ties"]


@given(st.binary(max_size=50), st.integers(0, 10_000))
def test_a_broken_parquet_file_is_refused(noise: bytes, place: int) -> None:
    whole = table_of(who=["Iran", "Qatar"] * 20, year=list(range(40)))
    place = 4 + place % len(whole)

    with suppress(InvalidRecord):
        read(whole[:place] + noise + whole[place + len(noise) :])


def test_column_letters_are_places() -> None:
    letters = ["A", "Z", "AA", "XFD"]

    assert [sheets_excel_cells.column_of(each) for each in letters] == [0, 25, 26, 16_383]
