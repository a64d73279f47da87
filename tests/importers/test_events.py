"""Days of coded events as files write them."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.events import EventDays

PAST = st.dates(date(1000, 1, 1), date(2024, 12, 31))


@given(PAST)
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    days = EventDays("date")
    month = day.strftime("%B")
    written = (
        f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day:%Y-%m-%d} 00:00:00", f"{day:%Y-%m-%d}T12:30:00",
        f"{day.day} {month} {day.year}", f"{day.day:02}-{month[:3]}-{day.year}",
    )  # fmt: skip
    assert {days[text].text for text in written} == {day.isoformat()}


@pytest.mark.parametrize(
    "text",
    [
        "", "NA", "99999999", "20240230", "2024-02-30", "2024-01-", "2024-01-3", "2024-01-31x", "2024-13-01", "31 June 2024", "1/31/2024",
        "2024", "2024-01", "32 Foo 2024", "-0240101", "２０２４０１０１", "5 May 24",
    ],
)  # fmt: skip
def test_what_is_no_day_of_the_calendar_is_refused_with_its_field(text: str) -> None:
    with pytest.raises(InvalidRecord, match="no day of the calendar") as raised:
        EventDays("SQLDATE")[text]
    assert raised.value.field == "SQLDATE"


def test_a_day_after_tomorrow_is_refused() -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    days = EventDays("date")
    assert days[tomorrow.isoformat()].text == tomorrow.isoformat()
    with pytest.raises(InvalidRecord, match="after tomorrow"):
        days[(tomorrow + timedelta(days=2)).isoformat()]


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    days = EventDays("date")
    with contextlib.suppress(InvalidRecord):
        assert date.fromisoformat(days[text].text) <= datetime.now(UTC).date() + timedelta(days=1)
