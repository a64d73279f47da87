"""The port that questions use: claims folded into a graph at (as_of, known_at).

Actors are handled by code, an index from 0; `View.actors` turns codes into ids and back. Every
array is a column; nothing of a store or of a file format shows here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.claims import Modality, Outcome, State, Strength
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates

if TYPE_CHECKING:
    from graph_service.graph.histories import Becoming, Footing, Told
    from graph_service.graph.scenarios import Alternates, Scenarios

Codes = NDArray[np.int32]
Values = NDArray[np.float64]
Small = NDArray[np.uint8]

ALONG_TIES = "ties"


class Counting(StrEnum):
    """Which evidence counts: what is accepted; of that only what at least two origins assert; or
    what is proposed as well (`docs/method.md` §3.11)."""

    ACCEPTED = "accepted"
    CORROBORATED = "corroborated"
    PROPOSED = "proposed"


class Fold(StrEnum):
    """Between whom evidence is read: the actors as named, or the states that they act for
    (`docs/method.md`, "At the level of states")."""

    NONE = "none"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a view stands: the world's clock, the store's clock, and how dates are read.

    `as_of` is a day as an ordinal. `known_at` None means everything up to `sequence`.
    Only evidence coded with at least `min_confidence` counts. With `fold` actors count as their
    state, but for those that the question is `about` (ids, sorted).
    """

    as_of: int
    known_at: datetime | None = None
    dates: Dates = Dates.CERTAIN
    min_confidence: float = 0.0
    counting: Counting = Counting.ACCEPTED
    fold: Fold = Fold.NONE
    about: tuple[str, ...] = ()


