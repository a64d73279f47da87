"""Several files of native records as one: what one file needs may stand in another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import merge
from typing import TypeVar

from graph_service.domain.claims import ClaimRecord, Decision
from graph_service.domain.errors import Conflict, InvalidRecord, NotFound
from graph_service.domain.identity import Judgement
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.importers.native import NativeRecords, located
from graph_service.importers.packed import Place

T = TypeVar("T")


def import_together(
    write: Callable[[Iterable[Record]], T], places: Mapping[str, Place], ontology: Ontology
) -> T:
    """Read files by name and write their records in one go; raises what `import_native` raises,
    noting the name of the file, and then nothing of any of them was written."""
    together = _Together(places, ontology)
    try:
        return write(together.records())
    except (InvalidRecord, Conflict, NotFound) as error:
        if not together.name:  # refused before anything was read
            raise
        found = located(error, together.line)
        found.add_note(together.name)
        raise found from None


class _Together:
    """The records of all files, nouns of all of them first, and where the last one came from."""

    def __init__(self, places: Mapping[str, Place], ontology: Ontology) -> None:
        self.name = ""
        self._files = {name: NativeRecords(place, ontology) for name, place in places.items()}

    @property
    def line(self) -> int:
        return self._files[self.name].line

    def records(self) -> Iterator[Record]:
        # Each file gives its nouns first, so that merging keeps files that are read line by line.
        parts = (self._file(name) for name in self._files)
        for name, record in merge(*parts, key=lambda part: _rank(part[1])):
            self.name = name
            yield record

    def _file(self, name: str) -> Iterator[tuple[str, Record]]:
        while True:
            self.name = name
            try:
                record = next(self._files[name])
            except StopIteration:
                return
            yield name, record


def _rank(record: Record) -> int:
    match record:
        case ClaimRecord():
            return 1
        case Judgement() | Decision():
            return 2
        case _:
            return 0
