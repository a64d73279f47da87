"""What is asked of two actors: who could mediate, how aligned they are, how they compare."""

from typing import Literal

from pydantic import Field

from graph_service.domain.ontology import Ontology
from graph_service.queries.alignment import alignment
from graph_service.queries.comparison import comparison
from graph_service.queries.mediators import mediators
from graph_service.queries.parameters import COMPARISON_LIMIT, RANKED_LIMIT, since_from, two_from
from graph_service.questions.askable import Askable, Ids, Number, Query

StepName = Literal["year", "month"]


class Pair(Askable):
    """What is asked of two actors."""

    about = ("between",)
    listing = frozenset(about)
    naming = about

    between: Ids


class Mediators(Pair):
    """Who could mediate between two actors."""

    route = "/v1/mediators"

    limit: Number = Field(RANKED_LIMIT.usual, ge=1, le=RANKED_LIMIT.most)
    belligerents: bool = False
    one_sided: bool = False

    def query(self, ontology: Ontology) -> Query:
        parties = two_from(self.between, "between")
        return lambda view, budget: mediators(
            view,
            parties,
            limit=self.limit,
            belligerents=self.belligerents,
            one_sided=self.one_sided,
            budget=budget,
        )


class AlignmentOf(Pair):
    """How aligned two actors are, and how that has changed."""

    route = "/v1/alignment"

    since: str | None = None
    step: StepName = "year"

    def query(self, ontology: Ontology) -> Query:
        two, since = two_from(self.between, "between"), since_from(self.since)
        return lambda view, budget: alignment(view, two, since=since, step=self.step, budget=budget)


class Comparison(Pair):
    """Two actors side by side."""

    route = "/v1/comparison"

    limit: Number = Field(COMPARISON_LIMIT.usual, ge=1, le=COMPARISON_LIMIT.most)

    def query(self, ontology: Ontology) -> Query:
        two = two_from(self.between, "between")
        return lambda view, budget: comparison(view, two, limit=self.limit, budget=budget)
