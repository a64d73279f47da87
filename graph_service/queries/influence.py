"""Over whom an actor has leverage: the question of `leverage`, asked from the other end.

The values are those that `leverage` gives for each target (`docs/method.md` §3.7): an index in
[0, 1), no probability. Who may be a target is found by following the actor's strongest steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph_service.graph.view import Values, View
from graph_service.queries.answers import Answer, NamedActor, coverage, meta, named
from graph_service.queries.budget import Budget
from graph_service.queries.explain import narrowed
from graph_service.queries.leverage import MOST, Entry
from graph_service.queries.outward import Outward
from graph_service.queries.path_columns import Found, value
from graph_service.queries.returns import Returns
from graph_service.queries.routes import Routes
from graph_service.queries.steps import Explained, Explainer, LeveragePath
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import check_range
from graph_service.queries.ways import COERCION, INFLUENCE, Way, ways
from graph_service.queries.widths import widest


@dataclass(frozen=True, slots=True)
class Influenced:
    """An actor that another has leverage over: `leverage` is the influence L over it, `coercion`
    C, `net` is L less what it has in return. The paths lead to it."""

    actor: NamedActor
    leverage: float
    coercion: float
    net: float
    paths: tuple[LeveragePath, ...]


Ranked = Entry | Influenced
"""An actor in a ranking, from either end of the question."""


@dataclass(frozen=True, slots=True)
class InfluenceOf:
    """Over whom `actor` has leverage, ranked by influence and by coercion.

    `one_origin` says that everything cited comes from one origin. `available` counts the
    relations around the actor when it has leverage over nobody.
    """

    actor: NamedActor
    one_origin: bool
    ranking: tuple[Influenced, ...]
    coercion: tuple[Influenced, ...]
    available: Mapping[str, int]


def influence(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
    view: View,
    actor: str,
    *,
    channels: str | frozenset[str] | None = None,
    hops: int = 3,
    limit: int = 20,
    paths: int = 3,
    budget: Budget | None = None,
) -> Answer[InfluenceOf]:
    """Over whom the actor with the id `actor` has leverage.

    `channels`, `hops`, `limit` and `paths` are those of `leverage`. Raises `NotFound` and
    `InvalidQuestion`.
    """
    taken = ways(view.ontology, channels)
    check_range("hops", hops, view.ontology.parameters.leverage.hops)
    check_range("limit", limit, MOST)
    check_range("paths", paths, MOST)
    return _Of(view, view.actors.code(actor), taken, hops, budget or Budget()).answer(limit, paths)


class _Of:
    """One actor's leverage over everybody whom it may reach."""

    def __init__(
        self, view: View, ego: int, taken: Mapping[str, Way], hops: int, budget: Budget
    ) -> None:
        self.view = view
        self.ego = ego
        self.ways = taken
        self.hops = hops
        self.budget = budget
        self.spent = False
        outward = Outward(view, ego, list(taken.values()), hops=hops)
        self.targets = outward.targets()
        self.cut = outward.cut
        self.values = {name: self._over(way) for name, way in taken.items()}

    def _over(self, way: Way) -> Values:
        returns = Returns(self.view, self.ego, way, hops=self.hops)
        found = value(returns.exponents(self.targets.tolist()))
        self.cut |= returns.cut
        return found

    def answer(self, limit: int, paths: int) -> Answer[InfluenceOf]:
        """The first `limit` actors of each ranking, each with its strongest paths."""
        in_return = self._in_return()
        explained: list[Explained] = []
        told: dict[str, tuple[Influenced, ...]] = {}
        for name in self.ways:
            places = widest(self.values[name], self.targets, limit, self.view.actors.id).tolist()
            found = [self._explain(name, int(self.targets[place]), paths) for place in places]
            told[name] = tuple(
                self._influenced(place, in_return, one.paths[0])
                for place, one in zip(places, found, strict=True)
            )
            explained += found
        return self._told(told[INFLUENCE], told[COERCION], explained)

    def _influenced(
        self, place: int, in_return: Values, paths: tuple[LeveragePath, ...]
    ) -> Influenced:
        own = float(self.values[INFLUENCE][place])
        target = int(self.targets[place])
        return Influenced(
            actor=named(self.view, target),
            leverage=own,
            coercion=float(self.values[COERCION][place]),
            net=own - float(in_return[target]),
            paths=paths,
        )

    def _in_return(self) -> Values:
        """What everybody's influence over the actor is."""
        way = self.ways[INFLUENCE]
        found = Routes(self.view, self.ego, way.middle, hops=self.hops).find(
            [way.last], self.budget
        )
        self._note(found)
        return value(found.paths[0].exponents(len(self.view.actors)))

    def _explain(self, name: str, target: int, paths: int) -> Explained:
        way, ego = self.ways[name], self.ego
        routes = Routes(self.view, target, way.middle, hops=self.hops, only=[ego])
        found = routes.find([way.last], self.budget)
        self._note(found)
        explainer = Explainer(self.view, target)
        explainer.add(found.paths[0], ego, way, paths)
        return explainer.explain()

    def _note(self, found: Found) -> None:
        self.cut |= found.cut
        self.spent |= found.spent

    def _told(
        self,
        ranking: tuple[Influenced, ...],
        coercion: tuple[Influenced, ...],
        explained: list[Explained],
    ) -> Answer[InfluenceOf]:
        view = self.view
        citations = [citation for one in explained for citation in one.citations]
        between = frozenset().union(*(one.intermediaries for one in explained))
        covers = coverage(citations, view.held_back(sorted({self.ego} | between)))
        data = InfluenceOf(
            actor=named(view, self.ego),
            one_origin=covers.origins == 1,
            ranking=ranking,
            coercion=coercion,
            available={} if ranking or coercion else relations_around(view, self.ego),
        )
        truncated = narrowed(view, cut=self.cut, spent=self.spent)
        return Answer(data, meta(view, covers, truncated, citations))
