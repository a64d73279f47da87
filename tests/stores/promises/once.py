import threading
from dataclasses import replace

import pytest

from graph_service.domain.errors import Conflict, InvalidRecord
from graph_service.stores.base import Once, Receipt, Store
from tests.stores.telling import actor, claim, source

ONCE = Once("first attempt", "a" * 64)


class RemembersWrites:
    """A write that was given a key is the same write however often it is asked for."""

    def test_a_retry_writes_nothing_and_answers_the_first_receipt(self, begun: Store) -> None:
        renamed = [source(title=title) for title in ("A", "B", "A")]
        first = begun.append([*renamed, claim(locator="p. 9")], by="desk", once=ONCE)
        begun.append([actor("egypt")], by="desk")
        head = begun.head()

        again = begun.append([*renamed, claim(locator="p. 9")], by="desk", once=ONCE)

        assert again == replace(first, replayed=True)
        assert (first.replayed, first.written, len(first.claims)) == (False, 4, 1)
        assert begun.head() == head == begun.verify()

    def test_without_a_key_a_retry_is_another_write(self, begun: Store) -> None:
        renamed = [source(title=title) for title in ("A", "B", "A")]

        receipts = [begun.append(renamed, by="desk") for _ in range(2)]

        assert [receipt.written for receipt in receipts] == [3, 2]

    def test_a_retry_does_not_read_its_records(self, begun: Store) -> None:
        begun.append([actor("egypt")], by="desk", once=ONCE)
        unread = iter([actor("egypt")])

        begun.append(unread, by="desk", once=ONCE)

        assert list(unread) == [actor("egypt")]

    def test_a_key_of_another_write_is_a_conflict(self, begun: Store) -> None:
        begun.append([actor("egypt")], by="desk", once=ONCE)
        head = begun.head()

        with pytest.raises(Conflict, match=r"'first attempt'.* a key of its own"):
            begun.append([actor("qatar")], by="desk", once=Once(ONCE.key, "b" * 64))

        assert begun.head() == head

    def test_each_writer_has_keys_of_its_own(self, begun: Store) -> None:
        begun.append([actor("egypt")], by="desk", once=ONCE)

        receipt = begun.append([actor("qatar")], by="other", once=Once(ONCE.key, "b" * 64))

        assert (receipt.written, receipt.replayed) == (1, False)

    def test_a_refused_write_is_not_remembered(self, begun: Store) -> None:
        with pytest.raises(InvalidRecord):
            begun.append([actor("egypt"), claim("nobody")], by="desk", once=ONCE)

        receipt = begun.append([actor("egypt")], by="desk", once=Once(ONCE.key, "b" * 64))

        assert (receipt.written, receipt.replayed) == (1, False)

    def test_a_write_of_nothing_new_is_remembered_too(self, begun: Store) -> None:
        first = begun.append([claim()], by="desk", once=ONCE)
        begun.append([actor("egypt")], by="desk")

        assert begun.append([claim()], by="desk", once=ONCE) == replace(first, replayed=True)
        assert (first.written, first.known) == (0, 1)

    def test_of_many_threads_with_one_key_one_writes(self, begun: Store) -> None:
        before = begun.head().sequence
        receipts: list[Receipt] = []
        together = threading.Barrier(8)

        def write() -> None:
            together.wait()
            renamed = [source(title=title) for title in ("A", "B", "A")]
            receipts.append(begun.append(renamed, by="desk", once=ONCE))

        threads = [threading.Thread(target=write) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert begun.verify().sequence == before + 3
        assert sorted(receipt.replayed for receipt in receipts) == [False, *[True] * 7]
        assert {receipt.sequence for receipt in receipts} == {before + 3}

    @pytest.mark.parametrize("key", ["", " ", "a\nb", "\ud800", "x" * 201])
    def test_a_key_that_cannot_be_shown_is_refused(self, key: str) -> None:
        with pytest.raises(InvalidRecord, match="printable"):
            Once(key, "a" * 64)
