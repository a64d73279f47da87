import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord, Modality, State
from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.domain.periods import parse_day, parse_known_at
from graph_service.domain.sources import Source
from graph_service.exporters.asked import Asked
from graph_service.exporters.part import Part
from graph_service.exporters.selection import ANY_STATE, EVERYTHING, USUAL_STATES, Selection
from graph_service.graph.naive import NaiveView
from graph_service.graph.view import Frame
from graph_service.stores.graph import Graph
from tests.exporters.exporting import claims, exported, lines, told_graph
from tests.stories import Story
from tests.worlds import World, frames, worlds

NAMES = "abcd"
WEIGHED = (Modality.DONE, Modality.INTENDED)
"""What is demanded or supposed is written, and weighs nothing in questions."""


def found(graph: Graph, **asked: object) -> set[str]:
    """The claims of a selection as `subject relation object`."""
    part = Part(graph, Asked(**asked).selection(graph.ontology))  # type: ignore[arg-type] # by name
    return {f"{one.claim.subject} {one.claim.relation} {one.claim.object}" for one in part.claims()}


@given(world=worlds(), frame=frames())
def test_what_is_selected_as_of_a_day_is_what_questions_cite(world: World, frame: Frame) -> None:
    story = world.story()
    view = last_issued(story, frame)
    selection = Selection(
        as_of=frame.as_of,
        known_at=frame.known_at,
        dates=frame.dates,
        min_confidence=frame.min_confidence,
    )

    selected = {told.claim.id: told for told in Part(told_graph(story), selection).claims()}

    size = len(world.names)
    cited = {one.id for a in range(size) for b in range(a) for one in view.citations(a, b)}
    assert cited == {id_ for id_, told in selected.items() if told.modality in WEIGHED}


def last_issued(story: Story, frame: Frame) -> NaiveView:
    """The view of a story whose sources were always as they are told last: so they are written."""
    records = story.records
    return NaiveView(
        story.ontology,
        frame,
        actors=[one for one in records if isinstance(one, Actor)],
        sources={one.id: one for one in records if isinstance(one, Source)}.values(),
        claims=[one for one in records if isinstance(one, ClaimRecord)],
    )


@given(
    world=worlds(),
    actors=st.none() | st.frozensets(st.sampled_from(NAMES), min_size=1),
    among=st.none() | st.frozensets(st.sampled_from(NAMES), min_size=1),
)
def test_actors_and_among_choose_as_a_plain_search_would(
    world: World, actors: frozenset[str] | None, among: frozenset[str] | None
) -> None:
    graph = told_graph(world.story())
    ones, others = actors or among, among

    part = Part(graph, Selection(actors=actors, among=among, states=ANY_STATE))
    selected = [told.claim.id for told in part.claims()]

    def fits(record: ClaimRecord) -> bool:
        ends = (record.claim.subject, record.claim.object)
        return ones is None or any(
            a in ones and (others is None or b in others) for a, b in (ends, ends[::-1])
        )

    assert sorted(selected) == sorted(id_ for id_, one in claims(graph).items() if fits(one))


@given(world=worlds())
def test_everything_is_every_claim_with_all_its_evidence(world: World) -> None:
    graph = told_graph(world.story())

    part = Part(graph, EVERYTHING)

    assert {told.claim.id: told.record for told in part.claims()} == claims(graph)


@pytest.fixture
def graph() -> Graph:
    story = Story()
    story.source("paper", published="2024-06-15").says("a", "backs", "b", when="/..")
    story.says("a", "arms", "c", when="2024-05-01").says(
        "b", "holds_captives_of", "c", when="2023/2024-03"
    )
    story.source("wire", published="2024-07").denies("a", "backs", "b", when="/..")
    story.says("c", "meets", "d", when="2024-07-02", confidence=0.3)
    story.says("d", "arms", "a", when="2024-01", status="proposed")
    story.at("2025-06-01").says("b", "arms", "c", when="2024-02").retracted("2025-07-01")
    return told_graph(story)


