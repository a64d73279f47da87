"""Every tool: its name, what it takes, and what it says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from graph_service.client.client import Client
from graph_service.client.errors import Refused
from graph_service.mcp.nouns import (
    FEW,
    describe_ontology,
    get_claim,
    list_sources,
    search_actors,
)
from graph_service.mcp.proposing import SCHEMA, propose_claim
from graph_service.mcp.questions import QUESTIONS, Question, ask
from graph_service.mcp.telling import Said, said

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Tool:
    """What an assistant may call. `writes` where it puts something into the store."""

    name: str
    title: str
    description: str
    schema: Json
    act: Callable[[Client, Json], Said]
    writes: bool = False

    def call(self, client: Client, given: Json) -> Said:
        """What it says; raises `GraphServiceError` where it cannot."""
        known, needed = self.schema["properties"], self.schema.get("required", ())
        unknown = [name for name in given if name not in known]
        if unknown:
            raise Refused(f"{self.name} takes no {unknown[0]!r}: it takes {', '.join(known)}")
        missing = [name for name in needed if given.get(name) in (None, "", [])]
        if missing:
            raise Refused(f"{self.name} needs {', '.join(missing)}")
        return self.act(client, {name: one for name, one in given.items() if one is not None})


def tools_of(openapi: Json, *, writes: bool) -> dict[str, Tool]:
    """The tools by name; the questions take what the API's own description says that they take."""
    tools = [*_questions(openapi), _ask(openapi), *_nouns()]
    if writes:
        tools.append(_propose())
    return {tool.name: tool for tool in tools}


def _questions(openapi: Json) -> Iterator[Tool]:
    for question in QUESTIONS:
        operation = openapi["paths"][question.path]["get"]
        yield Tool(
            question.name,
            operation["summary"],
            f"{operation['summary']}. {operation['description']}",
            question.schema(operation),
            partial(_answer, question),
        )


def _answer(question: Question, client: Client, given: Json) -> Said:
    return said(question.ask(client, given))


def _ask(openapi: Json) -> Tool:
    operation = openapi["paths"]["/v1/ask"]["get"]
    words = {"type": "string", "description": "The question, in English."}
    return Tool(
        "ask",
        operation["summary"],
        f"{operation['summary']}. {operation['description']}",
        _schema({"question": words}, ["question"]),
        _understood,
    )


def _understood(client: Client, given: Json) -> Said:
    asked = ask(client, given)
    if asked.answer is None or asked.understood is None:
        words = [one.words.rstrip("?") for one in asked.suggestions]
        raise Refused(asked.why or "that was not understood", suggestions=words)
    before = [f"Understood as: {asked.understood.words}", *asked.understood.notes]
    return said(asked.answer, before=before)


def _nouns() -> Iterator[Tool]:
    text = {"type": "string"}
    limit = {"type": "integer", "minimum": 1, "maximum": 50, "default": FEW}
    yield Tool(
        "search_actors", "Find an actor",
        "Actors by name, alias or metonym, tolerant of spelling. Use it before anything else where "
        "it is not plain who is meant.",
        _schema({"q": text, "kind": {**text, "description": "Only this kind."}, "limit": limit}, ["q"]),
        search_actors,
    )  # fmt: skip
    yield Tool(
        "get_claim", "A claim in full",
        "A claim by its id, with all evidence for and against it, who says so, where it stands in "
        "its sources, and its history.",
        _schema({"id": text}, ["id"]), get_claim,
    )  # fmt: skip
    yield Tool(
        "list_sources", "The sources",
        "The sources that claims rest on, with their dates and how far they are believed.",
        _schema({"limit": limit}), list_sources,
    )  # fmt: skip
    yield Tool(
        "describe_ontology", "What the words mean",
        "The kinds of actors and the relations that claims can state, each with its code and label; "
        "with `relation`, all that is known of one.",
        _schema({"relation": {**text, "description": "The code of a relation, such as `backs`."}}),
        describe_ontology,
    )  # fmt: skip


def _propose() -> Tool:
    return Tool(
        "propose_claim", "Propose a claim",
        "Puts a claim with its source before those who decide. It changes no answer: nothing rests "
        "on it before a person accepts it. Proposing the same again is the same proposal.",
        SCHEMA, propose_claim, writes=True,
    )  # fmt: skip


def _schema(properties: Json, required: list[str] | None = None) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": required or [],
        "additionalProperties": False,
    }
