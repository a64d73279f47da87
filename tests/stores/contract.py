"""What every store keeps. A store's tests inherit `StoreContract` and say how one is opened."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord, Decision, Evidence, Status
from graph_service.domain.errors import Conflict, GraphError, InvalidRecord, NotFound
from graph_service.domain.records import Record
from graph_service.stores.base import Store
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.log import GENESIS
from graph_service.stores.memory import MemoryStore
from graph_service.stores.standing import fold_claim, fold_evidence
from tests.stores.telling import NOON, actor, claim, decided, judged, nouns, source, told

PERSON = {
    "record": "actor", "id": "x", "kind": "person", "name": "Xenia Example",
    "aliases": [{"text": "Xenia", "scope": "name"}], "description": "Said to live in Exampleville.",
}  # fmt: skip

REFUSED: list[tuple[str, Record, type[GraphError], str | None]] = [
    ("unknown subject", claim("nobody"), InvalidRecord, "subject"),
    ("unknown object", claim(object_="nobody"), InvalidRecord, "object"),
    ("kind not allowed", claim("hamas", "heads", "iran", when="2020/.."), InvalidRecord, "subject"),
    ("unknown source", claim(source="rumour"), InvalidRecord, "evidence[0].source"),
    ("unknown episode", claim(episode="talks"), InvalidRecord, "episode"),
    (
        "undated source and unknown side",
        claim(relation="backs", when="/..", source="undated"),
        InvalidRecord,
        "evidence[0].source",
    ),
    ("another kind", actor("iran", "person"), Conflict, None),
    ("same evidence, other content", claim(confidence=0.5), Conflict, None),
    ("unknown evidence", Decision("e_none", Status.ACCEPTED, "curator"), NotFound, None),
    ("unknown actor", judged("iran", "nobody"), InvalidRecord, "actor"),
    ("retracted before accepted", decided(claim(), "retracted"), Conflict, None),
    ("half a surrogate", Actor("y", "state", "\ud800"), InvalidRecord, None),
]


def standing(store: Store, record: ClaimRecord) -> Evidence:
    """The first piece of evidence of a record, as it stands in the store."""
    id_ = record.evidence[0].id
    folded = fold_evidence(id_, store.about(id_))
    assert folded is not None
    return folded[1]


class StoreContract:
    """A store opened by the fixture `store` behaves like every other."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Any:  # noqa: ANN401 - a store, or one that yields it
        raise NotImplementedError

    @pytest.fixture
    def begun(self, store: Store) -> Store:
        store.append([*nouns(), source("undated", published=None), claim()], by="desk")
        return store

    def test_an_empty_log_has_its_head_at_nothing(self, store: Store) -> None:
        assert store.head() == store.verify()
        assert (store.head().sequence, store.head().hash) == (0, GENESIS)
        assert list(store.entries()) == []

    def test_what_is_written_comes_back_in_its_order(self, store: Store) -> None:
        records = [
            *nouns(),
            told(PERSON),
            claim(passage="It says so.", status="accepted"),
            judged(),
        ]

        receipt = store.append(records, by="desk")

        entries = list(store.entries())
        assert [entry.sequence for entry in entries] == list(range(1, 8))
        assert [entry.record for entry in entries[:5]] == records[:5]
        assert entries[6].record == records[6]
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

    def test_evidence_is_stamped_with_the_time_of_the_store(self, begun: Store) -> None:
        (entry,) = begun.about(claim().claim.id)

        piece = standing(begun, claim(recorded_at="2020-01-01T00:00:00Z"))

        assert piece.recorded_at == entry.at >= NOON

    def test_history_is_kept_where_that_is_asked_for(self, store: Store) -> None:
        record = claim(
            status="retracted",
            recorded_at="2020-01-01T00:00:00Z",
            decided_at="2020-01-02T00:00:00.000001Z",
            decided_by="curator",
            retracted_at="2020-01-03T00:00:00Z",
            reason="The paper withdrew it.",
        )

        store.append([*nouns(), record], by="desk", keep_history=True)

        assert standing(store, record) == record.evidence[0]

    def test_new_evidence_joins_the_claim_that_is_known(self, begun: Store) -> None:
        second = claim(locator="page 2")

        begun.append([second], by="desk")

        folded = fold_claim(begun.about(second.claim.id))
        assert folded is not None
        assert [piece.id for piece in folded.evidence] == [
            claim().evidence[0].id,
            second.evidence[0].id,
        ]

    def test_decisions_follow_the_life_of_evidence(self, begun: Store) -> None:
        begun.append([decided(claim(), "accepted", reason="Checked.")], by="curator")
        accepted = standing(begun, claim())
        begun.append([decided(claim(), "retracted", reason="Withdrawn.")], by="curator")
        retracted = standing(begun, claim())

        assert accepted.status is Status.ACCEPTED
        assert accepted.reason == "Checked."
        assert retracted.status is Status.RETRACTED
        assert retracted.accepted_at == accepted.decided_at
        assert retracted.retracted_at == accepted.decided_at + timedelta(seconds=1)  # type: ignore[operator] # both decided

    def test_a_decision_is_about_its_evidence_and_its_claim(self, begun: Store) -> None:
        receipt = begun.append([decided(claim(), "accepted")], by="curator")

        assert begun.about(claim().claim.id)[-1] == begun.about(claim().evidence[0].id)[-1]
        assert begun.about(claim().claim.id)[-1].sequence == receipt.sequence
        assert receipt.claims == (claim().claim.id,)
        assert receipt.evidence == (claim().evidence[0].id,)

    def test_a_decision_that_saw_an_older_state_is_a_conflict(self, begun: Store) -> None:
        seen = begun.head().sequence
        begun.append([claim(locator="page 2")], by="desk")

        with pytest.raises(Conflict, match="look at it again"):
            begun.append([decided(claim(), "accepted", expected=seen)], by="curator")

    def test_a_decision_that_saw_the_latest_state_is_taken(self, begun: Store) -> None:
        seen = begun.head().sequence
        begun.append([actor("egypt")], by="desk")

        begun.append([decided(claim(), "accepted", expected=seen)], by="curator")

        assert standing(begun, claim()).status is Status.ACCEPTED

    def test_later_records_of_a_write_rest_on_earlier_ones(self, store: Store) -> None:
        record = claim()

        store.append([*nouns(), record, decided(record, "accepted")], by="desk")

        assert standing(store, record).status is Status.ACCEPTED

    @pytest.mark.parametrize(
        ("record", "error", "field"),
        [pytest.param(*case[1:], id=case[0]) for case in REFUSED],
    )
    def test_what_cannot_be_is_refused_and_nothing_of_its_write_stays(
        self, begun: Store, record: Record, error: type[GraphError], field: str | None
    ) -> None:
        head, entries = begun.head(), list(begun.entries())

        with pytest.raises(error) as refused:
            begun.append([actor("egypt"), claim(locator="p. 9"), record], by="desk")

        assert getattr(refused.value, "field", None) == field
        assert begun.head() == head == begun.verify()
        assert list(begun.entries()) == entries
        assert begun.about("actor:egypt") == ()
        assert begun.about(claim(locator="p. 9").evidence[0].id) == ()

    def test_a_write_that_breaks_off_leaves_nothing(self, begun: Store) -> None:
        head = begun.head()

        def breaking() -> Iterator[Record]:
            yield actor("egypt")
            yield told(PERSON)
            raise RuntimeError("the network went away")

        with pytest.raises(RuntimeError, match="went away"):
            begun.append(breaking(), by="desk")

        assert begun.head() == head == begun.verify()
        begun.append([actor("egypt")], by="desk")
        assert begun.verify().sequence == head.sequence + 1

    def test_whoever_writes_must_have_a_name(self, begun: Store) -> None:
        with pytest.raises(InvalidRecord, match="by is empty"):
            begun.append([actor("egypt")], by=" ")

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

    def test_erased_texts_are_gone_and_the_log_still_verifies(
        self, store: MemoryStore | EmbeddedStore
    ) -> None:
        record = claim(passage="Xenia Example was there.", reason="Seen.")
        other = claim(locator="page 2", passage="So it was.")
        store.append([*nouns(), told(PERSON), record, other], by="desk")
        head = store.head()

        assert store.erase("actor:x") == 3
        assert store.erase(record.evidence[0].id) == 2
        assert store.erase(record.evidence[0].id) == 0

        person = store.about("actor:x")[-1].record
        assert person == Actor("x", "person", "[erased]")
        assert standing(store, record).passage is None
        assert standing(store, record).reason is None
        assert standing(store, other).passage == "So it was."
        assert store.verify() == head

    def test_a_log_names_itself(self, store: Store) -> None:
        assert store.url.split(":")[0] in ("memory", "sqlite")
        assert store.read_only is False
