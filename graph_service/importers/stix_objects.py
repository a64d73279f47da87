"""The objects of a STIX bundle that this graph has a use for: actors and relationships."""

from typing import NamedTuple

from graph_service.domain.errors import InvalidDate, InvalidRecord
from graph_service.domain.periods import parse_instant
from graph_service.importers.json_values import (
    Json,
    flag,
    names,
    objects,
    required,
    shown,
    text,
    texts,
)

RELATIONSHIP = "relationship"
GROUPS = frozenset({"threat-actor", "intrusion-set"})
IDENTITY = "identity"
ACTORS = GROUPS | {IDENTITY}

KIND_OF_CLASS = {
    "individual": "person",
    # A sector or another class of bodies, taken together.
    "class": "people",
}
"""The kinds of identities by their class; all others, and groups of attackers, are organisations:
`armed_group` is for arms, and that a group is a unit of a state is what claims are for."""
NO_ACTOR = frozenset({"system"})

KNOWN_TYPES = frozenset({
    "attack-pattern", "campaign", "course-of-action", "grouping", "identity", "indicator",
    "infrastructure", "intrusion-set", "location", "malware", "malware-analysis", "note",
    "observed-data", "opinion", "report", "threat-actor", "tool", "vulnerability", "relationship",
    "sighting", "marking-definition", "language-content", "extension-definition",
})  # fmt: skip

_ATTACK = "mitre-attack"


class Actor(NamedTuple):
    """An actor as a bundle has it, and whether it still stands by it."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    ids: tuple[tuple[str, str], ...]
    modified: str
    gone: str | None


class Reference(NamedTuple):
    """What a relationship rests on."""

    name: str
    url: str | None


class Tie(NamedTuple):
    """A relationship between two objects."""

    id: str
    type: str
    source: str
    target: str
    modified: str
    gone: str | None


def type_of(data: Json) -> str:
    """The type of an object; raises `InvalidRecord`."""
    return required(data, "type")


def type_in(id_: str) -> str:
    """The type that an id begins with."""
    return id_.partition("--")[0]


def gone(data: Json) -> str | None:
    """Why an object no longer holds; None where it does."""
    if flag(data, "revoked"):
        return "revoked"
    return "deprecated" if flag(data, "x_mitre_deprecated") else None


def actor(data: Json) -> Actor:
    """An actor; raises `InvalidRecord` where it has no name that can be shown."""
    name = shown(text(data, "name"))
    if name is None:
        raise InvalidRecord("name is missing, or cannot be shown", field="name")
    told = names((*texts(data, "aliases"), *texts(data, "x_mitre_aliases")))
    return Actor(
        required(data, "id"),
        name,
        KIND_OF_CLASS.get(text(data, "identity_class") or "", "organisation"),
        tuple(told),
        tuple(_attack_ids(data)),
        _version(data),
        gone(data),
    )


def _version(data: Json) -> str:
    """When an object was modified, so that later ones are greater: some tell fractions of a second,
    and some do not."""
    told = (text(data, "modified") or "").removesuffix("Z")
    return told.rstrip("0").removesuffix(".") if "." in told else told


def _attack_ids(data: Json) -> list[tuple[str, str]]:
    """The number of a group in ATT&CK."""
    found = [
        shown(text(one, "external_id"))
        for one in objects(data, "external_references")
        if text(one, "source_name") == _ATTACK
    ]
    return [("mitre_attack", id_) for id_ in found[:1] if id_ is not None]


def tie(data: Json) -> Tie:
    """A relationship; raises `InvalidRecord` where an end is missing."""
    return Tie(
        required(data, "id"),
        required(data, "relationship_type"),
        required(data, "source_ref"),
        required(data, "target_ref"),
        _version(data),
        gone(data),
    )


def references(data: Json) -> list[Reference]:
    """What a relationship cites."""
    cited = objects(data, "external_references")
    told = [(shown(text(one, "source_name")), text(one, "url")) for one in cited]
    return [Reference(name, url) for name, url in told if name is not None]


def day(data: Json, name: str) -> str | None:
    """The day of a timestamp, None where there is none; raises `InvalidDate`."""
    value = text(data, name)
    if value is None:
        return None
    try:
        return parse_instant(value).date().isoformat()
    except InvalidDate as error:
        raise InvalidDate(error.message, field=name) from None
