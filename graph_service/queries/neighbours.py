"""Who an actor is tied to, hop by hop, each tie with its claims."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass

from graph_service.graph.view import Citation, View
from graph_service.queries.answers import Answer, NamedActor, Page, coverage, meta, named
from graph_service.queries.budget import Budget
from graph_service.queries.explain import cut_short
from graph_service.queries.pages import Place, cursor_of, place_of
from graph_service.queries.rings import Reached, Ring, reach
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import (
    ANY_TIES,
    Tie,
    TieFilters,
    Wanted,
    check_range,
    claims_of,
    rounded,
    tie_at,
    wanted,
)

__all__ = ["Neighbour", "Neighbourhood", "Tie", "TieFilters", "neighbours"]

MOST_HOPS = 3
MOST_ACTORS = 1000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor with the ties that reach it from the hop before, strongest first."""

    actor: NamedActor
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Who is tied to `actor`: `hops[0]` those at one hop, and so on, each actor at its first one,
    the strongest tie first. `available` counts the relations around the actor when the filters
    left nothing."""

    actor: NamedActor
    hops: tuple[tuple[Neighbour, ...], ...]
    available: Mapping[str, int]


def neighbours(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
    view: View,
    actor: str,
    *,
    hops: int = 1,
    filters: TieFilters = ANY_TIES,
    limit: int = 50,
    cursor: str | None = None,
    budget: Budget | None = None,
) -> Answer[Neighbourhood]:
    """Who is tied to the actor with that id, within `hops` hops (1–3), by ties that the filters
    let through; `direction` is seen from the actor nearer to the one asked about.

    A page holds `limit` actors (1–1000) over all hops; `cursor` goes on from the page before. A
    hub met on the way is not expanded. With `since` the claims behind ties are looked at, which
    takes longer. Raises `NotFound` and `InvalidQuestion`.
    """
    check_range("hops", hops, MOST_HOPS)
    check_range("limit", limit, MOST_ACTORS)
    origin, want = view.actors.code(actor), wanted(view, filters)
    question = _told_apart(view, actor, hops, filters)
    place = Place(0, view.sequence) if cursor is None else place_of(cursor, question)
    budget = budget or Budget()
    one_more = place.offset + limit + 1
    reached = reach(view, origin, want, hops=hops, budget=budget, enough=one_more)
    pages = _Pages(view, want, budget)
    shown = tuple(pages.take(ring, place, limit) for ring in reached.rings)
    left = reached.count() - place.offset - pages.taken
    going_on = Place(place.offset + pages.taken, place.sequence)
    data = Neighbourhood(
        actor=named(view, origin),
        hops=shown + ((),) * (hops - len(shown)),
        available={} if reached.count() else relations_around(view, origin),
    )
    return Answer(
        data,
        meta(
            view,
            coverage(pages.cited, view.held_back([origin])),
            _truncated(view, reached, place, spent=reached.cut or pages.cut),
            pages.cited,
        ),
        Page(cursor_of(going_on, question) if left > 0 else None),
    )


def _told_apart(view: View, actor: str, hops: int, filters: TieFilters) -> object:
    sets = [sorted(each) if isinstance(each, frozenset) else each for each in astuple(filters)]
    return "neighbours", actor, hops, sets, astuple(view.frame)


def _truncated(view: View, reached: Reached, place: Place, *, spent: bool) -> str | None:
    reason = cut_short(view, reached.hubs, spent=spent)
    if view.sequence == place.sequence or view.frame.known_at is not None:
        return reason
    moved = (
        f"the graph has moved on since the first page, from {place.sequence} to {view.sequence}: "
        "an actor may be missing or come twice, unless `known_at` holds it still"
    )
    return f"{reason}; {moved}" if reason else moved


class _Pages:
    """Takes one page out of the rings, one ring after the other, and keeps what it cites."""

    def __init__(self, view: View, want: Wanted, budget: Budget) -> None:
        self._view, self._want, self._budget = view, want, budget
        self._passed = 0
        self.taken = 0
        self.cut = False
        self.cited: list[Citation] = []

    def take(self, ring: Ring, place: Place, limit: int) -> tuple[Neighbour, ...]:
        """The neighbours of this ring that are on the page."""
        first = max(0, place.offset - self._passed)
        self._passed += len(ring.actors)
        found: list[Neighbour] = []
        for code in ring.ranked(self._view, first, first + limit - self.taken):
            if self.cut:
                break
            found.append(self._neighbour(ring, code))
            self.taken += 1
            self.cut = self._budget.is_spent()
        return tuple(found)

    def _neighbour(self, ring: Ring, code: int) -> Neighbour:
        ties: list[Tie] = []
        for near, rows in ring.ties_with(code):
            each = claims_of(self._view, near, code, rows, self._want)
            for row, claims in zip(rows.tolist(), each, strict=True):
                self.cited.extend(claims)
                ties.append(tie_at(self._view, near, row, want=self._want, claims=claims))
        ties.sort(key=lambda tie: (-rounded(tie.strength), tie.subject, tie.object, tie.relation))
        return Neighbour(named(self._view, code), tuple(ties))
