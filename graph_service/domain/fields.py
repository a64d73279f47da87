"""Reads the fields of one JSON object strictly, naming the field in every error."""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import parse_instant

E = TypeVar("E", bound=StrEnum)

MAX_TEXT = 20_000
MAX_ID = 200

_LINES = {ord(character): " " for character in "\n\r\t"}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:~-]*", re.ASCII)
# Control characters, line and paragraph separators, marks that turn the direction of writing, and
# halves of surrogate pairs: with them a name could forge what a terminal or a page shows.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Fields:
    """One JSON object, read field by field; `finish` refuses what nobody asked for."""

    def __init__(self, data: object, what: str) -> None:
        if not isinstance(data, Mapping):
            raise InvalidRecord(f"{what} is a JSON object, not {describe(data)}")
        self._data = data
        self._what = what
        self._read: set[str] = set()

    def raw(self, name: str) -> object:
        """The value as it stands, None when it is left out."""
        self._read.add(name)
        return self._data.get(name)

    def text(self, name: str) -> str | None:
        """A text that can be shown and kept, or None."""
        value = self.raw(name)
        return None if value is None else check_text(value, name)

    def prose(self, name: str) -> str | None:
        """A text that may have several lines, or None."""
        value = self.raw(name)
        return None if value is None else check_text(value, name, lines=True)

    def required(self, name: str) -> str:
        """A text that must be there."""
        value = self.text(name)
        if value is None:
            raise InvalidRecord(f"{self._what} needs {name!r}", field=name)
        return value

    def identifier(self, name: str) -> str:
        """An id that must be there: letters, digits and ``. _ : ~ -``, at most 200 characters."""
        return check_id(self.required(name), name)

    def optional_identifier(self, name: str) -> str | None:
        """An id, or None."""
        value = self.text(name)
        return None if value is None else check_id(value, name)

    def choice(self, name: str, options: type[E], default: E | None = None) -> E | None:
        """One of the members of `options`, or the default."""
        value = self.text(name)
        if value is None:
            return default
        try:
            return options(value)
        except ValueError:
            names = [member.value for member in options]
            raise InvalidRecord(
                f"{value!r} is none of {', '.join(names)}",
                field=name,
                suggestions=get_close_matches(value, names, n=2),
            ) from None

    def number(self, name: str) -> float | None:
        """A finite number, or None."""
        value = self.raw(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidRecord(f"{name} is a number, not {describe(value)}", field=name)
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise InvalidRecord(f"{name} is too large or not a number", field=name)
        return number

    def whole_number(self, name: str) -> int | None:
        """A whole number below 2**63, or None."""
        value = self.raw(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
            raise InvalidRecord(f"{name} is a whole number from 0 to 2**63 - 1", field=name)
        return value

    def instant(self, name: str) -> datetime | None:
        """An RFC 3339 time, or None."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return parse_instant(value)
        except InvalidRecord as error:
            error.field = name
            raise

    def items(self, name: str) -> list[Any]:
        """A list, empty when it is left out."""
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise InvalidRecord(f"{name} is a list, not {describe(value)}", field=name)
        return value

    def texts_by_name(self, name: str) -> tuple[tuple[str, str], ...]:
        """An object of texts, as pairs sorted by name."""
        value = self.raw(name)
        if value is None:
            return ()
        if not isinstance(value, Mapping):
            raise InvalidRecord(f"{name} is an object, not {describe(value)}", field=name)
        pairs = ((check_text(k, name), check_text(v, f"{name}.{k}")) for k, v in value.items())
        return tuple(sorted(pairs))

    def finish(self) -> None:
        """Refuse every field that was not read."""
        unknown = [name for name in self._data if name not in self._read]
        if unknown:
            name = str(unknown[0])[:60]
            raise InvalidRecord(
                f"{self._what} has no field {name!a}",
                field=name if _ID.fullmatch(name) else None,
                suggestions=get_close_matches(name, self._read, n=2),
            )


def check_text(value: object, name: str, *, lines: bool = False) -> str:
    """A text that is not empty, not too long and can be shown: of control characters it has at
    most line ends and tabs, and those only where it may have several `lines`."""
    if not isinstance(value, str):
        raise InvalidRecord(f"{name} is a text, not {describe(value)}", field=name)
    if not value.strip():
        raise InvalidRecord(f"{name} is empty: leave it out or give a text", field=name)
    if len(value) > MAX_TEXT:
        raise InvalidRecord(f"{name} is longer than {MAX_TEXT} characters", field=name)
    shown = value.translate(_LINES) if lines else value
    if _UNPRINTABLE.search(shown):
        raise InvalidRecord(
            f"{name} has characters in it that cannot be shown (control characters, line ends, "
            "direction marks or half a surrogate pair)",
            field=name,
        )
    return value


def check_id(value: str, name: str) -> str:
    """An id that is safe in a URL and a file."""
    if len(value) > MAX_ID or not _ID.fullmatch(value):
        raise InvalidRecord(
            f"{value[:60]!r} is no id: letters, digits and . _ : ~ - are, at most {MAX_ID} "
            "characters, starting with a letter or digit",
            field=name,
        )
    return value


def describe(value: object) -> str:
    """What a JSON value is, for an error."""
    names: dict[type, str] = {
        type(None): "null", bool: "a boolean", int: "a number", float: "a number",
        str: "a text", list: "a list", dict: "an object",
    }  # fmt: skip
    return names.get(type(value), type(value).__name__)
