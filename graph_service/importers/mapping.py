"""How the columns of a table are read: a small file in TOML, described in `docs/spreadsheets.md`."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.table_dates import Order

LONGEST_MAPPING = 1_000_000
SKIP = "!skip"

FIELDS = (
    "subject", "subject_kind", "relation", "object", "object_kind", "when", "start", "end",
    "source", "source_url", "source_published", "publisher", "reliability", "locator", "passage",
    "confidence", "stance", "modality", "attributed_to", "strength", "outcome", "amount", "unit",
    "episode",
)  # fmt: skip
DATES = ("when", "start", "end", "source_published")
"""The fields whose cells are dates."""

USUAL_KIND = "organisation"
UNKNOWN, ONGOING = "unknown", "ongoing"

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Which column holds what, what holds for all rows, and what the words of the table mean.

    `columns` and `constants` are by field, a constant stands where a cell is empty or there is no
    column; `relations` and `kinds` by the word of the table. `header_row` counts the lines of a text
    and the rows of a sheet, from 1; None is the first that has the columns.
    """

    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    separator: str | None = None
    dates: Order | None = None
    no_end: str = UNKNOWN
    scheme: str | None = None
    default_kind: str = USUAL_KIND


def read_mapping(text: str) -> TableMapping:
    """The mapping that a text in TOML says; raises `InvalidRecord` naming what is wrong in it."""
    if len(text) > LONGEST_MAPPING:
        raise InvalidRecord(f"the mapping has more than {LONGEST_MAPPING:,} characters")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidRecord(f"the mapping is no TOML: {error}") from None
    _check_keys(data, tuple(_READERS), "the mapping")
    told = {name: _READERS[name](name, data[name]) for name in data}
    return check_mapping(TableMapping(**{"columns": {}, **told}))


def check_mapping(mapping: TableMapping) -> TableMapping:
    """The same mapping; raises `InvalidRecord` where a table cannot be read with it."""
    told = {*mapping.columns, *mapping.constants}
    for name in ("subject", "relation", "object"):
        if name not in told:
            raise InvalidRecord(
                f"the mapping does not say which column holds the {name}: add it to [columns], or, "
                "where it is the same for all rows, to [constants]",
                field=f"columns.{name}",
            )
    if "when" in told and told & {"start", "end"}:
        raise InvalidRecord(
            "the mapping has both a date (when) and a start or an end: keep one of the two",
            field="columns.when",
        )
    return mapping


def _check_keys(data: Mapping[str, object], known: tuple[str, ...], what: str) -> None:
    for name in data:
        if name not in known:
            raise InvalidRecord(
                f"{what} has no {name[:60]!r}; it may have: {', '.join(known)}",
                suggestions=get_close_matches(name, known, n=2),
            )


def _table(name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidRecord(f"{name} is a table of the mapping: write [{name}]", field=name)
    return value


def _columns(name: str, value: object) -> dict[str, str]:
    data = _table(name, value)
    _check_keys(data, FIELDS, f"[{name}]")
    return {key: _text(f"{name}.{key}", each) for key, each in data.items()}


def _constants(name: str, value: object) -> dict[str, str]:
    data = _table(name, value)
    _check_keys(data, FIELDS, f"[{name}]")
    return {key: _spelt(f"{name}.{key}", each) for key, each in data.items()}


def _words(name: str, value: object) -> dict[str, str]:
    return {key: _text(f"{name}.{key}", each) for key, each in _table(name, value).items()}


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidRecord(f"{name} is a text in quotes", field=name)
    return value


def _spelt(name: str, value: object) -> str:
    """A text, or a number or date of TOML as it would stand in a cell."""
    if isinstance(value, datetime | date) and not isinstance(value, time):
        return value.isoformat()[:10]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _text(name, value)


def _row(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1_000:
        raise InvalidRecord(f"{name} is a whole number from 1 to 1,000", field=name)
    return value


def _separator(name: str, value: object) -> str:
    text = _SEPARATORS.get(str(value), value)
    if not isinstance(text, str) or len(text) != 1 or text in '"\r\n':
        raise InvalidRecord(
            f"{name} is one character, or one of: {', '.join(_SEPARATORS)}", field=name
        )
    return text


def _order(name: str, value: object) -> Order:
    return Order(_one_of(name, value, tuple(Order)))


def _no_end(name: str, value: object) -> str:
    return _one_of(name, value, (UNKNOWN, ONGOING))


def _one_of(name: str, value: object, options: tuple[str, ...]) -> str:
    if value not in options:
        raise InvalidRecord(
            f"{name} is {' or '.join(f'{option!s}' for option in options)}, not {value!r}"[:200],
            field=name,
            suggestions=get_close_matches(str(value), options, n=1),
        )
    return str(value)


_READERS: Mapping[str, Callable[[str, object], Any]] = {
    "columns": _columns,
    "constants": _constants,
    "relations": _words,
    "kinds": _words,
    "sheet": _text,
    "header_row": _row,
    "encoding": _text,
    "separator": _separator,
    "dates": _order,
    "no_end": _no_end,
    "scheme": _text,
    "default_kind": _text,
}
