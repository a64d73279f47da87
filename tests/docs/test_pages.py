"""The pages that are made of something else say what it says."""

import re

import orjson
import pytest

from graph_service.api.problems import KINDS
from graph_service.domain.ontology import load_ontology
from tests.docs.api_page import DOCUMENT
from tests.docs.write_pages import DOCS, PAGES

STALE = "run `make pages`, and look at what changed"


def kept(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_is_made_of(name: str) -> None:
    assert kept(name) == PAGES[name](), STALE


def test_the_api_has_every_endpoint_parameter_and_problem() -> None:
    page = kept("api.md")

    for path, methods in orjson.loads(DOCUMENT.read_bytes())["paths"].items():
        for method, operation in methods.items():
            assert f"`{method.upper()} {path}`" in page
            assert all(f"`{one['name']}`" in page for one in operation.get("parameters", ()))
    assert all(f"`{kind.uri}`" in page for kind in KINDS)


def test_the_ontology_has_every_kind_family_and_relation() -> None:
    page, ontology = kept("ontology.md"), load_ontology()

    told = re.findall(r"^#### `(\w+)`$", page, re.MULTILINE)
    assert sorted(told) == sorted(ontology.relations)
    assert all(f"| `{name}` |" in page for name in [*ontology.kinds, *ontology.families])
    assert all(relation.definition in page for relation in ontology.relations.values())


@pytest.mark.parametrize("command", ["leverage", "import native", "keys add", "verify"])
def test_the_command_line_has_its_commands(command: str) -> None:
    assert f"# `graph-service {command}`\n" in kept("cli.md")


def test_what_a_command_does_is_told_whole() -> None:
    listed = re.findall(r"^\* `[\w-]+`: (.+)$", kept("cli.md"), re.MULTILINE)

    assert len(listed) > 20
    assert not [told for told in listed if told.endswith("...")]
