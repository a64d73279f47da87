"""Several threads ask while another feeds the index: every answer is that of a lone asker."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from typing import Any, TypeVar

from graph_service.graph.index import Index
from graph_service.graph.view import Counting, Frame
from graph_service.queries.answers import as_json
from graph_service.queries.leverage import leverage
from tests.columns import masses, strengths
from tests.stories import Story, at_states, frame
from tests.worlds import crowd

A = TypeVar("A")

ASKERS = 4


def fed(story: Story) -> Index:
    index = Index(story.ontology)
    index.extend((n, record, at) for n, (at, record) in enumerate(story.told, start=1))
    return index


def asked(index: Index, where: Frame) -> Any:  # noqa: ANN401 - an answer as JSON
    return as_json(leverage(index.view(where), "n001"))


def together(ask: Callable[[], A]) -> list[A]:
    """What several threads get who ask in the same moment."""
    ready = Barrier(ASKERS)

    def at_once() -> A:
        ready.wait()
        return ask()

    with ThreadPoolExecutor(ASKERS) as pool:
        return [each.result() for each in [pool.submit(at_once) for _ in range(ASKERS)]]


def test_the_first_askers_at_a_new_frame_get_the_answer_of_a_lone_asker() -> None:
    story = crowd(3, actors=120, said=4000).story()
    shared, lone = fed(story), fed(story)

    for day in range(1, 9):
        where = frame(f"2024-{day:02}-15")
        expected = asked(lone, where)

        answers = together(partial(asked, shared, where))

        assert all(answer == expected for answer in answers)


def test_who_asks_while_evidence_arrives_gets_a_graph_of_some_moment() -> None:
    story = Story().source("s", published="2024-01-01")
    story.says("a", "funds", "b", when="2024-01-05")
    index, told = fed(story), len(story.told)
    for n in range(600):
        story.source(f"new-{n}", published="2024-02-01")
        story.says("a", "funds", "b", when=f"2024-02-{n % 28 + 1:02}", coder=f"c{n}")
    fresh = [(n, record, at) for n, (at, record) in enumerate(story.told, start=1) if n > told]
    where, finished = frame("2024-09-30"), Event()

    def ask() -> list[tuple[int, int, float]]:
        found = []
        while not finished.is_set():
            view = index.view(where)
            strength = sum(strengths(view).values())
            found.append((view.sequence, len(view.citations(0, 1)), strength))
        return found

    with ThreadPoolExecutor(ASKERS) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        for n in range(0, len(fresh), 40):
            index.extend(fresh[n : n + 40])
        finished.set()
        seen = [one for each in asking for one in each.result()]

    by_sequence: dict[int, set[tuple[int, float]]] = {}
    for sequence, claims, strength in seen:
        by_sequence.setdefault(sequence, set()).add((claims, strength))
    assert seen
    assert all(len(answers) == 1 for answers in by_sequence.values())
    assert masses(index.view(where)) == masses(fed(story).view(where))


def offices(count: int) -> Story:
    """Agencies that each give something, every third of them a part of another or of the state."""
    story = Story().source("s", published="2024-01-01").actor("m0", "agency")
    story.says("m0", "part_of", "a").says("m0", "funds", "b", when="2024-01-05")
    for n in range(1, count):
        story.actor(f"m{n}", "agency").says(f"m{n}", "funds", "b", when=f"2024-01-{n % 28 + 1:02}")
        if n % 3 == 0:
            story.says(f"m{n}", "part_of", f"m{n - 3}")
    return story


def test_who_asks_at_the_level_of_states_while_offices_change_gets_one_of_some_moment() -> None:
    story = offices(120)
    told = [(n, record, at) for n, (at, record) in enumerate(story.told, start=1)]
    index, fresh = Index(story.ontology), told[6:]
    index.extend(told[:6])
    frames = [at_states(frame("2024-09-30"), *about) for about in ((), ("m0",), ("m6", "m9"))]
    finished = Event()

    def ask(where: Frame) -> list[tuple[int, int, float]]:
        found = []
        while not finished.is_set():
            view = index.view(where)
            proposed = view.counted(Counting.PROPOSED)
            strength = sum(strengths(view).values())
            found.append((view.sequence, len(view.folded), strength))
            assert proposed.sequence == view.sequence
            assert sum(strengths(proposed).values()) == strength
        return found

    with ThreadPoolExecutor(len(frames)) as pool:
        asking = [pool.submit(ask, where) for where in frames]
        for n in range(0, len(fresh), 7):
            index.extend(fresh[n : n + 7])
        finished.set()
        seen = [set(each.result()) for each in asking]

    for answers in seen:
        assert len({sequence for sequence, *_ in answers}) == len(answers)
    for where in frames:
        assert index.view(where).folded == fed(story).view(where).folded
        assert masses(index.view(where)) == masses(fed(story).view(where))


def test_a_projection_that_was_written_over_and_over_is_made_anew() -> None:
    story = Story().source("s", published="2024-01-01")
    for n in range(300):
        story.says(f"a{n}", "funds", "hub", when="2024-01-05")
    index, where = fed(story), frame("2024-09-30")
    told, held = len(story.told), []
    for n in range(60):
        story.says("a0", "funds", "hub", when=f"2024-02-{n % 28 + 1:02}", coder=f"c{n}")
    for n, (at, record) in enumerate(story.told[told:], start=told + 1):
        held.append(len(index.view(where).supply.source))
        index.apply(n, record, at)

    assert max(held) < 3 * 300 + 4096
    assert masses(index.view(where)) == masses(fed(story).view(where))
