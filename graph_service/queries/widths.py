"""How wide leverage looks: the strongest ties into an actor (`docs/method.md` §3.7).

For this order alone alternatives are left out (η = 0), so that an actor's own claims cannot
reorder what is looked at; equal ties are in the order of their sources' ids.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import Codes, Values, View
from graph_service.queries.dependence import Alternatives, Dependence, StepWeights


class Widths:
    """The widest ties into the actors of a view, kept with its supply."""

    def __init__(self, view: View, dependence: Dependence) -> None:
        self._dependence = dependence
        self._supply = view.supply
        self._id = view.actors.id
        self._width = view.ontology.parameters.leverage.width
        self.unknown = np.zeros(dependence.actors, bool)
        self.unknown[list(view.actors.of_kind("unknown"))] = True

    def into(self, target: int, step: StepWeights, *, floor: float = 0.0) -> Codes:
        """The ties into an actor that are looked at, widest first: two more than the width, one
        for the actor that asks and one for the target that it asks about."""
        kept = self._supply.derived.setdefault(("widest", step.name, floor), {})
        if target not in kept:
            block = self._dependence.block(target)
            bound = self._dependence.along_ties(step, Alternatives.NONE)[block]
            source = self._supply.source[block]
            seen = np.where(self.unknown[source] | (bound < floor), 0.0, bound)
            places = widest(seen, source, self._width + 2, self._id)
            kept[target] = (places + block.start).astype(np.int32)
        found: Codes = kept[target]
        return found


def widest(
    values: Values, codes: Codes, count: int, name: Callable[[int], str]
) -> NDArray[np.intp]:
    """The places of the `count` largest values above 0, largest first, equal ones by actor id."""
    places = np.flatnonzero(values > 0)
    if len(places) > count:
        held = values[places]
        least = np.partition(held, len(held) - count)[len(held) - count]
        places = places[held >= least]
    places = places[np.argsort(-values[places], kind="stable")]
    ordered = values[places]
    if (ordered[1:] == ordered[:-1]).any():
        keyed = sorted(places.tolist(), key=lambda p: (-values[p], name(int(codes[p]))))
        places = np.array(keyed, np.intp)
    return places[:count]
