"""What is asked of time: what was told of actors, and what has changed."""

from datetime import datetime
from typing import TypeVar

from pydantic import Field

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.ontology import Ontology
from graph_service.queries.changes import changes
from graph_service.queries.parameters import (
    RANKED_LIMIT,
    TIMELINE_LIMIT,
    as_of_from,
    day_from,
    known_at_from,
    known_names_from,
    list_from,
    since_from,
    until_from,
)
from graph_service.queries.ties import TieFilters
from graph_service.queries.timeline import timeline
from graph_service.questions.askable import Askable, Id, Ids, Number, Query, SignName

T = TypeVar("T")


class Timeline(Askable):
    """What was told of actors, in the order of time."""

    route = "/v1/timeline"
    about = ("actors",)
    listing = frozenset(about)
    naming = about

    actors: Ids
    together: bool = False
    since: str | None = None
    until: str | None = None
    relations: str | None = None
    families: str | None = None
    sign: SignName | None = None
    limit: Number = Field(TIMELINE_LIMIT.usual, ge=1, le=TIMELINE_LIMIT.most)
    cursor: str | None = Field(None, max_length=1000)

    def query(self, ontology: Ontology) -> Query:
        actors, since, until = self._when()
        filters = TieFilters(
            relations=known_names_from(self.relations, "relations", ontology.relations),
            families=known_names_from(self.families, "families", ontology.families),
            sign=self.sign,
        )
        return lambda view, budget: timeline(
            view,
            actors,
            together=self.together,
            since=since,
            until=until,
            filters=filters,
            limit=self.limit,
            cursor=self.cursor,
            budget=budget,
        )

    def _when(self) -> tuple[tuple[str, ...], int | None, int | None]:
        since, until = since_from(self.since), until_from(self.until)
        if since is not None and until is not None and since > until:
            raise InvalidQuestion(
                f"the dates are in the wrong order: since {self.since} is after until {self.until}",
                parameter="since",
            )
        return list_from(self.actors, "actors"), since, until


class Changes(Askable):
    """What changed about an actor, or between two."""

    route = "/v1/changes"
    about = ("actor", "other")
    naming = about

    actor: Id
    other: Id | None = None
    from_: str | None = Field(None, alias="from")
    to: str | None = None
    known_from: str | None = None
    known_to: str | None = None
    limit: Number = Field(RANKED_LIMIT.usual, ge=1, le=RANKED_LIMIT.most)

    def where(self) -> tuple[int | None, datetime | None]:
        """The later day and state of knowledge."""
        later = one_of_two(self.to, self.as_of, ("to", "as_of"))
        known = one_of_two(self.known_to, self.known_at, ("known_to", "known_at"))
        as_of = as_of_from(later) if self.to is None else day_from(later, "to")
        return as_of, known_at_from(known, "known_at" if self.known_to is None else "known_to")

    def query(self, ontology: Ontology) -> Query:
        since = day_from(self.from_, "from")
        known_since = known_at_from(self.known_from, "known_from")
        actors = (self.actor,) if self.other is None else (self.actor, self.other)
        return lambda view, budget: changes(
            view, actors, since=since, known_since=known_since, limit=self.limit, budget=budget
        )


def one_of_two(one: T | None, other: T | None, names: tuple[str, str]) -> T | None:
    """The one that is given; raises `InvalidQuestion` where both are, and differ."""
    if one is not None and other is not None and one != other:
        raise InvalidQuestion(
            f"{names[0]} and {names[1]} say the same: give one", parameter=names[0]
        )
    return other if one is None else one
