import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.cells import neutral, plain

BEGINNINGS = "'=+-@\t\r\n\uff0b\uff0d\uff1d\uff20"
texts = st.text(st.sampled_from(f"{BEGINNINGS}a1 \u202e"), max_size=8) | st.text()


@given(texts)
def test_every_text_comes_back(text: str) -> None:
    assert plain(neutral(text)) == text


@given(texts)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not neutral(text).startswith(tuple(BEGINNINGS[1:]))


@given(texts)
def test_different_texts_are_different_cells(text: str) -> None:
    assert plain(text) == text or neutral(plain(text)) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("-5", "'-5"),
        ("''=1", "'''=1"),
        ("'quoted'", "'quoted'"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_only_what_may_be_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert neutral(text) == cell


@given(st.lists(texts, min_size=2, max_size=4))
def test_cells_survive_a_table_of_text(row: list[str]) -> None:
    file = StringIO(newline="")
    csv.writer(file).writerow(map(neutral, row))

    (read,) = csv.reader(StringIO(file.getvalue(), newline=""))
    assert list(map(plain, read)) == row
