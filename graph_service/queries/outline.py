"""Answers told in one form that a terminal, a text and a card can show: titles, lines, tables and
claims, in their order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, TypeVar

from graph_service.queries.answers import CitedClaim, NamedActor
from graph_service.queries.steps import LeveragePath
from graph_service.queries.words import count, two_decimals

T = TypeVar("T")
Names = Callable[[str], str]
FEW = 5
"""So much of a list is told with its evidence."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What comes next."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence."""

    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; the columns in `right` hold numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Claims with their sources, and what they leave to be wished for."""

    claims: tuple[CitedClaim, ...]
    missing: tuple[str, ...] = ()
    indent: int = 3


Block = Heading | Line | Rows | Evidence


@dataclass(frozen=True, slots=True)
class Outline(Generic[T]):
    """How the data of one question is told: its `title` (what was asked, without the day), its
    `blocks`, its first parts in a few words each (`briefly`), and whether it is `empty`."""

    title: Callable[[T], str]
    blocks: Callable[[T, Names], Iterator[Block]]
    briefly: Callable[[T], Iterator[str]]
    empty: Callable[[T], bool]


def path_blocks(path: LeveragePath, name_of: Names, *, indent: int = 3) -> Iterator[Block]:
    """A path of leverage, with the evidence of each step."""
    chain = " → ".join(map(name_of, path.actors))
    yield Line(f"{chain} ({two_decimals(path.weight)})", indent)
    for step in path.steps:
        yield Evidence(step.claims, step.missing, indent + 2)


def more(shown: int, available: int, noun: str) -> Iterator[Block]:
    """How many are not shown."""
    if available > shown:
        yield Line(f"and {count(available - shown, f'more {noun}')}", 3)


def reasoned(reason: str | None, available: Mapping[str, Any], name_of: Names) -> Iterator[Block]:
    """Why there is nothing, and what there is around the actors all the same."""
    if reason:
        yield Line(f"{reason[0].upper()}{reason[1:]}.")
    around = available if all(isinstance(v, Mapping) for v in available.values()) else {}
    for actor, relations in around.items():
        told = ", ".join(f"{name} ({ties})" for name, ties in relations.items()) or "nothing"
        yield Line(f"Around {name_of(actor)} there are: {told}.")


def names(actors: Sequence[NamedActor], link: str = " and ") -> str:
    """What actors are called, in a row."""
    return link.join(actor.name for actor in actors)


def claims_in(value: object) -> Iterator[CitedClaim]:
    """Every claim that an answer's data cites, as often as it does."""
    if isinstance(value, CitedClaim):
        yield value
    else:
        for part in _parts(value):
            yield from claims_in(part)


def actors_in(value: object) -> Iterator[NamedActor]:
    """Every actor that an answer's data names, as often as it does."""
    if isinstance(value, NamedActor):
        yield value
    else:
        for part in _parts(value):
            yield from actors_in(part)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple | list):
        yield from value
    elif is_dataclass(value):
        yield from (getattr(value, field.name) for field in fields(value))
