import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.ftm import FORMAT
from tests.importers.ftm import (
    ANN,
    CLUB,
    MILL,
    OWNS,
    SHIP,
    claims_of,
    entity,
    file_of,
    told,
)
from tests.importers.intake import taken
from tests.importers.odd_json import adds_up, changed


def test_what_is_no_tie_between_actors_is_skipped_with_the_reason() -> None:
    ties = [
        entity("t1", "Ownership", owner="ann", asset="ship", startDate="2019"),
        entity("t2", "Sanction", entity="ann", startDate="2019"),
        entity("t3", "Ownership", owner="mill", asset="mill", startDate="2019", endDate="2020"),
        entity("t4", "Occupancy", holder="ann", post="p", startDate="2019"),
    ]
    found = told(ANN, MILL, SHIP, entity("p", "Position", name="Clerk"), *ties)
    assert found.summary.skipped == {
        "a tie to a Vessel": 1,
        "a sanction of no authority that is named": 1,
        "a tie of an actor to itself": 1,
        "a tie to a Position of nobody": 1,
        "Vessel": 1,
        "Position": 1,
    }


def test_bad_rows_are_refused_by_line_and_the_rest_goes_in() -> None:
    lines = [
        b"not json",
        b'["a list"]',
        b'{"id": "x", "schema": "Person", "properties": [], "id": "y"}',
        json.dumps({"schema": "Address", "properties": {}}).encode(),
        json.dumps(entity("t", "Ownership", owner="ann", asset="nobody", startDate="2019")).encode(),
        json.dumps(entity("t", "Ownership", asset="mill", startDate="2019")).encode(),
        json.dumps(entity("t", "Ownership", owner="ann", asset="mill", startDate="2019-02-30")).encode(),
        json.dumps(entity("t", "Ownership", owner=[1], asset="mill")).encode(),
        b"x" * 1_100_000,
        b"\xff",
    ]  # fmt: skip
    data = b"\n".join([*lines, *file_of(OWNS, ANN, MILL).splitlines()])
    found = taken(FORMAT, data)
    assert len(claims_of(found)) == 1
    assert sorted((one.line, one.field) for one in found.refused) == [
        (1, None), (2, None), (3, "id"), (4, "id"), (5, "asset"), (6, "owner"), (7, "when"),
        (8, "owner"), (9, None), (10, None),
    ]  # fmt: skip


def test_an_entity_without_a_name_is_refused_and_its_ties_with_it() -> None:
    found = told(entity("ann", "Person"), MILL, OWNS)
    assert [(one.line, one.field) for one in found.refused] == [(1, "name"), (3, "owner")]


def test_unknown_schemata_are_counted_and_no_more_than_can_be_shown() -> None:
    many = [entity(f"x{n}", f"Odd\n{n}", name="x") for n in range(1_200)]
    found = told(*many)
    assert found.summary.unmapped["Odd\\n7"] == 1
    assert found.summary.unmapped["others"] == 200


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b'{"type": "bundle"}\n', b"[\n]\n"])
def test_a_file_of_another_kind_is_refused_with_what_is_needed(data: bytes) -> None:
    with pytest.raises(InvalidRecord, match="a JSON object on each line"):
        taken(FORMAT, data)


SMALL = [ANN, MILL, CLUB, OWNS,
         entity("s", "Sanction", entity="ann", authority="Ministry", startDate="2020", datasets=["d"],
                first_seen="2021"),
         entity("p", "Payment", payer="mill", beneficiary="club", date="2020", amount="5", currency="EUR"),
         entity("t", "Occupancy", holder="ann", post="x", startDate="2020", endDate="2021"),
         entity("x", "Position", name="Clerk", organization="club")]  # fmt: skip


@given(changed(SMALL))
def test_whatever_stands_in_a_row_it_is_counted_once_and_never_breaks_the_import(
    entities: Any,  # noqa: ANN401 - any JSON
) -> None:
    try:
        found = told(*entities) if isinstance(entities, list) else told(entities)
    except InvalidRecord:
        return
    assert adds_up(found)
    assert found.summary.rows == len(entities)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_only_a_refusal_comes_of_them(data: bytes) -> None:
    with suppress(InvalidRecord):
        assert adds_up(taken(FORMAT, file_of(*SMALL) + data))
