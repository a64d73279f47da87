"""Parameters of questions from text, read alike at every edge: lists of names and the two clocks."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TypeVar

from graph_service.domain.errors import InvalidDate, InvalidQuestion
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import parse_day, parse_known_at
from graph_service.queries.ties import check_names

T = TypeVar("T")


def as_of_from(text: str | None) -> int | None:
    """The day of `as_of` as an ordinal, None for today; raises `InvalidQuestion`."""
    return _read(text, parse_day, "as_of")


def known_at_from(text: str | None) -> datetime | None:
    """The time of `known_at`, None for everything known; raises `InvalidQuestion`."""
    return _read(text, parse_known_at, "known_at")


def names_from(text: str | None, parameter: str) -> frozenset[str] | None:
    """The names between the commas, None for no list; raises `InvalidQuestion` for an empty one.

    >>> sorted(names_from("iran, egypt", "among"))
    ['egypt', 'iran']
    """
    if text is None:
        return None
    names = frozenset(name.strip() for name in text.split(","))
    if "" in names:
        raise InvalidQuestion(
            f"{parameter}: {text!r} has no name where one is due", parameter=parameter
        )
    return names


def known_names_from(
    text: str | None, parameter: str, known: Collection[str]
) -> frozenset[str] | None:
    """The names between the commas, each one of `known`; raises `InvalidQuestion`."""
    names = names_from(text, parameter)
    check_names(parameter, names or (), known)
    return names


def channels_from(text: str | None, ontology: Ontology) -> str | frozenset[str] | None:
    """`all`, a set of channels, or None for the default; raises `InvalidQuestion`."""
    return "all" if text == "all" else known_names_from(text, "channels", ontology.channels)


def _read(text: str | None, reader: Callable[[str], T], parameter: str) -> T | None:
    if text is None:
        return None
    try:
        return reader(text)
    except InvalidDate as error:
        raise InvalidQuestion(f"{parameter}: {error.message}", parameter=parameter) from None
    except OverflowError:
        raise InvalidQuestion(
            f"{parameter}: {text!r} is before or after all days", parameter=parameter
        ) from None
