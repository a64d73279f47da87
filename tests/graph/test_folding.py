"""At the level of states actors count as the state that they act for, and all else stays the same."""

from collections.abc import Callable

import pytest

from graph_service.domain.actors import Actor
from graph_service.graph.view import Frame, View
from graph_service.queries.leverage import leverage
from graph_service.queries.neighbours import neighbours
from tests.columns import strengths
from tests.graph.test_agreement import agree
from tests.graph.test_index import fed
from tests.stories import Story, at_states, frame, index_view, naive_view
from tests.worlds import FIRST, vocabulary

TODAY = frame("2024-09-30")


def cabinet() -> Story:
    """A prime minister, a ministry, an army and a parliament, and what each is said to do."""
    story = Story().source("a", published="2024-01")
    story.actor("leader", "person").actor("cabinet", "government").actor("army", "armed_force")
    story.actor("ministry", "agency").actor("parliament", "legislature")
    story.says("leader", "heads", "cabinet", when="2022/..")
    story.says("cabinet", "heads", "israel", when="2022/..")
    story.says("ministry", "part_of", "cabinet", when="1950/..")
    story.says("army", "part_of", "israel", when="1950/..")
    story.says("parliament", "organ_of", "israel", when="1950/..")
    story.says("army", "attacks", "hamas", when="2024-07-31")
    story.says("leader", "meets", "egypt", when="2024-08-20")
    return story.says("iran", "threatens", "ministry", when="2024-08-21")


@pytest.mark.parametrize("seen", [naive_view, index_view])
def test_who_acts_for_a_state_counts_as_it(seen: Callable[[Story, Frame], View]) -> None:
    view = seen(cabinet(), at_states(TODAY))

    assert view.folded == dict.fromkeys(
        ("leader", "cabinet", "army", "ministry", "parliament"), "israel"
    )
    assert {(a, relation, b) for a, relation, b, out in strengths(view) if out} == {
        ("israel", "attacks", "hamas"),
        ("israel", "meets", "egypt"),
        ("egypt", "meets", "israel"),
        ("iran", "threatens", "israel"),
    }


def views(story: Story, where: Frame) -> tuple[View, View]:
    """The naive view, and that of an index."""
    return naive_view(story, where), index_view(story, where)


def test_whom_a_question_is_about_goes_by_its_own_name_and_others_still_fold_through_it() -> None:
    view = index_view(cabinet(), at_states(TODAY, "cabinet", "israel"))

    assert sorted(view.folded) == ["army", "leader", "ministry", "parliament"]
    assert ("cabinet", "heads", "israel", True) in strengths(view)
    # The leader heads the cabinet, and counts as the state: the state heads the cabinet, too.
    assert ("israel", "heads", "cabinet", True) in strengths(view)
    agree(naive_view(cabinet(), at_states(TODAY, "cabinet")), view)


def test_a_claim_is_cited_as_its_source_told_it() -> None:
    view = index_view(cabinet(), at_states(TODAY))
    egypt, israel = (view.actors.code(name) for name in ("egypt", "israel"))

    (cited,) = view.citations(egypt, israel)
    assert {cited.subject, cited.object} == {"leader", "egypt"}
    (tie,) = neighbours(view, "hamas").data.hops[0][0].ties
    assert (tie.subject, tie.claims[0].subject) == ("israel", "army")


def test_an_office_that_ended_the_day_before_folds_no_more() -> None:
    story = Story().source("a", published="2022-01").actor("leader", "person")
    story.says("leader", "heads", "israel", when="2021/2024-09-30")
    story.says("leader", "meets", "egypt", when="2024-08-20")

    for seen in (naive_view, index_view):
        assert seen(story, at_states(frame("2024-09-29"))).folded == {"leader": "israel"}
        assert seen(story, at_states(TODAY)).folded == {}


def test_what_is_only_possible_folds_only_where_dates_are_read_so() -> None:
    story = Story().source("a", published="2024-12").actor("leader", "person")
    story.says("leader", "heads", "israel", when="/..")

    assert index_view(story, at_states(TODAY)).folded == {}
    possible = frame("2024-09-30", dates="possible")
    assert index_view(story, at_states(possible)).folded == {"leader": "israel"}


