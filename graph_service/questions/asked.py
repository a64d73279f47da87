"""Questions by name, with their parameters as text, and their answers."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from pydantic import ValidationError

from graph_service.queries.answers import Answer
from graph_service.queries.budget import Budget
from graph_service.queries.parameters import check_parameter, refusal
from graph_service.queries.ties import check_names
from graph_service.questions.askable import Askable
from graph_service.questions.camps import Balance, Blocs, Brokers, Coverage
from graph_service.questions.latent import Latent
from graph_service.questions.pairs import AlignmentOf, Comparison, Mediators
from graph_service.questions.rankings import Influence, Leverage
from graph_service.questions.ties import Neighbours, Paths
from graph_service.questions.times import Changes, Timeline
from graph_service.stores.graph import Graph

PROGRAM = "graph-service"
QUESTIONS: Mapping[str, type[Askable]] = {
    "leverage": Leverage,
    "influence": Influence,
    "neighbours": Neighbours,
    "paths": Paths,
    "mediators": Mediators,
    "timeline": Timeline,
    "changes": Changes,
    "alignment": AlignmentOf,
    "balance": Balance,
    "blocs": Blocs,
    "brokers": Brokers,
    "comparison": Comparison,
    "coverage": Coverage,
    "latent": Latent,
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question by name, its parameters as text and named as in a URL.

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
            for word in _option(name, text, asked.given(name))
        ]
        actors = [
            actor
            for name in asked.about
            if name in self.parameters
            for actor in _actors(self.parameters[name], several=name in asked.listing)
        ]
        if any(actor.startswith("-") for actor in actors):
            return shlex.join([PROGRAM, self.name, *options, "--", *actors])
        return shlex.join([PROGRAM, self.name, *actors, *options])


def put(graph: Graph, question: Question, *, budget: Budget | None = None) -> Answer[Any]:
    """The answer to a question, checked as over HTTP; raises `InvalidQuestion` and `NotFound`."""
    return read(question).put(graph, budget=budget)


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


def _actors(text: str, *, several: bool) -> list[str]:
    return [one.strip() for one in text.split(",")] if several else [text]
