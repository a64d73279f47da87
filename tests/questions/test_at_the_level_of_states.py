"""Generated questions at the level of states: the index answers like the naive view."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import cast

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph_service.questions import QUESTIONS, Question
from graph_service.stores.graph import Graph
from graph_service.stores.memory import MemoryStore
from tests.questions.generated import questions
from tests.questions.naive import NOW, Naive, alike, answered, judged
from tests.stores.kept import stretch_of
from tests.worlds import World, vocabulary, worlds_of_states

QUESTIONS_OF_EACH = 60


def folding(question: Question) -> Question:
    """The question at the level of states; how sure each value is takes the naive view minutes, and
    is asked by `by` alone."""
    asked = {**question.parameters, "fold": "state"}
    asked.pop("uncertainty", None)
    return replace(question, parameters=asked)


def test_every_question_is_answered_as_by_the_naive_view() -> None:
    asked: Counter[str] = Counter()

    # To shrink what fails would take minutes: it is a world and a question already.
    @settings(max_examples=settings().max_examples // 3, phases=[Phase.generate])
    @given(worlds_of_states(), st.randoms())
    def asks(world: World, draw: Random) -> None:
        story = judged(world, draw)
        store = MemoryStore(vocabulary())
        store.take(stretch_of(story))
        graph = Graph(store, story.ontology, clock=lambda: NOW)
        for question in map(folding, questions(draw, world.names, QUESTIONS_OF_EACH)):
            naive = Naive(story)
            told, expected = (answered(g, question) for g in (graph, cast(Graph, naive)))
            if naive.can_judge():
                assert alike(told, expected), question
                asked[question.name] += bool(naive.seen and naive.seen[0].folded)

    asks()
    assert asked.keys() == QUESTIONS.keys()
    assert min(asked.values()) >= 1
