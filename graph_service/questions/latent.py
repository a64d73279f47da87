"""Which states stand where supporters of a group usually stand: inferred, and kept apart."""

from pydantic import Field

from graph_service.domain.ontology import Ontology
from graph_service.queries.latent import latent
from graph_service.queries.parameters import RANKED_LIMIT
from graph_service.questions.askable import Askable, Id, Number, Query


class Latent(Askable):
    """Latent patrons of a group."""

    route = "/v1/actors/{id}/latent"

    id: Id
    limit: Number = Field(RANKED_LIMIT.usual, ge=1, le=RANKED_LIMIT.most)

    def query(self, ontology: Ontology) -> Query:
        return lambda view, budget: latent(view, self.id, limit=self.limit, budget=budget)
