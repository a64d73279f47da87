"""ICEWS: events that a machine has coded from news, one a row, as the project publishes them
(tab-separated) or as packages for statistics write them (with commas).

The code decides the relation, the sectors and the country who an actor is; the publisher is the
source and the story the place in it, so that a story which tells an event in five sentences, or
from both sides ("host a visit", "make a visit"), is one piece of evidence for one claim.
"""

from collections.abc import Iterator

from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability
from graph_service.importers.cameo import CameoCodes, Meaning, has_lost_zeros
from graph_service.importers.events import (
    EMPTY,
    Cells,
    DataSet,
    EventDays,
    places_of,
    quiet,
    table_of,
)
from graph_service.importers.events_actors import NamedActors
from graph_service.importers.events_rows import EventsOfTwo
from graph_service.importers.intake import Intake, Row
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format

DATA = DataSet(
    "icews",
    "Integrated Crisis Early Warning System",
    # Some 300 agencies and papers that the project chose; none of them judged on its own.
    Reliability.C,
    # Its coder (BBN ACCENT) was found right in about three of four events, by root code.
    0.75,
)

_WHAT = "table of ICEWS events (date, subject, relation, object in words: format icews-decoded)"
_COLUMNS = (
    "Event Date", "CAMEO Code", "Source Name", "Source Sectors", "Source Country",
    "Target Name", "Target Sectors", "Target Country", "Publisher", "Story ID", "Event ID",
)  # fmt: skip


class _Icews(EventsOfTwo):
    def __init__(self, intake: Intake, places: list[int], *, have_lost_zeros: bool) -> None:
        super().__init__(intake, DATA)
        self._days = EventDays(_COLUMNS[0])
        self._codes = CameoCodes(
            intake.ontology, field=_COLUMNS[1], have_lost_zeros=have_lost_zeros
        )
        self._actors = NamedActors(intake, self.ties)
        self._date, self._code, *actors = places
        self._name, self._sectors, self._country, *others = actors
        self._name2, self._sectors2, self._country2, *others = others
        self._publisher, self._story, self._event = others

    def when(self, row: Cells) -> When:
        return self._days[row[self._date]]

    def meaning(self, row: Cells) -> Meaning:
        return self._codes[row[self._code]]

    def ends(self, row: Cells) -> tuple[str | None, str | None]:
        actors = self._actors
        return (
            actors[row[self._name], row[self._sectors], row[self._country]],
            actors[row[self._name2], row[self._sectors2], row[self._country2]],
        )

    def told_by(self, row: Cells, when: When) -> tuple[str, str | None]:
        story = row[self._story]
        place = f"event {row[self._event]}" if story in EMPTY else f"story {story}"
        publisher = row[self._publisher]
        if publisher in EMPTY:
            return self.publishers.unnamed(when.text[:4]), place
        return self.publishers[publisher], place


def _read(packed: Packed, intake: Intake) -> Iterator[Row]:
    before = table_of(packed, intake, quiet)
    places = places_of(before, _COLUMNS, _WHAT)
    at_code = places[1]
    lost = has_lost_zeros(row[at_code].strip() for row in before)
    events = _Icews(intake, places, have_lost_zeros=lost)
    yield from events.rows(table_of(packed, intake))


FORMAT = Format("icews", "ICEWS event data", "icews", _read, "icews-importer")
