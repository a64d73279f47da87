"""The store on Neo4j: the same log as everywhere, and beside it a graph to explore in Browser."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TypeVar

from graph_service.domain.admission import Admission
from graph_service.domain.errors import GraphError, StoreCorrupt, StoreError, StoreReadOnly
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.stores.base import Entry, Head, Kept, Line, Once, Receipt, Stretch
from graph_service.stores.bundles import Bundle, Bundles
from graph_service.stores.drawing import Drawing
from graph_service.stores.log import END, GENESIS, Surroundings
from graph_service.stores.lookup import Writing, texts_to_erase, verify_log
from graph_service.stores.neo4j import Address, Neo4jServer, Run
from graph_service.stores.neo4j_reading import (
    BATCH,
    Neo4jWhole,
    entries_about,
    entries_of,
    kept_between,
    lines_between,
)
from graph_service.stores.neo4j_records import draw_rest, redraw, write_records
from graph_service.stores.neo4j_schema import bring_up, bring_up_words
from graph_service.stores.neo4j_shelf import Neo4jShelf, State, write_id
from graph_service.stores.parts import in_parts
from graph_service.stores.taking import TAKEN, take_lines

FEW = 1_000
"""So many things are looked up at once."""
T = TypeVar("T")


class Neo4jStore:
    """A log in a Neo4j database that several services write and read.

    Writers take turns at the server, so that the log has no gap. What the log comes to is drawn in
    the same transactions, and rebuilt from it, never edited. Where the database cannot be written,
    `read_only` says so.
    """

    def __init__(
        self,
        address: Address,
        ontology: Ontology,
        *,
        create: bool = True,
        read_only: bool = False,
        around: Surroundings | None = None,
        folder: Path | None = None,
    ) -> None:
        self._ontology = ontology
        self._around = around or Surroundings()
        self._drawing = Drawing(ontology)
        self._folder = folder
        self._nouns: dict[State, dict[str, Record]] = {}
        self._is_behind = False
        self._server = Neo4jServer(address, patience=self._around.patience)
        try:
            self.read_only = bring_up(self._server, create=create, read_only=read_only)
            if not self.read_only:
                bring_up_words(self._server, self._drawing, self._redraw_all)
                self._is_behind = bool(self._server.ask("undrawn", limit=1))
        except BaseException:
            self._server.close()
            raise
        self._bundles = Bundles(self._commit, patience=self._around.patience)
        self._draw_rest()

    is_local = False

    @property
    def url(self) -> str:
        address = self._server.address
        return address.uri if address.database is None else f"{address.uri}/{address.database}"

    def append(
        self,
        records: Iterable[Record],
        *,
        by: str,
        keep_history: bool = False,
        once: Once | None = None,
    ) -> Receipt:
        self._check_writable()
        if not isinstance(records, Sequence) and not self._was_done(by, once):
            # The transaction may have to be made again, and nobody is to wait at the server while
            # a file is read.
            records = list(records)
        try:
            return self._bundles.submit(Bundle(records, by, keep_history, once))
        finally:
            self._draw_rest()

    def entries(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        last = END if until is None else until
        while after < last:
            batch = self._batch(after, last)
            yield from batch
            if len(batch) < BATCH:
                return
            after = batch[-1].sequence

    def about(self, key: str) -> tuple[Entry, ...]:
        [found] = self._server.read(lambda run: entries_about(run, [key]))
        return found

    def about_each(self, keys: Iterable[str]) -> Iterator[tuple[Entry, ...]]:
        for some in in_parts(keys, FEW):
            yield from self._server.read(lambda run: entries_about(run, some))  # noqa: B023

    def head(self) -> Head:
        for row in self._server.ask_in_time("head"):
            return Head(row["sequence"], row["hash"])
        return Head(0, GENESIS)

    def verify(self) -> Head:
        head = self.head()
        found = verify_log(Neo4jWhole(self._server.ask, head.sequence))
        if found != head:
            raise StoreCorrupt(
                f"the log ends in entry {found.sequence} with another hash than {self.url} "
                "remembers: restore a backup"
            )
        return found

    @property
    def snapshot_folder(self) -> Path | None:
        return self._folder

    def lines(self, *, after: int = 0, until: int | None = None) -> Stretch:
        erased = frozenset(row["commitment"] for row in self._server.ask("erased"))
        return Stretch(self._kept(after, END if until is None else until), erased)

    def take(self, stretch: Stretch) -> Head:
        """See `Store.take`; a kept index goes where a text was erased, since it may hold a name."""
        self._check_writable()
        for batch in in_parts(stretch.kept, TAKEN):
            with self._bundles.turn():
                self._transact(lambda shelf: take_lines(shelf, batch, shelf.line_at))  # noqa: B023
            self._draw_rest()
        if stretch.erased:
            self._erase(lambda shelf: shelf.places_of(stretch.erased))
        return self.head()

    def erase(self, key: str) -> int:
        """Erase every text in the entries about one thing, for good; the log still verifies.

        Answers how many texts there were. What is drawn of them goes too, and a kept index, since
        it may hold a name; other processes know what they have read until they end.
        """
        self._check_writable()
        return self._erase(lambda shelf: shelf.places_of(texts_to_erase(shelf, key)))

    def _erase(self, find: Callable[[Neo4jShelf], Mapping[str, int]]) -> int:
        """Erase the texts whose commitments are found with their places in the log."""

        erased: set[str] = set()  # by any try: the reply to the one that was kept may be lost

        def erase(shelf: Neo4jShelf) -> None:
            found = find(shelf)
            if found:
                shelf.erase_texts(list(found))
                lines = shelf.lines_at(sorted(set(found.values())))
                redraw(shelf, self._drawing, self._ontology, lines)
            erased.update(found)

        with self._bundles.turn():
            self._nouns = {}
            self._transact(erase)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        return len(erased)

    def close(self) -> None:
        with self._bundles.turn():
            self._server.close()

    def _draw_rest(self) -> None:
        """Draw what writes have put off, letting others write in between. Where the server goes
        away meanwhile, the next write goes on with it: what was written is kept in any case."""
        with suppress(StoreError):
            while self._is_behind:
                with self._bundles.turn():
                    self._is_behind = self._transact(
                        lambda shelf: draw_rest(shelf, self._drawing, self._ontology)
                    )

    def _redraw_all(self) -> None:
        for lines in in_parts((kept.line for kept in self._kept(0, END)), BATCH):
            self._transact(lambda shelf: redraw(shelf, self._drawing, self._ontology, lines))  # noqa: B023

    def _was_done(self, by: str, once: Once | None) -> bool:
        if once is None:
            return False
        return bool(self._server.ask("find_write", id=write_id(by, once.key)))

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreReadOnly(
                f"{self.url} is open for reading only: open it for writing, or name a server that "
                "may write"
            )

    def _commit(self, bundles: list[Bundle]) -> None:
        tries = _Tries()

        def put(shelf: Neo4jShelf) -> list[Receipt | Exception]:
            if not tries.were_kept(shelf):
                shelf.expect(chain.from_iterable(one.records for one in bundles if not one.streams))
                tries.outcomes = [self._write(bundle, shelf) for bundle in bundles]
                tries.last = shelf.last() if shelf.lines else None
            return tries.outcomes

        outcomes = self._transact(put)
        for bundle, outcome in zip(bundles, outcomes, strict=True):
            bundle.settle(outcome)

    def _transact(self, put: Callable[[Neo4jShelf], T]) -> T:
        """Let something be put on the shelf of one transaction; perhaps more than once, until it is
        kept."""

        def attempt(run: Run) -> tuple[T, bool, State, dict[str, Record]]:
            # What a try that failed has put into it must not be taken for known by the next one.
            known, self._nouns = self._nouns, {}
            shelf = Neo4jShelf(run, known)
            outcome = put(shelf)
            is_behind = write_records(shelf, self._drawing, self._ontology)
            return outcome, is_behind, shelf.flush(), shelf.nouns

        outcome, is_behind, state, nouns = self._server.write(attempt)
        self._is_behind |= is_behind
        self._nouns = {state: nouns}
        return outcome

    def _write(self, bundle: Bundle, shelf: Neo4jShelf) -> Receipt | Exception:
        mark = shelf.mark()
        terms = Admission(self._ontology, self._around.clock(), bundle.keep_history)
        try:
            writing = Writing(shelf, terms, by=bundle.by, around=self._around)
            return writing.add_all(shelf.ahead(bundle.records), bundle.once)
        except StoreError:
            raise
        except GraphError as error:  # a refused bundle does not hurt the others
            shelf.cut(mark)
            return error

    def _kept(self, after: int, last: int) -> Iterator[Kept]:
        while after < last:
            batch = self._server.read(lambda run: kept_between(run, after, last))  # noqa: B023
            yield from batch
            if len(batch) < BATCH:
                return
            after = batch[-1].line.sequence

    def _batch(self, after: int, until: int) -> list[Entry]:
        return self._server.read(lambda run: entries_of(run, lines_between(run, after, until)))


@dataclass(slots=True)
class _Tries:
    """What the tries of one write came to, of which any may have been kept."""

    outcomes: list[Receipt | Exception] = field(default_factory=list)
    last: Line | None = None

    def were_kept(self, shelf: Neo4jShelf) -> bool:
        """Whether the last try is in the log, although nobody was told."""
        last = self.last
        return last is not None and shelf.line_at(last.sequence) == last
