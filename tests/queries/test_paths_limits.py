from collections.abc import Iterator

import pytest

from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.queries.budget import Budget
from graph_service.queries.paths import paths
from graph_service.queries.ties import TieFilters
from tests.conftest import Fold
from tests.queries.tangles import (
    TODAY,
    ask,
    routes,
    star,
    tangle,
)
from tests.stories import index_view


def test_a_hub_stands_between_two_actors_that_are_both_tied_to_it(fold: Fold) -> None:
    answer = paths(fold(star(), TODAY), "a", "b", hops=2)

    assert routes(answer.data) == [("a", "hub", "b")]
    assert answer.meta.truncated is None


def test_a_hub_is_never_gone_through_farther_away_and_the_answer_says_so(fold: Fold) -> None:
    for source, target in (("x", "b"), ("a", "y"), ("x", "y")):
        answer = paths(fold(star(), TODAY), source, target, hops=6)
        assert answer.data.paths == ()
        assert answer.meta.truncated == "not expanded, each with more than 4 ties: hub"


def test_a_hub_that_the_filters_do_not_lead_to_is_not_named(fold: Fold) -> None:
    filters = TieFilters(relations=frozenset({"arms"}))

    assert paths(fold(star(), TODAY), "x", "b", filters=filters).meta.truncated is None


def test_a_hub_can_be_an_end_of_a_path(fold: Fold) -> None:
    assert routes(ask(star(), fold, "hub", "y")) == [("hub", "b", "y")]
    assert routes(ask(star(), fold, "x", "hub")) == [("x", "a", "hub")]


def test_a_question_out_of_time_answers_what_it_has_and_says_so(fold: Fold) -> None:
    def ticks() -> Iterator[float]:
        yield from (0.0, 0.0)
        while True:
            yield 9.0

    answer = paths(
        fold(tangle(), TODAY), "hamas", "united-states", budget=Budget(1.0, clock=ticks().__next__)
    )

    assert answer.data.paths == ()
    assert answer.meta.truncated == "the time for the question ran out"


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"k": 0}, "k"),
        ({"k": 21}, "k"),
        ({"hops": 0}, "hops"),
        ({"hops": 7}, "hops"),
        ({"order": "quickest"}, "order"),
        ({"sign": "?"}, "sign"),
        ({"filters": TieFilters(relations=frozenset({"arm"}))}, "relations"),
        ({"filters": TieFilters(families=frozenset({"patrons"}))}, "families"),
        ({"filters": TieFilters(direction="sideways")}, "direction"),
        ({"filters": TieFilters(sign="+")}, "sign"),
        ({"filters": TieFilters(among=frozenset({"iran"}))}, "among"),
        ({"filters": TieFilters(since=738_000)}, "since"),
    ],
)
def test_a_parameter_out_of_range_is_refused_by_name(
    asked: dict[str, object], parameter: str
) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ask(tangle(), index_view, "hamas", "iran", **asked)
    assert refused.value.parameter == parameter


def test_an_unknown_relation_is_refused_with_the_nearest_ones() -> None:
    filters = TieFilters(relations=frozenset({"arm"}))
    with pytest.raises(InvalidQuestion) as refused:
        ask(tangle(), index_view, "hamas", "iran", filters=filters)
    assert "arms" in refused.value.suggestions


def test_a_path_from_an_actor_to_itself_is_refused() -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ask(tangle(), index_view, "hamas", "hamas")
    assert refused.value.parameter == "to"


def test_an_end_that_nobody_knows_is_not_found() -> None:
    with pytest.raises(NotFound):
        ask(tangle(), index_view, "hamas", "atlantis")
