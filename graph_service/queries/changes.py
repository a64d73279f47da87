"""What changed about an actor between two days or two states of knowledge, and why its leverage did.

The change of leverage is split over causes by applying them one after the other, in the order
`added`, `ended`, `decayed`, `retracted`, `corroborated`, `disputed`, `reassessed`: evidence weighs
as before until its cause is applied, and as after from then on. The differences telescope, so that
they add up to the whole change (`docs/method.md`, "Changes").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.periods import day, instant
from graph_service.graph.histories import Cause, Changed
from graph_service.graph.view import Citation, View
from graph_service.queries.answers import (
    Answer,
    CitedClaim,
    NamedActor,
    cited,
    coverage,
    meta,
    named,
)
from graph_service.queries.budget import Budget
from graph_service.queries.explain import narrowed
from graph_service.queries.shifts import Shift, Shifts
from graph_service.queries.silence import silence, two_codes
from graph_service.queries.ties import check_range

MOST = 200
A_YEAR = 365
FADED = 0.05
"""A claim that only decayed is told of where its weight fell by more than this."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One of the two ends: a day in the world, what the store knew (None: everything), and how many
    ties of the actors are left out there for uncertain dates: what is left out before and not after
    seems to come, and may have been there."""

    as_of: str
    known_at: str | None
    held_back: int


@dataclass(frozen=True, slots=True)
class ChangedClaim:
    """A claim whose evidence weighs otherwise: the weight of its strongest asserting piece before
    and after, and all causes of the difference."""

    claim: CitedClaim
    before: float
    after: float
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class ClaimsOf:
    """The claims that one cause changed, those whose weight changed most first, and how many there
    are in all."""

    claims: tuple[ChangedClaim, ...]
    available: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed about `actors` (one, or what is between two): the claims by cause, and whose
    influence over them changed most. `order` are the causes in the order in which they were
    applied. `reason` says why there is nothing."""

    actors: tuple[NamedActor, ...]
    before: Moment
    after: Moment
    one_origin: bool
    order: tuple[Cause, ...]
    claims: Mapping[str, ClaimsOf]
    leverage: tuple[Shift, ...]
    reason: str | None


def changes(
    view: View,
    actors: Sequence[str],
    *,
    since: int | None = None,
    known_since: datetime | None = None,
    limit: int = 20,
    budget: Budget | None = None,
) -> Answer[Changes]:
    """What changed about one actor, or between two, by id, up to where the view stands.

    `since` is the earlier day (an ordinal; None: the same), `known_since` the earlier state of
    knowledge (None: the same); where both are None, the earlier day is a year before. At most `limit` (1–200) claims of
    each cause and actors are told. Raises `NotFound`, and `InvalidQuestion` for dates in the wrong
    order.
    """
    check_range("limit", limit, MOST)
    codes = _codes(view, actors)
    frame = view.frame
    if since is None and known_since is None:
        since = max(frame.as_of - A_YEAR, 1)
    _check(view, since, known_since)
    before = view.at(frame.as_of if since is None else since, known_since or frame.known_at)
    becoming = before.becoming(view)
    changed = becoming.changed(codes, together=len(codes) > 1)
    claims, citations = _claims(view, changed, limit)
    shifts = Shifts(before, view, becoming, budget or Budget())
    for target in codes:
        shifts.over(target, only=[code for code in codes if code != target] or None, limit=limit)
    citations += shifts.cited
    ends = _moment(before, codes), _moment(view, codes)
    covers = coverage(citations, max(end.held_back for end in ends))
    data = Changes(
        actors=tuple(named(view, code) for code in codes),
        before=ends[0],
        after=ends[1],
        one_origin=covers.origins == 1,
        order=tuple(becoming.causes),
        claims=claims,
        leverage=tuple(shifts.told),
        reason=None if claims or shifts.told else _reason(view, codes),
    )
    truncated = narrowed(view, cut=shifts.cut, spent=shifts.spent)
    return Answer(data, meta(view, covers, truncated, citations))


def _codes(view: View, actors: Sequence[str]) -> list[int]:
    match actors:
        case [one]:
            return [view.actors.code(one)]
        case [one, other]:
            return list(two_codes(view, (one, other), "other"))
    raise InvalidQuestion("changes are asked of one actor, or between two", parameter="other")


def _check(view: View, since: int | None, known_since: datetime | None) -> None:
    frame = view.frame
    if since is not None and since > frame.as_of:
        raise InvalidQuestion(
            f"the dates are in the wrong order: {day(since)} is after {day(frame.as_of)}",
            parameter="from",
        )
    if known_since is not None and frame.known_at is not None and known_since > frame.known_at:
        raise InvalidQuestion(
            f"the states of knowledge are in the wrong order: {instant(known_since)} is after "
            f"{instant(frame.known_at)}",
            parameter="known_from",
        )


def _moment(view: View, codes: Sequence[int]) -> Moment:
    known = view.frame.known_at
    told = None if known is None else instant(known)
    return Moment(day(view.frame.as_of), told, view.held_back(codes))


def _reason(view: View, codes: Sequence[int]) -> str:
    return silence(view, codes) or "nothing that is known of it changed between the two"


def _claims(view: View, changed: Changed, limit: int) -> tuple[dict[str, ClaimsOf], list[Citation]]:
    """The changed claims by cause."""
    moved = np.abs(changed.after - changed.before)

    def said(place: int) -> tuple[str, ...]:
        ends = (view.actors.id(int(end[place])) for end in (changed.subject, changed.object))
        what = f"{int(changed.relation[place]):03}", changed.when[place]
        return (*ends, *what, changed.episode[place] or "")

    found: dict[str, ClaimsOf] = {}
    citations: list[Citation] = []
    for cause in Cause:
        places = [
            place
            for place, causes in enumerate(changed.causes)
            if cause in causes and (cause is not Cause.DECAYED or _is_told(causes, moved[place]))
        ]
        places.sort(key=lambda place: (-round(float(moved[place]), 12), said(place)))
        told = _told(changed, places, limit)
        if told:
            citations += [citation for citation, _ in told]
            some = tuple(sorted((one for _, one in told), key=_by_weight))
            found[cause.value] = ClaimsOf(some, len(places))
    return found, citations


def _is_told(causes: frozenset[Cause], moved: float) -> bool:
    return len(causes) == 1 and moved > FADED


def _by_weight(one: ChangedClaim) -> tuple[float, str]:
    return -round(abs(one.after - one.before), 12), one.claim.id


def _told(
    changed: Changed, places: Sequence[int], limit: int
) -> list[tuple[Citation, ChangedClaim]]:
    """The first of these claims."""
    return [
        (
            citation,
            ChangedClaim(
                cited(citation),
                float(changed.before[place]),
                float(changed.after[place]),
                tuple(cause for cause in Cause if cause in changed.causes[place]),
            ),
        )
        for place, some in zip(places[:limit], changed.cite(places[:limit]), strict=True)
        for citation in some
    ]
