"""One record may change how very many claims are drawn, more than one transaction can hold."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from neo4j import Driver

from graph_service.domain.records import Record
from graph_service.stores.neo4j_records import AT_ONCE
from graph_service.stores.neo4j_store import Neo4jStore
from tests.neo4j.clearing import address_of
from tests.neo4j.server import Neo4j
from tests.stores.neo4j_store.standing import should_stand, standing
from tests.stores.telling import ONTOLOGY, actor, claim, foreseen, judged, nouns, source

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

MANY = AT_ONCE + AT_ONCE // 2
SOME = """
MATCH ()-[tie {source: $title}]->()
MATCH (c:Claim {id: tie.claim})
WITH tie, c LIMIT $number
SET c:Undrawn
DELETE tie
"""


def meetings(subject: str, number: int) -> list[Record]:
    """So many claims about two actors, all from one source."""
    days = (date(2010, 1, 1) + timedelta(days=n) for n in range(number))
    return [
        claim(subject, "meets", "israel", when=day.isoformat(), status="accepted") for day in days
    ]


@pytest.fixture
def driver(server: Neo4j) -> Iterator[Driver]:
    with server.driver() as driver:
        yield driver


def left(driver: Driver) -> int:
    found: int = driver.execute_query("MATCH (c:Undrawn) RETURN count(c)").records[0][0]
    return found


def test_a_source_that_very_many_claims_cite_is_revised(store: Neo4jStore, driver: Driver) -> None:
    store.append([*nouns(), *meetings("iran", MANY)], by="desk")

    store.append([source(title="The other paper", reliability="E")], by="desk")

    stands = standing(driver)
    assert stands == should_stand(store)
    assert [tie["source"] for key, tie in stands.ties.items() if key[0] == "MEETS"] == (
        ["The other paper"] * MANY
    )
    assert left(driver) == 0


def test_an_actor_of_very_many_claims_comes_to_go_by_another(
    store: Neo4jStore, driver: Driver
) -> None:
    store.append([*nouns(), actor("persia"), *meetings("persia", MANY)], by="desk")

    store.append([judged("persia", "iran", "same")], by="desk")

    stands = standing(driver)
    assert stands == should_stand(store)
    assert len([key for key in stands.ties if key[0] == "MEETS" and "iran" in key[1:3]]) == MANY
    assert left(driver) == 0


@pytest.mark.parametrize("goes_on", ["opening", "writing"])
def test_who_comes_next_draws_what_was_put_off_by_a_service_that_ended(
    store: Neo4jStore, server: Neo4j, driver: Driver, goes_on: str
) -> None:
    store.append([*nouns(), *meetings("iran", 5)], by="desk")
    stands = standing(driver)
    driver.execute_query(SOME, title="paper", number=3)
    assert left(driver) == 3

    if goes_on == "opening":
        Neo4jStore(address_of(server), ONTOLOGY, around=foreseen()).close()
    else:
        store.append([source(title="paper", publisher="Desk")], by="desk")

    assert left(driver) == 0
    assert len(standing(driver).ties) == len(stands.ties)
    assert standing(driver) == should_stand(store)
