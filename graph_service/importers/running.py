"""One file taken in: its rows go to the store in parts, each durable, and what is not taken is told.

A part that the store refuses is halved until the rows are found that it refuses, so that the rest
goes in. What is broken in a file as a whole is found before anything of it is written. A file that
is taken in again, or gone on with after a break, changes only what is missing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple, Protocol

from graph_service.domain.claims import ClaimRecord, Evidence
from graph_service.domain.errors import Conflict, InvalidRecord
from graph_service.domain.identity import Judgement
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.importers.book import ActorBook, Known, Reference
from graph_service.importers.intake import Intake, Refusal, Row, Wishes
from graph_service.importers.packed import Packed

PART = 20_000
"""So many rows are written at once."""


class Written(NamedTuple):
    """What a write did: how many entries it made, and how many records were known already."""

    written: int
    known: int


class Read(Protocol):
    """Reads the rows of a file; raises `InvalidRecord` where it is no such file."""

    def __call__(self, packed: Packed, intake: Intake) -> Iterator[Row]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that can be taken in.

    `scheme` is under which actors keep the identifiers of the file; `more` are the wishes that only
    this format knows, by name, with what they mean; those in `files` name files beside it, which
    nobody may name who sends a file from elsewhere.
    """

    name: str
    title: str
    scheme: str
    read: Read
    coder: str
    more: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What files are taken into: the vocabulary, the actors that are there and those of the
    reference set, and how records are written (or rehearsed), all of them or none."""

    ontology: Ontology
    known: Known
    reference: Reference
    write: Callable[[Sequence[Record]], Written]
    source: Callable[[str], Source | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a file: rows read, taken, skipped by reason, without a relation by code, and
    refused; what is new in the store; claims, evidence and actors that its rows told of."""

    rows: int = 0
    taken: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    entries: int = 0
    known: int = 0
    claims: int = 0
    evidence: int = 0
    new_actors: int = 0
    relations: Counter[str] = field(default_factory=Counter)


class Stopped(InvalidRecord):
    """A row was refused and the import is strict: nothing of the file was written."""


Progress = Callable[[int, int, int], None]
"""Told the bytes read, the bytes in all, and the rows taken."""


def _ignore(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told of rows that are refused and of progress, and whether the first row that is
    refused stops it all (`strict`)."""

    on_refusal: Callable[[Refusal], None] = _ignore
    progress: Progress = _ignore
    strict: bool = False


def take_in(
    format_: Format, packed: Packed, ground: Ground, wishes: Wishes, watch: Watch | None = None
) -> Summary:
    """Take in one file, and answer what became of it.

    A strict import reads the file to its end first and raises `Stopped` at the first row that is
    refused, and then nothing was written. Raises `InvalidRecord` where the file as a whole cannot
    be read.
    """
    watch = watch or Watch()
    packed.check()
    if watch.strict:
        watch = replace(watch, on_refusal=_stop)
        only_read = replace(ground, write=lambda _: Written(0, 0))
        _Taking(format_, packed, only_read, wishes, watch).run()
    return _Taking(format_, packed, ground, wishes, watch).run()


def _stop(refusal: Refusal) -> None:
    raise Stopped(
        f"{refusal.reason} (nothing was written, since the import is strict)",
        line=refusal.line or None,
        field=refusal.field,
    )


class _Taking:
    """The state of one import."""

    def __init__(
        self,
        format_: Format,
        packed: Packed,
        ground: Ground,
        wishes: Wishes,
        watch: Watch,
    ) -> None:
        self._format = format_
        self._packed = packed
        self._write = ground.write
        self._progress = watch.progress
        book = ActorBook(format_.scheme, ground.known, ground.reference)
        self._intake = Intake(
            ground.ontology,
            book,
            wishes,
            format_.coder,
            watch.on_refusal,
            known_source=ground.source,
        )
        self._taken = self._entries = self._already = self._claims = self._pieces = 0
        self._relations: Counter[str] = Counter()

    def run(self) -> Summary:
        rows = self._format.read(self._packed, self._intake)
        while part := list(islice(rows, PART)):
            self._put(part, self._intake.fresh())
            self._tell()
        self._put([], self._intake.fresh())
        self._tell()
        return self._summary()

    def _tell(self) -> None:
        self._progress(self._packed.done, self._packed.size, self._taken)

    def _summary(self) -> Summary:
        told = self._intake
        passed = told.skipped.total() + told.unmapped.total()
        return Summary(
            rows=self._taken + passed + told.refused,
            taken=self._taken,
            skipped=told.skipped,
            unmapped=told.unmapped,
            refused=told.refused,
            entries=self._entries,
            known=self._already,
            claims=self._claims,
            evidence=self._pieces,
            new_actors=told.actors.new,
            relations=self._relations,
        )

    def _put(self, rows: Sequence[Row], nouns: Sequence[Record]) -> None:
        """Write these rows, but those that the store refuses."""
        records: list[ClaimRecord | Judgement] = []
        try:
            records = joined(rows)
            if nouns or records:
                written = self._write([*nouns, *records])
                self._entries += written.written
                self._already += written.known
        except (InvalidRecord, Conflict) as error:
            if not rows:
                raise
            self._part(rows, nouns, error)
        else:
            self._count(rows, records)

    def _part(
        self, rows: Sequence[Row], nouns: Sequence[Record], error: InvalidRecord | Conflict
    ) -> None:
        if len(rows) == 1:
            field_ = error.field if isinstance(error, InvalidRecord) else None
            # What several rows told together is refused as often as it was counted, and told once.
            for _ in range(max(rows[0].rows, 1)):
                self._intake.refuse(rows[0].line, error.message, field_)
            self._put([], nouns)
            return
        half = len(rows) // 2
        self._put(rows[:half], nouns)
        self._put(rows[half:], ())

    def _count(self, rows: Sequence[Row], records: Sequence[Record]) -> None:
        self._taken += sum(row.rows for row in rows)
        for record in records:
            if isinstance(record, ClaimRecord):
                self._claims += 1
                self._pieces += len(record.evidence)
                self._relations[record.claim.relation] += 1


def joined(rows: Iterable[Row]) -> list[ClaimRecord | Judgement]:
    """The records of rows, those on one claim as one record with the evidence of all of them.

    Raises `Conflict` where two rows tell one piece of evidence differently.
    """
    found: dict[str, ClaimRecord] = {}
    several: dict[str, dict[str, Evidence]] = {}
    others: list[ClaimRecord | Judgement] = []
    for row in rows:
        for record in row.records:
            if not isinstance(record, ClaimRecord):
                others.append(record)
                continue
            id_ = record.claim.id
            first = found.setdefault(id_, record)
            if first is not record:
                pieces = several.setdefault(id_, {piece.id: piece for piece in first.evidence})
                _add(pieces, record.evidence)
    for id_, pieces in several.items():
        found[id_] = replace(found[id_], evidence=tuple(pieces.values()))
    return [*found.values(), *others]


def _add(pieces: dict[str, Evidence], more: Iterable[Evidence]) -> None:
    for piece in more:
        if pieces.setdefault(piece.id, piece) != piece:
            raise Conflict(f"evidence {piece.id} stands twice in the file, and not alike")
