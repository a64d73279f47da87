"""GDELT 1.0 and 2.0, the tables of events: a machine codes them from news on the web, and publishes
them without a header, tab-separated, in 57, 58 (1.0) or 61 columns (2.0).

The source is the site that the first article stands on, one for each domain, and the article the
place in it; older files, which name no article, have the data set of the year as their source.
"""

import re
from collections.abc import Iterator

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability
from graph_service.importers.book import slug_of
from graph_service.importers.cameo import CameoCodes, Meaning, has_lost_zeros
from graph_service.importers.cameo_actors import CodedActors
from graph_service.importers.events import MOST_KEPT, Cells, DataSet, EventDays, quiet
from graph_service.importers.events_rows import EventsOfTwo
from graph_service.importers.events_sources import Publishers
from graph_service.importers.intake import Intake, Row
from graph_service.importers.lines import Lines, Refuse, Table
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format

DATA = DataSet(
    "gdelt",
    "GDELT event database",
    # Any page of the web: nobody has judged the sites.
    Reliability.F,
    # Its coder (TABARI) was found right in fewer than half of the events, BBN ACCENT in three of
    # four; places, rumours and sport are taken for politics.
    0.45,
)

_DOMAIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,120}", re.ASCII)
_URL = "SOURCEURL"
_READ = ("SQLDATE", "EventCode", "Actor1Code", "Actor2Code")

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode",
    "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _names(place: tuple[str, ...], *last: str) -> tuple[str, ...]:
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
        "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
        *(f"{where}Geo_{part}" for where in ("Actor1", "Actor2", "Action") for part in place),
        "DATEADDED", *last,
    )  # fmt: skip


_ALL_OF_ACTORS = tuple(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR)
_SPELLINGS = {name.casefold(): name for name in (*_READ, *_ALL_OF_ACTORS, _URL)} | {
    "day": "SQLDATE",
}
_LAYOUTS = {
    len(names): names
    for names in (
        _names(_PLACE),
        _names(_PLACE, "SOURCEURL"),
        _names(_PLACE_2, "SOURCEURL"),
    )
}


class _Sites(dict[str, str]):
    """The source for the host of each address."""

    def __init__(self, publishers: Publishers) -> None:
        super().__init__()
        self._publishers = publishers

    def __missing__(self, host: str) -> str:
        if len(self) >= MOST_KEPT:
            self.clear()
        name = host.strip().lower().partition(":")[0].removeprefix("www.")
        slug = name if _DOMAIN.fullmatch(name) else slug_of(name)
        self[host] = found = self._publishers.called(slug, name)
        return found


class _Gdelt(EventsOfTwo):
    def __init__(self, intake: Intake, columns: list[str], *, have_lost_zeros: bool) -> None:
        super().__init__(intake, DATA)
        self._days = EventDays(_READ[0])
        self._codes = CameoCodes(intake.ontology, field=_READ[1], have_lost_zeros=have_lost_zeros)
        self._actors = CodedActors(intake, self.ties)
        self._sites = _Sites(self.publishers)
        self._date, self._code, self._first, self._second = map(columns.index, _READ)
        self._url = columns.index(_URL) if _URL in columns else None

    def when(self, row: Cells) -> When:
        return self._days[row[self._date]]

    def meaning(self, row: Cells) -> Meaning:
        return self._codes[row[self._code]]

    def ends(self, row: Cells) -> tuple[str | None, str | None]:
        return self._actors.of(row, self._first), self._actors.of(row, self._second)

    def told_by(self, row: Cells, when: When) -> tuple[str, str | None]:
        url = row[self._url] if self._url is not None else ""
        if not url:
            return self.publishers.unnamed(when.text[:4]), f"event {row[0]}"
        return self._sites[url.split("/", 3)[2] if "://" in url else url], url


def _read(packed: Packed, intake: Intake) -> Iterator[Row]:
    before = _table(packed, intake, quiet)
    columns = [_SPELLINGS.get(name.casefold(), name) for name in before.header]
    at_code = columns.index("EventCode")
    lost = has_lost_zeros(row[at_code].strip() for row in before)
    events = _Gdelt(intake, columns, have_lost_zeros=lost)
    yield from events.rows(_table(packed, intake, intake.refuse))


def _table(packed: Packed, intake: Intake, refuse: Refuse) -> Table:
    """The rows of the file, with the header that it has or that belongs to so many columns."""
    encoding = intake.wishes.encoding
    table = Table(Lines(packed.unpacked(), quiet, encoding=encoding), quiet)
    names = () if _has_header(table.header) else _LAYOUTS.get(len(table.header))
    if names is None:
        raise InvalidRecord(
            f"this is no table of GDELT events: it has {len(table.header):,} columns, and they have "
            f"{', '.join(map(str, _LAYOUTS))} parted by tabs, or a header",
            line=1,
        )
    return Table(Lines(packed.unpacked(), refuse, encoding=encoding), refuse, names=names)


def _has_header(cells: list[str]) -> bool:
    names = {_SPELLINGS.get(cell.casefold(), cell) for cell in cells}
    return names.issuperset((*_READ, *_ALL_OF_ACTORS))


FORMAT = Format("gdelt", "GDELT 1.0 and 2.0 event tables", "gdelt", _read, "gdelt-importer")