def test_what_was_not_known_then_or_is_too_doubtful_folds_nobody() -> None:
    story = Story().at("2025-01-10").source("a", published="2024-01").actor("leader", "person")
    story.says("leader", "heads", "israel", confidence=0.4)

    before = frame("2024-09-30", known_at="2025-01-09")
    assert index_view(story, at_states(before)).folded == {}
    doubtful = frame("2024-09-30", min_confidence=0.5)
    assert index_view(story, at_states(doubtful)).folded == {}
    assert index_view(story, at_states(TODAY)).folded == {"leader": "israel"}


@pytest.mark.parametrize(
    ("told", "state"),
    [
        # The nearer state, though the tie to it is the weaker one.
        (["x represents near .3", "x part_of army .9", "army part_of far .9"], "near"),
        (["x represents weak .3", "x holds_office_in firm .6"], "firm"),
        (["x represents south .6", "x represents north .6"], "north"),
        # Of two ways on, the stronger, wherever it ends.
        (["x part_of army .5", "x part_of navy .6", "army part_of a .9", "navy part_of b .5"], "b"),
        (["x part_of army .6", "army part_of x .6"], None),
        (["x part_of army .6", "army part_of x .6", "army part_of a .6"], "a"),
        (["x part_of unknown .6", "unknown heads a .6"], None),
        (["x part_of league .6", "league part_of a .6"], "a"),
        (["x member_of a .6", "a controls x .6", "x constrains a .6"], None),
        (["x heads a .6", "a part_of b .6", "a represents b .6"], "a"),
    ],
)
def test_an_actor_counts_as_the_nearest_state(told: list[str], state: str | None) -> None:
    story = Story(vocabulary()).source("a", published="2020-01")
    kinds = {"x": "person", "army": "armed_force", "navy": "armed_force", "league": "igo"}
    for name, kind in (kinds | {"unknown": "unknown"}).items():
        story.actor(name, kind)
    for words in told:
        subject, relation, object_, confidence = words.split()
        for name in (subject, object_):
            if name not in (*kinds, "unknown"):
                story.actor(name)
        story.says(subject, relation, object_, confidence=float(confidence))

    naive, index = views(story, at_states(TODAY))

    assert naive.folded.get("x") == index.folded.get("x") == state
    assert naive.folded == index.folded
    assert "unknown" not in index.folded
    assert "a" not in index.folded


def test_a_judgement_comes_first() -> None:
    story = cabinet().actor("bibi", "person").says("qatar", "meets", "bibi", when="2024-09-01")
    story.judged("bibi", "leader")
    naive, index = views(story, at_states(TODAY))

    assert naive.folded == index.folded
    assert index.folded["bibi"] == "israel"
    about = at_states(TODAY, "bibi")
    naive, index = views(story, about)
    assert index.actors.id(index.actors.code("bibi")) == "leader"
    assert not {"bibi", "leader"} & index.folded.keys()
    assert ("qatar", "meets", "leader", True) in strengths(index)
    agree(naive, index)


def test_somebody_who_turns_out_to_be_a_state_folds_no_more() -> None:
    story = cabinet()
    index = fed(story)
    assert "army" in index.view(at_states(TODAY)).folded

    index.apply(len(story.told) + 1, Actor("army", "state", "Army"), FIRST)

    assert "army" not in index.view(at_states(TODAY)).folded
    assert index.view(TODAY).actors.of_kind("armed_force") == []
    army = index.tables.actors.ids.find("army")
    assert army in index.view(TODAY).actors.of_kind("state")


def test_a_question_about_somebody_else_shares_what_is_kept() -> None:
    index = fed(cabinet())
    whole = index.view(at_states(TODAY))

    assert index.view(at_states(TODAY, "iran", "nobody", "israel")).supply is whole.supply
    apart = index.view(at_states(TODAY, "leader"))
    assert apart.supply is not whole.supply
    assert index.view(at_states(TODAY, "iran", "leader")).supply is apart.supply


def test_leverage_over_a_state_counts_what_its_leader_is_given() -> None:
    story = cabinet().says("united-states", "funds", "ministry", when="2024-06-30")
    view, folded = index_view(story, TODAY), index_view(story, at_states(TODAY, "israel"))

    assert "united-states" not in [
        one.actor.id for one in leverage(view, "israel", hops=1).data.ranking
    ]
    (entry,) = leverage(folded, "israel", by="united-states").data.ranking
    (claim,) = entry.paths[0].steps[0].claims
    assert (entry.paths[0].actors, claim.object) == (("united-states", "israel"), "ministry")
    meta = leverage(folded, "israel").meta
    assert meta.level is not None
    assert meta.level.actors == 5
    assert meta.level.states["israel"].actors == ("leader", "ministry")
