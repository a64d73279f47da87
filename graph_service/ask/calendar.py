"""Days, months and years as people write them. Pure: what day today is comes from outside."""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph_service.queries.words import MONTHS as MONTH_NAMES
from graph_service.queries.words import in_words

_FULL = {name.lower(): place for place, name in enumerate(MONTH_NAMES, 1)}
MONTHS = _FULL | {name[:3]: place for name, place in _FULL.items()} | {"sept": 9}
_DAY = re.compile(r"(\d{1,2})(?:[snr][td]|th)?")
_YEAR = re.compile(r"[12]\d{3}")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_QUARTER = re.compile(r"q([1-4])")
_UNITS = {"day": 1, "week": 7}
_TO_NINETEENTH = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
_ORDINALS: dict[tuple[str, ...], int] = {
    ("twentieth",): 20,
    **{(word,): number for number, word in enumerate(_TO_NINETEENTH, 1)},
    **{("twenty", word): number for number, word in enumerate(_TO_NINETEENTH[:9], 21)},
    ("thirtieth",): 30,
    ("thirty", "first"): 31,
}
_DAYS_OF_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = {name.lower(): place for place, name in enumerate(_DAYS_OF_WEEK)}
_WEEKDAYS |= {name[:3]: place for name, place in _WEEKDAYS.items()}
_ONE_DAY = timedelta(days=1)
YEARS_BACK = 8  # a 29 February is at most so many years ago


class Unreadable(Exception):
    """A date that is there and cannot be understood; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Period:
    """A range of days, both included; `assumed` when the year was not said, `rough` when more days
    than these may be meant ("a year ago"), `standing` when it is said of what goes on ("now")."""

    first: date
    last: date
    assumed: bool = False
    rough: bool = False
    standing: bool = False

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
        readers = (
            self._digits, self._day_first, self._month_first, self._weekday, _quarter,
            self._relative, self._last, self._ago, self._edge,
        )  # fmt: skip
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
        """`31 July 2024`, `31st of July`, `the thirty-first of July`."""
        day_, used = _day_of_month(words)
        skipped = used + (list(words[used : used + 1]) == ["of"])
        month = words[skipped] if skipped < len(words) else ""
        if day_ is None or month not in MONTHS:
            return None
        return self._in_year(day_, MONTHS[month], words, skipped + 1)

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

    def _weekday(self, words: Sequence[str]) -> tuple[Period, int] | None:
        """`Monday 30 September 2024`, where that day is a Monday."""
        place = _WEEKDAYS.get(words[0])
        at = 1
        while at < len(words) and words[at] in (",", "the"):
            at += 1
        found = None if place is None or at == len(words) else self._a_day(words[at:])
        if found is None:
            return None
        day_, used = found[0].first, at + found[1]
        if day_.weekday() != place:
            told = in_words(day_.isoformat())
            raise Unreadable(f"{told} is a {_DAYS_OF_WEEK[day_.weekday()]}.")
        return found[0], used

    def _a_day(self, words: Sequence[str]) -> tuple[Period, int] | None:
        readers = (self._digits, self._day_first, self._month_first)
        found = next((found for reader in readers if (found := reader(words))), None)
        return found if found is not None and found[0].is_day else None

    def _relative(self, words: Sequence[str]) -> tuple[Period, int] | None:
        today = self.today
        for phrase, start, end in (
            (("today",), today, today),
            (("yesterday",), today - _ONE_DAY, today - _ONE_DAY),
            (("this", "week"), today - timedelta(days=today.weekday()), today),
            (("this", "month"), today.replace(day=1), today),
            (("this", "year"), today.replace(month=1, day=1), today),
        ):
            if tuple(words[: len(phrase)]) == phrase:
                return Period(start, end), len(phrase)
        for phrase in (("right", "now"), ("now",), ("currently",), ("nowadays",), ("presently",)):
            if tuple(words[: len(phrase)]) == phrase:
                return Period(today, today, standing=True), len(phrase)
        return None

    def _last(self, words: Sequence[str]) -> tuple[Period, int] | None:
        if tuple(words[:2]) == ("last", "week"):
            sunday = self.today - timedelta(days=self.today.weekday() + 1)
            return Period(sunday - timedelta(days=6), sunday), 2
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
        rough = words[1].removesuffix("s") != "day"
        return None if found is None else (Period(found, found, rough=rough), 3)

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
        return Period(edge, edge, period.assumed, rough=True), used + at + 2


def _day_of_month(words: Sequence[str]) -> tuple[int | None, int]:
    """The number of a day in digits or in words, and how many words it takes."""
    in_digits = _DAY.fullmatch(words[0])
    if in_digits is not None:
        return int(in_digits[1]), 1
    for used in (2, 1):
        if tuple(words[:used]) in _ORDINALS:
            return _ORDINALS[tuple(words[:used])], used
    return None, 0


def _quarter(words: Sequence[str]) -> tuple[Period, int] | None:
    """`Q3 2024`, `third quarter of 2024`."""
    short = _QUARTER.fullmatch(words[0])
    long = _TO_NINETEENTH[:4].index(words[0]) + 1 if words[0] in _TO_NINETEENTH[:4] else None
    if long is not None and list(words[1:2]) != ["quarter"]:
        return None
    number = int(short[1]) if short else long
    year, used = _year(words, 1 if short else 2)
    if number is None or year is None:
        return None
    last = calendar.monthrange(year, 3 * number)[1]
    return Period(date(year, 3 * number - 2, 1), date(year, 3 * number, last)), used


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
    return " ".join(
        word.capitalize() if word in MONTHS or _QUARTER.fullmatch(word) else word
        for word in text.split()
    )


def _slashed(one: int, other: int, year: int, text: str) -> Period:
    """`31/07/2024`, where only one of the two can be the month, or both are alike."""
    if one <= 12 and other <= 12 and one != other:
        raise Unreadable(f"“{text}” can be read as two days: write it like 2024-07-31.")
    day_, month = (one, other) if one > 12 else (other, one)
    return _day(year, month, day_, text)
