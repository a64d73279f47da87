"""Values of JSON objects that are shaped by the rules of others, and may be of any type."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import check_text, describe

Json = Mapping[str, Any]

LONGEST_NAME = 300
MOST_NAMES = 20
"""So many other names of an actor are taken."""
MOST_CODES = 1_000
LONGEST_CODE = 60


def an_object(value: object, what: str) -> Json:
    """An object; raises `InvalidRecord`."""
    if not isinstance(value, dict):
        raise InvalidRecord(f"{what} is a JSON object, not {describe(value)}")
    return value


def text(data: Json, name: str) -> str | None:
    """A text, None where there is none or an empty one; raises `InvalidRecord` for another type."""
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidRecord(f"{name} is a text, not {describe(value)}", field=name)
    return value.strip() or None


def required(data: Json, name: str) -> str:
    """A text that must be there."""
    value = text(data, name)
    if value is None:
        raise InvalidRecord(f"{name} is missing", field=name)
    return value


def texts(data: Json, name: str) -> list[str]:
    """The texts of a list, each once, or one alone; raises `InvalidRecord` for another type."""
    value = data.get(name)
    items = value if isinstance(value, list) else [] if value is None else [value]
    for item in items:
        if not isinstance(item, str):
            raise InvalidRecord(f"{name} has texts, not {describe(item)}", field=name)
    return list(dict.fromkeys(item.strip() for item in items if item.strip()))


def objects(data: Json, name: str) -> list[Json]:
    """The objects of a list; raises `InvalidRecord` for another type."""
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InvalidRecord(f"{name} is a list of objects", field=name)
    return value


def flag(data: Json, name: str) -> bool:
    """True or false, false where it is not told; raises `InvalidRecord` for another type."""
    value = data.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise InvalidRecord(f"{name} is true or false, not {describe(value)}", field=name)


def shown(value: str | None, longest: int = LONGEST_NAME) -> str | None:
    """A text on one line that can be shown; None for one that cannot, or is too long."""
    line = " ".join((value or "").split())
    if not line or len(line) > longest:
        return None
    try:
        return check_text(line, "text")
    except InvalidRecord:
        return None


def names(told: Iterable[str | None], most: int = MOST_NAMES) -> list[str]:
    """The first names of those that can be shown, each once."""
    found = dict.fromkeys(name for name in map(shown, told) if name is not None)
    return list(found)[:most]


class Codes:
    """The codes of a file as they are counted: printable, short, and not without end."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def counted(self, code: str) -> str:
        """The code, or a word for all others where there were too many."""
        code = ascii(code[:LONGEST_CODE])[1:-1]
        if code not in self._seen and len(self._seen) >= MOST_CODES:
            return "others"
        self._seen.add(code)
        return code
