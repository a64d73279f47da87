import pytest

from graph_service.bench.report import RATE, TIMES, Row, as_data, table


@pytest.mark.parametrize("unit", [TIMES, RATE])
def test_a_ratio_or_a_rate_meets_its_goal_from_below(unit: str) -> None:
    assert Row("two hops", 7.1, unit, 7.0).met is True
    assert Row("two hops", 6.9, unit, 7.0).met is False


def test_anything_else_meets_its_goal_from_above() -> None:
    assert Row("index", 99.0, "B a claim", 100.0).met is True
    assert Row("index", 101.0, "B a claim", 100.0).met is False


def test_a_row_without_a_goal_is_neither_met_nor_missed() -> None:
    assert Row("questions", 3, "").met is None


def test_rows_as_data_have_a_name_a_figure_a_goal_a_unit_and_whether_it_is_met() -> None:
    assert as_data([Row("two hops", 8.12345, TIMES, 7.0)]) == {
        "rows": [{"name": "two hops", "figure": 8.123, "unit": TIMES, "goal": 7.0, "met": True}]
    }


def test_a_table_shows_the_goal_and_the_verdict_beside_the_figure() -> None:
    lines = table([Row("two hops", 6.5, TIMES, 7.0), Row("index", 40.0, "B a claim")]).splitlines()

    assert lines[0].split() == ["two", "hops", "6.5", TIMES, "≥", "7", TIMES, "MISSED"]
    assert lines[1].split() == ["index", "40", "B", "a", "claim"]
