import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.strict_json import MOST_DEEP, strict_json

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"))
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


@given(value=values, ascii_only=st.booleans(), indent=st.none() | st.just(1))
def test_plain_json_is_read_as_everybody_reads_it(
    value: Any,  # noqa: ANN401 - any JSON value
    ascii_only: bool,
    indent: int | None,
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    assert strict_json(text.encode()) == value


@given(value=values)
def test_compact_json_is_read_as_everybody_reads_it(value: Any) -> None:  # noqa: ANN401 - any
    assert strict_json(orjson.dumps(value)) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"NaN", "no number"),
        (b"[1, -Infinity]", "no number"),
        (b"1e999", "too large a number"),
        (b"-1e999", "too large a number"),
        (b"9223372036854775808", "too large a whole number"),
        (b"-9223372036854775809", "too large a whole number"),
        (b'{"a":18446744073709551615}', "too large a whole number"),
        (b"1" * 5_000, "too large a whole number"),
        (b'{"a":1,"a":1}', "'a' stands twice"),
        (b'{"b":{"a":1,"c":2,"a":3}}', "'a' stands twice"),
        (b'{"\\u0061":1,"a":2}', "'a' stands twice"),
        (b'"\\ud800"', "half a surrogate"),
        (b'{"\\udfff":1}', "half a surrogate"),
        (b'["\\ud83d", "\\ude00"]', "half a surrogate"),
        (b'"\xed\xa0\x80"', "not UTF-8"),
        (b'"\xff"', "byte 2 is not UTF-8"),
        (b"\xef\xbb\xbf{}", "no JSON"),
        (b"", "no JSON"),
        (b"{'a': 1}", "no JSON"),
        (b'{"a": 1} {}', "no JSON"),
        (b'"\n"', "no JSON"),
        (b"[" * (MOST_DEEP + 1) + b"]" * (MOST_DEEP + 1), "deeper than 64"),
        (b'{"a":' * (MOST_DEEP + 1) + b"1" + b"}" * (MOST_DEEP + 1), "deeper than 64"),
        (b"[" * 200_000 + b"]" * 200_000, "deeper than 64"),
        (b"[" * 200_000, "deeper than 64"),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_json_that_readers_disagree_on_is_refused(text: bytes, says: str) -> None:
    with pytest.raises(InvalidRecord, match=says):
        strict_json(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b"[9223372036854775807, -9223372036854775808]", [2**63 - 1, -(2**63)]),
        (b"-0", 0),
        (b' {"a" : 1.50 } ', {"a": 1.5}),
        (b"[" + b"[]," * 100 + b"[]]", [[]] * 101),
    ],
)
def test_unusual_but_plain_json_is_read(text: bytes, value: object) -> None:
    assert strict_json(text) == value


def test_nesting_is_taken_to_the_limit() -> None:
    assert strict_json(b"[" * MOST_DEEP + b"]" * MOST_DEEP)


def test_a_key_that_stands_twice_is_named() -> None:
    with pytest.raises(InvalidRecord) as refused:
        strict_json(b'{"name": 1, "name": 2}')

    assert refused.value.field == "name"
