"""`graph-service evaluate`: how good the answers are, on evidence coded by others."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from graph_service.cli.desk import Desk, Format
from graph_service.cli.failures import ANSWERED
from graph_service.cli.forms_evaluating import EvaluateForm
from graph_service.cli.sheet import columns
from graph_service.domain.errors import InvalidQuestion
from graph_service.evaluation.metrics import Figure
from graph_service.evaluation.report import Report, per_query, report
from graph_service.evaluation.tasks import OURS, TASKS, Wanted, examined
from graph_service.queries.answers import as_json
from graph_service.queries.ties import check_names

WHOLE = 100
HEADS = ("method", "AP", "95 %", "per query", "MRR", "above it", "95 % of that")


def evaluate(desk: Desk, form: EvaluateForm) -> int:
    """Examine the answers: forecasts of supporters, mediators and alignment beside what others score by."""
    tasks = _tasks(form)
    with desk.progress("evaluate", total=WHOLE) as bar:
        wanted = Wanted(
            Path(form.data),
            labels=tuple(map(Path, form.labels or ())),
            years=_years(form.years),
            events=None if form.events is None else Path(form.events),
            events_format=form.events_format,
            heard=lambda done: bar.move(round(WHOLE * done), WHOLE),
        )
        found = examined(tasks, wanted)
    reports = [
        report(task, each, ours=OURS[task], draws=form.draws, seed=form.seed)
        for task, each in found.items()
    ]
    if form.queries is not None:
        lines = (line for task, each in found.items() for line in per_query(task, each))
        _write(Path(form.queries), lines)
    if desk.shown_as(form.format) is Format.JSON:
        desk.write(orjson.dumps({"tasks": [as_json(one) for one in reports]}))
    else:
        _show(desk, reports)
    return ANSWERED


def _tasks(form: EvaluateForm) -> Sequence[str]:
    """The tasks that were asked for; without any, all that need no file that is not named."""
    named = list(dict.fromkeys(form.task or ()))
    check_names("task", named, TASKS)
    return named or [task for task in TASKS if task != "events" or form.labels]


def _years(text: str | None) -> Sequence[int] | None:
    if text is None:
        return None
    told = re.fullmatch(r"([0-9]{4})(?:-([0-9]{4}))?", text)
    first, last = (int(told[1]), int(told[2] or told[1])) if told else (1, 0)
    if last < first:
        raise InvalidQuestion(f"years: {text!r} is no year and no FIRST-LAST", parameter="years")
    return tuple(range(first, last + 1))


def _write(path: Path, lines: Iterable[object]) -> None:
    with path.open("wb") as stream:
        for line in lines:
            stream.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))


def _show(desk: Desk, reports: Sequence[Report]) -> None:
    for one in reports:
        if one.reason is not None:
            desk.out.print(f"{one.task}: nothing to ask: {one.reason}\n", markup=False)
            continue
        desk.out.print(
            f"{one.task}: {one.queries} queries, {one.candidates} candidates, {one.positives} came "
            f"true, {one.clusters} clusters; {one.ours} is held against the others",
            markup=False,
        )
        table = columns(*HEADS, right=frozenset(HEADS) - {"method"})
        for row in one.rows:
            above = (
                ("", "") if row.below is None else (f"{row.below.value:+.3f}", _range(row.below))
            )
            table.add_row(
                row.method,
                f"{row.precision.value:.3f}",
                _range(row.precision),
                f"{row.per_query:.3f}",
                f"{row.rank:.3f}",
                *above,
            )
        desk.out.print(table)
        desk.out.print()


def _range(figure: Figure) -> str:
    return f"{figure.low:.3f}–{figure.high:.3f}"
