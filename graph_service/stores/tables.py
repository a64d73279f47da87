"""The tables of a log in SQLite, in the terms that both stores share."""

from collections.abc import Iterable, Iterator
from typing import Any

import apsw
import orjson

from graph_service.domain.errors import StoreCorrupt
from graph_service.domain.records import Record
from graph_service.stores.base import Entry, Head, Kept, Line, Once, Receipt, Text
from graph_service.stores.damage import legible
from graph_service.stores.log import END, check_hash, commitments_of, head_of
from graph_service.stores.sealing import unseal

BATCH = 1_000
HELD_BACK = 50_000
"""So many lines are held back at most."""
LAST_CHARACTER = "\U0010ffff"

_LINE = "e.sequence, e.kind, e.payload, e.by, e.at, e.previous, e.hash"
_ABOUT = f"SELECT {_LINE} FROM about a CROSS JOIN entries e USING (sequence) WHERE a.key = ?"  # noqa: S608 - constants
_UNDER = f"SELECT {_LINE} FROM about a CROSS JOIN entries e USING (sequence) WHERE a.key > ? AND a.key < ? ORDER BY a.sequence"  # noqa: S608 - constants
_LAST = f"SELECT {_LINE} FROM entries e ORDER BY sequence DESC LIMIT 1"  # noqa: S608 - constants
_RANGE = f"SELECT {_LINE} FROM entries e WHERE sequence > ? AND sequence <= ? ORDER BY sequence"  # noqa: S608 - constants
_TEXTS = (
    "SELECT commitment, salt, text FROM texts WHERE commitment IN (SELECT value FROM json_each(?))"
)
_THERE = "SELECT DISTINCT key FROM about WHERE key IN (SELECT value FROM json_each(?))"
_ERASED = "SELECT commitment FROM texts WHERE text IS NULL"
_WRITE = (
    "SELECT digest, sequence, written, known, claims, evidence FROM writes WHERE by = ? AND key = ?"
)


