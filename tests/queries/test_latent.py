"""Latent patrons: the formula by hand, and that nothing inferred enters what is cited."""

import pytest
from hypothesis import given

from graph_service.graph.view import Frame
from graph_service.queries.latent import latent, scores
from graph_service.queries.leverage import leverage
from tests.stories import Story, naive_view
from tests.worlds import World, dense_worlds, frames

MASS = 0.95 * 0.8
D = MASS / (MASS + 1)


def war() -> Story:
    """G and H fight Opp; P arms H, which arms G; R is a rival of Opp; S arms G."""
    story = Story().source("paper", published="2024-09-30", reliability="A")
    for group in ("g", "h"):
        story.actor(group, "armed_group")
        story.says(group, "at_war_with", "opp", when="2024-02-01/..", confidence=0.8)
    story.says("p", "arms", "h", when="2024-09-30", confidence=0.8)
    story.says("h", "arms", "g", when="2024-09-30", confidence=0.8)
    story.says("s", "arms", "g", when="2024-09-30", confidence=0.8)
    return story.says("r", "rival_of", "opp", when="2020/..", confidence=0.8)


def test_each_term_is_the_formula_by_hand_with_the_claims_that_it_rests_on() -> None:
    found = latent(war().index_view(), "g").data
    patrons = {one.actor.id: one for one in found.patrons}

    assert found.inferred
    assert [one.id for one in found.opponents] == ["opp"]
    assert set(patrons) == {"p", "r"}
    assert patrons["p"].latent == pytest.approx(1 - (1 - 0.1 * D * D) * (1 - 0.07 * D))
    assert patrons["r"].latent == pytest.approx(0.06 * 0.2)
    told = {
        term.name: [(c.subject, c.relation) for c in term.claims] for term in patrons["p"].terms
    }
    assert sorted(told["GG"]) == [("h", "arms"), ("p", "arms")]
    assert sorted(told["SIB"]) == [("h", "at_war_with"), ("p", "arms")]
    assert patrons["p"].terms[0].through == ("h",)


def test_who_is_near_an_opponent_and_its_rival_is_likelier() -> None:
    view = war().index_view()
    far, near = ({frozenset({"r", "opp"}): km} for km in (500.0, 0.0))

    assert scores(view, "g", far)["r"] == pytest.approx(
        1 - (1 - 0.06 * (0.2 + 0.8 * 0.5)) * (1 - 0.02 * 0.5)
    )
    assert scores(view, "g", near)["r"] == pytest.approx(1 - (1 - 0.06) * (1 - 0.02))


def test_whoever_is_allied_with_an_opponent_or_supports_it_is_less_likely() -> None:
    plain = scores(war().index_view(), "g")["p"]
    allied = war().says("p", "allied_with", "opp", when="2020/..", confidence=0.8)
    arming = war().says("p", "arms", "opp", when="2024-09-30", confidence=0.8)

    assert scores(allied.index_view(), "g")["p"] == pytest.approx(plain / 2)
    assert scores(arming.index_view(), "g")["p"] == pytest.approx(plain * (1 - 0.7 * D))


def test_a_cited_supporter_is_marked_as_one() -> None:
    story = war().says("p", "arms", "g", when="2024-09-30", confidence=0.8)
    (first, *_) = latent(story.index_view(), "g").data.patrons

    assert (first.actor.id, first.supports) == ("p", True)


def test_where_there_is_nobody_the_answer_says_why() -> None:
    view = war().index_view()

    reasons = [latent(view, actor).data.reason for actor in ("opp", "s")]
    assert all(reason and "is a state" in reason for reason in reasons)
    early = latent(war().index_view(as_of="2001-01-01"), "g").data.reason
    assert early == "nothing is known of G before 2024-02-01: ask as of then or later"


@given(dense_worlds(), frames())
def test_scores_are_below_one_and_no_part_of_leverage(world: World, frame: Frame) -> None:
    view = naive_view(world.story(), frame)
    target = view.actors.id(0)
    before = leverage(view, target).data

    assert all(0 < value < 1 for value in scores(view, target).values())
    assert leverage(view, target).data == before
