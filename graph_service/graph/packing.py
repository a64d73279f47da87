"""Small codes packed into bytes, read alike from one number and from a column of them.

`flags` of a piece of evidence: stance (1 bit), modality (2), strength (2), outcome (3). `tie` code:
the relation's place in the ontology times two, plus one where the pair's first actor is its subject.
"""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.claims import Evidence, Modality, Outcome, Stance, Strength

MODALITIES = tuple(Modality)
STRENGTHS = (Strength.ORDINARY, Strength.WEAK, Strength.STRONG, Strength.EXCEPTIONAL)
OUTCOMES = (None, *Outcome)

Bits = TypeVar("Bits", int, NDArray[np.integer[Any]])


def pack_flags(piece: Evidence) -> int:
    """The flags of a piece of evidence."""
    strength = piece.strength or Strength.ORDINARY
    return (
        (piece.stance is Stance.DENIED)
        | MODALITIES.index(piece.modality) << 1
        | STRENGTHS.index(strength) << 3
        | OUTCOMES.index(piece.outcome) << 5
    )


def denial(flags: Bits) -> Bits:
    """1 where the evidence denies its claim, 0 where it asserts it."""
    return flags & 1


def modality(flags: Bits) -> Bits:
    """The place in `MODALITIES`."""
    return flags >> 1 & 3


def strength(flags: Bits) -> Bits:
    """The place in `STRENGTHS`."""
    return flags >> 3 & 3


def outcome(flags: Bits) -> Bits:
    """The place in `OUTCOMES`."""
    return flags >> 5


def pack_tie(relation: int, *, forward: bool) -> int:
    """The code of a tie of that relation, `forward` from the pair's first actor."""
    return relation * 2 + forward


def relation_of(tie: Bits) -> Bits:
    """The relation's place in the ontology."""
    return tie >> 1


def direction(tie: Bits) -> Bits:
    """1 where the pair's first actor is the subject, else 0."""
    return tie & 1
