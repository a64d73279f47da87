"""The document in the tree, for those who have no service at hand."""

from typing import Any

import pytest

from graph_service.api.document import answered
from graph_service.api.respond import JSON
from tests.api.test_openapi import TOLD, matches
from tests.api.write_openapi import ANSWERS, DOCUMENT, answers, pretty

Json = dict[str, Any]

OPERATIONS: dict[str, Json] = {
    f"{method.upper()} {path}": operation
    for path, methods in TOLD["paths"].items()
    for method, operation in methods.items()
}
SCHEMAS: Json = TOLD["components"]["schemas"]
STALE = "run `make openapi`, and look at what changed"


def test_the_file_says_what_the_service_says() -> None:
    assert DOCUMENT.read_bytes() == pretty(TOLD), STALE


def test_the_answers_in_it_are_what_the_dossier_answers() -> None:
    assert ANSWERS.read_bytes() == pretty(answers()), STALE


def test_it_names_no_version_that_is_installed_somewhere() -> None:
    assert TOLD["info"]["version"] == "1"


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
def test_every_operation_shows_an_answer_that_fits_its_schema(operation: Json) -> None:
    content = answered(operation)["content"]
    if content.get(JSON):
        assert matches(content[JSON]["example"], content[JSON]["schema"], SCHEMAS)
    else:
        # What is in a file of an export is told by its format, not by a schema.
        assert content.keys() == {"text/plain"} or not any(content.values())


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
def test_every_operation_says_what_it_takes(operation: Json) -> None:
    assert operation["summary"]
    assert len(operation["description"]) > 20
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        assert len(parameter["description"]) > 10
        # A cursor is made for one question, and there is none to show.
        assert schema.get("examples") or schema.get("enum") or parameter["name"] == "cursor"
        assert "null" not in str(schema), "a URL has no null"
    if "requestBody" in operation:
        assert all(kind["examples"] for kind in operation["requestBody"]["content"].values())


def test_every_problem_that_may_be_met_is_shown() -> None:
    shared = TOLD["components"]["responses"]
    for operation in OPERATIONS.values():
        for status, told in operation["responses"].items():
            if status not in ("200", "202", "304", "308"):
                response = shared[told["$ref"].rpartition("/")[2]] if "$ref" in told else told
                for example in response["content"]["application/problem+json"]["examples"].values():
                    assert matches(example["value"], SCHEMAS["Problem"], SCHEMAS)
                    assert status in ("default", str(example["value"]["status"]))
