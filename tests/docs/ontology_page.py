"""`docs/ontology.md`, made of `ontology.toml`: what a claim can say, in words and numbers."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

from graph_service.domain.ontology import Family, Flow, Ontology, Relation, load_ontology
from tests.docs.markdown import row, table
from tests.docs.parameters import SECTIONS

HEAD = """\
# The ontology

What a claim can say: the kinds of actors, the relations between them, and every number that an answer is computed with.
This page is made of [ontology.toml](../graph_service/domain/ontology.toml) by `make pages`; the service tells the same at
`/v1/ontology`. How the numbers work together is told in [method.md](method.md), how a claim is written in
[records.md](records.md)."""
FAMILIES = """\
Leverage is held through channels. Each family of relations works through one, with the parameters of
[method.md](method.md#3-mass-to-leverage): α is how much it can move the other at most, κ the mass at which a sole supplier
reaches half of it, η how far other suppliers dilute it, τ how much of it can be passed on. A gated family means less among
enemies; an inducing one is what opens that gate."""
RELATIONS = """\
## Relations

A claim says that one actor, the subject, stands in a relation to another, the object. An event happens on a day and fades
by its half-life. A state lasts from a start to an end, and fades where it has a half-life and nobody says it again. The
flow says who gains leverage by it; weight, half-life, hostility and stake are told in
[method.md](method.md#23-mass), and all relations stand side by side in a [table](method.md#4-relations) there."""
FLOWS = {
    Flow.SUBJECT: "gives the subject leverage over the object",
    Flow.OBJECT: "gives the object leverage over the subject",
    Flow.BOTH: "gives each leverage over the other",
    Flow.NEITHER: "gives nobody leverage",
}
SIGNS = {"+": "friendly", "-": "hostile", "0": "neutral"}
VOCABULARIES = {
    "cameo": "CAMEO",
    "plover": "PLOVER",
    "followthemoney": "FollowTheMoney",
    "stix": "STIX",
    "wikidata": "Wikidata",
}
NO_FAMILY = "No family"
FEW = 3


def ontology_page() -> str:
    """The page as it stands in the tree."""
    ontology = load_ontology()
    parts = [HEAD, *_kinds(ontology), *_families(ontology), RELATIONS]
    for name, family in {**ontology.families, "": None}.items():
        parts += _relations_of(ontology, name, family)
    return "\n\n".join([*parts, *_parameters()]) + "\n"


def _kinds(ontology: Ontology) -> Iterator[str]:
    yield "## Kinds of actors"
    yield table(
        ("kind", "what it is"),
        ((f"`{name}`", kind.definition) for name, kind in ontology.kinds.items()),
    )


def _families(ontology: Ontology) -> Iterator[str]:
    yield "## Channels and families"
    yield FAMILIES
    yield table(
        ("channel", "what it is"),
        ((f"`{name}`", channel.definition) for name, channel in ontology.channels.items()),
    )
    yield table(
        ("family", "what it is", "channel", "α", "κ", "η", "τ", "gated", "inducing"),
        (_family(name, family) for name, family in ontology.families.items()),
    )


def _family(name: str, family: Family) -> tuple[str, ...]:
    numbers = (family.alpha, family.kappa, family.eta, family.tau)
    flags = (_yes(family.gated), _yes(family.inducing))
    return (
        f"`{name}`",
        family.definition,
        family.channel,
        *(format(number, "g") for number in numbers),
        *flags,
    )


def _relations_of(ontology: Ontology, name: str, family: Family | None) -> Iterator[str]:
    """The relations of a family, or of none."""
    yield f"### {family.label.capitalize() if family else NO_FAMILY}"
    yield family.definition if family else "What carries no mass of its own."
    for each, relation in ontology.relations.items():
        if relation.family == name:
            yield f"#### `{each}`"
            yield relation.definition
            yield "\n".join(f"- {line}" for line in _facts(ontology, relation))


def _facts(ontology: Ontology, relation: Relation) -> Iterator[str]:
    words = dict.fromkeys((relation.label, relation.inverse))
    yield f"**In words**: {'; the other way round: '.join(words)}"
    yield f"**What it is**: {', '.join(_nature(relation))}"
    yield f"**In numbers**: {', '.join(_numbers(relation))}"
    yield f"**Subject**: {_ends(ontology, relation.subject)}"
    yield f"**Object**: {_ends(ontology, relation.object)}"
    for near, when in relation.near_misses.items():
        yield f"**Rather [`{near}`](#{near})**: {when}"
    known = [f"{told} {_codes(relation, name)}" for name, told in VOCABULARIES.items()]
    yield f"**Elsewhere**: {'; '.join(one for one in known if '`' in one) or 'nothing'}"


def _nature(relation: Relation) -> Iterator[str]:
    yield "an event" if relation.is_event else "a state"
    if relation.symmetric:
        yield "symmetric"
    yield SIGNS[relation.polarity]
    yield FLOWS[relation.flow]
    if relation.folds:
        other = "object" if relation.folds == "subject" else "subject"
        yield f"the {relation.folds} counts as the {other} [at the level of states]({_LEVELS})"


_LEVELS = "method.md#7-at-the-level-of-states"


def _numbers(relation: Relation) -> Iterator[str]:
    yield f"weight {relation.weight:g}"
    yield (
        f"half-life {relation.half_life_days:g} days" if relation.half_life_days else "never fades"
    )
    yield f"hostility {relation.hostility:g}"
    if relation.stake:
        yield f"stake {relation.stake:g}"


def _ends(ontology: Ontology, kinds: tuple[str, ...]) -> str:
    """The kinds at an end, or those that cannot stand there where these are few."""
    without = [name for name in ontology.kinds if name not in kinds]
    if len(without) > FEW:
        return _list(kinds)
    return f"any kind but {_list(without)}" if without else "any kind"


def _codes(relation: Relation, vocabulary: str) -> str:
    return _list(getattr(relation, vocabulary))


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _parameters() -> Iterator[str]:
    """Every number under `parameters` in the file, in the order of the file."""
    yield "## Parameters"
    yield "What belongs to no single family or relation."
    text = files("graph_service.domain").joinpath("ontology.toml").read_text("utf-8")
    for name, values in tomllib.loads(text)["parameters"].items():
        section = SECTIONS[name]
        told = f": {section.told}" if section.told else ""
        yield f"### {section.title}"
        yield f"`parameters.{name}`{told}; see [method.md](method.md#{section.anchor})."
        yield _values(values, section.meanings)


def _values(values: Mapping[str, Any], meanings: Mapping[str, str]) -> str:
    if not meanings:
        return "\n".join((row(f"`{name}`" for name in values), row("---" for _ in values),
                          row(f"{value:g}" for value in values.values())))  # fmt: skip
    rows = ((f"`{name}`", _value(value), meanings[name]) for name, value in values.items())
    return table(("parameter", "value", "unit and meaning"), rows)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"`{name}` {number:g}" for name, number in value.items())
    return _list(value) if isinstance(value, list) else format(value, "g")


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
