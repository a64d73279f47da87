"""Records as the property maps of nodes and relationships: what a graph database shows of them.

Pure: no driver and no clock. The maps hold texts, numbers, lists of texts, days as `date` and times
as `datetime` in UTC, which Cypher compares; what is unknown is None. Nothing here is ever read
back: the log alone says what is known.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import OntologyError
from graph_service.domain.identity import Judgement
from graph_service.domain.ontology import Family, Kind, Ontology, Relation
from graph_service.domain.parameters import GROUPS, Parameters
from graph_service.domain.sources import Source
from graph_service.stores.drawn_claims import DrawnClaims, Row, in_utc

__all__ = ["Drawing", "Row", "kind_label", "relationship_type"]

_NAME = re.compile("[a-z]+(?:_[a-z]+)*")


class Drawing:
    """Draws records in the words of one ontology; safe to use from several threads.

    A row has the `id` of what it is about and the `properties` of its node.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        types = {name: relationship_type(name) for name in ontology.relations}
        self._kinds = {name: kind_label(name) for name in ontology.kinds}
        self._claims = DrawnClaims(ontology, types)

    def actor(self, actor: Actor) -> Row:
        """An actor, and the `label` of its kind."""
        properties = {
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "aliases": [alias.text for alias in actor.aliases],
            "ids": [f"{name}:{value}" for name, value in actor.ids],
            "description": actor.description,
        }
        return {"id": actor.id, "label": self._kinds[actor.kind], "properties": properties}

    def source(self, source: Source) -> Row:
        """A source; its own id stands in for an origin that nobody told."""
        properties = {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "published": source.published,
            "kind": source.kind,
            "reliability": source.reliability.value,
            "origin": source.id if source.origin is None else source.origin,
            "language": source.language,
        }
        return {"id": source.id, "properties": properties}

    def episode(self, episode: Episode) -> Row:
        """An episode."""
        properties = {
            "id": episode.id,
            "kind": episode.kind,
            "name": episode.name,
            "when": episode.when,
        }
        return {"id": episode.id, "properties": properties}

    def judgement(self, judgement: Judgement) -> Row:
        """A judgement; those on two actors in one order share their id, and the last one stands."""
        id_ = f"{judgement.left} {judgement.right}"
        properties = {
            "id": id_,
            "verdict": judgement.verdict.value,
            "by": judgement.by,
            "at": in_utc(judgement.at),
            "reason": judgement.reason,
        }
        return {"id": id_, "properties": properties}

    def claim(
        self, record: ClaimRecord, sources: Mapping[str, Source], ends: tuple[str, str]
    ) -> Row:
        """A claim with all its `evidence`, and the `tie` that it is drawn as, or None.

        `sources` are those that it cites, as they stand; `ends` are the ids that its subject and
        its object go by. Raises `InvalidRecord` for a relation that the ontology does not know.
        """
        return self._claims.claim(record, sources, ends)

    def ontology(self) -> Row:
        """The ontology's own properties, and those of its `kinds`, `families` and `relations`."""
        words = self._ontology
        return {
            "ontology": {"id": "ontology", "version": words.version}
            | _parameters(words.parameters),
            "families": [_word(id_, family) for id_, family in words.families.items()],
            "relations": [
                _word(id_, relation) | {"type": relationship_type(id_)}
                for id_, relation in words.relations.items()
            ],
            "kinds": [_word(id_, kind) for id_, kind in words.kinds.items()],
        }


def relationship_type(relation: str) -> str:
    """The type of the relationships that a relation is drawn as; raises `OntologyError` where its
    id is not made of a–z and _.

    >>> relationship_type("at_war_with")
    'AT_WAR_WITH'
    """
    return _checked(relation).upper()


def kind_label(kind: str) -> str:
    """The label of the actors of a kind; raises `OntologyError` like `relationship_type`.

    >>> kind_label("armed_group")
    'ArmedGroup'
    """
    return "".join(part.capitalize() for part in _checked(kind).split("_"))


def _checked(name: str) -> str:
    # Types and labels are the only words of a statement that come from data.
    if not _NAME.fullmatch(name):
        raise OntologyError(f"{name!r} cannot be drawn: name it in the letters a to z and _")
    return name


def _word(id_: str, word: Family | Relation | Kind) -> Row:
    """A word of the ontology, without what only importers and coders read."""
    found = _values(word)
    return {"id": id_} | {
        name: value for name, value in found.items() if isinstance(value, str | int | float)
    }


def _parameters(numbers: Parameters) -> Row:
    """Every parameter by its section and name in the file: `evidence_bucket_days`."""
    sections: dict[str, Mapping[str, Any]] = {
        "reliability": numbers.reliability,
        "modality": numbers.modality,
        "strength": numbers.strength,
        "outcome": numbers.outcome,
        "gate": {"offset": float(numbers.gate_offset)},
        "ties": {"hub": numbers.hub_ties},
    }
    sections |= {name: _values(getattr(numbers, name)) for name in GROUPS}
    return dict(_flat(sections))


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Values within values, each by all the names that lead to it."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}_")
        else:
            yield before + name, list(value) if isinstance(value, tuple) else value


def _values(record: Any) -> Row:  # noqa: ANN401 - any dataclass of the ontology
    found = {field: getattr(record, field.name) for field in fields(record)}
    return {field.name: _plain(value, field.type) for field, value in found.items()}


def _plain(value: object, declared: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    # What the file gives as a whole number would divide like one in Cypher.
    return float(value) if declared is float and isinstance(value, int) else value
