"""Copying the log of one store into another, following it, and comparing the two.

What is copied is the log and nothing else. What a store remembers of writes that were given a key
stays behind: a write that is repeated goes to the store that it went to first.
"""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from graph_service.domain.errors import (
    Conflict,
    InvalidQuestion,
    StoreCorrupt,
    StoreUnavailable,
)
from graph_service.stores import cycles
from graph_service.stores.base import Head, Kept, Store, Stretch
from graph_service.stores.log import GENESIS
from graph_service.stores.taking import TAKEN
from graph_service.stores.urls import NEO4J, file_of

PAUSE = 0.5
"""Seconds between two looks at a log that is followed."""
STEP = 1_000

Progress = Callable[[int, int], None]
"""Told how many entries were read, and of how many."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did: how many entries the target took over, how many texts that it had were
    erased as in the source, and the end of its log."""

    entries: int
    erased: int
    head: Head


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sound logs: the end of each, the first entry at which they differ (None where one begins
    with the other), and the entries they share in which only one has a text erased."""

    one: Head
    other: Head
    differ_at: int | None
    erased_in_one: tuple[int, ...]
    erased_in_other: tuple[int, ...]

    @property
    def are_equal(self) -> bool:
        """Whether they agree in every entry and every text."""
        return self.one == self.other and not self.erased_in_one and not self.erased_in_other


def check_apart(source: str, target: str) -> None:
    """Raises `InvalidQuestion` where two URLs name one store."""
    one, other = file_of(source), file_of(target)
    if one is None or other is None:
        same = _place_of(source) == _place_of(target)
    else:
        same = one.exists() and other.exists() and one.samefile(other)
    if same:
        raise InvalidQuestion(f"{source} is no copy of itself: name another", parameter="target")


def _place_of(url: str) -> object:
    """What tells a store from others, as far as its URL does."""
    parts = urlsplit(url)
    if parts.scheme not in NEO4J:
        return url
    database = parts.path.strip("/").lower() or "neo4j"
    return parts.hostname, parts.port or 7687, database


def copy(source: Store, target: Store, *, progress: Progress = lambda done, total: None) -> Copied:
    """Bring the target up to where the source's log ends now, every id, hash and time as it is.

    What the target has is not read again, but for texts that were erased in the source since.
    Raises `Conflict` where the source does not begin with what the target has.
    """
    end, head = source.head(), target.head()
    _check_begins(source, end, target, head)
    stretch = source.lines(after=head.sequence, until=end.sequence)
    erased = _erase(stretch.erased, target)
    total = end.sequence - head.sequence
    with cycles.unsought():
        now = target.take(Stretch(_told(source, stretch.kept, lambda done: progress(done, total))))
    return Copied(now.sequence - head.sequence, erased, now)


def follow(
    source: Store,
    target: Store,
    *,
    progress: Progress = lambda done, total: None,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Copied | StoreUnavailable]:
    """Copy again and again, for ever; answers what each copy did, or why it has to be tried again
    since one of the two is not at hand."""
    while True:
        try:
            found: Copied | StoreUnavailable = copy(source, target, progress=progress)
        except StoreUnavailable as error:
            found = error
        yield found
        wait(PAUSE)


def compare(one: Store, other: Store) -> Comparison:
    """Verify both logs and say where they differ; raises `StoreCorrupt` where one is not sound."""
    head, other_head = _verified(one), _verified(other)
    shared = min(head.sequence, other_head.sequence)
    first = _first_difference(one, other, shared)
    until = shared if first is None else first - 1
    erased, erased_there = _erased(one), _erased(other)
    return Comparison(
        head,
        other_head,
        first,
        _entries_with(erased - erased_there, one, until),
        _entries_with(erased_there - erased, other, until),
    )


def _verified(store: Store) -> Head:
    with _named(store):
        return store.verify()


def _check_begins(source: Store, end: Head, target: Store, head: Head) -> None:
    if head.sequence <= end.sequence and _hash_at(source, head.sequence) == head.hash:
        return
    shared = min(head.sequence, end.sequence)
    first = _first_difference(source, target, shared)
    if first is None:
        what = f"goes on after entry {shared} with entries that {source.url} lacks"
    else:
        what = f"differs from {source.url} from entry {first} on"
    raise Conflict(f"{target.url} {what}, and is no copy of it: copy into a store of its own")


def _first_difference(one: Store, other: Store, until: int) -> int | None:
    # A hash covers all that comes before, so that two logs that agree at an entry agree up to it.
    first = bisect_left(
        range(until + 1), True, key=lambda at: _hash_at(one, at) != _hash_at(other, at)
    )
    return first if first <= until else None


def _hash_at(store: Store, sequence: int) -> str | None:
    if sequence == 0:
        return GENESIS
    return next((one.hash for one in store.entries(after=sequence - 1, until=sequence)), None)


def _erased(store: Store) -> frozenset[str]:
    return store.lines(until=0).erased


def _erase(erased: frozenset[str], target: Store) -> int:
    before = _erased(target)
    if erased <= before:
        return 0
    target.take(Stretch((), erased - before))
    return len(_erased(target) - before)


def _entries_with(commitments: frozenset[str], store: Store, until: int) -> tuple[int, ...]:
    if not commitments:
        return ()
    return tuple(
        kept.line.sequence
        for kept in store.lines(until=until).kept
        if any(text.commitment in commitments for text in kept.texts)
    )


def _told(source: Store, kept: Iterable[Kept], tell: Callable[[int], None]) -> Iterator[Kept]:
    with _named(source):
        for done, each in enumerate(kept):
            if done % STEP == 0:
                tell(done)
            if done % TAKEN == 0:
                cycles.seek_young()
            yield each


@contextmanager
def _named(store: Store) -> Iterator[None]:
    try:
        yield
    except StoreCorrupt as error:
        error.add_note(store.url)
        raise
