"""Other worlds than the one that the evidence shows: drawn by chance, or with something left out.

A scenario is one such world. What a view would hold in many of them at once is asked of its
`Alternates` (`docs/method.md` §3.10 and §3.11).
"""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import Codes, Small, Values

GOLDEN = 0x9E3779B97F4A7C15
FIRST_FACTOR = 0xBF58476D1CE4E5B9
SECOND_FACTOR = 0x94D049BB133111EB
_WORD = 2**64 - 1
_HALF = 2**32


@dataclass(frozen=True, slots=True)
class Draws:
    """Scenarios in each of which the word of an origin on a cluster is kept or not by chance."""

    count: int

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True, slots=True)
class OmittedClaim:
    """A claim to be left out, with the codes of the two actors that it is about."""

    id: str
    a: int
    b: int


@dataclass(frozen=True, slots=True)
class Omissions:
    """Scenarios in each of which all evidence for one claim, or all of one origin, is left out:
    first one for each claim, then one for each origin."""

    claims: tuple[OmittedClaim, ...] = ()
    origins: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.claims) + len(self.origins)


Scenarios: TypeAlias = Draws | Omissions


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """What flows along some ties in every scenario.

    The masses of tie `t` are the columns `first[t]:last[t]` of `mass`, one row a scenario, each of
    a `family`, ascending within a tie; one more column at the end holds zeros. `gate` is the
    hostility gate of each tie, one row a scenario.
    """

    first: NDArray[np.intp]
    last: NDArray[np.intp]
    family: Small
    mass: Values
    gate: Values


class Alternates(Protocol):
    """What a view would hold in each of some scenarios."""

    def __len__(self) -> int: ...

    def totals(self, targets: Codes) -> Values:
        """All that each target receives: scenarios by targets by families (0 where η is 0)."""
        ...

    def between(self, sources: Codes, targets: Codes) -> Flows:
        """What flows from each source to the target beside it."""
        ...

    def stakes(self, holder: int, held: Codes) -> Values:
        """The largest live stake by which the holder answers for each of the others: scenarios by
        others, 0 where it does not."""
        ...

    def inclinations(self, one: Codes, other: Codes) -> tuple[Values, Values]:
        """The mass that alignment counts, P, and the hostility H, between actors side by side:
        scenarios by pairs (`docs/method.md`, "Alignment")."""
        ...


def number(key: int, n: int) -> float:
    """The random number in [0, 1) of a piece of evidence in draw `n`, from the `evidence_key` of
    its id: one half of an output of splitmix64 that was seeded with the key.

    >>> [round(number(1, n), 4) for n in range(4)]
    [0.5352, 0.5666, 0.3967, 0.7458]
    """
    z = (key + (n // 2 + 1) * GOLDEN) & _WORD
    z = ((z ^ z >> 30) * FIRST_FACTOR) & _WORD
    z = ((z ^ z >> 27) * SECOND_FACTOR) & _WORD
    z ^= z >> 31
    return (z % _HALF if n % 2 == 0 else z >> 32) / _HALF


def kept(keys: NDArray[np.uint64], chances: Values, count: int) -> NDArray[np.bool_]:
    """Whether the number of each key is below its chance, one row a draw.

    >>> bool(kept(np.array([1], np.uint64), np.array([0.57]), 4)[1, 0])
    True
    """
    steps = np.arange(1, (count + 1) // 2 + 1, dtype=np.uint64) * np.uint64(GOLDEN)
    z = keys[None, :] + steps[:, None]
    for shift, factor in ((30, FIRST_FACTOR), (27, SECOND_FACTOR)):
        z ^= z >> np.uint64(shift)
        z *= np.uint64(factor)
    z ^= z >> np.uint64(31)
    limit = np.ceil(chances * _HALF).astype(np.uint64)
    found = np.empty((2 * len(steps), len(keys)), bool)
    np.less(z % np.uint64(_HALF), limit, out=found[0::2])
    np.less(z >> np.uint64(32), limit, out=found[1::2])
    return found[:count]
