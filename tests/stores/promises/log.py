from dataclasses import replace

from graph_service.stores.base import Store
from graph_service.stores.log import GENESIS
from tests.stores.promises.person import PERSON
from tests.stores.telling import actor, claim, judged, nouns, told


class KeepsALog:
    """What is written comes back, in its order, and each entry names the one before it."""

    def test_an_empty_log_has_its_head_at_nothing(self, store: Store) -> None:
        assert store.head() == store.verify()
        assert (store.head().sequence, store.head().hash) == (0, GENESIS)
        assert list(store.entries()) == []

    def test_what_is_written_comes_back_in_its_order(self, store: Store) -> None:
        records = [
            *nouns(),
            told(PERSON),
            claim(passage="It says so.", status="accepted"),
        ]
        judgement = judged()

        receipt = store.append([*records, judgement], by="desk")

        entries = list(store.entries())
        assert [entry.sequence for entry in entries] == list(range(1, 8))
        assert [entry.record for entry in entries[:5]] == records[:5]
        assert entries[6].record == replace(judgement, by="desk", at=entries[6].at)
        assert receipt.sequence == receipt.written == 7
        assert {entry.by for entry in entries} == {"desk"}

    def test_a_receipt_names_the_claims_and_the_evidence_that_it_is_about(
        self, store: Store
    ) -> None:
        record = claim()

        first = store.append([*nouns(), record], by="desk")
        again = store.append([*nouns(), record], by="desk")

        assert first.claims == again.claims == (record.claim.id,)
        assert first.evidence == again.evidence == (record.evidence[0].id,)
        assert (first.written, first.known) == (5, 0)
        assert (again.written, again.known) == (0, 5)

    def test_writing_the_same_thing_twice_changes_nothing(self, store: Store) -> None:
        records = [*nouns(), told(PERSON), claim(passage="It says so."), judged()]
        store.append(records, by="desk")
        head = store.head()

        store.append(records, by="somebody else")

        assert store.head() == head

    def test_an_actor_told_anew_replaces_what_was_known(self, begun: Store) -> None:
        renamed = actor("iran", description="A republic.")

        begun.append([renamed], by="desk")

        assert begun.about("actor:iran")[-1].record == renamed
        assert len(begun.about("actor:iran")) == 2

    def test_a_long_stream_is_written_as_it_comes(self, begun: Store) -> None:
        receipt = begun.append((actor(f"a{n}") for n in range(2_500)), by="desk")

        assert receipt.written == 2_500
        assert len(list(begun.entries(after=receipt.sequence - 2_500))) == 2_500

    def test_a_stretch_of_the_log_can_be_read(self, begun: Store) -> None:
        assert [entry.sequence for entry in begun.entries(after=2, until=4)] == [3, 4]
        assert list(begun.entries(after=100)) == []

    def test_nothing_is_about_what_is_not_known(self, begun: Store) -> None:
        assert begun.about("actor:nobody") == ()
        assert begun.about("c_nothing") == ()

    def test_each_entry_names_the_hash_before_it(self, begun: Store) -> None:
        entries = list(begun.entries())

        assert [entry.previous for entry in entries] == [
            GENESIS,
            *(entry.hash for entry in entries[:-1]),
        ]
        assert begun.head().hash == entries[-1].hash

    def test_a_log_names_itself(self, store: Store) -> None:
        assert store.url.split(":")[0] in ("memory", "sqlite", "bolt")
        assert store.read_only is False
