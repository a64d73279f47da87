"""What may be wrong with a server or a database, and what is said of it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph_service.domain.errors import (
    InvalidQuestion,
    StoreCorrupt,
    StoreMissing,
    StoreReadOnly,
    StoreRefused,
    StoreTooNew,
    StoreUnreachable,
)
from graph_service.stores.graph import open_graph
from graph_service.stores.neo4j_schema import migrations
from graph_service.stores.neo4j_store import Neo4jStore
from graph_service.stores.urls import open_store
from tests.neo4j.clearing import address_of
from tests.neo4j.listeners import listening, server_of, silence, web_server
from tests.neo4j.server import Neo4j, OwnNeo4j, free_port, running
from tests.stores.telling import ONTOLOGY, claim, foreseen, nouns

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

HASTY = 0.5


def opened(url: str) -> Neo4jStore:
    """The store at a URL, opened by somebody without patience."""
    store = open_store(url, ONTOLOGY, around=foreseen(HASTY))
    assert isinstance(store, Neo4jStore)
    return store


def run(server: Neo4j, statement: str) -> list[list[object]]:
    with server.driver() as driver:
        return [list(record) for record in driver.execute_query(statement).records]


@pytest.fixture
def bare(server: Neo4j) -> Iterator[Neo4j]:
    """A database in which nothing is, not even a schema."""
    server.wipe()
    yield server
    server.wipe()


@pytest.mark.parametrize(
    ("name", "value"), [("NEO4J_PASSWORD", "another one"), ("NEO4J_USERNAME", "somebody")]
)
def test_whoever_is_not_known_is_told_what_to_check(
    server: Neo4j, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(StoreRefused, match="check NEO4J_USERNAME and NEO4J_PASSWORD"):
        opened(server.url)


def test_the_password_may_lie_in_a_file(
    server: Neo4j, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{server.password}\n")
    monkeypatch.delenv("NEO4J_PASSWORD")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(secret))

    opened(server.url).close()
    secret.unlink()

    with pytest.raises(StoreRefused, match=f"cannot be read from {secret}"):
        opened(server.url)


def test_credentials_in_a_url_are_refused_and_not_repeated(server: Neo4j) -> None:
    url = server.url.replace("//", f"//{server.username}:{server.password}@")

    with pytest.raises(InvalidQuestion, match="NEO4J_PASSWORD_FILE") as refused:
        opened(url)
    assert server.password not in str(refused.value)


def test_a_database_that_is_not_there_is_missing(server: Neo4j) -> None:
    with pytest.raises(StoreMissing, match="no such database"):
        opened(f"{server.url}/nowhere")


def test_a_database_may_be_named_in_any_case(server: Neo4j) -> None:
    store = opened(f"{server.url}/Neo4j")

    assert not store.read_only
    assert store.url == f"{server.url}/Neo4j"
    store.close()


@pytest.mark.usefixtures("server")
def test_where_nobody_listens_nobody_answers() -> None:
    with pytest.raises(StoreUnreachable, match="does not answer: start it, or check its address"):
        opened(f"bolt://127.0.0.1:{free_port()}")


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("talk", [web_server, silence])
def test_what_speaks_no_bolt_does_not_answer(talk: Callable[..., None]) -> None:
    began = time.monotonic()
    with listening(talk) as url, pytest.raises(StoreUnreachable, match="check its address"):
        opened(url)

    assert time.monotonic() - began < 10 * HASTY


def test_the_port_of_the_browser_is_the_wrong_one(own: OwnNeo4j) -> None:
    port = own.http.rpartition(":")[2]

    with pytest.raises(StoreUnreachable, match="check its address"):
        opened(f"bolt://127.0.0.1:{port}")


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(("agent", "bolt"), [("Neo4j/4.4.0", (4, 4)), ("Neo4j/5.13.0", (5, 4))])
def test_a_server_that_is_too_old_is_refused(agent: str, bolt: tuple[int, int]) -> None:
    with (
        listening(server_of(agent, bolt)) as url,
        pytest.raises(StoreRefused, match=r"the store needs Neo4j 5\.26 or later"),
    ):
        opened(url)


def test_a_store_is_only_made_where_that_is_meant(bare: Neo4j) -> None:
    for create, read_only in ((False, False), (True, True)):
        with pytest.raises(StoreMissing, match="import records to make one"):
            open_store(bare.url, ONTOLOGY, create=create, read_only=read_only)
    assert bare.size() == 0

    opened(bare.url).close()

    assert run(bare, "MATCH (m:Migration) RETURN m.number ORDER BY m.number") == [
        [migration.number] for migration in migrations()
    ]


@pytest.mark.parametrize(("pattern", "told"), [("(:Person)", "Person"), ("()", "nodes")])
def test_the_database_of_another_program_is_left_alone(
    bare: Neo4j, pattern: str, told: str
) -> None:
    run(bare, f"CREATE {pattern}")

    with pytest.raises(StoreCorrupt, match=f"another program .{told}.: name an empty database"):
        opened(bare.url)
    assert bare.size() == 1


def test_a_newer_schema_asks_for_a_newer_program(server: Neo4j) -> None:
    opened(server.url).close()
    run(server, "CREATE (:Migration {number: 99, name: 'of tomorrow'})")
    try:
        with pytest.raises(StoreTooNew, match="has the schema 99"):
            opened(server.url)
    finally:
        run(server, "MATCH (m:Migration {number: 99}) DELETE m")


@pytest.fixture
def older(server: Neo4j) -> Iterator[Neo4j]:
    """A store as an earlier program left it, with a log in it."""
    store = opened(server.url)
    store.append([*nouns(), claim()], by="desk")
    store.close()
    run(server, "DROP CONSTRAINT kind_id")
    run(server, "MATCH (n) WHERE n:Migration AND n.number > 3 OR n:Kind DELETE n")
    yield server
    opened(server.url).close()


def test_an_older_schema_is_brought_up(older: Neo4j) -> None:
    store = opened(older.url)

    assert run(older, "SHOW CONSTRAINTS YIELD name WHERE name = 'kind_id' RETURN name")
    assert run(older, "MATCH (m:Migration) RETURN max(m.number)") == [[migrations()[-1].number]]
    assert store.verify().sequence == 5
    store.close()


def test_an_older_schema_that_may_only_be_read_says_so(older: Neo4j) -> None:
    with pytest.raises(StoreReadOnly, match="older schema"):
        open_store(older.url, ONTOLOGY, read_only=True)


def test_the_words_are_written_anew_where_the_ontology_changed(server: Neo4j) -> None:
    opened(server.url).close()
    edges = replace(ONTOLOGY.relation("backs"), label="stands behind")
    changed = replace(ONTOLOGY, relations={**ONTOLOGY.relations, "backs": edges})
    label = "MATCH (r:Relation {id: 'backs'}) RETURN r.label"

    Neo4jStore(address_of(server), changed).close()
    assert run(server, label) == [["stands behind"]]

    opened(server.url).close()
    assert run(server, label) == [[ONTOLOGY.relation("backs").label]]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNeo4j]:
    """A server that these tests may stop."""
    with running(tmp_path_factory.mktemp("neo4j")) as server:
        yield server


def test_a_database_that_may_only_be_read_answers_and_refuses_writes(
    own: OwnNeo4j, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", own.password)
    writer = Neo4jStore(address_of(own), ONTOLOGY)
    head = writer.append([*nouns(), claim(status="accepted")], by="desk")
    own.stop()
    own.start("server.databases.read_only=neo4j")

    with pytest.raises(StoreReadOnly, match="can be read, not written"):
        writer.append(nouns(), by="desk")
    writer.close()

    reader = open_graph(own.url)
    assert reader.store.read_only
    assert reader.view(as_of=750_000).sequence == head.sequence == reader.store.verify().sequence
    with pytest.raises(StoreReadOnly, match="open for reading only"):
        reader.write(nouns(), by="desk")
    reader.close()
