"""Parameters of questions from text, read alike at every edge: lists of names and the two clocks."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar

from graph_service.domain.errors import InvalidDate, InvalidQuestion
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import (
    parse_day,
    parse_first_day,
    parse_known_at,
    parse_last_day,
)
from graph_service.queries.ties import check_names

T = TypeVar("T")


class Whole(NamedTuple):
    """A parameter that is a whole number from 1 to `most`, `usual` where it is left out."""

    usual: int
    most: int


MAX_ID = 200
LEVERAGE_HOPS = Whole(3, most=3)
LEVERAGE_LIMIT = Whole(20, most=200)
PATHS_OF_EACH = Whole(3, most=20)
NEIGHBOUR_HOPS = Whole(1, most=3)
NEIGHBOUR_LIMIT = Whole(50, most=200)
PATHS = Whole(3, most=20)
PATH_HOPS = Whole(3, most=6)
RANKED_LIMIT = Whole(20, most=200)
COMPARISON_LIMIT = Whole(10, most=200)
TIMELINE_LIMIT = Whole(50, most=200)
CAMP_SIZE = Whole(200, most=1000)


_WRONG = {
    "less_than_equal": "is at most {le:g}",
    "less_than": "is less than {lt}",
    "greater_than_equal": "is at least {ge:g}",
    "int_parsing": "is a whole number in digits, like 20",
    "int_parsing_size": "is a whole number of fewer digits",
    "float_parsing": "is a number, like 0.5",
    "finite_number": "is a number, like 0.5",
    "bool_parsing": "is true or false",
    "enum": "is {expected}",
    "literal_error": "is {expected}",
    "string_too_long": "has at most {max_length} characters",
}
"""What pydantic calls wrong, by the name of its error, in the words of this program."""


def as_of_from(text: str | None) -> int | None:
    """The day of `as_of` as an ordinal, None for today; raises `InvalidQuestion`."""
    return _read(text, parse_day, "as_of")


def day_from(text: str | None, parameter: str) -> int | None:
    """The day of another parameter as an ordinal, None for none; raises `InvalidQuestion`."""
    return _read(text, parse_day, parameter)


def known_at_from(text: str | None, parameter: str = "known_at") -> datetime | None:
    """The time of `known_at`, or of another parameter, None for everything known; raises
    `InvalidQuestion`."""
    return _read(text, parse_known_at, parameter)


def since_from(text: str | None) -> int | None:
    """The first day of `since`, which is a day, month or year, None for any time; raises
    `InvalidQuestion`."""
    return _read(text, parse_first_day, "since")


def until_from(text: str | None) -> int | None:
    """The last day of `until`, which is a day, month or year, None for any time; raises
    `InvalidQuestion`."""
    return _read(text, parse_last_day, "until")


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


def list_from(text: str, parameter: str) -> tuple[str, ...]:
    """The ids between the commas, each once, in their order; raises `InvalidQuestion` for an empty
    one.

    >>> list_from("iran, egypt,iran", "actors")
    ('iran', 'egypt')
    """
    names_from(text, parameter)
    return tuple(dict.fromkeys(ids_in(text)))


def two_from(text: str, parameter: str) -> tuple[str, str]:
    """The two ids between which a comma stands; raises `InvalidQuestion` for fewer or more.

    >>> two_from("israel,hamas", "between")
    ('israel', 'hamas')
    """
    names_from(text, parameter)
    match ids_in(text):
        case (one, other):
            return one, other
    raise InvalidQuestion(
        f"{parameter} takes two ids with a comma between them, not {text!r}", parameter=parameter
    )


def ids_in(*texts: str | None) -> tuple[str, ...]:
    """Every id that stands between the commas of these texts.

    >>> ids_in("hamas", None, "iran, egypt")
    ('hamas', 'iran', 'egypt')
    """
    return tuple(name.strip() for text in texts if text is not None for name in text.split(","))


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


def check_parameter(name: str, text: str, known: Collection[str]) -> None:
    """Raise `InvalidQuestion` for a parameter that is not known here, or that is empty."""
    if name not in known:
        there_are = f": {', '.join(sorted(known))} are" if known else ""
        raise InvalidQuestion(
            f"there is no parameter {name!r} here{there_are}",
            parameter=name,
            suggestions=get_close_matches(name, known, n=2),
        )
    # A plus sign in a query is read as a space, and `sign=+` can mean nothing else.
    if not text.strip() and (name, text) != ("sign", " "):
        raise InvalidQuestion(f"{name} is empty: leave it out or give a value", parameter=name)


def refusal(found: Mapping[str, Any]) -> InvalidQuestion:
    """What pydantic found wrong with a parameter, as questions are refused."""
    name = str(found["loc"][-1])
    if found["type"] == "missing":
        return InvalidQuestion(f"the parameter {name!r} is needed", parameter=name)
    near: list[str] = []
    if found["type"] == "literal_error":
        expected = found["ctx"]["expected"].replace(" or ", ",").split(",")
        near = get_close_matches(str(found["input"]), [word.strip(" '") for word in expected], n=2)
    return InvalidQuestion(wrong_in_words(name, found), parameter=name, suggestions=near)


def wrong_in_words(name: str, found: Mapping[str, Any]) -> str:
    """What pydantic found wrong with the value of that name, in the words of this program.

    >>> wrong_in_words("hops", {"type": "less_than_equal", "ctx": {"le": 3}})
    'hops is at most 3'
    """
    words = _WRONG.get(found["type"])
    if words is not None:
        return f"{name} {words.format(**found.get('ctx', {}))}"
    message = found["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return f"{name}: {message}"


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
