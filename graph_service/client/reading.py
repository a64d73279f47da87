"""JSON as the very types that the service answers with, read by their fields."""

from collections.abc import Hashable
from functools import cache
from types import GenericAlias
from typing import Any, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from graph_service.client.errors import Failed

T = TypeVar("T")


def read(kind: type[T], data: object) -> T:
    """The value; fields that are not known are left out. Raises `Failed` where one is missing."""
    try:
        found: T = _reader(cast(Hashable, kind)).validate_python((data,))[0]
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:])
        raise Failed(
            f"the service answers in another form than this version reads ({place}: "
            f"{first['msg'].lower()}): update the older of the two"
        ) from error
    return found


@cache
def _reader(kind: Hashable) -> TypeAdapter[Any]:
    # A dataclass alone takes no configuration; inside of something it takes that of the outside.
    shape: Any = GenericAlias(tuple, (kind,))
    return TypeAdapter(shape, config=ConfigDict(alias_generator=_as_shown))


def _as_shown(name: str) -> str:
    """`from` is no name for a field in Python, so that dataclasses have `from_`."""
    return name.rstrip("_")
