"""Parliaments of states and their chambers, from what is written by hand."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.reference.states import distinct, slug
from graph_service.reference.wording import named_in_text

_KIND = "legislature"


def parliaments(states: Iterable[Actor], told: Mapping[str, Any]) -> Iterator[Actor]:
    """The parliament of every state of which one is told, also as "Iranian parliament" and
    "Parliament of Iran"; then chambers. `told` is what `parliaments.toml` says."""
    common = {iso3: name for name, codes in told["common"].items() for iso3 in codes}
    for state in states:
        iso3 = dict(state.ids).get("iso3", "")
        if iso3 in told["own"]:
            yield _parliament(state, told["own"][iso3])
        elif iso3 in common:
            yield _parliament(state, _common(state, common[iso3]))
    for name, others in told["chambers"].items():
        yield _of(name, others)


def _common(state: Actor, name: str) -> list[str]:
    of = f"{name} of {named_in_text(state.name)}"
    return [of, *(f"{demonym} {name}" for demonym in _demonyms(state))]


def _parliament(state: Actor, names: list[str]) -> Actor:
    every = [f"{demonym} parliament" for demonym in _demonyms(state)]
    every.append(f"Parliament of {named_in_text(state.name)}")
    return _of(names[0], names[1:] + every)


def _demonyms(state: Actor) -> list[str]:
    return [alias.text for alias in state.aliases if alias.scope is Scope.DEMONYM]


def _of(name: str, others: Iterable[str]) -> Actor:
    aliases = (Alias(other, lang="en") for other in others)
    return Actor(slug(name), _KIND, name, tuple(distinct(name, aliases)))
