"""How long questions take: engines take turns, so that what slows the machine slows them all."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any, TypeVar

import numpy as np

Q = TypeVar("Q")
A = TypeVar("A")

NANOSECONDS = 1e9
WARM_UP = 2


@dataclass(frozen=True, slots=True)
class Times:
    """The times that one engine took, in seconds, question by question."""

    seconds: tuple[float, ...]

    @property
    def mean(self) -> float:
        return float(np.mean(self.seconds))

    @property
    def p50(self) -> float:
        return float(np.percentile(self.seconds, 50))

    @property
    def p99(self) -> float:
        return float(np.percentile(self.seconds, 99))


@dataclass(frozen=True, slots=True)
class Turns:
    """What came of asking: each engine's times, and its answers, question by question."""

    times: Mapping[str, Times]
    answers: Mapping[str, list[Any]]


def take_turns(
    engines: Mapping[str, Callable[[Q], object]],
    questions: Sequence[Q],
    *,
    rounds: int = 1,
    seconds: float = float("inf"),
) -> Turns:
    """Ask every engine every question; whose turn is first changes with each question.

    The last few questions are asked beforehand, unmeasured. With several rounds the shortest time
    for a question counts, so that what else the machine does weighs less. After `seconds` no
    further question is begun, and every engine has been asked the same ones. Nothing collects
    garbage meanwhile.
    """
    for question in questions[-WARM_UP:]:
        for ask in engines.values():
            ask(question)
    best: dict[str, dict[int, float]] = {name: {} for name in engines}
    answers: dict[str, list[Any]] = {name: [] for name in engines}
    gc.collect()
    gc.disable()
    try:
        end = time.monotonic() + seconds
        for number in range(rounds):
            _one_round(engines, questions, best, answers if number == 0 else None, end=end)
    finally:
        gc.enable()
    times = {name: Times(tuple(taken.values())) for name, taken in best.items()}
    return Turns(times, answers)


def _one_round(
    engines: Mapping[str, Callable[[Q], object]],
    questions: Sequence[Q],
    best: dict[str, dict[int, float]],
    answers: dict[str, list[Any]] | None,
    *,
    end: float,
) -> None:
    names = list(engines)
    for place, question in enumerate(questions):
        if place and time.monotonic() > end:
            return
        for name in islice(cycle(names), place % len(names), place % len(names) + len(names)):
            ask = engines[name]
            started = time.perf_counter_ns()
            answer = ask(question)
            taken = (time.perf_counter_ns() - started) / NANOSECONDS
            best[name][place] = min(taken, best[name].get(place, taken))
            if answers is not None:
                answers[name].append(answer)


def timed(act: Callable[[], A]) -> tuple[A, float]:
    """What an act answers, and the seconds it took."""
    started = time.perf_counter_ns()
    answer = act()
    return answer, (time.perf_counter_ns() - started) / NANOSECONDS
