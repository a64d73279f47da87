"""How two actors connect: the first simple paths between them, every step with its claims.

A step takes all the live ties of two actors that the filters let through: its strength is
1 − Π(1 − strength of its ties), its sign that of their polarities, see `docs/method.md` §6.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise
from math import prod

from graph_service.domain.errors import InvalidQuestion
from graph_service.graph.view import Citation, Values, View
from graph_service.queries.answers import Answer, CitedClaim, cited, coverage, meta
from graph_service.queries.budget import Budget
from graph_service.queries.corridor import Corridor, Survey
from graph_service.queries.explain import cut_short, missing
from graph_service.queries.lightest import Race, by_hops, by_strength, sign_of_path
from graph_service.queries.passage import Passage
from graph_service.queries.reach import Rows
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import (
    ANY_TIES,
    SIGNS,
    Sign,
    TieFilters,
    check_range,
    choice,
    rounded,
    wanted,
)

MOST_PATHS = 20
MOST_HOPS = 6


class Order(StrEnum):
    """Which paths come first; equal ones are ordered by the ids of their actors.

    `fewest` hops, then the stronger; `strongest`, then fewer hops; `time` like fewest, among the
    paths on which no step ends before an earlier one begins.
    """

    FEWEST = "fewest"
    STRONGEST = "strongest"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step between two actors: all its live ties together, their claims, and what is missing."""

    from_: str
    to: str
    strength: float
    sign: Sign
    relations: tuple[str, ...]
    claims: tuple[CitedClaim, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A simple path. `strength` is the product of its steps' strengths, `sign` that of their
    signs: neutral if any step is neutral, else mixed if any is mixed."""

    actors: tuple[str, ...]
    steps: tuple[PathStep, ...]
    strength: float
    sign: Sign


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths in their order. Where there are none, `nearest` says which relations there are at
    each end."""

    paths: tuple[Path, ...]
    nearest: str | None


def paths(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
    view: View,
    source: str,
    target: str,
    *,
    k: int = 3,
    hops: int = 3,
    order: str = "fewest",
    sign: str | None = None,
    filters: TieFilters = ANY_TIES,
    budget: Budget | None = None,
) -> Answer[Paths]:
    """The first `k` (1–20) simple paths of at most `hops` (1–6) steps between two actors, by id.

    Steps are taken either way unless `filters.direction` is out (each from subject to object) or
    in. `sign` keeps the paths of that sign. A hub stands in a path only as an end, or where both
    ends are tied to it. Raises `NotFound` and `InvalidQuestion`.
    """
    check_range("k", k, MOST_PATHS)
    check_range("hops", hops, MOST_HOPS)
    _check(source, target, filters)
    wish = _Wish(
        count=k,
        hops=hops,
        order=choice("order", order, Order),
        sign=None if sign is None else choice("sign", sign, Sign),
    )
    search = _Search(view, (view.actors.code(source), view.actors.code(target)), filters)
    found = search.first(wish, budget or Budget())
    covers = coverage(search.cited, view.held_back(search.ends))
    data = Paths(found, None if found else _nearest(view, search.ends))
    return Answer(data, meta(view, covers, search.truncated, search.cited))


def _check(source: str, target: str, filters: TieFilters) -> None:
    if source == target:
        raise InvalidQuestion(f"a path connects two actors, and {source!r} is one", parameter="to")
    if filters.sign is not None:
        raise InvalidQuestion(
            "paths have a sign as wholes: ask with `sign`, not in the filters", parameter="sign"
        )
    if filters.among is not None:
        raise InvalidQuestion("paths are not restricted to some actors", parameter="among")
    if filters.since is not None:
        raise InvalidQuestion("paths are not restricted to what is new", parameter="since")


def _nearest(view: View, ends: Iterable[int]) -> str:
    """Which relations there are at each end, in words."""
    around = {view.actors.id(code): relations_around(view, code) for code in ends}
    return "; ".join(
        f"ties at {id_}: " + (", ".join(f"{name} {n}" for name, n in counts.items()) or "none")
        for id_, counts in around.items()
    )


@dataclass(frozen=True, slots=True)
class _Wish:
    """How many paths of which kind, and in which order."""

    count: int
    hops: int
    order: Order
    sign: Sign | None

    def lengths(self) -> range:
        """The lengths to search up to, one after the other until there are paths enough."""
        return range(self.hops if self.order is Order.STRONGEST else 1, self.hops + 1)

    def weights(self, strength: Values) -> Rows:
        """What each step weighs, so that the lightest path comes first."""
        weigh = by_strength if self.order is Order.STRONGEST else by_hops
        return weigh(strength)

    def place(self, path: Path) -> tuple[object, ...]:
        """Where a path stands among others."""
        strength, hops = -rounded(path.strength), len(path.steps)
        first = (strength, hops) if self.order is Order.STRONGEST else (hops, strength)
        return *first, path.actors


class _Search:
    """Finds the paths between two actors (by code), and gathers what they cite."""

    def __init__(self, view: View, ends: tuple[int, int], filters: TieFilters) -> None:
        self.ends = ends
        self.cited: list[Citation] = []
        self.truncated: str | None = None
        self._view = view
        self._want = wanted(view, filters)
        self._passage = Passage(view, self._want)

    def first(self, wish: _Wish, budget: Budget) -> tuple[Path, ...]:
        """The first paths, as many as are wished for or as there are."""
        survey = Survey(self._view, self.ends, self._want)
        found: list[_Walk] = []
        length, cut = 0, False
        for length in wish.lengths():
            walks, cut = self._race(survey.corridor(length, budget), wish, budget)
            # A longer search that ran out of time may have found less than a shorter one.
            found = walks if len(walks) > len(found) else found
            cut = cut or survey.cut
            if cut or len(found) == wish.count:
                break
        self.truncated = cut_short(self._view, survey.hubs(length), spent=cut)
        return tuple(sorted(map(self._told, found), key=wish.place))

    def _race(
        self, corridor: Corridor | None, wish: _Wish, budget: Budget
    ) -> tuple[list["_Walk"], bool]:
        """The first paths in a corridor, and whether time ran out before they were all found."""
        if corridor is None:
            return [], False
        race = Race(
            corridor,
            wish.weights(corridor.strength),
            sign=wish.sign,
            id_of=self._view.actors.id,
            follow=self._passage.follow if wish.order is Order.TIME else None,
        )
        walks = [_Walk.of(corridor, path) for path in islice(race.paths(budget), wish.count)]
        return walks, race.cut

    def _told(self, walk: "_Walk") -> Path:
        steps = tuple(
            self._step(*ends, strength, sign)
            for ends, strength, sign in zip(
                pairwise(walk.codes), walk.strengths, walk.signs, strict=True
            )
        )
        return Path(
            actors=tuple(self._view.actors.id(code) for code in walk.codes),
            steps=steps,
            strength=prod(walk.strengths),
            sign=sign_of_path(walk.signs),
        )

    def _step(self, a: int, b: int, strength: float, sign: Sign) -> PathStep:
        grounds = self._passage.grounds(a, b)
        self.cited.extend(grounds.claims)
        return PathStep(
            from_=self._view.actors.id(a),
            to=self._view.actors.id(b),
            strength=strength,
            sign=sign,
            relations=grounds.relations,
            claims=tuple(cited(claim) for claim in grounds.claims),
            missing=missing(grounds.claims),
        )


@dataclass(frozen=True, slots=True)
class _Walk:
    """A path by code, with the strength and the sign of each step."""

    codes: tuple[int, ...]
    strengths: tuple[float, ...]
    signs: tuple[Sign, ...]

    @classmethod
    def of(cls, corridor: Corridor, places: tuple[int, ...]) -> "_Walk":
        """The path through these places of a corridor."""
        steps = [corridor.step(tail, head) for tail, head in pairwise(places)]
        return cls(
            codes=tuple(corridor.codes.item(place) for place in places),
            strengths=tuple(corridor.strength.item(step) for step in steps),
            signs=tuple(SIGNS[corridor.bits.item(step)] for step in steps),
        )
