"""What others would score by, on the same graph.

Ties are read from a view: friendly ones from supplier to receiver (an alliance both ways) with their
strength, hostile ones both ways. Katz 1953; signed Katz with friendly minus hostile ties;
personalised PageRank (Page et al. 1999) from the group against the direction of supply; PN centrality
(Everett & Borgatti 2014), its matrix read pair by pair; degree; counts; persistence.
"""

from collections.abc import Mapping, Sequence
from typing import Any

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
        self._pagerank = pagerank(self.friends.T)
        self._pn = _pn(self.friends, self.foes)

    def scores(self, group: int, candidates: Sequence[int]) -> Mapping[str, Values]:
        """The scores of candidates as supporters of a group, by code."""
        at = list(candidates)
        return {
            "degree": self.friends[at].sum(axis=1) + self.friends[:, at].sum(axis=0),
            "Katz": self._katz[at, group],
            "signed Katz": self._signed[at, group],
            "PageRank": self._pagerank[group, at],
            "PN": self._pn[at, group],
        }


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


def pagerank(ties: Values, follow: float = 0.85) -> Values:
    """Personalised PageRank (Page et al. 1999), exact: row i is that of a walk from i.

    The walk follows a tie, by strength, with probability `follow`, and begins again otherwise and
    where no tie leads on. Its visits before it begins again are the rows of (I − follow·P)⁻¹, of
    which the PageRank is the share.

    >>> pagerank(np.array([[0.0, 1.0], [0.0, 0.0]]), follow=0.5)
    array([[0.66666667, 0.33333333],
           [0.        , 1.        ]])
    """
    total = ties.sum(axis=1, keepdims=True)
    steps = np.divide(ties, total, out=np.zeros_like(ties), where=total > 0)
    visits = np.linalg.inv(np.eye(len(ties)) - follow * steps)
    result: Values = visits / visits.sum(axis=1, keepdims=True)
    return result


def _pn(friends: Values, foes: Values) -> Values:
    """(I − (P − 2N)/(2n − 2))⁻¹, of Everett & Borgatti 2014."""
    count = len(friends)
    positive, negative = np.sign(friends), np.sign(foes)
    shrunk = (positive - 2 * negative) / max(2 * count - 2, 1)
    result: Values = np.linalg.inv(np.eye(count) - shrunk)
    return result
