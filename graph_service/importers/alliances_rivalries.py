"""Rivalries between states: lists of dyads with their first and last year.

Taken are the lists of Thompson and Dreyer 2011, *Handbook of International Rivalries* (columns
`styear`, `endyear`), and of strategic rivalries by Thompson, Sakuwa and Suhas 2021, *Analyzing
Strategic Rivalries in World Politics* (columns `start`, `end`).
"""

from collections.abc import Iterator
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.intake import Intake, Row
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.spells import Spell, whole, year_of
from graph_service.importers.spells_states import States
from graph_service.importers.spells_tables import header_of, last_year, rows_of

RELIABILITY = Reliability.B
"""Judged by historians of foreign policy from what decision-makers said of each other."""
CONFIDENCE = 0.85
"""Which states are rivals is a judgement, and lists of rivalries differ on some of them."""


class List(NamedTuple):
    """A list of rivalries, and what its columns are called: first and last year, and name."""

    id: str
    title: str
    first: str
    last: str
    name: str


LISTS = (
    List(
        "thompson-dreyer", "Handbook of International Rivalries",
        "styear", "endyear", "rivalryname",
    ),
    List(
        "strategic-rivalries", "Analyzing Strategic Rivalries in World Politics",
        "start", "end", "rivalry",
    ),
)  # fmt: skip


class _Reading:
    """The state of one reading, of a list that ends with a year."""

    def __init__(self, intake: Intake, list_: List, end: int) -> None:
        self._intake = intake
        self._list = list_
        self._end = end
        self._states = States(intake.actors, "cow")
        self._source = intake.source(source_of(intake, list_, end)) if end else ""

    def row(self, cells: list[str], line: int) -> Row | None:
        name, one, other, first, last = cells
        start, end = year_of(first, self._list.first), year_of(last, self._list.last)
        ends = [
            self._states.by_number(whole(cell, field), start, field)
            for cell, field in ((one, "ccode1"), (other, "ccode2"))
        ]
        claim = self._intake.claim(ends[0], "rival_of", ends[1], self._when(start, end))
        confidence = self._intake.confidence(CONFIDENCE)
        return Row(line, (self._intake.told(claim, self._source, confidence, name or None),))

    def _when(self, start: int, end: int) -> When:
        if end < start:
            raise InvalidRecord(f"it ends in {end}, before {start}", field=self._list.last)
        return Spell(start, end).when(self._end)


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """A row for each rivalry; one that lasts as long as the list has an end that is not known."""
    header = header_of(packed, intake)
    list_ = next((one for one in LISTS if {one.first, one.name} <= header), None)
    if list_ is None:
        told = " or ".join(f"{one.name}, {one.first}, {one.last}" for one in LISTS)
        raise InvalidRecord(f"rivalries needs the columns ccode1, ccode2 and {told}", line=1)
    reading = _Reading(intake, list_, last_year(packed, intake, list_.first, list_.last))
    columns = (list_.name, "ccode1", "ccode2", list_.first, list_.last)
    return rows_of(packed, intake, columns, reading.row)


def source_of(intake: Intake, list_: List, last: int) -> Source:
    """The list as a source, dated by the last year that it attests."""
    return Source(
        f"{list_.id}-{last}",
        f"{list_.title}, rivalries to {last}",
        published=f"{last:04}",
        kind="data",
        reliability=intake.reliability(RELIABILITY),
        origin=list_.id,
    )


FORMAT = Format(
    name="rivalries",
    title="Rivalries between states: Thompson and Dreyer, strategic rivalries (csv).",
    scheme="cow",
    read=read,
    coder="import/rivalries",
)
