"""Changes: causes by hand, and that the parts of a change add up to it exactly."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.periods import parse_day, parse_known_at
from graph_service.graph.view import Frame
from graph_service.queries.changes import Changes, changes
from graph_service.queries.leverage import leverage
from graph_service.queries.outline import Line, Rows
from graph_service.queries.outlines import OUTLINES
from tests.stories import Story, index_view
from tests.worlds import AS_OF, TIMES, World, frames, tight_worlds, worlds


def told() -> Story:
    """Of B: A backs it all along, C arms it in July 2024, D heads it until August."""
    story = Story().source("one", published="2024-01-01", reliability="A").at("2024-01-02")
    story.says("a", "backs", "b", when="2020/..")
    story.says("d", "heads", "b", when="2020/2024-08-01")
    story.at("2024-07-20").source("two", published="2024-07-19", reliability="A")
    return story.says("c", "arms", "b", when="2024-07-15")


def changed(story: Story, since: str | None, **given: object) -> Changes:
    view = story.index_view(as_of="2024-09-30")
    first = None if since is None else parse_day(since)
    return changes(view, ["b"], since=first, **given).data  # type: ignore[arg-type]


def test_claims_are_told_by_what_happened_to_them() -> None:
    found = changed(told(), "2024-07-01")
    claims = {
        cause: [(one.claim.subject, one.claim.relation) for one in some.claims]
        for cause, some in found.claims.items()
    }

    assert claims == {"added": [("c", "arms")], "ended": [("d", "heads")]}, "A faded too little"
    assert [cause.value for cause in found.order] == ["added", "ended", "decayed"]


def test_the_parts_of_a_change_name_their_causes_and_add_up() -> None:
    found = changed(told(), "2024-07-01")
    shifts = {shift.actor.id: shift for shift in found.leverage}

    assert shifts["c"].before == 0
    assert shifts["c"].causes["added"] > 0
    assert shifts["d"].after == 0
    assert shifts["d"].causes["ended"] < 0
    assert shifts["a"].causes["added"] < 0, "C is an alternative to A"
    for shift in found.leverage:
        assert sum(shift.causes.values()) == pytest.approx(shift.change, abs=1e-12)


def test_what_may_have_been_there_before_is_not_told_as_if_it_had_come() -> None:
    story = told().source("late", published="2024-09-15", reliability="A")
    story.says("e", "hosts", "b", when="/..")
    view = story.index_view(as_of="2024-09-30")
    answer = changes(view, ["b"], since=parse_day("2024-07-01"))

    assert (answer.data.before.held_back, answer.data.after.held_back) == (1, 0)
    assert answer.meta.coverage.held_back == 1
    lines = [
        one.text for one in OUTLINES["changes"].blocks(answer.data, str) if isinstance(one, Line)
    ]
    assert any("for uncertain dates: 1 tie." in line for line in lines)
    sure = changes(
        story.index_view(as_of="2024-09-30", dates="possible"), ["b"], since=parse_day("2024-07-01")
    ).data
    assert "e" not in {one.claim.subject for one in sure.claims["added"].claims}


def test_a_change_too_small_to_be_seen_is_counted_and_not_tabled() -> None:
    found = changed(told(), "2024-09-29")
    blocks = list(OUTLINES["changes"].blocks(found, str))

    assert found.leverage
    assert not any(isinstance(block, Rows) for block in blocks)
    assert any(isinstance(block, Line) and "by less than 0.01" in block.text for block in blocks)


def test_what_a_second_source_and_a_denial_change_is_told_by_state_of_knowledge() -> None:
    story = told().at("2024-10-05").source("three", published="2024-09-01", reliability="B")
    story.says("a", "backs", "b", when="2020/..")
    story.source("four", published="2024-09-02", reliability="C")
    story.denies("c", "arms", "b", when="2024-07-15")
    found = changed(story, None, known_since=parse_known_at("2024-10-01"))

    assert list(found.claims) == ["corroborated", "disputed"]
    shifts = {shift.actor.id: shift for shift in found.leverage}
    assert shifts["a"].causes["corroborated"] > 0 > shifts["c"].causes["disputed"]


def test_a_retraction_takes_back_what_it_gave() -> None:
    story = told().retracted("2024-10-05T12:00:00Z")
    found = changed(story, None, known_since=parse_known_at("2024-10-01"))

    assert list(found.claims) == ["retracted"]
    (one,) = found.claims["retracted"].claims
    assert (one.claim.subject, one.after) == ("c", 0.0)
    (gone, *_) = found.leverage
    assert (gone.actor.id, gone.after) == ("c", 0.0)


def test_between_two_only_what_is_between_them_is_told() -> None:
    view = told().index_view(as_of="2024-09-30")
    found = changes(view, ["b", "c"], since=parse_day("2024-07-01")).data

    assert [one.claim.subject for some in found.claims.values() for one in some.claims] == ["c"]
    assert [(shift.actor.id, shift.over) for shift in found.leverage] == [("c", "b")]


def test_a_report_from_a_day_to_itself_is_empty_and_says_so() -> None:
    found = changed(told(), "2024-09-30")

    assert (found.claims, found.leverage, found.order) == ({}, (), ())
    assert found.reason == "nothing that is known of it changed between the two"


def test_dates_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(InvalidQuestion, match="wrong order: 2025-01-01 is after 2024-09-30"):
        changed(told(), "2025-01-01")


@given(
    st.one_of(worlds(), tight_worlds()),
    frames(),
    st.sampled_from(AS_OF),
    st.sampled_from([None, *TIMES]),
)
def test_changes_lead_exactly_from_one_answer_to_the_other(
    world: World, frame: Frame, since: str, known: datetime | None
) -> None:
    view = index_view(world.story(), frame)
    first = min(parse_day(since), frame.as_of)
    known = None if known is None or (frame.known_at and known > frame.known_at) else known
    before = view.at(first, known or frame.known_at)
    target = view.actors.id(0)
    found = changes(view, [target], since=first, known_since=known, limit=200).data

    values = [
        {one.actor.id: one.leverage for one in leverage(at, target, limit=200).data.ranking}
        for at in (before, view)
    ]
    for shift in found.leverage:
        assert shift.before == pytest.approx(values[0].get(shift.actor.id, 0.0), abs=1e-12)
        assert shift.after == pytest.approx(values[1].get(shift.actor.id, 0.0), abs=1e-12)
        assert sum(shift.causes.values()) == pytest.approx(shift.change, abs=1e-12)
    unchanged = (values[0].keys() | values[1].keys()) - {s.actor.id for s in found.leverage}
    for actor in unchanged:
        assert values[0].get(actor, 0.0) == pytest.approx(values[1].get(actor, 0.0), abs=1e-11)
