"""What an index keeps of a frame: the evidence, how it is looked at there, and what it comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph_service.graph.bonding import bonds_of, patched_bonds
from graph_service.graph.fold import Coefficients, Fold
from graph_service.graph.merging import Merging
from graph_service.graph.projection import Projection, patched, project
from graph_service.graph.rows import Layout
from graph_service.graph.seen import Seen
from graph_service.graph.state import Pair, State
from graph_service.graph.tables import Tables, microseconds
from graph_service.graph.view import Bonds, Frame
from graph_service.graph.weights import Scale

BONDS = "bonds"


@dataclass(frozen=True, slots=True, eq=False)
class Who:
    """Who counts as which state at a frame, by code, worked out from the evidence of a state;
    `merging` are those who are one by judgement there."""

    state: State
    merging: Merging
    folds: Mapping[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The evidence as told, how it is looked at, and what that comes to. At the level of states
    also who counts as which state, and the actors `about` whom it is: of those whom a question is
    about the ones that would count as a state. `folded` is all that do, by id."""

    state: State
    seen: Seen
    projection: Projection
    who: Who | None = None
    about: tuple[str, ...] = ()
    folded: Mapping[str, str] = field(default_factory=dict)


class Projector:
    """Works out projections of evidence at a frame."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.numbers = Coefficients(tables.ontology)

    def of_layout(self, frame: Frame, told: Layout, actors: int) -> Projection:
        """What these rows come to."""
        return self.of_fold(Fold(told, Scale(self.tables, frame), self.numbers), actors)

    def of_fold(self, fold: Fold, actors: int) -> Projection:
        """What the rows of a fold come to."""
        told = fold.layout
        return project(fold.result(), told.lo, told.hi, actors, self.numbers.symmetric)

    def of_all(self, frame: Frame, seen: Seen) -> Projection:
        """What all evidence comes to, as it lies."""
        state = seen.state
        whole = self.of_layout(frame, state.base, state.actors)
        return self.brought(frame, whole, seen, state.overlay)

    def brought(
        self, frame: Frame, projection: Projection, seen: Seen, pairs: Iterable[Pair]
    ) -> Projection:
        """The projection, brought to evidence in which these pairs changed."""
        changed, actors = list(dict.fromkeys(pairs)), seen.state.actors
        if not changed and len(projection.supply.start) == actors:
            return projection
        fold = Fold(seen.layout(self.tables, changed), Scale(self.tables, frame), self.numbers)
        later = patched(projection, self.of_fold(fold, actors), changed, actors)
        bonds = projection.derived.get(BONDS)
        if bonds is not None:
            fresh = bonds_of(fold, actors)
            later.derived[BONDS] = patched_bonds(bonds, fresh, changed, actors)
        return later

    def bonds(self, frame: Frame, kept: Kept) -> Bonds:
        """The bonds at a frame, worked out at the first asking."""
        derived = kept.projection.derived
        if BONDS not in derived:
            derived[BONDS] = self._bonds(frame, kept.seen)
        return derived[BONDS]

    def _bonds(self, frame: Frame, seen: Seen) -> Bonds:
        scale, actors = Scale(self.tables, frame), seen.state.actors
        whole = bonds_of(Fold(seen.state.base, scale, self.numbers), actors)
        apart = seen.apart()
        fold = Fold(seen.layout(self.tables, apart), scale, self.numbers)
        return patched_bonds(whole, bonds_of(fold, actors), apart, actors) if apart else whole

    def merging(self, frame: Frame, state: State) -> Merging:
        """Who is one with whom by judgement, as was known at a frame."""
        known = microseconds(frame.known_at)
        identities = self.tables.judgements.at(state.judgements, known)
        find = self.tables.actors.ids.find
        return Merging.of(
            [code for id_ in group if (code := find(id_)) is not None]
            for group in identities.groups()
        )
