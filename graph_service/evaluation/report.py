"""The figures of an examination: a table for people, JSON, and a line for each query."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_service.evaluation.metrics import Examination, Figure, average_precision, interval
from graph_service.evaluation.support import Forecasts

_NO_GROUP = "no group of the labels was known before a year in which a known state supported it"
NOTHING: Mapping[str, str] = {
    "support_new": f"{_NO_GROUP} for the first time in ten years",
    "support_all": _NO_GROUP,
    "events": "no group that the labels name for a year had events with states up to its end",
    "mediators": "nobody who mediates after the split, or is asked to, had ties to the party before",
    "alignment": "no state had events with a rival of that year",
}
"""Why a task may have no query."""


@dataclass(frozen=True, slots=True)
class Row:
    """A method: average precision over all candidates of all queries together with its interval,
    the mean over queries of each one's own, the mean reciprocal rank, and by how much the method
    asked about is above it."""

    method: str
    precision: Figure
    per_query: float
    rank: float
    below: Figure | None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one task; `ours` is the method that the others are held against, `reason` why
    there was nothing to ask."""

    task: str
    ours: str
    queries: int
    candidates: int
    positives: int
    clusters: int
    rows: Sequence[Row]
    reason: str | None


def report(task: str, found: Forecasts, *, ours: str, draws: int, seed: int) -> Report:
    """The figures of a task."""
    exam = Examination(found.queries, found.scores)
    drawn = exam.drawn(draws=draws, seed=seed) if found.queries else {}
    rows = [_row(exam, drawn, name, ours) for name in found.scores] if found.queries else []
    return Report(
        task,
        ours,
        len(found.queries),
        sum(len(query.candidates) for query in found.queries),
        exam.positives,
        len({query.cluster for query in found.queries}),
        rows,
        None if found.queries else NOTHING[task],
    )


def _row(exam: Examination, drawn: Mapping[str, Any], name: str, ours: str) -> Row:
    value, mine = exam.precision(name), exam.precision(ours)
    below = None if name == ours else interval(mine - value, drawn[ours] - drawn[name])
    return Row(
        name, interval(value, drawn[name]), exam.mean_precision(name), exam.rank(name), below
    )


def per_query(task: str, found: Forecasts) -> Iterator[dict[str, Any]]:
    """What came true in each query, and each method's average precision there."""
    for place, query in enumerate(found.queries):
        came = [c for c, true in zip(query.candidates, query.truth.tolist(), strict=True) if true]
        values = {
            name: average_precision(each[place], query.truth) if came else None
            for name, each in found.scores.items()
        }
        yield {"task": task, "query": query.name, "came_true": came, "average_precision": values}
