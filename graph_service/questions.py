"""The questions by name: what each takes as text, with its defaults and limits, and its answer.

Every edge asks through the classes here, so that a question means the same wherever it is put.
"""

import re
import shlex
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from urllib.parse import quote, urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticKnownError

from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates, instant
from graph_service.graph.view import Fold, View
from graph_service.queries.answers import Answer, Meta, NounMeta
from graph_service.queries.budget import Budget
from graph_service.queries.influence import influence
from graph_service.queries.leverage import leverage
from graph_service.queries.neighbours import neighbours
from graph_service.queries.parameters import (
    LEVERAGE_HOPS,
    LEVERAGE_LIMIT,
    MAX_ID,
    NEIGHBOUR_HOPS,
    NEIGHBOUR_LIMIT,
    PATH_HOPS,
    PATHS,
    PATHS_OF_EACH,
    as_of_from,
    channels_from,
    check_parameter,
    ids_in,
    known_at_from,
    known_names_from,
    names_from,
    refusal,
    since_from,
)
from graph_service.queries.paths import paths
from graph_service.queries.ties import TieFilters, check_names
from graph_service.stores.graph import Graph

PROGRAM = "graph-service"
M = TypeVar("M", bound=Meta | NounMeta)


def _digits(text: object) -> object:
    """Nothing but digits: `1_0`, ` 5` and `1.0` are whole numbers to pydantic, and to nobody else."""
    if isinstance(text, str) and not re.fullmatch("-?[0-9]+", text):
        raise PydanticKnownError("int_parsing")
    return text


DIGITS = BeforeValidator(_digits)
Number = Annotated[int, DIGITS]
Id = Annotated[str, Field(max_length=MAX_ID)]
# A plus sign in a query is read as a space, and `sign=+` can mean nothing else.
SignName = Annotated[
    Literal["+", "-", "0", "mixed"], BeforeValidator(lambda text: "+" if text == " " else text)
]
DirectionName = Literal["out", "in", "both"]
OrderName = Literal["fewest", "strongest", "time"]
Query = Callable[[View, Budget], Answer[Any]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question by name, its parameters as text and named as in a URL; `id`, or `from` and `to`,
    are the ids of the actors that it is about.

    >>> hamas = Question("leverage", {"id": "hamas", "as_of": "2024-07-31"})
    >>> hamas.url()
    '/v1/actors/hamas/leverage?as_of=2024-07-31'
    >>> hamas.command()
    'graph-service leverage hamas --as-of 2024-07-31'
    """

    name: str
    parameters: Mapping[str, str]

    def url(self) -> str:
        """The path and query that ask it over HTTP; raises `InvalidQuestion`."""
        asked = read(self)
        rest = {name: text for name, text in self.parameters.items() if name != "id"}
        path = asked.route.format(id=quote(self.parameters.get("id", ""), safe=""))
        return f"{path}?{urlencode(rest, safe=',:', quote_via=quote)}" if rest else path

    def command(self) -> str:
        """The command that asks it, for a shell; raises `InvalidQuestion`."""
        asked = read(self)
        options = [
            word
            for name, text in self.parameters.items()
            if name not in asked.about
            for word in _option(name, text, getattr(asked, name))
        ]
        actors = [self.parameters[name] for name in asked.about]
        if any(actor.startswith("-") for actor in actors):
            return shlex.join([PROGRAM, self.name, *options, "--", *actors])
        return shlex.join([PROGRAM, self.name, *actors, *options])


def put(graph: Graph, question: Question, *, budget: Budget | None = None) -> Answer[Any]:
    """The answer to a question, checked as over HTTP; raises `InvalidQuestion` and `NotFound`."""
    return read(question).put(graph, budget=budget)


class Askable(ABC, BaseModel):
    """A question with its parameters read, but for names of the vocabulary and dates; every one
    takes a standpoint. `route` and `about` are its place in the API and its actors."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)
    route: ClassVar[str]
    about: ClassVar[tuple[str, ...]] = ("id",)

    as_of: str | None = None
    known_at: str | None = None
    dates: Dates = Dates.CERTAIN
    min_confidence: float = Field(0.0, ge=0, le=1, allow_inf_nan=False)
    fold: Fold = Fold.NONE

    @property
    def actors(self) -> tuple[str, ...]:
        """The ids of all actors that it names; at the level of states they count as nobody else."""
        return ids_in(*(getattr(self, name, None) for name in ("id", "by", "among", "from_", "to")))

    @abstractmethod
    def query(self, ontology: Ontology) -> Query:
        """What to ask of a view; raises `InvalidQuestion` for a name that the ontology lacks."""

    def view(self, graph: Graph) -> View:
        """The graph from this standpoint; raises `InvalidQuestion` for dates it cannot read."""
        return graph.view(
            as_of=as_of_from(self.as_of),
            known_at=known_at_from(self.known_at),
            dates=self.dates,
            min_confidence=self.min_confidence,
            fold=self.fold,
            about=self.actors,
        )

    def put(self, graph: Graph, *, budget: Budget | None = None) -> Answer[Any]:
        """The answer; raises `InvalidQuestion` and `NotFound`."""
        query = self.query(graph.ontology)
        answer = query(self.view(graph), budget or Budget())
        return replace(answer, meta=unread(answer.meta, graph))


def unread(meta: M, graph: Graph) -> M:
    """The same, saying up to when the log was read if its server does not answer now."""
    since = graph.unread_since
    return meta if since is None else replace(meta, unread_since=instant(since))


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


QUESTIONS: Mapping[str, type[Askable]] = {
    "leverage": Leverage,
    "influence": Influence,
    "neighbours": Neighbours,
    "paths": Paths,
}


def read(question: Question) -> Askable:
    """The question with its parameters read; raises `InvalidQuestion` for the first one that is
    unknown, empty, missing or out of range."""
    check_names("question", (question.name,), QUESTIONS)
    kind = QUESTIONS[question.name]
    known = [field.alias or name for name, field in kind.model_fields.items()]
    for name, text in question.parameters.items():
        check_parameter(name, text, known)
    try:
        return kind.model_validate(dict(question.parameters))
    except ValidationError as error:
        raise refusal(error.errors()[0]) from None


def _option(name: str, text: str, value: object) -> list[str]:
    flag = f"--{name.replace('_', '-')}"
    if isinstance(value, bool):
        return [flag] if value else []
    return [f"{flag}={text}"] if text.startswith("-") else [flag, text]
