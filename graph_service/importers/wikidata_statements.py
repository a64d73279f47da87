"""What a statement of Wikidata says besides its value: since when, until when, on whose word."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from graph_service.domain.errors import InvalidDate, InvalidRecord
from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.intake import Intake
from graph_service.importers.json_values import Json, shown
from graph_service.importers.told_dates import day_of, distinct, event_when, state_when
from graph_service.importers.web_pages import host, is_url
from graph_service.importers.wikidata_items import snak_item, snak_value

CITED = Reliability.C
"""Wikidata cites somebody, whom the reader has not read, and anybody may edit it."""
UNCITED = Reliability.D
"""Wikidata says so and cites nobody but other wikis."""

START, END, POINT = "P580", "P582", "P585"
HEDGE, SHARE = "P1480", "P1107"
STATED_IN, URL, TITLE = "P248", "P854", "P1476"
PUBLISHED, RETRIEVED, PAGES = "P577", "P813", "P304"

WIKIDATA = "wikidata"
_TIME = re.compile(r"\+0*(\d{4})-(\d\d)-(\d\d)T.*", re.ASCII | re.DOTALL)
_YEAR, _MONTH = 9, 10
_GREGORIAN = "Q1985727"


class Cited(NamedTuple):
    """A source in the making, and the place in it."""

    id: str
    title: str
    url: str | None
    published: str | None
    origin: str
    pages: str | None = None


def date_of(value: object) -> str:
    """A point in time as a day, month or year; raises `InvalidDate`.

    >>> date_of({"time": "+2013-08-00T00:00:00Z", "precision": 10})
    '2013-08'
    """
    told = value if isinstance(value, dict) else {}
    time, precision = told.get("time"), told.get("precision")
    match = _TIME.fullmatch(time) if isinstance(time, str) else None
    if match is None or not isinstance(precision, int) or precision < _YEAR:
        raise InvalidDate(
            "a date is a year, month or day of our era: decades, centuries and years before it "
            "are not taken",
            field="when",
        )
    if precision == _YEAR:
        return match[1]
    # A month or day of the other calendar is another one in this.
    if not str(told.get("calendarmodel", _GREGORIAN)).endswith(_GREGORIAN):
        raise InvalidDate(
            f"{str(time)[:20]!r} is a date of the Julian calendar, which is not reckoned over",
            field="when",
        )
    return f"{match[1]}-{match[2]}" if precision == _MONTH else "-".join(match.groups())


def when_of(statement: Json, *, is_event: bool, observable: bool) -> When:
    """The period that qualifiers tell; raises `InvalidDate`."""
    starts, ends = _dates(statement, START), _dates(statement, END)
    points = _dates(statement, POINT)
    if is_event:
        when = event_when([*points, *starts, *ends])
        if when is None:
            raise InvalidDate(
                "an event is on some day, and no qualifier tells of one", field="when"
            )
        return when
    if points and not starts and not ends:
        # It held on that day: then it had begun by it.
        if observable and len(points) == 1:
            return When.parse(points[0])
        return state_when([], [], start_if_untold=f"[..{distinct(points)[-1]}]")
    return state_when(starts, ends, end_if_untold=".." if _is_lasting(statement) else "")


def share_of(statement: Json) -> float | None:
    """The share that a qualifier tells, in percent."""
    for snak in _snaks(statement, "qualifiers", SHARE):
        value = snak_value(snak)
        told = value.get("amount") if isinstance(value, dict) else None
        if isinstance(told, str) and re.fullmatch(r"\+?[01](\.\d{1,10})?", told, re.ASCII):
            return round(min(float(told), 1.0) * 100, 6)
    return None


def known_by(data: Json, wished: str | None) -> str | None:
    """The day as of which an item is as it stands in the file."""
    modified = data.get("modified")
    return day_of(modified) if isinstance(modified, str) else wished


def is_hedged(statement: Json) -> bool:
    """Whether a qualifier says that it is not sure (`sourcing circumstances`)."""
    return bool(_snaks(statement, "qualifiers", HEDGE))


class References:
    """Tells of the sources of statements."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def sources(self, statement: Json, as_of: str | None) -> Iterator[tuple[str, str | None]]:
        """The ids of what a statement cites, with pages; Wikidata itself where it cites nobody.
        `as_of` is the day on which the statement stood so."""
        references = statement.get("references")
        told = references if isinstance(references, list) else []
        cited = [found for one in told if (found := _cited(one, as_of)) is not None]
        for one in cited or [_itself(as_of)]:
            reliability = CITED if cited else UNCITED
            yield self._source(one, reliability), one.pages

    def _source(self, cited: Cited, reliability: Reliability) -> str:
        return self._intake.source(
            Source(
                cited.id,
                cited.title,
                publisher=cited.origin if cited.url else None,
                url=cited.url,
                published=cited.published,
                reliability=self._intake.reliability(reliability),
                origin=cited.origin,
            )
        )


