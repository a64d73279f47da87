"""Timelines: in the order of time, episodes together, ended things too, page by page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.domain.periods import parse_day
from graph_service.graph.view import Frame
from graph_service.queries.outline import Line
from graph_service.queries.outlines import OUTLINES
from graph_service.queries.ties import TieFilters
from graph_service.queries.timeline import Timeline, timeline
from tests.stories import Story, index_view
from tests.worlds import World, frames, worlds


def told() -> Story:
    story = Story().source("paper", published="2024-09-01").episode("talks")
    story.says("x", "heads", "a", when="2012/2019-06")
    story.says("m", "mediates", "a", when="2024-01-01/..", episode="talks")
    story.says("b", "attacks", "a", when="2023-05-01")
    story.says("m", "mediates", "b", when="2024-06-01/..", episode="talks")
    story.says("a", "meets", "b", when="2024-03-01", episode="talks")
    return story.says("c", "meets", "a", when="2024-02-01")


def days(found: Timeline) -> list[tuple[str | None, list[str | None]]]:
    return [(one.episode, [each.begins for each in one.happenings]) for one in found.chapters]


def test_everything_is_told_in_its_order_and_an_episode_where_it_began() -> None:
    found = timeline(told().index_view(), ["a"]).data

    assert days(found) == [
        (None, ["2012-12-31"]),
        (None, ["2023-05-01"]),
        ("talks", ["2024-01-01", "2024-03-01"]),
        (None, ["2024-02-01"]),
    ]
    assert found.chapters[0].happenings[0].ends == "2019-06-01", "what has ended is told, too"
    assert found.years == {"2012": 1, "2023": 1, "2024": 3}


def test_an_episode_is_told_by_its_name_and_dates_as_they_were_written() -> None:
    answer = timeline(told().index_view(), ["a"])
    named = [one.name for one in answer.data.chapters]

    assert named == [None, None, "talks", None]
    lines = [
        one.text for one in OUTLINES["timeline"].blocks(answer.data, str) if isinstance(one, Line)
    ]
    # 2012-12-31 is only how the year is read.
    assert lines[0] == "2012 to June 2019, neutral"
    assert lines[2] == "since 1 January 2024, ongoing, neutral"


def test_between_two_only_what_both_are_in_is_told() -> None:
    found = timeline(told().index_view(), ["a", "b"], together=True).data

    assert days(found) == [
        (None, ["2023-05-01"]),
        ("talks", ["2024-01-01", "2024-03-01", "2024-06-01"]),
    ], "talks that M leads are between A and B"


def test_filters_keep_what_holds_in_a_time_and_is_of_a_kind() -> None:
    view = told().index_view()

    late = timeline(view, ["a"], since=parse_day("2024-02-15")).data
    assert days(late) == [("talks", ["2024-01-01", "2024-03-01"])]
    early = timeline(view, ["a"], until=parse_day("2023-12-31")).data
    assert [one[1] for one in days(early)] == [["2012-12-31"], ["2023-05-01"]]
    hostile = timeline(view, ["a"], filters=TieFilters(sign="-")).data
    assert days(hostile) == [(None, ["2023-05-01"])]


def test_a_page_goes_on_where_the_last_one_ended_and_says_what_it_continues() -> None:
    view = told().index_view()
    first = timeline(view, ["a"], limit=3)
    assert first.page is not None
    second = timeline(view, ["a"], limit=3, cursor=first.page.next_cursor)

    assert [one.episode for one in first.data.chapters] == [None, None, "talks"]
    assert [(one.episode, one.continued) for one in second.data.chapters] == [
        ("talks", True), (None, False),
    ]  # fmt: skip
    assert second.page is not None
    assert second.page.next_cursor is None


def test_where_there_is_nothing_the_answer_says_why() -> None:
    view = told().index_view()

    assert timeline(view, ["c", "m"], together=True).data.reason == (
        "no claim is told between C and M"
    )
    filtered = timeline(view, ["c"], filters=TieFilters(sign="-")).data
    assert filtered.reason == "nothing that is asked for is among the 1 claims about C"
    early = timeline(told().index_view(as_of="2001-01-01"), ["c"]).data
    assert early.reason == "nothing is known of C before 2024-02-01: ask as of then or later"


def test_actors_are_known_and_not_too_many() -> None:
    view = told().index_view()

    with pytest.raises(NotFound):
        timeline(view, ["nobody"])
    with pytest.raises(InvalidQuestion, match="actors is from 1 to 20"):
        timeline(view, [])


@given(worlds(), frames(), st.integers(1, 4))
def test_pages_together_are_the_whole(world: World, frame: Frame, limit: int) -> None:
    view = index_view(world.story(), frame)
    actor = view.actors.id(0)
    whole = timeline(view, [actor], limit=200).data
    pages, cursor = [], None
    while True:
        answer = timeline(view, [actor], limit=limit, cursor=cursor)
        pages += [each for one in answer.data.chapters for each in one.happenings]
        cursor = answer.page.next_cursor if answer.page else None
        if cursor is None:
            break

    assert pages == [each for one in whole.chapters for each in one.happenings]
    begins = [one.happenings[0].begins for one in whole.chapters if one.happenings[0].begins]
    assert begins == sorted(begins) or any(
        one.happenings[0].begins is None for one in whole.chapters
    )


def test_what_is_between_actors_is_asked_of_two_or_more() -> None:
    found = timeline(told().index_view(), ["a"], together=True).data

    assert found.reason == "what is between actors is asked of two or more: name another"


def test_where_dates_or_knowledge_leave_nothing_the_answer_says_what_to_ask() -> None:
    story = Story().source("paper", published=None).says("a", "hosts", "b", when="/..")

    early = timeline(story.index_view(known_at="1999-01-01"), ["a"]).data
    assert early.reason == (
        "nothing was known of A at 1999-01-01T23:59:59.999999Z: ask with a later known_at"
    )
    unsure = timeline(story.index_view(min_confidence=0.9), ["a"]).data
    assert unsure.reason == "nothing is known of A with a confidence of 0.9 or more"
