"""What the naive view holds by name, as the columns that questions read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from graph_service.graph.corroboration import pair
from graph_service.graph.gathering import ranges, summed
from graph_service.graph.histories import Footing
from graph_service.graph.reading import attested
from graph_service.graph.view import Bonds, Links, Supply, Values

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


def footing(view: "NaiveView", actors: Sequence[int] | None) -> Footing:
    """What ties rest on: a row for each tie and origin."""
    code, frame = view.actors.code, view.frame
    found: dict[tuple[int, int, int, str], list[tuple[int, int, bool]]] = {}
    sources, claims = set[str](), 0
    for reading in view.readings:
        claim = reading.claim
        ends = code(claim.subject), code(claim.object)
        if actors is not None and set(ends).isdisjoint(actors):
            continue
        claims += bool(reading.live)
        sources |= {piece.source for piece, _ in reading.live}
        for piece, source in reading.live:
            begins, on = reading.begins(piece, source, frame.dates), attested(piece, source)
            key = *ends, view.ontology.order_of_relations[claim.relation], source.origin_or_self
            found.setdefault(key, []).append((begins, on, reading.is_stale(begins, on)))
    origins = sorted({key[3] for key in found})
    return Footing(
        subject=np.array([key[0] for key in found], np.int32),
        object=np.array([key[1] for key in found], np.int32),
        relation=np.array([key[2] for key in found], np.uint8),
        origin=np.array([origins.index(key[3]) for key in found], np.int32),
        begins=np.array([min(one[0] for one in said) for said in found.values()], np.int32),
        attested=np.array([max(one[1] for one in said) for said in found.values()], np.int32),
        stale=np.array([all(one[2] for one in said) for said in found.values()], np.bool_),
        origins=origins,
        claims=claims,
        sources=len(sources),
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


def friendliness(view: "NaiveView") -> dict[frozenset[str], float]:
    """The mass that alignment counts, by unordered pair."""
    counted = view.ontology.parameters.alignment
    factors = {
        name: counted.relations.get(name, counted.families.get(relation.family, 0.0))
        for name, relation in view.ontology.relations.items()
    }
    return summed((pair(one), one.mass * factors[one.tie[1]]) for one in view.clusters)


def inclinations(views: Sequence["NaiveView"], ends: frozenset[str]) -> tuple[Values, Values]:
    """The mass between two actors that alignment counts, and their hostility, in each view."""
    friendly = [view.friendliness.get(ends, 0.0) for view in views]
    return np.array(friendly), np.array([view.hostility.get(ends, 0.0) for view in views])
