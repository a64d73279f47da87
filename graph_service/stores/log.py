"""The lines of the log: how a record becomes text that can be hashed, and comes back.

A line's hash covers its place, its payload, who wrote it, when, and the hash of the line before.
Passages, reasons and personal texts are not in the payload: a salted commitment stands in for
each, and the text is kept apart, so that it can be erased while the chain still verifies.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any

import orjson

from graph_service.domain.clocks import GRACE
from graph_service.domain.errors import StoreCorrupt, StoreUnavailable
from graph_service.domain.periods import instant
from graph_service.stores.base import Head, Line, Text
from graph_service.stores.damage import legible

GENESIS = "0" * 64
END = 2**62
"""A sequence number after every other."""
SALT_BYTES = 32

_NESTED = (dict, list)

Json = dict[str, Any]
FindText = Callable[[str], Text | None]


def now() -> datetime:
    """The time by this machine, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a store takes from the world around it: the time, salts, and seconds of patience."""

    clock: Callable[[], datetime] = now
    salts: Callable[[int], bytes] = token_bytes
    patience: float = 5.0


def time_of(line: Line) -> datetime:
    """When a line was written."""
    with legible(lambda: f"entry {line.sequence}"):
        return datetime.fromisoformat(line.at)


def time_after(last: Line | None, time: datetime) -> datetime:
    """The time of an entry that is written at `time` after the last one, and never before it;
    raises `StoreUnavailable` where the last one lies too far in the future to wait for."""
    # What was known at a time is read off the times of entries. Were they to run backwards with a
    # clock that was set back, a question about the past would change its answer later.
    if last is None:
        return time
    before = time_of(last)
    if before - time > GRACE:
        raise StoreUnavailable(
            f"entry {last.sequence} was written at {last.at}, and it is {instant(time)} by this "
            "machine: set its clock right; if it is right, the clock was wrong then, and an export "
            "of the records can be imported into a new store"
        )
    return max(before, time)


def canonical(data: Json) -> str:
    """The one way in which a payload is written: compact, keys sorted, UTF-8."""
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode()


def head_of(last: Line | None) -> Head:
    """The end of a log whose last line this is."""
    return Head(0, GENESIS) if last is None else Head(last.sequence, last.hash)


def link(head: Head, kind: str, payload: str, by: str, at: str) -> Line:
    """The line that follows `head`."""
    sequence = head.sequence + 1
    digest = chain_hash(sequence, kind, payload, by, at, head.hash)
    return Line(sequence, kind, payload, by, at, head.hash, digest)


def chain_hash(sequence: int, kind: str, payload: str, *rest: str) -> str:
    """SHA-256 of the JSON array [sequence, kind, payload, by, at, previous]."""
    row = [sequence, kind, orjson.Fragment(payload), *rest]
    return hashlib.sha256(orjson.dumps(row)).hexdigest()


def commit_to(salt: bytes, text: str) -> str:
    """The commitment to a text: SHA-256 of its salt and its UTF-8."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def commitments_in(data: Json) -> list[str]:
    """Every commitment in a payload."""
    found: list[str] = []
    values: list[Any] = [data]
    for value in values:  # which grows meanwhile: far quicker than a call for each
        if isinstance(value, list):
            values += value
        elif isinstance(value, dict):
            if value.keys() == {"commitment"}:
                found.append(value["commitment"])
            else:
                # An actor's identifiers are free: one of them may be called "commitment".
                items = value.items()
                values += [one for name, one in items if isinstance(one, _NESTED) and name != "ids"]
    return found


def commitments_of(line: Line) -> list[str]:
    """Every commitment in the payload of a line."""
    if '"commitment"' not in line.payload:  # far quicker than to read it
        return []
    return commitments_in(orjson.loads(line.payload))


def open_text(commitment: str, find: FindText) -> str | None:
    """The text behind a commitment, None once erased; raises `StoreCorrupt` if it is another."""
    found = find(commitment)
    if found is None:
        raise StoreCorrupt(
            f"the text behind the commitment {commitment[:12]}… is gone without having been "
            "erased: restore the store from a backup"
        )
    if found.salt is None or found.text is None:
        return None
    if commit_to(found.salt, found.text) != commitment:
        raise StoreCorrupt(
            f"the text behind the commitment {commitment[:12]}… was changed: restore the store "
            "from a backup"
        )
    return found.text


def check_line(line: Line, head: Head) -> Json:
    """The payload of the line that should follow `head`; raises `StoreCorrupt` if it does not."""
    if line.sequence != head.sequence + 1:
        raise _fault(line, f"follows {head.sequence}: an entry is missing or was moved")
    if line.previous != head.hash:
        raise _fault(line, "does not name the hash of the entry before")
    check_hash(line)
    try:
        data: Json = orjson.loads(line.payload)
    except orjson.JSONDecodeError as error:
        raise _fault(line, "is no JSON") from error
    return data


def check_hash(line: Line) -> None:
    """Raises `StoreCorrupt` where the line is not what its hash was made of."""
    with legible(lambda: f"entry {line.sequence}"):
        given = chain_hash(line.sequence, line.kind, line.payload, line.by, line.at, line.previous)
    if line.hash != given:
        raise _fault(line, "does not give its hash")


def check_chain(lines: Iterable[Line]) -> Iterator[tuple[Line, Json]]:
    """Each line with its payload, every hash recomputed; raises `StoreCorrupt` at a fault."""
    head = Head(0, GENESIS)
    for line in lines:
        yield line, check_line(line, head)
        head = Head(line.sequence, line.hash)


def _fault(line: Line, what: str) -> StoreCorrupt:
    return StoreCorrupt(
        f"entry {line.sequence} {what}: the log was changed after it was written, restore it "
        "from a backup"
    )
