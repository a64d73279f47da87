"""What rows refer to by code: names, dates, sources, lives of evidence. Tables only grow."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.claims import Evidence, Status
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import DISTANT_FUTURE, Dates, End, When
from graph_service.domain.sources import Source
from graph_service.graph.judgements import Judgements
from graph_service.graph.view import Codes, Values

K = TypeVar("K", bound=Hashable)

NEVER = 2**62
"""A time in microseconds after every other."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.date().toordinal()
_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS_A_DAY = 86_400_000_000


def microseconds(moment: datetime | None) -> int:
    """A time as microseconds since 1970 (UTC); None is never."""
    return NEVER if moment is None else (moment - _EPOCH) // _MICROSECOND


def day_of(value: Any) -> Any:  # noqa: ANN401 - a number or an array of them
    """The day (ordinal) in which a time in microseconds lies."""
    return _EPOCH_DAY + value // _MICROSECONDS_A_DAY


class Column:
    """An array that grows at its end; what was handed out before stays as it was."""

    def __init__(self, dtype: str) -> None:
        self._values: NDArray[Any] = np.empty(16, dtype)
        self._length = 0

    @classmethod
    def over(cls, values: NDArray[Any]) -> "Column":
        """A column that begins with these values."""
        column = cls(values.dtype.str)
        column._values, column._length = values, len(values)
        return column

    def append(self, value: Any) -> None:  # noqa: ANN401 - whatever the column holds
        if self._length == len(self._values):
            self._values = np.concatenate(
                [self._values, np.empty(max(16, self._length), self._values.dtype)]
            )
        self._values[self._length] = value
        self._length += 1

    @property
    def array(self) -> NDArray[Any]:
        return self._values[: self._length]


class Interned(Generic[K]):
    """Values by code, in order of arrival; `find` gives the code of a value, None where it has not
    been seen."""

    def __init__(self, values: Iterable[K] = ()) -> None:
        self.values: list[K] = list(values)
        self._codes = {value: code for code, value in enumerate(self.values)}
        # The dictionary's own method: every question begins with it.
        self.find: Callable[[K], int | None] = self._codes.get

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, code: int) -> K:
        return self.values[code]

    def code(self, value: K) -> int:
        """The code of a value, a new one where it has not been seen."""
        code = self._codes.get(value)
        if code is None:
            code = len(self.values)
            self.values.append(value)
            self._codes[value] = code
        return code


WHEN_DTYPES = ("i4", "i4", "i4", "i4", "?", "?", "?")


class Whens:
    """Periods by code, with their ends as columns of days.

    A period is in every column before it is counted, so that a reader in another thread never
    sees columns of different lengths.
    """

    def __init__(self, texts: Iterable[str] = (), columns: Sequence[NDArray[Any]] = ()) -> None:
        self.texts: Interned[str] = Interned(texts)
        self.columns = tuple(map(Column.over, columns)) or tuple(map(Column, WHEN_DTYPES))

    def __getitem__(self, code: int) -> When:
        return When.parse(self.texts[code])

    def code(self, when: When) -> int:
        """The code of a period, a new one where it has not been seen."""
        known = self.texts.find(when.text)
        if known is not None:
            return known
        values = (
            when.start.earliest, when.start.latest, when.end.earliest, when.end.latest,
            when.single, when.start_is_unknown, when.end_is is End.KNOWN,
        )  # fmt: skip
        for column, value in zip(self.columns, values, strict=True):
            column.append(value)
        return self.texts.code(when.text)

    @property
    def end_earliest(self) -> Codes:
        return self.columns[2].array

    @property
    def end_latest(self) -> Codes:
        return self.columns[3].array

    @property
    def single(self) -> NDArray[np.bool_]:
        return self.columns[4].array

    @property
    def unknown_start(self) -> NDArray[np.bool_]:
        return self.columns[5].array

    @property
    def known_end(self) -> NDArray[np.bool_]:
        return self.columns[6].array

    def bounds(self, dates: Dates, *, event: bool) -> tuple[Codes, Codes]:
        """Start and end of every period by code, as `dates` reads them.

        An event has its one day at both ends; so has an observation. The start of a period whose
        start is unknown is its sources' matter in the certain reading.
        """
        count = len(self.texts)
        start_earliest, start_latest, end_earliest, end_latest, single = (
            column.array[:count] for column in self.columns[:5]
        )
        certain = dates is Dates.CERTAIN
        day = end_latest if certain else start_earliest
        if event:
            return day, day
        start, end = (start_latest, end_earliest) if certain else (start_earliest, end_latest)
        return np.where(single, day, start), np.where(single, day, end)


@dataclass(frozen=True, slots=True, eq=False)
class SourceColumns:
    """Each source as known at one time: ρ, origin, latest day of publication, and which version."""

    reliability: Values
    origin: Codes
    published: Codes
    version: Codes


