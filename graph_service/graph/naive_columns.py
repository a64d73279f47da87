"""What the naive view holds by name, as the columns that questions read."""

from typing import TYPE_CHECKING

import numpy as np

from graph_service.graph.corroboration import pair
from graph_service.graph.gathering import ranges, summed
from graph_service.graph.view import Bonds, Links, Supply

if TYPE_CHECKING:
    from graph_service.graph.naive import NaiveView


def supply(view: "NaiveView") -> Supply:
    """The masses and gates."""
    places = {name: place for place, name in enumerate(view.ontology.families)}
    ties = sorted((view.actors.code(y), view.actors.code(x), x, y) for x, y in view.masses)
    rows = [
        (place, places[family], mass)
        for place, (_, _, x, y) in enumerate(ties)
        for family, mass in view.masses[x, y].items()
    ]
    start, stop = ranges([y for y, _, _, _ in ties], len(view.actors))
    first, last = ranges([place for place, _, _ in rows], len(ties))
    return Supply(
        start=start,
        stop=stop,
        source=np.array([x for _, x, _, _ in ties], np.int32),
        gate=np.array([view.gate(x, y) for _, _, x, y in ties], np.float64),
        first=first,
        last=last,
        family=np.array([family for _, family, _ in rows], np.uint8),
        mass=np.array([mass for _, _, mass in rows], np.float64),
    )


def links(view: "NaiveView") -> Links:
    """The live ties at each actor."""
    rows = []
    for (subject, relation, object_), strength in view.strengths.items():
        a, b = view.actors.code(subject), view.actors.code(object_)
        place = view.ontology.order_of_relations[relation]
        symmetric = view.ontology.relations[relation].symmetric
        rows += [(a, b, place, True, strength), (b, a, place, symmetric, strength)]
    rows.sort()
    start, stop = ranges([row[0] for row in rows], len(view.actors))
    return Links(
        start=start,
        stop=stop,
        other=np.array([row[1] for row in rows], np.int32),
        relation=np.array([row[2] for row in rows], np.uint8),
        outward=np.array([row[3] for row in rows], np.bool_),
        strength=np.array([row[4] for row in rows], np.float64),
    )


def bonds(view: "NaiveView") -> Bonds:
    """What is between two actors whichever way it goes."""
    mass = summed(((pair(one), one.tie[1]), one.mass) for one in view.clusters)
    hostility = summed(
        ((pair(one), one.tie[1]), one.relation.hostility * one.strength * one.p)
        for one in view.clusters
    )
    rows = []
    for (two, relation), weight in mass.items():
        if weight > 0 or hostility[two, relation] > 0:
            a, b = map(view.actors.code, two)
            values = view.ontology.order_of_relations[relation], weight, hostility[two, relation]
            rows += [(a, b, *values), (b, a, *values)]
    rows.sort()
    start, stop = ranges([row[0] for row in rows], len(view.actors))
    return Bonds(
        start=start,
        stop=stop,
        other=np.array([row[1] for row in rows], np.int32),
        relation=np.array([row[2] for row in rows], np.uint8),
        mass=np.array([row[3] for row in rows], np.float64),
        hostility=np.array([row[4] for row in rows], np.float64),
    )
