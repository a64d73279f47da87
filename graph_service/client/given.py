"""Parameters as they may be given in Python: days, times and lists of names."""

from collections.abc import Iterable
from datetime import date, datetime

Names = str | Iterable[str]
Day = str | date
Time = str | date | datetime


def as_names(given: Names) -> Iterable[str]:
    """Names one by one."""
    return given.split(",") if isinstance(given, str) else given


def as_day(given: Day | None) -> Day | None:
    """A day, without the time of a `datetime`."""
    return given.date() if isinstance(given, datetime) else given
