from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidDate
from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability
from graph_service.importers.wikidata import FORMAT, ON_OBJECTS_PAGE, relations_of
from graph_service.importers.wikidata_statements import date_of
from graph_service.stores.graph import open_graph
from tests.importers.intake import taken
from tests.importers.wikidata import (
    CHAIR,
    DOCUMENTS,
    SPAN,
    Json,
    claims_of,
    evidence_of,
    item,
    league,
    reference,
    sources_of,
    statement,
    time,
    told,
)


@pytest.mark.parametrize("form", DOCUMENTS)
def test_items_come_from_dumps_and_documents(form: str) -> None:
    found = taken(FORMAT, DOCUMENTS[form])
    assert claims_of(found) == [("ann-alder", "heads", "the-league", "2013-08-03/2021")]
    ann = found.graph.actor("ann-alder")
    assert (ann.kind, ann.ids) == ("person", (("wikidata", "Q91"),))
    assert [alias.text for alias in ann.aliases] == ["A. Alder"]
    assert (found.summary.rows, found.summary.taken) == (1, 1)


def test_properties_point_to_or_from_the_object() -> None:
    graph = open_graph("memory:")
    assert relations_of(graph.ontology).keys() > ON_OBJECTS_PAGE
    found = league(
        statement("P463", "Q93", **SPAN),
        statement("P355", "Q93", **SPAN),
        statement("P127", "Q91", **SPAN),
        statement("P3320", "Q91", **SPAN),
    )
    assert {one[:3] for one in claims_of(found)} == {
        ("the-league", "member_of", "the-branch"),
        ("the-branch", "part_of", "the-league"),
        ("ann-alder", "controls", "the-league"),
        ("ann-alder", "holds_office_in", "the-league"),
    }


def test_whoever_is_known_by_the_item_needs_no_page() -> None:
    found = league(statement("P463", "Q484652", **SPAN), statement("P127", "Q794", **SPAN))
    assert claims_of(found) == [("iran", "controls", "the-league", "2013-08-03/2021")]
    assert list(found.summary.skipped.values()) == [1]


@pytest.mark.parametrize(
    ("qualifiers", "when"),
    [
        ({"P580": time("2013-08-00", 10)}, "2013-08/"),
        ({"P582": time("2013-00-00", 9)}, "/2013"),
        ({"P585": time("2013-08-03")}, "[..2013-08-03]/"),
        ({}, "/"),
    ],
)
def test_qualifiers_tell_the_period_as_exactly_as_they_are(qualifiers: Json, when: str) -> None:
    assert claims_of(league(statement("P488", "Q91", **qualifiers)))[0][-1] == when


def test_no_end_is_told_apart_from_an_unknown_one() -> None:
    lasting = statement("P488", "Q91", P580=time("2013-08-03"))
    lasting["qualifiers"]["P582"] = [{"snaktype": "novalue", "property": "P582"}]
    unknown = statement("P463", "Q93", P580=time("2013-08-03"))
    unknown["qualifiers"]["P582"] = [{"snaktype": "somevalue", "property": "P582"}]
    whens = {one[1]: one[3] for one in claims_of(league(lasting, unknown))}
    assert whens == {"heads": "2013-08-03/..", "member_of": "2013-08-03/"}


@pytest.mark.parametrize(
    "value",
    [time("1900-00-00", 8), time("2024-02-30"), {"time": "-0044-03-15T00:00:00Z", "precision": 11},
     time("1918-01-28", 11, "Q1985786"), "2024", None, {"time": 3, "precision": "9"}],
)  # fmt: skip
def test_dates_that_cannot_be_told_are_refused_by_item_and_property(value: object) -> None:
    found = league(statement("P488", "Q91", P580=value))
    [refused] = found.refused
    assert (refused.line, refused.field) == (2, "when")
    assert refused.reason.startswith("Q92 P488: ")


def test_a_year_of_the_other_calendar_is_still_that_year() -> None:
    assert date_of(time("1917-00-00", 9, "Q1985786")) == "1917"


@given(st.dates(), st.sampled_from([9, 10, 11]))
def test_every_date_of_the_calendar_is_read_as_exactly_as_it_is(day: Any, precision: int) -> None:  # noqa: ANN401
    found = date_of(time(day.isoformat(), precision))
    assert day.isoformat().startswith(found)
    assert When.parse(found).text == found
    with suppress(InvalidDate):
        date_of(time(day.isoformat(), precision - 5))
        pytest.fail("a century is no date")


def test_references_are_kept_as_sources_with_their_pages() -> None:
    cited = [
        reference(
            P854="https://www.example.org/a", P1476={"text": "A Report", "language": "en"},
            P577=time("2014-05-20"), P304="12",
        ),
        reference(P248={"entity-type": "item", "id": "Q555"}, P813=time("2020-01-02")),
    ]  # fmt: skip
    found = league(statement("P488", "Q91", **SPAN, references=cited, id="Q92$1"))
    sources = sources_of(found)
    assert {(s.title, s.url, s.published, s.origin, s.reliability) for s in sources.values()} == {
        ("A Report", "https://www.example.org/a", "2014-05-20", "example.org", Reliability.C),
        ("Item Q555 of Wikidata", None, "2020-01-02", "wikidata-q555", Reliability.C),
    }
    assert {(sources[one.source].title, one.locator) for one in evidence_of(found)} == {
        ("A Report", "12; Q92$1"),
        ("Item Q555 of Wikidata", "Q92$1"),
    }


@pytest.mark.parametrize(
    "references",
    [[], [reference(P143={"entity-type": "item", "id": "Q328"})], None, [reference(P813=3)]],
)
def test_what_cites_nobody_rests_on_wikidata_itself(references: Any) -> None:  # noqa: ANN401
    [source] = sources_of(league(statement("P488", "Q91", references=references))).values()
    assert (source.id, source.origin, source.reliability) == (
        "wikidata-2025-03-04", "wikidata", Reliability.D,
    )  # fmt: skip


def test_an_unknown_side_needs_a_day_on_which_the_item_stood_so() -> None:
    found = league(statement("P488", "Q91"), modified=None)
    assert [one.field for one in found.refused] == ["modified"]
    told_ = item("Q92", "The League", "Q484652", statement("P488", "Q91"), modified=None)
    assert claims_of(told(told_, CHAIR, published="2024-07"))[0][-1] == "/"
