"""Laws of the level of states: the index and the naive view agree on everything, always."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.actors import Actor
from graph_service.domain.claims import Claim, ClaimRecord, claim_id
from graph_service.domain.identity import Judgement, Verdict
from graph_service.domain.records import Record
from graph_service.graph.index import Index
from graph_service.graph.scenarios import Draws, Flows, Omissions, OmittedClaim, Scenarios
from graph_service.graph.view import Counting, Fold, Frame, View
from tests.columns import masses, strengths
from tests.graph.test_agreement import agree, cite_alike
from tests.graph.test_index import content, fed
from tests.stories import Story, at_states, index_view, naive_view
from tests.worlds import (
    FIRST,
    OFFICES,
    TIMES,
    World,
    dense_worlds,
    folding_frames,
    frames,
    tight_worlds,
    vocabulary,
    worlds,
    worlds_of_states,
)

Judged = tuple[datetime, Judgement]


def views(story: Story, where: Frame) -> tuple[View, View]:
    """The naive view, and that of an index."""
    return naive_view(story, where), index_view(story, where)


@given(st.one_of(worlds(), dense_worlds(), tight_worlds()), frames())
def test_where_nobody_acts_for_a_state_nothing_changes(world: World, where: Frame) -> None:
    index = fed(world.story())
    plain, folded = index.view(where), index.view(at_states(where, "a"))
    if not folded.folded:
        assert folded.supply is plain.supply
        assert folded.links is plain.links
        assert content(folded) == content(plain)


@st.composite
def judged(draw: st.DrawFn) -> list[Judged]:
    """Judgements, told from early on to late."""
    known = [name for name in OFFICES if name != "unknown"]
    found = []
    for at in sorted(draw(st.lists(st.sampled_from((FIRST, *TIMES)), max_size=3))):
        left, right = draw(st.permutations(known))[:2]
        verdict = draw(st.sampled_from((Verdict.SAME, Verdict.SAME, Verdict.UNSURE)))
        found.append((at, Judgement(left, right, verdict, "desk", at)))
    return found


def told(world: World, judgements: Iterable[Judged]) -> Story:
    story = world.story()
    story.told = sorted([*story.told, *judgements], key=lambda entry: entry[0])
    return story


@given(worlds_of_states(), judged(), folding_frames())
def test_with_judgements_everything_agrees(
    world: World, judgements: list[Judged], where: Frame
) -> None:
    naive, index = views(told(world, judgements), where)

    assert dict(index.folded) == dict(naive.folded)
    assert [index.actors.code(name) for name in OFFICES] == [
        naive.actors.code(name) for name in OFFICES
    ]
    assert list(index.actors.of_kind("person")) == list(naive.actors.of_kind("person"))
    agree(naive, index)
    cite_alike(naive, index, OFFICES)


@given(worlds_of_states(), judged(), folding_frames(), st.integers(1, 30))
def test_a_warm_projection_follows_each_entry(
    world: World, judgements: list[Judged], where: Frame, warm_from: int
) -> None:
    story = told(world, judgements)
    index = Index(story.ontology)
    for sequence, (at, record) in enumerate(story.told, start=1):
        index.apply(sequence, record, at)
        if sequence >= warm_from:
            index.view(replace(where, about=()))
            index.view(where)
            index.view(where).counted(Counting.PROPOSED)

    fresh = fed(story, merged=True)
    for here in (where, replace(where, about=())):
        assert dict(index.view(here).folded) == dict(fresh.view(here).folded)
        assert content(index.view(here)) == content(fresh.view(here))
        for counting in Counting:
            one, other = (each.view(here).counted(counting) for each in (index, fresh))
            assert (masses(one), strengths(one)) == (masses(other), strengths(other))


@given(worlds_of_states(), folding_frames())
def test_a_view_stays_as_it_was_when_more_becomes_known(world: World, where: Frame) -> None:
    story = world.story()
    half = len(story.told) - len(world.sayings) // 2
    index = Index(story.ontology)
    entries = [(n, record, at) for n, (at, record) in enumerate(story.told, start=1)]
    index.extend(entries[:half])
    view = index.view(where)
    before = masses(view), strengths(view), dict(view.folded)

    index.extend(entries[half:])

    assert (masses(view), strengths(view), dict(view.folded)) == before
    assert view.sequence == half


@given(worlds_of_states(), folding_frames())
def test_whatever_counts_the_same_act_for_a_state(world: World, where: Frame) -> None:
    naive, index = views(world.story(), where)
    for counting in Counting:
        one, other = naive.counted(counting), index.counted(counting)
        assert one.folded == other.folded == naive.folded
        agree(one, other)
        straight = index_view(world.story(), replace(where, counting=counting))
        agree(one, straight)


@given(worlds_of_states(), folding_frames())
def test_every_scenario_agrees(world: World, where: Frame) -> None:
    naive, index = views(world.story(), where)
    code = index.actors.code
    claims = tuple(
        OmittedClaim(one.claim.id, code(one.subject), code(one.object)) for one in world.sayings
    )
    apart = tuple(one for one in claims if one.a != one.b)
    for scenarios in (Draws(4), Omissions(apart[:4], ("o1", "s1", "s2"))):
        compare(naive, index, scenarios)


def compare(naive: View, index: View, scenarios: Scenarios) -> None:
    one, other = naive.under(scenarios), index.under(scenarios)
    codes = np.array(sorted({index.actors.code(name) for name in OFFICES}), np.int32)
    a, b = (column.ravel() for column in np.meshgrid(codes, codes))
    sources, targets = a[a != b], b[a != b]

    assert np.allclose(one.totals(codes), other.totals(codes), rtol=1e-12, atol=1e-12)
    told, also = one.between(sources, targets), other.between(sources, targets)
    assert np.allclose(told.gate, also.gate, rtol=1e-12, atol=1e-12)
    for tie in range(len(sources)):
        assert flowing(told, tie) == pytest.approx(flowing(also, tie), rel=1e-12, abs=1e-12)
    for holder in codes.tolist():
        held = codes[codes != holder]
        assert (one.stakes(holder, held) == other.stakes(holder, held)).all()


def flowing(flows: Flows, tie: int) -> list[float]:
    """What flows along a tie, by scenario and family."""
    first, last = flows.first[tie], flows.last[tie]
    found = np.zeros((len(flows.mass), 12))
    found[:, flows.family[first:last]] = flows.mass[:, first:last]
    return [float(value) for value in found.ravel()]


@given(worlds_of_states(), folding_frames())
def test_folding_twice_is_folding_once(world: World, where: Frame) -> None:
    once = index_view(world.story(), where)
    again = retold(world.story(), dict(once.folded))
    plain = replace(where, fold=Fold.NONE, about=())

    agree(once, index_view(again, plain))
    # Whom the question is about was kept, and would fold were it not about them.
    agree(once, index_view(again, where))


def retold(story: Story, states: dict[str, str]) -> Story:
    """The same story, told of the states themselves; what one says of itself is left out."""
    entries = [(at, _retold(record, states)) for at, record in story.told]
    other = Story(story.ontology)
    return other.tell((at, record) for at, record in entries if record is not None)


def _retold(record: Record, states: dict[str, str]) -> Record | None:
    if not isinstance(record, ClaimRecord):
        return record
    claim = record.claim
    ends = states.get(claim.subject, claim.subject), states.get(claim.object, claim.object)
    if vocabulary().relations[claim.relation].symmetric:
        ends = min(ends), max(ends)
    id_ = claim_id(ends[0], claim.relation, ends[1], claim.when.text, claim.episode)
    other = Claim(id_, ends[0], claim.relation, ends[1], claim.when, claim.episode)
    return None if ends[0] == ends[1] else replace(record, claim=other)


@given(worlds_of_states(), folding_frames())
def test_other_names_in_the_same_order_give_the_same_graph(world: World, where: Frame) -> None:
    names = {name: f"x-{name}" for name in world.names}
    story = Story(vocabulary()).tell(
        (at, _retold(_renamed(record, names), names) or record) for at, record in world.story().told
    )
    about = tuple(names[name] for name in where.about)

    one, other = index_view(world.story(), where), index_view(story, replace(where, about=about))

    assert {names[a]: names[b] for a, b in one.folded.items()} == dict(other.folded)
    assert {
        (names[a], r, names[b], out): value for (a, r, b, out), value in strengths(one).items()
    } == (pytest.approx(strengths(other), rel=1e-12))


def _renamed(record: Record, names: dict[str, str]) -> Record:
    return replace(record, id=names[record.id]) if isinstance(record, Actor) else record


@given(worlds_of_states(), frames())
def test_nobody_folds_into_what_is_no_state_and_no_tie_joins_one_with_itself(
    world: World, where: Frame
) -> None:
    view = index_view(world.story(), at_states(where))
    kinds = {name: view.actors.kind(code) for code, name in enumerate(world.names)}

    assert {kinds.get(state) for state in view.folded.values()} <= {"state"}
    assert not {kinds[name] for name in view.folded} & {"state", "unknown"}
    assert all(a != b for a, _, b, _ in strengths(view))
    assert not {name for tie in strengths(view) for name in (tie[0], tie[2])} & view.folded.keys()
