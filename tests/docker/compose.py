"""The compose file that ships, as an engine would read it."""

import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

from tests.docker.dockerfile import COMPOSE

_NAMED = re.compile(r"\$\$|\$\{(\w+):-([^}]*)\}")


def compose(**environment: str) -> dict[str, Any]:
    """The whole file, as it is read in this environment."""
    text = interpolated(COMPOSE.read_text("utf-8"), environment)
    told: dict[str, Any] = YAML(typ="safe").load(text)
    return told


def service(name: str, **environment: str) -> dict[str, Any]:
    """One of its services."""
    found: dict[str, Any] = compose(**environment)["services"][name]
    return found


def first_step(number: int) -> str:
    """A step as the comment at the top of the file gives it."""
    comment = re.match(r"(?:#.*\n)+", COMPOSE.read_text("utf-8"))
    assert comment is not None
    return re.split(r"^# (\d)\. ", comment[0], flags=re.MULTILINE)[2 * number]


def interpolated(text: str, environment: Mapping[str, str]) -> str:
    """The text with `${NAME:-default}` filled in, and `$$` as the one dollar that it stands for."""

    def told(found: re.Match[str]) -> str:
        return "$" if found[1] is None else environment.get(found[1]) or found[2]

    return _NAMED.sub(told, text)


def settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The lines of `neo4j.conf` that Neo4j's image makes of its environment: a dot is written as an
    underscore, an underscore as two."""
    return {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_"): value
        for name, value in environment.items()
        if not name.endswith("_FILE")
    }
