"""Claims through time: what was told of actors, and how one view becomes a later one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graph_service.graph.view import Citation, Codes, Small, Values, View


class Cause(StrEnum):
    """Why evidence weighs otherwise than before, in the order in which changes are told apart
    (`docs/method.md`, "Changes"): its claim has begun or become known, has ended, its age; it was
    retracted, a further source said it, a source denied it; its source was graded anew, or somebody
    judged who is who."""

    ADDED = "added"
    ENDED = "ended"
    DECAYED = "decayed"
    RETRACTED = "retracted"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    REASSESSED = "reassessed"


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Claims between actors, whatever has become of them: the codes of the two ends (`subject`,
    `object`), the place of the `relation`, the days on which each `begins` and `ends` as the frame
    reads dates, its `when` and `episode` (None for none) as they are written. In no order; `cite`
    gives the citations of those at some places, of each more than one where actors are one and
    sources called them otherwise."""

    subject: Codes
    object: Codes
    relation: Small
    begins: Codes
    ends: Codes
    when: Sequence[str]
    episode: Sequence[str | None]
    cite: Callable[[Sequence[int]], Sequence[tuple[Citation, ...]]]


@dataclass(frozen=True, slots=True, eq=False)
class Footing:
    """What live ties rest on: a row for each tie (`subject`, `relation`, `object`) and each origin
    that asserts it (its place in `origins`), with the first day on which a claim of it `begins`, the
    latest on which it was `attested`, and whether all that it says is `stale`. It is all told in so
    many `claims` by so many `sources`."""

    subject: Codes
    object: Codes
    relation: Small
    origin: Codes
    begins: Codes
    attested: Codes
    stale: NDArray[np.bool_]
    origins: Sequence[str]
    claims: int
    sources: int


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """Claims whose evidence weighs otherwise than before, as `Told` has them, with all causes of it.
    `before` and `after` are the weight ω of the strongest asserting piece of each. `cite` gives the citations of
    those at some places: as they are cited after, or before where they are not live after."""

    subject: Codes
    object: Codes
    relation: Small
    when: Sequence[str]
    episode: Sequence[str | None]
    before: Values
    after: Values
    causes: Sequence[frozenset[Cause]]
    cite: Callable[[Sequence[int]], Sequence[tuple[Citation, ...]]]


class Becoming(Protocol):
    """How one view becomes another one of the same evidence, cause by cause."""

    @property
    def causes(self) -> Sequence[Cause]:
        """Those that change anything, in their order."""
        ...

    def after(self, cause: Cause) -> View:
        """The graph after this cause and those before it; it gives values, and cites nothing."""
        ...

    def changed(self, actors: Sequence[int], *, together: bool = False) -> Changed:
        """What changed about claims at these actors (`together`: between two of them)."""
        ...
