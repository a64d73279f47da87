import pytest

from graph_service.queries.answers import as_json
from graph_service.queries.paths import paths
from graph_service.queries.ties import TieFilters
from tests.conftest import Fold
from tests.queries.tangles import (
    TODAY,
    ask,
    routes,
    tangle,
)
from tests.stories import Story, frame


def test_the_path_with_the_fewest_hops_comes_first(fold: Fold) -> None:
    found = ask(tangle(), fold, "hamas", "united-states", k=3)

    assert routes(found) == [
        ("hamas", "qatar", "united-states"),
        ("hamas", "iran", "united-states"),
        ("hamas", "qatar", "iran", "united-states"),
    ]


def test_a_longer_path_that_is_stronger_comes_first_when_the_strongest_is_asked_for(
    fold: Fold,
) -> None:
    story = Story().says("a", "arms", "b", when="2024-09-30", confidence=0.3)
    story.says("a", "arms", "c", when="2024-09-30").says("c", "arms", "b", when="2024-09-30")

    assert routes(ask(story, fold, "a", "b", order="fewest"))[0] == ("a", "b")
    assert routes(ask(story, fold, "a", "b", order="strongest"))[0] == ("a", "c", "b")


def test_equal_paths_are_ordered_by_the_ids_of_their_actors(fold: Fold) -> None:
    story = Story()
    for middle in ("zaire", "mali", "chad"):
        story.says("a", "supplies", middle).says(middle, "supplies", "b")

    for k in (1, 2, 3):
        found = ask(story, fold, "a", "b", k=k)
        assert [actors[1] for actors in routes(found)] == ["chad", "mali", "zaire"][:k]


def test_the_strength_and_the_sign_of_a_path_are_the_products_of_its_steps(fold: Fold) -> None:
    story = Story().source("wire", published="2024-09-30", reliability="A")
    story.says("a", "attacks", "b", when="2024-09-30", confidence=0.8)
    story.says("c", "denounces", "b", when="2024-09-30", confidence=0.5)

    (path,) = ask(story, fold, "a", "c").paths

    assert [step.strength for step in path.steps] == pytest.approx([0.95 * 0.8, 0.95 * 0.5])
    assert path.strength == pytest.approx(0.95 * 0.8 * 0.95 * 0.5)
    assert [step.sign for step in path.steps] == ["-", "-"]
    assert path.sign == "+"


def test_a_step_takes_all_the_ties_of_two_actors_together(fold: Fold) -> None:
    story = Story().source("wire", published="2024-09-30", reliability="A")
    story.says("a", "arms", "b", when="2024-09-30", confidence=0.8)
    story.says("b", "threatens", "a", when="2024-09-30", confidence=0.5)

    (path,) = ask(story, fold, "a", "b").paths

    assert path.steps[0].relations == ("arms", "threatens")
    assert path.steps[0].strength == pytest.approx(1 - (1 - 0.76) * (1 - 0.475))
    assert path.steps[0].sign == path.sign == "mixed"


def test_a_neutral_tie_beside_a_signed_one_leaves_the_sign_of_the_step(fold: Fold) -> None:
    story = Story().says("a", "arms", "b", when="2024-09-30").says("a", "meets", "b", when="2023")

    assert ask(story, fold, "a", "b").paths[0].sign == "+"


def test_only_paths_of_the_sign_asked_for_are_given(fold: Fold) -> None:
    found = ask(tangle(), fold, "hamas", "united-states", sign="-", k=20)

    assert routes(found) == [("hamas", "iran", "united-states"), ("hamas", "qatar", "iran", "united-states")]  # fmt: skip
    assert {path.sign for path in found.paths} == {"-"}


def test_steps_can_be_held_to_go_from_subject_to_object(fold: Fold) -> None:
    story = Story().says("a", "arms", "b", when="2023").says("c", "arms", "b", when="2023")
    story.says("b", "meets", "d", when="2023")

    out, both = TieFilters(direction="out"), TieFilters()

    assert routes(ask(story, fold, "a", "c", filters=both)) == [("a", "b", "c")]
    assert routes(ask(story, fold, "a", "c", filters=out)) == []
    assert routes(ask(story, fold, "a", "d", filters=out)) == [("a", "b", "d")]
    assert routes(ask(story, fold, "d", "a", filters=TieFilters(direction="in"))) == [
        ("d", "b", "a")
    ]


