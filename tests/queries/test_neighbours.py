"""Who an actor is tied to: against brute force in generated worlds, then what a reader is told."""

import base64
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.domain.ontology import load_ontology
from graph_service.graph.naive import NaiveView
from graph_service.graph.view import Frame, View
from graph_service.queries.answers import Answer, as_json
from graph_service.queries.budget import Budget
from graph_service.queries.neighbours import Neighbourhood, Tie, TieFilters, neighbours
from tests.conftest import Fold
from tests.queries.brute import Asked, is_hub, sign_of, ties_between, with_hubs
from tests.stories import Story, frame, index_view, naive_view
from tests.worlds import ANYTHING, NAMES, World, frames, relations, vocabulary, worlds

TODAY = frame("2024-09-30")
Names = tuple[str, str, str]


@st.composite
def filters(draw: st.DrawFn) -> TieFilters:
    carrots = frozenset({"patronage", "support"})
    return TieFilters(
        relations=draw(st.sampled_from((None, None, frozenset(relations()[::2])))),
        families=draw(st.sampled_from((None, None, carrots))),
        sign=draw(st.sampled_from((None, None, "+", "-", "0", "mixed"))),
        direction=draw(st.sampled_from(("both", "both", "out", "in"))),
        among=draw(st.sampled_from((None, None, frozenset("bcd")))),
    )


def tie_names(tie: Tie) -> Names:
    return tie.subject, tie.relation, tie.object


def shown(data: Neighbourhood) -> list[dict[str, set[Names]]]:
    """Each hop's actors with their ties."""
    return [{one.actor.id: set(map(tie_names, one.ties)) for one in hop} for hop in data.hops]


def by_brute_force(view: NaiveView, wanted: TieFilters, hops: int) -> list[dict[str, set[Names]]]:
    """The actors around "a" hop by hop, with the ties that reach them, pair by pair."""
    seen, frontier = {"a"}, {"a"}
    found: list[dict[str, set[Names]]] = []
    for _ in range(hops):
        expanded = {id_ for id_ in frontier if id_ == "a" or not is_hub(view, id_)}
        reached = {id_: _ties(view, expanded, id_, wanted) for id_ in NAMES if id_ not in seen}
        hop = {id_: ties for id_, ties in reached.items() if ties}
        found.append(hop)
        seen, frontier = seen | set(hop), set(hop)
    return found


def _ties(view: NaiveView, expanded: set[str], id_: str, wanted: TieFilters) -> set[Names]:
    asked = Asked(hops=1, direction=wanted.direction, relations=wanted.relations)
    if wanted.among is not None and id_ not in wanted.among:
        return set()
    ties = {
        tie
        for near in expanded
        for tie in ties_between(view, near, id_, asked)
        if wanted.families is None or family(view, tie) in wanted.families
    }
    if wanted.sign == "mixed":
        return ties if sign_of(view, ties) == "mixed" else set()
    return {tie for tie in ties if wanted.sign in (None, sign_of(view, {tie}))}


def family(view: View, tie: Names) -> str:
    return view.ontology.relations[tie[1]].family


@given(worlds(ANYTHING), frames(), filters(), st.integers(1, 3), st.sampled_from((2, 5, 99)))
def test_the_ties_hop_by_hop_are_those_of_brute_force(
    world: World, where: Frame, wanted: TieFilters, hops: int, hub_ties: int
) -> None:
    story = world.story(with_hubs(vocabulary(), hub_ties))

    answer = neighbours(index_view(story, where), "a", hops=hops, filters=wanted)

    assert shown(answer.data) == by_brute_force(naive_view(story, where), wanted, hops)


@given(worlds(ANYTHING), frames(), st.integers(1, 3))
def test_every_tie_has_its_strength_and_all_its_live_claims(
    world: World, where: Frame, hops: int
) -> None:
    naive, view = naive_view(world.story(), where), index_view(world.story(), where)

    for hop in neighbours(view, "a", hops=hops).data.hops:
        for one in hop:
            for tie in one.ties:
                assert tie.strength == pytest.approx(naive.strengths[tie_names(tie)], rel=1e-12)
                assert {tie_names_of(claim) for claim in as_json(tie.claims)} == {tie_names(tie)}


def tie_names_of(claim: dict[str, str]) -> Names:
    return claim["subject"], claim["relation"], claim["object"]


