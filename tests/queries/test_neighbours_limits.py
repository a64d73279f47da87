import base64

import pytest

from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.graph.view import View
from graph_service.queries.budget import Budget
from graph_service.queries.neighbours import TieFilters, neighbours
from tests.conftest import Fold
from tests.queries.neighbourhoods import (
    TODAY,
    ask,
    dossier,
    ids,
    next_cursor,
    star,
)
from tests.stories import frame, index_view


def test_coverage_is_what_is_cited_on_the_page(fold: Fold) -> None:
    view = fold(dossier(), TODAY)

    assert neighbours(view, "hamas", limit=1).meta.coverage.claims == 2
    assert neighbours(view, "hamas", hops=2).meta.coverage.claims == 8


def test_a_hub_is_not_expanded_beyond_the_first_hop_and_the_answer_says_so(fold: Fold) -> None:
    answer = neighbours(fold(star(), TODAY), "a", hops=3)

    assert ids(answer.data)[1:] == [[], []]
    assert answer.meta.truncated == "not expanded, each with more than 4 ties: hub"


def test_a_hub_asked_about_or_at_the_last_hop_leaves_the_answer_whole(fold: Fold) -> None:
    view = fold(star(), TODAY)

    assert ids(neighbours(view, "hub", hops=2).data)[1] == ["x", "y"]
    assert neighbours(view, "hub", hops=2).meta.truncated is None
    assert neighbours(view, "a", hops=1).meta.truncated is None


def test_a_question_out_of_time_gives_part_of_a_page_and_where_to_go_on(fold: Fold) -> None:
    view = fold(dossier(), TODAY)
    late = Budget(1.0, clock=iter([0.0, 9.0]).__next__)

    answer = neighbours(view, "hamas", budget=late)

    assert ids(answer.data) == [["iran"]]
    assert answer.meta.truncated == "the time for the question ran out"
    assert ids(neighbours(view, "hamas", cursor=next_cursor(answer)).data) == [["qatar", "egypt"]]


def test_no_farther_hop_is_begun_out_of_time(fold: Fold) -> None:
    late = Budget(1.0, clock=iter([0.0, 9.0, 0.0, 0.0, 0.0]).__next__)

    answer = neighbours(fold(dossier(), TODAY), "hamas", hops=2, budget=late)

    assert ids(answer.data) == [["iran", "qatar", "egypt"], []]
    assert answer.meta.truncated == "the time for the question ran out"


def test_a_cursor_of_another_question_is_refused(fold: Fold) -> None:
    view = fold(dossier(), TODAY)
    cursor = next_cursor(neighbours(view, "hamas", limit=1))

    later = fold(dossier(), frame("2024-10-01"))
    others: list[tuple[View, dict[str, object]]] = [
        (view, {"actor": "iran"}),
        (view, {"hops": 2}),
        (view, {"filters": TieFilters(sign="+")}),
        (later, {}),
    ]
    for where, asked in others:
        with pytest.raises(InvalidQuestion) as refused:
            neighbours(where, **{"actor": "hamas", "cursor": cursor} | asked)  # type: ignore[arg-type]
        assert refused.value.parameter == "cursor"


@pytest.mark.parametrize("cursor", ["", "no", "ü", "a" * 5000, "MS4y", base64.urlsafe_b64encode(b"1.-2.ab").decode()])  # fmt: skip
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ask(index_view, cursor=cursor)
    assert refused.value.parameter == "cursor"


def test_a_page_after_the_graph_has_moved_on_says_so(fold: Fold) -> None:
    first = neighbours(fold(dossier(), TODAY), "hamas", limit=1)
    later = fold(dossier().says("libya", "denounces", "chad", when="2024-01-01"), TODAY)

    second = neighbours(later, "hamas", limit=1, cursor=next_cursor(first))

    assert second.meta.truncated is not None
    assert second.meta.truncated.startswith("the graph has moved on since the first page")


def test_a_page_at_a_fixed_state_of_knowledge_needs_no_such_note(fold: Fold) -> None:
    where = frame("2024-09-30", known_at="2025-06-01")
    first = neighbours(fold(dossier(), where), "hamas", limit=1)
    later = dossier().at("2025-07-01").says("libya", "denounces", "chad", when="2024-01-01")

    second = neighbours(fold(later, where), "hamas", limit=1, cursor=next_cursor(first))

    assert ids(second.data) == [["qatar"]]
    assert second.meta.truncated is None


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"hops": 0}, "hops"),
        ({"hops": 4}, "hops"),
        ({"limit": 0}, "limit"),
        ({"limit": 1001}, "limit"),
        ({"filters": TieFilters(relations=frozenset({"arms", "back"}))}, "relations"),
        ({"filters": TieFilters(families=frozenset({"patrons"}))}, "families"),
        ({"filters": TieFilters(sign="plus")}, "sign"),
        ({"filters": TieFilters(direction="outward")}, "direction"),
    ],
)
def test_a_parameter_out_of_range_is_refused_by_name(
    asked: dict[str, object], parameter: str
) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        neighbours(index_view(dossier(), TODAY), "hamas", **asked)  # type: ignore[arg-type]
    assert refused.value.parameter == parameter


def test_an_unknown_name_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ask(index_view, filters=TieFilters(relations=frozenset({"back"})))
    assert refused.value.suggestions[0] == "backs"


@pytest.mark.parametrize("asked", [{"actor": "hams"}, {"filters": TieFilters(among=frozenset({"hams"}))}])  # fmt: skip
def test_an_actor_that_nobody_knows_is_not_found_but_the_nearest_are_named(
    asked: dict[str, object],
) -> None:
    with pytest.raises(NotFound) as refused:
        ask(index_view, **asked)  # type: ignore[arg-type]
    assert "hamas" in refused.value.suggestions
