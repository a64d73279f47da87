"""The ontology as the API shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph_service.domain.ontology import (
    Channel,
    Family,
    Kind,
    Ontology,
    Relation,
)
from graph_service.domain.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Ends:
    """The kinds of actors that may stand at each end."""

    subject: tuple[str, ...]
    object: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationShown:
    """A relation: its meaning, its numbers in the method, its ends, and codes mapped to it;
    `folds` is the end that counts as the other one at the level of states."""

    label: str
    inverse: str
    definition: str
    near_misses: Mapping[str, str]
    family: str | None
    temporal: str
    symmetric: bool
    flow: str
    weight: float
    half_life_days: float
    hostility: float
    stake: float
    polarity: str
    folds: str | None
    ends: Ends
    cameo: tuple[str, ...]
    plover: tuple[str, ...]
    followthemoney: tuple[str, ...]
    stix: tuple[str, ...]
    wikidata: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that claims can say, and every number that a score uses. `kinds` are names, as
    in the `ends` of a relation; what they mean is in `definitions`."""

    version: int
    kinds: tuple[str, ...]
    definitions: Mapping[str, Kind]
    channels: Mapping[str, Channel]
    families: Mapping[str, Family]
    relations: Mapping[str, RelationShown]
    parameters: Parameters


def vocabulary(ontology: Ontology) -> Vocabulary:
    """The whole ontology, in its own order."""
    relations = ontology.relations.items()
    return Vocabulary(
        version=ontology.version,
        kinds=tuple(ontology.kinds),
        definitions=ontology.kinds,
        channels=ontology.channels,
        families=ontology.families,
        relations={name: _relation(relation) for name, relation in relations},
        parameters=ontology.parameters,
    )


def _relation(relation: Relation) -> RelationShown:
    own = RelationShown.__dataclass_fields__.keys() - {"family", "ends", "temporal", "flow"}
    return RelationShown(
        **{name: getattr(relation, name) for name in own},
        family=relation.family or None,
        temporal=relation.temporal.value,
        flow=relation.flow.value,
        ends=Ends(relation.subject, relation.object),
    )
