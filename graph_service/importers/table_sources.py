"""Where the rows of a table say that they have it from: a source each, else the file itself."""

import hashlib
from collections.abc import Callable
from urllib.parse import urlsplit

from graph_service.domain.errors import InvalidDate, InvalidRecord
from graph_service.domain.fields import check_text
from graph_service.domain.periods import parse_published
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.book import slug_of
from graph_service.importers.intake import Intake
from graph_service.importers.table_dates import Order, period

LONGEST_SLUG = 60
USUAL_RELIABILITY = Reliability.F
"""Of what somebody put into a table nothing is known beforehand."""

Get = Callable[[str], str]
"""The text of a field in a row, empty where it has none."""


class Sources:
    """The sources of a table; `published` is when the file was, for rows that do not say it."""

    def __init__(self, intake: Intake, file: str, published: str, order: Order | None) -> None:
        self._intake = intake
        self._file = file
        self._published = published
        self._order = order

    def source(self, get: Get) -> Source:
        """Who says what a row says; raises `InvalidRecord` where a cell is no such thing."""
        url, title = get("source_url"), get("source")
        publisher = get("publisher")
        # A row that cites nothing rests on the file that it stands in.
        is_cited = bool(title or url)
        title = title or url or self._file
        if not url and title.startswith(("http://", "https://")):
            url = title
        return Source(
            id=_id(title, url, publisher, get("source_published")) if is_cited else _file_id(title),
            title=check_text(" ".join(title.split()), "source"),
            publisher=_checked(publisher, "publisher"),
            url=_checked(url, "source_url"),
            published=self._date(get("source_published")),
            reliability=self._reliability(get("reliability")),
            origin=check_text(_origin(publisher, url) or title, "source"),
        )

    def _date(self, text: str) -> str | None:
        try:
            found = period(text or self._published, self._order)
            if found:
                parse_published(found)
        except InvalidDate as error:
            raise InvalidRecord(error.message, field="source_published") from None
        return found or None

    def _reliability(self, text: str) -> Reliability:
        if not text:
            return self._intake.reliability(USUAL_RELIABILITY)
        try:
            return Reliability(text.upper())
        except ValueError:
            raise InvalidRecord(
                f"{text[:40]!r} is no reliability: A (completely reliable) to E (unreliable), or F "
                "(cannot be judged)",
                field="reliability",
            ) from None


def _checked(text: str, name: str) -> str | None:
    return check_text(" ".join(text.split()), name) if text else None


def _id(*told: str) -> str:
    slug = slug_of(told[0])[:LONGEST_SLUG].strip("-_")
    mark = hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug or 'source'}~{mark}"


def _file_id(name: str) -> str:
    return slug_of(name)[:LONGEST_SLUG].strip("-_") or _id(name)


def _origin(publisher: str, url: str) -> str | None:
    """The owner behind a source: its publisher, else whose page it is."""
    if publisher:
        return " ".join(publisher.split())
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
