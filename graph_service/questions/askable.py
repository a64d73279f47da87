"""A question with its parameters read: what every question has in common."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticKnownError

from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates, instant
from graph_service.graph.view import Fold, View
from graph_service.queries.answers import Answer, Meta, NounMeta
from graph_service.queries.budget import Budget
from graph_service.queries.parameters import MAX_ID, as_of_from, ids_in, known_at_from
from graph_service.stores.graph import Graph

M = TypeVar("M", bound=Meta | NounMeta)
MOST_TEXT = 20_000
"""Characters of a list of ids."""


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
Ids = Annotated[str, Field(max_length=MOST_TEXT)]


class Askable(ABC, BaseModel):
    """A question with its parameters read, but for names of the vocabulary and dates; every one
    takes a standpoint. `route` is its place in the API, `about` are the parameters that a command
    takes without naming them, `listing` those of them that hold several ids, `naming` all that
    hold ids of actors."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)
    route: ClassVar[str]
    about: ClassVar[tuple[str, ...]] = ("id",)
    listing: ClassVar[frozenset[str]] = frozenset()
    naming: ClassVar[tuple[str, ...]] = ("id", "by", "among")

    as_of: str | None = None
    known_at: str | None = None
    dates: Dates = Dates.CERTAIN
    min_confidence: float = Field(0.0, ge=0, le=1, allow_inf_nan=False)
    fold: Fold = Fold.NONE

    @property
    def named(self) -> tuple[str, ...]:
        """The ids of all actors that it names; at the level of states they count as nobody else."""
        return ids_in(*(getattr(self, name, None) for name in self.naming))

    def given(self, parameter: str) -> object:
        """The value of a parameter, by its name in a URL."""
        named = {field.alias or name: name for name, field in type(self).model_fields.items()}
        return getattr(self, named[parameter])

    @abstractmethod
    def query(self, ontology: Ontology) -> Query:
        """What to ask of a view; raises `InvalidQuestion` for a name that the ontology lacks."""

    def where(self) -> tuple[int | None, datetime | None]:
        """The day and the state of knowledge that it asks about, None for today and for all; raises
        `InvalidQuestion` for dates it cannot read."""
        return as_of_from(self.as_of), known_at_from(self.known_at)

    def view(self, graph: Graph) -> View:
        """The graph from this standpoint; raises `InvalidQuestion` for dates it cannot read."""
        as_of, known_at = self.where()
        return graph.view(
            as_of=as_of,
            known_at=known_at,
            dates=self.dates,
            min_confidence=self.min_confidence,
            fold=self.fold,
            about=self.named,
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