def test_steps_take_only_the_relations_and_families_asked_for(fold: Fold) -> None:
    found = ask(
        tangle(),
        fold,
        "hamas",
        "united-states",
        filters=TieFilters(families=frozenset({"support"})),
    )
    mine = ask(tangle(), fold, "hamas", "qatar", filters=TieFilters(relations=frozenset({"hosts"})))

    assert found.paths == ()
    assert [step.relations for step in mine.paths[0].steps] == [("hosts",)]


def test_on_a_path_in_time_no_step_ends_before_an_earlier_one_begins(fold: Fold) -> None:
    story = Story().source("wire", published="2024-09-01")
    story.says("a", "supplies", "b", when="2020/2021").says("b", "supplies", "c", when="2023/2024")

    assert routes(ask(story, fold, "a", "c", order="time")) == [("a", "b", "c")]
    assert routes(ask(story, fold, "c", "a", order="time")) == []
    assert routes(ask(story, fold, "c", "a", order="fewest")) == [("c", "b", "a")]


def test_a_path_in_time_takes_of_each_step_the_claim_that_leaves_most_open(fold: Fold) -> None:
    story = Story().source("wire", published="2024-09-01")
    story.says("a", "supplies", "b", when="2023/2024").says("a", "supplies", "b", when="2019/2020")
    story.says("b", "supplies", "c", when="2020/2021").says("c", "supplies", "d", when="2020/2021")

    assert routes(ask(story, fold, "a", "d", order="time")) == [("a", "b", "c", "d")]


def test_what_a_step_lacks_is_said(fold: Fold) -> None:
    story = (
        Story()
        .source("wire", published="2021", origin="agency")
        .says("a", "backs", "hamas", when="/..")
        .source("paper", published="2021", origin="agency")
        .says("a", "backs", "hamas", when="/..")
        .source("ministry", published="2022")
        .denies("a", "backs", "hamas", when="/..", confidence=0.3)
    )
    in_2028 = frame("2028-01-01")

    (path,) = paths(fold(story, in_2028), "a", "hamas").data.paths

    assert path.steps[0].missing == (
        "one origin only", "stale", "uncertain date", "denied by ministry",
    )  # fmt: skip


def test_an_answer_counts_what_it_rests_on(fold: Fold) -> None:
    answer = paths(fold(tangle(), TODAY), "hamas", "united-states", k=2)

    assert answer.meta.coverage.claims == 4
    assert answer.meta.coverage.origins == 1
    assert answer.meta.truncated is None


def test_a_json_step_says_from_whom_and_to_whom(fold: Fold) -> None:
    step = as_json(ask(tangle(), fold, "hamas", "qatar"))["paths"][0]["steps"][0]

    assert list(step) == [
        "from", "to", "strength", "sign", "relations", "claims", "missing",
    ]  # fmt: skip
    assert (step["from"], step["to"], step["sign"]) == ("hamas", "qatar", "+")


def test_where_nothing_connects_the_relations_at_each_end_are_named(fold: Fold) -> None:
    story = tangle().actor("tuvalu")

    found = ask(story, fold, "qatar", "tuvalu")

    assert found.paths == ()
    assert found.nearest == (
        "ties at qatar: hosts 1, allied_with 1, aligned_with 1; ties at tuvalu: none"
    )


def test_paths_found_leave_no_hint(fold: Fold) -> None:
    assert ask(tangle(), fold, "hamas", "iran").nearest is None


def test_two_unknown_agents_need_not_be_one_and_connect_nobody(fold: Fold) -> None:
    story = Story().source("a", published="2024-09-01").actor("unknown", "unknown")
    story.says("unknown", "attacks", "b", when="2024-08-01")
    story.says("a", "denounces", "unknown", when="2024-08-01")

    assert routes(ask(story, fold, "a", "b")) == []
    assert routes(ask(story, fold, "a", "unknown")) == [("a", "unknown")]
