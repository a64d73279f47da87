"""Leaders of states and their days in office, as Archigos lists them.

Taken are the table of version 4.1 (`obsid`, `leadid`, `ccode`, `leader`, `startdate`, `enddate`,
`exit` …) and forms of it that call the state's number `gwcode`. See Goemans, Gleditsch and Chiozza
2009, "Introducing Archigos", *Journal of Peace Research* 46(2).

Archigos names the one who effectively leads a state, by surname as a rule. A surname is nobody's
alone, so leaders are known by their `leadid` and named with their country, and are never taken for
a person of that surname from elsewhere.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When, day, parse_day
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.intake import Intake, Row
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.spells import whole, year_of
from graph_service.importers.spells_states import States
from graph_service.importers.spells_tables import header_of, looked_through, rows_of

RELIABILITY = Reliability.B
"""Coded by hand from several chronicles of rulers for each country."""
CONFIDENCE = 0.95
"""Who led a state, and from which day to which, is a matter of record: the most a coding may have.
Who leads effectively where two share power is a judgement of the coders."""

IN_OFFICE = "still in office"
_COLLECTIVE = re.compile(
    r"\b(?:council|junta|committee|triumvirate|directory|presidium|regency)\b", re.IGNORECASE
)


class Leader(NamedTuple):
    """A leader as a row has him or her: identifier, name, number of the state, year of birth."""

    id: str
    name: str
    number: int
    born: str


class Leaders:
    """All leaders of a file by identifier, with what the first row of each says, and the last day of
    the data. Of the rest nothing is held."""

    def __init__(self) -> None:
        self.last = 0
        self._first: dict[str, Leader] = {}
        self._named: dict[tuple[str, int], set[str]] = {}

    def put(self, leader: Leader) -> None:
        """Note the leader of a row."""
        if leader.id not in self._first:
            self._first[leader.id] = leader
            self._named.setdefault((leader.name, leader.number), set()).add(leader.born)

    def key(self, leader: Leader) -> str:
        """The identifier; two whom it stands for, of another name in another state, are told apart."""
        first = self._first[leader.id]
        is_same = leader.name == first.name or leader.number == first.number
        return leader.id if is_same else f"{leader.id}/{leader.number}"

    def name(self, leader: Leader, country: str) -> str:
        """The name with the country, and with the year of birth where another has both."""
        several = len(self._named.get((leader.name, leader.number), ())) > 1
        return f"{leader.name} ({country}{f', born {leader.born}' * several * bool(leader.born)})"


class _Reading:
    """The state of one reading, of data whose leaders are known."""

    def __init__(self, intake: Intake, leaders: Leaders) -> None:
        self._intake = intake
        self._leaders = leaders
        self._states = States(intake.actors, "gw")
        last = leaders.last
        self._source = intake.source(source_of(intake, day(last))) if last else ""

    def row(self, cells: list[str], line: int) -> Row:
        """The term in office of a row."""
        leader = _leader(cells)
        start = _day(cells[4], "startdate")
        state = self._states.by_number(leader.number, int(day(start)[:4]), "ccode")
        person = self._intake.actors.actor(
            self._leaders.name(leader, self._intake.actors.name(state)),
            "government" if _COLLECTIVE.search(leader.name) else "person",
            key=self._leaders.key(leader),
        )
        claim = self._intake.claim(person, "heads", state, self._when(start, *cells[5:7]))
        confidence = self._intake.confidence(CONFIDENCE)
        return Row(line, (self._intake.told(claim, self._source, confidence, cells[7] or None),))

    def _when(self, start: int, end: str, exit_: str) -> When:
        last = _day(end, "enddate") if end else self._leaders.last
        if last < start:
            raise InvalidRecord(f"the term ends on {end}, before it starts", field="enddate")
        if not end or exit_.casefold() == IN_OFFICE:
            return When.parse(f"{day(start)}/")
        # A state holds until its end and not on it, so a term of one day ends on the next.
        return When.parse(f"{day(start)}/{day(max(last, start + 1))}")


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """A row for each term in office; of one that lasts when the data end, the end is not known."""
    header = header_of(packed, intake)
    number = "gwcode" if "gwcode" in header else "ccode"
    born = "yrborn" if "yrborn" in header else number
    columns = ("leadid", "leader", number, born, "startdate", "enddate", "exit", "obsid")
    leaders = Leaders()
    for cells in looked_through(packed, intake, columns):
        with suppress(InvalidRecord):
            leaders.put(_leader(cells))
            leaders.last = max(leaders.last, _day(cells[5], "enddate") if cells[5] else 0)
    return rows_of(packed, intake, columns, _Reading(intake, leaders).row)


def source_of(intake: Intake, last: str) -> Source:
    """The data as a source, dated by the last day that they attest."""
    return Source(
        f"archigos-{last}",
        f"Archigos, leaders to {last}",
        publisher="Goemans, Gleditsch and Chiozza",
        url="https://www.rochester.edu/college/faculty/hgoemans/data.htm",
        published=last,
        kind="data",
        reliability=intake.reliability(RELIABILITY),
        origin="archigos",
    )


def _leader(cells: list[str]) -> Leader:
    id_, name, number, born = cells[:4]
    if not id_ or not name:
        raise InvalidRecord("the leader has no identifier or no name", field="leadid")
    year = str(whole(born, "yrborn")) if born not in ("", number, "NA") else ""
    return Leader(id_, name, whole(number, "ccode"), year)


def _day(cell: str, field: str) -> int:
    try:
        found = parse_day(cell)
    except InvalidRecord as error:
        error.field = field
        raise
    year_of(cell[:4], field)
    return found


FORMAT = Format(
    name="leaders",
    title="Archigos: leaders of states and their days in office (csv or tab).",
    scheme="archigos",
    read=read,
    coder="import/leaders",
)
