"""The items of a Wikidata file: of a dump (one on each line) or of a document with `entities`."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import orjson

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.json_document import LARGEST_PART, parts
from graph_service.importers.json_values import Json, names
from graph_service.importers.lines import Refuse
from graph_service.importers.packed import BLOCK, Packed
from graph_service.importers.strict_json import strict_json

ENTITIES = "entities"
# A dump has its first item on the second line, behind a bracket alone.
_DOCUMENT = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"(?:entities|success|requestInfo)"|\[[ \t]*\{)'
)
_ID = re.compile(r"Q([1-9]\d{0,14})", re.ASCII)
_LANGUAGES = (
    "en",
    "mul",
    "en-gb",
    "fr",
    "es",
    "de",
    "ar",
    "ru",
    "zh",
    "fa",
    "he",
    "pt",
    "tr",
    "uk",
)
"""Names in these languages are taken, in this order."""


class Item(NamedTuple):
    """An item: the line on which it begins, its number and what is told of it."""

    line: int
    number: int
    data: Json

    @property
    def id(self) -> str:
        return f"Q{self.number}"

    def names(self) -> list[str]:
        """Its label, and then its other names."""
        labels, aliases = _an_object(self.data, "labels"), _an_object(self.data, "aliases")
        told = [_value(labels.get(language)) for language in _LANGUAGES]
        told += [_value(label) for label in labels.values()] if not any(told) else []
        also = aliases.get("en")
        told += [_value(alias) for alias in also] if isinstance(also, list) else []
        return names(told)

    def statements(self, property_: str) -> list[Any]:
        """What is stated of a property."""
        found = self.properties().get(property_)
        return found if isinstance(found, list) else []

    def properties(self) -> Json:
        """Statements by property."""
        return _an_object(self.data, "claims")

    def classes(self) -> list[str]:
        """The items of which it is an instance."""
        stated = [main_item(one) for one in self.statements("P31") if rank(one) != "deprecated"]
        return [f"Q{number}" for number in stated if number is not None]


def items(packed: Packed, refuse: Refuse) -> Iterator[Item]:
    """The items of a file, in its order; what is none is refused."""
    for line, data in _values(packed, refuse):
        try:
            value = _read(data)
        except InvalidRecord as error:
            refuse(line, error.message, error.field)
            continue
        number = item_number(value.get("id")) if isinstance(value, dict) else None
        if number is not None:
            yield Item(line, number, value)
        elif not _is_other_entity(value):
            refuse(line, "this is no entity of Wikidata: it has no id like Q794", "id")


def item_number(id_: object) -> int | None:
    """The number in the id of an item.

    >>> item_number("Q794"), item_number("P31")
    (794, None)
    """
    match = _ID.fullmatch(id_) if isinstance(id_, str) else None
    return None if match is None else int(match[1])


def main_item(statement: object) -> int | None:
    """The number of the item that a statement names; None where it names none."""
    snak = statement.get("mainsnak") if isinstance(statement, dict) else None
    return snak_item(snak)


def snak_item(snak: object) -> int | None:
    """The number of the item that is the value of a snak."""
    value = snak_value(snak)
    return item_number(value.get("id")) if isinstance(value, dict) else None


def snak_value(snak: object) -> object:
    """The value of a snak; None where it is unknown or there is none."""
    if not isinstance(snak, dict) or snak.get("snaktype", "value") != "value":
        return None
    data = snak.get("datavalue")
    return data.get("value") if isinstance(data, dict) else None


def rank(statement: object) -> str:
    """`preferred`, `normal` or `deprecated`."""
    told = statement.get("rank") if isinstance(statement, dict) else None
    return told if isinstance(told, str) else "normal"


def _values(packed: Packed, refuse: Refuse) -> Iterator[tuple[int, bytes]]:
    head = packed.unpacked().read(BLOCK)
    if _DOCUMENT.match(head):
        for part in parts(packed.unpacked(), ENTITIES):
            if part.name in ("", ENTITIES):
                yield part.line, part.text.encode()
        return
    for line, text in _long_lines(packed.unpacked(), refuse):
        entity = text.strip(b" \t\r\n,\xef\xbb\xbf")
        if entity not in (b"", b"[", b"]"):
            yield line, entity


def _long_lines(stream: BinaryIO, refuse: Refuse) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers; items have longer ones than `Lines` takes."""
    number = 0
    while line := stream.readline(LARGEST_PART):
        number += 1
        if line.endswith(b"\n") or len(line) < LARGEST_PART:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(BLOCK)
        refuse(number, f"the line has more than {LARGEST_PART:,} bytes", None)


def _read(data: bytes) -> Any:  # noqa: ANN401 - any JSON
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        # What is wrong is told better, and numbers of any length are refused in time.
        strict_json(data)
        raise InvalidRecord("this is no JSON that can be read") from None


def _is_other_entity(value: object) -> bool:
    """Whether it is a property or a lexeme, or an item that is missing."""
    return isinstance(value, dict) and ("type" in value or "missing" in value)


def _an_object(data: Json, name: str) -> Json:
    # An object without members is written as an empty list by Wikidata.
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _value(label: object) -> str | None:
    found = label.get("value") if isinstance(label, dict) else None
    return found if isinstance(found, str) else None
