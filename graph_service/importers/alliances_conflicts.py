"""The UCDP/PRIO Armed Conflict Dataset: which states were at war with each other, by episode.

Taken are conflicts between states, each episode as one claim for each of its dyads; a conflict
with somebody who is no state has no number for the other side, and is passed over. Who only sent
troops to help a side (`gwno_a_2nd`, `gwno_b_2nd`) is no party. The data are described by Gleditsch
et al. 2002, "Armed Conflict 1946-2001", *Journal of Peace Research* 39(5).

Rows are years; what is held is a dated episode for each distinct conflict and dyad.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When, parse_day
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.intake import Intake, OfItself, Row
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.spells import whole, year_of
from graph_service.importers.spells_states import States
from graph_service.importers.spells_tables import last_year, rows_of

RELIABILITY = Reliability.B
"""Coded by hand from many reports by one research project."""
CONFIDENCE = 0.9
"""A conflict counts from 25 dead in battle a year; parties and dates are checked each year."""

COLUMNS = (
    "conflict_id", "year", "type_of_conflict", "gwno_a", "gwno_b",
    "start_date2", "start_prec2", "ep_end_date",
)  # fmt: skip
BETWEEN_STATES = frozenset({"interstate", "2", "2.0"})


class Episode(NamedTuple):
    """Fighting of two states in a conflict without a year's rest; `start` is the text of a date."""

    conflict: int
    ends: tuple[str, str]
    start: str


@dataclass(slots=True)
class Course:
    """How an episode went: its last year, the day on which it ended if it did, and how many rows
    tell of it, the first on `line`."""

    line: int
    last: int = 0
    end: str = ""
    rows: int = 0


class _Reading:
    """The state of one reading."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._states = States(intake.actors, "gw")
        self._episodes: dict[Episode, Course] = {}

    def row(self, cells: list[str], line: int) -> None:
        """Keep what a row says of its episode."""
        conflict, when, kind, one, other, start, precision, end = cells
        year = year_of(when, "year")
        if kind not in BETWEEN_STATES:
            self._intake.skip("a conflict that is not between states")
            return
        began = _start(start, precision)
        ends = end and _checked(end, "ep_end_date")
        dyads = [pair for pair in self._dyads(one, other, year) if pair[0] != pair[1]]
        if not dyads:
            raise OfItself("a tie of an actor to itself", field="gwno_b")
        number = whole(conflict, "conflict_id")
        for place, dyad in enumerate(dyads):
            course = self._episodes.setdefault(Episode(number, dyad, began), Course(line))
            course.last = max(course.last, year)
            course.end = max(course.end, ends)
            # Parties are many to a row, and the row is counted once.
            course.rows += place == 0

    def episodes(self, data_end: int) -> Iterator[Row]:
        """A row for each episode of each dyad."""
        source = self._intake.source(source_of(self._intake, data_end)) if data_end else ""
        for episode, course in self._episodes.items():
            try:
                when = When.parse(f"{episode.start}/{_end(course, data_end)}")
                claim = self._intake.claim(episode.ends[0], "at_war_with", episode.ends[1], when)
                record = self._intake.told(
                    claim,
                    source,
                    self._intake.confidence(CONFIDENCE),
                    f"conflict {episode.conflict}, episode from {episode.start}",
                )
            except InvalidRecord as error:
                for _ in range(course.rows):
                    self._intake.refuse_for(course.line, error)
            else:
                yield Row(course.line, (record,), course.rows)

    def _dyads(self, one: str, other: str, year: int) -> list[tuple[str, str]]:
        sides = [
            [self._states.by_number(whole(cell, field), year, field) for cell in side.split(",")]
            for side, field in ((one, "gwno_a"), (other, "gwno_b"))
        ]
        return [(min(a, b), max(a, b)) for a in sides[0] for b in sides[1]]


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """A row for each episode of fighting between two states."""
    reading = _Reading(intake)
    yield from rows_of(packed, intake, COLUMNS, reading.row)
    yield from reading.episodes(last_year(packed, intake, "year"))


def _start(cell: str, precision: str) -> str:
    """The start as exactly as the data know it: 1 is a day, 2 and 3 a month, above it a year."""
    known = whole(precision, "start_prec2") if precision else 1
    return _checked(cell, "start_date2")[: 10 if known == 1 else 7 if known < 4 else 4]


def _checked(cell: str, field: str) -> str:
    """A day as text; raises `InvalidRecord`."""
    try:
        parse_day(cell)
    except InvalidRecord as error:
        error.field = field
        raise
    return cell


def _end(course: Course, data_end: int) -> str:
    if course.end:
        return course.end
    return "" if course.last >= data_end else f"{course.last:04}"


def source_of(intake: Intake, last: int) -> Source:
    """The data as a source, dated by the last year that they attest."""
    return Source(
        f"ucdp-acd-{last}",
        f"UCDP/PRIO Armed Conflict Dataset, years to {last}",
        publisher="Uppsala Conflict Data Program",
        url="https://ucdp.uu.se/downloads/",
        published=f"{last:04}",
        kind="data",
        reliability=intake.reliability(RELIABILITY),
        origin="ucdp",
    )


FORMAT = Format(
    name="conflicts",
    title="UCDP/PRIO armed conflicts between states, by episode (csv).",
    scheme="gw",
    read=read,
    coder="import/conflicts",
)
