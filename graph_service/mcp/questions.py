"""The questions as tools: what each takes, and how the client is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_service.client.answers import Answer
from graph_service.client.asked import AskAnswer
from graph_service.client.client import Client

Json = Mapping[str, Any]

_ACTOR = {
    "type": "string",
    "description": "The actor, by id, name or alias: `hamas`, `Hamas`, `Tehran`.",
}
_ACTORS = {
    "type": "array",
    "items": {"type": "string"},
    "description": "The actors, each by id, name or alias.",
}
_LEFT_OUT = frozenset({"min_sequence"})
# In Python a keyword is no name of a parameter.
_SPELT = {"from": "from_"}


@dataclass(frozen=True)
class Question:
    """A question of the API as a tool. `actors` are those parameters that name actors, in the order
    in which the client takes them; `some` of them may be left out; `few` are its defaults."""

    name: str
    path: str
    actors: Sequence[str]
    some: frozenset[str] = frozenset()
    few: Json = field(default_factory=dict)

    def ask(self, client: Client, given: Json) -> Answer[Any]:
        """The client's answer; raises its errors."""
        asked = {**self.few, **given}
        named = [asked.pop(name, None) for name in self.actors]
        whom = [
            actor
            for one in named
            if one is not None
            for actor in ([one] if isinstance(one, str) else one)
        ]
        more = {_SPELT.get(name, name): value for name, value in asked.items()}
        answer: Answer[Any] = getattr(client, self.name)(*whom, **more)
        return answer

    def schema(self, operation: Json) -> Json:
        """What it takes, from what the API says that it takes."""
        properties: dict[str, Json] = {}
        for parameter in operation["parameters"]:
            name = "actor" if parameter["name"] == "id" else parameter["name"]
            if name not in _LEFT_OUT:
                properties[name] = self._property(name, parameter)
        return {
            "type": "object",
            "properties": properties,
            "required": [name for name in self.actors if name not in self.some],
            "additionalProperties": False,
        }

    def _property(self, name: str, parameter: Json) -> Json:
        if name in self.actors:
            return _ACTORS if name in ("between", "actors") else _ACTOR
        schema = {key: value for key, value in parameter["schema"].items() if key in _KEPT}
        if name in self.few:
            schema["default"] = self.few[name]
        return {**schema, "description": parameter["description"]}


_KEPT = frozenset({"type", "enum", "minimum", "maximum", "default"})
_FEW = {"limit": 5}
QUESTIONS = (
    Question("leverage", "/v1/actors/{id}/leverage", ["actor"], few={**_FEW, "paths": 1}),
    Question("influence", "/v1/actors/{id}/influence", ["actor"], few={**_FEW, "paths": 1}),
    Question("neighbours", "/v1/actors/{id}/neighbours", ["actor"], few={"limit": 10}),
    Question("paths", "/v1/paths", ["from", "to"]),
    Question("mediators", "/v1/mediators", ["between"], few=_FEW),
    Question("timeline", "/v1/timeline", ["actors"], few={"limit": 20}),
    Question("changes", "/v1/changes", ["actor", "other"], frozenset({"other"}), few=_FEW),
    Question("alignment", "/v1/alignment", ["between"]),
    Question("comparison", "/v1/comparison", ["between"], few=_FEW),
    Question("balance", "/v1/balance", ["actors"], frozenset({"actors"}), few=_FEW),
    Question("blocs", "/v1/blocs", ["actors"], frozenset({"actors"})),
    Question("brokers", "/v1/brokers", ["over"], frozenset({"over"}), few=_FEW),
    Question("latent", "/v1/actors/{id}/latent", ["actor"], few=_FEW),
    Question("coverage", "/v1/coverage", ["actor"], frozenset({"actor"}), few=_FEW),
)
"""Every question with a place of its own; `ask` is apart, since it takes words."""


def ask(client: Client, given: Json) -> AskAnswer:
    """A question in plain words."""
    return client.ask(given["question"])
