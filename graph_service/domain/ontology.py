"""The vocabulary as data: `ontology.toml` holds every kind, family, relation and parameter.

A new relation is a few lines there and none here; loading checks what it says. The meaning of
each number is given in `docs/method.md`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from graph_service.domain.errors import InvalidRecord, OntologyError
from graph_service.domain.parameters import GROUPS, Parameters
from graph_service.domain.periods import Temporal

T = TypeVar("T")

STICKS = "sticks"
MOST_HOPS = 3


class Flow(StrEnum):
    """To whom a relation's mass is credited: subject over object, the reverse, both, neither."""

    SUBJECT = "+"
    OBJECT = "-"
    BOTH = "="
    NEITHER = "0"


class End(StrEnum):
    """An end of a relation."""

    SUBJECT = "subject"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of actor."""

    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which leverage is held: command, carrots, access, revealed or sticks."""

    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Family:
    """Relations that work alike, with their parameters in the leverage formula."""

    label: str
    definition: str
    channel: str
    alpha: float
    kappa: float
    eta: float
    tau: float
    gated: bool
    inducing: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """What a claim can say of two actors. `family` is empty where the relation carries no mass;
    `folds` is the end that counts as the other one at the level of states, None for neither."""

    label: str
    inverse: str
    definition: str
    near_misses: Mapping[str, str]
    family: str
    temporal: Temporal
    symmetric: bool
    flow: Flow
    weight: float
    half_life_days: float
    hostility: float
    stake: float
    polarity: str
    folds: End | None
    subject: tuple[str, ...]
    object: tuple[str, ...]
    cameo: tuple[str, ...]
    plover: tuple[str, ...]
    followthemoney: tuple[str, ...]
    stix: tuple[str, ...]
    wikidata: tuple[str, ...]

    @property
    def is_event(self) -> bool:
        return self.temporal is Temporal.EVENT

    def credits(self, subject: str, object_: str, *, source: str, target: str) -> bool:
        """Whether a claim of this relation credits `source` with what `target` depends on."""
        forward = self.flow in (Flow.SUBJECT, Flow.BOTH) and (subject, object_) == (source, target)
        back = self.flow in (Flow.OBJECT, Flow.BOTH) and (object_, subject) == (source, target)
        return forward or back

    @property
    def observable(self) -> bool:
        """Whether a single date is taken as an observation (states with a half-life)."""
        return self.half_life_days > 0


@dataclass(frozen=True)
class Ontology:
    """Kinds, channels, families and relations by name, in the order of the file."""

    version: int
    parameters: Parameters
    kinds: Mapping[str, Kind]
    channels: Mapping[str, Channel]
    families: Mapping[str, Family]
    relations: Mapping[str, Relation]

    def relation(self, name: str) -> Relation:
        """The relation of that name; raises `InvalidRecord` with the nearest names."""
        found = self.relations.get(name)
        if found is None:
            near = get_close_matches(name, self.relations, n=3)
            raise InvalidRecord(
                f"{name!r} is no relation of the ontology", field="relation", suggestions=near
            )
        return found

    @cached_property
    def order_of_relations(self) -> Mapping[str, int]:
        """Each relation's place in the file, used as its code."""
        return {name: code for code, name in enumerate(self.relations)}

    def families_of(self, channels: frozenset[str]) -> frozenset[str]:
        """The families of these channels."""
        return frozenset(name for name, f in self.families.items() if f.channel in channels)

    @cached_property
    def soft_channels(self) -> frozenset[str]:
        """Every channel that is not sticks: what influence works through."""
        return frozenset(self.channels) - {STICKS}


@lru_cache(maxsize=4)
def load_ontology(text: str | None = None) -> Ontology:
    """The ontology that ships with the product, or the one in `text`; raises `OntologyError`.

    >>> load_ontology().relations["arms"].inverse
    'armed by'
    """
    if text is None:
        text = files("graph_service.domain").joinpath("ontology.toml").read_text("utf-8")
    ontology = _build(tomllib.loads(text))
    _check(ontology)
    return ontology


