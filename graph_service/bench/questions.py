"""What is asked of every engine: about whom, of which relations, how strong at least."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from graph_service.bench.worlds import World
from graph_service.domain.ontology import Ontology

Tie: TypeAlias = tuple[str, str, bool]
"""The actor at the other end, the relation, and whether the actor asked about is the subject (true
at both ends of a symmetric relation)."""

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Filter:
    """Which ties are wanted: those of some families or of one sign, of at least some strength."""

    families: frozenset[str] | None = None
    sign: str | None = None
    minimum: float = 0.0

    def relations(self, ontology: Ontology) -> frozenset[str]:
        """The relations that it lets through."""
        return frozenset(
            name
            for name, relation in ontology.relations.items()
            if (self.families is None or relation.family in self.families)
            and (self.sign is None or relation.polarity == self.sign)
        )


FILTERS = (
    Filter(families=frozenset({"patronage", "support"}), minimum=0.1),
    Filter(sign="+", minimum=0.2),
    Filter(sign="-", minimum=0.05),
    Filter(families=frozenset({"access", "mediation", "appeal"}), minimum=0.1),
    Filter(minimum=0.3),
)


@dataclass(frozen=True, slots=True)
class TiesOf:
    """The ties of one actor that a filter lets through; `relations` is what the filter means."""

    actor: str
    filter: Filter
    relations: frozenset[str]


def ties_questions(world: World, count: int, draw: np.random.Generator) -> tuple[TiesOf, ...]:
    """Questions about actors drawn alike, each filter in turn; every actor has some claim."""
    wanted = [each.relations(world.ontology) for each in FILTERS]
    actors = draw.choice(np.flatnonzero(world.degrees()), count)
    return tuple(
        TiesOf(world.actors[actor].id, FILTERS[n % len(FILTERS)], wanted[n % len(FILTERS)])
        for n, actor in enumerate(actors.tolist())
    )


def targets(world: World, count: int, draw: np.random.Generator) -> tuple[str, ...]:
    """Whom leverage is asked over: one in three of the largest hubs, the largest first, the others
    drawn from the actors that have any claims; in turn, so that any number of them is a mixture."""
    degrees = world.degrees()
    degrees[[n for n, actor in enumerate(world.actors) if actor.id == "unknown"]] = 0
    hubs = np.argsort(-degrees, kind="stable")[: -(-count // 3)]
    others = draw.choice(np.flatnonzero(degrees), count - len(hubs))
    turn, left = iter(hubs.tolist()), iter(others.tolist())
    places = [next(turn) if n % 3 == 0 else next(left) for n in range(count)]
    return tuple(world.actors[place].id for place in places)


def pairs(world: World, count: int, draw: np.random.Generator) -> tuple[tuple[str, str], ...]:
    """Two different actors that have claims, drawn alike."""
    known = np.flatnonzero(world.degrees())
    drawn = draw.choice(known, (count, 2))
    return tuple((world.actors[a].id, world.actors[b].id) for a, b in drawn.tolist() if a != b)
