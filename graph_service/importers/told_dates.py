"""One period from dates that are told once, several times, or not at all.

What several dates leave open stays open: a state that began by one of them began by the last of
them (`[..B]`), and an event on one of them happened on some day from the first to the last.
"""

from collections.abc import Iterable

from graph_service.domain.errors import InvalidDate
from graph_service.domain.periods import Span, When

_LONGEST = len("2024-07-31")


def day_of(text: str) -> str:
    """The day, month or year of a date or time; raises `InvalidDate`.

    >>> day_of("2024-07-31T12:00:00"), day_of("2024-07")
    ('2024-07-31', '2024-07')
    """
    text = text.strip()
    found = text[:_LONGEST] if text[_LONGEST : _LONGEST + 1] in ("T", " ") else text
    When.parse(found)
    if "/" in found or "[" in found:
        raise InvalidDate(f"{found!r} is no day, month or year", field="when")
    return found


def distinct(texts: Iterable[str]) -> list[str]:
    """The days, months and years, earliest last day first, without those that others tell more
    exactly."""
    found = sorted({day_of(text) for text in texts})
    exact = [one for one in found if not any(o != one and o.startswith(one) for o in found)]
    return sorted(exact, key=_last)


def state_when(
    starts: Iterable[str],
    ends: Iterable[str],
    *,
    start_if_untold: str = "",
    end_if_untold: str = "",
) -> When:
    """The period of a state; a side that is not told is unknown, or as given (`..`)."""
    begun, ended = distinct(starts), distinct(ends)
    start = _by_the_last(begun) or start_if_untold
    end = _by_the_last(ended) or end_if_untold
    # One year at both sides is no observation: it began in it, and ended by its end.
    is_one = len(begun) == 1 and begun == ended
    return When.parse(f"{start}/[..{end}]" if is_one else f"{start}/{end}")


def event_when(dates: Iterable[str], known_by: str | None = None) -> When | None:
    """The day of an event, or by when it was known; None where neither is told."""
    found = distinct(dates)
    if not found:
        return None if known_by is None else When.parse(f"[..{day_of(known_by)}]")
    if len(found) == 1:
        return When.parse(found[0])
    first = min(found, key=lambda text: Span.parse(text).earliest)
    return When.parse(f"{first}/{found[-1]}")


def _by_the_last(found: list[str]) -> str:
    return f"[..{found[-1]}]" if len(found) > 1 else "".join(found)


def _last(text: str) -> tuple[int, str]:
    return Span.parse(text).latest, text
