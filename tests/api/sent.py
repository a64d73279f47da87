"""Files that are sent in these tests."""

import time
from collections.abc import Mapping
from typing import Any

from fastapi.testclient import TestClient

from graph_service.api.routers.imports import EXAMPLE, EXAMPLE_KEY, FILES
from graph_service.api.upload import PATH

Json = dict[str, Any]

PATIENCE = 20.0
HERE = {"Host": "127.0.0.1"}
ASKED = "format=native&name=actors.jsonl&dry_run=true"
KEY = {"Idempotency-Key": EXAMPLE_KEY, **HERE}


def sent(
    client: TestClient,
    content: bytes,
    headers: Mapping[str, str] = HERE,
    **asked: Any,  # noqa: ANN401
) -> Json:
    """The job that takes in a file, as it is answered at once."""
    parameters = {name: str(value) for name, value in asked.items()}
    answer = client.post(PATH, params=parameters, content=content, headers=headers)
    assert answer.status_code == 202, answer.text
    job: Json = answer.json()["data"]
    assert answer.headers["location"] == f"{PATH}/{job['id']}"
    return job


def ended(client: TestClient, id_: str) -> Json:
    """The report of an import at its end."""
    end = time.monotonic() + PATIENCE
    while True:
        report: Json = client.get(f"{PATH}/{id_}").raise_for_status().json()["data"]
        if report["state"] not in ("waiting", "running"):
            return report
        assert time.monotonic() < end, report
        time.sleep(0.01)


def taken_in(client: TestClient, content: bytes, **asked: Any) -> Json:  # noqa: ANN401
    """What became of a file."""
    return ended(client, sent(client, content, **asked)["id"])


def take_in_the_example(client: TestClient) -> None:
    """The import that the documentation shows is there; it changes nothing."""
    content = next(iter(FILES.values())).encode()
    answer = client.post(f"{PATH}?{ASKED}", content=content, headers=KEY)
    assert answer.status_code == 202, answer.text
    assert ended(client, EXAMPLE)["state"] == "done"