def _build(data: dict[str, Any]) -> Ontology:
    numbers = _section(data, "parameters")
    return Ontology(
        version=data.get("version", 1),
        parameters=Parameters(
            reliability=_section(numbers, "reliability"),
            modality=_section(numbers, "modality"),
            strength=_section(numbers, "strength"),
            outcome=_section(numbers, "outcome"),
            gate_offset=_section(numbers, "gate")["offset"],
            hub_ties=_section(numbers, "ties")["hub"],
            **{name: _make(kind, name, _section(numbers, name)) for name, kind in GROUPS.items()},
        ),
        kinds={n: _make(Kind, n, v) for n, v in _section(data, "kinds").items()},
        channels={n: _make(Channel, n, v) for n, v in _section(data, "channels").items()},
        families={n: _make(Family, n, v) for n, v in _section(data, "families").items()},
        relations={n: _relation(n, v) for n, v in _section(data, "relations").items()},
    )


def _section(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = data.get(name)
    if not isinstance(found, dict):
        raise OntologyError(f"the ontology lacks the section {name!r}")
    return found


def _make(shape: type[T], name: str, values: Mapping[str, Any]) -> T:
    wanted = {field.name for field in fields(shape)}  # type: ignore[arg-type] # dataclasses only
    if wanted != set(values):
        raise OntologyError(
            f"{name!r} in the ontology: missing {sorted(wanted - set(values))}, "
            f"unknown {sorted(set(values) - wanted)}"
        )
    plain = {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
    return shape(**plain)


def _relation(name: str, values: dict[str, Any]) -> Relation:
    plain: dict[str, Any] = {"folds": None} | values
    try:
        plain["temporal"] = Temporal(plain["temporal"])
        plain["flow"] = Flow(plain["flow"])
        if plain["folds"] is not None:
            plain["folds"] = End(plain["folds"])
    except (KeyError, ValueError) as error:
        raise OntologyError(f"relation {name!r} in the ontology: {error}") from error
    return _make(Relation, name, plain)


def _check(ontology: Ontology) -> None:
    if not 1 <= ontology.parameters.leverage.hops <= MOST_HOPS:
        raise OntologyError(f"leverage looks 1 to {MOST_HOPS} hops far")
    for name in (
        _named_in(ontology.parameters) - ontology.families.keys() - ontology.relations.keys()
    ):
        raise OntologyError(f"parameters of the ontology name {name!r}, which is not in it")
    for name, family in ontology.families.items():
        if family.channel not in ontology.channels:
            raise OntologyError(f"family {name!r} has the unknown channel {family.channel!r}")
    for name, relation in ontology.relations.items():
        for problem in _problems(ontology, relation):
            raise OntologyError(f"relation {name!r}: {problem}")


def _named_in(parameters: Parameters) -> set[str]:
    """The families and relations that parameters name."""
    weighed = parameters.alignment
    return {*weighed.families, *weighed.relations, *parameters.mediators.families}


def _problems(ontology: Ontology, relation: Relation) -> list[str]:
    kinds = set(relation.subject) | set(relation.object)
    flows = relation.flow is not Flow.NEITHER
    checks = {
        f"unknown family {relation.family!r}": relation.family
        and relation.family not in ontology.families,
        "a relation that flows needs a family": flows and not relation.family,
        "a symmetric relation flows both ways or not": relation.symmetric
        and relation.flow in (Flow.SUBJECT, Flow.OBJECT),
        "a symmetric relation has the same kinds at both ends": relation.symmetric
        and relation.subject != relation.object,
        f"unknown kinds {sorted(kinds - set(ontology.kinds))}": kinds - set(ontology.kinds),
        f"unknown near misses {sorted(set(relation.near_misses) - set(ontology.relations))}": set(
            relation.near_misses
        )
        - set(ontology.relations),
        "an event needs a half-life": relation.is_event and relation.half_life_days <= 0,
        "polarity is +, - or 0": relation.polarity not in ("+", "-", "0"),
        "a relation that folds is a state without a half-life, not symmetric": relation.folds
        and (relation.is_event or relation.half_life_days > 0 or relation.symmetric),
    }
    return [problem for problem, found in checks.items() if found]
