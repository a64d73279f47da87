"""What others would score by, on the same graph, with networkx and numpy.

Ties are read from a view: friendly ones from supplier to receiver (an alliance both ways) with their
strength, hostile ones both ways. Katz 1953; signed Katz with friendly minus hostile ties;
personalised PageRank (Page et al. 1999) from the group against the direction of supply; PN centrality
(Everett & Borgatti 2014), its matrix read pair by pair; degree; counts; persistence.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph_service.graph.rows import ragged
from graph_service.graph.view import Codes, Values, View

DAMPING = 0.5
"""Of the largest that Katz converges with."""
FRIENDS, FOES = frozenset({"patronage", "support"}), frozenset({"force", "sanction", "threat"})


class Network:
    """The friendly and the hostile ties of a view, as matrices over its actors."""

    def __init__(self, view: View) -> None:
        count = len(view.actors)
        links, relations = view.links, list(view.ontology.relations.values())
        rows = ragged(links.start, links.stop)
        here = np.repeat(np.arange(count), links.stop - links.start)
        other, relation, strength = links.other[rows], links.relation[rows], links.strength[rows]
        friendly = np.array([one.family in FRIENDS for one in relations])[relation]
        hostile = np.array([one.polarity == "-" for one in relations])[relation]
        self.view = view
        self.friends = _matrix(here, other, strength, friendly & links.outward[rows], count)
        self.foes = _matrix(here, other, strength, hostile, count)
        self._katz = _katz(self.friends)
        self._signed = _katz(self.friends - self.foes)
        self._pn = _pn(self.friends, self.foes)

    def scores(self, group: int, candidates: Sequence[int]) -> Mapping[str, Values]:
        """The scores of candidates as supporters of a group, by code."""
        at = list(candidates)
        return {
            "degree": self.friends[at].sum(axis=1) + self.friends[:, at].sum(axis=0),
            "Katz": self._katz[at, group],
            "signed Katz": self._signed[at, group],
            "PageRank": self._pagerank(group)[at],
            "PN": self._pn[at, group],
        }

    def _pagerank(self, group: int) -> Values:
        graph = nx.from_numpy_array(self.friends.T, create_using=nx.DiGraph)
        found = nx.pagerank(graph, personalization={group: 1.0}, max_iter=1000)
        return np.array([found[code] for code in range(len(self.friends))])


def _matrix(
    here: NDArray[Any], other: Codes, strength: Values, kept: NDArray[np.bool_], count: int
) -> Values:
    """The strongest tie between any two."""
    found = np.zeros((count, count))
    np.maximum.at(found, (here[kept], other[kept]), strength[kept])
    return found


def _katz(ties: Values) -> Values:
    """Σ βᵏ Aᵏ over all k from 1."""
    largest = float(np.abs(np.linalg.eigvals(ties)).max(initial=0.0))
    beta = DAMPING / largest if largest > 0 else DAMPING
    identity = np.eye(len(ties))
    result: Values = np.linalg.solve(identity - beta * ties, identity) - identity
    return result


def _pn(friends: Values, foes: Values) -> Values:
    """(I − (P − 2N)/(2n − 2))⁻¹, of Everett & Borgatti 2014."""
    count = len(friends)
    positive, negative = np.sign(friends), np.sign(foes)
    shrunk = (positive - 2 * negative) / max(2 * count - 2, 1)
    result: Values = np.linalg.inv(np.eye(count) - shrunk)
    return result
