"""The migrations of the Neo4j store, as they are written."""

import re

from graph_service.stores.cypher import folder
from graph_service.stores.drawing import relationship_type
from graph_service.stores.neo4j_schema import migrations
from tests.stores.telling import ONTOLOGY

STATEMENTS = [text for migration in migrations() for text in migration.statements]
UNIQUE = re.compile(r"CREATE CONSTRAINT \w+ IF NOT EXISTS FOR (\S+) REQUIRE \w\.(\w+) IS UNIQUE")


def unique() -> set[tuple[str, str]]:
    """Every label and type that has a property of which no two are alike."""
    found = filter(None, map(UNIQUE.fullmatch, STATEMENTS))
    return {("".join(re.findall(r":(\w+)", match[1])), match[2]) for match in found}


def test_migrations_are_numbered_from_one_without_a_gap() -> None:
    numbers = [migration.number for migration in migrations()]

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_file_of_the_schema_is_a_migration() -> None:
    names = {path.name for path in folder().joinpath("schema").iterdir()}

    assert names == {f"{one.number:03}_{one.name}.cypher" for one in migrations()}


def test_every_statement_can_be_run_again_without_harm() -> None:
    made = re.compile(r"CREATE (CONSTRAINT|INDEX|FULLTEXT INDEX) [a-z_]+ IF NOT EXISTS\s")

    assert [text for text in STATEMENTS if not made.match(text)] == []


def test_no_two_constraints_or_indexes_have_one_name() -> None:
    names = [re.split(r" IF NOT EXISTS", text)[0].split()[-1] for text in STATEMENTS]

    assert len(names) == len(set(names))


def test_every_relation_is_drawn_once_a_claim() -> None:
    assert {(relationship_type(name), "claim") for name in ONTOLOGY.relations} <= unique()


def test_every_node_is_found_by_what_names_it() -> None:
    ids = {
        "Actor", "Claim", "Episode", "Evidence", "Family", "Judgement", "Kind", "Log", "Ontology",
        "Relation", "Source", "Write",
    }  # fmt: skip
    others = {("Entry", "sequence"), ("Text", "commitment"), ("Migration", "number")}

    assert {(label, "id") for label in ids} | others <= unique()
