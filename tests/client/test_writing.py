"""Writes are made once, are seen at once, and what stands against them is said."""

from collections.abc import Iterator

import httpx2
import pytest

from graph_service.client import Client, Conflict, Patience, Refused, Unavailable
from graph_service.client.local import transport_of
from tests.api.conftest import gaza_graph
from tests.client.proposals import PROPOSAL, SOURCE, claim

DAY = "2024-09-30"


class Faulty(httpx2.BaseTransport):
    """Passes requests on, but `faults` come first: an error before or after the request was
    carried out, or an answer in its place."""

    def __init__(self, carrier: httpx2.BaseTransport, faults: list[object]) -> None:
        self.carrier = carrier
        self.faults = faults
        self.keys: list[str | None] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.keys.append(request.headers.get("idempotency-key"))
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, httpx2.ConnectError | httpx2.ReadTimeout):
            raise fault
        if isinstance(fault, httpx2.Response):
            return fault
        response = self.carrier.handle_request(request)
        if isinstance(fault, httpx2.ReadError):
            raise fault
        return response

    def close(self) -> None:
        self.carrier.close()


def not_ready(seconds: int) -> httpx2.Response:
    problem = {"detail": "the index has not caught up", "status": 503, "request_id": "r1"}
    return httpx2.Response(503, headers={"retry-after": str(seconds)}, json=problem)


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def faulty(pauses: list[float]) -> Iterator[tuple[Client, Faulty]]:
    transport = Faulty(transport_of(gaza_graph()), [])
    patience = Patience(attempts=4, sleep=pauses.append, chance=lambda: 1.0)
    with Client("http://localhost", transport=transport, patience=patience) as client:
        yield client, transport


def test_a_proposal_waits_and_an_accepted_one_changes_the_ranking(own: Client) -> None:
    before = own.leverage("Hamas", by="turkey", as_of=DAY).ranking[0].leverage
    proposed = own.propose(PROPOSAL)
    waiting = own.leverage("Hamas", by="turkey", as_of=DAY).ranking[0].leverage
    decided = own.decide(proposed.evidence, "accepted", reason="the report was read")
    after = own.leverage("Hamas", by="turkey", as_of=DAY)

    assert waiting == before < after.ranking[0].leverage
    assert after.meta.sequence == decided.sequence > proposed.sequence
    assert own.claim(proposed.claims[0]).state == "accepted"


def test_retracting_undoes_what_accepting_did(own: Client) -> None:
    before = own.leverage("Hamas", as_of=DAY).data.ranking
    proposed = own.propose(PROPOSAL)
    own.decide(proposed.evidence, "accepted")
    own.decide(proposed.evidence, "retracted", reason="the report was withdrawn")

    assert own.leverage("Hamas", as_of=DAY).data.ranking == before


def test_every_try_of_a_write_carries_the_same_key_and_it_is_done_once(
    faulty: tuple[Client, Faulty], pauses: list[float]
) -> None:
    client, transport = faulty
    request = httpx2.Request("POST", "http://localhost/v1/records")
    transport.faults = [httpx2.ConnectError("refused"), httpx2.ReadError("cut", request=request)]

    written = client.propose(PROPOSAL)

    assert len(transport.keys) == 3
    assert len(set(transport.keys)) == 1
    assert transport.keys[0]
    assert written.sequence == gaza_graph().refresh() + 2
    assert pauses == [0.2, 0.4]


def test_two_writes_have_two_keys(faulty: tuple[Client, Faulty]) -> None:
    client, transport = faulty
    client.propose(PROPOSAL)
    client.propose(PROPOSAL)

    assert len(set(transport.keys)) == 2


def test_a_busy_service_is_asked_again_no_sooner_than_it_says(
    faulty: tuple[Client, Faulty], pauses: list[float]
) -> None:
    client, transport = faulty
    transport.faults = [not_ready(2), not_ready(0)]

    assert client.source("article-2024-09").id == "article-2024-09"
    assert pauses == [2.0, 0.4]


def test_patience_ends(faulty: tuple[Client, Faulty], pauses: list[float]) -> None:
    client, transport = faulty
    transport.faults = [httpx2.ConnectError("refused")] * 9

    with pytest.raises(Unavailable, match="http://localhost gave no answer: refused"):
        client.ontology()

    assert len(pauses) == 3


def test_an_answer_that_takes_too_long_is_not_asked_for_again(
    faulty: tuple[Client, Faulty], pauses: list[float]
) -> None:
    client, transport = faulty
    transport.faults = [httpx2.ReadTimeout("timed out")]

    with pytest.raises(Unavailable, match="timed out"):
        client.ontology()

    assert pauses == []


def test_what_came_between_is_shown_with_the_conflict(own: Client) -> None:
    proposed = own.propose(PROPOSAL)
    own.decide(proposed.evidence, "rejected", reason="out of date")

    with pytest.raises(Conflict) as raised:
        own.decide(proposed.evidence, "accepted", expected=proposed.sequence)

    assert [change["what"] for change in raised.value.changes] == ["rejected"]
    assert "rejected by local: out of date" in str(raised.value)


def test_what_cannot_be_true_is_refused_with_its_place(own: Client) -> None:
    with pytest.raises(Refused) as raised:
        own.propose([SOURCE, claim(relation="bakcs")])

    assert raised.value.field is not None
    assert "backs" in raised.value.suggestions


def test_what_is_no_json_is_refused_before_it_is_sent(own: Client) -> None:
    with pytest.raises(Refused, match="cannot be sent"):
        own.propose([SOURCE | {"title": object()}])


def test_a_judgement_makes_one_actor_of_two_and_is_undone(own: Client) -> None:
    own.propose({"record": "actor", "id": "persia", "kind": "state", "name": "Persia"})
    own.judge("persia", "iran", "same", reason="a former name")
    merged = own.resolve("Persia")
    own.judge("persia", "iran", "different", reason="a mistake")

    assert merged == own.resolve("iran")
    assert own.resolve("persia") == "persia"
    assert [judgement.verdict for judgement in own.judgements()][-1] == "different"
