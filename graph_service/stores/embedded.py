"""The store in one SQLite file: an append-only log that several threads and processes share."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from graph_service.domain.admission import Admission
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import (
    StoreError,
    StoreReadOnly,
)
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.stores.base import Entry, Head, Kept, Once, Receipt, Stretch
from graph_service.stores.bundles import Bundle, Bundles
from graph_service.stores.log import END, Surroundings
from graph_service.stores.lookup import Writing, erase_texts, verify_log
from graph_service.stores.parts import in_parts
from graph_service.stores.place import check_place
from graph_service.stores.sealing import unseal
from graph_service.stores.sqlite import SqliteFile
from graph_service.stores.tables import BATCH, Tables
from graph_service.stores.taking import TAKEN, erase_commitments, take_lines


class EmbeddedStore:
    """A log in one file. Opening makes the file where `create` says so.

    A file that may not be written is opened for reading, and `read_only` says so.
    """

    def __init__(
        self,
        path: Path,
        ontology: Ontology,
        *,
        create: bool = True,
        read_only: bool = False,
        around: Surroundings | None = None,
    ) -> None:
        self._ontology = ontology
        self._around = around or Surroundings()
        patience = self._around.patience
        create = create and not read_only
        check_place(path, create=create)
        self._file = SqliteFile(path, create=create, read_only=read_only, patience=patience)
        self._folder = path.with_name(path.name + ".index")
        self._bundles = Bundles(self._commit, patience=patience)

    is_local = True

    @property
    def url(self) -> str:
        return f"sqlite:{self._file.path}"

    @property
    def read_only(self) -> bool:
        return self._file.read_only

    def append(
        self,
        records: Iterable[Record],
        *,
        by: str,
        keep_history: bool = False,
        once: Once | None = None,
    ) -> Receipt:
        self._check_writable()
        return self._bundles.submit(Bundle(records, by, keep_history, once))

    def entries(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        last = END if until is None else until
        while after < last:
            with self._file.reading() as tables:
                batch = tables.batch(after, last)
            yield from batch
            if len(batch) < BATCH:
                return
            after = batch[-1].sequence

    def lines(self, *, after: int = 0, until: int | None = None) -> Stretch:
        with self._file.reading() as tables:
            erased = tables.erased()
        return Stretch(self._kept(after, END if until is None else until), erased)

    def _kept(self, after: int, last: int) -> Iterator[Kept]:
        while after < last:
            with self._file.reading() as tables:
                batch = tables.kept(after, last)
            yield from batch
            if len(batch) < BATCH:
                return
            after = batch[-1].line.sequence

    def take(self, stretch: Stretch) -> Head:
        """See `Store.take`; a kept index goes where a text was erased, since it may hold a name."""
        self._check_writable()
        for batch in in_parts(stretch.kept, TAKEN):
            with self._bundles.turn(), self._file.writing() as tables:
                take_lines(tables, batch, tables.line_at)
        if stretch.erased:
            self._erase(lambda tables: erase_commitments(tables, stretch.erased))
        return self.head()

    def about(self, key: str) -> tuple[Entry, ...]:
        with self._file.reading() as tables:
            return tuple(unseal(line, tables.find_text) for line in tables.lines_about(key))

    def about_each(self, keys: Iterable[str]) -> Iterator[tuple[Entry, ...]]:
        return map(self.about, keys)

    def head(self) -> Head:
        return self._file.head()

    def verify(self) -> Head:
        with self._file.reading() as tables:
            tables.check_file()
            return verify_log(tables)

    @property
    def snapshot_folder(self) -> Path | None:
        return self._folder

    def erase(self, key: str) -> int:
        """Erase every text in the entries about one thing, for good; the log still verifies.

        Answers how many texts there were. A kept index goes too, since it may hold a name; other
        processes know what they have read until they end.
        """
        self._check_writable()
        return self._erase(lambda tables: erase_texts(tables, key))

    def _erase(self, erase: Callable[[Tables], int]) -> int:
        with self._bundles.turn():
            with self._file.writing() as tables:
                count = erase(tables)
            self._file.forget()
        shutil.rmtree(self._folder, ignore_errors=True)
        return count

    def close(self) -> None:
        with self._bundles.turn():
            self._file.close()

    def _check_writable(self) -> None:
        if self._file.read_only:
            raise StoreReadOnly(
                f"{self._file.path} is open for reading only: open it for writing, or check its "
                "permissions"
            )

    def _commit(self, bundles: list[Bundle]) -> None:
        with self._file.writing() as tables:
            outcomes = [self._write(bundle, tables) for bundle in bundles]
        for bundle, outcome in zip(bundles, outcomes, strict=True):
            bundle.settle(outcome)

    def _write(self, bundle: Bundle, tables: Tables) -> Receipt | Exception:
        if bundle.streams:
            return self._write_records(bundle, tables)
        try:
            with self._file.part(tables):
                return self._write_records(bundle, tables)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - a refused bundle does not hurt the others
            return error

    def _write_records(self, bundle: Bundle, tables: Tables) -> Receipt:
        terms = Admission(self._ontology, self._around.clock(), bundle.keep_history)
        writing = Writing(tables, terms, by=bundle.by, around=self._around)
        if not bundle.streams:
            tables.expect(_evidence_in(bundle.records))
        return writing.add_all(bundle.records, bundle.once)


def _evidence_in(records: Iterable[Record]) -> Iterator[str]:
    """The ids of all evidence, which admitting it asks for."""
    claims = (record for record in records if isinstance(record, ClaimRecord))
    return (piece.id for record in claims for piece in record.evidence)
