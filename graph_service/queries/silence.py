"""Why an answer is empty, in words: what is not known, and since when anything is."""

from collections.abc import Sequence

import numpy as np

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.periods import DISTANT_FUTURE, DISTANT_PAST, day
from graph_service.graph.view import View


def silence(view: View, actors: Sequence[int]) -> str | None:
    """That nothing was known of these actors (all of them, where none is named) on the day asked
    about, and since when something is; None where something is known."""
    links = view.links
    codes = np.array(actors, np.int32) if actors else np.arange(len(view.actors))
    if (links.stop[codes] > links.start[codes]).any():
        return None
    told = view.told(codes.tolist(), ever=True)
    of = " and ".join(view.actors.name(code) for code in actors)
    if len(told.begins) == 0:
        return f"nothing is known{of and ' of '}{of}"
    first, today = int(told.begins.min()), view.frame.as_of
    if first > today:
        when = "later" if first >= DISTANT_FUTURE else day(first)
        return f"nothing is known{of and ' of '}{of} before {when}: ask as of then or later"
    last = int(np.minimum(told.ends, DISTANT_FUTURE).max())
    since = "" if last >= DISTANT_FUTURE or last <= DISTANT_PAST else f" since {day(last)}"
    return f"all that is known{of and ' of '}{of} has ended{since}: see the timeline"


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
