"""Dates, values and claims in words, for people."""

from collections.abc import Sequence

from graph_service.domain.periods import When
from graph_service.graph.view import CitedSource

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}


def in_words(when: str, *, event: bool = False) -> str:
    """When a claim holds, as a person says it; for an event, `A/B` is some day between the two.

    >>> in_words("/..")
    'start unknown, ongoing'
    >>> in_words("2024-07")
    'July 2024'
    >>> in_words("[..2024-09]")
    'by September 2024'
    >>> in_words("2023-10/2024-02")
    'October 2023 to February 2024'
    >>> in_words("/2024-07-31")
    'start unknown, until 31 July 2024'
    >>> in_words("[..2023]/..")
    'begun by 2023, ongoing'
    >>> in_words("2023-10-07/2024-09", event=True)
    'between 7 October 2023 and September 2024'
    """
    parsed = When.parse(when)
    if parsed.single:
        return _date(when)
    left, right = when.split("/")
    if left[:1].isdigit() and right[:1].isdigit():
        wording = "between {} and {}" if event else "{} to {}"
        return wording.format(_date(left), _date(right))
    return f"{_start(left)}, {_end(right)}"


def _start(text: str) -> str:
    if not text:
        return "start unknown"
    return f"begun {_date(text)}" if text.startswith("[") else f"since {_date(text)}"


def _end(text: str) -> str:
    if text in ("", ".."):
        return "ongoing" if text else "end unknown"
    return f"ended {_date(text)}" if text.startswith("[") else f"until {_date(text)}"


def _date(text: str) -> str:
    if text.startswith("[.."):
        return f"by {_date(text[3:-1])}"
    year, month, day = (*text.split("-"), "", "")[:3]
    parts = (day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year)
    return " ".join(part for part in parts if part)


def two_decimals(value: float) -> str:
    """A value as people see it: never more than two decimals, and never 0.00 for something.

    >>> [two_decimals(value) for value in (0.4312, 0.001, -0.2, 0.0, 0.9999)]
    ['0.43', '<0.01', '-0.20', '0.00', '>0.99']
    """
    if 0 < value < 0.005:
        return "<0.01"
    if 0.995 <= value < 1:
        return ">0.99"
    return f"{value:.2f}".replace("-0.00", "0.00")


def signed(value: float) -> str:
    """A difference as people see it, its sign always shown.

    >>> [signed(value) for value in (0.4312, -0.2, 0.001)]
    ['+0.43', '-0.20', '0.00']
    """
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text


def source_in_words(source: CitedSource) -> str:
    """A source by title, date and reliability."""
    published = in_words(source.published) if source.published else "undated"
    return f"{source.title}. {published}. {source.reliability}: {_RELIABILITY[source.reliability]}"


def located(places: Sequence[str]) -> str:
    """Where in a source something stands; places of one sort are named once.

    >>> located(["paragraph 9", "paragraph 13"])
    'paragraphs 9, 13'
    >>> located(["row 7", "page 2"])
    'row 7; page 2'
    """
    parted = [place.rpartition(" ") for place in places]
    sorts = {sort for sort, _, _ in parted}
    if len(places) < 2 or len(sorts) > 1 or "" in sorts:
        return "; ".join(places)
    return f"{sorts.pop()}s {', '.join(number for _, _, number in parted)}"
