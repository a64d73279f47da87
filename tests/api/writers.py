"""Who writes in these tests, and what."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.keys import KeyRing, Scope
from graph_service.settings import Settings
from graph_service.stores.graph import Graph
from tests.api.conftest import TODAY

HERE = "http://127.0.0.1:8000"
Json = dict[str, Any]

SOURCE: Json = {"record": "source", "id": "wire-1", "title": "A wire", "published": "2024-08-01"}


def claim(subject: str = "qatar", locator: str = "line 1", **evidence: object) -> Json:
    """A claim that nobody made before, with one piece of evidence."""
    piece = {"source": "wire-1", "confidence": 0.8, "locator": locator, **evidence}
    return {"record": "claim", "subject": subject, "relation": "denounces", "object": "israel",
            "when": "2024-08-01", "evidence": [piece]}  # fmt: skip


@contextmanager
def local(graph: Graph, **settings: Any) -> Iterator[TestClient]:  # noqa: ANN401 - any setting
    """A program on the machine where the service listens to nobody else."""
    with TestClient(create_app(graph, Settings(**settings)), base_url=HERE) as client:
        yield client


@contextmanager
def remote(graph: Graph, path: Path, **settings: Any) -> Iterator[TestClient]:  # noqa: ANN401
    """A program elsewhere; the service listens to everybody, and its keys are in a file."""
    public = Settings(host="0.0.0.0", keys=path, **settings)
    with TestClient(create_app(graph, public), base_url="https://graph.example") as client:
        yield client


def bearer(path: Path, name: str = "desk", scope: Scope = Scope.WRITE) -> dict[str, str]:
    """The headers of whoever holds a new key."""
    return {"Authorization": f"Bearer {KeyRing(path).add(name, scope, at=TODAY)}"}
