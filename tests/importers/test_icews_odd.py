from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.icews import FORMAT
from tests.importers.events import (
    adds_up,
    events,
    small,
    ties,
)
from tests.importers.icews import QATAR, SYRIA, row, table, took

SECTORS = ("", "Government", "Military,Government", "Executive")
NAMES = ("Iran", "Police (Iran)", "Ruhi Testname", "Hezbollah", "Unspecified Actor")


@given(st.randoms(use_true_random=False))
@settings(max_examples=6)
def test_claims_are_the_same_whatever_the_order_of_rows(random: Random) -> None:
    rows = [
        row((name, sectors, "Iran"), target)
        for name in NAMES
        for sectors in SECTORS
        for target in (QATAR, SYRIA)
    ]
    told, shuffled = took(*rows), took(*random.sample(rows, len(rows)))
    assert events(told.graph) == events(shuffled.graph)
    assert ties(told.graph) == ties(shuffled.graph)


CELL = st.sampled_from(
    [
        "",
        "NA",
        "040",
        "12",
        "999",
        "190",
        "2018-06-01",
        "20180601",
        "Iran",
        "Qatar",
        "x",
        "Police (X)",
    ]
) | st.text(max_size=6)


@given(st.lists(st.lists(CELL, min_size=18, max_size=21), max_size=15))
@settings(max_examples=20)
def test_odd_rows_are_refused_or_skipped_and_the_counts_add_up(rows: list[list[str]]) -> None:
    assert adds_up(small(FORMAT, table(rows)))


@given(st.binary(max_size=400))
@settings(max_examples=25)
def test_odd_bytes_after_the_header_are_refused_line_by_line(data: bytes) -> None:
    assert adds_up(small(FORMAT, table([]).encode() + data))


@given(st.binary(max_size=300))
@settings(max_examples=25)
def test_any_bytes_are_no_table_or_an_empty_one(data: bytes) -> None:
    with pytest.raises(InvalidRecord):
        small(FORMAT, data)
