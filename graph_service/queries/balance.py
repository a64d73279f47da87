"""Tension: triads of actors that do not go together, and whether there are fewer than by chance.

A triad whose three alignments are all of |al| ≥ .15 is balanced where the product of their signs is
positive (Heider 1946; Cartwright & Harary 1956), else frustrated; its tension is min |al|. The share
of balanced triads stands beside what it is where the same signs are dealt anew among the same ties:
z = (share − mean)/deviation. See `docs/method.md`, "Tension".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.graph.view import Citation, View
from graph_service.queries.answers import Answer, NamedActor, coverage, meta, named
from graph_service.queries.budget import Budget
from graph_service.queries.inclination import most_inclined
from graph_service.queries.inclined_ties import (
    InclinedTie,
    inclined_tie,
    inclining,
    inclining_relations,
)
from graph_service.queries.silence import silence
from graph_service.queries.ties import check_range, rounded
from graph_service.queries.triads import Triads, balanced_by_chance, triads

MOST = 200
MOST_ACTORS = 1000
USUAL_ACTORS = 200
UNDRAWN = "the time for this question was up before the signs were dealt often enough"


@dataclass(frozen=True, slots=True)
class Triad:
    """Three actors that do not go together: their `tension`, and the three ties with the latest
    claims behind each."""

    actors: tuple[NamedActor, NamedActor, NamedActor]
    tension: float
    ties: tuple[InclinedTie, InclinedTie, InclinedTie]


@dataclass(frozen=True, slots=True)
class Balance:
    """How many of the `triads` among so many `actors` are `balanced`; `ratio` is their share, and
    `expected` and `deviation` those of dealing the signs anew, `z` how far apart they are (None
    where there is nothing to compare). Of the `ties` that count the `strongest` are told;
    `frustrated` counts the triads that do not go together, the
    tensest of which are `tensions`. `reason` says why there is nothing, or why all goes together."""

    actors: int
    chosen: str
    ties: int
    hostile: int
    triads: int
    balanced: int
    frustrated: int
    ratio: float | None
    expected: float | None
    deviation: float | None
    z: float | None
    draws: int
    one_origin: bool
    strongest: tuple[InclinedTie, ...]
    tensions: tuple[Triad, ...]
    reason: str | None


def balance(
    view: View,
    actors: Sequence[str] = (),
    *,
    limit: int = 20,
    size: int = USUAL_ACTORS,
    budget: Budget | None = None,
) -> Answer[Balance]:
    """The tension among the actors with these ids or, where none is named, among the `size`
    (1–1000) with most between them; the `limit` (1–200) tensest triads and strongest ties are told.
    It rests on the claims behind all ties that count. Raises `NotFound` and `InvalidQuestion`."""
    check_range("limit", limit, MOST)
    check_range("size", size, MOST_ACTORS)
    codes, chosen = chosen_actors(view, actors, size)
    found = triads(view, codes)
    chance = _by_chance(view, found, budget or Budget())
    citations = _citations(view, found)
    balanced = int((found.products > 0).sum())
    ratio = balanced / len(found) if len(found) else None
    covers = coverage(citations, view.held_back(codes))
    data = Balance(
        actors=len(codes),
        chosen=chosen,
        ties=len(found.signs),
        hostile=int((found.signs < 0).sum()),
        triads=len(found),
        balanced=balanced,
        frustrated=len(found) - balanced,
        ratio=ratio,
        expected=chance.mean,
        deviation=chance.deviation,
        z=chance.z(ratio),
        draws=chance.draws,
        one_origin=covers.origins == 1,
        strongest=_strongest(view, found, limit),
        tensions=_tensions(view, found, limit),
        reason=_reason(view, codes if actors else [], found),
    )
    return Answer(data, meta(view, covers, UNDRAWN if chance.spent else None, citations))


@dataclass(frozen=True, slots=True)
class _Chance:
    """The share of balanced triads where signs are dealt anew; None where they cannot be."""

    mean: float | None
    deviation: float | None
    draws: int
    spent: bool

    def z(self, ratio: float | None) -> float | None:
        """How many deviations a share is above what chance gives."""
        if ratio is None or self.mean is None or not self.deviation:
            return None
        return (ratio - self.mean) / self.deviation


def _by_chance(view: View, found: Triads, budget: Budget) -> _Chance:
    signs = found.signs
    mixed = bool((signs > 0).any() and (signs < 0).any())
    draws = view.ontology.parameters.balance.permutations if len(found) and mixed else 0
    drawn, spent = balanced_by_chance(found, draws, budget)
    if not drawn:
        return _Chance(None, None, 0, spent)
    return _Chance(float(np.mean(drawn)), float(np.std(drawn)), len(drawn), spent)


def chosen_actors(view: View, actors: Sequence[str], size: int) -> tuple[list[int], str]:
    """The actors that are looked at, in the order of their ids, and how they were chosen."""
    if actors:
        check_range("actors", len(actors), MOST_ACTORS)
        codes = sorted({view.actors.code(id_) for id_ in actors}, key=view.actors.id)
        return codes, "those named"
    codes = most_inclined(view, size)
    return codes, f"the {len(codes)} with most friendship and hostility between them and others"


def _reason(view: View, codes: Sequence[int], found: Triads) -> str | None:
    if len(found) and (found.signs < 0).any():
        return None
    least = view.ontology.parameters.balance.threshold
    if len(found):
        return "there are no hostile ties among them: every triad is balanced"
    told = silence(view, codes) if len(found.ties.one) == 0 else None
    return told or f"no three of them are all aligned or opposed by at least {least:g}"


def _citations(view: View, found: Triads) -> list[Citation]:
    """What all ties that count rest on."""
    relations = inclining_relations(view.ontology)
    pairs = zip(found.ties.one.tolist(), found.ties.other.tolist(), strict=True)
    return [claim for a, b in pairs for claim in inclining(view, a, b, relations)]


def _strongest(view: View, found: Triads, limit: int) -> tuple[InclinedTie, ...]:
    """The strongest ties, friendly and hostile."""
    order = np.argsort(-rounded(np.abs(found.ties.alignment)), kind="stable")[:limit]
    return tuple(inclined_tie(view, found.ties, place, []) for place in order.tolist())


def _tensions(view: View, found: Triads, limit: int) -> tuple[Triad, ...]:
    """The tensest triads."""
    places = np.flatnonzero(found.products < 0)
    tension = np.abs(found.ties.alignment[found.edges[places]]).min(axis=1)
    order = np.argsort(-rounded(tension), kind="stable")[:limit]
    told = []
    for place, value in zip(places[order].tolist(), tension[order].tolist(), strict=True):
        edges = found.edges[place].tolist()
        ties = tuple(inclined_tie(view, found.ties, edge, []) for edge in edges)
        ends = {int(end[edge]) for end in (found.ties.one, found.ties.other) for edge in edges}
        actors = tuple(named(view, code) for code in sorted(ends, key=view.actors.id))
        told.append(Triad(actors, value, ties))  # type: ignore[arg-type] # three of each
    return tuple(told)
