"""The constraints and indexes of a Neo4j store, brought up by numbered migrations."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

import orjson

from graph_service.domain.errors import StoreCorrupt, StoreMissing, StoreReadOnly, StoreTooNew
from graph_service.stores.cypher import folder
from graph_service.stores.drawing import Drawing
from graph_service.stores.neo4j import Neo4jServer

_NAME = re.compile(r"(\d{3})_(\w+)\.cypher")


@dataclass(frozen=True, slots=True)
class Migration:
    """What one step adds to the schema: statements that can be run again without harm."""

    number: int
    name: str
    statements: tuple[str, ...]


def migrations() -> list[Migration]:
    """Every migration in `cypher/schema`, in order."""
    found = []
    for path in folder().joinpath("schema").iterdir():
        match = _NAME.fullmatch(path.name)
        if match:
            found.append(Migration(int(match[1]), match[2], _statements(path.read_text("utf-8"))))
    return sorted(found, key=lambda migration: migration.number)


def _statements(text: str) -> tuple[str, ...]:
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("//"))
    parts = "\n".join(lines).split(";")
    return tuple(part.strip() for part in parts if part.strip())


def bring_up(server: Neo4jServer, *, create: bool, read_only: bool) -> bool:
    """Make the database one that this program can use; answers whether it may only be read.

    Raises `StoreMissing` where nothing is there and nothing is to be made, `StoreTooNew` where a
    newer program made it, `StoreCorrupt` where it is full of something else.
    """
    server.check()
    named = server.address.database
    found = server.ask("access", database=None if named is None else named.lower())
    read_only = read_only or not found
    applied = {row["number"] for row in server.ask("migrations")}
    known = migrations()
    uri = server.address.uri
    if any(number > known[-1].number for number in applied):
        raise StoreTooNew(
            f"{uri} has the schema {max(applied)}, and this program knows up to "
            f"{known[-1].number}: install a newer version"
        )
    if not applied:
        _check_can_make(server, create=create and not read_only)
    lacking = [migration for migration in known if migration.number not in applied]
    if lacking and read_only:
        raise StoreReadOnly(
            f"{uri} has an older schema and can only be read: open it once where it can be written"
        )
    for migration in lacking:
        _apply(server, migration)
    return read_only


def _check_can_make(server: Neo4jServer, *, create: bool) -> None:
    uri = server.address.uri
    found = server.ask("anything")
    # Another service may be making the store at this moment.
    if found and not server.ask("migrations"):
        raise StoreCorrupt(
            f"{uri} holds a graph of another program ({', '.join(found[0]['labels']) or 'nodes'}): "
            "name an empty database"
        )
    if not create:
        raise StoreMissing(f"there is no store at {uri}: import records to make one")


def _apply(server: Neo4jServer, migration: Migration) -> None:
    server.define(migration.statements)
    server.write(lambda run: run("put_migration", number=migration.number, name=migration.name))


def bring_up_words(server: Neo4jServer, drawing: Drawing, redraw: Callable[[], None]) -> None:
    """Write the ontology where another one stands in the database. All claims that were drawn by
    another one are drawn anew before, so that what is drawn and its words fit together."""
    words = drawing.ontology()
    digest = hashlib.sha256(orjson.dumps(words, option=orjson.OPT_SORT_KEYS)).hexdigest()
    found = [row["digest"] for row in server.ask("ontology")]
    if found == [digest]:
        return
    if found:
        redraw()
    words["ontology"] |= {"id": "ontology", "digest": digest}
    server.write(lambda run: run("put_ontology", **words))
