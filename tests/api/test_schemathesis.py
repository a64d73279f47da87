"""What Schemathesis makes of `openapi.json`, asked of the app itself: requests that fit the document
and requests that do not. No answer is a fault of ours, and none contradicts the document."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis import Case, CheckContext, GenerationMode, Response
from schemathesis.config import SchemathesisConfig
from schemathesis.python import asgi

from graph_service.api import create_app
from graph_service.settings import Settings
from tests.api.conftest import gaza_graph
from tests.api.test_openapi import TOLD
from tests.api.write_openapi import DOCUMENT

LEAST_CASES = 2_000
# Words of the ontology, lists of names, days that there are, cursors of this very question, two
# actors that are not the same one, one of two parameters that say the same: whether such a value
# will do, a schema cannot say.
BEYOND_A_SCHEMA = {
    "kind", "relation", "relations", "families", "channels", "among", "cursor", "known_at", "since",
    "as_of", "to", "by", "actors", "sources", "states", "until", "known_to", "between",
    "other",
}  # fmt: skip
# Of a file that is sent: what a format knows, and native records know none of it.
BEYOND_IN_A_WRITE = {"format", "encoding", "more"}
CONFIG = {
    "seed": 1,
    "generation": {"deterministic": True, "max-examples": 60},
    "checks": {
        # Which of these are right, `an_expected_refusal` looks at.
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "3xx", "404", "409", "422", "503"]
        },
        "negative_data_rejection": {
            "expected-statuses": ["400", "404", "405", "409", "413", "414", "415", "422", "431"]
        },
        "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", "503"]},
    },
}
HERE = {"Host": "localhost"}

schema = schemathesis.openapi.from_path(DOCUMENT, config=SchemathesisConfig.from_dict(CONFIG))


@pytest.fixture(scope="module")
def served() -> Iterator[FastAPI]:
    """One app for all cases, so that what some write is there for the others to find."""
    graph = gaza_graph()
    yield create_app(graph, Settings(catch_up_seconds=0, imports_waiting=10_000))
    asgi.shutdown_lifespans()
    assert graph.store.verify() == graph.store.head()
    graph.close()


@pytest.fixture(scope="module")
def cases() -> Iterator[Counter[str]]:
    """How many cases there were of each operation."""
    found: Counter[str] = Counter()
    yield found
    every = sum(len(methods) for methods in TOLD["paths"].values())
    assert len(found) < every or found.total() >= LEAST_CASES


@pytest.mark.slow
@schema.parametrize()
def test_no_answer_is_a_fault_of_ours_or_contradicts_the_document(
    case: Case[Any], served: FastAPI, cases: Counter[str]
) -> None:
    cases[case.operation.label] += 1
    case.call_and_validate(
        app=served, headers=HERE, additional_checks=[a_status_that_is_told, an_expected_refusal]
    )


def a_status_that_is_told(_: CheckContext, response: Response, case: Case[Any]) -> None:
    """By its own number: `default` in the document would allow for any."""
    told = TOLD["paths"][case.path][case.operation.method]["responses"]
    if case.method.lower() == case.operation.method:
        assert str(response.status_code) in told
    else:
        assert response.status_code == 405


def an_expected_refusal(_: CheckContext, response: Response, case: Case[Any]) -> None:
    """What fits the document is refused for what no schema can say, and for nothing else."""
    if response.status_code == 503:
        assert response.headers["retry-after"]
        # Files arrive here faster than they can be taken in, one at a time.
        if case.path != "/v1/imports" or response.json()["type"] != "/problems/overloaded":
            assert response.json()["type"] == "/problems/not-ready"
            assert case.query["min_sequence"]
    fits = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    if fits and response.status_code == 422 and case.operation.method == "get":
        assert response.json()["parameter"] in BEYOND_A_SCHEMA, response.text
    if fits and response.status_code == 422 and case.operation.method == "post":
        problem = response.json()
        is_expected = problem["type"] == "/problems/invalid-record"
        assert is_expected or problem["parameter"] in BEYOND_IN_A_WRITE, response.text
