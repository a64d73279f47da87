"""What steps and answers are said to lack."""

from graph_service.queries.explain import cut_short, missing
from tests.conftest import Fold
from tests.stories import Story, frame

TODAY = frame("2024-09-30")


def lacks(story: Story, fold: Fold, as_of: str = "2024-09-30") -> tuple[str, ...]:
    view = fold(story, frame(as_of))
    return missing(view.citations(view.actors.code("a"), view.actors.code("b")))


def told_twice() -> Story:
    return (
        Story()
        .source("wire", published="2024-08-01")
        .says("a", "supplies", "b", when="2020-01-01/..")
        .source("paper", published="2024-08-02")
        .says("a", "supplies", "b", when="2020-01-01/..")
    )


def test_a_step_with_two_origins_and_certain_fresh_dates_lacks_nothing(fold: Fold) -> None:
    assert lacks(told_twice(), fold) == ()


def test_two_sources_of_one_origin_are_one_origin_only(fold: Fold) -> None:
    story = Story().source("one", published="2024-08-01", origin="agency")
    story.says("a", "supplies", "b", when="2020-01-01/..")
    story.source("two", published="2024-08-01", origin="agency")
    story.says("a", "supplies", "b", when="2020-01-01/..")

    assert lacks(story, fold) == ("one origin only",)


def test_a_step_is_stale_only_where_all_its_claims_are(fold: Fold) -> None:
    fresh = told_twice().source("late", published="2030-01-01")
    fresh.says("a", "arms", "b", when="2030-01-01")

    assert lacks(told_twice(), fold, "2030-02-01") == ("stale",)
    assert lacks(fresh, fold, "2030-02-01") == ()


def test_a_date_is_uncertain_only_where_that_of_every_claim_is(fold: Fold) -> None:
    vague = Story().source("wire", published="2024-08-01").says("a", "supplies", "b", when="/..")
    vague.source("paper", published="2024-08-01").says("a", "supplies", "b", when="2020/..")

    assert lacks(vague, fold) == ("uncertain date",)
    assert lacks(vague.says("a", "arms", "b", when="2024-05-01"), fold) == ()


def test_every_source_that_denies_is_named_once_by_id(fold: Fold) -> None:
    story = told_twice()
    for denier in ("z", "ministry", "z"):
        story.source(denier, published="2024-08-03", reliability="D")
        story.denies("a", "supplies", "b", when="2020-01-01/..", locator=denier)
        story.denies("a", "supplies", "b", when="2020-01-01/..", locator="again")

    assert lacks(story, fold) == ("denied by ministry", "denied by z")


def test_a_step_without_claims_lacks_nothing_that_could_be_named() -> None:
    assert missing(()) == ()


def test_a_whole_answer_is_not_cut_short(fold: Fold) -> None:
    assert cut_short(fold(told_twice(), TODAY), (), spent=False) is None


def test_an_answer_cut_short_names_the_first_hubs_and_counts_the_others(fold: Fold) -> None:
    story = Story()
    for number in range(12):
        story.actor(f"n{number:02}")

    reason = cut_short(fold(story, TODAY), range(12), spent=True)

    assert reason == (
        "the time for the question ran out; not expanded, each with more than 1000 ties: "
        "n00, n01, n02, n03, n04, n05, n06, n07, n08, n09 and 2 more"
    )
