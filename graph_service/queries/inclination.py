"""How friendly two actors are on balance: alignment al(a,b) = (P − H)/(P + H + 1).

P is the mass between the two, whichever way, that the ontology's `alignment` counts (1.5 of
patronage, allied_with as it is, half of the rest of support; no access, mediation, authority or
constraint: rivals negotiate), H their hostility. Above 0 they are aligned, below 0 opposed; the
offset keeps thin evidence near 0. See `docs/method.md`, "Alignment".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.domain.ontology import Ontology
from graph_service.graph.rows import ragged, starts
from graph_service.graph.view import Codes, Values, View
from graph_service.queries.ties import rounded
from graph_service.queries.widths import widest


def alignment_of(friendly: Values, hostile: Values, offset: float) -> Values:
    """Alignment, in (−1, 1), from the mass that counts and the hostility.

    >>> alignment_of(np.array([1.0, 0.0, 0.0]), np.array([0.0, 3.0, 0.0]), 1.0).tolist()
    [0.5, -0.75, 0.0]
    """
    result: Values = (friendly - hostile) / (friendly + hostile + offset)
    return result


def factors(ontology: Ontology) -> Values:
    """What the mass of each relation counts for alignment, by its place in the ontology."""
    counted = ontology.parameters.alignment
    return np.array(
        [
            counted.relations.get(name, counted.families.get(relation.family, 0.0))
            for name, relation in ontology.relations.items()
        ]
    )


@dataclass(frozen=True, slots=True, eq=False)
class Inclined:
    """Pairs of actors, each once, with the mass P that alignment counts and the hostility H between
    them, and their alignment."""

    one: Codes
    other: Codes
    friendly: Values
    hostile: Values
    alignment: Values


def inclined(view: View, actors: Sequence[int]) -> Inclined:
    """The pairs that have an actor among these and any P or H, each once for each such end."""
    bonds, codes = view.bonds, np.array(actors, np.int32)
    start, stop = bonds.start[codes], bonds.stop[codes]
    place = ragged(start, stop)
    here, other = np.repeat(codes, stop - start), bonds.other[place]
    counts = factors(view.ontology)[bonds.relation[place]] * bonds.mass[place]
    first = starts((here[1:] != here[:-1]) | (other[1:] != other[:-1]), len(here))
    if len(first):
        friendly = np.add.reduceat(counts, first)
        hostile = np.add.reduceat(bonds.hostility[place], first)
    else:
        friendly = hostile = counts
    kept = np.flatnonzero((friendly > 0) | (hostile > 0))
    first, friendly, hostile = first[kept], friendly[kept], hostile[kept]
    offset = view.ontology.parameters.alignment.offset
    value = alignment_of(friendly, hostile, offset)
    return Inclined(here[first], other[first], friendly, hostile, value)


def among(view: View, actors: Sequence[int]) -> Inclined:
    """The pairs of which both are among these actors, each once, the lower code first."""
    found = inclined(view, actors)
    inside = np.zeros(len(view.actors), bool)
    inside[list(actors)] = True
    kept = np.flatnonzero(inside[found.other] & (found.one < found.other))
    return Inclined(*(getattr(found, name)[kept] for name in Inclined.__slots__))


def between(view: View, a: int, b: int) -> tuple[float, float, float]:
    """P, H and alignment of two actors."""
    found = inclined(view, [a])
    place = np.flatnonzero(found.other == b)
    if len(place) == 0:
        return 0.0, 0.0, 0.0
    at = int(place[0])
    return float(found.friendly[at]), float(found.hostile[at]), float(found.alignment[at])


def alignments_with(view: View, code: int, others: Sequence[int]) -> list[float]:
    """The alignment of one actor with each of some others, 0 where there is nothing."""
    found = inclined(view, [code])
    known = dict(zip(found.other.tolist(), found.alignment.tolist(), strict=True))
    return [known.get(other, 0.0) for other in others]


def most_inclined(view: View, most: int) -> list[int]:
    """The actors with most of what makes alignment, friendly or hostile, at most so many, in the
    order of their ids; `unknown` is none of them."""
    everybody = range(len(view.actors))
    found = inclined(view, everybody)
    weight: Values = np.bincount(
        found.one, found.friendly + found.hostile, len(view.actors)
    ).astype(np.float64)
    weight[list(view.actors.of_kind("unknown"))] = 0.0
    codes = np.array(everybody, np.int32)
    chosen = widest(rounded(weight), codes, most, view.actors.id).tolist()
    return sorted(chosen, key=view.actors.id)
