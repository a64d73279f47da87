import json
from typing import Any

from graph_service.domain.claims import Evidence
from graph_service.importers.stix import FORMAT
from graph_service.stores.graph import Graph
from tests.importers.intake import Taken, taken

Json = dict[str, Any]


def thing(type_: str, id_: str, **told: Any) -> Json:  # noqa: ANN401 - any JSON value
    """An object under a short id."""
    return {
        "type": type_,
        "id": f"{type_}--{id_}",
        "created": "2019-01-02T03:04:05.000Z",
        "modified": "2020-01-02T03:04:05.000Z",
        **told,
    }


def tie(source: Json, type_: str, target: Json, id_: str = "r", **told: Any) -> Json:  # noqa: ANN401
    ends = {"source_ref": source["id"], "target_ref": target["id"]}
    return thing("relationship", id_, relationship_type=type_, **ends, **told)


GROUP = thing("intrusion-set", "g", name="Sand Example", aliases=["Sand Example", "Dune"])
ACTOR = thing("threat-actor", "a", name="Example Crew")
BODY = thing("identity", "b", name="Example Bureau", identity_class="organization")
PERSON = thing("identity", "p", name="Ada Example", identity_class="individual")
MALWARE = thing("malware", "m", name="Exemplum")
EVERYBODY = (GROUP, ACTOR, BODY, PERSON, MALWARE)


def stix(*objects: Any, graph: Graph | None = None, **wishes: str) -> Taken:  # noqa: ANN401
    bundle = {"type": "bundle", "id": "bundle--1", "spec_version": "2.0", "objects": list(objects)}
    return taken(FORMAT, json.dumps(bundle), graph, name="bundle.json", more=wishes)


def triples(graph: Graph) -> set[tuple[str, str, str, str]]:
    claims = (one.claim for one in graph.claims())
    return {(one.subject, one.relation, one.object, one.when.text) for one in claims}


def pieces(graph: Graph) -> list[Evidence]:
    return [piece for one in graph.claims() for piece in one.evidence]
