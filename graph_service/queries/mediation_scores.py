"""The score of mediators between two parties: no3 of everybody who is tied to them.

The formula is in `graph_service.queries.mediators` and in `docs/method.md`, "Mediators". Only those
are looked at who have a bond with a party, so that a question costs what its parties have, however
many actors there are.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.parameters import MediatorParameters
from graph_service.graph.rows import ragged, starts
from graph_service.graph.view import Codes, Values, View
from graph_service.queries.ties import rounded
from graph_service.queries.widths import widest

UNKNOWN = "unknown"


class Standing(NamedTuple):
    """What those with these codes (sorted) are to a party: their share of what it has with anybody,
    and their mediation mass with it."""

    codes: Codes
    share: Values
    mediation: Values

    def of(self, codes: Codes) -> tuple[Values, Values]:
        """The share and the mediation of others, 0 of those who are not here."""
        if not len(self.codes):
            return np.zeros(len(codes)), np.zeros(len(codes))
        place = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        here = self.codes[place] == codes
        return np.where(here, self.share[place], 0.0), np.where(here, self.mediation[place], 0.0)


class Scores:
    """The scores of everybody between two parties: of the `candidates` (codes, sorted) their
    `share` and `mediation` on either side, their `record`, no3 (`value`) on either side, and the
    `score`, at the same places."""

    def __init__(self, view: View, parties: tuple[int, int], *, one_sided: bool) -> None:
        self._view = view
        self.parties = parties
        self._numbers: MediatorParameters = view.ontology.parameters.mediators
        relations = view.ontology.relations.values()
        self._counts = np.array([one.family in self._numbers.families for one in relations])
        self._mediates = np.array([one.family == "mediation" for one in relations])
        sides = [self._standing(party) for party in parties]
        self.candidates = self._eligible(sides, one_sided=one_sided)
        of_candidates = [side.of(self.candidates) for side in sides]
        self.share, self.mediation = ([side[n] for side in of_candidates] for n in (0, 1))
        self.record = self._records()
        self.value = [self._no3(side) for side in (0, 1)]
        self.score: Values = np.sqrt(self.value[0]) * np.sqrt(self.value[1])

    def order(self, most: int) -> list[int]:
        """Those with a score, by code, best first, equal ones by id; at most so many."""
        best = widest(rounded(self.score), self.candidates, most, self._view.actors.id)
        return [int(code) for code in self.candidates[best]]

    def place(self, code: int) -> int:
        """Where a candidate stands among all."""
        return int(np.searchsorted(self.candidates, code))

    def _standing(self, party: int) -> Standing:
        """Those with a bond of a mediator with a party."""
        bonds = self._view.bonds
        at = slice(int(bonds.start[party]), int(bonds.stop[party]))
        counted = self._counts[bonds.relation[at]]
        relation, mass, other = (
            column[at][counted] for column in (bonds.relation, bonds.mass, bonds.other)
        )
        first = starts(other[1:] != other[:-1], len(other))
        if not len(first):
            return Standing(other, mass, mass)
        held = np.add.reduceat(mass, first)
        between = np.add.reduceat(np.where(self._mediates[relation], mass, 0.0), first)
        whole = float(held.sum())
        return Standing(other[first], held / whole if whole > 0 else held, between)

    def _eligible(self, sides: list[Standing], *, one_sided: bool) -> Codes:
        """Who is tied to both parties, or to one of them; a party is none, nor is who is unknown."""
        one, other = (side.codes[side.share > 0] for side in sides)
        if self.parties[0] == self.parties[1]:
            found = one
        elif one_sided:
            found = np.union1d(one, other)
        else:
            found = np.intersect1d(one, other, assume_unique=True)
        kept = [
            code for code in found.tolist() if code not in self.parties and self._is_known(code)
        ]
        return np.array(kept, np.int32)

    def _is_known(self, code: int) -> bool:
        return self._view.actors.kind(code) != UNKNOWN

    def _records(self) -> Values:
        """The mediation mass between each candidate and anybody."""
        bonds, codes = self._view.bonds, self.candidates
        size = bonds.stop[codes] - bonds.start[codes]
        rows = ragged(bonds.start[codes], bonds.stop[codes])
        mass = np.where(self._mediates[bonds.relation[rows]], bonds.mass[rows], 0.0)
        whose: NDArray[np.intp] = np.repeat(np.arange(len(codes)), size)
        return np.bincount(whose, mass, len(codes)).astype(np.float64)

    def _no3(self, side: int) -> Values:
        numbers, t, record = self._numbers, self.mediation[side], self.record
        rep = record / (record + numbers.episodes)
        against = (1 - self.share[side]) * (1 - numbers.mediation * t / (t + 1))
        value = 1 - against * (1 - numbers.record * rep)
        result: Values = np.where(self.share[side] > 0, value, numbers.one_sided)
        return result


def no3(view: View, party: int) -> Values:
    """no3 of everybody for one party, by code; 0 without a tie to it."""
    scores = Scores(view, (party, party), one_sided=False)
    found = np.zeros(len(view.actors))
    found[scores.candidates] = scores.value[0]
    return found
