"""Who counts as which state: the ties by which an actor acts for another, followed to a state.

The rule, with its special cases, is in `docs/method.md` ("At the level of states").
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.ontology import End, Ontology
from graph_service.graph.fold import Coefficients, Folded, fold
from graph_service.graph.merging import Ends, Merging, read_between, read_pairs
from graph_service.graph.packing import direction, relation_of
from graph_service.graph.rows import Layout, build_layout, concatenate
from graph_service.graph.state import Pair, State
from graph_service.graph.tables import Tables
from graph_service.graph.weights import Scale

STATE = "state"
STAYING = frozenset({STATE, "unknown"})
"""The kinds of actors that count as nobody else."""

ALIKE = 9
"""Decimals to which the strengths of two ties are compared: rounding decides nothing."""


class ActsFor(NamedTuple):
    """A live tie by which an actor acts for another, by code."""

    actor: int
    principal: int
    strength: float


def folds_at(state: State, merging: Merging, scale: Scale, numbers: Coefficients) -> dict[int, int]:
    """The state that each actor counts as at the scale's frame, by code; those that are one by
    judgement go by one code here."""
    tables = scale.tables
    told = _layout_of_folding(tables, state, merging)
    ties = _ties(tables.ontology, told, fold(told, scale, numbers))
    actors = tables.actors
    return nearest_states(ties, actors.kinds.__getitem__, actors.ids.__getitem__)


def is_folding(ontology: Ontology) -> NDArray[np.bool_]:
    """By the code of a tie (relation and direction), whether one of its ends may fold."""
    return np.repeat([one.folds is not None for one in ontology.relations.values()], 2)


def folding_touched(ontology: Ontology, state: State, changed: Iterable[Pair]) -> bool:
    """Whether any of these pairs has evidence of a relation that folds."""
    folding = is_folding(ontology)
    return any(bool(folding[state.rows(pair).tie].any()) for pair in changed)


def _layout_of_folding(tables: Tables, state: State, merging: Merging) -> Layout:
    """All evidence for relations that fold, between actors as judged."""
    folding = is_folding(tables.ontology)
    base = state.base
    places = np.flatnonzero(folding[base.rows.tie])
    pair = np.searchsorted(base.start, places, side="right") - 1
    lo, hi = base.lo[pair], base.hi[pair]
    if state.overlay:
        told = zip(lo.tolist(), hi.tolist(), strict=True)
        kept = np.array([pair not in state.overlay for pair in told], bool)
        places, lo, hi = places[kept], lo[kept], hi[kept]
    rows, codes = base.rows.take(places), merging.codes(state.actors)
    read = read_between(tables, Ends(lo, hi, rows.tie), codes[lo], codes[hi], rows)
    late = read_pairs(tables, state, merging, tuple(state.overlay))
    late = late.take(np.flatnonzero(folding[late.rows.tie]))
    return build_layout(
        tables,
        np.concatenate([read.lo, late.lo]),
        np.concatenate([read.hi, late.hi]),
        concatenate([read.rows, late.rows]),
    )


def _ties(ontology: Ontology, told: Layout, folded: Folded) -> list[ActsFor]:
    by_subject = np.array([one.folds is End.SUBJECT for one in ontology.relations.values()], bool)
    code = folded.tie_code
    # The first of the pair folds where it is the subject and subjects fold, or neither.
    first = by_subject[relation_of(code)] == (direction(code) == 1)
    lo, hi = told.lo[folded.tie_pair], told.hi[folded.tie_pair]
    actor, principal = np.where(first, lo, hi), np.where(first, hi, lo)
    strength = np.round(folded.tie_strength, ALIKE)
    columns = (actor.tolist(), principal.tolist(), strength.tolist())
    return [ActsFor(*each) for each in zip(*columns, strict=True)]


def nearest_states(
    ties: Iterable[ActsFor], kind: Callable[[int], str], id_of: Callable[[int], str]
) -> dict[int, int]:
    """The state that each actor reaches in the fewest steps, where it reaches one.

    Of several ways on that are as short the strongest tie leads on, of equally strong ones that to
    the actor whose id comes first. States, and whoever is unknown, stay what they are.
    """
    behind: dict[int, list[ActsFor]] = {}
    for tie in ties:
        if kind(tie.actor) not in STAYING:
            behind.setdefault(tie.principal, []).append(tie)
    found = {code: code for code in behind if kind(code) == STATE}
    reached: Iterable[int] = tuple(found)
    while reached:
        ways: dict[int, tuple[float, str, int]] = {}
        for principal in reached:
            for tie in behind.get(principal, ()):
                if tie.actor not in found:
                    way = -tie.strength, id_of(principal), principal
                    ways[tie.actor] = min(way, ways.get(tie.actor, way))
        found |= {actor: found[principal] for actor, (_, _, principal) in ways.items()}
        reached = tuple(ways)
    return {actor: state for actor, state in found.items() if actor != state}