class Sources:
    """Sources by code, every version of each with the time from which it was known."""

    def __init__(self, ontology: Ontology) -> None:
        self._reliability = ontology.parameters.reliability
        self.ids: Interned[str] = Interned()
        self.origins: Interned[str] = Interned()
        self.versions: list[tuple[int, int, Source]] = []
        self._cached: tuple[int, int, SourceColumns] | None = None

    def put(self, source: Source, recorded: int) -> None:
        """A source, or a new version of one, known from `recorded` on (microseconds)."""
        self.origins.code(source.origin_or_self)
        self.versions.append((self.ids.code(source.id), recorded, source))

    def at(self, known: int) -> SourceColumns:
        """The last version of each source recorded at or before `known`, else its first."""
        cached, count = self._cached, len(self.versions)
        if cached is not None and cached[0] == count and cached[1] <= known:
            return cached[2]
        chosen: dict[int, int] = {}
        last = 0
        for version, (code, recorded, _) in enumerate(self.versions[:count]):
            last = max(last, recorded)
            if code not in chosen or recorded <= known:
                chosen[code] = version
        columns = self._columns([chosen[code] for code in range(len(chosen))])
        if last <= known:
            self._cached = (count, last, columns)
        return columns

    def _columns(self, versions: list[int]) -> SourceColumns:
        sources = [self.versions[version][2] for version in versions]
        days = [source.published_days() for source in sources]
        return SourceColumns(
            np.array([self._reliability[s.reliability] for s in sources], np.float64),
            np.array([self.origins.find(s.origin_or_self) for s in sources], np.int32),
            np.array([DISTANT_FUTURE if d is None else d.latest for d in days], np.int32),
            np.array(versions, np.int32),
        )


Life = tuple[int, int, int, int]
"""Times in microseconds: recorded, accepted, rejected, retracted; `NEVER` for what was not."""


class Lives:
    """The lives of evidence by code; evidence of one import mostly shares one."""

    def __init__(self, lives: Iterable[Life] = ()) -> None:
        self.values: Interned[Life] = Interned()
        self._columns = [Column("i8") for _ in range(4)]
        for life in lives:
            self._add(life)

    def code(self, piece: Evidence) -> int:
        decided = microseconds(piece.decided_at or piece.recorded_at)
        accepted = piece.status in (Status.ACCEPTED, Status.RETRACTED)
        return self._add(
            (
                microseconds(piece.recorded_at),
                decided if accepted else NEVER,
                decided if piece.status is Status.REJECTED else NEVER,
                microseconds(piece.retracted_at),
            )
        )

    def _add(self, life: Life) -> int:
        code = self.values.code(life)
        if code == len(self._columns[0].array):
            for column, value in zip(self._columns, life, strict=True):
                column.append(value)
        return code

    @property
    def recorded(self) -> NDArray[np.int64]:
        array: NDArray[np.int64] = self._columns[0].array
        return array

    def counts(self, known: int, *, proposed: bool = False) -> NDArray[np.bool_]:
        """By code, whether evidence with this life is accepted, or perhaps proposed, at `known`."""
        count = min(len(column.array) for column in self._columns)
        recorded, accepted, rejected, retracted = (c.array[:count] for c in self._columns)
        held = rejected > known if proposed else accepted <= known
        live: NDArray[np.bool_] = (recorded <= known) & held & (retracted > known)
        return live


class ActorTable:
    """Actors by code; the table behind every view's `Actors`."""

    def __init__(
        self, ids: Iterable[str] = (), kinds: Iterable[str] = (), names: Iterable[str] = ()
    ) -> None:
        self.ids: Interned[str] = Interned(ids)
        self.names = list(names)
        self.kinds = list(kinds)
        self.by_kind: dict[str, list[int]] = {}
        for code, kind in enumerate(self.kinds):
            self.by_kind.setdefault(kind, []).append(code)

    def put(self, id_: str, kind: str, name: str) -> bool:
        """An actor, or what is now known of it; whether it was known as another kind."""
        code = self.ids.code(id_)
        if code == len(self.names):
            self.names.append(name)
            self.kinds.append(kind)
            self.by_kind.setdefault(kind, []).append(code)
            return False
        before, self.names[code], self.kinds[code] = self.kinds[code], name, kind
        if before == kind:
            return False
        # Lists that somebody may be reading are left as they are.
        self.by_kind[before] = [one for one in self.by_kind[before] if one != code]
        self.by_kind[kind] = sorted([*self.by_kind.get(kind, ()), code])
        return True


class Tables:
    """Every table that rows refer to."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.actors = ActorTable()
        self.sources = Sources(ontology)
        self.episodes: Interned[str] = Interned()
        self.episode_names: dict[str, str] = {}
        self.whens = Whens()
        self.confidences: Interned[float] = Interned()
        self.lives = Lives()
        self.judgements = Judgements()
