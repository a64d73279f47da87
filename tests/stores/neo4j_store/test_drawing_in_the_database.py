"""What is drawn beside the log is what the log comes to, however it came about."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import Driver

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.domain.claims import ClaimRecord, Decision, Status
from graph_service.domain.errors import Conflict, InvalidRecord
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.stores.base import Stretch
from graph_service.stores.neo4j_store import Neo4jStore
from tests.neo4j.clearing import address_of
from tests.neo4j.server import Neo4j
from tests.stores.neo4j_store.standing import should_stand, standing
from tests.stores.strategies import SOURCES, STATES, actors, bundles, claims, moments, sources
from tests.stores.telling import (
    ONTOLOGY,
    actor,
    claim,
    decided,
    foreseen,
    judged,
    nouns,
    told,
)

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

VERDICTS = ("same", "same", "same", "different", "unsure")
HOSTILE = (
    'O\'Brien "the `boss`"',
    "a\\u0060b` {x: 1}) DETACH DELETE n //",
    "$name; CALL { MATCH (n) DELETE n }",
    "'}) MATCH (n) DETACH DELETE n WITH 1 AS x UNWIND [",
    "line\nend\tand \\n \\' \\\\",
    "حماس 😀 é",
)


@pytest.fixture(scope="module")
def driver(neo4j: Neo4j) -> Iterator[Driver]:
    with neo4j.driver() as driver:
        yield driver


@pytest.fixture(scope="module")
def kept(neo4j: Neo4j) -> Iterator[Neo4jStore]:
    """One store for many logs; its database is cleared for each."""
    neo4j.wipe()
    store = Neo4jStore(address_of(neo4j), ONTOLOGY, around=foreseen())
    yield store
    store.close()


@st.composite
def judgements(draw: st.DrawFn) -> Record:
    """On actors that claims are about."""
    left, right = draw(st.permutations(STATES))[:2]
    verdict = draw(st.sampled_from(VERDICTS))
    data = {"record": "judgement", "left": left, "right": right, "verdict": verdict, "by": "desk"}
    return told(data | {"at": draw(moments).isoformat()})


@st.composite
def decisions(draw: st.DrawFn, pieces: Sequence[str]) -> Record:
    """On one of these pieces of evidence; not every one can be taken."""
    verdict = draw(st.sampled_from([Status.ACCEPTED, Status.RETRACTED, Status.REJECTED]))
    return Decision(draw(st.sampled_from(pieces)), verdict, "curator", reason="Looked at again.")


@st.composite
def histories(draw: st.DrawFn) -> list[list[Record]]:
    """What is written, write by write: a bundle in parts, then whatever changes it."""
    first = draw(bundles())
    pieces = [one.id for record in first if isinstance(record, ClaimRecord)
              for one in record.evidence]  # fmt: skip
    changes = [
        judgements(),
        claims(),
        st.sampled_from(SOURCES).flatmap(sources),
        st.sampled_from(STATES).flatmap(actors),
        *([decisions(pieces)] * 2 if pieces else []),
    ]
    rest = [*first, *draw(st.lists(st.one_of(changes), max_size=12))]
    writes = []
    while rest:
        size = draw(st.integers(1, 8))
        writes.append(rest[:size])
        rest = rest[size:]
    return writes


def write(store: Neo4jStore, records: list[Record]) -> None:
    """All of them at once, or else each that can be taken."""
    try:
        store.append(records, by="desk", keep_history=True)
    except (Conflict, InvalidRecord):
        for record in records:
            with suppress(Conflict, InvalidRecord):
                store.append([record], by="desk", keep_history=True)


@given(
    writes=histories(),
    erased=st.lists(st.sampled_from(["actor:ann", "actor:iran"]), max_size=1),
)
def test_what_stands_drawn_is_what_a_fresh_drawing_of_the_whole_log_gives(
    kept: Neo4jStore,
    clear: Callable[[], None],
    driver: Driver,
    writes: list[list[Record]],
    erased: list[str],
) -> None:
    clear()
    for records in writes:
        write(kept, records)
    for key in erased:
        kept.erase(key)

    stands = standing(driver)
    assert stands == should_stand(kept)

    stretch = kept.lines()
    lines = list(stretch.kept)
    clear()
    kept.take(Stretch(lines, stretch.erased))
    assert standing(driver) == stands


def drawn(driver: Driver) -> list[tuple[str, ...]]:
    """The typed relationships, by type and ends."""
    ours = {"SUBJECT", "OBJECT", "DURING", "OF", "FROM"}
    return sorted(key[:3] for key in standing(driver).ties if key[0] not in ours)


def test_only_what_is_accepted_and_asserted_is_drawn(store: Neo4jStore, driver: Driver) -> None:
    arms = claim(status="accepted")
    others = [
        claim(relation="backs", when="2020/.."),
        claim(relation="funds", when="2020-01-01", status="rejected"),
        claim(relation="meets", status="retracted", reason="Misread."),
        claim(relation="hosts", when="2020/..", status="accepted", stance="denied"),
    ]
    store.append([*nouns(), arms, *others], by="desk")
    assert drawn(driver) == [("ARMS", "iran", "hamas")]

    store.append([decided(others[0], "accepted")], by="desk")
    assert drawn(driver) == [("ARMS", "iran", "hamas"), ("BACKS", "iran", "hamas")]

    store.append([decided(arms, "retracted")], by="desk")
    assert drawn(driver) == [("BACKS", "iran", "hamas")]
    assert standing(driver) == should_stand(store)


def test_a_tie_moves_to_whom_its_ends_go_by_and_back(store: Neo4jStore, driver: Driver) -> None:
    told_twice = [*nouns(), actor("persia"), claim("persia", status="accepted")]
    store.append([*told_twice, claim("iran", "meets", "israel", status="accepted")], by="desk")

    for verdict, subject in (("same", "iran"), ("unsure", "persia")):
        store.append([judged("persia", "iran", verdict)], by="desk")
        assert ("ARMS", subject, "hamas") in drawn(driver)
        assert standing(driver) == should_stand(store)


def test_names_change_nothing_but_themselves(store: Neo4jStore, driver: Driver) -> None:
    store.append([*nouns(), claim(status="accepted")], by="desk")
    before = standing(driver)
    named: list[Record] = []
    for number, text in enumerate(HOSTILE):
        # Made by hand: the reader of records refuses line ends in names.
        named += [
            Actor(f"a{number}", "state", text, (Alias(text, Scope.NAME),), description=text),
            Actor(f"p{number}", "person", text),
            Source(f"s{number}", text, published="2024-09-01", publisher=text),
            claim(f"a{number}", status="accepted", passage=text, source=f"s{number}"),
        ]
    store.append(named, by=HOSTILE[0])

    stands = standing(driver)
    assert stands == should_stand(store)
    assert before.nodes.items() <= stands.nodes.items()
    assert before.ties.items() <= stands.ties.items()
    for number, text in enumerate(HOSTILE):
        assert stands.nodes["Actor", "State", f"a{number}"]["name"] == text
        assert store.about(f"actor:p{number}")[0].record == named[4 * number + 1]
    assert store.verify().sequence == 5 + len(named)
