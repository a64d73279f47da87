"""Forecasts: which states support an armed group, a year ahead, from what was known before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.periods import parse_day
from graph_service.evaluation.baselines import Network
from graph_service.evaluation.known import Data
from graph_service.evaluation.labels import Labels, Pair, tell_opponents
from graph_service.evaluation.metrics import Asked
from graph_service.graph.view import Values
from graph_service.queries.latent import scores as latent_scores
from graph_service.queries.leverage import MOST, leverage
from graph_service.stores.graph import Graph

PAST = 10
"""Who supported a group in so many years before is no new supporter."""
OURS = ("leverage", "latent", "combined")
COMBINED = "combined"
Heard = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Forecasts:
    """The queries of a task, a group in a year each, and the scores of every method for each."""

    queries: Sequence[Asked]
    scores: Mapping[str, Sequence[Values]]

    def only_new(self, labels: Labels) -> "Forecasts":
        """The same without candidates that supported the group of late, and without queries in which
        nobody new came."""
        keep = [self._new(query, labels) for query in self.queries]
        some = [n for n, k in enumerate(keep) if self.queries[n].truth[k].any()]
        queries = [self._only(self.queries[n], keep[n]) for n in some]
        scores = {name: [of[n][keep[n]] for n in some] for name, of in self.scores.items()}
        return Forecasts(queries, scores)

    def _only(self, query: Asked, keep: NDArray[np.bool_]) -> Asked:
        left = tuple(one for one, kept in zip(query.candidates, keep, strict=True) if kept)
        return replace(query, candidates=left, truth=query.truth[keep])

    def _new(self, query: Asked, labels: Labels) -> NDArray[np.bool_]:
        group, _, year = query.name.rpartition(" ")
        past = range(int(year) - PAST, int(year))
        known = {s for one in past for s, g in labels.supporters.get(one, ()) if g == group}
        return np.array([candidate not in known for candidate in query.candidates])


def forecasts(data: Data, years: Sequence[int] | None, heard: Heard) -> tuple[Forecasts, Labels]:
    """The forecasts of all groups that were known before, in each of these years or in all that the
    labels have."""
    labels = Labels.of(data.labels, data.support)
    years = labels.years if years is None else years
    queries: list[Asked] = []
    scores: dict[str, list[Values]] = {}
    for place, year in enumerate(years):
        for query, found in _of_year(data, labels, year):
            queries.append(query)
            for name, values in found.items():
                scores.setdefault(name, []).append(values)
        heard((place + 1) / len(years))
    return Forecasts(queries, scores), labels


def _of_year(data: Data, labels: Labels, year: int) -> Sequence[tuple[Asked, Mapping[str, Values]]]:
    graph = data.before(year)
    tell_opponents(graph, labels, year)
    found = list(_Before(graph, data, labels, year).queries())
    graph.close()
    return found


class _Before:
    """What was known before a year, and what came true in it."""

    def __init__(self, graph: Graph, data: Data, labels: Labels, year: int) -> None:
        self._view = view = graph.view(as_of=parse_day(f"{year - 1}-12-31"))
        self._data = data
        self._labels = labels
        self._year = year
        codes = sorted(view.actors.of_kind("state"), key=view.actors.id)
        self._states = [view.actors.id(code) for code in codes]
        self._codes = codes

    def queries(self) -> Iterator[tuple[Asked, Mapping[str, Values]]]:
        """Each group that was known, and had a known state as its supporter in the year."""
        view, states = self._view, frozenset(self._states)
        known = {view.actors.id(code) for code in range(len(view.actors))}
        came = self._labels.supporters.get(self._year, frozenset())
        asked_of = self._labels.asked.get(self._year, frozenset()) & (known - states)
        truth = {pair for pair in came if pair[0] in states and pair[1] in asked_of}
        network = Network(view) if truth else None
        for group in sorted({group for _, group in truth}):
            right = np.array([(state, group) in truth for state in self._states])
            asked = Asked(f"{group} {self._year}", group, tuple(self._states), right)
            yield asked, self._scores(group) | dict(self._others(network, group))

    def _others(self, network: Network | None, group: str) -> Mapping[str, Values]:
        return {} if network is None else network.scores(self._view.actors.code(group), self._codes)

    def _scores(self, group: str) -> dict[str, Values]:
        ranked = leverage(self._view, group, limit=MOST, paths=1).data.ranking
        held = {entry.actor.id: entry.leverage for entry in ranked}
        likely = latent_scores(self._view, group, self._data.distances)
        ours = [np.array([of.get(one, 0.0) for one in self._states]) for of in (held, likely)]
        before = self._labels.supporters.get(self._year - 1, frozenset())
        return {
            "leverage": ours[0],
            "latent": ours[1],
            COMBINED: 1 - (1 - ours[0]) * (1 - ours[1]),
            "persistence": _held(before, group, self._states),
            "count": _counted(self._labels, self._year, group, self._states),
        }


def _held(pairs: frozenset[Pair], group: str, states: Sequence[str]) -> Values:
    return np.array([float((state, group) in pairs) for state in states])


def _counted(labels: Labels, year: int, group: str, states: Sequence[str]) -> Values:
    """In how many years before each supported the group; of those alike, who supported anybody
    most often."""
    own, any_ = np.zeros(len(states)), np.zeros(len(states))
    place = {state: n for n, state in enumerate(states)}
    for when, pairs in labels.supporters.items():
        if when < year:
            for supporter, supported in pairs:
                if supporter in place:
                    any_[place[supporter]] += 1
                    own[place[supporter]] += supported == group
    counted: Values = own + any_ / (any_.max(initial=0.0) + 1)
    return counted
