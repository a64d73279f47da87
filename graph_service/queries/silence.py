"""Why an answer is empty, in words: what is not known, and since when anything is."""

from collections.abc import Sequence

import numpy as np

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.periods import day, day_or_none, instant
from graph_service.graph.view import Frame, View
from graph_service.queries.words import listed


def silence(view: View, actors: Sequence[int]) -> str | None:
    """That nothing was known of these actors (all of them, where none is named) on the day asked
    about, and since when something is; None where something is known."""
    links = view.links
    codes = np.array(actors, np.int32) if actors else np.arange(len(view.actors))
    if (links.stop[codes] > links.start[codes]).any():
        return None
    told = view.told(codes.tolist(), ever=True)
    of = f" of {listed([view.actors.name(code) for code in actors])}" if actors else ""
    if len(told.begins) == 0:
        return _nothing(view.frame, of)
    return _at_another_time(view, of, int(told.begins.min()), int(told.ends.max()))


def _nothing(frame: Frame, of: str) -> str:
    if frame.known_at is not None:
        return f"nothing was known{of} at {instant(frame.known_at)}: ask with a later known_at"
    if frame.min_confidence > 0:
        return f"nothing is known{of} with a confidence of {frame.min_confidence:g} or more"
    return f"nothing is known{of}"


def _at_another_time(view: View, of: str, first: int, last: int) -> str:
    """When something is known that is not on the day asked about, from a day to a day."""
    if day_or_none(first) is None and first > 0:
        return f"nothing that is known{of} has a certain date: ask with dates=possible"
    if first > view.frame.as_of:
        return f"nothing is known{of} before {day(first)}: ask as of then or later"
    ended = day_or_none(last)
    since = "" if ended is None else f" since {ended}"
    return f"all that is known{of} has ended{since}: see the timeline"


def check_two(one: str, other: str, parameter: str) -> None:
    """Raise `InvalidQuestion` where two actors, by id, are one."""
    if one == other:
        raise InvalidQuestion(
            f"{parameter}: two different actors are needed, and both are {one!r}",
            parameter=parameter,
        )


def two_codes(view: View, between: tuple[str, str], parameter: str = "between") -> tuple[int, int]:
    """The codes of two actors, by id; raises `NotFound`, and `InvalidQuestion` where they are
    one."""
    check_two(*between, parameter)
    a, b = (view.actors.code(id_) for id_ in between)
    check_two(view.actors.id(a), view.actors.id(b), parameter)
    return a, b
