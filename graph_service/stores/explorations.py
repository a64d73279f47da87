"""Analysts' questions in Cypher, for Neo4j Browser: the files of `cypher/explore/`.

A file begins with its title, its parameters with the values that it is shown with, and what it
answers; one statement follows, which no text is ever put into::

    // Who has leverage over an actor
    // :param {target: "hamas", as_of: "2024-09-30"}
    // What it answers, and how it reads dates.
    MATCH …
"""

import json
import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from graph_service.stores.cypher import folder

_SUFFIX = ".cypher"
_COMMENT = "// "
_PARAMETERS = "// :param "
_KEY = re.compile(r"[{,]\s*([a-z_]+)\s*:\s*")
_END = re.compile(r"\s*\}\s*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Exploration:
    """A question: the `name` of its file, its `title`, its `parameters` with values that the dossier
    answers, what it is `about`, and the `text` of its statement."""

    name: str
    title: str
    parameters: dict[str, Any]
    about: str
    text: str


def explorations() -> tuple[Exploration, ...]:
    """Every question, in the order of their names."""
    files = folder().joinpath("explore").iterdir()
    names = (file.name.removesuffix(_SUFFIX) for file in files if file.name.endswith(_SUFFIX))
    return tuple(exploration(name) for name in sorted(names))


def exploration(name: str) -> Exploration:
    """The question of that name; raises `FileNotFoundError` where there is none."""
    return read(name, folder().joinpath("explore", f"{name}{_SUFFIX}").read_text("utf-8"))


def read(name: str, text: str) -> Exploration:
    """The question in the text of a file; raises `ValueError` where it does not begin as it
    should."""
    lines = text.splitlines()
    head = list(takewhile(lambda line: line.startswith(_COMMENT), lines))
    parameters = _values(head[1]) if len(head) > 2 else {}
    if not parameters:
        raise ValueError(f"{name}{_SUFFIX}: begin with a title, {_PARAMETERS}, and what it answers")
    return Exploration(
        name=name,
        title=head[0].removeprefix(_COMMENT),
        parameters=parameters,
        about="\n".join(line.removeprefix(_COMMENT) for line in head[2:]),
        text="\n".join(lines[len(head) :]),
    )


def _values(line: str) -> dict[str, Any]:
    """The values in `{name: value, …}`, each as JSON writes it; none where it reads otherwise."""
    if not line.startswith(_PARAMETERS + "{"):
        return {}
    found: dict[str, Any] = {}
    place = len(_PARAMETERS)
    while key := _KEY.match(line, place):
        try:
            found[key[1]], place = _DECODER.raw_decode(line, key.end())
        except ValueError:
            return {}
    return found if _END.fullmatch(line, place) else {}
