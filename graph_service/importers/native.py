"""Native records: files with one JSON object a line, plain, gzip or zstandard.

A file is read twice, so that actors, sources and episodes come before the claims on them and
judgements and decisions last, whatever their order in the file.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, TypeVar

from graph_service.domain.errors import Conflict, InvalidRecord, NotFound
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record, parse_record
from graph_service.importers.packed import Packed, Place, opened
from graph_service.importers.strict_json import strict_json

LONGEST_LINE = 1_000_000
STEP = 1_000
"""Lines between two calls of `progress`."""

T = TypeVar("T")
Progress = Callable[[int, int], None]

_NOUNS = frozenset({"actor", "source", "episode"})
_LAST = frozenset({"judgement", "decision"})
_CLAIM = b'{"record":"claim",'
_BOM = b"\xef\xbb\xbf"


class NativeRecords:
    """The records of a file, nouns first; `line` is the line (from 1) of the one last given."""

    def __init__(self, place: Place, ontology: Ontology, progress: Progress | None = None) -> None:
        self.line = 0
        self._ontology = ontology
        self._progress = progress
        self._records = self._read(place)

    def __iter__(self) -> Iterator[Record]:
        return self

    def __next__(self) -> Record:
        return next(self._records)

    def _read(self, place: Place) -> Iterator[Record]:
        with opened(place) as packed:
            last = False
            for kind, data in self._pass(packed, 0):
                last |= kind in _LAST
                if kind in _NOUNS:
                    yield parse_record(data, self._ontology)
            for kind, data in self._pass(packed, 1):
                if kind not in _NOUNS | _LAST:
                    yield parse_record(data, self._ontology)
            for kind, data in self._pass(packed, 1) if last else ():
                if kind in _LAST:
                    yield parse_record(data, self._ontology)

    def _pass(self, packed: Packed, passes: int) -> Iterator[tuple[str, object]]:
        lines, size = packed.unpacked(), packed.size
        self.line = 1
        while line := _next_line(lines):
            text = line.removeprefix(_BOM).strip() if self.line == 1 else line.strip()
            # Most lines are claims, and the first pass need not read them to know it.
            if text and (passes or not text.startswith(_CLAIM)):
                data = strict_json(text)
                kind = data.get("record") if isinstance(data, dict) else None
                yield kind if isinstance(kind, str) else "", data
            if self._progress is not None and self.line % STEP == 0:
                self._progress(passes * size + packed.done, 2 * size)
            self.line += 1
        if self._progress is not None:
            self._progress((passes + 1) * size, 2 * size)


def read_native(
    place: Place, ontology: Ontology, *, progress: Progress | None = None
) -> NativeRecords:
    """The records of a file of native records, plain, gzip or zstandard.

    `place` is a path, a resource, a binary stream, or `-` for standard input. `progress` is told
    the bytes done and the bytes in all now and then; each byte is read twice. What is raised while
    they are read and written is located by `import_native`.
    """
    return NativeRecords(place, ontology, progress)


def import_native(
    write: Callable[[Iterable[Record]], T],
    place: Place,
    ontology: Ontology,
    *,
    progress: Progress | None = None,
) -> T:
    """Read a file and write its records in one go; raises `InvalidRecord` or `Conflict` with the
    line that it is about, and then nothing was written.

    ``import_native(lambda records: graph.write(records, by="desk"), path, graph.ontology)``
    """
    records = read_native(place, ontology, progress=progress)
    try:
        return write(records)
    except (InvalidRecord, Conflict, NotFound) as error:
        raise located(error, records.line) from None


def located(error: InvalidRecord | Conflict | NotFound, line: int) -> InvalidRecord | Conflict:
    """What is raised while a line of a file is read or written, with that line. What a file does
    not know is no answer that is missing: it makes the line wrong."""
    match error:
        case InvalidRecord():
            return error if error.line is not None else error.at_line(line)
        case Conflict():
            return Conflict(f"line {line}: {error.message}")
        case NotFound():
            return InvalidRecord(
                error.message, field=error.noun, line=line, suggestions=error.suggestions
            )


def _next_line(lines: BinaryIO) -> bytes:
    try:
        line = lines.readline(LONGEST_LINE + 1)
    except OSError as error:
        raise InvalidRecord(f"the file cannot be read to its end: {error.strerror}") from error
    if len(line) > LONGEST_LINE:
        raise InvalidRecord(f"the line has more than {LONGEST_LINE} bytes")
    return line
