import json
import tracemalloc
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.json_document import Part, parts
from tests.importers.odd_json import ODD


class Slowly(BytesIO):
    """A stream that gives a few bytes at a time, whatever is asked for."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size, 3) if size is not None and size >= 0 else 3)


def values(data: bytes, inside: str = "objects") -> list[tuple[str, object]]:
    return [(part.name, part.value()) for part in parts(BytesIO(data), inside)]


SOME: Any = st.dictionaries(st.text(max_size=5), ODD, max_size=4)


@given(SOME, st.lists(ODD, max_size=5), st.sampled_from([None, 1]), st.booleans())
def test_the_members_and_elements_of_any_document_are_given(
    others: dict[str, Any], objects: list[Any], indent: int | None, first: bool
) -> None:
    others.pop("objects", None)
    document = {"objects": objects, **others} if first else {**others, "objects": objects}
    data = json.dumps(document, indent=indent, ensure_ascii=False).encode()
    try:
        wanted = [("objects", Part("", 1, json.dumps(value)).value()) for value in objects]
        rest = [(name, Part("", 1, json.dumps(value)).value()) for name, value in others.items()]
    except InvalidRecord:
        return  # a number that is too large
    expected = [*wanted, *rest] if first else [*rest, *wanted]
    assert [(part.name, part.value()) for part in parts(Slowly(data), "objects")] == expected


def test_a_list_and_an_object_of_objects_are_given_by_element() -> None:
    assert values(b"[1, {}, []]") == [("", 1), ("", {}), ("", [])]
    assert values(b'{"entities": {"Q1": 1, "Q2": 2}}', "entities") == [
        ("entities", 1),
        ("entities", 2),
    ]
    assert values(b"[]") == values(b"{}") == values(b'{"objects": []}') == []


def test_parts_know_their_lines() -> None:
    data = b'\xef\xbb\xbf{\n"a": "x\\ny",\n"objects": [\n1,\n\n2]}'
    assert [(part.name, part.line) for part in parts(BytesIO(data), "objects")] == [
        ("a", 2),
        ("objects", 4),
        ("objects", 6),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "begins with neither"),
        (b"12", "begins with neither"),
        (b'{"objects": [1, 2', "the document ends where , or ] belongs"),
        (b'{"objects": [{"a": 1', "cut off"),
        (b'{"objects": [1 2]}', "'2' stands where"),
        (b'{"objects": [1]} {}', "goes on after its end"),
        (b"{objects: [1]}", "a name in quotes"),
        (b'{"a" 1}', "'1' stands where : belongs"),
        (b'{"a": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'{"a": "\xc3', "not UTF-8"),
        (b'{"a": nope}', "no JSON"),
        (b'{"a": "' + b"x" * 16_100_000 + b'"}', "more than 16,000,000 characters"),
    ],
)
def test_what_is_no_document_is_refused_and_told_why(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidRecord, match=reason):
        list(parts(BytesIO(data), "objects"))


def test_what_is_no_strict_json_is_refused_part_by_part() -> None:
    first, second = parts(BytesIO(b'{"objects": [{"a": 1, "a": 2}, 1e999]}'), "objects")
    with pytest.raises(InvalidRecord, match="stands twice"):
        first.value()
    with pytest.raises(InvalidRecord, match="too large"):
        second.value()


def test_a_large_document_takes_the_memory_of_its_parts() -> None:
    element = json.dumps({"type": "malware", "text": "x" * 1_000})
    stream = BytesIO(b'{"objects": [' + b",".join([element.encode()] * 20_000) + b"]}")
    tracemalloc.start()
    count = sum(1 for _ in parts(stream, "objects"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 8_000_000


@given(st.binary(max_size=60))
def test_whatever_the_bytes_are_only_a_refusal_comes_of_them(data: bytes) -> None:
    with suppress(InvalidRecord):
        values(data)
