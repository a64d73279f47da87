"""Who has leverage over an actor: the ranking by influence, the one by coercion, each explained.

*A has leverage over B to the degree that B's valued outcomes depend, on the evidence known at a
date, on what A, or those A can move, supplies, permits, channels or threatens, and that B has few
substitutes.* An index in [0, 1), no probability. Formulae, special cases and references are in
`docs/method.md` §1–§3; paths and their weights are found in `routes`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.ontology import STICKS, Ontology
from graph_service.graph.view import Values, View
from graph_service.queries.answers import Answer, NamedActor, coverage, meta, named
from graph_service.queries.budget import Budget
from graph_service.queries.dependence import StepWeights
from graph_service.queries.path_columns import Found, Paths
from graph_service.queries.returns import Returns
from graph_service.queries.routes import Routes
from graph_service.queries.steps import Explained, Explainer, LeveragePath
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import check_range
from graph_service.queries.widths import widest

ALL = "all"
MOST = 1000
BELOW_ONE = float(np.nextafter(1.0, 0.0))


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor's leverage over the target.

    `leverage` is its influence L, `coercion` C; `net` is L(actor → target) − L(target → actor);
    `exclusivity` its share of all influence over the target, 0 where nobody has any. `channels`
    is each channel's value alone. `tier`, `interval`, `floor` and `ceiling` are None unless
    uncertainty is asked for.
    """

    actor: NamedActor
    leverage: float
    coercion: float
    net: float
    exclusivity: float
    channels: Mapping[str, float]
    paths: tuple[LeveragePath, ...]
    tier: int | None = None
    interval: tuple[float, float] | None = None
    floor: float | None = None
    ceiling: float | None = None


@dataclass(frozen=True, slots=True)
class LeverageOver:
    """Who has leverage over `target`, ranked by influence and by coercion.

    `one_origin` says that everything cited comes from one origin. `available` counts the
    relations around the target when nobody has any leverage over it.
    """

    target: NamedActor
    one_origin: bool
    ranking: tuple[Entry, ...]
    coercion: tuple[Entry, ...]
    available: Mapping[str, int]


def leverage(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
    view: View,
    target: str,
    *,
    by: str | None = None,
    channels: str | frozenset[str] | None = None,
    hops: int = 3,
    limit: int = 20,
    paths: int = 3,
    budget: Budget | None = None,
) -> Answer[LeverageOver]:
    """Who has leverage over the actor with the id `target`.

    `by` narrows the answer to one actor and gives all its paths. `channels` restricts the last
    step to these channels; "all" takes every family at every step. The first `limit` actors come
    with their `paths` strongest paths, of at most `hops` steps. Raises `NotFound` and
    `InvalidQuestion`.
    """
    _check(view.ontology, channels)
    check_range("hops", hops, view.ontology.parameters.leverage.hops)
    check_range("limit", limit, MOST)
    check_range("paths", paths, MOST)
    over = _Over(view, view.actors.code(target), channels, hops, budget or Budget())
    if by is None:
        return over.answer(over.top("influence", limit), over.top("coercion", limit), paths)
    actor = view.actors.code(by)
    return over.answer([actor], [actor], None)


def _check(ontology: Ontology, channels: str | frozenset[str] | None) -> None:
    if isinstance(channels, str):
        known = channels == ALL
    else:
        known = channels is None or (bool(channels) and channels <= set(ontology.channels))
    if not known:
        raise InvalidQuestion(
            f"channels is {ALL!r} or some of {', '.join(ontology.channels)}", parameter="channels"
        )


