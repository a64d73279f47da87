from collections.abc import Iterator

import httpx2
import pytest

from graph_service.client import Client
from graph_service.client.listing import PAGE
from graph_service.client.local import transport_of
from tests.api.conftest import gaza_graph


class Counting(httpx2.BaseTransport):
    """Counts what it passes on."""

    def __init__(self, carrier: httpx2.BaseTransport) -> None:
        self.carrier = carrier
        self.asked = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked += 1
        return self.carrier.handle_request(request)

    def close(self) -> None:
        self.carrier.close()


@pytest.fixture
def counted() -> Iterator[tuple[Client, Counting]]:
    transport = Counting(transport_of(gaza_graph()))
    with Client("http://localhost", transport=transport) as client:
        client.propose(
            {"record": "actor", "id": f"person-{number}", "kind": "person", "name": f"P {number}"}
            for number in range(2 * PAGE)
        )
        transport.asked = 0
        yield client, transport


def test_pages_are_fetched_as_far_as_somebody_looks(counted: tuple[Client, Counting]) -> None:
    client, transport = counted
    people = client.actors(kind="person")

    assert transport.asked == 0
    assert people[0].kind == "person"
    assert transport.asked == 1
    assert people[PAGE].kind == "person"
    assert transport.asked == 2
    assert len(people) == len(people.df) > 2 * PAGE
    asked = transport.asked
    assert len(list(people)) == len(people)
    assert transport.asked == asked


def test_a_list_is_shown_by_its_first_page(counted: tuple[Client, Counting]) -> None:
    client, transport = counted
    people = client.actors(kind="person")

    assert "more" in people._repr_html_()
    assert repr(people).endswith("…>")
    assert people
    assert transport.asked == 1


def test_a_list_is_a_sequence(here: Client) -> None:
    states = here.actors(kind="state")

    assert states[-1] == list(states)[-1]
    assert list(states[1:3]) == list(states)[1:3]
    assert states[0] in states
    with pytest.raises(IndexError):
        states[len(states)]


def test_an_empty_list_is_false_and_has_its_columns(here: Client) -> None:
    none = here.claims(actor="Hamas", relation="sanctions")

    assert not none
    assert list(none.df.columns)[:2] == ["id", "subject"]
