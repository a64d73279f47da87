"""Actors as nodes and claims as edges with plain attributes, which every format for graphs takes.

None of the values is None, and several ids stand in one text with commas.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph_service.domain.claims import Evidence
from graph_service.domain.periods import When, day, day_or_none
from graph_service.exporters.part import Part, Told

LOST = (
    "evidence beyond the ids of sources and the highest confidence: passages, places in sources, "
    "amounts, decisions and history; languages and dates of names; names and dates of "
    "episodes; judgements beyond the id that an actor goes by"
)

NODE = ("name", "kind", "description", "ids", "aliases", "goes_by")
EDGE = (
    "relation", "label", "family", "sign", "symmetric", "when", "start", "end", "certain_start",
    "certain_end", "state", "modality", "sources", "denied_by", "confidence", "episode",
)  # fmt: skip
TYPES = {"symmetric": "boolean", "confidence": "double"}
"""What is no text, by the name that GraphML and GEXF both have for it."""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """An actor."""

    id: str
    values: Values


@dataclass(frozen=True, slots=True)
class Edge:
    """A claim, from its subject to its object."""

    id: str
    source: str
    target: str
    values: Values


def flat(part: Part) -> Iterator[Node | Edge]:
    """The edges, each behind those of its nodes that came not before."""
    known: set[str] = set()
    for told in part.claims():
        for end in (told.claim.subject, told.claim.object):
            if end not in known:
                known.add(end)
                yield node(part, end)
        yield edge(part, told)


def node(part: Part, id_: str) -> Node:
    """An actor with what is told of it."""
    actor = part.actor(id_)
    values = {
        "name": actor.name,
        "kind": actor.kind,
        "description": actor.description,
        "ids": " ".join(f"{name}:{value}" for name, value in actor.ids),
        "aliases": "; ".join(alias.text for alias in actor.aliases),
        "goes_by": part.goes_by(id_),
    }
    return Node(id_, _told(values))


def edge(part: Part, told: Told) -> Edge:
    """A claim with its sources. `start` and `end` are the first and the last day that it may touch,
    `certain_start` and `certain_end` those between which it certainly holds."""
    claim = told.claim
    relation = part.ontology.relation(claim.relation)
    days = claim.when.days()
    certain = _certainly(claim.when)
    pieces = told.asserting or told.denying
    values = {
        "relation": claim.relation,
        "label": relation.label,
        "family": relation.family,
        "sign": relation.polarity,
        "symmetric": relation.symmetric,
        "when": claim.when.text,
        "start": day_or_none(days.earliest),
        "end": day_or_none(days.latest),
        "certain_start": certain[0],
        "certain_end": certain[1],
        "state": told.state.value,
        "modality": told.modality.value,
        "sources": _sources(told.asserting),
        "denied_by": _sources(told.denying),
        "confidence": max(piece.confidence for piece in pieces),
        "episode": claim.episode,
    }
    return Edge(claim.id, claim.subject, claim.object, _told(values))


def _certainly(when: When) -> tuple[str | None, str | None]:
    first, last = when.start.latest, when.end.earliest
    if when.start_is_unknown or first > last:
        return None, None
    return day(first), day_or_none(last)


def _sources(pieces: list[Evidence]) -> str:
    return ",".join(dict.fromkeys(piece.source for piece in pieces))


def _told(values: Values) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "")}
