"""What is known as it stands: folded from the entries about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, tee

from graph_service.domain.actors import Actor
from graph_service.domain.admission import decide
from graph_service.domain.claims import Claim, ClaimRecord, Decision, Evidence
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import NotFound, StoreCorrupt
from graph_service.domain.identity import Judgement
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.stores.base import Entry, Head, Store
from graph_service.stores.damage import legible
from graph_service.stores.log import GENESIS

TOGETHER = 1_000
"""So many entries are looked at together."""


@dataclass(frozen=True, slots=True)
class ClaimHistory:
    """A claim with all its evidence as it stands now, and every entry about it, oldest first."""

    record: ClaimRecord
    history: tuple[Entry, ...]


def history_of(id_: str, entries: Iterable[Entry]) -> ClaimHistory:
    """The claim of that id with everything about it; raises `NotFound` where these entries tell of
    none."""
    told = tuple(entries)
    with legible(lambda: f"the lookup table under {id_!r}"):
        record = fold_claim(told)
        if record is None:
            raise NotFound("claim", id_)
        return ClaimHistory(record, told)


def fold_evidence(id_: str, entries: Iterable[Entry]) -> tuple[Claim, Evidence] | None:
    """A piece of evidence as it stands after these entries about it, with its claim."""
    found: tuple[Claim, Evidence] | None = None
    for entry in entries:
        match entry.record:
            case ClaimRecord() as record:
                pieces = (piece for piece in record.evidence if piece.id == id_)
                found = next(((record.claim, piece) for piece in pieces), found)
            case Decision() as decision if decision.evidence == id_ and found is not None:
                found = found[0], _decided(entry, decision, found[1])
    return found


def fold_claim(entries: Iterable[Entry]) -> ClaimRecord | None:
    """A claim with all its evidence as it stands after these entries about it."""
    claim: Claim | None = None
    pieces: dict[str, Evidence] = {}
    for entry in entries:
        match entry.record:
            case ClaimRecord() as record:
                claim = record.claim
                pieces.update((piece.id, piece) for piece in record.evidence)
            case Decision() as decision:
                id_ = decision.evidence
                pieces[id_] = _decided(entry, decision, pieces.get(id_))
    return None if claim is None else ClaimRecord(claim, tuple(pieces.values()))


def _decided(entry: Entry, decision: Decision, piece: Evidence | None) -> Evidence:
    with legible(lambda: f"entry {entry.sequence}"):
        if piece is None:
            raise LookupError("it decides on evidence that is not there")
        return decide(piece, decision)


def as_they_stand(store: Store, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Record]]:
    """Entries with their records; for a decision, the claim with the piece of evidence after it."""
    rest = iter(entries)
    while some := list(islice(rest, TOGETHER)):
        decided = [one.record.evidence for one in some if isinstance(one.record, Decision)]
        about_each = store.about_each(decided)
        for entry in some:
            if isinstance(entry.record, Decision):
                yield entry, _decided_on(entry, entry.record, next(about_each))
            else:
                yield entry, entry.record


def _decided_on(entry: Entry, decision: Decision, about: Iterable[Entry]) -> ClaimRecord:
    folded = fold_evidence(decision.evidence, _until(about, entry.sequence))
    if folded is None:
        raise StoreCorrupt(
            f"entry {entry.sequence} decides on evidence that is not there: run graph-service "
            "verify, and restore a backup"
        )
    return ClaimRecord(folded[0], (folded[1],))


def head_at(store: Store, sequence: int) -> Head:
    """What the head was at a sequence number; its hash is empty where the log ends before."""
    if sequence == 0:
        return Head(0, GENESIS)
    entries = store.entries(after=sequence - 1, until=sequence)
    return next((Head(sequence, entry.hash) for entry in entries), Head(sequence, ""))


def standing_records(store: Store) -> Iterator[Record]:
    """Everything, as native records have it: sources, episodes, actors, claims with evidence as it
    stands, judgements, each in the order of arrival. What is written meanwhile is left out."""
    until = store.head().sequence
    nouns: dict[type, dict[str, None]] = {Source: {}, Episode: {}, Actor: {}}
    for entry in store.entries(until=until):
        record = entry.record
        if isinstance(record, Source | Episode | Actor):
            nouns[type(record)][f"{type(record).__name__.lower()}:{record.id}"] = None
    for keys in nouns.values():
        for key, entries in zip(keys, store.about_each(keys), strict=True):
            with legible(lambda: f"the lookup table under {key!r}"):  # noqa: B023 - used up within
                yield _until(entries, until)[-1].record
    yield from _claims(store, until)
    for entry in store.entries(until=until):
        if isinstance(entry.record, Judgement):
            yield entry.record


def all_claims(store: Store) -> Iterator[ClaimRecord]:
    """Every claim with evidence as it stands, in the order of arrival. What is written meanwhile is
    left out."""
    return _claims(store, store.head().sequence)


def _claims(store: Store, until: int) -> Iterator[ClaimRecord]:
    entries = store.entries(until=until)
    asked, told = tee(entry for entry in entries if isinstance(entry.record, ClaimRecord))
    keys = (entry.record.claim.id for entry in asked if isinstance(entry.record, ClaimRecord))
    for entry, every in zip(told, store.about_each(keys), strict=True):
        record = fold_claim(_until(every, until))
        if record is not None and every[0].sequence == entry.sequence:
            yield record


def _until(entries: Iterable[Entry], until: int) -> list[Entry]:
    return [entry for entry in entries if entry.sequence <= until]
