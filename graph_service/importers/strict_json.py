"""JSON that means one thing: what other readers let pass or change silently is refused."""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

import orjson

from graph_service.domain.errors import InvalidRecord

MOST_DEEP = 64
_BIG = 2**63


def strict_json(data: bytes) -> object:
    """The value of a JSON text in UTF-8; raises `InvalidRecord`.

    Refuses NaN, Infinity and numbers too large for a float, whole numbers outside
    ±2**63, an object that has a key twice, half a surrogate pair, and nesting deeper than 64.

    >>> strict_json(b'{"a": [1, 2.5]}')
    {'a': [1, 2.5]}
    """
    deep = data.count(b"[") + data.count(b"{") > MOST_DEEP
    if not deep:
        try:
            value = orjson.loads(data)
            # What comes back byte for byte hides nothing: a key that stood twice, a number that
            # lost digits or an odd escape would not.
            if orjson.dumps(value, option=orjson.OPT_STRICT_INTEGER) == data:
                return value
        except (orjson.JSONDecodeError, orjson.JSONEncodeError):
            pass
    value = _read(data)
    if deep:
        _check_depth(value)
    return value


def _read(data: bytes) -> object:
    try:
        text = data.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except UnicodeDecodeError as error:
        raise InvalidRecord(f"byte {error.start + 1} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise InvalidRecord(f"this is no JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError:
        raise _too_deep() from None
    if "\\u" in text:
        _check_surrogates(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = ascii(next(name for name in names if names.count(name) > 1)[:60])[1:-1]
        raise InvalidRecord(f"the key {twice!r} stands twice in one object", field=twice)
    return found


def _no_constant(name: str) -> NoReturn:
    raise InvalidRecord(f"{name} is no number in JSON: leave the field out")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise InvalidRecord(f"{text[:40]} is too large a number")
    return value


def _int(text: str) -> int:
    # The length first: reading very long digits takes time that grows with their square.
    value = int(text) if len(text) <= 20 else _BIG
    if not -_BIG <= value < _BIG:
        raise InvalidRecord(f"{text[:40]} is too large a whole number: at most 2**63 - 1 is kept")
    return value


def _check_depth(value: object) -> None:
    level = [value]
    for _ in range(MOST_DEEP):
        inside = (item for outer in level for item in _items(outer))
        level = [item for item in inside if isinstance(item, dict | list)]
        if not level:
            return
    raise _too_deep()


def _items(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _too_deep() -> InvalidRecord:
    return InvalidRecord(f"this is nested deeper than {MOST_DEEP} levels")


def _check_surrogates(value: object) -> None:
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text if not _whole(text):
                raise InvalidRecord("a text has half a surrogate pair in it")
            case list() as items:
                waiting += items
            case dict() as found:
                waiting += found.keys()
                waiting += found.values()


def _whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
