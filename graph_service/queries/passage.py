"""What lies behind the steps of paths: the claims of each, and whether time allows to take it."""

from dataclasses import dataclass

from graph_service.domain.periods import DISTANT_PAST
from graph_service.graph.view import Citation, View
from graph_service.queries.reach import near
from graph_service.queries.ties import Wanted, claims_of

START = DISTANT_PAST


@dataclass(frozen=True, slots=True)
class Grounds:
    """The relations (in the order of the ontology) and the live claims (by id) of a step."""

    relations: tuple[str, ...]
    claims: tuple[Citation, ...]


class Passage:
    """Looks behind steps between two actors (by code), each once."""

    def __init__(self, view: View, want: Wanted) -> None:
        self._view, self._want = view, want
        self._grounds: dict[tuple[int, int], Grounds] = {}

    def grounds(self, a: int, b: int) -> Grounds:
        """The ties that the step from `a` to `b` can take."""
        if (a, b) not in self._grounds:
            self._grounds[a, b] = self._look(a, b)
        return self._grounds[a, b]

    def follow(self, mark: int, a: int, b: int) -> int | None:
        """The mark of a path in time after the step from `a` to `b`, or None if it cannot be taken.

        The mark is the latest beginning among the claims taken so far, one a step. A step can be
        taken by a claim that does not end before it; of these the one that begins first is taken,
        which leaves most open.
        """
        begins = [claim.begins for claim in self.grounds(a, b).claims if claim.ends >= mark]
        return max(mark, min(begins)) if begins else None

    def _look(self, a: int, b: int) -> Grounds:
        links = self._view.links
        rows = near(self._view, a)
        rows = rows[links.other.take(rows) == b]
        rows = rows[self._want.keeps(self._view, rows)]
        places = sorted(set(links.relation.take(rows).tolist()))
        behind = claims_of(self._view, a, b, rows, self._want)
        claims = sorted((claim for each in behind for claim in each), key=lambda claim: claim.id)
        return Grounds(tuple(self._want.names[place] for place in places), tuple(claims))
