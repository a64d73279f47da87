import pytest

from graph_service.domain.errors import Conflict
from graph_service.stores.base import Once, Store
from graph_service.stores.copying import Copied, compare, copy
from graph_service.stores.log import Surroundings
from graph_service.stores.memory import MemoryStore
from tests.stores.promises.person import PERSON
from tests.stores.telling import ONTOLOGY, actor, claim, decided, judged, nouns, ticking, told

RECORD = claim(passage="It says so.", reason="Seen.")
SECOND = claim(locator="p. 2", passage="And so it was.")
PERSON_ERASED = {"record": "actor", "id": "x", "kind": "person", "name": "[erased]"}


def empty() -> MemoryStore:
    return MemoryStore(ONTOLOGY, around=Surroundings(clock=ticking()))


def filled() -> MemoryStore:
    """A store with every kind of record, and texts of which some were erased."""
    store = empty()
    store.append([*nouns(), told(PERSON), RECORD, SECOND], by="desk")
    store.append([decided(RECORD, "accepted", reason="Checked.")], by="curator")
    store.append([judged()], by="curator")
    store.erase(SECOND.evidence[0].id)
    return store


class CopiesLogs:
    """A log is copied as it is, from any store and into any, and goes on where it ended."""

    def test_what_is_copied_into_it_is_the_same_log(self, store: Store) -> None:
        source = filled()

        copied = copy(source, store)

        assert copied == Copied(9, 0, source.head())
        assert store.verify() == source.verify()
        assert list(store.entries()) == list(source.entries())
        assert compare(source, store).are_equal

    def test_what_is_copied_from_it_is_the_same_log(self, store: Store) -> None:
        store.append([*nouns(), told(PERSON), RECORD, judged()], by="desk")
        store.erase("actor:x")
        target = empty()

        copy(store, target)

        assert target.verify() == store.verify()
        assert list(target.entries()) == list(store.entries())
        assert compare(store, target).are_equal

    def test_texts_are_copied_with_their_salts(self, store: Store) -> None:
        source = filled()

        copy(source, store)

        there, here = (
            [{text.commitment: text for text in kept.texts} for kept in each.lines().kept]
            for each in (source, store)
        )
        assert there == here
        assert any(text.salt is None for texts in here for text in texts.values())

    def test_what_was_copied_is_looked_up_like_everything_else(self, store: Store) -> None:
        source = filled()

        copy(source, store)

        keys = ["actor:x", "source:paper", RECORD.claim.id, RECORD.evidence[0].id]
        assert [store.about(key) for key in keys] == [source.about(key) for key in keys]

    def test_copying_again_changes_nothing(self, store: Store) -> None:
        source = filled()
        head = copy(source, store).head

        assert copy(source, store) == Copied(0, 0, head)
        assert store.take(source.lines()) == head == store.verify()

    def test_copying_after_more_was_written_copies_the_rest(self, store: Store) -> None:
        source = filled()
        copy(source, store)
        source.append([actor("egypt"), claim(locator="p. 3", passage="Again.")], by="desk")

        assert copy(source, store) == Copied(2, 0, source.head())
        assert list(store.entries()) == list(source.entries())

    def test_what_was_erased_before_is_not_copied(self, store: Store) -> None:
        source = filled()

        copy(source, store)

        texts = [text for kept in store.lines().kept for text in kept.texts]
        assert "And so it was." not in {text.text for text in texts}
        assert store.lines().erased == source.lines().erased
        assert len(store.lines().erased) == 1

    def test_what_is_erased_in_the_source_is_erased_by_the_next_copy(self, store: Store) -> None:
        source = filled()
        head = copy(source, store).head

        source.erase("actor:x")

        assert copy(source, store) == Copied(0, 3, head)
        assert list(store.entries()) == list(source.entries())
        assert store.about("actor:x")[-1].record == told(PERSON_ERASED)
        assert store.verify() == head
        assert copy(source, store) == Copied(0, 0, head)

    def test_what_is_erased_in_the_copy_alone_stays_erased(self, store: Store) -> None:
        source = filled()
        copy(source, store)

        store.erase("actor:x")

        assert copy(source, store).erased == 0
        assert compare(source, store).erased_in_other == (5,)

    def test_what_was_copied_replaces_what_was_known(self, store: Store) -> None:
        source = filled()
        copy(source, store)
        store.append(nouns(), by="desk")
        source.append([actor("iran", description="A republic.")], by="desk")
        copy(source, store)

        receipt = store.append([actor("iran")], by="desk")

        assert receipt.written == 1

    def test_a_store_that_went_its_own_way_is_no_copy(self, store: Store) -> None:
        source = filled()
        copy(source, store)
        source.append([actor("egypt"), actor("qatar")], by="desk")
        store.append([actor("oman")], by="desk")
        head = store.head()

        with pytest.raises(Conflict, match=r"differs from memory: from entry 10 on.*of its own"):
            copy(source, store)
        with pytest.raises(Conflict, match="entry 10 is another one here"):
            store.take(source.lines(until=10))
        with pytest.raises(Conflict, match="entry 10 is another one here"):
            store.take(source.lines(after=10))

        assert store.verify() == head

    def test_a_store_that_was_written_to_is_no_copy_any_more(self, store: Store) -> None:
        source = filled()
        copy(source, store)
        store.append([actor("oman")], by="desk")

        with pytest.raises(Conflict, match=r"after entry 9 with entries that memory: lacks"):
            copy(source, store)

    def test_an_identifier_called_commitment_is_no_text(self, store: Store) -> None:
        source = empty()
        source.append([actor("iran", ids={"commitment": "f" * 64})], by="desk")

        copy(source, store)

        assert list(store.entries()) == list(source.entries())

    def test_keys_of_writes_are_not_copied(self, store: Store) -> None:
        once = Once("first attempt", "a" * 64)
        source = empty()
        source.append([actor("egypt")], by="desk", once=once)
        copy(source, store)

        receipt = store.append([actor("egypt")], by="desk", once=once)

        assert (receipt.replayed, receipt.known) == (False, 1)

    def test_two_logs_are_compared_entry_by_entry_and_text_by_text(self, store: Store) -> None:
        source = filled()
        store.take(source.lines(until=6))

        behind = compare(source, store)
        copy(source, store)
        source.erase(RECORD.evidence[0].id)
        erased = compare(source, store)
        source.append([actor("egypt")], by="desk")
        store.append([actor("qatar")], by="desk")
        forked = compare(source, store)

        assert (behind.one.sequence, behind.other.sequence) == (9, 6)
        assert (behind.differ_at, behind.erased_in_one, behind.erased_in_other) == (None, (), ())
        assert (erased.differ_at, erased.erased_in_one) == (None, (6, 8))
        assert (forked.differ_at, forked.erased_in_one) == (10, (6, 8))
        assert not any(found.are_equal for found in (behind, erased, forked))
