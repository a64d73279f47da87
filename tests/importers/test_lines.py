import tracemalloc
from collections.abc import Iterator
from io import BytesIO, RawIOBase
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.lines import LONGEST_LINE, Lines, Table
from graph_service.importers.packed import BLOCK

Refused = list[tuple[int, str, str | None]]


def lines_of(data: bytes, encoding: str = "utf-8") -> tuple[list[str], Refused]:
    refused: Refused = []
    lines = Lines(BytesIO(data), lambda *told: refused.append(told), encoding=encoding)
    return [line.rstrip("\r\n") for line in lines], refused


def table_of(data: bytes, **more: object) -> tuple[Table, Refused]:
    refused: Refused = []

    def refuse(line: int, reason: str, field: str | None) -> None:
        refused.append((line, reason, field))

    names = more.get("names", ())
    assert isinstance(names, tuple)
    return Table(Lines(BytesIO(data), refuse), refuse, names=names), refused


def test_lines_end_in_every_usual_way() -> None:
    assert lines_of(b"a\nb\r\nc\rd") == (["a", "b", "c", "d"], [])


@given(st.lists(st.text("ab,;é", max_size=5), max_size=8), st.sampled_from(["\n", "\r\n", "\r"]))
def test_lines_come_back_as_they_were(texts: list[str], end: str) -> None:
    data = "".join(text + end for text in texts).encode()
    assert lines_of(data) == (texts, [])


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_an_end_that_falls_between_two_blocks_is_one_end(end: bytes) -> None:
    first = b"x" * (BLOCK - len(end) + 1 - 1)
    found, refused = lines_of(first + end + b"y" + end)
    assert ([len(line) for line in found], refused) == ([len(first), 1], [])


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert lines_of("é\n".encode("utf-8-sig")) == (["é"], [])
    assert lines_of("é\nb".encode("utf-16")) == (["é", "b"], [])


def test_a_line_in_another_encoding_is_refused_and_the_others_are_read() -> None:
    found, refused = lines_of("a\nSão\nb\n".encode("latin-1"))
    assert found == ["a", "b"]
    assert refused == [
        (2, "byte 2 is not UTF-8: save the file as UTF-8, or name its encoding", None)
    ]
    assert lines_of("São".encode("cp1252"), "cp1252") == (["São"], [])


def test_an_encoding_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="'klingon' is no encoding"):
        lines_of(b"a", "klingon")


def test_a_file_that_is_not_in_its_encoding_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="the file is not in utf-16"):
        lines_of("é".encode("utf-16") + b"\x00", "utf-16")


class Endless(RawIOBase):
    """A line of so many bytes, and another one behind it."""

    def __init__(self, length: int) -> None:
        self._left = length

    def read(self, size: int = -1) -> bytes:
        if self._left <= 0:
            return b""
        given, self._left = min(size, self._left), self._left - size
        return b"x" * given if self._left > 0 else b"\nlast\n"


def test_a_line_of_a_hundred_megabytes_is_refused_within_bounds() -> None:
    refused: Refused = []
    tracemalloc.start()
    stream = cast(BinaryIO, Endless(100_000_000))
    found = list(Lines(stream, lambda *told: refused.append(told)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ["last\n"]
    assert refused == [(1, f"the line has more than {LONGEST_LINE:,} bytes", None)]
    assert peak < 20_000_000


@given(st.lists(st.integers(1, 40), max_size=12))
def test_every_line_is_given_or_refused(lengths: list[int]) -> None:
    long = LONGEST_LINE // 20
    data = b"".join(b"x" * (length * long) + b"\n" for length in lengths)
    found, refused = lines_of(data)
    assert [len(line) // long for line in found] == [n for n in lengths if n * long < LONGEST_LINE]
    assert [line for line, *_ in refused] == [
        place for place, n in enumerate(lengths, 1) if n * long >= LONGEST_LINE
    ]


def rows(table: Table) -> Iterator[tuple[int, list[str]]]:
    for row in table:
        yield table.line, row


@pytest.mark.parametrize("separator", list("\t,;|"))
def test_the_separator_is_told_by_the_header(separator: str) -> None:
    data = separator.join(("date", "who", "whom")) + "\n" + separator.join(("1", "2", "3"))
    table, refused = table_of(data.encode())
    assert (table.header, list(rows(table)), refused) == (
        ["date", "who", "whom"],
        [(2, ["1", "2", "3"])],
        [],
    )


def test_quoted_cells_may_have_separators_and_line_ends_in_them() -> None:
    table, _ = table_of(b'a,b\n"1,5","x\ny"\n3,4\n')
    assert list(rows(table)) == [(3, ["1,5", "x\ny"]), (4, ["3", "4"])]


def test_a_quote_in_a_file_of_tabs_is_a_quote() -> None:
    table, _ = table_of(b'a\tb\n"1\t2\n')
    assert list(rows(table)) == [(2, ['"1', "2"])]


def test_a_row_of_another_length_is_refused_with_its_line() -> None:
    table, refused = table_of(b"a,b\n1,2\n1\n1,2,3\n\n3,4\n")
    assert [row for _, row in rows(table)] == [["1", "2"], ["3", "4"]]
    assert refused == [
        (3, "the row has 1 cells, the header 2", None),
        (4, "the row has 3 cells, the header 2", None),
    ]


def test_empty_cells_behind_the_last_column_are_none() -> None:
    table, refused = table_of(b"a;b\n1;2;;\n;;\n3;4\n")
    assert [row for _, row in rows(table)] == [["1", "2"], ["", ""], ["3", "4"]]
    assert refused == []


def test_a_quote_that_does_not_end_costs_the_rows_that_it_swallows_and_no_more() -> None:
    rest = b"1,2\n" * 100_000
    table, refused = table_of(b'a,b\n1,2\n"1,2\n' + rest)
    found = list(rows(table))
    assert found[0] == (2, ["1", "2"])
    assert refused
    assert "field larger than field limit" in refused[0][1]


def test_a_table_without_a_header_has_the_names_that_it_is_given() -> None:
    table, _ = table_of(b"1\t2\n", names=("a", "b"))
    assert (table.places("B", "a"), list(rows(table))) == ([1, 0], [(1, ["1", "2"])])


def test_a_column_that_is_missing_is_named_with_those_that_are_there() -> None:
    table, _ = table_of(b"a,b\n")
    with pytest.raises(InvalidRecord, match="the table has no column 'c'; it has: a, b"):
        table.places("a", "c")


def test_an_empty_file_has_no_columns() -> None:
    table, _ = table_of(b"")
    assert (table.header, list(rows(table))) == ([], [])


@given(st.binary(max_size=300))
def test_odd_bytes_are_rows_or_refused(data: bytes) -> None:
    try:
        table, _ = table_of(data)
        assert all(len(row) == len(table.header) for _, row in rows(table))
    except InvalidRecord:
        pass
