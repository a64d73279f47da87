"""Who says what an entity of FollowTheMoney tells, and when: data sets, publishers, pages."""

import hashlib
from collections.abc import Iterator
from itertools import zip_longest

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import End, Span, When
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.book import slug_of
from graph_service.importers.ftm_entities import Entity
from graph_service.importers.intake import Intake
from graph_service.importers.json_values import shown, text
from graph_service.importers.told_dates import day_of
from graph_service.importers.web_pages import host, is_url

RELIABILITY = Reliability.F
"""FollowTheMoney is a format: any data set may stand in it, and cannot be judged from here."""

UNNAMED = "followthemoney"
"""The origin of what names no data set and no publisher. All such files count as one origin, so that
one data set under two names does not seem to be two."""

_FIRST = ("createdAt", "modifiedAt", "retrievedAt")
_LAST = ("modifiedAt", "retrievedAt")


class Said:
    """Who says it, and on which days as far as that is told."""

    def __init__(self, intake: Intake, entity: Entity) -> None:
        self._intake = intake
        self._entity = entity
        self._wished = intake.wishes.more.get("published")

    @property
    def first(self) -> str | None:
        """The first day on which it is known to have been said."""
        return _earliest([*self._entity.all(*_FIRST), *self._seen("first_seen")]) or self._wished

    @property
    def last(self) -> str | None:
        """The last day on which it is known to have been said."""
        return _latest([*self._entity.all(*_LAST), *self._seen("last_change")]) or self.first

    def _seen(self, name: str) -> list[str]:
        told = (text(self._entity.data, name), text(self._entity.data, "last_seen"))
        return [day for day in told if day is not None]

    def sources(self, when: When) -> Iterator[str]:
        """The ids of the sources: each data set or publisher, as of the days that bound what the
        period leaves unknown. Raises `InvalidRecord` where there is no such day."""
        days = dict.fromkeys(self._days(when))
        for publisher, url in self._publishers():
            for day in days:
                yield self._intake.source(self._source(publisher, url, day))

    def _days(self, when: When) -> Iterator[str | None]:
        if not when.has_unknown_side:
            yield None
            return
        first, last = self.first, self.last
        if first is None or last is None:
            raise InvalidRecord(
                f"{when.text!r} has an unknown side, and nothing tells when this was published: "
                "name the day as of which the file is, with the wish published=2024-07-31",
                field="startDate" if when.start_is_unknown else "endDate",
            )
        if when.start_is_unknown:
            yield first
        if when.end_is is End.UNKNOWN:
            yield last

    def _publishers(self) -> list[tuple[str, str | None]]:
        """Publishers, else data sets, each with the page if there is one for each. A data set that
        several publishers are gathered in is no origin of its own."""
        entity = self._entity
        told = entity.texts("publisher") or entity.datasets
        names = [name for name in map(shown, told) if name is not None]
        urls = [url for url in entity.texts("sourceUrl") if is_url(url)]
        if not names:
            wished = self._intake.wishes.more.get("dataset", UNNAMED)
            return [(host(url) or wished, url) for url in urls[:1]] or [(wished, None)]
        if len(names) > 1 and len(urls) != len(names):
            return [(name, None) for name in names]
        return list(zip_longest(names, urls[: len(names)]))

    def _source(self, publisher: str, url: str | None, day: str | None) -> Source:
        told = "\x1f".join((publisher, url or "", day or ""))
        mark = hashlib.sha256(told.encode()).hexdigest()[:8]
        slug = slug_of(publisher)
        return Source(
            f"ftm-{slug}~{mark}" if slug else f"ftm~{mark}",
            publisher if day is None else f"{publisher}, as of {day}",
            publisher=publisher,
            url=url,
            published=day,
            kind="data",
            reliability=self._intake.reliability(RELIABILITY),
            origin=slug or publisher,
        )


def _earliest(dates: list[str]) -> str | None:
    return min(map(day_of, dates), key=_last_day, default=None)


def _latest(dates: list[str]) -> str | None:
    return max(map(day_of, dates), key=_last_day, default=None)


def _last_day(text: str) -> tuple[int, str]:
    return Span.parse(text).latest, text
