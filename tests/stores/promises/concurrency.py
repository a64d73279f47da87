import threading

from graph_service.domain.actors import Actor
from graph_service.domain.errors import InvalidRecord
from graph_service.stores.base import Store
from tests.stores.telling import actor, claim


class WritesTogether:
    """Writes and reads of many threads do not hurt one another."""

    def test_writes_of_many_threads_are_all_kept_whole(self, begun: Store) -> None:
        before = begun.head().sequence
        receipts = []

        def write(number: int) -> None:
            for turn in range(5):
                pair = [actor(f"a-{number}-{turn}"), actor(f"b-{number}-{turn}")]
                receipts.append(begun.append(pair, by=f"desk {number}"))

        threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        ids = [e.record.id for e in begun.entries(after=before) if isinstance(e.record, Actor)]
        assert begun.verify().sequence == before + 80
        assert sorted(receipt.sequence for receipt in receipts) == list(
            range(before + 2, before + 81, 2)
        )
        assert all(a[1:] == b[1:] for a, b in zip(ids[::2], ids[1::2], strict=True))

    def test_a_refused_write_among_good_ones_hurts_only_itself(self, begun: Store) -> None:
        before = begun.head().sequence
        outcomes: list[object] = []

        def write(number: int) -> None:
            bad = number % 3 == 0
            try:
                records = [actor(f"a{number}"), claim("nobody") if bad else actor(f"b{number}")]
                outcomes.append(begun.append(records, by="desk").written)
            except InvalidRecord as error:
                outcomes.append(error.field)

        threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(map(str, outcomes)) == ["2"] * 8 + ["subject"] * 4
        assert begun.verify().sequence == before + 16

    def test_the_log_can_be_read_while_it_is_written(self, begun: Store) -> None:
        begun.append((actor(f"x{n}") for n in range(1_500)), by="desk")
        seen = begun.head().sequence
        reading = begun.entries(until=seen)
        first = next(reading)

        begun.append([actor("egypt")], by="desk")

        assert [first.sequence, *(entry.sequence for entry in reading)] == list(range(1, seen + 1))
        assert begun.head().sequence == seen + 1
