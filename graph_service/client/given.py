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


def one_by_one(actors: Iterable[str | Iterable[str]]) -> list[str]:
    """Actors that are given one after the other, or in lists.

    >>> one_by_one(["Iran"]), one_by_one([["Iran", "Hamas"]])
    (['Iran'], ['Iran', 'Hamas'])
    """
    several = ([one] if isinstance(one, str) else one for one in actors)
    return [actor for some in several for actor in some]
