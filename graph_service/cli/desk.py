"""Where a command stands: the store it asks, and the terminal that it speaks to."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from graph_service.domain.ontology import load_ontology
from graph_service.stores.base import Store
from graph_service.stores.graph import Graph, open_graph
from graph_service.stores.urls import open_store

NARROWEST = 40
STANDARD_INPUT = "-"


class Format(StrEnum):
    """How an answer is shown."""

    TABLE = "table"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Desk:
    """The URL of the store, standard output for answers and standard error for the rest."""

    store: str
    out: Console
    err: Console

    def shown_as(self, wanted: Format | None) -> Format:
        """The format that was asked for, else a table on a terminal and JSON when piped."""
        if wanted is not None:
            return wanted
        return Format.TABLE if self.out.is_terminal else Format.JSON

    def write(self, data: bytes) -> None:
        """Bytes to standard output, a line's end after them."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data + b"\n")
        sys.stdout.flush()

    @contextmanager
    def graph(self, *, to_write: bool = False, read_only: bool = False) -> Iterator[Graph]:
        """The graph of the store, closed afterwards; only writing makes a store that is not there."""
        graph = open_graph(self.store, create=to_write, read_only=read_only)
        try:
            yield graph
        finally:
            graph.close()

    @contextmanager
    def log(
        self, url: str | None = None, *, create: bool = False, read_only: bool = False
    ) -> Iterator[Store]:
        """The store alone, or that of another URL, without the index that reads its log to the
        end; only `create` makes one that is not there."""
        store = open_store(url or self.store, load_ontology(), create=create, read_only=read_only)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def progress(
        self, what: str, total: int | None = None, more: Sequence[ProgressColumn] = ()
    ) -> Iterator["Bar"]:
        """A bar on standard error while something goes on, and what `more` says of it; nothing when
        that is piped."""
        progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            *more,
            console=self.err,
            transient=True,
            disable=not self.err.is_terminal,
        )
        with progress:
            yield Bar(progress, progress.add_task(what, total=total))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; without a total it only shows that something goes on."""

    progress: Progress
    task: TaskID

    def move(self, done: int, total: int | None = None) -> None:
        """So much is done, of so much in all if that is known only now."""
        self.progress.update(self.task, completed=done, total=total)


class Rate(ProgressColumn):
    """How much is done in a second."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:,.0f}/s")


def open_desk(store: str) -> Desk:
    """The desk of this process: its own standard output and error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what a terminal cannot show is better than nothing
            stream.reconfigure(errors="replace")
    return Desk(store, _console(), _console(stderr=True))


def opened(name: str) -> BinaryIO:
    """A file to be read, or standard input under `-`, which is read to its end: what reads a file
    may go through it more than once."""
    if name == STANDARD_INPUT:
        return BytesIO(sys.stdin.buffer.read())
    return Path(name).open("rb")


def _console(*, stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False)
    console.width = max(console.width, NARROWEST)
    return console
