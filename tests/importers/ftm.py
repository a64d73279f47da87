import json
from typing import Any

from graph_service.domain.claims import Evidence
from graph_service.domain.sources import Source
from graph_service.importers.ftm import FORMAT
from graph_service.stores.graph import Graph
from tests.importers.intake import Taken, taken

Json = dict[str, Any]


def entity(id_: str, schema: str, **told: Any) -> Json:  # noqa: ANN401 - properties
    top: Json = {
        name: told.pop(name) for name in ("caption", "datasets", "first_seen") if name in told
    }
    many = {name: value if isinstance(value, list) else [value] for name, value in told.items()}
    return {"id": id_, "schema": schema, "properties": many, **top}


def file_of(*entities: Any) -> bytes:  # noqa: ANN401 - any JSON
    return b"".join(json.dumps(one).encode() + b"\n" for one in entities)


ANN = entity("ann", "Person", name=["Ann Alder", "Анна Альдер"], wikidataId="Q1")
MILL = entity("mill", "Company", name="The Mill Ltd", country="mt", registrationNumber="C 12")
CLUB = entity("club", "Organization", name="The Club", topics="pol.union")
SHIP = entity("ship", "Vessel", name="Aurora")
OWNS = entity("o1", "Ownership", owner="ann", asset="mill", startDate="2019", endDate="2021-05")


def told(*entities: Any, graph: Graph | None = None, **wishes: str) -> Taken:  # noqa: ANN401
    return taken(FORMAT, file_of(*entities), graph, name="some.ftm.json", more=wishes)


def claims_of(found: Taken) -> list[tuple[str, str, str, str]]:
    return [
        (one.claim.subject, one.claim.relation, one.claim.object, one.claim.when.text)
        for one in found.graph.claims()
    ]


def evidence_of(found: Taken) -> list[Evidence]:
    return [piece for one in found.graph.claims() for piece in one.evidence]


def sources_of(graph: Graph) -> dict[str, Source]:
    return {one.id: one for one in graph.records() if isinstance(one, Source)}
