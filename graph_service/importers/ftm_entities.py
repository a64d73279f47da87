"""One entity of FollowTheMoney, as a line of a file has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.intake import Intake
from graph_service.importers.json_values import Json, an_object, required, text, texts
from graph_service.importers.lines import Lines, Refuse
from graph_service.importers.packed import Packed
from graph_service.importers.strict_json import strict_json


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what it is, and its properties."""

    id: str
    schema: str
    properties: Json
    data: Json

    def texts(self, name: str) -> list[str]:
        """The values of a property; raises `InvalidRecord` where they are no texts."""
        return texts(self.properties, name)

    def first(self, name: str) -> str | None:
        """The first value of a property."""
        return next(iter(self.texts(name)), None)

    def only(self, name: str) -> str | None:
        """The value of a property that has one."""
        values = self.texts(name)
        return values[0] if len(values) == 1 else None

    @property
    def caption(self) -> str | None:
        return text(self.data, "caption")

    @property
    def datasets(self) -> list[str]:
        return texts(self.data, "datasets")

    def all(self, *names: str) -> list[str]:
        """The values of several properties."""
        return [value for name in names for value in self.texts(name)]


class Line:
    """A line that may be an entity; `schema` is empty where it is none at first sight."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self._text = text
        self.loose = _loose(text)
        schema = self.loose.get("schema")
        self.schema = schema.strip() if isinstance(schema, str) else ""

    @property
    def is_entity(self) -> bool:
        """Whether it looks like one."""
        return bool(self.schema) and "id" in self.loose and "properties" in self.loose

    def entity(self) -> Entity:
        """The entity, read strictly; raises `InvalidRecord`."""
        data = an_object(strict_json(self._text.strip().encode()), "an entity")
        properties = an_object(data.get("properties", {}), "properties")
        return Entity(required(data, "id"), required(data, "schema"), properties, data)

    def quick(self) -> Entity | None:
        """The entity, read loosely, to see what it refers to; None where it is none."""
        id_, properties = self.loose.get("id"), self.loose.get("properties")
        if not self.schema or not isinstance(id_, str) or not isinstance(properties, dict):
            return None
        return Entity(id_.strip(), self.schema, properties, self.loose)


def lines(packed: Packed, intake: Intake, refuse: Refuse) -> Iterator[Line]:
    """The lines of a file that are not empty."""
    read = Lines(packed.unpacked(), refuse, encoding=intake.wishes.encoding)
    for line in read:
        if line.strip():
            yield Line(read.number, line)


def _loose(text: str) -> dict[str, Any]:
    # Strict reading takes several times as long, and is done once for each line.
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return data if isinstance(data, dict) else {}


def ids(entity: Entity, name: str) -> list[str]:
    """The ids of entities that a property names, as far as they are texts."""
    try:
        return entity.texts(name)
    except InvalidRecord:
        return []
