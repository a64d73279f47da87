"""Days, months and years as people write them. Pure: what day today is comes from outside."""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph_service.queries.words import MONTHS as MONTH_NAMES

_FULL = {name.lower(): place for place, name in enumerate(MONTH_NAMES, 1)}
MONTHS = _FULL | {name[:3]: place for name, place in _FULL.items()} | {"sept": 9}
_DAY = re.compile(r"(\d{1,2})(?:[snr][td]|th)?")
_YEAR = re.compile(r"[12]\d{3}")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_UNITS = {"day": 1, "week": 7}
_ONE_DAY = timedelta(days=1)
YEARS_BACK = 8  # a 29 February is at most so many years ago


class Unreadable(Exception):
    """A date that is there and cannot be understood; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Period:
    """A range of days, both included; `assumed` when the year was not said."""

    first: date
    last: date
    assumed: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """What dates mean on one day: `days` are the years of days that are known by month and day."""

    today: date
    days: Mapping[str, int]
    numbers: Mapping[str, int]

    def period(self, words: Sequence[str]) -> tuple[Period, int] | None:
        """The date that these words begin with, and how many words it takes; raises `Unreadable`."""
        readers = (self._digits, self._day_first, self._month_first, self._relative, self._edge)
        return next((found for reader in readers if (found := reader(words))), None)

    def _digits(self, words: Sequence[str]) -> tuple[Period, int] | None:
        text = words[0]
        iso, slashed = _ISO.fullmatch(text), _SLASHED.fullmatch(text)
        if iso and iso[3]:
            return _day(int(iso[1]), int(iso[2]), int(iso[3]), text), 1
        if iso:
            return _month(int(iso[1]), int(iso[2]), text), 1
        if slashed:
            return _slashed(int(slashed[1]), int(slashed[2]), int(slashed[3]), text), 1
        if _YEAR.fullmatch(text):
            return Period(date(int(text), 1, 1), date(int(text), 12, 31)), 1
        return None

    def _day_first(self, words: Sequence[str]) -> tuple[Period, int] | None:
        """`31 July 2024`, `31st of July`."""
        day_, rest = _DAY.fullmatch(words[0]), list(words[1:])
        skipped = 1 + (rest[:1] == ["of"])
        month = words[skipped] if skipped < len(words) else ""
        if day_ is None or month not in MONTHS:
            return None
        return self._in_year(int(day_[1]), MONTHS[month], words, skipped + 1)

    def _month_first(self, words: Sequence[str]) -> tuple[Period, int] | None:
        """`July 31, 2024`, `July 31st`, `July 2024`, `July`."""
        month = MONTHS.get(words[0])
        if month is None:
            return None
        day_ = _DAY.fullmatch(words[1]) if len(words) > 1 else None
        if day_ is not None:
            return self._in_year(int(day_[1]), month, words, 2)
        year, used = _year(words, 1)
        if year is not None:
            return _month(year, month, words[0]), used
        this = self.today
        period = _month(this.year - (month > this.month), month, words[0])
        return Period(period.first, period.last, assumed=True), 1

    def _in_year(
        self, day_: int, month: int, words: Sequence[str], at: int
    ) -> tuple[Period, int] | None:
        year, used = _year(words, at)
        text = " ".join(words[:used])
        if year is not None:
            return _day(year, month, day_, text), used
        return self._latest(day_, month, text), at

    def _latest(self, day_: int, month: int, text: str) -> Period:
        """The day of that name that is meant, or the latest there has been."""
        year = self.days.get(f"{month:02}-{day_:02}")
        years = [year] if year is not None else range(self.today.year, self.today.year - YEARS_BACK, -1)  # fmt: skip
        for one in years:
            if day_ <= calendar.monthrange(one, month)[1]:
                found = date(one, month, day_) if day_ else None
                if found is not None and (found <= self.today or year is not None):
                    return Period(found, found, assumed=True)
        raise Unreadable(f"“{as_written(text)}” is not in the calendar.")

    def _relative(self, words: Sequence[str]) -> tuple[Period, int] | None:
        today = self.today
        for phrase, start, end in (
            (("today",), today, today),
            (("right", "now"), today, today),
            (("now",), today, today),
            (("currently",), today, today),
            (("nowadays",), today, today),
            (("presently",), today, today),
            (("yesterday",), today - _ONE_DAY, today - _ONE_DAY),
            (("this", "month"), today.replace(day=1), today),
            (("this", "year"), today.replace(month=1, day=1), today),
        ):
            if tuple(words[: len(phrase)]) == phrase:
                return Period(start, end), len(phrase)
        return self._last(words) or self._ago(words)

    def _last(self, words: Sequence[str]) -> tuple[Period, int] | None:
        if tuple(words[:2]) == ("last", "year"):
            year = self.today.year - 1
            return Period(date(year, 1, 1), date(year, 12, 31)), 2
        if tuple(words[:2]) == ("last", "month"):
            last = self.today.replace(day=1) - _ONE_DAY
            return Period(last.replace(day=1), last), 2
        return None

    def _ago(self, words: Sequence[str]) -> tuple[Period, int] | None:
        """`a year ago`, `three months ago`."""
        if len(words) < 3 or words[2] != "ago":
            return None
        found = self.back(words[0], words[1])
        return None if found is None else (Period(found, found), 3)

    def back(self, number: str, unit: str) -> date | None:
        """The day so many days, weeks, months or years before today."""
        count = 1 if number in ("a", "an") else self.numbers.get(number)
        count = int(number) if count is None and number.isdecimal() else count
        one = unit.removesuffix("s")
        if count is None or count > 5000:
            return None
        if one in _UNITS:
            return self.today - timedelta(days=count * _UNITS[one])
        if one not in ("month", "year"):
            return None
        months = self.today.year * 12 + self.today.month - 1 - count * (12 if one == "year" else 1)
        if months < 12:
            return None
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(self.today.day, last))

    def _edge(self, words: Sequence[str]) -> tuple[Period, int] | None:
        """`the end of 2023`, `the beginning of July`."""
        at = 1 if words[0] == "the" else 0
        if len(words) < at + 3 or words[at + 1] != "of":
            return None
        found = self.period(words[at + 2 :])
        if found is None or words[at] not in ("end", "start", "beginning"):
            return None
        period, used = found
        edge = period.last if words[at] == "end" else period.first
        return Period(edge, edge, period.assumed), used + at + 2


def _year(words: Sequence[str], at: int) -> tuple[int | None, int]:
    """The year that stands there, perhaps after a comma or `of`, and the word after it."""
    at += at < len(words) and words[at] in (",", "of")
    if at < len(words) and _YEAR.fullmatch(words[at]):
        return int(words[at]), at + 1
    return None, at


def _day(year: int, month: int, day_: int, text: str) -> Period:
    try:
        found = date(year, month, day_)
    except ValueError:
        raise Unreadable(f"“{as_written(text)}” is not in the calendar.") from None
    return Period(found, found)


def _month(year: int, month: int, text: str) -> Period:
    try:
        first = date(year, month, 1)
    except ValueError:
        raise Unreadable(f"“{as_written(text)}” is not in the calendar.") from None
    return Period(first, first.replace(day=calendar.monthrange(year, month)[1]))


def as_written(text: str) -> str:
    """A date with its months in capitals again."""
    return " ".join(word.capitalize() if word in MONTHS else word for word in text.split())


def _slashed(one: int, other: int, year: int, text: str) -> Period:
    """`31/07/2024`, where only one of the two can be the month, or both are alike."""
    if one <= 12 and other <= 12 and one != other:
        raise Unreadable(f"“{text}” can be read as two days: write it like 2024-07-31.")
    day_, month = (one, other) if one > 12 else (other, one)
    return _day(year, month, day_, text)