@given(worlds(ANYTHING), frames(), filters(), st.integers(1, 3), st.integers(1, 4))
def test_pages_one_after_the_other_are_the_whole_answer(
    world: World, where: Frame, wanted: TieFilters, hops: int, limit: int
) -> None:
    view = index_view(world.story(), where)
    whole = neighbours(view, "a", hops=hops, filters=wanted)

    parts = list(pages(view, hops=hops, filters=wanted, limit=limit))

    assert all(sum(map(len, part.hops)) <= limit for part in parts)
    for hop, expected in enumerate(whole.data.hops):
        assert sum((part.hops[hop] for part in parts), ()) == expected


def pages(view: View, **asked: object) -> Iterator[Neighbourhood]:
    cursor = None
    while True:
        answer = neighbours(view, "a", cursor=cursor, **asked)  # type: ignore[arg-type]
        yield answer.data
        cursor = next_cursor(answer)
        if cursor is None:
            return


def next_cursor(answer: Answer[Neighbourhood]) -> str | None:
    assert answer.page is not None
    return answer.page.next_cursor


def dossier() -> Story:
    return (
        Story()
        .source("wire", published="2024-09-01", reliability="A", origin="agency")
        .says("iran", "arms", "hamas", when="2024-06-01", confidence=0.9)
        .says("iran", "backs", "hamas", when="2012/..", confidence=0.6)
        .says("hamas", "denounces", "egypt", when="2024-07", confidence=0.5)
        .says("egypt", "mediates", "hamas", when="2024-03", confidence=0.2)
        .says("egypt", "mediates", "hamas", when="2023-11-05", confidence=0.2)
        .says("hamas", "meets", "qatar", when="2024-05-05", confidence=0.8)
        .says("united-states", "allied_with", "qatar", when="2022/..", confidence=0.9)
        .says("united-states", "sanctions", "iran", when="2018/..", confidence=0.9)
    )


def ask(fold: Fold, actor: str = "hamas", **asked: object) -> Neighbourhood:
    return neighbours(fold(dossier(), TODAY), actor, **asked).data  # type: ignore[arg-type]


def ids(data: Neighbourhood) -> list[list[str]]:
    return [[one.actor.id for one in hop] for hop in data.hops]


def test_the_actor_with_the_strongest_tie_comes_first(fold: Fold) -> None:
    assert ids(ask(fold)) == [["iran", "qatar", "egypt"]]


def test_equally_strong_ones_are_ordered_by_id(fold: Fold) -> None:
    story = Story()
    for actor in ("chad", "mali", "benin", "togo"):
        story.says("a", "supplies", actor)
    view = fold(story, TODAY)

    assert ids(neighbours(view, "a").data) == [["benin", "chad", "mali", "togo"]]
    first = neighbours(view, "a", limit=3)
    assert ids(first.data) == [["benin", "chad", "mali"]]
    assert ids(neighbours(view, "a", limit=3, cursor=next_cursor(first)).data) == [["togo"]]


def test_each_actor_appears_at_the_first_hop_that_reaches_it(fold: Fold) -> None:
    assert ids(ask(fold, hops=2)) == [["iran", "qatar", "egypt"], ["united-states"]]
    assert ids(ask(fold, hops=3)) == [["iran", "qatar", "egypt"], ["united-states"], []]


def test_the_ties_of_a_farther_actor_say_with_whom(fold: Fold) -> None:
    (america,) = ask(fold, hops=2).hops[1]

    assert {tie_names(tie) for tie in america.ties} == {
        ("qatar", "allied_with", "united-states"), ("united-states", "sanctions", "iran"),
    }  # fmt: skip
    assert {tie.relation: tie.direction for tie in america.ties} == {
        "allied_with": "both", "sanctions": "in",
    }  # fmt: skip


def test_a_tie_tells_its_family_sign_direction_and_period(fold: Fold) -> None:
    (iran, _, egypt) = ask(fold).hops[0]
    arms, backs = iran.ties
    told = {tie.relation: tie for tie in egypt.ties}

    assert (arms.relation, arms.family, arms.sign, arms.direction) == (
        "arms", "patronage", "+", "in",
    )  # fmt: skip
    assert (arms.since, arms.until) == ("2024-06-01", "2024-06-01")
    assert (backs.since, backs.until) == ("2012-12-31", None)
    assert (told["denounces"].family, told["denounces"].direction) == (None, "out")


