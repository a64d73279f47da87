"""Dates with precision: intervals of possible days, after EDTF level 1 and `[..X]` of level 2.

A day is a proleptic Gregorian ordinal (1 is 0001-01-01), so that periods compare and subtract as
integers. *Unknown* (an empty side) and *open* (`..`, ongoing) are different things.
See `docs/method.md`, "Dates".
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache

from graph_service.domain.errors import InvalidDate

DISTANT_PAST = -1_000_000_000
DISTANT_FUTURE = 1_000_000_000

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_BY = re.compile(r"\[\.\.(\d{4}(?:-\d{2}(?:-\d{2})?)?)\]", re.ASCII)
_HINT = "write a day, month or year (2024-07-31, 2024-07, 2024), A/B, an empty side for unknown, .. for ongoing, [..B] for B at the latest"


class Dates(StrEnum):
    """Which reading of uncertain dates a question takes."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class Temporal(StrEnum):
    """An event happens on a day; a state holds from a start to an end."""

    EVENT = "event"
    STATE = "state"


class End(StrEnum):
    """How much is said of the end of a period."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Span:
    """A range of possible days, both included.

    >>> Span.parse("2024-02").earliest == date(2024, 2, 1).toordinal()
    True
    >>> day(Span.parse("2024-02").latest)
    '2024-02-29'
    """

    earliest: int
    latest: int

    @classmethod
    def parse(cls, text: str) -> "Span":
        """The possible days of a day, month, year or `[..X]`; raises `InvalidDate`."""
        by = _BY.fullmatch(text)
        if by:
            return cls(DISTANT_PAST, cls.parse(by[1]).latest)
        match = _DATE.fullmatch(text)
        if not match:
            raise InvalidDate(f"{text!r} is not a date: {_HINT}", field="when")
        try:
            return cls(*_days(int(match[1]), match[2], match[3]))
        except ValueError as error:
            raise InvalidDate(f"{text!r} is not in the calendar", field="when") from error


def _days(year: int, month: str | None, day_of_month: str | None) -> tuple[int, int]:
    if month is None:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if day_of_month is None:
        first = date(year, int(month), 1).toordinal()
        return first, first + monthrange(year, int(month))[1] - 1
    ordinal = date(year, int(month), int(day_of_month)).toordinal()
    return ordinal, ordinal


@dataclass(frozen=True, slots=True)
class When:
    """When a claim holds, in canonical form.

    `start` and `end` are ranges of possible days. For a single date both are that date's days.

    >>> When.parse("2024/2024").text
    '2024'
    >>> When.parse("/..").start_is_unknown
    True
    """

    text: str
    start: Span
    end: Span
    single: bool
    start_is_unknown: bool
    end_is: End

    @classmethod
    def parse(cls, text: str) -> "When":
        """Read a `when`; raises `InvalidDate` that says how to write it."""
        return _parse(text)

    @property
    def has_unknown_side(self) -> bool:
        """Whether a side is empty, so that only a dated source can bound it."""
        return self.start_is_unknown or self.end_is is End.UNKNOWN

    def days(self) -> Span:
        """Every day that the period may touch."""
        return Span(self.start.earliest, self.end.latest)

    def check(self, temporal: Temporal, *, observable: bool) -> None:
        """Refuse a form that a relation of this kind cannot take (`InvalidDate`).

        Events take a date, `A/B` or `[..B]`; a single date of a state is an observation, which
        relations without a half-life (`observable` false) do not take.
        """
        if temporal is Temporal.EVENT:
            self._check_event()
        elif self.single and not observable:
            raise InvalidDate(
                f"{self.text!r} is one observation, and this relation holds from a start to an "
                f"end: write {self.text}/.. or {self.text}/ or /{self.text}",
                field="when",
            )

    def _check_event(self) -> None:
        if self.start_is_unknown or self.end_is is not End.KNOWN:
            raise InvalidDate(
                f"{self.text!r} has an open or empty side, but an event happens on some day: "
                "write a date, A/B (some day in it) or [..B] (B at the latest)",
                field="when",
            )
        if not self.single and DISTANT_PAST in (self.start.earliest, self.end.earliest):
            raise InvalidDate(
                f"{self.text!r}: an event on some day until B is written [..B]", field="when"
            )


@lru_cache(maxsize=65536)
def _parse(text: str) -> When:
    sides = text.split("/")
    if len(sides) > 2 or text == "":
        raise InvalidDate(f"{text!r} is not a date or an interval: {_HINT}", field="when")
    if len(sides) == 1 or (sides[0] == sides[1] and sides[0] not in ("", "..")):
        span = Span.parse(sides[0])
        return When(sides[0], span, span, True, False, End.KNOWN)
    return _interval(text, *sides)


def _interval(text: str, left: str, right: str) -> When:
    if left == "..":
        raise InvalidDate(
            f"{text!r} has no start: leave the side empty when the start is unknown", field="when"
        )
    start = Span.parse(left) if left else Span(DISTANT_PAST, DISTANT_FUTURE)
    ends = {"": End.UNKNOWN, "..": End.OPEN}
    end_is = ends.get(right, End.KNOWN)
    end = Span.parse(right) if end_is is End.KNOWN else Span(DISTANT_FUTURE, DISTANT_FUTURE)
    if end.latest < start.earliest:
        raise InvalidDate(f"{text!r} ends before it starts", field="when")
    if end.earliest == DISTANT_PAST and left:
        end = Span(start.earliest, end.latest)
    return When(text, start, end, False, not left, end_is)


def parse_day(text: str) -> int:
    """One whole day, `2024-07-31`, as an ordinal; raises `InvalidDate`."""
    try:
        span = Span.parse(text)
    except InvalidDate:
        span = None
    if span is None or span.earliest != span.latest:
        raise InvalidDate(f"{text!r} is not one day: write it like 2024-07-31", field="day")
    return span.earliest


def parse_first_day(text: str) -> int:
    """The first day of a day, month or year, as an ordinal; raises `InvalidDate`.

    >>> day(parse_first_day("2024-07"))
    '2024-07-01'
    """
    if not _DATE.fullmatch(text):
        raise InvalidDate(
            f"{text!r} is no day, month or year: write it like 2024-07-31, 2024-07 or 2024",
            field="day",
        )
    return Span.parse(text).earliest


def parse_last_day(text: str) -> int:
    """The last day of a day, month or year, as an ordinal; raises `InvalidDate`."""
    parse_first_day(text)
    return Span.parse(text).latest


def parse_published(text: str) -> Span:
    """The possible days of a publication: a date, `A/B` or `[..B]`; raises `InvalidDate`."""
    when = When.parse(text)
    if when.start_is_unknown or when.end_is is not End.KNOWN:
        raise InvalidDate(
            f"{text!r}: a publication is dated by a date, A/B or [..B]", field="published"
        )
    return when.days()


def day(ordinal: int) -> str:
    """An ordinal as an ISO day."""
    return date.fromordinal(ordinal).isoformat()


def day_or_none(ordinal: int) -> str | None:
    """An ordinal as an ISO day; None where it is before or after everything."""
    return day(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def parse_instant(text: str) -> datetime:
    """An RFC 3339 time with its offset, in UTC; raises `InvalidDate`."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidDate(
            f"{text!r} is not a time: write it like 2026-11-22T09:00:00Z", field="time"
        ) from error
    if instant.tzinfo is None or "T" not in text.upper():
        raise InvalidDate(f"{text!r} has no time or offset: add one, or Z for UTC", field="time")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise InvalidDate(f"{text!r} is before or after all days", field="time") from None


def parse_known_at(text: str) -> datetime:
    """A state of knowledge: an RFC 3339 time, or a day, which means its last instant (UTC)."""
    if _DATE.fullmatch(text):
        return datetime.combine(date.fromordinal(parse_day(text)), time.max, UTC)
    return parse_instant(text)


@lru_cache(maxsize=1_000)
def instant(moment: datetime) -> str:
    """A time as RFC 3339 in UTC, with microseconds where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
