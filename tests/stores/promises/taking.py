from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pytest

from graph_service.domain.errors import Conflict, StoreCorrupt
from graph_service.stores.base import Kept, Store, Stretch, Text
from graph_service.stores.log import GENESIS, chain_hash
from graph_service.stores.taking import TAKEN
from tests.stores.promises.copying import empty, filled
from tests.stores.telling import actor

MORE = 500


@cache
def long_log() -> tuple[Kept, ...]:
    """A log that takes more than one transaction to be taken over."""
    store = empty()
    store.append([actor(f"a{n}") for n in range(TAKEN + MORE)], by="desk")
    return tuple(store.lines().kept)


def broken_after(number: int, kept: Iterable[Kept]) -> Iterator[Kept]:
    for done, each in enumerate(kept):
        if done == number:
            raise ConnectionResetError("the source went away")
        yield each


def changed(kept: Kept, **fields: Any) -> Kept:  # noqa: ANN401 - fields
    return kept._replace(line=kept.line._replace(**fields))


def with_texts(*texts: Text) -> Callable[[Kept], Kept]:
    return lambda kept: kept._replace(texts=texts)


def rehashed(kept: Kept) -> Kept:
    """A line whose hash is its own, but not what the line after it names."""
    line = kept.line._replace(by="somebody else")
    digest = chain_hash(*line[:6])
    return kept._replace(line=line._replace(hash=digest))


TAMPERED: dict[str, Callable[[Kept], Kept]] = {
    "the payload": lambda kept: changed(kept, payload=kept.line.payload.replace("0.8", "0.9")),
    "the payload is no JSON": lambda kept: changed(kept, payload="{"),
    "the kind": lambda kept: changed(kept, kind="actor"),
    "who wrote it": lambda kept: changed(kept, by="somebody else"),
    "when": lambda kept: changed(kept, at="2020-01-01T00:00:00Z"),
    "the hash before": lambda kept: changed(kept, previous=GENESIS),
    "the hash": lambda kept: changed(kept, hash=GENESIS),
    "everything, hashed anew": rehashed,
    "a text": lambda kept: with_texts(kept.texts[0]._replace(text="It does not."))(kept),
    "a salt": lambda kept: with_texts(kept.texts[0]._replace(salt=bytes(32)))(kept),
    "texts that are gone": with_texts(),
}


class TakesLines:
    """Lines of another log are taken as they are, or refused."""

    def test_lines_that_are_there_already_are_passed_over(self, store: Store) -> None:
        source = filled()
        store.take(source.lines(until=4))
        source.append([actor("egypt")], by="desk")

        assert store.take(source.lines(after=2)) == source.head() == store.verify()

    def test_a_stretch_of_lines_can_be_read(self, begun: Store) -> None:
        def places(**where: int) -> list[int]:
            return [kept.line.sequence for kept in begun.lines(**where).kept]

        assert places() == [1, 2, 3, 4, 5, 6]
        assert places(after=2, until=4) == [3, 4]
        assert places(after=6) == places(until=0) == []

    def test_a_copy_that_is_broken_off_goes_on_where_it_ended(self, store: Store) -> None:
        log = long_log()
        with pytest.raises(ConnectionResetError):
            store.take(Stretch(broken_after(TAKEN + 1, log)))
        begun = store.head()

        head = store.take(Stretch(log))

        assert (begun.sequence, begun.hash) == (TAKEN, log[TAKEN - 1].line.hash)
        assert (head.sequence, head.hash) == (TAKEN + MORE, log[-1].line.hash)
        assert store.verify() == head

    def test_whoever_writes_in_between_is_told_apart(self, store: Store) -> None:
        def disturbed() -> Iterator[Kept]:
            for done, kept in enumerate(long_log()):
                if done == TAKEN:
                    store.append([actor("intruder")], by="desk")
                yield kept

        with pytest.raises(Conflict, match=f"entry {TAKEN + 1} is another one"):
            store.take(Stretch(disturbed()))

        assert store.verify().sequence == TAKEN + 1
        assert store.about("actor:intruder")[-1].sequence == TAKEN + 1

    def test_lines_that_leave_a_gap_are_refused(self, store: Store) -> None:
        source = filled()
        store.take(source.lines(until=3))

        with pytest.raises(Conflict, match=r"entry 5 does not follow entry 3.*from entry 4 on"):
            store.take(source.lines(after=4))

        assert store.head().sequence == 3

    @pytest.mark.parametrize("what", TAMPERED)
    def test_a_source_that_was_tampered_with_is_refused(self, store: Store, what: str) -> None:
        kept = list(filled().lines().kept)
        store.take(Stretch(kept[:4]))
        head = store.head()
        kept[5] = TAMPERED[what](kept[5])

        with pytest.raises(StoreCorrupt, match=r"(entry [67]|text behind).*backup") as raised:
            store.take(Stretch(kept))

        assert raised.value.__notes__ == ["in the log to be copied"]
        assert store.verify() == head

    @pytest.mark.parametrize(
        "order", [(0, 2, 1), (1, 0), (0, 1, 3)], ids=["moved", "turned round", "one is missing"]
    )
    def test_lines_out_of_order_are_refused(self, store: Store, order: tuple[int, ...]) -> None:
        kept = list(filled().lines().kept)

        with pytest.raises((Conflict, StoreCorrupt)):
            store.take(Stretch([kept[place] for place in order]))

        assert store.head() == store.verify()
        assert store.head().sequence == 0
