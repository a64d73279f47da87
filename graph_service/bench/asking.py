"""Puts every kind of question to the engines in turn; their times and answers become rows."""

from collections.abc import Iterator

from graph_service.bench.duels import Duel
from graph_service.bench.report import TIMES, Row
from graph_service.bench.timing import Turns, take_turns

MEASURES = ("p50", "p99", "mean")


def asked(duel: Duel) -> tuple[list[Row], int, int]:
    """The rows of one kind of question, how many answers were compared, and how many differed."""
    engines = {"index": duel.index} | {name: rival.ask for name, rival in duel.rivals.items()}
    turns = take_turns(engines, duel.asked, rounds=duel.rounds, seconds=duel.seconds)
    ours = turns.answers["index"]
    compared = differing = 0
    for name, rival in duel.rivals.items():
        for question, one, other in zip(duel.asked, ours, turns.answers[name], strict=False):
            compared += 1
            differing += not rival.same(question, one, other)
    return [*_ratios(duel, turns), *_times(duel, turns)], compared, differing


def _ratios(duel: Duel, turns: Turns) -> Iterator[Row]:
    for engine, rival in duel.rivals.items():
        for measure in MEASURES:
            ratio = getattr(turns.times[engine], measure) / getattr(turns.times["index"], measure)
            goal = rival.goal if measure == duel.measure else None
            yield Row(f"{duel.name}, over {engine}, {measure}", ratio, TIMES, goal)


def _times(duel: Duel, turns: Turns) -> Iterator[Row]:
    times = turns.times["index"]
    for measure in MEASURES:
        yield Row(f"{duel.name}, index, {measure}", getattr(times, measure) * 1e6, "µs")
    yield Row(f"{duel.name}, questions", len(times.seconds), "")
