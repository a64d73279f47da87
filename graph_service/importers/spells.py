"""Rows of single years merged into spells: unbroken runs of years in which one tie held.

A set of years is one whole number with a bit for each, so that a dyad of two centuries takes a few
dozen bytes. Whoever merges holds one such number for each distinct tie, and not the rows.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When

FIRST_YEAR = 1000
LAST_YEAR = 2200

REPEATED = "said by an earlier row"
"""Why a row is passed over that tells nothing new."""

_WHOLE = re.compile(r"\s*(\d{1,9})(?:\.0{1,9})?\s*", re.ASCII)


class Spell(NamedTuple):
    """From one year to another, both included."""

    first: int
    last: int

    @property
    def years(self) -> int:
        """The same as a set of years."""
        return ((1 << self.last - self.first + 1) - 1) << self.first - FIRST_YEAR

    def when(self, data_end: int) -> When:
        """The period of a state that held in each of these years.

        Where the data end with the spell (`data_end` is their last year), its end is not known.

        >>> Spell(1982, 1986).when(2003).text, Spell(1999, 2003).when(2003).text
        ('1982/1986', '1999/')
        """
        return When.parse(f"{self.first}/{'' if self.last >= data_end else self.last}")


def year_bit(year: int) -> int:
    """A set of this year alone."""
    return 1 << year - FIRST_YEAR


def spells(years: int) -> Iterator[Spell]:
    """The unbroken runs in a set of years, the earliest first.

    >>> [tuple(run) for run in spells(year_bit(1914) | year_bit(1915) | year_bit(1939))]
    [(1914, 1915), (1939, 1939)]
    """
    while years:
        low = (years & -years).bit_length() - 1
        run = years >> low
        length = (~run & run + 1).bit_length() - 1
        yield Spell(FIRST_YEAR + low, FIRST_YEAR + low + length - 1)
        years = run >> length << low + length


def whole(cell: str, field: str) -> int:
    """A whole number, also as spreadsheets and data frames write it; raises `InvalidRecord`.

    >>> whole("630.0", "ccode1")
    630
    """
    match = _WHOLE.fullmatch(cell)
    if not match:
        raise InvalidRecord(f"{cell[:40]!r} is no whole number", field=field)
    return int(match[1])


def year_of(cell: str, field: str) -> int:
    """A year that can be one; raises `InvalidRecord`."""
    year = whole(cell, field)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidRecord(f"{year} is no year from {FIRST_YEAR} to {LAST_YEAR}", field=field)
    return year


def said(cell: str) -> bool:
    """Whether a cell says that something is so: 1, as against 0, nothing, or a missing value."""
    return cell.strip() in _SO


_SO = frozenset({"1", "1.0", "TRUE", "True", "true"})
