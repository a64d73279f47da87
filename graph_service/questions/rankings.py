"""Who has leverage over an actor, and over whom an actor has it."""

from typing import Any

from pydantic import Field

from graph_service.domain.ontology import Ontology
from graph_service.queries.influence import influence
from graph_service.queries.leverage import leverage
from graph_service.queries.parameters import (
    LEVERAGE_HOPS,
    LEVERAGE_LIMIT,
    PATHS_OF_EACH,
    channels_from,
)
from graph_service.questions.askable import Askable, Id, Number, Query


class Rankings(Askable):
    """What is asked of actors ranked by leverage, from either end."""

    id: Id
    channels: str | None = None
    hops: Number = Field(LEVERAGE_HOPS.usual, ge=1, le=LEVERAGE_HOPS.most)
    limit: Number = Field(LEVERAGE_LIMIT.usual, ge=1, le=LEVERAGE_LIMIT.most)
    paths: Number = Field(PATHS_OF_EACH.usual, ge=1, le=PATHS_OF_EACH.most)

    def _given(self, ontology: Ontology) -> dict[str, Any]:
        channels = channels_from(self.channels, ontology)
        return {"channels": channels, "hops": self.hops, "limit": self.limit, "paths": self.paths}


class Influence(Rankings):
    """Over whom an actor has leverage."""

    route = "/v1/actors/{id}/influence"

    def query(self, ontology: Ontology) -> Query:
        given = self._given(ontology)
        return lambda view, budget: influence(view, self.id, budget=budget, **given)


class Leverage(Rankings):
    """Who has leverage over an actor."""

    route = "/v1/actors/{id}/leverage"

    by: Id | None = None
    uncertainty: bool = False

    def query(self, ontology: Ontology) -> Query:
        given = self._given(ontology) | {"by": self.by, "uncertainty": self.uncertainty or None}
        return lambda view, budget: leverage(view, self.id, budget=budget, **given)
