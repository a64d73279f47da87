"""How aligned two actors are, by what, and how that has changed.

The measure is told in `inclination`; `docs/method.md`, "Alignment", has its source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.periods import Dates, When, day
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
from graph_service.queries.explain import missing
from graph_service.queries.inclination import alignment_of, factors
from graph_service.queries.silence import silence, two_codes
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import Sign, choice

MOST_POINTS = 240
YEARS = 5


class Step(StrEnum):
    """How far apart the days of a trend are."""

    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Part:
    """What one relation between two actors adds: to P (`friendly`) or to H (`hostile`), with its
    claims and what they leave to be wished for. A relation may be neutral, and add to neither."""

    relation: str
    sign: Sign
    friendly: float
    hostile: float
    claims: tuple[CitedClaim, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Alignment on a day."""

    day: str
    alignment: float
    friendly: float
    hostile: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """How aligned two actors are: `alignment` in (−1, 1) from P (`friendly`) and H (`hostile`), by
    relation in `parts`, those that add most first. `trend` is the same on earlier days and on the
    day asked about, with what is known now; `change` is from its first day to its last. Of the claims
    `undated` are of an unknown start, and left out of the trend before they were attested. `reason`
    says why there is nothing, and `available` counts the relations around each where the two have
    none."""

    actors: tuple[NamedActor, NamedActor]
    alignment: float
    friendly: float
    hostile: float
    one_origin: bool
    parts: tuple[Part, ...]
    trend: tuple[Point, ...]
    change: float
    undated: int
    reason: str | None
    available: Mapping[str, Mapping[str, int]]


def alignment(
    view: View,
    between: tuple[str, str],
    *,
    since: int | None = None,
    step: str = "year",
    budget: Budget | None = None,
) -> Answer[Alignment]:
    """How aligned the two actors with these ids are, and were since a day (an ordinal; five years
    before the day asked about where it is None), every `step` a year or a month.

    Raises `NotFound`, and `InvalidQuestion` for equal actors or a day after the one asked about.
    """
    a, b = two_codes(view, between)
    days = _days(view.frame.as_of, since, choice("step", step, Step))
    friendly, hostile = view.course(a, b, days)
    values = alignment_of(friendly, hostile, view.ontology.parameters.alignment.offset)
    citations = view.citations(a, b)
    parts = _parts(view, a, b, citations)
    columns = (days, values.tolist(), friendly.tolist(), hostile.tolist())
    points = tuple(Point(day(on), *rest) for on, *rest in zip(*columns, strict=True))
    covers = coverage(citations, view.held_back([a, b]))
    data = Alignment(
        actors=(named(view, a), named(view, b)),
        alignment=points[-1].alignment,
        friendly=points[-1].friendly,
        hostile=points[-1].hostile,
        one_origin=covers.origins == 1,
        parts=parts,
        trend=points,
        change=points[-1].alignment - points[0].alignment,
        undated=_undated(view, citations),
        reason=None if parts else silence(view, [a, b]) or _apart(view, a, b),
        available={} if parts else {view.actors.id(c): relations_around(view, c) for c in (a, b)},
    )
    return Answer(data, meta(view, covers, None, citations))


def _undated(view: View, citations: Sequence[Citation]) -> int:
    """How many claims count from when they were attested, since nobody says from when they hold."""
    if view.frame.dates is Dates.POSSIBLE:
        return 0
    return sum(When.parse(claim.when).start_is_unknown for claim in citations)


def _apart(view: View, a: int, b: int) -> str:
    one, other = view.actors.name(a), view.actors.name(b)
    return f"no tie between {one} and {other} holds on this day"


def _days(today: int, since: int | None, step: Step) -> list[int]:
    """The days of a trend, the day asked about the last: anniversaries of it."""
    end = date.fromordinal(today)
    first = _earlier(end, 12 * YEARS).toordinal() if since is None else since
    if first > today:
        raise InvalidQuestion(
            f"since {day(first)} is after the day asked about, {day(today)}", parameter="since"
        )
    months = 12 if step is Step.YEAR else 1
    days = [today]
    while days[-1] > first and len(days) <= MOST_POINTS:
        before = _earlier(end, months * len(days)).toordinal()
        days.append(max(before, first))
    if days[-1] > first:
        raise InvalidQuestion(
            f"a trend has at most {MOST_POINTS} steps: ask since later, or by year",
            parameter="since",
        )
    return days[::-1]


def _earlier(end: date, months: int) -> date:
    """The day so many months before, the last of the month where it has none of that number."""
    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    if year < 1:
        return date.min
    for last in range(end.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, end.day)


def _parts(view: View, a: int, b: int, citations: Sequence[Citation]) -> tuple[Part, ...]:
    """What each relation between the two adds, those that add most first."""
    claims: dict[str, list[Citation]] = {}
    for citation in citations:
        claims.setdefault(citation.relation, []).append(citation)
    bonds, names = view.bonds, list(view.ontology.relations)
    rows = np.arange(bonds.start[a], bonds.stop[a])
    rows = rows[bonds.other[rows] == b]
    mass = dict(zip(bonds.relation[rows].tolist(), bonds.mass[rows].tolist(), strict=True))
    held = dict(zip(bonds.relation[rows].tolist(), bonds.hostility[rows].tolist(), strict=True))
    counts = factors(view.ontology)
    found = [
        Part(
            relation=name,
            sign=Sign(view.ontology.relations[name].polarity),
            friendly=mass.get(place, 0.0) * float(counts[place]),
            hostile=held.get(place, 0.0),
            claims=tuple(cited(one) for one in claims[name]),
            missing=missing(claims[name]),
        )
        for place, name in enumerate(names)
        if name in claims
    ]
    return tuple(sorted(found, key=lambda part: (-max(part.friendly, part.hostile), part.relation)))