def _itself(as_of: str | None) -> Cited:
    day = "" if as_of is None else f"-{as_of}"
    title = "Wikidata" if as_of is None else f"Wikidata, as of {as_of}"
    return Cited(f"{WIKIDATA}{day}", title, "https://www.wikidata.org/", as_of, WIKIDATA)


def _cited(reference: object, as_of: str | None) -> Cited | None:
    """What a reference names; None where it names another wiki, or nothing."""
    if not isinstance(reference, dict):
        raise InvalidRecord("a reference is an object", field="references")
    url = next((one for one in _texts(reference, URL) if is_url(one)), None)
    work = next(
        (found for one in _snaks(reference, "snaks", STATED_IN) if (found := snak_item(one))), None
    )
    if url is None and work is None:
        return None
    origin = (None if url is None else host(url)) or f"{WIKIDATA}-q{work or 0}"
    titles = [shown(one) for one in _texts(reference, TITLE)]
    title = next(filter(None, titles), None) or (
        origin if work is None else f"Item Q{work} of Wikidata"
    )
    told = _first_date(reference, PUBLISHED) or _first_date(reference, RETRIEVED)
    published = told or (None if as_of is None else f"[..{as_of}]")
    marked = "\x1f".join((title, url or "", published or "", origin))
    mark = hashlib.sha256(marked.encode()).hexdigest()[:10]
    pages = shown(next(iter(_texts(reference, PAGES)), None))
    return Cited(f"{WIKIDATA}-cited~{mark}", title, url, published, origin, pages)


def _first_date(reference: Json, property_: str) -> str | None:
    for snak in _snaks(reference, "snaks", property_):
        try:
            found = date_of(snak_value(snak))
            When.parse(found)
        except InvalidDate:
            continue  # a reference without a date that can be read is still one
        return found
    return None


def _texts(reference: Json, property_: str) -> list[str]:
    found: list[Any] = [snak_value(snak) for snak in _snaks(reference, "snaks", property_)]
    told = [one.get("text") if isinstance(one, dict) else one for one in found]
    return [one for one in told if isinstance(one, str)]


def _dates(statement: Json, property_: str) -> list[str]:
    """The dates of a qualifier; unknown ones are none."""
    snaks = _snaks(statement, "qualifiers", property_)
    values = [snak_value(snak) for snak in snaks if _kind(snak) == "value"]
    return [date_of(value) for value in values]


def _is_lasting(statement: Json) -> bool:
    """Whether it says that there is no end."""
    return any(_kind(snak) == "novalue" for snak in _snaks(statement, "qualifiers", END))


def _kind(snak: object) -> str:
    return str(snak.get("snaktype", "value")) if isinstance(snak, dict) else "value"


def _snaks(data: Json, name: str, property_: str) -> list[Any]:
    by_property = data.get(name)
    found = by_property.get(property_) if isinstance(by_property, dict) else None
    return found if isinstance(found, list) else []
