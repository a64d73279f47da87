"""What is asked of many actors: tension, blocs, brokers, and what is not known."""

from pydantic import Field

from graph_service.domain.ontology import Ontology
from graph_service.queries.balance import balance
from graph_service.queries.blocs import blocs
from graph_service.queries.brokers import brokers
from graph_service.queries.gaps import gaps
from graph_service.queries.parameters import CAMP_SIZE, RANKED_LIMIT, list_from
from graph_service.questions.askable import Askable, Id, Ids, Number, Query


class Camp(Askable):
    """What is asked of many actors, named or chosen."""

    about = ("actors",)
    listing = frozenset(about)
    naming = about

    actors: Ids | None = None
    size: Number = Field(CAMP_SIZE.usual, ge=1, le=CAMP_SIZE.most)

    @property
    def given_actors(self) -> tuple[str, ...]:
        """The ids that are named; raises `InvalidQuestion`."""
        return () if self.actors is None else list_from(self.actors, "actors")


class Balance(Camp):
    """Which triads of actors do not go together."""

    route = "/v1/balance"

    limit: Number = Field(RANKED_LIMIT.usual, ge=1, le=RANKED_LIMIT.most)

    def query(self, ontology: Ontology) -> Query:
        actors = self.given_actors
        return lambda view, budget: balance(
            view, actors, limit=self.limit, size=self.size, budget=budget
        )


class Blocs(Camp):
    """Who stands with whom against whom."""

    route = "/v1/blocs"

    def query(self, ontology: Ontology) -> Query:
        actors = self.given_actors
        return lambda view, budget: blocs(view, actors, size=self.size, budget=budget)


class Brokers(Askable):
    """Through whom others have influence."""

    route = "/v1/brokers"
    about = ("over",)
    naming = about

    over: Id | None = None
    limit: Number = Field(RANKED_LIMIT.usual, ge=1, le=RANKED_LIMIT.most)

    def query(self, ontology: Ontology) -> Query:
        return lambda view, budget: brokers(view, self.over, limit=self.limit, budget=budget)


class Coverage(Askable):
    """What the graph does not know."""

    route = "/v1/coverage"
    about = ("actor",)
    naming = about

    actor: Id | None = None
    limit: Number = Field(RANKED_LIMIT.usual, ge=1, le=RANKED_LIMIT.most)

    def query(self, ontology: Ontology) -> Query:
        return lambda view, budget: gaps(view, self.actor, limit=self.limit, budget=budget)
