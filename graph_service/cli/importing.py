"""Taking in files of other formats than the native one."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

import orjson
from rich.progress import ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

from graph_service.cli.desk import STANDARD_INPUT, Bar, Desk
from graph_service.cli.desk import Format as Shown
from graph_service.cli.failures import ANSWERED
from graph_service.cli.forms_importing import ImportFilesForm
from graph_service.domain.cells import neutral
from graph_service.domain.errors import GraphError, InvalidQuestion
from graph_service.importers.formats import FORMATS
from graph_service.importers.intake import Refusal, Wishes
from graph_service.importers.packed import opened
from graph_service.importers.running import Format, Summary, Watch
from graph_service.imports import Manner, check_wishes, import_file
from graph_service.stores.graph import Graph

MOST_NAMED = 8
MOST_SHOWN = 3
"""So many of the rows that are refused are shown at once."""
COLUMNS = ("file", "line", "field", "reason")


@dataclass(slots=True)
class Refused:
    """The rows that are refused, on their way into a file that is made with the first of them."""

    path: Path
    file: str
    number: int = 0
    first: list[Refusal] = field(default_factory=list)
    _stream: TextIO | None = None
    _writer: Any = None

    def add(self, refusal: Refusal) -> None:
        """List one more."""
        if self._stream is None:
            self._stream = self.path.open("w", encoding="utf-8", newline="")
            self._writer = csv.writer(self._stream)
            self._writer.writerow(COLUMNS)
        self.number += 1
        if len(self.first) < MOST_SHOWN:
            self.first.append(refusal)
        cells = (refusal.file or self.file, str(refusal.line), refusal.field or "", refusal.reason)
        self._writer.writerow([neutral(cell) for cell in cells])

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self._stream is not None:
            self._stream.close()


@dataclass(frozen=True, slots=True)
class Done:
    """A file that was taken in: what became of it, in so many seconds, where the rows are listed
    that were refused, and the first of them."""

    file: str
    summary: Summary
    seconds: float
    refused: Path | None = None
    dry_run: bool = False
    shown: tuple[Refusal, ...] = ()
    rate: int = field(init=False)

    def __post_init__(self) -> None:
        rate = round(self.summary.rows / self.seconds) if self.seconds else 0
        object.__setattr__(self, "rate", rate)


def importing(format_: Format) -> Callable[[Desk, ImportFilesForm], int]:
    """The command that takes in files of a format."""

    def act(desk: Desk, form: ImportFilesForm) -> int:
        return import_files(desk, format_, form)

    wishes = "".join(f"\n\n--more {name}=…  {what}" for name, what in format_.more)
    act.__doc__ = f"{format_.title}{wishes}"
    return act


def import_files(desk: Desk, format_: Format, form: ImportFilesForm) -> int:
    """Take in every file, one after the other, and say what became of each."""
    wishes = Wishes(form.reliability, form.confidence, form.encoding, wishes_from(form.more))
    check_wishes(format_, wishes)
    _check_there(form.files)
    with desk.graph(to_write=True) as graph:
        for name in form.files:
            done = _import_one(desk, graph, format_, name, (form, wishes))
            _show(desk, done, form.format)
    return ANSWERED


def wishes_from(told: list[str] | None) -> dict[str, str]:
    """`NAME=VALUE` as pairs; raises `InvalidQuestion`."""
    found = {}
    for text in told or ():
        name, is_there, value = text.partition("=")
        if not is_there or not value:
            raise InvalidQuestion(f"{text!r}: write it as NAME=VALUE", parameter="more")
        found[name] = value
    return found


def _check_there(files: list[str]) -> None:
    for name in files:
        if name == STANDARD_INPUT:
            continue
        if not Path(name).exists():
            raise InvalidQuestion(f"{name}: there is no such file", parameter="file")
        if Path(name).is_dir():
            raise InvalidQuestion(f"{name} is a folder: name the files in it", parameter="file")


def _import_one(
    desk: Desk, graph: Graph, format_: Format, name: str, how: tuple[ImportFilesForm, Wishes]
) -> Done:
    form, wishes = how
    started = monotonic()
    file = "standard input" if name == STANDARD_INPUT else Path(name).name
    with (
        opened(name, file) as packed,
        _listing(form.refused or Path(f"{file}.refused.csv"), file) as refused,
        desk.progress(f"taking in {file}", more=[_RowRate(), TimeRemainingColumn()]) as bar,
    ):
        watch = Watch(refused.add, _moving(bar), form.strict)
        manner = Manner(form.by, form.dry_run, wishes, watch)
        try:
            summary = import_file(graph, format_, packed, manner)
        except GraphError as error:
            error.add_note(file)
            raise
    where = refused.path if refused.number else None
    seconds = monotonic() - started
    return Done(file, summary, seconds, where, form.dry_run, tuple(refused.first))


@contextmanager
def _listing(path: Path, file: str) -> Iterator[Refused]:
    refused = Refused(path, file)
    try:
        yield refused
    finally:
        refused.close()


def _moving(bar: Bar) -> Callable[[int, int, int], None]:
    def move(done: int, total: int, rows: int) -> None:
        bar.progress.update(bar.task, completed=done, total=total, rows=rows)

    return move


class _RowRate(ProgressColumn):
    """How many rows a second."""

    def render(self, task: Task) -> Text:
        rows, seconds = task.fields.get("rows", 0), task.elapsed
        return Text(f"{rows / seconds:,.0f} rows/s" if rows and seconds else "")


def _show(desk: Desk, done: Done, shown: Shown | None) -> None:
    if desk.shown_as(shown) is Shown.JSON:
        desk.write(orjson.dumps(_data(done)))
        return
    for line in in_words(done):
        desk.out.print(line, markup=False, soft_wrap=True)


def _data(done: Done) -> dict[str, Any]:
    told = done.summary
    return {
        "file": done.file,
        "dry_run": done.dry_run,
        "rows": told.rows,
        "taken": told.taken,
        "skipped": dict(told.skipped.most_common()),
        "unmapped": dict(told.unmapped.most_common()),
        "refused": told.refused,
        "refused_rows": None if done.refused is None else str(done.refused),
        "claims": told.claims,
        "evidence": told.evidence,
        "new_actors": told.new_actors,
        "relations": dict(told.relations.most_common()),
        "written": told.entries,
        "known": told.known,
        "seconds": round(done.seconds, 3),
        "rows_per_second": done.rate,
    }


def in_words(done: Done) -> Iterator[str]:
    """What became of a file, line by line."""
    told = done.summary
    passed = told.skipped.total() + told.unmapped.total()
    yield (
        f"{done.file}: {_counted(told.rows, 'row')} in {done.seconds:.1f} s ({done.rate:,}/s): "
        f"{told.taken:,} taken, {passed:,} skipped, {told.refused:,} refused"
    )
    yield (
        f"  {_counted(told.claims, 'claim')} with {_counted(told.evidence, 'piece')} of evidence, "
        f"{_counted(told.new_actors, 'new actor')}; {_written(done)}"
    )
    for what, found in (
        ("relations", told.relations),
        ("skipped", told.skipped),
        ("no relation for", told.unmapped),
    ):
        if found:
            yield f"  {what}: {', '.join(_named(found.most_common()))}"
    for refusal in done.shown:
        place = f"line {refusal.line}" + (f", {refusal.field}" if refusal.field else "")
        yield f"  refused: {place}: {refusal.reason}"
    if done.refused is not None:
        yield f"  the rows that were refused, and why: {done.refused}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _written(done: Done) -> str:
    new, known = done.summary.entries, done.summary.known
    if done.dry_run:
        return f"nothing written, since this is a dry run ({new:,} would be new)"
    return f"{new:,} new in the store, {known:,} known already"


def _named(counts: list[tuple[str, int]]) -> Iterator[str]:
    for name, number in counts[:MOST_NAMED]:
        yield f"{name} {number:,}"
    if len(counts) > MOST_NAMED:
        yield f"and {len(counts) - MOST_NAMED} more"


def commands() -> Iterator[tuple[str, Callable[[Desk, ImportFilesForm], int]]]:
    """Every format with the command that takes in its files, but for tables, which have their own."""
    for name, format_ in FORMATS.items():
        if name != "table":
            yield name, importing(format_)