def test_a_tie_lasts_from_its_earliest_claim_to_its_latest(fold: Fold) -> None:
    story = Story().source("wire", published="2024-09-01")
    story.says("a", "supplies", "b", when="2019-02-01/2020-03-01")
    story.says("a", "supplies", "b", when="2022-04-01/2023-05-01")

    (tie,) = neighbours(fold(story, TODAY), "a").data.hops[0][0].ties

    assert (tie.since, tie.until) == ("2019-02-01", "2023-05-01")
    assert len(tie.claims) == 2


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"relations": frozenset({"meets", "arms"})}, ["iran", "qatar"]),
        ({"families": frozenset({"mediation"})}, ["egypt"]),
        ({"sign": "+"}, ["iran"]),
        ({"sign": "-"}, ["egypt"]),
        ({"sign": "0"}, ["qatar", "egypt"]),
        ({"direction": "out"}, ["qatar", "egypt"]),
        ({"direction": "in"}, ["iran", "qatar", "egypt"]),
        ({"among": frozenset({"egypt", "united-states"})}, ["egypt"]),
        ({"families": frozenset({"mediation"}), "sign": "-"}, []),
        ({"relations": frozenset()}, ["iran", "qatar", "egypt"]),
    ],
)
def test_only_ties_that_the_filters_let_through_are_shown(
    fold: Fold, wanted: dict[str, object], expected: list[str]
) -> None:
    found = ask(fold, filters=TieFilters(**wanted))  # type: ignore[arg-type]

    got = ids(found)[0]
    assert sorted(got) == sorted(expected)


def test_the_mixed_sign_keeps_actors_with_ties_of_both(fold: Fold) -> None:
    story = (
        Story().says("a", "arms", "b", when="2024-01-01").says("a", "meets", "b", when="2024-01-01")
    )
    story.says("b", "denounces", "a", when="2024-01-01").says("a", "arms", "c", when="2024-01-01")

    (hop,) = neighbours(fold(story, TODAY), "a", filters=TieFilters(sign="mixed")).data.hops

    assert [one.actor.id for one in hop] == ["b"]
    assert {tie.relation for tie in hop[0].ties} == {"arms", "meets", "denounces"}


def test_when_the_filters_leave_nothing_the_relations_around_are_counted(fold: Fold) -> None:
    nothing = ask(fold, filters=TieFilters(relations=frozenset({"funds"})))

    assert ids(nothing) == [[]]
    assert nothing.available == {"backs": 1, "arms": 1, "meets": 1, "mediates": 1, "denounces": 1}
    assert ask(fold).available == {}


def test_coverage_is_what_is_cited_on_the_page(fold: Fold) -> None:
    view = fold(dossier(), TODAY)

    assert neighbours(view, "hamas", limit=1).meta.coverage.claims == 2
    assert neighbours(view, "hamas", hops=2).meta.coverage.claims == 8


def test_ties_left_out_for_their_dates_are_counted(fold: Fold) -> None:
    story = dossier().says("syria", "arms", "hamas", when="2024")

    coverage = neighbours(fold(story, TODAY), "hamas").meta.coverage

    assert coverage.held_back == 1
    assert coverage.hint == "ask with dates=possible to see what is held back"


def star() -> Story:
    """A hub with five spokes, of which two are tied to others."""
    story = Story(with_hubs(load_ontology(), 4))
    for spoke in ("a", "b", "c", "d", "e"):
        story.says("hub", "supplies", spoke)
    return story.says("a", "supplies", "x").says("b", "supplies", "y")


def test_a_hub_is_not_expanded_beyond_the_first_hop_and_the_answer_says_so(fold: Fold) -> None:
    answer = neighbours(fold(star(), TODAY), "a", hops=3)

    assert ids(answer.data)[1:] == [[], []]
    assert answer.meta.truncated == "not expanded, each with more than 4 ties: hub"


def test_a_hub_asked_about_or_at_the_last_hop_leaves_the_answer_whole(fold: Fold) -> None:
    view = fold(star(), TODAY)

    assert ids(neighbours(view, "hub", hops=2).data)[1] == ["x", "y"]
    assert neighbours(view, "hub", hops=2).meta.truncated is None
    assert neighbours(view, "a", hops=1).meta.truncated is None


def test_a_question_out_of_time_gives_part_of_a_page_and_where_to_go_on(fold: Fold) -> None:
    view = fold(dossier(), TODAY)
    late = Budget(1.0, clock=iter([0.0, 9.0]).__next__)

    answer = neighbours(view, "hamas", budget=late)

    assert ids(answer.data) == [["iran"]]
    assert answer.meta.truncated == "the time for the question ran out"
    assert ids(neighbours(view, "hamas", cursor=next_cursor(answer)).data) == [["qatar", "egypt"]]


