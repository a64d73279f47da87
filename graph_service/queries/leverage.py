"""Who has leverage over an actor: the ranking by influence, the one by coercion, each explained.

*A has leverage over B to the degree that B's valued outcomes depend, on the evidence known at a
date, on what A, or those A can move, supplies, permits, channels or threatens, and that B has few
substitutes.* An index in [0, 1), no probability. Formulae, special cases and references are in
`docs/method.md` §1–§3; paths and their weights are found in `routes`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from graph_service.domain.ontology import STICKS
from graph_service.graph.view import Values, View
from graph_service.queries.answers import Answer, NamedActor, coverage, meta, named
from graph_service.queries.budget import Budget
from graph_service.queries.counterfactuals import Counterfactuals
from graph_service.queries.dependence import StepWeights
from graph_service.queries.explain import narrowed
from graph_service.queries.otherwise import Asked
from graph_service.queries.path_columns import Found, Paths, value
from graph_service.queries.returns import Returns
from graph_service.queries.routes import Routes
from graph_service.queries.steps import Explainer, LeveragePath
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import check_range
from graph_service.queries.uncertainty import UNFINISHED, Ranked
from graph_service.queries.uncertainty import behind as behind_
from graph_service.queries.uncertainty import uncertainty as uncertainty_of
from graph_service.queries.ways import COERCION, INFLUENCE, Way, ways
from graph_service.queries.widths import widest

MOST = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor's leverage over the target.

    `leverage` is its influence L, `coercion` C; `net` is L(actor → target) − L(target → actor);
    `exclusivity` its share of all influence over the target, 0 where nobody has any. `channels`
    is each channel's value alone.

    The rest is None unless uncertainty is asked for, and is about the value that the list is ranked
    by: its `interval`; the `tier` of the actor, from 1; the value that is left where only what two
    origins assert counts (`floor`), and where what is proposed counts too (`ceiling`); the
    `sole_origin` without which nothing of it is left, None where there is no such one. The
    `counterfactuals` are None unless one actor was asked about.
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
    sole_origin: str | None = None
    counterfactuals: Counterfactuals | None = None


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
    uncertainty: bool | None = None,
    budget: Budget | None = None,
) -> Answer[LeverageOver]:
    """Who has leverage over the actor with the id `target`.

    `by` narrows the answer to one actor and gives all its paths. `channels` restricts the last
    step to these channels; "all" takes every family at every step. The first `limit` actors come
    with their `paths` strongest paths, of at most `hops` steps. With `uncertainty` the answer says
    how sure each value is; None stands for "where `by` is given". Raises `NotFound` and
    `InvalidQuestion`.
    """
    taken = ways(view.ontology, channels)
    check_range("hops", hops, view.ontology.parameters.leverage.hops)
    check_range("limit", limit, MOST)
    check_range("paths", paths, MOST)
    over = _Over(view, view.actors.code(target), taken, hops, budget or Budget())
    if by is None:
        over.show({name: over.top(name, limit) for name in taken}, paths)
    else:
        actor = view.actors.code(by)
        over.show({name: [actor] for name in taken}, None)
    if by is not None if uncertainty is None else uncertainty:
        over.doubt(limit, in_full=by is not None)
    return over.answer()


class _Over:
    """Everybody's paths into one target, for influence, coercion and each channel alone."""

    def __init__(
        self,
        view: View,
        target: int,
        taken: Mapping[str, Way],
        hops: int,
        budget: Budget,
    ) -> None:
        self.view = view
        self.target = target
        self.ways = taken
        self.hops = hops
        self.budget = budget
        self.cut = self.spent = self.unsure = False
        self.paths = {name: self._find(name) for name in (INFLUENCE, COERCION)}
        actors = len(view.actors)
        self.exponents = {name: found.exponents(actors) for name, found in self.paths.items()}
        self.values = {name: value(exponent) for name, exponent in self.exponents.items()}
        self.total = float(self.exponents[INFLUENCE].sum())

    def _find(self, name: str) -> Paths:
        way = self.ways[name]
        routes = Routes(self.view, self.target, way.middle, hops=self.hops)
        return self._noted(routes.find([way.last], self.budget))[0]

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
        routes = Routes(
            self.view, self.target, self.ways[COERCION].middle, hops=self.hops, only=actors
        )
        paths = self._noted(routes.find(list(steps.values()), self.budget))
        values = [value(found.exponents(count)) for found in paths]
        return dict(zip(steps, values, strict=True)) | {STICKS: self.values[COERCION]}

    def top(self, name: str, limit: int) -> list[int]:
        """The first `limit` actors by their value, equal ones by id."""
        everybody = np.arange(len(self.view.actors), dtype=np.int32)
        places = widest(self.values[name], everybody, limit, self.view.actors.id)
        return [int(place) for place in places]

    def show(self, actors: Mapping[str, list[int]], paths: int | None) -> None:
        """Explain these actors' strongest paths, or all of them, in either ranking."""
        explainer = Explainer(self.view, self.target)
        shown = [(name, actor) for name in (INFLUENCE, COERCION) for actor in actors[name]]
        for name, actor in shown:
            explainer.add(self.paths[name], actor, self.ways[name], paths)
        self.explained = explainer.explain()
        everybody = sorted({actor for _, actor in shown})
        net, alone = self._net(everybody), self._alone(everybody)
        self.entries: dict[str, dict[int, Entry]] = {name: {} for name in self.ways}
        for (name, actor), found in zip(shown, self.explained.paths, strict=True):
            channels = {channel: float(of[actor]) for channel, of in alone.items()}
            self.entries[name][actor] = self._entry(actor, net[actor], channels, found)

    def doubt(self, limit: int, *, in_full: bool) -> None:
        """Say how sure the values shown are, those of each ranking among its first `limit`."""
        for name, entries in self.entries.items():
            order = self.top(name, limit)
            order += [actor for actor in entries if actor not in order]
            asked = Asked(self.view, self.target, self.ways[name], self.hops, tuple(sorted(order)))
            claims, code = self.explained.citations, self.view.actors.code
            behind = {actor: behind_(entry.paths, claims, code) for actor, entry in entries.items()}
            told = uncertainty_of(Ranked(asked, order, behind, in_full), self.budget)
            self.unsure |= told is None
            for actor, one in (told or {}).items():
                found = {field.name: getattr(one, field.name) for field in fields(one)}
                entries[actor] = replace(entries[actor], **found)

    def answer(self) -> Answer[LeverageOver]:
        """What was shown, as the answer."""
        view, looked_at = self.view, {self.target} | self.explained.intermediaries
        covers = coverage(self.explained.citations, view.held_back(sorted(looked_at)))
        ranking, coercion = (tuple(self.entries[name].values()) for name in (INFLUENCE, COERCION))
        nobody = not any(entry.paths for entry in (*ranking, *coercion))
        data = LeverageOver(
            target=named(view, self.target),
            one_origin=covers.origins == 1,
            ranking=ranking,
            coercion=coercion,
            available=relations_around(view, self.target) if nobody else {},
        )
        missing = narrowed(view, cut=self.cut, spent=self.spent), UNFINISHED * self.unsure
        truncated = "; ".join(filter(None, missing)) or None
        return Answer(data, meta(view, covers, truncated, self.explained.citations))

    def _entry(
        self, actor: int, net: float, alone: Mapping[str, float], paths: tuple[LeveragePath, ...]
    ) -> Entry:
        exponent = float(self.exponents[INFLUENCE][actor])
        return Entry(
            actor=named(self.view, actor),
            leverage=float(self.values[INFLUENCE][actor]),
            coercion=float(self.values[COERCION][actor]),
            net=net,
            exclusivity=exponent / self.total if self.total > 0 else 0.0,
            channels={channel: alone[channel] for channel in self.view.ontology.channels},
            paths=paths,
        )

    def _net(self, asked: list[int]) -> dict[int, float]:
        """L(actor → target) − L(target → actor) of each actor."""
        back = Returns(self.view, self.target, self.ways[INFLUENCE], hops=self.hops)
        returned = value(back.exponents(asked)).tolist()
        self.cut |= back.cut
        own = self.values[INFLUENCE]
        return {a: float(own[a]) - back for a, back in zip(asked, returned, strict=True)}
