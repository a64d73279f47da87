from datetime import timedelta

import pytest

from graph_service.domain.errors import Conflict, InvalidRecord
from graph_service.domain.identity import Judgement
from graph_service.domain.records import Record
from graph_service.stores.base import Store
from tests.stores.telling import NOON, actor, judged, told


def judgement(left: str, right: str, verdict: str = "same", **more: str) -> Record:
    """A judgement as somebody tells it, without its clock."""
    return told({"record": "judgement", "left": left, "right": right, "verdict": verdict, **more})


def last(store: Store) -> object:
    return list(store.entries())[-1].record


class KeepsJudgements:
    """Judgements are stamped, may be undone, and never contradict one another."""

    @pytest.fixture
    def peopled(self, begun: Store) -> Store:
        begun.append([*(actor(f"a{n}") for n in range(5)), actor("unknown", "unknown")], by="desk")
        return begun

    def test_a_judgement_is_stamped_with_its_writer_and_the_time(self, peopled: Store) -> None:
        peopled.append([judgement("a0", "a1", reason="one seat, one name")], by="ada")

        found = last(peopled)
        assert isinstance(found, Judgement)
        assert (found.by, found.reason) == ("ada", "one seat, one name")
        assert found.at is not None
        assert found.at > NOON

    def test_with_its_history_a_judgement_keeps_who_and_when(self, peopled: Store) -> None:
        record = judgement("a0", "a1", by="ada", at="2025-03-01T00:00:00Z")

        peopled.append([record], by="desk", keep_history=True)

        assert last(peopled) == record
        assert peopled.append([record], by="desk", keep_history=True).written == 0

    def test_judging_the_same_for_the_same_reason_is_nothing_new(self, peopled: Store) -> None:
        peopled.append([judgement("a0", "a1", reason="one seat")], by="ada")

        assert peopled.append([judgement("a1", "a0", reason="one seat")], by="bo").written == 0
        assert peopled.append([judgement("a0", "a1", reason="one name")], by="bo").written == 1
        assert peopled.append([judgement("a0", "a1", "unsure")], by="bo").written == 1
        assert peopled.append([judgement("a0", "a1", reason="one name")], by="bo").written == 1

    def test_a_history_of_judgements_taken_in_twice_changes_nothing(self, peopled: Store) -> None:
        days = [(NOON - timedelta(days=n)).isoformat() for n in (3, 2, 1)]
        verdicts = zip(("same", "different", "same"), days, strict=True)
        records = [judgement("a0", "a1", said, by="ada", at=at) for said, at in verdicts]

        assert peopled.append(records, by="desk", keep_history=True).written == 3
        assert peopled.append(records, by="desk", keep_history=True).written == 0

    def test_one_actor_is_never_made_of_two_that_are_different(self, peopled: Store) -> None:
        peopled.append([judgement("a0", "a1"), judgement("a2", "a3")], by="ada")
        peopled.append([judgement("a1", "a3", "different")], by="ada")

        with pytest.raises(Conflict, match=r"'a1' is judged different from 'a3' .by ada.*undo"):
            peopled.append([judgement("a0", "a2")], by="bo")

        peopled.append([judgement("a3", "a1", "unsure"), judgement("a0", "a2")], by="bo")

    def test_actors_that_others_make_one_are_not_different(self, peopled: Store) -> None:
        same = [judgement("a0", "a1"), judgement("a2", "a1"), judgement("a0", "a3")]
        peopled.append(same, by="ada")

        with pytest.raises(Conflict, match=r"'a0' .* same as 'a1' .* and 'a2' .* same as 'a1'"):
            peopled.append([judgement("a0", "a2", "different")], by="bo")

        peopled.append([judgement("a1", "a0", "different")], by="bo")
        peopled.append([judgement("a0", "a2", "different")], by="bo")

    def test_judgements_of_one_write_are_held_against_each_other(self, peopled: Store) -> None:
        both = [judgement("a0", "a1"), judgement("a1", "a2"), judgement("a0", "a2", "different")]
        head = peopled.head()

        with pytest.raises(Conflict):
            peopled.append(both, by="bo")

        assert peopled.head() == head == peopled.verify()

    def test_nobody_is_the_same_as_whoever_is_not_known(self, peopled: Store) -> None:
        with pytest.raises(InvalidRecord, match="never the same as anybody") as refused:
            peopled.append([judgement("a0", "unknown")], by="bo")

        assert refused.value.field == "right"
        assert peopled.append([judgement("a0", "unknown", "different")], by="bo").written == 1

    def test_a_judgement_is_found_by_its_pair(self, peopled: Store) -> None:
        peopled.append([judged("a0", "a1")], by="ada")

        assert [entry.record for entry in peopled.about("judgement:a0 a1")] == [last(peopled)]
        assert [entry.record for entry in peopled.about("actor:a0")] == [actor("a0")]
