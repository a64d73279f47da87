"""The store that forgets: the same log in lists, for tests and for trying things out."""

import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from graph_service.domain.admission import Admission
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.stores.base import Entry, Head, Kept, Line, Once, Receipt, Stretch, Text
from graph_service.stores.log import END, Surroundings, head_of
from graph_service.stores.lookup import Writing, erase_texts, verify_log
from graph_service.stores.parts import in_parts
from graph_service.stores.sealing import unseal
from graph_service.stores.taking import TAKEN, erase_commitments, take_lines


@dataclass(slots=True)
class _Shelf:
    kept: list[Line] = field(default_factory=list)
    keys: list[list[str]] = field(default_factory=list)
    about: dict[str, list[int]] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    commitments: list[list[str]] = field(default_factory=list)
    nouns: dict[str, Record] = field(default_factory=dict)
    writes: dict[tuple[str, str], tuple[str, Receipt]] = field(default_factory=dict)

    def last(self) -> Line | None:
        return self.kept[-1] if self.kept else None

    def line_at(self, sequence: int) -> Line | None:
        return self.kept[sequence - 1] if 1 <= sequence <= len(self.kept) else None

    def lines_about(self, key: str) -> list[Line]:
        return [self.kept[sequence - 1] for sequence in self.about.get(key, ())]

    def last_about(self, key: str, until: int = END) -> Line | None:
        found = self.about.get(key, [])
        place = bisect_right(found, until)
        return self.kept[found[place - 1] - 1] if place else None

    def lines_under(self, prefix: str) -> list[Line]:
        found = (places for key, places in self.about.items() if key.startswith(prefix))
        return [self.kept[sequence - 1] for sequence in sorted(chain.from_iterable(found))]

    def find_text(self, commitment: str) -> Text | None:
        return self.texts.get(commitment)

    def kept_of(self, line: Line) -> Kept:
        commitments = self.commitments[line.sequence - 1]
        return Kept(line, tuple(self.texts[commitment] for commitment in commitments))

    def erased(self) -> frozenset[str]:
        return frozenset(one.commitment for one in self.texts.values() if one.text is None)

    def put(self, line: Line, keys: list[str], texts: list[Text]) -> None:
        self.kept.append(line)
        self.keys.append(keys)
        self.commitments.append([text.commitment for text in texts])
        self.texts.update((text.commitment, text) for text in texts)
        for key in keys:
            self.about.setdefault(key, []).append(line.sequence)

    def erase_text(self, commitment: str) -> None:
        self.texts[commitment] = Text(commitment, None, None)
        self.nouns.clear()

    def find_write(self, by: str, key: str) -> tuple[str, Receipt] | None:
        return self.writes.get((by, key))

    def put_write(self, by: str, once: Once, receipt: Receipt) -> None:
        self.writes[by, once.key] = once.digest, receipt

    def cut(self, length: int) -> None:
        """Take back every line after the first `length`."""
        self.nouns.clear()
        while len(self.kept) > length:
            self.kept.pop()
            for key in self.keys.pop():
                self.about[key].pop()
                if not self.about[key]:
                    del self.about[key]
            for commitment in self.commitments.pop():
                del self.texts[commitment]

    def lines(self) -> Iterator[Line]:
        return iter(self.kept)

    def is_about(self, key: str, sequence: int) -> bool:
        return sequence in self.about.get(key, ())

    def count_keys(self) -> int:
        return sum(map(len, self.about.values()))

    def count_texts(self) -> int:
        return len(self.texts)


class MemoryStore:
    """A log that lives as long as the process; it behaves like every other store."""

    url = "memory:"
    read_only = False
    is_local = True

    def __init__(self, ontology: Ontology, *, around: Surroundings | None = None) -> None:
        self._ontology = ontology
        self._around = around or Surroundings()
        self._shelf = _Shelf()
        self._lock = threading.RLock()

    def append(
        self,
        records: Iterable[Record],
        *,
        by: str,
        keep_history: bool = False,
        once: Once | None = None,
    ) -> Receipt:
        with self._lock:
            length = len(self._shelf.kept)
            terms = Admission(self._ontology, self._around.clock(), keep_history)
            try:
                writing = Writing(self._shelf, terms, by=by, around=self._around)
                return writing.add_all(records, once)
            except BaseException:
                self._shelf.cut(length)
                raise

    def entries(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        with self._lock:
            lines = self._shelf.kept[after:until]
        for line in lines:
            yield unseal(line, self._shelf.find_text)

    def lines(self, *, after: int = 0, until: int | None = None) -> Stretch:
        with self._lock:
            lines = self._shelf.kept[after:until]
            return Stretch(map(self._shelf.kept_of, lines), self._shelf.erased())

    def take(self, stretch: Stretch) -> Head:
        for batch in in_parts(stretch.kept, TAKEN):
            with self._lock:
                length = len(self._shelf.kept)
                try:
                    take_lines(self._shelf, batch, self._shelf.line_at)
                except BaseException:
                    self._shelf.cut(length)
                    raise
        with self._lock:
            erase_commitments(self._shelf, stretch.erased)
            return head_of(self._shelf.last())

    def about(self, key: str) -> tuple[Entry, ...]:
        with self._lock:
            lines = self._shelf.lines_about(key)
            return tuple(unseal(line, self._shelf.find_text) for line in lines)

    def about_each(self, keys: Iterable[str]) -> Iterator[tuple[Entry, ...]]:
        return map(self.about, keys)

    def head(self) -> Head:
        with self._lock:
            return head_of(self._shelf.last())

    def verify(self) -> Head:
        with self._lock:
            return verify_log(self._shelf)

    @property
    def snapshot_folder(self) -> Path | None:
        return None

    def erase(self, key: str) -> int:
        """Erase every text in the entries about one thing, for good; the log still verifies.
        Answers how many texts there were."""
        with self._lock:
            return erase_texts(self._shelf, key)

    def close(self) -> None:
        """Nothing to give back."""
