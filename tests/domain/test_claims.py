import hashlib
import json
from base64 import b32encode
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.admission import decide
from graph_service.domain.claims import (
    Decision,
    Evidence,
    Stance,
    State,
    Status,
    derive_id,
    evidence_id,
    state_of,
)
from graph_service.domain.errors import Conflict

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 17, 9, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)

PROPOSED = Evidence("e_1", "c_1", "a1", 0.8, recorded_at=MONDAY)
ACCEPTED = replace(PROPOSED, status=Status.ACCEPTED)
DENYING = replace(ACCEPTED, stance=Stance.DENIED)


@given(st.lists(st.none() | st.text(), min_size=1, max_size=7))
def test_an_id_is_the_start_of_the_hash_of_a_compact_json_array(fields: list[str | None]) -> None:
    try:
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return
    expected = "c_" + b32encode(hashlib.sha256(text).digest()).decode()[:26].lower()

    assert derive_id("c_", fields) == expected


def test_an_evidence_id_does_not_depend_on_how_it_is_weighed() -> None:
    assert evidence_id(PROPOSED) == evidence_id(replace(ACCEPTED, confidence=0.3, passage="…"))
    assert evidence_id(PROPOSED) != evidence_id(DENYING)


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        ([PROPOSED], State.PROPOSED),
        ([ACCEPTED, PROPOSED], State.ACCEPTED),
        ([ACCEPTED, DENYING], State.DISPUTED),
        ([DENYING], State.DENIED),
        ([replace(PROPOSED, status=Status.REJECTED)], State.REJECTED),
        ([replace(ACCEPTED, status=Status.RETRACTED, retracted_at=TUESDAY)], State.RETRACTED),
        ([replace(PROPOSED, status=Status.REJECTED), PROPOSED], State.PROPOSED),
    ],
)
def test_the_state_of_a_claim_follows_from_its_evidence(
    evidence: list[Evidence], state: State
) -> None:
    assert state_of(evidence) is state


def test_the_state_is_the_one_that_was_known_at_the_time() -> None:
    piece = replace(ACCEPTED, status=Status.RETRACTED, decided_at=TUESDAY, retracted_at=WEDNESDAY)

    assert state_of([piece], datetime(2026, 11, 15, tzinfo=UTC)) is None
    assert state_of([piece], MONDAY) is State.PROPOSED
    assert state_of([piece], TUESDAY) is State.ACCEPTED
    assert state_of([piece], WEDNESDAY) is State.RETRACTED


def test_evidence_accepted_on_import_counts_from_its_recording() -> None:
    assert ACCEPTED.accepted_at == MONDAY
    assert state_of([ACCEPTED], MONDAY) is State.ACCEPTED


def decision(verdict: Status) -> Decision:
    return Decision("e_1", verdict, by="desk", at=TUESDAY, reason="checked")


def test_proposed_evidence_is_accepted_or_rejected_with_who_when_and_why() -> None:
    accepted = decide(PROPOSED, decision(Status.ACCEPTED))

    assert (accepted.status, accepted.decided_at) == (Status.ACCEPTED, TUESDAY)
    assert (accepted.decided_by, accepted.reason) == ("desk", "checked")
    assert decide(PROPOSED, decision(Status.REJECTED)).status is Status.REJECTED


def test_retraction_keeps_the_time_of_acceptance() -> None:
    retracted = decide(ACCEPTED, decision(Status.RETRACTED))

    assert (retracted.decided_at, retracted.retracted_at) == (MONDAY, TUESDAY)


@pytest.mark.parametrize(
    ("piece", "verdict"),
    [
        (PROPOSED, Status.RETRACTED),
        (ACCEPTED, Status.ACCEPTED),
        (ACCEPTED, Status.REJECTED),
        (replace(PROPOSED, status=Status.REJECTED), Status.ACCEPTED),
        (replace(ACCEPTED, status=Status.RETRACTED), Status.ACCEPTED),
    ],
)
def test_no_other_step_in_a_life_is_possible(piece: Evidence, verdict: Status) -> None:
    with pytest.raises(Conflict, match=f"is {piece.status} and cannot become {verdict}"):
        decide(piece, decision(verdict))
