import gzip
from datetime import date, datetime, time
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from graph_service.importers.sheets import NO_VALUE, Layout, preview
from graph_service.importers.sheets_excel_cells import day_of
from tests.importers.sheets import (
    LINKS,
    SHEET,
    of_rows,
    packed,
    read,
    refusal,
    sharing,
    sheet_of,
    with_part,
    workbook,
)


@pytest.mark.parametrize(
    "data",
    [
        b"who,whom\nIran,Qatar\n",
        b"\xef\xbb\xbfwho;whom\r\nIran;Qatar\r\n",
        "who\twhom\nIran\tQatar\n".encode("utf-16"),
        b"sep=;\nwho;whom\nIran;Qatar\n",
        b"\n\nwho,whom\nIran,Qatar",
        gzip.compress(b"who|whom\rIran|Qatar\r"),
        of_rows(["who", "whom"], ["Iran", "Qatar"]),
        gzip.compress(of_rows(["who", "whom"], ["Iran", "Qatar"])),
    ],
    ids=["plain", "BOM", "UTF-16", "sep", "blank lines", "gzip", "xlsx", "gzipped xlsx"],
)
def test_a_table_is_told_by_its_content_whatever_holds_it(data: bytes) -> None:
    assert read(data) == (["who", "whom"], [["Iran", "Qatar"]])


def test_cells_of_text_keep_their_leading_zeros_and_formulas_are_text() -> None:
    assert read(b"a,b\n007,=1+1\n")[1] == [["007", "=1+1"]]


def test_a_header_that_is_too_long_is_said_to_be_so() -> None:
    said = refusal(b",".join(b"column%d" % number for number in range(100_000)))

    assert said == "the header cannot be read: the line has more than 1,000,000 bytes"


def test_the_header_may_stand_further_down() -> None:
    text = b"My ties,\nwho,whom\nIran,Qatar\n"
    book = of_rows(["My ties"], ["who", "whom"], ["Iran", "Qatar"])

    for data in (text, book):
        assert read(data, Layout(header_row=2)) == (["who", "whom"], [["Iran", "Qatar"]])


def test_a_text_in_another_encoding_is_read_with_its_name() -> None:
    data = "wer,über\nIran,é\n".encode("cp1252")

    assert "name its encoding" in refusal(data)
    assert read(data, Layout(encoding="cp1252")) == (["wer", "über"], [["Iran", "é"]])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "save it as .xlsx"),
        (b"<html><table></table></html>", "no table but a document"),
        (b"%PDF-1.7", "no table but a document"),
        ("a,b\n".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_what_is_no_table_is_named(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_numbers_and_dates_of_excel_are_written_as_people_would() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        book.active.append(["a", "b", "c", "d", "e", "f"])
        book.active.append(
            [2012, 2012.0, 0.1, True, date(2024, 7, 31), datetime.combine(date(2024, 7, 1), time())]
        )
        book.active["F2"].number_format = "mmm yyyy"

    _, rows = read(workbook(fill))

    assert rows == [["2012", "2012", "0.1", "TRUE", "2024-07-31", "2024-07"]]


def test_a_workbook_may_count_days_from_1904() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active.append(["when"])
        book.active.append([date(2024, 7, 31)])

    assert read(workbook(fill))[1] == [["2024-07-31"]]


def test_the_leap_day_that_1900_had_not_is_no_day() -> None:
    days = [day_of(serial, starts_1904=False) for serial in (0, 1, 59, 60, 61)]

    assert days == [None, date(1900, 1, 1), date(1900, 2, 28), None, date(1900, 3, 1)]


def test_a_formula_has_the_value_that_was_last_shown() -> None:
    cells = (
        '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>1+1</f></c><c r="C2" t="e"><v>#N/A</v></c>'
    )
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in "abc")
    data = sheet_of(f'<sheetData><row>{head}</row><row r="2">{cells}</row></sheetData>')

    assert read(data) == (["a", "b", "c"], [["2", NO_VALUE, "#N/A"]])


def test_cells_that_are_merged_downwards_have_what_the_first_has() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        for row in (["who", "whom"], ["Iran", "Qatar"], [None, "Egypt"], [None, "Oman"]):
            book.active.append(row)
        book.active.merge_cells("A2:A3")

    assert read(workbook(fill))[1] == [["Iran", "Qatar"], ["Iran", "Egypt"], ["", "Oman"]]


def test_a_hidden_sheet_is_read_only_by_its_name() -> None:
    def fill(book: Any) -> None:  # noqa: ANN401
        book.active.title = "Lists"
        book.active.append(["hidden"])
        book.create_sheet("Ties").append(["shown"])
        book.create_sheet("More").append(["more"])
        book["Lists"].sheet_state = "hidden"
        book.active = 1

    data = workbook(fill)

    assert preview(packed(data), Layout()).names == ("Ties", "More")
    assert read(data)[0] == ["shown"]
    assert read(data, Layout(sheet="Lists"))[0] == ["hidden"]
    assert "no sheet 'Tie'" in refusal(data, Layout(sheet="Tie"))


def test_texts_that_cells_share_are_read_whole_and_without_their_pronunciation() -> None:
    runs = "<si><r><t>wh</t></r><r><rPr/><t xml:space='preserve'>o </t></r></si>"
    spoken = "<si><t>東京</t><rPh sb='0' eb='1'><t>トウキョウ</t></rPh></si>"
    rows = '<sheetData><row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row></sheetData>'

    assert read(sharing(f"<sst>{runs}{spoken}</sst>", rows)) == (["who"], [["東京"]])


def test_entities_are_refused_and_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><sst><si><t>&l9;</t></si></sst>'

    assert "entities" in refusal(sharing(bomb, ""))
    for part in (SHEET, LINKS, "xl/workbook.xml", "xl/styles.xml"):
        assert "entities" in refusal(with_part(of_rows(["a"]), part, bomb))
