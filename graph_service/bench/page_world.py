"""A crowd: a made-up graph in which one state of the explorer draws as much as it ever draws."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import orjson

from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record
from graph_service.importers.native import read_native

BOTH = "400 actors and 1,500 ties"
NEAR, GROWN, FAR = 200, 4, 50
"""Actors around the hub; how many of them have others around them, and how many each."""
RELATIONS = {"backs": "2020/..", "influences": "2020/..", "channel_to": "2020/..",
             "denounces": "2020-01-01"}  # fmt: skip
STATE = f"?question=neighbours&id=hub&limit={NEAR}&grown=" + ",".join(
    f"near{number}" for number in range(GROWN)
)
SOURCE = {
    "record": "source", "id": "made-up", "title": "A report made up for a benchmark",
    "published": "2024-01-15", "reliability": "C", "origin": "nobody",
}  # fmt: skip


def crowd(ontology: Ontology) -> Iterable[Record]:
    """401 actors and 1,600 ties, a few more than are drawn."""
    lines = b"".join(orjson.dumps(one) + b"\n" for one in crowd_lines())
    return read_native(BytesIO(lines), ontology)


def crowd_lines() -> Iterator[dict[str, Any]]:
    """The same as native records."""
    yield SOURCE
    yield _actor("hub", "The hub")
    for number in range(NEAR):
        yield from _tied(f"near{number}", f"Actor {number}", "hub")
    for grown in range(GROWN):
        for number in range(FAR):
            yield from _tied(f"far{grown}-{number}", f"Other {grown}.{number}", f"near{grown}")


def _tied(id_: str, name: str, to: str) -> Iterator[dict[str, Any]]:
    yield _actor(id_, name)
    for relation, when in RELATIONS.items():
        evidence = {"source": "made-up", "confidence": 0.8, "status": "accepted"}
        yield {
            "record": "claim", "subject": id_, "relation": relation, "object": to, "when": when,
            "evidence": [evidence],
        }  # fmt: skip


def _actor(id_: str, name: str) -> dict[str, Any]:
    return {"record": "actor", "id": id_, "kind": "organisation", "name": name}
