"""Puts every kind of question to the engines in turn; their times and answers become rows."""

from collections.abc import Iterator, Sequence

from graph_service.bench.duels import Duel
from graph_service.bench.report import TIMES, Row
from graph_service.bench.timing import Turns, take_turns

INDEX = "index"
MEASURES = ("p50", "p99", "mean")


def asked(
    duel: Duel, *, told: Sequence[str] = (INDEX,), measures: Sequence[str] = MEASURES
) -> tuple[list[Row], int, int]:
    """The rows of one kind of question, how many answers were compared, and how many differed.

    Of the engines in `told` there are times beside the ratios.
    """
    engines = {INDEX: duel.index} | {name: rival.ask for name, rival in duel.rivals.items()}
    turns = take_turns(engines, duel.asked, rounds=duel.rounds, seconds=duel.seconds)
    ours = turns.answers[INDEX]
    compared = differing = 0
    for name, rival in duel.rivals.items():
        for question, one, other in zip(duel.asked, ours, turns.answers[name], strict=False):
            same = rival.same(question, one, other)
            compared += same is not None
            differing += same is False
    rows = [*_ratios(duel, turns, measures), *_times(duel, turns, told, measures)]
    return rows, compared, differing


def _ratios(duel: Duel, turns: Turns, measures: Sequence[str]) -> Iterator[Row]:
    for engine, rival in duel.rivals.items():
        for measure in measures:
            ratio = getattr(turns.times[engine], measure) / getattr(turns.times[INDEX], measure)
            goal = rival.goal if measure == duel.measure else None
            yield Row(f"{duel.name}, over {engine}, {measure}", ratio, TIMES, goal)


def _times(duel: Duel, turns: Turns, told: Sequence[str], measures: Sequence[str]) -> Iterator[Row]:
    for engine in told:
        for measure in measures:
            taken = getattr(turns.times[engine], measure)
            yield Row(f"{duel.name}, {engine}, {measure}", taken * 1e6, "µs")
    yield Row(f"{duel.name}, questions", len(turns.times[INDEX].seconds), "")
