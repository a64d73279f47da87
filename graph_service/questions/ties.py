"""Who an actor is tied to, and how two actors connect."""

from dataclasses import replace

from pydantic import Field

from graph_service.domain.ontology import Ontology
from graph_service.queries.neighbours import neighbours
from graph_service.queries.parameters import (
    NEIGHBOUR_HOPS,
    NEIGHBOUR_LIMIT,
    PATH_HOPS,
    PATHS,
    known_names_from,
    names_from,
    since_from,
)
from graph_service.queries.paths import paths
from graph_service.queries.ties import TieFilters
from graph_service.questions.askable import (
    Askable,
    DirectionName,
    Id,
    Number,
    OrderName,
    Query,
    SignName,
)


class Ties(Askable):
    """What is asked of ties, wherever they lead."""

    relations: str | None = None
    families: str | None = None
    sign: SignName | None = None
    direction: DirectionName = "both"

    def filters(self, ontology: Ontology) -> TieFilters:
        """Which ties are looked at, but for their sign; raises `InvalidQuestion`."""
        return TieFilters(
            relations=known_names_from(self.relations, "relations", ontology.relations),
            families=known_names_from(self.families, "families", ontology.families),
            direction=self.direction,
        )


class Neighbours(Ties):
    """Who an actor is tied to."""

    route = "/v1/actors/{id}/neighbours"

    id: Id
    hops: Number = Field(NEIGHBOUR_HOPS.usual, ge=1, le=NEIGHBOUR_HOPS.most)
    among: str | None = None
    since: str | None = None
    limit: Number = Field(NEIGHBOUR_LIMIT.usual, ge=1, le=NEIGHBOUR_LIMIT.most)
    cursor: str | None = Field(None, max_length=1000)

    def query(self, ontology: Ontology) -> Query:
        filters = replace(
            self.filters(ontology),
            sign=self.sign,
            among=names_from(self.among, "among"),
            since=since_from(self.since),
        )
        return lambda view, budget: neighbours(
            view,
            self.id,
            hops=self.hops,
            filters=filters,
            limit=self.limit,
            cursor=self.cursor,
            budget=budget,
        )


class Paths(Ties):
    """How two actors connect."""

    route = "/v1/paths"
    about = ("from", "to")
    naming = ("from_", "to")

    from_: Id = Field(alias="from")
    to: Id
    k: Number = Field(PATHS.usual, ge=1, le=PATHS.most)
    hops: Number = Field(PATH_HOPS.usual, ge=1, le=PATH_HOPS.most)
    order: OrderName = "fewest"

    def query(self, ontology: Ontology) -> Query:
        filters = self.filters(ontology)
        return lambda view, budget: paths(
            view,
            self.from_,
            self.to,
            k=self.k,
            hops=self.hops,
            order=self.order,
            sign=self.sign,
            filters=filters,
            budget=budget,
        )
