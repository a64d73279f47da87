"""Whom an actor answers for: what is done to them is done to it (`docs/method.md` §3.7)."""

import numpy as np

from graph_service.domain.ontology import Flow
from graph_service.graph.view import View


def stakes(view: View, target: int) -> dict[int, float]:
    """Those whom the target heads, controls or has as a part, with the largest stake in each."""
    links, relations = view.links, view.ontology.relations.values()
    stake = np.array([relation.stake for relation in relations])
    holder = np.array([relation.flow is Flow.SUBJECT for relation in relations])
    block = slice(int(links.start[target]), int(links.stop[target]))
    code = links.relation[block]
    places = np.flatnonzero((stake[code] > 0) & (holder[code] == links.outward[block]))
    found: dict[int, float] = {}
    held = zip(links.other[block][places].tolist(), stake[code[places]].tolist(), strict=True)
    for other, size in held:
        found[other] = max(found.get(other, 0.0), size)
    return found
