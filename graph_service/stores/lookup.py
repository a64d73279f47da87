"""What a store already knows, folded from its lines, and how records are added to them.

All stores keep their lines on a `Shelf`; everything that decides is here and shared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol, TypeVar

from graph_service.domain.actors import Actor
from graph_service.domain.admission import Admission, admit
from graph_service.domain.claims import ClaimRecord, Decision, Evidence
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import Conflict, StoreCorrupt
from graph_service.domain.fields import check_text
from graph_service.domain.identity import Identities, Judgement
from graph_service.domain.periods import instant
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.stores.base import Entry, Head, Line, Once, Receipt, Text
from graph_service.stores.damage import legible
from graph_service.stores.log import (
    END,
    GENESIS,
    Json,
    Surroundings,
    check_chain,
    commitments_in,
    head_of,
    link,
    open_text,
    time_after,
)
from graph_service.stores.sealing import JUDGEMENTS, commitments_about, keys_of, seal, unseal
from graph_service.stores.standing import fold_evidence

MOST_REMEMBERED = 200_000
MOST_IDS = 100_000

N = TypeVar("N", Actor, Source, Episode)


class Shelf(Protocol):
    """Where lines, keys and texts lie; what is put is seen at once by the same shelf.

    `nouns` holds actors, sources and episodes that were read or put lately, as they stand.
    """

    nouns: dict[str, Record]

    def last(self) -> Line | None: ...
    def lines_about(self, key: str) -> list[Line]: ...
    def last_about(self, key: str, until: int = END) -> Line | None: ...
    def lines_under(self, prefix: str) -> list[Line]: ...
    def find_text(self, commitment: str) -> Text | None: ...
    def put(self, line: Line, keys: list[str], texts: list[Text]) -> None: ...
    def erase_text(self, commitment: str) -> None: ...
    def find_write(self, by: str, key: str) -> tuple[str, Receipt] | None: ...
    def put_write(self, by: str, once: Once, receipt: Receipt) -> None: ...


class Whole(Protocol):
    """A whole log to be verified."""

    def lines(self) -> Iterator[Line]: ...
    def find_text(self, commitment: str) -> Text | None: ...
    def is_about(self, key: str, sequence: int) -> bool: ...
    def count_keys(self) -> int: ...
    def count_texts(self) -> int: ...


class Lookup:
    """What is known, as admission asks; judgements are remembered for the length of one
    write, which began after the entry `start`."""

    def __init__(self, shelf: Shelf, start: int) -> None:
        self._shelf = shelf
        self._start = start
        self._identities: Identities | None = None

    def actor(self, id_: str) -> Actor | None:
        # Asked three times a claim: most are at hand.
        key = "actor:" + id_
        found = self._shelf.nouns.get(key)
        return found if isinstance(found, Actor) else self._noun(key, Actor)

    def source(self, id_: str) -> Source | None:
        key = "source:" + id_
        found = self._shelf.nouns.get(key)
        return found if isinstance(found, Source) else self._noun(key, Source)

    def episode(self, id_: str) -> Episode | None:
        return self._noun(f"episode:{id_}", Episode)

    def evidence(self, id_: str) -> Evidence | None:
        folded = fold_evidence(id_, self._entries(id_))
        return None if folded is None else folded[1]

    def identities(self) -> Identities:
        """Every judgement; all are read at the first that a write brings, since any of them may
        connect two actors."""
        if self._identities is None:
            lines = self._shelf.lines_under(JUDGEMENTS)
            found = (unseal(line, self._shelf.find_text).record for line in lines)
            self._identities = Identities(one for one in found if isinstance(one, Judgement))
        return self._identities

    def last_change(self, claim: str) -> int:
        # What this write itself says of the claim is nothing that its writer had not seen.
        line = self._shelf.last_about(claim, self._start)
        return 0 if line is None else line.sequence

    def remember(self, key: str, record: Record) -> None:
        if len(self._shelf.nouns) >= MOST_REMEMBERED:
            self._shelf.nouns.clear()
        self._shelf.nouns[key] = record

    def _entries(self, key: str) -> list[Entry]:
        find = self._shelf.find_text
        return [unseal(line, find) for line in self._shelf.lines_about(key)]

    def _noun(self, key: str, kind: type[N]) -> N | None:
        found = self._shelf.nouns.get(key)
        if found is None:
            line = self._shelf.last_about(key)
            if line is None:
                return None
            found = unseal(line, self._shelf.find_text).record
            self.remember(key, found)
        return found if isinstance(found, kind) else None


class Writing:
    """One write: records are admitted, sealed, chained and put on the shelf, one by one."""

    def __init__(self, shelf: Shelf, terms: Admission, *, by: str, around: Surroundings) -> None:
        self._shelf = shelf
        self._by = check_text(by, "by")
        last = shelf.last()
        self._terms = replace(terms, by=self._by, at=time_after(last, terms.at))
        self._at = instant(self._terms.at)
        self._salts = around.salts
        self._head = head_of(last)
        self._known = Lookup(shelf, self._head.sequence)
        self._written = self._already = 0
        self._claims: dict[str, None] = {}
        self._evidence: dict[str, None] = {}

    def add_all(self, records: Iterable[Record], once: Once | None = None) -> Receipt:
        """Write the records, if not done once before; raises what `admit` raises or `Conflict`,
        and then nothing of them may stay."""
        done = None if once is None else self._done_before(once)
        if done is not None:
            return done
        for record in records:
            self._add(record)
        receipt = self._receipt()
        if once is not None:
            self._shelf.put_write(self._by, once, receipt)
        return receipt

    def _done_before(self, once: Once) -> Receipt | None:
        found = self._shelf.find_write(self._by, once.key)
        if found is None:
            return None
        digest, receipt = found
        if digest != once.digest:
            raise Conflict(
                f"the key {once.key!r} was given to another write before: "
                "give each write a key of its own"
            )
        return replace(receipt, replayed=True)

    def _receipt(self) -> Receipt:
        whole = len(self._claims) <= MOST_IDS and len(self._evidence) <= MOST_IDS
        return Receipt(
            sequence=self._head.sequence,
            written=self._written,
            known=self._already,
            claims=tuple(self._claims) if whole else (),
            evidence=tuple(self._evidence) if whole else (),
        )

    def _add(self, record: Record) -> None:
        admitted = admit(record, self._known, self._terms)
        claim = self._note(record)
        if admitted is None:
            self._already += 1
            return
        sealed = seal(admitted, claim, self._salts)
        line = link(self._head, sealed.kind, sealed.payload, self._by, self._at)
        self._shelf.put(line, sealed.keys, sealed.texts)
        self._head = Head(line.sequence, line.hash)
        self._written += 1
        if isinstance(admitted, ClaimRecord):
            return
        if isinstance(admitted, Actor | Source | Episode):
            self._known.remember(sealed.keys[0], admitted)
        if isinstance(admitted, Judgement):
            self._known.identities().put(admitted)

    def _note(self, record: Record) -> str | None:
        match record:
            case ClaimRecord():
                self._list(record.claim.id, *(piece.id for piece in record.evidence))
            case Decision():
                piece = self._known.evidence(record.evidence)
                claim = None if piece is None else piece.claim
                if claim is not None:
                    self._list(claim, record.evidence)
                return claim
        return None

    def _list(self, claim: str, *evidence: str) -> None:
        if len(self._claims) <= MOST_IDS and len(self._evidence) <= MOST_IDS:
            self._claims[claim] = None
            for id_ in evidence:
                self._evidence[id_] = None


def erase_texts(shelf: Shelf, key: str) -> int:
    """Erase the texts in the entries about one thing; answers how many there were."""
    found = texts_to_erase(shelf, key)
    for commitment in found:
        shelf.erase_text(commitment)
    return len(found)


def texts_to_erase(shelf: Shelf, key: str) -> list[str]:
    """The commitments to the texts in the entries about one thing that are not erased yet."""
    found: dict[str, None] = {}
    for line in shelf.lines_about(key):
        with legible(lambda: f"entry {line.sequence}"):  # noqa: B023 - used up within
            commitments = commitments_about(key, line)
        for commitment in commitments:
            text = shelf.find_text(commitment)
            if text is not None and text.text is not None:
                found[commitment] = None
    return list(found)


def verify_log(log: Whole) -> Head:
    """Recompute every hash, open every text, look up every key; raises `StoreCorrupt`."""
    head, keys, texts = Head(0, GENESIS), 0, 0
    for line, data in check_chain(log.lines()):
        with legible(lambda: f"entry {line.sequence}"):  # noqa: B023 - used up within
            keys += _check_keys(log, line, data)
            texts += _check_texts(log, data)
        head = Head(line.sequence, line.hash)
    if log.count_keys() != keys:
        raise StoreCorrupt("the lookup table has rows that no entry gives: restore a backup")
    if log.count_texts() != texts:
        raise StoreCorrupt("texts are kept that no entry commits to: restore a backup")
    return head


def _check_keys(log: Whole, line: Line, data: Json) -> int:
    keys = keys_of(line.kind, data)
    for key in keys:
        if not log.is_about(key, line.sequence):
            raise StoreCorrupt(
                f"the lookup table lacks entry {line.sequence} under {key!r}: restore a backup"
            )
    return len(keys)


def _check_texts(log: Whole, data: Json) -> int:
    commitments = list(commitments_in(data))
    for commitment in commitments:
        open_text(commitment, log.find_text)
    return len(commitments)