class Actors(Protocol):
    """The actors of a view by code."""

    def __len__(self) -> int: ...
    def code(self, id_: str) -> int:
        """The code of an actor; raises `NotFound` with suggestions."""
        ...

    def id(self, code: int) -> str: ...
    def name(self, code: int) -> str: ...
    def kind(self, code: int) -> str: ...
    def of_kind(self, kind: str) -> Sequence[int]:
        """The codes of the actors of a kind."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Who supplies whom with what: the masses S_f(x→y), as ties into each target.

    The ties into the actor with code `y` are `start[y]:stop[y]` of the tie columns, each one
    source `x` (`source`), with the hostility gate `gate` g(x,y) of `docs/method.md` §3.5. The
    masses of tie `t` are `first[t]:last[t]` of the mass columns: `family` (the family's place in
    the ontology, ascending within a tie) and `mass` S_f(x→y) > 0. Ties without any mass are left
    out; the ties into one target are in the order of their sources' codes. Places of the tie
    columns that no target refers to mean nothing.

    `derived` is where questions keep what they computed from these columns, by tuples; what is
    under a tuple that starts with `ALONG_TIES` is a column along the ties and stays true of the
    ties that it covers when newer ties are added behind them.
    """

    start: Codes
    stop: Codes
    source: Codes
    gate: Values
    first: Codes
    last: Codes
    family: Small
    mass: Values
    derived: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Who is tied to whom by what: the live ties at each actor, both directions.

    The ties at the actor with code `a` are `start[a]:stop[a]` of the other columns: the actor at
    the other end (`other`), the `relation` (its place in the ontology), whether `a` is the subject
    (`outward`; true at both ends of a symmetric relation), and the `strength` 1 − Π(1 − p) over the
    tie's clusters, above 0. Order within an actor is free. `place` counts the places from 0, so that
    those of a selection need no arithmetic.
    """

    start: Codes
    stop: Codes
    other: Codes
    relation: Small
    outward: NDArray[np.bool_]
    strength: Values
    place: Codes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", np.arange(len(self.other), dtype=np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class Bonds:
    """What is between two actors whichever way it goes, each cluster counted once.

    The bonds of the actor with code `a` are `start[a]:stop[a]` of the other columns: the actor at
    the other end (`other`), the `relation` (its place in the ontology), its `mass` Σ w·σ·o·p and its
    `hostility` Σ h·σ·p over the clusters of that relation between the two. Bonds that have neither
    are left out. Order within an actor is by the other end's code, then by relation; every bond
    stands at both ends.
    """

    start: Codes
    stop: Codes
    other: Codes
    relation: Small
    mass: Values
    hostility: Values


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as an answer shows it."""

    id: str
    title: str
    published: str | None
    reliability: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A live claim as an answer cites it, with what a reader must know to doubt it.

    `modality` is `done` where some live asserting evidence tells it as done, else `intended`;
    what is only demanded or supposed weighs nothing and is not cited. `strength` and `outcome` are
    what all of its live asserting evidence says, None where it differs, says nothing or calls the
    strength ordinary. `sources` assert it,
    `denied_by` are the sources whose accepted evidence denies it. `origins` are the origins of
    its asserting evidence. `begins` and `ends` are the days (ordinals) that the frame's reading of
    dates gives, `attested` the latest day on which an asserting source was published (else
    recorded). `stale` and `uncertain` are explained in `docs/method.md` §3.9.
    """

    id: str
    relation: str
    subject: str
    object: str
    when: str
    episode: str | None
    state: State | None
    modality: Modality
    strength: Strength | None
    outcome: Outcome | None
    sources: tuple[CitedSource, ...]
    denied_by: tuple[CitedSource, ...]
    origins: frozenset[str]
    begins: int
    ends: int
    attested: int
    stale: bool
    uncertain: bool


@dataclass(frozen=True, slots=True)
class Credit:
    """What claims of some relations say of two actors: `source` supplies, `target` depends."""

    source: int
    target: int
    relations: frozenset[str]


class View(Protocol):
    """A graph as one reader may see it at one frame; immutable, and cheap to ask."""

    @property
    def ontology(self) -> Ontology: ...
    @property
    def frame(self) -> Frame: ...
    @property
    def sequence(self) -> int: ...
    @property
    def actors(self) -> Actors: ...
    @property
    def supply(self) -> Supply: ...
    @property
    def links(self) -> Links: ...
    @property
    def bonds(self) -> Bonds:
        """Worked out when first asked for."""
        ...

    @property
    def folded(self) -> Mapping[str, str]:
        """The id of the state that each actor counts as, by its own id; nothing of those that go
        by their own."""
        ...

    def episode_name(self, id_: str) -> str:
        """What an episode is called; its id where no record of it gives a name."""
        ...

    def citations(self, a: int, b: int) -> Sequence[Citation]:
        """Every live claim between two actors, either direction, ordered by id."""
        ...

    def crediting(self, wanted: Sequence["Credit"]) -> Sequence[Sequence[Citation]]:
        """The live claims that give each of these credits, ordered by id."""
        ...

    def held_back(self, actors: Iterable[int]) -> int:
        """How many ties (subject, relation, object) at these actors are left out only because
        their dates are uncertain: live if dates were read as possible, not live as read."""
        ...

    def counted(self, counting: Counting) -> "View":
        """The same graph with other evidence counting; it gives values, and cites nothing."""
        ...

    def at(self, as_of: int, known_at: datetime | None) -> "View":
        """The same evidence, seen from another day and another state of knowledge."""
        ...

    def told(self, actors: Sequence[int], *, together: bool = False, ever: bool = False) -> "Told":
        """Every claim at these actors (`together`: between two of them) that counts and has begun,
        live or not; with `ever` also what begins later."""
        ...

    def footing(self, actors: Sequence[int] | None = None) -> "Footing":
        """What the live ties at these actors, or all ties, rest on."""
        ...

    def course(self, a: int, b: int, days: Sequence[int]) -> tuple[Values, Values]:
        """The mass between two actors that alignment counts, P, and their hostility H, as it was
        on each of these days; who counts as whom is as in this view."""
        ...

    def becoming(self, later: "View") -> "Becoming":
        """How this view becomes a later one, which `at` gave."""
        ...

    def under(self, scenarios: "Scenarios") -> "Alternates":
        """What this view would hold in each of these scenarios."""
        ...
