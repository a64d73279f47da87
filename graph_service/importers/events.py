"""What all data sets of coded events have in common: their days, their columns, what is nothing.

Whatever a file has many of is kept by its raw text, so that each is looked at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability
from graph_service.importers.intake import Intake
from graph_service.importers.lines import Lines, Refuse, Table
from graph_service.importers.packed import Packed

Cells = list[str]

MOST_KEPT = 200_000
"""Of so many different texts each is kept; then all are forgotten, so that memory stays bounded."""

EMPTY = frozenset({"", "NA", "NaN", "nan", "None", "NULL", "null"})
"""How cells say that they have nothing."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


class EventDays(dict[str, When]):
    """The day of each date as it stands in a file: 2024-01-31, 20240131 or 31 January 2024.

    `days[raw]` raises `InvalidRecord`, naming the field, for what is no day of the calendar or lies
    after tomorrow.
    """

    def __init__(self, field: str) -> None:
        super().__init__()
        self._field = field
        self._last = datetime.now(UTC).date() + timedelta(days=1)

    def __missing__(self, raw: str) -> When:
        try:
            found = date(*_parts(raw.strip()))
        except ValueError as error:
            raise InvalidRecord(
                f"{raw[:40]!r} is no day of the calendar: 2024-01-31 or 20240131 is one",
                field=self._field,
            ) from error
        if found > self._last:
            raise InvalidRecord(f"{found} lies after tomorrow", field=self._field)
        self[raw] = when = When.parse(found.isoformat())
        return when


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month and day; raises ValueError."""
    if not text.isascii():
        raise ValueError(text)
    if len(text) == 8 and text.isdigit():
        return int(text[:4]), int(text[4:6]), int(text[6:])
    # A time of day may follow.
    if text[4:5] == "-" == text[7:8] and len(text) > 9 and text[10:11] in ("", " ", "T"):
        return int(text[:4]), int(text[5:7]), int(text[8:10])
    day, month, year = text.replace("-", " ").replace(",", " ").split()
    if not (year.isdigit() and len(year) == 4):
        raise ValueError(text)
    return int(year), _MONTHS.get(month.lower(), 0), int(day)


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set of events: its name in ids, its title, how far its publishers are believed, and how
    sure its coding is."""

    slug: str
    title: str
    reliability: Reliability
    confidence: float


def table_of(packed: Packed, intake: Intake, refuse: Refuse | None = None) -> Table:
    """The rows of a file with a header; what is wrong is told to the intake, or to `refuse`."""
    told = refuse or intake.refuse
    return Table(Lines(packed.unpacked(), told, encoding=intake.wishes.encoding), told)


def places_of(table: Table, names: Iterable[str], what: str) -> list[int]:
    """Where the columns stand, whether words are parted by spaces or underscores; raises
    `InvalidRecord` for the first that is missing, saying what the table should be."""
    found = {column_name(name): place for place, name in enumerate(table.header)}
    for name in names:
        if column_name(name) not in found:
            there = ", ".join(table.header[:40]) or "none"
            raise InvalidRecord(
                f"this is no {what}: it has no column {name!r}; its columns: {there[:400]}",
                field=name,
                line=1,
            )
    return [found[column_name(name)] for name in names]


def column_name(name: str) -> str:
    """The name of a column as it is compared."""
    return name.strip().casefold().replace(" ", "_")


def quiet(*_: object) -> None:
    """Refuses nothing: what a first reading meets, the second will tell of."""
