"""How influence over an actor changed between two views, cause by cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.graph.histories import Becoming
from graph_service.graph.view import Citation, Values, View
from graph_service.queries.answers import NamedActor, named
from graph_service.queries.budget import Budget
from graph_service.queries.path_columns import Found, value
from graph_service.queries.routes import Routes
from graph_service.queries.steps import Explainer, LeveragePath
from graph_service.queries.ties import rounded
from graph_service.queries.ways import INFLUENCE, Way, ways
from graph_service.queries.widths import widest

LEAST = 1e-12
"""Changes below this are rounding."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How an actor's influence over another changed, and by what: the parts in `causes` add up to
    `change`. `path_before` and `path_after` are the strongest path at either end."""

    actor: NamedActor
    over: str
    before: float
    after: float
    change: float
    causes: Mapping[str, float]
    path_before: LeveragePath | None
    path_after: LeveragePath | None


class Shifts:
    """How influence over actors changed, cause by cause."""

    def __init__(self, before: View, after: View, becoming: Becoming, budget: Budget) -> None:
        self._views = before, after
        self._becoming = becoming
        self._budget = budget
        self._way: Way = ways(after.ontology)[INFLUENCE]
        self.cut = self.spent = False
        self.told: list[Shift] = []
        self.cited: list[Citation] = []

    def over(self, target: int, *, only: Sequence[int] | None, limit: int) -> None:
        """Add whose influence over a target changed most."""
        before, after = self._views
        causes = self._becoming.causes
        if not causes:
            return
        id_ = after.actors.id(target)
        views = [before, *(self._becoming.after(cause) for cause in causes[:-1]), after]
        values = np.array([self._values(view, id_, only) for view in views])
        change = values[-1] - values[0]
        moved = np.where(np.abs(np.diff(values, axis=0)).max(axis=0) > LEAST, np.abs(change), 0.0)
        everybody = np.arange(len(after.actors), dtype=np.int32)
        first = widest(rounded(moved), everybody, limit, after.actors.id).tolist()
        paths = [self._paths(view, id_, first) for view in (before, after)]
        for place, actor in enumerate(first):
            steps = np.diff(values[:, actor]).tolist()
            self.told.append(
                Shift(
                    actor=named(after, actor),
                    over=id_,
                    before=float(values[0, actor]),
                    after=float(values[-1, actor]),
                    change=float(change[actor]),
                    causes={c.value: s for c, s in zip(causes, steps, strict=True)},
                    path_before=paths[0][place],
                    path_after=paths[1][place],
                )
            )

    def _values(self, view: View, target: str, only: Sequence[int] | None) -> Values:
        """Everybody's influence over the target, by code."""
        found = self._routes(view, target, only)
        self.cut |= found.cut
        self.spent |= found.spent
        return value(found.paths[0].exponents(len(view.actors)))

    def _routes(self, view: View, target: str, only: Sequence[int] | None) -> Found:
        hops = view.ontology.parameters.leverage.hops
        code = view.actors.code(target)
        routes = Routes(view, code, self._way.middle, hops=hops, only=only)
        return routes.find([self._way.last], self._budget)

    def _paths(self, view: View, target: str, actors: Sequence[int]) -> list[LeveragePath | None]:
        """The strongest path of each actor into the target."""
        if not actors:
            return []
        found = self._routes(view, target, sorted(actors)).paths[0]
        explainer = Explainer(view, view.actors.code(target))
        for actor in actors:
            explainer.add(found, actor, self._way, 1)
        explained = explainer.explain()
        self.cited += explained.citations
        return [paths[0] if paths else None for paths in explained.paths]
