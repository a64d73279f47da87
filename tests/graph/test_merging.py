"""Actors judged the same are seen as one: as if their claims had been told under one id."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.claims import Claim, ClaimRecord, claim_id
from graph_service.domain.identity import Judgement, Verdict
from graph_service.domain.records import Record
from graph_service.graph import snapshot
from graph_service.graph.index import Index
from graph_service.graph.view import Frame, View
from graph_service.queries.leverage import leverage
from graph_service.queries.neighbours import neighbours
from tests.columns import gates, strengths
from tests.graph.test_agreement import close, flat
from tests.stories import Story, frame, index_view, naive_view
from tests.worlds import FIRST, TIMES, World, dense_worlds, frames, vocabulary, worlds

Judged = tuple[datetime, Judgement]


@st.composite
def judgements(draw: st.DrawFn, names: tuple[str, ...]) -> list[Judged]:
    """Judgements on these actors, told from early on to late."""
    known = [name for name in names if name != "unknown"]
    found = []
    for at in sorted(draw(st.lists(st.sampled_from((FIRST, *TIMES)), max_size=5))):
        left, right = draw(st.permutations(known))[:2]
        verdict = draw(st.sampled_from((Verdict.SAME,) * 3 + tuple(Verdict)))
        found.append((at, Judgement(left, right, verdict, "desk", at)))
    return found


@st.composite
def judged_worlds(draw: st.DrawFn) -> tuple[World, list[Judged]]:
    world = draw(st.one_of(worlds(), dense_worlds()))
    return world, draw(judgements(world.names))


def told(world: World, judged: Iterable[Judged]) -> Story:
    """The story of a world in which somebody judges as time goes by."""
    story = world.story()
    story.told = sorted([*story.told, *judged], key=lambda entry: entry[0])
    return story


def names_in(world: World, judged: Iterable[Judged], where: Frame) -> dict[str, str]:
    """The name that each actor goes by, by nothing but the last word on every pair."""
    last = {
        frozenset((one.left, one.right)): one.verdict
        for at, one in judged
        if where.known_at is None or at <= where.known_at
    }
    name = {actor: actor for actor in world.names}
    for pair in [pair for pair, verdict in last.items() if verdict is Verdict.SAME]:
        groups = {name[actor] for actor in pair}
        first = min(groups, key=world.names.index)
        name = {actor: first if of in groups else of for actor, of in name.items()}
    return name


def renamed(world: World, names: dict[str, str]) -> Story:
    """The same story, told under these names; what one says of itself is left out."""
    story = world.story()
    entries = [(at, _renamed(record, names)) for at, record in story.told]
    story.told = [(at, record) for at, record in entries if record is not None]
    return story


def _renamed(record: Record, names: dict[str, str]) -> Record | None:
    if not isinstance(record, ClaimRecord):
        return record
    claim = record.claim
    ends = names[claim.subject], names[claim.object]
    if vocabulary().relations[claim.relation].symmetric:
        ends = min(ends), max(ends)
    id_ = claim_id(ends[0], claim.relation, ends[1], claim.when.text, claim.episode)
    other = Claim(id_, ends[0], claim.relation, ends[1], claim.when, claim.episode)
    return None if ends[0] == ends[1] else replace(record, claim=other)


def agree(one: View, other: View) -> None:
    assert close(flat(one), flat(other))
    assert close(strengths(one), strengths(other))
    # What weighs all but nothing may be nothing in one of the views.
    both = gates(one).keys() & gates(other).keys()
    assert close({tie: gates(one)[tie] for tie in both}, {tie: gates(other)[tie] for tie in both})
    everybody = range(len(one.actors))
    assert one.held_back(everybody) == other.held_back(everybody)


@given(judged_worlds(), frames())
def test_merged_actors_are_seen_as_if_told_under_one_name(
    given_: tuple[World, list[Judged]], where: Frame
) -> None:
    world, judged = given_
    names = names_in(world, judged, where)
    expected = index_view(renamed(world, names), where)
    seen = index_view(told(world, judged), where)

    agree(seen, expected)
    agree(naive_view(told(world, judged), where), expected)
    for name in world.names:
        assert seen.actors.id(seen.actors.code(name)) == names[name]
        assert seen.held_back([seen.actors.code(name)]) == (
            expected.held_back([expected.actors.code(names[name])])
        )


@given(judged_worlds(), frames())
def test_leverage_follows_those_who_are_one(
    given_: tuple[World, list[Judged]], where: Frame
) -> None:
    world, judged = given_
    names = names_in(world, judged, where)
    expected, seen = (
        index_view(story, where) for story in (renamed(world, names), told(world, judged))
    )

    for name in sorted(set(names.values())):
        one, other = (leverage(view, name, limit=100, paths=1).data for view in (seen, expected))
        assert {
            entry.actor.id: pytest.approx(entry.leverage, abs=1e-12) for entry in one.ranking
        } == ({entry.actor.id: entry.leverage for entry in other.ranking})


@given(judged_worlds(), frames())
def test_a_citation_says_what_its_source_said_in_both_folds(
    given_: tuple[World, list[Judged]], where: Frame
) -> None:
    world, judged = given_
    story = told(world, judged)
    naive, seen = naive_view(story, where), index_view(story, where)
    names = names_in(world, judged, where)
    claims = {one.claim.id: one.claim for one in world.sayings}

    for a in sorted(set(names.values())):
        for b in sorted(set(names.values())):
            codes = seen.actors.code(a), seen.actors.code(b)
            cited = seen.citations(*codes)
            assert list(cited) == naive.citations(*codes)
            for one in cited:
                assert claims[one.id].subject == one.subject
                assert {names[one.subject], names[one.object]} == {a, b}


@given(judged_worlds(), frames(), st.integers(1, 25))
def test_a_warm_projection_follows_claims_and_judgements(
    given_: tuple[World, list[Judged]], where: Frame, warm_from: int
) -> None:
    world, judged = given_
    story = told(world, judged)
    index = Index(story.ontology)
    for sequence, (at, record) in enumerate(story.told, start=1):
        index.apply(sequence, record, at)
        if sequence >= warm_from:
            index.view(where)

    agree(index.view(where), index_view(story, where))


@given(judged_worlds(), frames())
def test_taken_back_every_judgement_leaves_the_view_as_it_was(
    given_: tuple[World, list[Judged]], where: Frame
) -> None:
    world, judged = given_
    story = told(world, judged)
    index = Index(story.ontology)
    index.extend((n, record, at) for n, (at, record) in enumerate(story.told, start=1))
    index.view(where)
    held = {frozenset((one.left, one.right)): one for _, one in judged}
    for n, one in enumerate(held.values(), start=len(story.told) + 1):
        index.apply(n, replace(one, verdict=Verdict.UNSURE, at=FIRST), FIRST)

    plain = index_view(world.story(), where)

    agree(index.view(where), plain)
    codes = range(len(world.names))
    assert [index.view(where).citations(a, b) for a in codes for b in codes] == (
        [plain.citations(a, b) for a in codes for b in codes]
    )


def test_a_snapshot_keeps_judgements(tmp_path: Path) -> None:
    @given(judged_worlds(), frames())
    def same(given_: tuple[World, list[Judged]], where: Frame) -> None:
        story = told(*given_)
        index = Index(story.ontology)
        index.extend((n, record, at) for n, (at, record) in enumerate(story.told, start=1))
        snapshot.save(index, tmp_path / "kept", "hash")
        loaded = snapshot.load(tmp_path / "kept", vocabulary(), {index.sequence: "hash"}.get)
        assert loaded is not None
        agree(loaded.view(where), index.view(where))

    same()


def a_story() -> Story:
    """The United States under two ids, and what each is said to do."""
    story = Story().at("2025-01-01").source("a", published="2024-01")
    story.actor("united-states").actor("qatar").actor("us").actor("iran")
    story.says("united-states", "arms", "israel", when="2023-11")
    story.says("us", "arms", "israel", when="2024-02", locator="p. 2")
    story.says("us", "aligned_with", "united-states")
    return story.says("qatar", "aligned_with", "us").says("iran", "sanctions", "us", when="2020/..")


def test_those_who_are_one_go_by_the_id_that_came_first() -> None:
    story = a_story().at("2025-02-01").judged("us", "united-states")
    where = frame("2024-09-30")
    view = index_view(story, where)

    assert view.actors.id(view.actors.code("us")) == "united-states"
    assert ("qatar", "aligned_with", "united-states", True) in strengths(view)
    assert not any("us" in key for key in strengths(view))
    around = neighbours(view, "us").data
    assert {one.actor.id for one in around.hops[0]} == {"israel", "qatar", "iran"}


def test_many_who_are_one_are_seen_as_few_are() -> None:
    story, ends = Story(), [f"{side}{n}" for n in range(6) for side in ("east", "west")]
    for actor in (*ends, "qatar"):
        story.actor(actor)
    for one, other in pairwise(ends):
        story.says(one, "backs", other, when="2023/..", locator=one)
        story.says(one, "aligned_with", "qatar", locator=one)
    for first, *others in (ends[::2], ends[1::2]):
        for other in others:
            story.judged(other, first)
    where = frame("2024-09-30")

    view = index_view(story, where)
    cited = view.citations(view.actors.code("east5"), view.actors.code("west5"))

    agree(view, naive_view(story, where))
    assert {(one.subject, one.object) for one in cited} == set(pairwise(ends))
    assert not view.citations(view.actors.code("east5"), view.actors.code("east1"))


def test_before_a_judgement_was_known_nobody_is_one() -> None:
    story = a_story().at("2025-02-01").judged("us", "united-states")
    before = frame("2024-09-30", known_at="2025-01-15")

    view = index_view(story, before)

    assert view.actors.id(view.actors.code("us")) == "us"
    agree(view, index_view(a_story(), before))


def test_citations_keep_the_ids_that_the_sources_used() -> None:
    story = a_story().at("2025-02-01").judged("us", "united-states")
    view = index_view(story, frame("2024-09-30"))
    cited = view.citations(view.actors.code("us"), view.actors.code("israel"))

    assert {one.subject for one in cited} == {"us", "united-states"}
    [tie] = [
        tie
        for one in neighbours(view, "israel").data.hops[0]
        for tie in one.ties
        if tie.relation == "arms"
    ]
    assert tie.subject == "united-states"
    assert len(tie.claims) == 2
