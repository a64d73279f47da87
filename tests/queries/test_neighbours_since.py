"""Ties that began lately: which ones, what is shown of them, and how much work it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.periods import parse_day
from graph_service.graph.view import Citation, Frame, View
from graph_service.queries.budget import Budget
from graph_service.queries.neighbours import TieFilters, neighbours
from graph_service.queries.parameters import since_from
from tests.conftest import Fold
from tests.queries.brute import is_new
from tests.queries.neighbourhoods import TODAY, ask, ids, next_cursor, pages, tie_names
from tests.stories import Story, frame, index_view, naive_view
from tests.worlds import ANYTHING, World, frames, worlds


def since(text: str) -> TieFilters:
    return TieFilters(since=since_from(text))


def of_many(actors: int) -> Story:
    """Somebody with as many ties, every second of them new."""
    story = Story()
    for number in range(actors):
        story.says("a", "arms", f"x{number:03}", when=("2020-01-01", "2024-06-01")[number % 2])
    return story


class Watched:
    """A view that counts how often it is asked for claims."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.asked = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._view, name)

    def citations(self, a: int, b: int) -> tuple[Citation, ...]:
        self.asked += 1
        return tuple(self._view.citations(a, b))


def test_only_ties_with_a_claim_that_began_since_are_shown(fold: Fold) -> None:
    assert ids(ask(fold, filters=since("2024-05-06"))) == [["iran", "egypt"]]
    assert ids(ask(fold, filters=since("2024-06-02"))) == [["egypt"]]
    assert ids(ask(fold, filters=since("2025"))) == [[]]


def test_the_day_itself_counts(fold: Fold) -> None:
    assert ids(ask(fold, filters=since("2024-06-01"))) == [["iran", "egypt"]]


def test_of_a_tie_only_the_claims_that_began_since_are_shown(fold: Fold) -> None:
    (egypt,) = ask(fold, filters=since("2024-01"), actor="egypt").hops[0]
    (tie,) = [tie for tie in egypt.ties if tie.relation == "mediates"]

    assert [claim.when for claim in tie.claims] == ["2024-03"]
    assert tie.since == "2024-03-31"


def test_the_strength_stays_that_of_the_tie(fold: Fold) -> None:
    def strength(filters: TieFilters) -> float:
        (egypt,) = ask(fold, filters=filters, actor="egypt").hops[0]
        return next(tie.strength for tie in egypt.ties if tie.relation == "mediates")

    assert strength(since("2024-01")) == strength(TieFilters())


def test_a_beginning_is_read_as_the_dates_are(fold: Fold) -> None:
    story = Story().says("a", "arms", "b", when="2024-03")
    for dates, found in (("certain", [[]]), ("possible", [["b"]])):
        view = fold(story, frame("2024-09-30", dates=dates))
        assert ids(neighbours(view, "a", filters=since("2024-03-15")).data) == found


def test_what_has_an_unknown_start_is_not_called_new(fold: Fold) -> None:
    story = Story().source("wire", published="2024-09-01").says("a", "backs", "b", when="/..")
    story.says("a", "backs", "c", when="2024-08/..")
    for dates in ("certain", "possible"):
        view = fold(story, frame("2024-09-30", dates=dates))
        assert ids(neighbours(view, "a", filters=since("2024-08")).data) == [["c"]]


def test_a_farther_actor_is_reached_by_such_ties_only(fold: Fold) -> None:
    assert ids(ask(fold, hops=2, filters=since("2020"))) == [["iran", "qatar", "egypt"], ["united-states"]]  # fmt: skip
    assert ids(ask(fold, hops=2, filters=since("2023"))) == [["iran", "qatar", "egypt"], []]


def test_mixed_signs_are_those_of_the_new_ties(fold: Fold) -> None:
    story = Story().says("a", "arms", "b", when="2020-01-01")
    story.says("a", "denounces", "b", when="2024-01-01")
    view = fold(story, TODAY)

    def found(text: str) -> list[list[str]]:
        filters = TieFilters(sign="mixed", since=since_from(text))
        return ids(neighbours(view, "a", filters=filters).data)

    assert (found("2020"), found("2021")) == ([["b"]], [[]])


@given(worlds(ANYTHING), frames(), st.sampled_from(("2024-01-15", "2024-06-28")), st.integers(1, 3))
def test_exactly_the_claims_that_began_since_are_cited(
    world: World, where: Frame, text: str, hops: int
) -> None:
    naive, view = naive_view(world.story(), where), index_view(world.story(), where)
    code = naive.actors.code

    for hop in neighbours(view, "a", hops=hops, filters=since(text)).data.hops:
        for tie in (tie for one in hop for tie in one.ties):
            expected = [
                claim.id
                for claim in naive.citations(code(tie.subject), code(tie.object))
                if (claim.subject, claim.relation, claim.object) == tie_names(tie)
                and is_new(naive, claim, parse_day(text))
            ]
            assert [claim.id for claim in tie.claims] == expected != []


def test_pages_are_filled_with_new_ties_in_the_order_of_the_whole_answer() -> None:
    view = index_view(of_many(40), TODAY)
    whole = neighbours(view, "a", filters=since("2024")).data.hops[0]

    parts = [part.hops[0] for part in pages(view, filters=since("2024"), limit=6)]

    assert [len(part) for part in parts] == [6, 6, 6, 2]
    assert sum(parts, ()) == whole


def test_a_page_looks_at_no_more_claims_than_it_needs() -> None:
    story = of_many(200)
    for number in range(200):
        strong = 0.95 - number / 1000
        story.says("a", "arms", f"x{number:03}", when="2024-06-02", confidence=strong)
    view = Watched(index_view(story, TODAY))

    neighbours(view, "a", filters=since("2024"), limit=5)  # type: ignore[arg-type]

    assert view.asked < 20


def test_without_a_day_no_claims_are_looked_at_but_those_shown() -> None:
    view = Watched(index_view(of_many(50), TODAY))

    neighbours(view, "a", limit=5)  # type: ignore[arg-type]

    assert view.asked == 5


def test_out_of_time_the_first_actors_are_found_and_the_rest_is_said_to_be_missing() -> None:
    view = index_view(of_many(40), TODAY)
    late = Budget(1.0, clock=iter([0.0] * 20 + [9.0] * 100).__next__)

    answer = neighbours(view, "a", filters=since("2024"), budget=late)
    whole = ids(neighbours(view, "a", filters=since("2024")).data)[0]

    found = ids(answer.data)[0]
    assert 0 < len(found) < len(whole)
    assert found == whole[: len(found)]
    assert answer.meta.truncated == "the time for the question ran out"


def test_a_cursor_belongs_to_its_day() -> None:
    view = index_view(of_many(40), TODAY)
    cursor = next_cursor(neighbours(view, "a", filters=since("2024"), limit=2))

    with pytest.raises(InvalidQuestion):
        neighbours(view, "a", filters=since("2023"), limit=2, cursor=cursor)


@pytest.mark.parametrize(
    ("text", "first"),
    [("2023-10-07", "2023-10-07"), ("2023-10", "2023-10-01"), ("2023", "2023-01-01")],
)
def test_since_is_a_day_or_the_first_of_a_month_or_year(text: str, first: str) -> None:
    assert since_from(text) == parse_day(first)


@pytest.mark.parametrize("text", ["October", "2023-13", "[..2023]", "2023/2024", "/..", ""])
def test_what_has_no_first_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        since_from(text)
    assert refused.value.parameter == "since"
