"""A selection as it is asked for at every edge: parameters as text, spelt as in questions."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from graph_service.domain.claims import State
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates
from graph_service.exporters.selection import ANY_STATE, USUAL_STATES, Selection
from graph_service.queries.parameters import (
    as_of_from,
    known_at_from,
    known_names_from,
    names_from,
    since_from,
    until_from,
)

ALL_STATES = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What part of a graph is asked for; lists are written with commas. `known_at` may have been
    read already."""

    actors: str | None = None
    among: str | None = None
    relations: str | None = None
    families: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    known_at: str | datetime | None = None
    dates: Dates = Dates.CERTAIN
    min_confidence: float = 0.0
    sources: str | None = None
    states: str | None = None

    def selection(
        self, ontology: Ontology, *, usual: Collection[State] = USUAL_STATES
    ) -> Selection:
        """The selection that is meant, of the `usual` states unless it says which; raises
        `InvalidQuestion` for what cannot be read and for a name that the ontology lacks."""
        known_at = self.known_at
        return Selection(
            actors=names_from(self.actors, "actors"),
            among=names_from(self.among, "among"),
            relations=_relations(self, ontology),
            since=since_from(self.since),
            until=until_from(self.until),
            as_of=as_of_from(self.as_of),
            known_at=known_at if isinstance(known_at, datetime) else known_at_from(known_at),
            dates=self.dates,
            min_confidence=self.min_confidence,
            sources=names_from(self.sources, "sources"),
            states=_states(self.states, frozenset(usual)),
        )


ASKED = tuple(field.name for field in fields(Asked))
"""The names of the parameters."""


def _relations(asked: Asked, ontology: Ontology) -> frozenset[str] | None:
    relations = known_names_from(asked.relations, "relations", ontology.relations)
    families = known_names_from(asked.families, "families", ontology.families)
    if families is None:
        return relations
    fitting = (name for name, one in ontology.relations.items() if one.family in families)
    return frozenset(name for name in fitting if relations is None or name in relations)


def _states(text: str | None, usual: frozenset[State]) -> frozenset[State]:
    if text is None:
        return usual
    if text == ALL_STATES:
        return ANY_STATE
    names = known_names_from(text, "states", [*(state.value for state in State), ALL_STATES])
    return frozenset(map(State, (names or frozenset()) - {ALL_STATES})) or ANY_STATE
