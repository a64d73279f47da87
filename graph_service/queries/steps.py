"""How a path of leverage is shown: step by step, with values, families, claims and doubts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graph_service.graph.view import Citation, Credit, Values, View
from graph_service.queries.answers import CitedClaim, cited
from graph_service.queries.dependence import NO_TIE, Dependence, StepWeights
from graph_service.queries.explain import missing
from graph_service.queries.path_columns import NOBODY, Paths
from graph_service.queries.stakes import stakes
from graph_service.queries.ways import Way


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: how much `to` depends on `from_`, split over families, with its claims.

    `value` is D on a path's last step, U before it, and the stake where `to` answers for `from_`.
    The shares in `families` add up to 1; a stake has none.
    """

    from_: str
    to: str
    value: float
    families: Mapping[str, float]
    claims: tuple[CitedClaim, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeveragePath:
    """A path from an actor to the target: `kind` is direct, through or stake; the shares of all
    paths of an actor add up to 1 and recombine to its value (`docs/method.md` §3.9)."""

    actors: tuple[str, ...]
    kind: str
    weight: float
    share: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The paths of each (way, actor) that was added, in that order, and what they rest on."""

    paths: tuple[tuple[LeveragePath, ...], ...]
    citations: tuple[Citation, ...]
    intermediaries: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A step to be explained: its ends, the actor that looks, and what it weighs (None: a stake)."""

    source: int
    target: int
    ego: int
    weights: StepWeights | None


@dataclass(frozen=True, slots=True)
class _Chosen:
    actors: tuple[int, ...]
    kind: str
    weight: float
    share: float
    steps: tuple[_Wanted, ...]


class Explainer:
    """Gathers the paths to show into one target, then explains all their steps together."""

    def __init__(self, view: View, target: int) -> None:
        self._view = view
        self._target = target
        self._dependence = Dependence(view)
        self._stakes = stakes(view, target)
        self._families = list(view.ontology.families)
        self._relations_of: dict[frozenset[str], frozenset[str]] = {}
        relations = view.ontology.relations.items()
        self._staked = frozenset(name for name, relation in relations if relation.stake > 0)
        self._chosen: list[list[_Chosen]] = []
        self._weights: set[StepWeights] = set()

    def add(self, paths: Paths, actor: int, way: Way, most: int | None) -> None:
        """Choose an actor's strongest paths, equal ones by actor ids; `most` None takes all."""
        self._weights |= {way.middle, way.last}
        places = np.flatnonzero(paths.actor == actor)
        whole = float(np.log1p(-paths.weight[places]).sum())
        if most is not None and len(places) > most:
            held = paths.weight[places]
            places = places[held >= np.partition(held, len(held) - most)[len(held) - most]]
        chosen = [self._choose(paths, place, whole, way) for place in places.tolist()]
        ids = self._view.actors.id
        chosen.sort(key=lambda path: (-path.weight, [ids(code) for code in path.actors]))
        self._chosen.append(chosen[:most])

    def _choose(self, paths: Paths, place: int, whole: float, way: Way) -> _Chosen:
        ego, x, y = (int(c[place]) for c in (paths.actor, paths.last, paths.first))
        weight, stake = float(paths.weight[place]), bool(paths.stake[place])
        actors = tuple(code for code in (ego, y, x, self._target) if code != NOBODY)
        ends = list(pairwise(actors))
        taken: list[StepWeights | None] = [*[way.middle] * (len(ends) - 1), way.last]
        if stake:
            taken = [way.last, None]
        steps = tuple(_Wanted(a, b, ego, w) for (a, b), w in zip(ends, taken, strict=True))
        kind = "stake" if stake else "through" if x != NOBODY else "direct"
        return _Chosen(actors, kind, weight, float(np.log1p(-weight)) / whole, steps)

    def explain(self) -> Explained:
        """Every path that was added, with its steps."""
        chosen = [path for paths in self._chosen for path in paths]
        wanted = list(dict.fromkeys(step for path in chosen for step in path.steps))
        factors = self._factors(wanted)
        families = [self._shares(factor) for factor in factors]
        credits_ = [self._credit(*each) for each in zip(wanted, families, strict=True)]
        claims = self._view.crediting(credits_)
        steps = {
            step: self._step(step, factor, split, cited_)
            for step, factor, split, cited_ in zip(wanted, factors, families, claims, strict=True)
        }
        used = {claim.id: claim for cited_ in claims for claim in cited_}
        between = {code for path in chosen for code in path.actors[1:-1]}
        told = tuple(tuple(self._path(path, steps) for path in paths) for paths in self._chosen)
        return Explained(told, tuple(used.values()), frozenset(between))

    def _factors(self, wanted: Sequence[_Wanted]) -> list[Values]:
        """c_f·g_f·s_f of each step by family; empty for a stake."""
        factors: list[Values] = [np.empty(0)] * len(wanted)
        for weights in self._weights:
            places = [place for place, step in enumerate(wanted) if step.weights is weights]
            if places:
                steps = [wanted[place] for place in places]
                for place, factor in zip(places, self._seen(steps, weights), strict=True):
                    factors[place] = factor
        return factors

    def _seen(self, steps: Sequence[_Wanted], weights: StepWeights) -> Values:
        source, target, ego = (
            np.array([getattr(step, name) for step in steps], np.int32)
            for name in ("source", "target", "ego")
        )
        ties = self._dependence.ties(source, target)
        egos = self._dependence.ties(ego, target)
        egos[ego == source] = NO_TIE
        return self._dependence.factors(ties, target, egos, weights)

    def _shares(self, factor: Values) -> dict[str, float]:
        parts = np.log1p(-factor)
        whole = float(parts.sum())
        return {
            self._families[place]: float(parts[place]) / whole
            for place in np.flatnonzero(factor > 0).tolist()
        }

    def _step(
        self,
        step: _Wanted,
        factor: Values,
        families: Mapping[str, float],
        claims: Sequence[Citation],
    ) -> Step:
        stake = step.weights is None
        ids = self._view.actors.id
        return Step(
            from_=ids(step.source),
            to=ids(step.target),
            value=self._stakes[step.source] if stake else float(1 - np.prod(1 - factor)),
            families=families,
            claims=tuple(cited(claim) for claim in claims),
            missing=missing(claims),
        )

    def _credit(self, step: _Wanted, families: Mapping[str, float]) -> Credit:
        """What the claims of a step must say: that its source supplies its target in these
        families or, for a stake, that the target answers for the source."""
        if step.weights is None:
            return Credit(step.target, step.source, self._staked)
        key = frozenset(families)
        if key not in self._relations_of:
            relations = self._view.ontology.relations.items()
            self._relations_of[key] = frozenset(n for n, r in relations if r.family in key)
        return Credit(step.source, step.target, self._relations_of[key])

    def _path(self, path: _Chosen, steps: Mapping[_Wanted, Step]) -> LeveragePath:
        return LeveragePath(
            actors=tuple(self._view.actors.id(code) for code in path.actors),
            kind=path.kind,
            weight=path.weight,
            share=path.share,
            steps=tuple(steps[step] for step in path.steps),
        )
