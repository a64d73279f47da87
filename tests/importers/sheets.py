import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.packed import Packed
from graph_service.importers.sheets import Layout, open_sheet

Rows = list[list[str]]
SHEET = "xl/worksheets/sheet1.xml"
LINKS = "xl/_rels/workbook.xml.rels"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def packed(data: bytes) -> Packed:
    return Packed("a file", io.BytesIO(data))


def read(data: bytes, layout: Layout | None = None) -> tuple[list[str], Rows]:
    def refuse(line: int, reason: str, field: str | None) -> None:
        refused.append((line, reason))

    refused: list[tuple[int, str]] = []
    sheet = open_sheet(packed(data), layout or Layout(), refuse)
    rows = list(sheet)
    assert refused == []
    return sheet.header, rows


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def of_rows(*rows: list[object]) -> bytes:
    def fill(book: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        for row in rows:
            book.active.append(row)

    return workbook(fill)


def with_part(data: bytes, name: str, text: str) -> bytes:
    """The same workbook with this part, in the place of its own if it has one."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, text)
    return stream.getvalue()


def sharing(texts: str, rows: str) -> bytes:
    """A workbook whose cells share texts, as offices write them."""
    with zipfile.ZipFile(io.BytesIO(of_rows(["a"]))) as archive:
        links = archive.read(LINKS).decode()
    link = '<Relationship Id="rId9" Target="sharedStrings.xml" Type="http://x/sharedStrings"/>'
    data = with_part(sheet_of(rows), LINKS, links.replace("</Rel", f"{link}</Rel"))
    return with_part(data, "xl/sharedStrings.xml", texts)


def sheet_of(xml: str) -> bytes:
    return with_part(of_rows(["a"]), SHEET, f"{HEAD}{xml}</worksheet>")


def refusal(data: bytes, layout: Layout | None = None) -> str:
    with pytest.raises(InvalidRecord) as refused:
        read(data, layout)
    return refused.value.message
