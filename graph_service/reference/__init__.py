"""Actors that ship with the product: states and others of world politics under their common names,
with aliases, seats and identifiers. Where they come from is told in `provenance.md`."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import orjson

from graph_service.domain.actors import Actor, Alias, Scope

NAME = "reference"


def resource() -> Traversable:
    """The file of native records."""
    return files(__package__) / "actors.jsonl"


@cache
def load() -> tuple[Actor, ...]:
    """Every actor of the set, by id."""
    # Read without the checks of an import, which a test has made: this is done at the first need.
    return tuple(map(_actor, resource().read_bytes().splitlines()))


def _actor(line: bytes) -> Actor:
    data = orjson.loads(line)
    return Actor(
        id=data["id"],
        kind=data["kind"],
        name=data["name"],
        aliases=tuple(
            Alias(one["text"], Scope(one["scope"]), one.get("lang"), one.get("from"), one.get("to"))
            for one in data.get("aliases", ())
        ),
        ids=tuple(sorted(data.get("ids", {}).items())),
        description=data.get("description"),
    )
