import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.claims import Strength
from graph_service.domain.errors import InvalidRecord
from graph_service.importers.wikidata import FORMAT
from tests.importers.intake import taken
from tests.importers.odd_json import adds_up, changed, taken_alone
from tests.importers.wikidata import (
    BRANCH,
    CHAIR,
    DOCUMENTS,
    LEAGUE,
    SPAN,
    claims_of,
    dump,
    item,
    label,
    league,
    reference,
    statement,
    time,
    told,
)


def test_what_is_deprecated_or_unknown_or_no_actor_is_skipped() -> None:
    nothing = statement("P488", "Q91")
    nothing["mainsnak"] = {"snaktype": "somevalue", "property": "P488"}
    found = league(
        statement("P488", "Q91", rank="deprecated"),
        nothing,
        statement("P463", "Q404"),
        statement("P361", "Q92"),
        statement("P530", "Q93"),
    )
    assert found.summary.skipped == {
        "a deprecated statement": 1,
        "a value that is unknown, or none": 1,
        "a value that is no actor, or that neither the file nor the graph names": 1,
        "a tie of an actor to itself": 1,
    }
    assert found.summary.unmapped == {"P530": 1}
    city = item("Q7", "A City", "Q515", statement("P6", "Q91", **SPAN))
    assert told(city, CHAIR).summary.skipped == {"an item that is no actor": 1}


def test_hedged_statements_and_small_shares_weigh_less() -> None:
    found = league(
        statement("P488", "Q91", **SPAN, P1480={"id": "Q1"}),
        statement("P127", "Q93", **SPAN, P1107={"amount": "+0.3", "unit": "1"}),
        statement("P127", "Q91", **SPAN, P1107={"amount": "+0.05", "unit": "1"}),
    )
    by = {one.claim.relation: one.evidence[0] for one in found.graph.claims()}
    assert (by["heads"].confidence, by["controls"].confidence) == (0.6, 0.8)
    assert (by["controls"].amount, by["controls"].strength) == (30.0, Strength.WEAK)
    assert found.summary.skipped == {"an owner of less than 25 percent": 1}


def test_a_position_leads_to_what_it_directs() -> None:
    post = item("Q95", "Chair of the League", "Q4164871", statement("P2389", "Q92"))
    holder = item(
        "Q91", "Ann Alder", "Q5", statement("P39", "Q95", **SPAN), statement("P39", "Q96", **SPAN)
    )
    found = told(holder, post, item("Q92", "The League", "Q484652"))
    assert [one[:3] for one in claims_of(found)] == [("ann-alder", "heads", "the-league")]
    assert found.summary.skipped.total() == 1


def test_namesakes_are_as_many_actors_as_items() -> None:
    others = [item(f"Q{n}", "Ann Alder", "Q5", statement("P463", "Q93", **SPAN)) for n in (1, 2, 3)]
    assert len({one[0] for one in claims_of(told(*others, BRANCH))}) == 3


def test_a_name_in_another_language_is_a_name() -> None:
    ann = CHAIR | {"labels": {"pl": label("Anna Olcha", "pl")}}
    assert claims_of(told(LEAGUE, ann))[0][0] == "anna-olcha"


def test_bad_lines_are_refused_and_the_rest_goes_in() -> None:
    lines = [
        b"[", b"{not json},", b'{"id": 3},', b"[1],", b'{"type": "property", "id": "P31"},',
        json.dumps(LEAGUE).encode() + b",", b'{"id": "Q1", "labels": "' + b"x" * 16_100_000 + b'"},',
        json.dumps(CHAIR).encode(), b"]",
    ]  # fmt: skip
    found = taken(FORMAT, b"\n".join(lines))
    assert len(claims_of(found)) == 1
    assert [one.line for one in found.refused] == [2, 3, 4, 7]
    assert adds_up(found)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"[\n]\n", b'{"entities": {}}', b"{}"])
def test_a_file_of_another_kind_is_refused_with_what_is_needed(data: bytes) -> None:
    with pytest.raises(InvalidRecord, match="no item of Wikidata"):
        taken(FORMAT, data)


def test_a_document_that_is_cut_off_is_refused_as_a_whole() -> None:
    with pytest.raises(InvalidRecord, match="cut off"):
        taken(FORMAT, DOCUMENTS["a document"][:-30])


def test_the_same_file_twice_changes_nothing() -> None:
    first = told(LEAGUE, CHAIR, BRANCH)
    head = first.graph.store.head()
    again = told(LEAGUE, CHAIR, BRANCH, graph=first.graph)
    assert first.graph.store.head() == head
    assert again.summary.new_actors == 0


SMALL = [
    item("Q92", "The League", "Q484652",
         statement("P488", "Q91", **SPAN, references=[reference(P854="https://example.org/", P577=time("2014-05-20"))]),
         statement("P127", "Q93", P580=time("2013-08-00", 10), P1107={"amount": "+0.3", "unit": "1"}),
         statement("P530", "Q93")),
    CHAIR, BRANCH,
]  # fmt: skip


@given(changed(SMALL))
def test_whatever_stands_in_an_item_it_is_counted_once_and_never_breaks_the_import(
    items: list[Any],
) -> None:
    found = taken_alone(FORMAT, dump(*items, LEAGUE))
    assert adds_up(found)


@given(changed({"entities": {"Q92": SMALL[0], "Q91": CHAIR}}), st.binary(max_size=30))
def test_whatever_the_document_is_only_a_refusal_comes_of_it(document: Any, rest: bytes) -> None:  # noqa: ANN401
    for data in (json.dumps(document).encode(), dump(*SMALL) + rest):
        with suppress(InvalidRecord):
            assert adds_up(taken_alone(FORMAT, data))
