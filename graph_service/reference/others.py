"""Organisations of states, armed groups, leaders and others, from what is written by hand."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.reference.states import distinct, slug

_LONGEST_ACRONYM = 8
_OF_NAMES = ("former", "ucdp")


def others(told: Mapping[str, Any]) -> Iterator[Actor]:
    """The actors of `others.toml`, kind by kind."""
    for kind, table in told.items():
        if kind not in _OF_NAMES:
            for name, more in table.items():
                yield _other(kind, name, more, told)


def _other(kind: str, name: str, more: Iterable[str], told: Mapping[str, Any]) -> Actor:
    former = told["former"].get(name, ())
    aliases = [
        *(Alias(text, _scope(text), "en") for text in more),
        *(Alias(text, Scope.FORMER, "en", None, last) for text, last in former),
    ]
    coded = told["ucdp"].get(name)
    ids = (("ucdp", coded),) if coded else ()
    return Actor(slug(name), kind, name, tuple(distinct(name, aliases)), ids)


def _scope(text: str) -> Scope:
    plain = text.replace(".", "").replace("-", "").replace("/", "")
    is_acronym = len(text) <= _LONGEST_ACRONYM and plain.isupper()
    return Scope.ACRONYM if is_acronym else Scope.NAME


def leaders_by_hand(told: Mapping[str, Any]) -> Iterator[Actor]:
    """The persons of `leaders.toml`."""
    for name, more in told["leaders"].items():
        aliases = (Alias(text, _scope(text), "en") for text in more["also"])
        yield Actor(slug(name), "person", name, tuple(distinct(name, aliases)), (), more["about"])