class Tables:
    """The tables of one connection; `nouns` are the sources, episodes and actors read before.

    What is put is held back until something is read, or `flush`, and then written together, keys in
    their order: a row of the lookup table alone dirties a page of its own.
    """

    def __init__(self, db: apsw.Connection, nouns: dict[str, Record] | None = None) -> None:
        self._db = db
        self.nouns = {} if nouns is None else nouns
        self._absent: set[str] = set()
        self._put: list[Line] = []
        self._put_about: list[tuple[str, int]] = []
        self._put_texts: list[Text] = []

    def head(self) -> Head:
        return head_of(self.last())

    def last(self) -> Line | None:
        found = list(self._lines(_LAST, ()))
        for line in found:
            check_hash(line)
        return found[0] if found else None

    def line_at(self, sequence: int) -> Line | None:
        return next(self._lines(_RANGE, (sequence - 1, sequence)), None)

    def lines_about(self, key: str) -> list[Line]:
        return self._about(f"{_ABOUT} ORDER BY a.sequence", key)

    def last_about(self, key: str, until: int = END) -> Line | None:
        latest = f"{_ABOUT} AND a.sequence <= ? ORDER BY a.sequence DESC LIMIT 1"
        found = self._about(latest, key, until)
        return found[0] if found else None

    def lines_under(self, prefix: str) -> list[Line]:
        return list(self._lines(_UNDER, (prefix, prefix + LAST_CHARACTER)))

    def expect(self, keys: Iterable[str]) -> None:
        """Find out at once which of these nothing is about, since that will be asked."""
        asked = sorted(set(filter(_is_text, keys)))
        rows = self._execute(_THERE, (orjson.dumps(asked).decode(),))
        self._absent |= set(asked).difference(row[0] for row in rows)

    def _about(self, sql: str, key: str, *more: int) -> list[Line]:
        if key in self._absent or not _is_text(key):
            return []
        return list(self._lines(sql, (key, *more)))

    def find_text(self, commitment: str) -> Text | None:
        sql = "SELECT commitment, salt, text FROM texts WHERE commitment = ?"
        row = self._get(sql, (commitment,))
        return None if row is None else Text(*row)

    def put(self, line: Line, keys: list[str], texts: list[Text]) -> None:
        self._put.append(line)
        self._put_about += [(key, line.sequence) for key in keys]
        self._put_texts += texts
        self._absent.difference_update(keys)
        if len(self._put) >= HELD_BACK:
            self.flush()

    def flush(self) -> None:
        """Write what was held back."""
        if self._put:
            put, about, texts = self._put, sorted(self._put_about), sorted(self._put_texts)
            self.drop()
            self._db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", put)
            self._db.executemany("INSERT INTO about VALUES (?, ?)", about)
            self._db.executemany("INSERT INTO texts VALUES (?, ?, ?)", texts)

    def drop(self) -> None:
        """Forget what was held back."""
        self._put, self._put_about, self._put_texts = [], [], []

    def _execute(self, sql: str, values: tuple[object, ...] = ()) -> apsw.Cursor:
        self.flush()
        return self._db.execute(sql, values)

    def erase_text(self, commitment: str) -> None:
        self.nouns.clear()
        sql = "UPDATE texts SET salt = NULL, text = NULL WHERE commitment = ?"
        self._execute(sql, (commitment,))

    def find_write(self, by: str, key: str) -> tuple[str, Receipt] | None:
        row = self._get(_WRITE, (by, key))
        if row is None:
            return None
        with legible(lambda: "what was remembered of a write"):
            digest, sequence, written, known, *listed = row
            claims, evidence = (tuple(orjson.loads(ids)) for ids in listed)
            return digest, Receipt(sequence, written, known, claims, evidence)

    def put_write(self, by: str, once: Once, receipt: Receipt) -> None:
        ids = (orjson.dumps(listed).decode() for listed in (receipt.claims, receipt.evidence))
        done = receipt.sequence, receipt.written, receipt.known
        sql = "INSERT INTO writes VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        self._execute(sql, (by, once.key, once.digest, *done, *ids))

    def lines(self) -> Iterator[Line]:
        return self._lines(_RANGE, (0, END))

    def batch(self, after: int, until: int) -> list[Entry]:
        lines = self._lines(f"{_RANGE} LIMIT {BATCH}", (after, until))
        return [unseal(line, self.find_text) for line in lines]

    def kept(self, after: int, until: int) -> list[Kept]:
        """The next lines with their texts, at most a batch; texts that are gone are left out."""
        lines = list(self._lines(f"{_RANGE} LIMIT {BATCH}", (after, until)))
        with legible(lambda: f"an entry after entry {after}"):
            behind = [commitments_of(line) for line in lines]
        found = self._texts([commitment for each in behind for commitment in each])
        return [
            Kept(line, tuple([found[one] for one in each if one in found]))
            for line, each in zip(lines, behind, strict=True)
        ]

    def erased(self) -> frozenset[str]:
        with legible(lambda: "the texts"):
            return frozenset(row[0] for row in self._execute(_ERASED))

    def is_about(self, key: str, sequence: int) -> bool:
        sql = "SELECT 1 FROM about WHERE key = ? AND sequence = ?"
        return self._get(sql, (key, sequence)) is not None

    def count_keys(self) -> int:
        return int(self._get("SELECT count(*) FROM about"))

    def count_texts(self) -> int:
        return int(self._get("SELECT count(*) FROM texts"))

    def check_file(self) -> None:
        found = self._get("PRAGMA integrity_check(1)")
        if found != "ok":
            raise StoreCorrupt(f"the file is damaged, restore it from a backup: {found}")

    def _lines(self, sql: str, values: tuple[object, ...]) -> Iterator[Line]:
        last = 0
        with legible(lambda: f"an entry after entry {last}" if last else "an entry"):
            for row in self._execute(sql, values):
                line = Line(*row)
                yield line
                last = line.sequence

    def _texts(self, commitments: list[str]) -> dict[str, Text]:
        if not commitments:
            return {}
        with legible(lambda: "the texts"):
            rows = self._execute(_TEXTS, (orjson.dumps(commitments).decode(),))
            return {row[0]: Text(*row) for row in rows}

    def _get(self, sql: str, values: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - a row
        with legible(lambda: "a row of the store"):
            return self._execute(sql, values).get


def _is_text(key: str) -> bool:
    """Whether it can be asked for: nothing is called by half a surrogate pair."""
    try:
        key.encode()
    except UnicodeEncodeError:
        return False
    return True
