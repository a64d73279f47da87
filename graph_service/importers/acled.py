"""ACLED: events of armed conflict and protest that people have coded, one a row, with commas.

Sub-event types have their meaning through codes of CAMEO (`acled.toml`). A row that names no second
actor tells of no tie. Dates are days, weeks or months as the row says how precise they are; each of
the sources that it names, up to five, is a piece of evidence.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from graph_service.domain.claims import Claim, Evidence
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability
from graph_service.importers.cameo import MOST_LABELS, CameoCodes, Meaning
from graph_service.importers.events import (
    EMPTY,
    MOST_KEPT,
    Cells,
    DataSet,
    EventDays,
    column_name,
    places_of,
    table_of,
)
from graph_service.importers.events_actors import NamedActors, Part, entered, role_and_country
from graph_service.importers.events_rows import EventsOfTwo
from graph_service.importers.events_sources import StateTies
from graph_service.importers.intake import Intake, Row
from graph_service.importers.lines import Table
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format

DATA = DataSet(
    "acled",
    "Armed Conflict Location and Event Data",
    # Its researchers choose sources country by country and go through them week by week.
    Reliability.B,
    # People code the events, and others review them; who did it is now and then the source's guess.
    0.9,
)
MOST_SOURCES = 5
WEEK = timedelta(days=6)

_WHAT = "table of ACLED events"
_COLUMNS = ("event_id_cnty", "event_date", "sub_event_type", "actor1", "actor2", "source")
_YEARS = re.compile(r"\s*\(\d{4}-(?:\d{4})?\)\s*")
_DAY, _WEEK, _MONTH = "1", "2", "3"


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables of `acled.toml`."""

    codes: Mapping[str, str]
    turned: Mapping[str, str]
    skipped: Mapping[str, str]
    inter: Mapping[str, str]
    roles: Mapping[str, Mapping[str, str]]


@cache
def _tables() -> _Tables:
    text = files("graph_service.importers").joinpath("acled.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return _Tables(
        _folded(data["codes"]),
        _folded(data["turned"]),
        _folded(data["skipped"]),
        _folded(data["inter"]),
        data["roles"],
    )


def _folded(table: Mapping[str, str]) -> dict[str, str]:
    return {key.casefold(): value for key, value in table.items()}


class _SubEvents(dict[str, Meaning]):
    """The meaning of each sub-event type."""

    def __init__(self, ontology: Ontology) -> None:
        super().__init__()
        self._codes = CameoCodes(ontology)

    def __missing__(self, raw: str) -> Meaning:
        if len(self) >= MOST_LABELS:
            return Meaning("further types")
        self[raw] = meaning = self._meaning(" ".join(raw.split()))
        return meaning

    def _meaning(self, name: str) -> Meaning:
        tables, key = _tables(), name.casefold()
        if not name:
            raise InvalidRecord("the event has no type", field="sub_event_type")
        if key in tables.skipped:
            return Meaning(name, skipped=tables.skipped[key])
        code = tables.codes.get(key) or tables.turned.get(key)
        return Meaning(name[:100]) if code is None else self._codes[code]


