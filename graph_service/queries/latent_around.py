"""Who stands how around a group: what the formula of latent patrons is made of."""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.parameters import LatentParameters
from graph_service.graph.view import View

STATE = "state"
PATRONAGE = "patronage"
FORCE = "force"
Distances = Mapping[frozenset[str], float]


class Around:
    """Who stands how around a group, by code: its `opponents`, its `supporters`, and the
    `others_in_arms` that fight an opponent too."""

    def __init__(self, view: View, group: int, distances: Distances) -> None:
        self.view = view
        self.group = group
        self._distances = distances
        self._numbers: LatentParameters = view.ontology.parameters.latent
        relations = view.ontology.relations.items()
        self._force = np.array([one.family == FORCE for _, one in relations])
        self._allied = np.array([name == "allied_with" for name, _ in relations])
        self._rival = np.array([name == "rival_of" for name, _ in relations])
        self._patronage = list(view.ontology.families).index(PATRONAGE)
        self._kappa = view.ontology.families[PATRONAGE].kappa
        self._states = frozenset(view.actors.of_kind(STATE))
        self._patrons = cache(self._find_patrons)
        is_state = group in self._states
        self.opponents = (
            frozenset() if is_state else self._linked(group, self._force) & self._states
        )
        self.others_in_arms = frozenset().union(
            *(self._linked(one, self._force) - self._states for one in self.opponents)
        ) - {group}
        self.supporters = frozenset(self._patrons(group))
        self._candidates = frozenset() if is_state else self._states - self.opponents - {group}

    def ranked(self) -> list[tuple[int, float]]:
        """Everybody with a score, highest first, equal ones by id."""
        values = {code: self.value(code) for code in self._tied()}
        ids = self.view.actors.id
        order = sorted(values, key=lambda code: (-round(values[code], 12), ids(code)))
        return [(code, values[code]) for code in order if values[code] > 0]

    def _tied(self) -> Iterable[int]:
        """The states that may have a score: all, where distances are known."""
        if self._distances and self.opponents:
            return self._candidates
        near = [
            frozenset(self._patrons(one))
            for one in (self.supporters | self.others_in_arms) - self._states
        ]
        near += [self._linked(one, self._allied) for one in self.supporters & self._states]
        near += [self._linked(one, self._rival) for one in self.opponents]
        return frozenset().union(*near) & self._candidates

    def value(self, code: int) -> float:
        """lat of a state."""
        n, values, prox = self._numbers, self.values(code), self.prox(code)
        factors = (
            1 - n.group * values["GG"],
            1 - n.sibling * values["SIB"],
            1 - n.ally * values["ALLY"],
            1 - n.rival * values["EOE"] * (n.rival_far + n.rival_near * prox),
            1 - n.near * prox,
        )
        for_it = 1 - float(np.prod(factors))
        against = 1 - n.allied_opponent * values["ally(s,opp)"]
        return for_it * against * (1 - n.supported_opponent * values["supports(s,opp)"])

    def values(self, code: int) -> dict[str, float]:
        """The terms of a state but for distance, from 0 to 1."""
        own, here = self._support, self.group
        return {
            "GG": max((own(code, h) * own(h, here) for h in self.groups(code)), default=0.0),
            "SIB": max((own(code, h) for h in self.siblings(code)), default=0.0),
            "ALLY": max((own(t, here) for t in self.allies(code)), default=0.0),
            "EOE": float(bool(self.rivals(code))),
            "ally(s,opp)": float(bool(self.allied_opponents(code))),
            "supports(s,opp)": max((own(code, o) for o in self.supported(code)), default=0.0),
        }

    def groups(self, code: int) -> frozenset[int]:
        """The groups supported by a state that support this one."""
        return self._supported_by(code, self.supporters - self._states)

    def siblings(self, code: int) -> frozenset[int]:
        """Those who fight an opponent, and whom a state supports."""
        return self._supported_by(code, self.others_in_arms)

    def allies(self, code: int) -> frozenset[int]:
        """The allies of a state that support the group."""
        return self._linked(code, self._allied) & self.supporters & self._states

    def rivals(self, code: int) -> frozenset[int]:
        """The opponents of whom a state is a rival."""
        return self._linked(code, self._rival) & self.opponents

    def allied_opponents(self, code: int) -> frozenset[int]:
        """The opponents with whom a state is allied."""
        return self._linked(code, self._allied) & self.opponents

    def supported(self, code: int) -> frozenset[int]:
        """The opponents whom a state supports."""
        return self._supported_by(code, self.opponents)

    def _supported_by(self, code: int, among: Iterable[int]) -> frozenset[int]:
        return frozenset(one for one in among if code in self._patrons(one))

    def prox(self, code: int) -> float:
        """How near a state is to the nearest opponent; 0 where no distance is known."""
        ids, km = self.view.actors.id, self._numbers.near_km
        known = (self._distances.get(frozenset((ids(code), ids(o)))) for o in self.opponents)
        return max((1 / (1 + far / km) for far in known if far is not None), default=0.0)

    def _linked(self, code: int, relations: NDArray[np.bool_]) -> frozenset[int]:
        links = self.view.links
        at = slice(int(links.start[code]), int(links.stop[code]))
        return frozenset(links.other[at][relations[links.relation[at]]].tolist())

    def _support(self, supporter: int, supported: int) -> float:
        """How far one supports another, S/(S + κ)."""
        mass = self._patrons(supported).get(supporter, 0.0)
        return mass / (mass + self._kappa)

    def _find_patrons(self, code: int) -> Mapping[int, float]:
        """Everybody who supplies an actor with patronage, and with how much."""
        supply = self.view.supply
        found = {}
        for tie in range(int(supply.start[code]), int(supply.stop[code])):
            masses = slice(int(supply.first[tie]), int(supply.last[tie]))
            held = supply.mass[masses][supply.family[masses] == self._patronage]
            if len(held):
                found[int(supply.source[tie])] = float(held[0])
        return found
