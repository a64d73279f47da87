"""POLECAT: events that a machine has coded from news after PLOVER, one a row, tab-separated.

Type, mode and contexts decide the relation. A cell may name several actors, parted by semicolons:
each of one side acts on each of the other. Where an actor has no name, its country and sector say
who it is, as in GDELT.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability
from graph_service.importers.cameo import Meaning, PloverTypes
from graph_service.importers.cameo_actors import role_of
from graph_service.importers.events import (
    EMPTY,
    Cells,
    DataSet,
    EventDays,
    column_name,
    places_of,
    table_of,
)
from graph_service.importers.events_actors import NamedActors
from graph_service.importers.events_rows import ITSELF, NOBODY, Events, Records
from graph_service.importers.intake import Intake, Row
from graph_service.importers.lines import Table
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format

DATA = DataSet(
    "polecat",
    "Political Event Classification, Attributes, and Types",
    # News in seven languages, translated by machine; no paper judged on its own.
    Reliability.C,
    # Its coder (NGEC) finds the type right in about six of ten events, and modes and contexts less
    # often.
    0.6,
)
MOST_ACTORS = 4
"""So many of one cell are taken, in their order: sixteen ties of one event are lists, not acts."""

_WHAT = "table of POLECAT events"
_REQUIRED = ("Event Date", "Event Type", "Actor Name", "Recipient Name")


@dataclass(frozen=True, slots=True)
class _Side:
    """Where the cells of one side stand; None for a column that is not there."""

    name: int
    country: int | None
    cow: int | None
    primary: int | None
    sectors: int | None


class _Polecat(Events):
    def __init__(self, intake: Intake, table: Table) -> None:
        super().__init__(intake, DATA)
        self._days = EventDays("Event Date")
        self._types = PloverTypes(intake.ontology)
        self._actors = NamedActors(intake, self.ties)
        self._date, self._type, actor, recipient = places_of(table, _REQUIRED, _WHAT)
        at = {column_name(name): place for place, name in enumerate(table.header)}.get
        self._event, self._source = at("event_id"), at("source")
        self._mode, self._contexts = at("event_mode"), at("contexts")
        self._sides = tuple(
            _Side(
                name,
                at(f"{side}_country"),
                at(f"{side}_cow"),
                at(f"primary_{side}_sector"),
                at(f"{side}_sectors"),
            )
            for side, name in (("actor", actor), ("recipient", recipient))
        )

    def when(self, row: Cells) -> When:
        return self._days[row[self._date]]

    def meaning(self, row: Cells) -> Meaning:
        return self._types[row[self._type], _cell(row, self._mode), _cell(row, self._contexts)]

    def told(self, row: Cells, relation: str, when: When) -> Records:
        subjects, objects = (self._all(row, side) for side in self._sides)
        if not subjects or not objects:
            return self.skipped(NOBODY)
        pairs = [(one, relation, other) for one in subjects for other in objects if one != other]
        # Symmetric relations would give a pair in both orders; the store knows them as one.
        records = tuple(self.claimed(ends, when, row) for ends in pairs)
        return records or self.skipped(ITSELF)

    def _all(self, row: Cells, side: _Side) -> tuple[str, ...]:
        names = _parts(row[side.name])
        countries = _parts(_cell(row, side.country)) or _parts(_cell(row, side.cow))
        sectors = _parts(_cell(row, side.primary)) or _parts(_cell(row, side.sectors))
        if not names:
            return self._unnamed(countries, sectors)
        found: dict[str, None] = {}
        for number, name in enumerate(names[:MOST_ACTORS]):
            country = _of(countries, number, len(names))
            id_ = self._actors[name, _of(sectors, number, len(names)), country]
            if id_ is not None:
                found[id_] = None
        return tuple(found)

    def _unnamed(self, countries: list[str], sectors: list[str]) -> tuple[str, ...]:
        """The states, or parts of states, that are meant where nobody is named."""
        role = role_of(sectors)
        homes = [
            home
            for country in countries[:MOST_ACTORS]
            if (home := self._actors.countries.called(country))
        ]
        if role is None:
            return tuple(homes) if not sectors else ()
        names = (f"{role[1]} ({self.intake.actors.name(home)})" for home in homes)
        return tuple(id_ for name in names if (id_ := self._actors[name, role[0], ""]))

    def told_by(self, row: Cells, when: When) -> tuple[str, str | None]:
        event, source = _cell(row, self._event), _cell(row, self._source)
        # The id of an event is that of its story with a number after it.
        place = f"story {event.rpartition('_')[0] or event}" if event else None
        if not source:
            return self.publishers.unnamed(when.text[:4]), place
        return self.publishers[source], place


def _cell(row: Cells, place: int | None) -> str:
    text = row[place].strip() if place is not None else ""
    return "" if text in EMPTY else text


def _parts(text: str) -> list[str]:
    found = (part.strip() for part in text.replace("|", ";").split(";"))
    return [part for part in found if part not in EMPTY]


def _of(parts: list[str], number: int, names: int) -> str:
    """What belongs to the name with this number; nothing where there are not as many."""
    if len(parts) == names:
        return parts[number]
    return parts[0] if len(parts) == 1 else ""


def _read(packed: Packed, intake: Intake) -> Iterator[Row]:
    table = table_of(packed, intake)
    yield from _Polecat(intake, table).rows(table)


FORMAT = Format("polecat", "POLECAT events, after PLOVER", "polecat", _read, "polecat-importer")
