"""How two actors connect: each order against brute force, then what a reader is told."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.domain.ontology import load_ontology
from graph_service.domain.sources import Source
from graph_service.queries.answers import as_json
from graph_service.queries.budget import Budget
from graph_service.queries.paths import Path, Paths, paths
from graph_service.queries.ties import TieFilters
from tests.conftest import Fold
from tests.queries.brute import Asked, Way, every_way, with_hubs
from tests.stories import Story, frame, index_view, naive_view
from tests.worlds import FIRST, Saying, World, relations, vocabulary

TODAY = frame("2024-09-30")
EVENTS = ("2021-03-01", "2022-05", "2023-06-01", "2023", "2024-02")
STATES = ("2020/2021", "2022/2023", "2021/2024-08", "2022/..", "2019/", "/..")
SIGNED = relations(lambda one: one.polarity != "0")
SUBSETS = (None, None, None, frozenset(SIGNED))
ACTORS = tuple("abcdefg")


@st.composite
def tangles(draw: st.DrawFn) -> World:
    """Seven actors, nearly all of whom are tied somehow, by what is live today."""
    some = draw(st.sampled_from((SIGNED, relations())))
    said = [
        draw(_sayings(some, draw(st.permutations(ACTORS)))) for _ in range(draw(st.integers(8, 24)))
    ]
    sources = tuple((FIRST, Source(id_, id_, published="2024-08-01")) for id_ in ("s1", "s2"))
    return World(sources, tuple(dict.fromkeys(said)), ACTORS)


def _sayings(some: tuple[str, ...], ends: list[str]) -> st.SearchStrategy[Saying]:
    return st.sampled_from(some).flatmap(
        lambda relation: st.builds(
            Saying,
            subject=st.just(ends[0]),
            relation=st.just(relation),
            object=st.just(ends[1]),
            when=st.sampled_from(EVENTS if vocabulary().relations[relation].is_event else STATES),
            source=st.sampled_from(("s1", "s2")),
            confidence=st.sampled_from((0.31, 0.47, 0.59, 0.83)),
        )
    )


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    return Asked(
        hops=draw(st.integers(1, 6)),
        order=draw(st.sampled_from(("fewest", "strongest", "time"))),
        sign=draw(st.sampled_from((None, None, "+", "-", "0", "mixed"))),
        direction=draw(st.sampled_from(("both", "both", "out", "in"))),
        relations=draw(st.sampled_from(SUBSETS)),
    )


def ask(story: Story, fold: Fold, source: str, target: str, **asked: object) -> Paths:
    return paths(fold(story, TODAY), source, target, **asked).data  # type: ignore[arg-type]


def routes(found: Paths) -> list[tuple[str, ...]]:
    return [path.actors for path in found.paths]


def way(path: Path) -> Way:
    return Way(path.actors, path.strength, path.sign)


@given(tangles(), questions(), st.sampled_from((1, 3, 20)), st.sampled_from((4, 7, 99)))
def test_the_first_paths_are_those_that_brute_force_puts_first(
    world: World, asked: Asked, k: int, hub_ties: int
) -> None:
    story = world.story(with_hubs(vocabulary(), hub_ties))
    naive, view = naive_view(story, TODAY), index_view(story, TODAY)
    filters = TieFilters(relations=asked.relations, direction=asked.direction)

    for target in ACTORS[1:]:
        expected = every_way(naive, "a", target, asked)
        found = paths(
            view, "a", target, k=k, hops=asked.hops, order=asked.order, sign=asked.sign,
            filters=filters,
        ).data  # fmt: skip
        event(f"{min(len(expected), 4)} paths")
        check_first([way(path) for path in found.paths], expected, k)


def check_first(ways: list[Way], expected: list[Way], k: int) -> None:
    """Whether these are the first of the expected; which of equally strong ones is open."""
    rank = {one.actors: place for place, one in enumerate(expected)}
    assert len(ways) == min(k, len(expected))
    assert [rank[one.actors] for one in ways] == sorted({rank[one.actors] for one in ways})
    for mine, theirs in zip(ways, expected, strict=False):
        assert mine.strength == pytest.approx(theirs.strength, rel=1e-9)
        assert len(mine.actors) == len(theirs.actors)
        assert mine.sign == expected[rank[mine.actors]].sign


@given(tangles(), questions())
def test_every_step_cites_a_live_claim_of_each_of_its_relations(world: World, asked: Asked) -> None:
    answer = paths(index_view(world.story(), TODAY), "a", "b", hops=asked.hops, order=asked.order)

    for path in answer.data.paths:
        for (a, b), step in zip(pairwise(path.actors), path.steps, strict=True):
            assert (step.from_, step.to) == (a, b)
            assert {claim.relation for claim in step.claims} == set(step.relations)
            assert all({claim.subject, claim.object} == {a, b} for claim in step.claims)


def tangle() -> Story:
    return (
        Story()
        .source("wire", published="2024-09-01", reliability="A", origin="agency")
        .says("iran", "arms", "hamas", when="2024-06-01", confidence=0.9)
        .says("qatar", "hosts", "hamas", when="2012/..", confidence=0.9)
        .says("united-states", "allied_with", "qatar", when="2022/..", confidence=0.9)
        .says("united-states", "sanctions", "iran", when="2018/..", confidence=0.9)
        .says("iran", "aligned_with", "qatar", when="2017/..", confidence=0.5)
    )


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


def star() -> Story:
    """A hub with five spokes, two of which are tied to others as well."""
    story = Story(with_hubs(load_ontology(), 4))
    for spoke in ("a", "b", "c", "d", "e"):
        story.says("hub", "supplies", spoke)
    return story.says("a", "supplies", "x").says("b", "supplies", "y")


def test_a_hub_stands_between_two_actors_that_are_both_tied_to_it(fold: Fold) -> None:
    answer = paths(fold(star(), TODAY), "a", "b", hops=2)

    assert routes(answer.data) == [("a", "hub", "b")]
    assert answer.meta.truncated is None


def test_a_hub_is_never_gone_through_farther_away_and_the_answer_says_so(fold: Fold) -> None:
    for source, target in (("x", "b"), ("a", "y"), ("x", "y")):
        answer = paths(fold(star(), TODAY), source, target, hops=6)
        assert answer.data.paths == ()
        assert answer.meta.truncated == "not expanded, each with more than 4 ties: hub"


def test_a_hub_can_be_an_end_of_a_path(fold: Fold) -> None:
    assert routes(ask(star(), fold, "hub", "y")) == [("hub", "b", "y")]
    assert routes(ask(star(), fold, "x", "hub")) == [("x", "a", "hub")]


def test_a_question_out_of_time_answers_what_it_has_and_says_so(fold: Fold) -> None:
    def ticks() -> Iterator[float]:
        yield from (0.0, 0.0)
        while True:
            yield 9.0

    answer = paths(
        fold(tangle(), TODAY), "hamas", "united-states", budget=Budget(1.0, clock=ticks().__next__)
    )

    assert answer.data.paths == ()
    assert answer.meta.truncated == "the time for the question ran out"


@given(tangles(), st.integers(1, 60))
def test_out_of_time_the_paths_found_are_still_the_first_ones(world: World, calls: int) -> None:
    view = index_view(world.story(), TODAY)
    whole = paths(view, "a", "b", k=5, hops=4)
    times = iter([0.0] * calls)

    cut = paths(view, "a", "b", k=5, hops=4, budget=Budget(1.0, clock=lambda: next(times, 9.0)))

    assert cut.data.paths == whole.data.paths[: len(cut.data.paths)]
    assert cut.data.paths == whole.data.paths or cut.meta.truncated is not None


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"k": 0}, "k"),
        ({"k": 21}, "k"),
        ({"hops": 0}, "hops"),
        ({"hops": 7}, "hops"),
        ({"order": "quickest"}, "order"),
        ({"sign": "?"}, "sign"),
        ({"filters": TieFilters(relations=frozenset({"arm"}))}, "relations"),
        ({"filters": TieFilters(families=frozenset({"patrons"}))}, "families"),
        ({"filters": TieFilters(direction="sideways")}, "direction"),
        ({"filters": TieFilters(sign="+")}, "sign"),
        ({"filters": TieFilters(among=frozenset({"iran"}))}, "among"),
    ],
)
def test_a_parameter_out_of_range_is_refused_by_name(
    asked: dict[str, object], parameter: str
) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ask(tangle(), index_view, "hamas", "iran", **asked)
    assert refused.value.parameter == parameter


def test_an_unknown_relation_is_refused_with_the_nearest_ones() -> None:
    filters = TieFilters(relations=frozenset({"arm"}))
    with pytest.raises(InvalidQuestion) as refused:
        ask(tangle(), index_view, "hamas", "iran", filters=filters)
    assert "arms" in refused.value.suggestions


def test_a_path_from_an_actor_to_itself_is_refused() -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ask(tangle(), index_view, "hamas", "hamas")
    assert refused.value.parameter == "to"


def test_an_end_that_nobody_knows_is_not_found() -> None:
    with pytest.raises(NotFound):
        ask(tangle(), index_view, "hamas", "atlantis")
