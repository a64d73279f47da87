import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidDate
from graph_service.importers.told_dates import day_of, distinct, event_when, state_when

DATES = (
    st.dates()
    .map(lambda one: one.isoformat())
    .flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
)


@pytest.mark.parametrize(
    ("starts", "ends", "when"),
    [
        (["2019"], ["2021-05-01"], "2019/2021-05-01"),
        (["2019"], [], "2019/"),
        ([], ["2021"], "/2021"),
        ([], [], "/"),
        (["2019", "2019-03", "2019-03-02"], [], "2019-03-02/"),
        (["2019", "2020-01"], ["2022", "2021"], "[..2020-01]/[..2022]"),
        (["2019"], ["2019"], "2019/[..2019]"),
        (["2019-01-02T10:00:00"], ["2020-01-02 10:00"], "2019-01-02/2020-01-02"),
    ],
)
def test_what_several_dates_leave_open_stays_open(
    starts: list[str], ends: list[str], when: str
) -> None:
    assert state_when(starts, ends).text == when


def test_an_event_is_on_a_day_of_those_told_or_before_it_was_known() -> None:
    found = [
        event_when(["2019-05-01"]),
        event_when(["2020", "2019-05-01"]),
        event_when([], "2021-01-02T00:00:00Z"),
    ]
    assert [None if one is None else one.text for one in found] == [
        "2019-05-01",
        "2019-05-01/2020",
        "[..2021-01-02]",
    ]
    assert event_when([]) is None


@pytest.mark.parametrize("text", ["", "2024-02-30", "99999999", "2019/2020", "[..2020]", "/", "x"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidDate):
        day_of(text)


@given(st.lists(DATES, min_size=1, max_size=4))
def test_no_date_that_is_told_is_ruled_out(dates: list[str]) -> None:
    event = event_when(dates)
    assert event is not None
    for text in distinct(dates):
        one = event_when([text])
        assert one is not None
        assert event.days().earliest <= one.days().earliest
        assert one.days().latest <= event.days().latest
    state = state_when(dates, [])
    assert state.start.latest == max(event_when([text]).days().latest for text in distinct(dates))  # type: ignore[union-attr]