class _Actors(dict[tuple[str, str], str | None]):
    """The actor of each pair of name and code (`inter`)."""

    def __init__(self, intake: Intake, ties: StateTies) -> None:
        super().__init__()
        self._intake = intake
        self._ties = ties
        self._named = NamedActors(intake, ties)
        self._countries = self._named.countries

    def __missing__(self, cells: tuple[str, str]) -> str | None:
        if len(self) >= MOST_KEPT:
            self.clear()
        self[cells] = found = self._actor(cells[0].strip(), cells[1].strip().casefold())
        return found

    def _actor(self, full: str, inter: str) -> str | None:
        # The years of a government in brackets: its forces are the same under the next.
        whole, *unit = (part.strip() for part in _YEARS.split(full, maxsplit=1))
        name = f"{whole} {unit[0]}".strip() if unit else whole
        if name in EMPTY:
            return None
        if self._countries.called(name) is not None:
            return self._named[name, "", ""]
        parts = _role(whole)
        if parts is not None:
            return self._part(name, inter, parts)
        return None if name.startswith("Unidentified ") else self._other(name, inter, None)

    def _part(self, name: str, inter: str, parts: tuple[str, str]) -> str:
        """A role of a country, or a unit of one."""
        called, country = parts
        home = self._countries.called(country)
        role = _tables().roles.get(called)
        if role is None or home is None:
            return self._other(name, inter, home)
        is_whole = name.endswith((country, ")"))
        known = f"{role['role']} ({self._intake.actors.name(home)})" if is_whole else name
        return entered(self._intake, self._ties, Part(known, role["class"], home, name))

    def _other(self, name: str, inter: str, home: str | None) -> str:
        class_ = _tables().inter.get(inter) or self._named.class_of_body(name)
        return entered(self._intake, self._ties, Part(name, class_, home))


def _role(name: str) -> tuple[str, str] | None:
    """The role and the country of a name: "Protesters (Iran)", "Military Forces of Iran"."""
    for role in _tables().roles:
        if role.endswith(" of") and name.startswith(f"{role} "):
            return role, name.removeprefix(f"{role} ").removeprefix("the ")
    return role_and_country(name)


class _Acled(EventsOfTwo):
    def __init__(self, intake: Intake, table: Table) -> None:
        super().__init__(intake, DATA)
        self._days = EventDays("event_date")
        self._types = _SubEvents(intake.ontology)
        self._actors = _Actors(intake, self.ties)
        places = places_of(table, _COLUMNS, _WHAT)
        self._event, self._date, self._type, self._first, self._second, self._source = places
        at = {column_name(name): place for place, name in enumerate(table.header)}.get
        self._inter, self._inter2 = at("inter1"), at("inter2")
        self._precision = at("time_precision")
        self._turned = _tables().turned

    def when(self, row: Cells) -> When:
        day = self._days[row[self._date]]
        precision = _cell(row, self._precision)
        return day if precision in ("", _DAY) else _roughly(day, precision)

    def meaning(self, row: Cells) -> Meaning:
        return self._types[row[self._type]]

    def ends(self, row: Cells) -> tuple[str | None, str | None]:
        first = self._actors[row[self._first], _cell(row, self._inter)]
        second = self._actors[row[self._second], _cell(row, self._inter2)]
        turned = row[self._type].strip().casefold() in self._turned
        return (second, first) if turned else (first, second)

    def told_by(self, row: Cells, when: When) -> tuple[str, str | None]:
        return self.publishers.unnamed(when.text[:4]), row[self._event]

    def evidence(self, claim: Claim, row: Cells) -> tuple[Evidence, ...]:
        names = list(dict.fromkeys(_parts(row[self._source])))
        if not names:
            return super().evidence(claim, row)
        place = f"event {row[self._event]}"
        if len(names) > MOST_SOURCES:
            place += f", which names {len(names)} sources"
        sources = dict.fromkeys(self.publishers[name] for name in names[:MOST_SOURCES])
        return tuple(
            self.intake.evidence(claim, source, self.confidence, place) for source in sources
        )


def _cell(row: Cells, place: int | None) -> str:
    return row[place].strip() if place is not None else ""


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip() not in EMPTY]


def _roughly(day: When, precision: str) -> When:
    """The week around a day, or its month."""
    if precision == _MONTH:
        return When.parse(day.text[:7])
    if precision != _WEEK:
        raise InvalidRecord(
            f"{precision[:20]!r} is no precision: 1, 2 or 3 is", field="time_precision"
        )
    middle = date.fromisoformat(day.text)
    # Any day of a week can stand for it.
    return When.parse(f"{middle - WEEK}/{middle + WEEK}")


def _read(packed: Packed, intake: Intake) -> Iterator[Row]:
    table = table_of(packed, intake)
    yield from _Acled(intake, table).rows(table)


FORMAT = Format("acled", "ACLED events", "acled", _read, "acled-importer")
