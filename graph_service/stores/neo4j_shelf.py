"""The shelf of one transaction on Neo4j: what is asked for is fetched in bulk, what is put is held
back until the end and then written in bulk, since every statement is a journey to the server."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import orjson

from graph_service.domain.claims import ClaimRecord, Decision
from graph_service.domain.identity import Judgement
from graph_service.domain.records import Record
from graph_service.stores.base import Head, Line, Once, Receipt, Text
from graph_service.stores.damage import legible
from graph_service.stores.log import END, GENESIS, check_hash
from graph_service.stores.neo4j import Run
from graph_service.stores.neo4j_reading import (
    line_of,
    lines_about,
    texts_behind,
    texts_of,
)
from graph_service.stores.parts import in_parts
from graph_service.stores.sealing import JUDGEMENTS, judgement_key

CHUNK = 1_000
State = tuple[Head, int]
"""The end of the log, and how often something in it was erased: what was read holds that long."""


class Neo4jShelf:
    """Lines, keys and texts as one transaction sees them, what it put among them.

    The log is locked by it: nobody else writes until the transaction ends. `is_judged` says
    whether it was said of any actors before that they are one, or not.
    """

    def __init__(self, run: Run, nouns: Mapping[State, dict[str, Record]]) -> None:
        self.run = run
        [row] = run("lock_log", genesis=GENESIS)
        self._last = None if row["sequence"] is None else line_of(row)
        if self._last is not None:
            check_hash(self._last)
        self.is_judged = bool(row["judged"])
        self.start = Head(0 if self._last is None else self._last.sequence, row["head"])
        self._erasures: int = row["erasures"]
        self.nouns = nouns.get((self.start, self._erasures), {})
        self.lines: list[tuple[Line, list[str]]] = []
        self._about: dict[str, list[Line]] = {}
        self._put: dict[str, list[Line]] = {}
        self._texts: dict[str, Text] = {}
        self._new_texts: dict[str, dict[str, Any]] = {}
        self._writes: dict[str, dict[str, Any]] = {}

    def last(self) -> Line | None:
        return self.lines[-1][0] if self.lines else self._last

    def lines_about(self, key: str) -> list[Line]:
        self.fetch([key])
        return [*self._about[key], *self._put.get(key, ())]

    def last_about(self, key: str, until: int = END) -> Line | None:
        found = self.lines_about(key)
        place = bisect_right(found, until, key=lambda line: line.sequence)
        return found[place - 1] if place else None

    def lines_under(self, prefix: str) -> list[Line]:
        if prefix != JUDGEMENTS:
            raise ValueError(f"nothing is looked up under {prefix!r}")
        put = (lines for key, lines in self._put.items() if key.startswith(prefix))
        found = map(line_of, self.run("judgements"))
        return sorted({line.sequence: line for line in chain(found, *put)}.values())

    def find_text(self, commitment: str) -> Text | None:
        if commitment not in self._texts:
            self._fetch_texts([commitment])
        return self._texts.get(commitment)

    def put(self, line: Line, keys: list[str], texts: list[Text]) -> None:
        self.lines.append((line, keys))
        for text in texts:
            self._texts[text.commitment] = text
            self._new_texts[text.commitment] = text._asdict() | {"sequence": line.sequence}
        for key in keys:
            self._put.setdefault(key, []).append(line)

    def erase_text(self, commitment: str) -> None:
        self.erase_texts([commitment])

    def erase_texts(self, commitments: Sequence[str]) -> None:
        """Erase these texts for good."""
        self.nouns.clear()
        self._erasures += 1
        self._texts |= {one: Text(one, None, None) for one in commitments}
        self.run("erase_texts", commitments=commitments)

    def places_of(self, commitments: Iterable[str]) -> dict[str, int]:
        """The places in the log of these texts, of those that are not erased yet."""
        rows = self.run("places_to_erase", commitments=list(commitments))
        return {row["commitment"]: row["place"] for row in rows}

    def lines_at(self, places: Sequence[int]) -> list[Line]:
        """The lines in these places of the log, in order."""
        return sorted(map(line_of, self.run("entries_at", places=places)))

    def line_at(self, place: int) -> Line | None:
        """The line in one place of the log."""
        return next(iter(self.lines_at([place])), None)

    def find_write(self, by: str, key: str) -> tuple[str, Receipt] | None:
        id_ = write_id(by, key)
        for row in [self._writes[id_]] if id_ in self._writes else self.run("find_write", id=id_):
            with legible(lambda: "what was remembered of a write"):
                claims, evidence = tuple(row["claims"]), tuple(row["evidence"])
                done = row["sequence"], row["written"], row["known"]
                return row["digest"], Receipt(*done, claims, evidence)
        return None

    def put_write(self, by: str, once: Once, receipt: Receipt) -> None:
        id_ = write_id(by, once.key)
        self._writes[id_] = {
            "id": id_,
            "digest": once.digest,
            "sequence": receipt.sequence,
            "written": receipt.written,
            "known": receipt.known,
            "claims": list(receipt.claims),
            "evidence": list(receipt.evidence),
        }

    def is_known(self, key: str) -> bool:
        """Whether entries were about this before the transaction began."""
        self.fetch([key])
        return bool(self._about[key])

    def put_about(self, key: str) -> list[int]:
        """The places of the entries about this that the transaction puts."""
        return [line.sequence for line in self._put.get(key, ())]

    def ahead(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records, and what admitting them will ask for fetched before, many at a time."""
        for chunk in in_parts(records, CHUNK):
            self.expect(chunk)
            yield from chunk

    def expect(self, records: Iterable[Record]) -> None:
        """Fetch what admitting these records will ask for."""
        asked = (key for record in records for key in _asked_of(record))
        self.fetch(key for key in asked if key not in self.nouns)

    def fetch(self, keys: Iterable[str]) -> None:
        """Read the entries about all of these, with their texts, unless that was done before."""
        wanted = {key for key in keys if key not in self._about}
        if not wanted:
            return
        found = lines_about(self.run, wanted)
        self._about |= found
        self._fetch_texts(texts_behind(line for lines in found.values() for line in lines))

    def _fetch_texts(self, commitments: Iterable[str]) -> None:
        wanted = [one for one in commitments if one not in self._texts]
        if wanted:
            self._texts |= texts_of(self.run, wanted)

    def mark(self) -> int:
        """A place to go back to."""
        return len(self.lines)

    def cut(self, mark: int) -> None:
        """Take back what was put after a place."""
        self.nouns.clear()
        for line, keys in self.lines[mark:]:
            for key in keys:
                self._put[key].remove(line)
        del self.lines[mark:]
        kept = set(texts_behind(line for line, _ in self.lines))
        self._new_texts = {one: text for one, text in self._new_texts.items() if one in kept}

    def flush(self) -> State:
        """Write what was put, but for the records; answers what the log has come to then."""
        if self._writes:
            self.run("put_writes", writes=list(self._writes.values()))
        if not self.lines:
            return self.start, self._erasures
        self.run("put_entries", entries=[line._asdict() for line, _ in self.lines])
        if self._new_texts:
            self.run("put_texts", texts=list(self._new_texts.values()))
        last = self.lines[-1][0]
        self.run("set_head", sequence=last.sequence, hash=last.hash)
        return Head(last.sequence, last.hash), self._erasures


def write_id(by: str, key: str) -> str:
    """The id of a write that is remembered, from its writer and its key."""
    return orjson.dumps([by, key]).decode()


def _asked_of(record: Record) -> list[str]:
    match record:
        case ClaimRecord(claim, evidence):
            nouns = [f"actor:{claim.subject}", f"actor:{claim.object}"]
            nouns += [f"source:{piece.source}" for piece in evidence]
            if claim.episode is not None:
                nouns.append(f"episode:{claim.episode}")
            return [claim.id, *(piece.id for piece in evidence), *nouns]
        case Decision():
            return [record.evidence]
        case Judgement():
            ends = record.left, record.right
            return [judgement_key(*ends), *(f"actor:{id_}" for id_ in ends)]
        case _:
            return [f"{type(record).__name__.lower()}:{record.id}"]