class _Over:
    """Everybody's paths into one target, for influence, coercion and each channel alone."""

    def __init__(
        self,
        view: View,
        target: int,
        channels: str | frozenset[str] | None,
        hops: int,
        budget: Budget,
    ) -> None:
        self.view = view
        self.target = target
        self.hops = hops
        self.budget = budget
        ontology = view.ontology
        soft = ontology.families_of(ontology.soft_channels)
        every = frozenset(ontology.families)
        chosen = soft if channels is None else every
        if isinstance(channels, frozenset):
            chosen = ontology.families_of(channels)
        self.soft = StepWeights(ontology, soft, transmitted=True)
        self.middle = (
            StepWeights(ontology, every, transmitted=True) if channels == ALL else self.soft
        )
        self.last = {"influence": StepWeights(ontology, chosen, transmitted=False)}
        sticks = ontology.families_of(frozenset({STICKS}))
        self.last["coercion"] = StepWeights(ontology, sticks, transmitted=False)
        self.cut = self.spent = False
        self.paths = {name: self._find(name) for name in self.last}
        actors = len(view.actors)
        self.exponents = {name: found.exponents(actors) for name, found in self.paths.items()}
        self.values = {name: value(exponent) for name, exponent in self.exponents.items()}
        self.total = float(self.exponents["influence"].sum())

    def _find(self, name: str) -> Paths:
        middle = self.middle if name == "influence" else self.soft
        routes = Routes(self.view, self.target, middle, hops=self.hops)
        return self._noted(routes.find([self.last[name]], self.budget))[0]

    def _noted(self, found: Found) -> tuple[Paths, ...]:
        self.cut |= found.cut
        self.spent |= found.spent
        return found.paths

    def _alone(self, actors: list[int]) -> dict[str, Values]:
        """The value of each channel alone, of these actors; that of sticks is coercion."""
        ontology, count = self.view.ontology, len(self.view.actors)
        steps = {
            channel: StepWeights(
                ontology, ontology.families_of(frozenset({channel})), transmitted=False
            )
            for channel in ontology.channels
            if channel != STICKS
        }
        routes = Routes(self.view, self.target, self.soft, hops=self.hops, only=actors)
        paths = self._noted(routes.find(list(steps.values()), self.budget))
        values = [value(found.exponents(count)) for found in paths]
        return dict(zip(steps, values, strict=True)) | {STICKS: self.values["coercion"]}

    def _truncated(self) -> str | None:
        width = self.view.ontology.parameters.leverage.width
        reasons = {
            f"only the {width} strongest ties at each step were followed": self.cut,
            "the time for this question was up before every path was looked at": self.spent,
        }
        return "; ".join(reason for reason, holds in reasons.items() if holds) or None

    def top(self, name: str, limit: int) -> list[int]:
        """The first `limit` actors by their value, equal ones by id."""
        everybody = np.arange(len(self.view.actors), dtype=np.int32)
        places = widest(self.values[name], everybody, limit, self.view.actors.id)
        return [int(place) for place in places]

    def answer(
        self, ranking: list[int], coercion: list[int], paths: int | None
    ) -> Answer[LeverageOver]:
        explainer = Explainer(self.view, self.target, self.middle, self.soft)
        shown = [("influence", actor) for actor in ranking]
        shown += [("coercion", actor) for actor in coercion]
        for name, actor in shown:
            middle = self.middle if name == "influence" else self.soft
            explainer.add(self.paths[name], actor, middle, self.last[name], paths)
        explained = explainer.explain()
        everybody = sorted(set(ranking) | set(coercion))
        net, alone = self._net(everybody), self._alone(everybody)
        entries = [
            self._entry(actor, net[actor], {c: float(v[actor]) for c, v in alone.items()}, found)
            for (_, actor), found in zip(shown, explained.paths, strict=True)
        ]
        return self._told(entries[: len(ranking)], entries[len(ranking) :], explained)

    def _told(
        self, ranking: list[Entry], coercion: list[Entry], explained: Explained
    ) -> Answer[LeverageOver]:
        view, looked_at = self.view, {self.target} | explained.intermediaries
        covers = coverage(explained.citations, view.held_back(sorted(looked_at)))
        nobody = not any(entry.paths for entry in (*ranking, *coercion))
        data = LeverageOver(
            target=named(view, self.target),
            one_origin=covers.origins == 1,
            ranking=tuple(ranking),
            coercion=tuple(coercion),
            available=relations_around(view, self.target) if nobody else {},
        )
        return Answer(data, meta(view, covers, self._truncated()))

    def _entry(
        self, actor: int, net: float, alone: Mapping[str, float], paths: tuple[LeveragePath, ...]
    ) -> Entry:
        exponent = float(self.exponents["influence"][actor])
        return Entry(
            actor=named(self.view, actor),
            leverage=float(self.values["influence"][actor]),
            coercion=float(self.values["coercion"][actor]),
            net=net,
            exclusivity=exponent / self.total if self.total > 0 else 0.0,
            channels={channel: alone[channel] for channel in self.view.ontology.channels},
            paths=paths,
        )

    def _net(self, asked: list[int]) -> dict[int, float]:
        """L(actor → target) − L(target → actor) of each actor."""
        back = Returns(self.view, self.target, self.middle, self.last["influence"], hops=self.hops)
        returned = value(back.exponents(asked)).tolist()
        self.cut |= back.cut
        own = self.values["influence"]
        return {a: float(own[a]) - back for a, back in zip(asked, returned, strict=True)}


def value(exponents: Values) -> Values:
    """L = 1 − e^−ℓ, kept below 1.

    >>> value(np.array([0.0, 1e9])).tolist() == [0.0, BELOW_ONE]
    True
    """
    return np.minimum(-np.expm1(-exponents), BELOW_ONE)
