import threading
from datetime import timedelta

import pytest

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord, Evidence, Status
from graph_service.domain.errors import Conflict, LostUpdate
from graph_service.stores.base import Store
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.memory import MemoryStore
from graph_service.stores.standing import fold_claim, fold_evidence
from tests.stores.promises.person import PERSON
from tests.stores.telling import NOON, actor, claim, decided, nouns, told


def standing(store: Store, record: ClaimRecord) -> Evidence:
    """The first piece of evidence of a record, as it stands in the store."""
    id_ = record.evidence[0].id
    folded = fold_evidence(id_, store.about(id_))
    assert folded is not None
    return folded[1]


class KeepsEvidence:
    """Evidence has its time, its decisions and its claim, and its texts can be erased."""

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

        with pytest.raises(LostUpdate, match="look at it again") as lost:
            begun.append([decided(claim(), "accepted", expected=seen)], by="curator")

        assert (lost.value.claim, lost.value.seen) == (claim().claim.id, seen)
        assert f"is at {seen + 1}, and this decision had seen {seen}" in lost.value.message
        assert standing(begun, claim()).status is Status.PROPOSED

    def test_a_decision_has_seen_what_its_own_write_says_of_the_claim(self, begun: Store) -> None:
        seen, second = begun.head().sequence, claim(locator="page 2")
        decisions = [decided(it, "accepted", expected=seen) for it in (claim(), second)]

        begun.append([second, *decisions], by="curator")

        assert standing(begun, claim()).status is Status.ACCEPTED
        assert standing(begun, second).status is Status.ACCEPTED
        begun.append([decided(claim(), "retracted", expected=begun.head().sequence)], by="curator")
        with pytest.raises(LostUpdate):
            begun.append([claim(locator="page 3"), *decisions], by="curator")

    def test_of_two_who_decide_at_once_one_wins(self, begun: Store) -> None:
        seen = begun.head().sequence
        outcomes: list[str] = []
        together = threading.Barrier(2)

        def decide(verdict: str) -> None:
            together.wait()
            try:
                begun.append([decided(claim(), verdict, expected=seen)], by="curator")
                outcomes.append(verdict)
            except LostUpdate as error:
                outcomes.append(f"{error.claim} at {error.seen}")

        threads = [threading.Thread(target=decide, args=(it,)) for it in ("accepted", "rejected")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        lost = f"{claim().claim.id} at {seen}"
        assert sorted(outcomes) == sorted([standing(begun, claim()).status.value, lost])
        assert begun.head().sequence == seen + 1

    def test_a_decision_told_again_is_known_whatever_it_had_seen(self, begun: Store) -> None:
        seen = begun.head().sequence
        begun.append([decided(claim(), "accepted", expected=seen)], by="curator")

        for again in (None, seen, seen + 1):
            decision = decided(claim(), "accepted", expected=again)
            assert begun.append([decision], by="curator").known == 1
        with pytest.raises(LostUpdate):
            begun.append([decided(claim(), "rejected", expected=seen)], by="curator")
        with pytest.raises(Conflict, match="cannot become rejected"):
            begun.append([decided(claim(), "rejected")], by="curator")

    def test_a_decision_that_saw_the_latest_state_is_taken(self, begun: Store) -> None:
        seen = begun.head().sequence
        begun.append([actor("egypt")], by="desk")

        begun.append([decided(claim(), "accepted", expected=seen)], by="curator")

        assert standing(begun, claim()).status is Status.ACCEPTED

    def test_later_records_of_a_write_rest_on_earlier_ones(self, store: Store) -> None:
        record = claim()

        store.append([*nouns(), record, decided(record, "accepted")], by="desk")

        assert standing(store, record).status is Status.ACCEPTED

    def test_a_name_told_again_after_it_was_erased_is_news(
        self, store: MemoryStore | EmbeddedStore
    ) -> None:
        store.append([told(PERSON)], by="desk")
        store.erase("actor:x")

        assert store.append([told(PERSON)], by="desk").written == 1

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
