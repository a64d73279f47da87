"""The roll calls that votes were cast in: when each was, and on which resolution."""

from dataclasses import dataclass, field
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import check_text
from graph_service.domain.periods import parse_day
from graph_service.importers.intake import Intake
from graph_service.importers.packed import Packed
from graph_service.importers.spells import whole, year_of
from graph_service.importers.spells_tables import header_of, looked_through

MOST = 200_000
"""The Assembly takes some 100 roll calls a year; a list of more than this is none of them."""
LONGEST_NAME = 60


class RollCall(NamedTuple):
    """A roll call, as one bit of the set of those in its window of years, by the first of them."""

    window: int
    year: int
    bit: int


@dataclass(slots=True)
class RollCalls:
    """All roll calls by number, in windows of so many calendar years.

    `resolutions` are those of each window in the order of the bits, and the number of the roll call
    where none is told.
    """

    years: int
    resolutions: dict[int, list[str]] = field(default_factory=dict)
    _calls: dict[int, RollCall] = field(default_factory=dict)

    def find(self, number: int) -> RollCall:
        """The roll call of this number; raises `InvalidRecord` where no dated one is known."""
        found = self._calls.get(number)
        if found is None:
            raise InvalidRecord(f"roll call {number} has no date", field="rcid")
        return found

    def put(self, number: int, year: int, resolution: str) -> None:
        """Note a roll call; one that was noted before stays as it was. Raises `InvalidRecord` where
        they are too many."""
        if number in self._calls:
            return
        if len(self._calls) >= MOST:
            raise InvalidRecord(f"the list has more than {MOST:,} roll calls")
        window = year - year % self.years
        named = self.resolutions.setdefault(window, [])
        self._calls[number] = RollCall(window, year, 1 << len(named))
        named.append(resolution or f"roll call {number}")


def roll_calls(packed: Packed, intake: Intake, years: int) -> RollCalls:
    """The roll calls of a table with `rcid`, `date` and, if it is told, `unres`. A row of it that
    has no number or date is as good as none: votes in it are refused where they stand."""
    found = RollCalls(years)
    columns = ["rcid", "date", *({"unres"} & header_of(packed, intake))]
    for number, date, *resolution in looked_through(packed, intake, columns):
        told = _told(number, date, *resolution)
        if told is not None:
            found.put(*told)
    return found


def _told(number: str, date: str, resolution: str = "") -> tuple[int, int, str] | None:
    try:
        parse_day(date[:10])
        if resolution:
            check_text(resolution, "unres")
        return whole(number, "rcid"), year_of(date[:4], "date"), resolution[:LONGEST_NAME]
    except InvalidRecord:
        return None