@pytest.mark.parametrize(
    ("asked", "selected"),
    [
        ({}, {"a backs b", "a arms c", "b holds_captives_of c", "c meets d"}),
        ({"relations": "arms,meets"}, {"a arms c", "c meets d"}),
        ({"families": "patronage"}, {"a backs b", "a arms c"}),
        ({"families": "patronage", "relations": "arms,meets"}, {"a arms c"}),
        ({"since": "2024-05"}, {"a arms c", "c meets d"}),
        ({"until": "2024-05"}, {"a arms c", "b holds_captives_of c"}),
        ({"until": "2024-06"}, {"a backs b", "a arms c", "b holds_captives_of c"}),
        ({"since": "2024-05", "until": "2024-06-30"}, {"a arms c"}),
        ({"as_of": "2024-06-15"}, {"a backs b", "a arms c"}),
        ({"as_of": "2023-12-31"}, {"b holds_captives_of c"}),
        ({"min_confidence": 0.5}, {"a backs b", "a arms c", "b holds_captives_of c"}),
        ({"sources": "wire"}, {"c meets d"}),
        ({"sources": "wire", "states": "denied,accepted"}, {"a backs b", "c meets d"}),
        ({"states": "disputed"}, {"a backs b"}),
        ({"states": "proposed"}, {"d arms a"}),
        ({"states": "retracted"}, {"b arms c"}),
        ({"known_at": "2025-06-15"}, {"a backs b", "a arms c", "b holds_captives_of c", "c meets d", "b arms c"}),
        ({"known_at": "2024-12-31"}, set()),
        ({"actors": "d"}, {"c meets d"}),
        ({"actors": "a", "among": "b,d"}, {"a backs b"}),
        ({"among": "a,c,d"}, {"a arms c", "c meets d"}),
    ],
)  # fmt: skip
def test_a_selection_by_hand(graph: Graph, asked: dict[str, object], selected: set[str]) -> None:
    assert found(graph, **asked) == selected


def test_evidence_is_written_as_it_stood_at_the_time(graph: Graph) -> None:
    then = Selection(known_at=parse_known_at("2025-06-15"), relations=frozenset({"arms"}))

    told = [one for one in Part(graph, then).claims() if one.claim.subject == "b"]

    (piece,) = told[0].evidence
    assert piece.status == "accepted"
    assert (piece.retracted_at, piece.reason) == (None, None)


def test_only_what_the_claims_need_is_written_beside_them(graph: Graph) -> None:
    selection = Selection(actors=frozenset({"d"}))

    assert [one.get("id") for one in lines(exported("native", graph, selection))][:3] == [
        "wire", "c", "d"
    ]  # fmt: skip


def test_actors_that_are_one_are_selected_together() -> None:
    story = (
        Story().says("a", "backs", "b").says("a2", "arms", "c", when="2024-05").judged("a", "a2")
    )
    graph = told_graph(story)

    both = {"a backs b", "a2 arms c"}
    assert found(graph, actors="a") == found(graph, actors="a2") == both
    judged = [one for one in lines(exported("native", graph, Selection(actors=frozenset("a"))))]
    assert judged[-1]["record"] == "judgement"
    assert judged[-1]["by"] == "desk"


def test_whom_nobody_knows_is_no_actor(graph: Graph) -> None:
    with pytest.raises(NotFound, match="no actor 'iran'"):
        found(graph, actors="a,iran")
    with pytest.raises(NotFound, match="no source 'papers'"):
        found(graph, sources="papers")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"relations": "armss"}, "relations: 'armss' is none of"),
        ({"families": "love"}, "families: 'love' is none of"),
        ({"states": "true"}, "states: 'true' is none of"),
        ({"actors": "a,,b"}, "actors: 'a,,b' has no name where one is due"),
        ({"until": "2024-02-30"}, "until: '2024-02-30' is not in the calendar"),
        ({"since": "2024/2025"}, "since: "),
        ({"as_of": "2024"}, "as_of: "),
        ({"known_at": "yesterday"}, "known_at: "),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_parameter(
    graph: Graph, asked: dict[str, str], says: str
) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        found(graph, **asked)

    assert str(refused.value).startswith(says)
    assert refused.value.parameter == next(iter(asked))


def test_the_usual_states_are_what_answers_rest_on() -> None:
    ontology = Story().ontology

    assert Asked().selection(ontology).states == USUAL_STATES
    assert Asked(states="all").selection(ontology) == EVERYTHING
    assert Asked(states="denied").selection(ontology).states == {State.DENIED}
    assert Asked(until="2024-02").selection(ontology).until == parse_day("2024-02-29")
