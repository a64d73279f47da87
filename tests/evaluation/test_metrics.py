"""Average precision, ranks and intervals, by hand."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.evaluation.metrics import (
    Asked,
    Examination,
    average_precision,
    interval,
    reciprocal_rank,
    weighted_precision,
)

SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9]), min_size=1, max_size=12)


def asked(cluster: str, *truth: bool) -> Asked:
    names = tuple(f"s{n}" for n in range(len(truth)))
    return Asked(f"{cluster} 1990", cluster, names, np.array(truth))


def test_precision_is_averaged_over_what_came_true() -> None:
    # Ranks 1 and 3 came true: (1/1 + 2/3) / 2.
    found = average_precision(np.array([0.9, 0.8, 0.7, 0.1]), np.array([1, 0, 1, 0]))

    assert found == pytest.approx((1 + 2 / 3) / 2)


def test_equal_scores_share_the_precision_of_the_last_of_them() -> None:
    assert average_precision(np.zeros(4), np.array([1, 0, 0, 0])) == pytest.approx(0.25)


def test_without_anything_that_came_true_there_is_no_precision() -> None:
    assert isnan(average_precision(np.array([0.3]), np.array([0])))


@given(SCORES, st.randoms())
def test_the_order_of_candidates_changes_nothing(scores: list[float], draw: object) -> None:
    truth = np.arange(len(scores)) % 2 == 0
    order = np.random.default_rng(len(scores)).permutation(len(scores))
    values = np.array(scores)

    one, other = average_precision(values, truth), average_precision(values[order], truth[order])
    assert one == pytest.approx(other)


@given(SCORES)
def test_counting_a_candidate_twice_is_having_it_twice(scores: list[float]) -> None:
    values, truth = np.array(scores), np.arange(len(scores)) % 2 == 0
    twice = weighted_precision(values, truth, np.full(len(values), 2.0))

    assert twice == pytest.approx(average_precision(np.tile(values, 2), np.tile(truth, 2)))


def test_the_first_that_came_true_gives_the_rank() -> None:
    assert reciprocal_rank(np.array([0.9, 0.5, 0.5]), np.array([0, 1, 0])) == pytest.approx(1 / 2.5)


def test_draws_of_clusters_are_the_same_for_one_seed_and_others_for_another() -> None:
    queries = [asked("a", True, False), asked("b", False, True), asked("c", True, True)]
    scores = {"one": [np.array([0.9, 0.1]), np.array([0.8, 0.2]), np.array([0.3, 0.4])]}
    exam = Examination(queries, scores)

    again = exam.drawn(draws=50, seed=1)["one"]
    assert (exam.drawn(draws=50, seed=1)["one"] == again).all()
    assert (exam.drawn(draws=50, seed=2)["one"] != again).any()
    figure = interval(exam.precision("one"), again)
    assert figure.low <= figure.value <= figure.high


def test_all_candidates_are_judged_together_and_each_query_by_itself() -> None:
    queries = [asked("a", True, False), asked("b", False, True)]
    exam = Examination(queries, {"one": [np.array([0.2, 0.1]), np.array([0.9, 0.95])]})

    # Together: .95 true, .9 false, .2 true, .1 false.
    assert exam.precision("one") == pytest.approx((1 + 2 / 3) / 2)
    assert exam.mean_precision("one") == 1.0
    assert exam.rank("one") == 1.0