def test_no_farther_hop_is_begun_out_of_time(fold: Fold) -> None:
    late = Budget(1.0, clock=iter([0.0, 9.0, 0.0, 0.0, 0.0]).__next__)

    answer = neighbours(fold(dossier(), TODAY), "hamas", hops=2, budget=late)

    assert ids(answer.data) == [["iran", "qatar", "egypt"], []]
    assert answer.meta.truncated == "the time for the question ran out"


def test_a_cursor_of_another_question_is_refused(fold: Fold) -> None:
    view = fold(dossier(), TODAY)
    cursor = next_cursor(neighbours(view, "hamas", limit=1))

    later = fold(dossier(), frame("2024-10-01"))
    others: list[tuple[View, dict[str, object]]] = [
        (view, {"actor": "iran"}),
        (view, {"hops": 2}),
        (view, {"filters": TieFilters(sign="+")}),
        (later, {}),
    ]
    for where, asked in others:
        with pytest.raises(InvalidQuestion) as refused:
            neighbours(where, **{"actor": "hamas", "cursor": cursor} | asked)  # type: ignore[arg-type]
        assert refused.value.parameter == "cursor"


@pytest.mark.parametrize("cursor", ["", "no", "ü", "a" * 5000, "MS4y", base64.urlsafe_b64encode(b"1.-2.ab").decode()])  # fmt: skip
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ask(index_view, cursor=cursor)
    assert refused.value.parameter == "cursor"


def test_a_page_after_the_graph_has_moved_on_says_so(fold: Fold) -> None:
    first = neighbours(fold(dossier(), TODAY), "hamas", limit=1)
    later = fold(dossier().says("libya", "denounces", "chad", when="2024-01-01"), TODAY)

    second = neighbours(later, "hamas", limit=1, cursor=next_cursor(first))

    assert second.meta.truncated is not None
    assert second.meta.truncated.startswith("the graph has moved on since the first page")


def test_a_page_at_a_fixed_state_of_knowledge_needs_no_such_note(fold: Fold) -> None:
    where = frame("2024-09-30", known_at="2025-06-01")
    first = neighbours(fold(dossier(), where), "hamas", limit=1)
    later = dossier().at("2025-07-01").says("libya", "denounces", "chad", when="2024-01-01")

    second = neighbours(fold(later, where), "hamas", limit=1, cursor=next_cursor(first))

    assert ids(second.data) == [["qatar"]]
    assert second.meta.truncated is None


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"hops": 0}, "hops"),
        ({"hops": 4}, "hops"),
        ({"limit": 0}, "limit"),
        ({"limit": 1001}, "limit"),
        ({"filters": TieFilters(relations=frozenset({"arms", "back"}))}, "relations"),
        ({"filters": TieFilters(families=frozenset({"patrons"}))}, "families"),
        ({"filters": TieFilters(sign="plus")}, "sign"),
        ({"filters": TieFilters(direction="outward")}, "direction"),
    ],
)
def test_a_parameter_out_of_range_is_refused_by_name(
    asked: dict[str, object], parameter: str
) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        neighbours(index_view(dossier(), TODAY), "hamas", **asked)  # type: ignore[arg-type]
    assert refused.value.parameter == parameter


def test_an_unknown_name_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ask(index_view, filters=TieFilters(relations=frozenset({"back"})))
    assert refused.value.suggestions[0] == "backs"


@pytest.mark.parametrize("asked", [{"actor": "hams"}, {"filters": TieFilters(among=frozenset({"hams"}))}])  # fmt: skip
def test_an_actor_that_nobody_knows_is_not_found_but_the_nearest_are_named(
    asked: dict[str, object],
) -> None:
    with pytest.raises(NotFound) as refused:
        ask(index_view, **asked)  # type: ignore[arg-type]
    assert "hamas" in refused.value.suggestions


def test_a_sign_may_come_as_the_plain_text_of_json(fold: Fold) -> None:
    first = as_json(ask(fold))["hops"][0][0]

    assert list(first) == ["actor", "ties"]
    assert first["actor"] == {"id": "iran", "name": "Iran", "kind": "state"}
    assert first["ties"][0]["sign"] == "+"
