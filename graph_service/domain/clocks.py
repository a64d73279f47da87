"""Times that cannot be true yet, held against the clock of the store that takes a record in."""

from datetime import UTC, datetime, timedelta

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import instant
from graph_service.domain.sources import Source

# Clocks of machines differ, and so do days around the world.
GRACE = timedelta(days=1)


def check_clock(name: str, time: datetime | None, now: datetime) -> None:
    """Raises `InvalidRecord` where a time lies more than a day after now."""
    if time is not None and time > now + GRACE:
        raise InvalidRecord(
            f"{name} is {instant(time)}, more than a day after {instant(now)}, the time of this "
            "machine: correct the one that is wrong",
            field=name,
        )


def check_published(source: Source, now: datetime) -> None:
    """Raises `InvalidRecord` where a source is certainly published after tomorrow."""
    days = source.published_days()
    tomorrow = now.astimezone(UTC).date() + GRACE
    if days is not None and days.earliest > tomorrow.toordinal():
        raise InvalidRecord(
            f"{source.published} lies after {tomorrow.isoformat()}, which is tomorrow by this "
            "machine: nothing is known of a source before it is published",
            field="published",
        )
