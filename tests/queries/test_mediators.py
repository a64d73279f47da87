"""Mediators: the formula by hand, who is left out, and what is told where there is nobody."""

import pytest
from hypothesis import given

from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.graph.view import Frame
from graph_service.queries.mediators import mediators
from graph_service.queries.outline import Line
from graph_service.queries.outlines import OUTLINES
from tests.stories import Story, naive_view
from tests.worlds import World, frames, worlds


def talks() -> Story:
    """M meets both parties and mediates for A; N meets A alone; F fights B and meets both."""
    story = Story().source("paper", published="2024-09-01", reliability="A")
    for party in ("a", "b"):
        story.says("m", "meets", party, when="2024-09-30", confidence=0.8)
        story.says("f", "meets", party, when="2024-09-30", confidence=0.8)
    story.says("m", "mediates", "a", when="2024-09-01/..", episode=None, confidence=0.8)
    story.says("n", "meets", "a", when="2024-09-30", confidence=0.8)
    return story.says("f", "attacks", "b", when="2024-09-29", confidence=0.8)


P = 0.95 * 0.8
MEETS, MEDIATES = 0.3 * P, 0.8 * P * 2 ** (-29 / 365)


def no3(share: float, mediation: float, record: float) -> float:
    t, rep = mediation / (mediation + 1), record / (record + 3)
    return 1 - (1 - share) * (1 - 0.6 * t) * (1 - 0.15 * rep)


def test_the_score_is_the_formula_by_hand() -> None:
    view = talks().index_view()
    found = mediators(view, ("a", "b")).data

    (only,) = found.ranking
    assert only.actor.id == "m"
    with_a, with_b = only.sides
    share_a = (MEETS + MEDIATES) / (3 * MEETS + MEDIATES)
    assert with_a.share == pytest.approx(share_a)
    assert with_a.mediation == pytest.approx(MEDIATES)
    assert with_b.share == pytest.approx(0.5)
    assert only.record == pytest.approx(MEDIATES)
    value_a, value_b = no3(share_a, MEDIATES, MEDIATES), no3(0.5, 0.0, MEDIATES)
    assert only.score == pytest.approx((value_a * value_b) ** 0.5)
    assert [claim.relation for claim in with_b.claims] == ["meets"]


def test_who_used_force_of_late_is_left_out_by_name_unless_asked_for() -> None:
    view = talks().index_view()

    left_out = mediators(view, ("a", "b")).data
    assert [one.id for one in left_out.belligerents] == ["f"]
    every = mediators(view, ("a", "b"), belligerents=True).data
    assert [one.actor.id for one in every.ranking] == ["m", "f"]
    assert [side.belligerent for side in every.ranking[1].sides] == [False, True]


def test_what_is_only_intended_is_told_so_and_dates_are_not_made_up() -> None:
    story = talks().episode("round-one")
    for party in ("a", "b"):
        story.says("k", "meets", party, when="2024-09-30")
        story.says("k", "mediates", party, when="/..", episode="round-one", modality="intended")
    story.says("a", "asks_mediation_of", "k", when="2024-08-01", episode="round-one")
    found = mediators(story.index_view(), ("a", "b")).data

    (mediation,) = next(one for one in found.ranking if one.actor.id == "k").episodes
    assert (mediation.episode, mediation.name) == ("round-one", "round one")
    assert (mediation.modality, mediation.since) == ("intended", None)
    assert mediation.parties == ("a", "b")
    told = [
        block.text for block in OUTLINES["mediators"].blocks(found, str) if isinstance(block, Line)
    ]
    assert "mediation in “round one” for a, b (intended), start unknown, ongoing" in told


def test_force_of_years_ago_makes_no_belligerent() -> None:
    late = talks().index_view(as_of="2026-01-01")

    assert [one.actor.id for one in mediators(late, ("a", "b")).data.ranking] == ["m", "f"]


def test_who_is_tied_to_one_party_alone_counts_little_and_only_when_asked_for() -> None:
    found = mediators(talks().index_view(), ("a", "b"), one_sided=True).data

    assert [one.actor.id for one in found.ranking] == ["m", "n"]
    own, empty = found.ranking[1].sides
    assert empty.value == 0.02
    assert found.ranking[1].score == pytest.approx((own.value * 0.02) ** 0.5)


def test_bias_is_half_the_difference_of_alignments_and_does_not_count() -> None:
    plain = talks().index_view()
    biased = talks().says("m", "rival_of", "b", when="2020/..", confidence=0.8).index_view()

    (before,), (after,) = (mediators(view, ("a", "b")).data.ranking for view in (plain, biased))
    assert before.bias == 0
    assert after.bias == pytest.approx(-after.sides[1].alignment / 2)
    assert after.bias > 0
    assert after.score == pytest.approx(before.score)


def test_the_parties_are_told_apart_and_known() -> None:
    view = talks().index_view()

    with pytest.raises(InvalidQuestion, match="two different actors"):
        mediators(view, ("a", "a"))
    with pytest.raises(NotFound):
        mediators(view, ("a", "nobody"))


def test_before_anything_is_known_the_answer_says_since_when_it_is() -> None:
    found = mediators(talks().index_view(as_of="2001-01-01"), ("a", "b")).data

    assert found.ranking == ()
    assert found.reason is not None
    assert "nothing is known of A before 2024-09-01" in found.reason


@given(worlds(), frames())
def test_scores_are_from_nothing_to_one_and_in_their_order(world: World, frame: Frame) -> None:
    view = naive_view(world.story(), frame)
    if len(view.actors) < 2:
        return
    one, other = view.actors.id(0), view.actors.id(1)
    ranking = mediators(view, (one, other), belligerents=True).data.ranking
    scores = [mediator.score for mediator in ranking]

    assert all(0 < score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert all(-1 < mediator.bias < 1 for mediator in ranking)
    turned = mediators(view, (other, one), belligerents=True).data.ranking
    assert [(m.actor.id, -m.bias) for m in turned] == [(m.actor.id, m.bias) for m in ranking]
