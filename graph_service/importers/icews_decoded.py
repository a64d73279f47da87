"""ICEWS in the decoded form of benchmarks: date, subject, relation and object in words.

The words are labels of CAMEO, and the actors' names say what they are ("Police (India)"). There are
no publishers and no stories: the data set of the year is the source, and an event that stands twice
is one piece of evidence.
"""

from collections.abc import Iterator

from graph_service.domain.periods import When
from graph_service.importers.cameo import CameoLabels, Meaning
from graph_service.importers.events import Cells, EventDays, places_of, table_of
from graph_service.importers.events_actors import NamedActors
from graph_service.importers.events_rows import EventsOfTwo
from graph_service.importers.icews import DATA
from graph_service.importers.intake import Intake, Row
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format

_COLUMNS = ("date", "subject", "relation", "object")
_WHAT = "table of decoded ICEWS events (with codes and publishers: format icews)"


class _Decoded(EventsOfTwo):
    def __init__(self, intake: Intake, places: list[int]) -> None:
        super().__init__(intake, DATA)
        self._days = EventDays("date")
        self._labels = CameoLabels(intake.ontology)
        self._actors = NamedActors(intake, self.ties)
        self._date, self._subject, self._relation, self._object = places

    def when(self, row: Cells) -> When:
        return self._days[row[self._date]]

    def meaning(self, row: Cells) -> Meaning:
        return self._labels[row[self._relation]]

    def ends(self, row: Cells) -> tuple[str | None, str | None]:
        actors = self._actors
        return actors[row[self._subject], "", ""], actors[row[self._object], "", ""]

    def told_by(self, row: Cells, when: When) -> tuple[str, str | None]:
        return self.publishers.unnamed(when.text[:4]), None


def _read(packed: Packed, intake: Intake) -> Iterator[Row]:
    table = table_of(packed, intake)
    yield from _Decoded(intake, places_of(table, _COLUMNS, _WHAT)).rows(table)


FORMAT = Format(
    "icews-decoded", "ICEWS events with labels for codes", "icews", _read, "icews-importer"
)
