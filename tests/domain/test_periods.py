from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidDate
from graph_service.domain.periods import (
    DISTANT_FUTURE,
    DISTANT_PAST,
    End,
    Span,
    Temporal,
    When,
    instant,
    parse_day,
    parse_instant,
    parse_known_at,
    parse_published,
)


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-07-31", "2024-07-31", "2024-07-31"),
    ],
)
def test_a_date_is_the_range_of_its_possible_days(text: str, earliest: str, latest: str) -> None:
    assert Span.parse(text) == Span(ordinal(earliest), ordinal(latest))


def test_at_the_latest_leaves_everything_before_open() -> None:
    assert Span.parse("[..2023]") == Span(DISTANT_PAST, ordinal("2023-12-31"))


def test_unknown_and_ongoing_are_different_things() -> None:
    unknown, ongoing = When.parse("2023/"), When.parse("2023/..")

    assert (unknown.end_is, ongoing.end_is) == (End.UNKNOWN, End.OPEN)
    assert unknown.has_unknown_side
    assert not ongoing.has_unknown_side
    assert ongoing.end == Span(DISTANT_FUTURE, DISTANT_FUTURE)


def test_an_interval_of_one_date_is_that_date() -> None:
    assert When.parse("2024-07/2024-07") == When.parse("2024-07")
    assert When.parse("2024-07/2024-07").single


def test_the_end_by_a_day_is_never_before_the_start() -> None:
    assert When.parse("2020/[..2023]").end == Span(ordinal("2020-01-01"), ordinal("2023-12-31"))


@pytest.mark.parametrize(
    "text",
    [
        "", " 2024", "2024-13", "2024-02-30", "24", "2024-7-1", "2024-07-31T10:00:00Z", "summer",
        "2024?", "0000", "../2024", "2024/2023", "2024-08-01/2024-07", "2024/2025/2026", "[2024..]",
        "[..2024", "٢٠٢٤", "2024/...", "[..2023]/2022-13",
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_read_is_refused_with_the_field(text: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        When.parse(text)

    assert refused.value.field == "when"


@pytest.mark.parametrize("text", ["2024/..", "/2024", "2024/", "/..", "/", "[..2023]/2024"])
def test_an_event_takes_no_open_or_empty_side(text: str) -> None:
    with pytest.raises(InvalidDate):
        When.parse(text).check(Temporal.EVENT, observable=True)


@pytest.mark.parametrize("text", ["2024", "2024-07-31", "2023/2024-02", "[..2024]"])
def test_an_event_takes_a_date_some_day_in_an_interval_or_a_latest_day(text: str) -> None:
    When.parse(text).check(Temporal.EVENT, observable=True)


def test_a_single_date_of_a_state_is_an_observation_where_it_can_be_one() -> None:
    When.parse("2024").check(Temporal.STATE, observable=True)
    with pytest.raises(InvalidDate, match=r"2024/\.\."):
        When.parse("2024").check(Temporal.STATE, observable=False)


def test_a_publication_has_no_open_side() -> None:
    assert parse_published("2024-09") == Span(ordinal("2024-09-01"), ordinal("2024-09-30"))
    assert parse_published("2024-08/2024-09").latest == ordinal("2024-09-30")
    with pytest.raises(InvalidDate):
        parse_published("2024/..")


def test_a_day_is_one_whole_day() -> None:
    assert parse_day("2024-07-31") == ordinal("2024-07-31")
    with pytest.raises(InvalidDate):
        parse_day("2024-07")


def test_a_known_at_that_is_a_day_means_its_last_instant() -> None:
    assert parse_known_at("2026-11-22") == datetime(2026, 11, 22, 23, 59, 59, 999999, UTC)
    assert parse_known_at("2026-11-22T10:00:00+02:00") == datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-11-22T10:00:00", "yesterday", "10:00Z", "2026-11-22", "0001-01-01T00:00:00+14:00"],
)
def test_a_time_needs_a_day_and_an_offset(text: str) -> None:
    with pytest.raises(InvalidDate):
        parse_instant(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_is_read_back_as_it_was_written(moment: datetime) -> None:
    assert parse_instant(instant(moment)) == moment


@given(st.dates(), st.dates())
def test_an_interval_is_read_in_order_or_refused(a: date, b: date) -> None:
    text = f"{a.isoformat()}/{b.isoformat()}"
    if b < a:
        with pytest.raises(InvalidDate):
            When.parse(text)
    else:
        assert When.parse(text).days() == Span(a.toordinal(), b.toordinal())
