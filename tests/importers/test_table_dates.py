import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidDate
from graph_service.importers.table_dates import Order, Orders, period
from tests.importers.tables import MAPPED, claims, reason, told


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2024", "2024"),
        ("2024-07", "2024-07"),
        ("2024-07-31", "2024-07-31"),
        ("20240731", "2024-07-31"),
        ("2024/7/31", "2024-07-31"),
        ("2024-07-31T12:30:00Z", "2024-07-31"),
        ("31/07/2024 11:59 PM", "2024-07-31"),
        ("31 July 2024", "2024-07-31"),
        ("Wednesday, July 31st, 2024", "2024-07-31"),
        ("the 31st of Jul 2024", "2024-07-31"),
        ("Sept. 2024", "2024-09"),
        ("July 2024", "2024-07"),
        ("07/2024", "2024-07"),
        ("31/07/2024", "2024-07-31"),
        ("07/31/2024", "2024-07-31"),
        ("03.04.2024", "2024-04-03"),
        ("5/05/2024", "2024-05-05"),
        ("2012.0", "2012"),
        ("2012-2015", "2012/2015"),
        ("2012 – 2015", "2012/2015"),
        ("from Jan 2012 to March 2014", "2012-01/2014-03"),
        ("between 2012 and 2015", "2012/2015"),
        ("31/07/2024-15/08/2024", "2024-07-31/2024-08-15"),
        ("since 2012", "2012/"),
        ("2012-", "2012/"),
        ("2012 onwards", "2012/"),
        ("until 2014", "/2014"),
        ("2012-present", "2012/.."),
        ("since May 2012, ongoing", "2012-05/.."),
        ("ongoing", "/.."),
        ("2012/..", "2012/.."),
        ("[..2023]", "[..2023]"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, meant: str) -> None:
    assert period(text) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("99999999", "not in the calendar"),
        ("2024-02-30", "not in the calendar"),
        ("2024-13", "not in the calendar"),
        ("2015-2012", "ends before it starts"),
        ("03/04/2024", "may be two days"),
        ("03/04/2024 - 31/12/2024", "may be two days"),
        ("31/07/24", "four digits"),
        ("31-Jul-24", "four digits"),
        ("45504", "format it as a date"),
        ("c. 2012", "no date that is understood"),
        ("1990s", "no date that is understood"),
        ("2010-11-2012", "no date that is understood"),
        ("٢٠٢٤", "no date that is understood"),
    ],
)
def test_a_date_that_is_not_plain_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidDate, match=said):
        period(text)


@given(st.text(alphabet="0123456789-/. []julyt:0", max_size=24), st.sampled_from([None, *Order]))
def test_any_text_is_a_date_or_refused(text: str, order: Order | None) -> None:
    try:
        found = period(text, order)
    except InvalidDate:
        return
    assert found == "" or period(found) == found


@pytest.mark.parametrize(
    ("texts", "order", "is_in_doubt"),
    [
        (["03/04/2024", "31/07/2024"], Order.DAY_FIRST, False),
        (["03/04/2024", "07/31/2024"], Order.MONTH_FIRST, False),
        (["03/04/2024"], None, True),
        (["03/04/2024", "31/07/2024", "07/31/2024"], None, True),
        (["05/05/2024", "2024-03-04", "03.04.2024"], None, False),
        (["03/04/2024 - 31/07/2024"], Order.DAY_FIRST, False),
    ],
)
def test_the_order_of_day_and_month_is_that_of_all_dates(
    texts: list[str], order: Order | None, is_in_doubt: bool
) -> None:
    orders = Orders()
    for text in texts:
        orders.add(text)

    assert (orders.order, orders.is_in_doubt) == (order, is_in_doubt)


def test_dates_of_two_readings_are_decided_by_the_rest_of_the_table() -> None:
    row = "Northland,,meets,Hill Front,{},Paper,2025\n"

    found = told(row.format("03/04/2024") + row.format("31/07/2024"))

    assert [record.claim.when.text for record in claims(found)] == ["2024-04-03", "2024-07-31"]
    assert "may be two days" in reason(told(row.format("03/04/2024")))
    decided = told(row.format("03/04/2024"), f'dates = "month-first"\n{MAPPED}')
    assert claims(decided)[0].claim.when.text == "2024-03-04"
