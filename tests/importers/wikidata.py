import gzip
import json
from collections.abc import Mapping
from typing import Any

from graph_service.domain.claims import Evidence
from graph_service.domain.sources import Source
from graph_service.importers.wikidata import FORMAT
from graph_service.stores.graph import Graph
from tests.importers.intake import Taken, taken

Json = dict[str, Any]


def label(text: str, language: str = "en") -> Json:
    return {"language": language, "value": text}


def snak(property_: str, value: Any) -> Json:  # noqa: ANN401 - any JSON
    return {"snaktype": "value", "property": property_, "datavalue": {"value": value}}


def item_snak(property_: str, id_: str) -> Json:
    return snak(property_, {"entity-type": "item", "id": id_})


def time(text: str, precision: int = 11, calendar: str = "Q1985727") -> Json:
    return {
        "time": f"+{text}T00:00:00Z",
        "precision": precision,
        "calendarmodel": f"http://www.wikidata.org/entity/{calendar}",
    }


def statement(property_: str, id_: str, **told: Any) -> Json:  # noqa: ANN401 - any JSON
    """A statement with qualifiers by property, and references."""
    own: Json = {name: told.pop(name) for name in ("rank", "references", "id") if name in told}
    return {
        "mainsnak": item_snak(property_, id_),
        "type": "statement",
        "rank": "normal",
        "qualifiers": {name: [snak(name, value)] for name, value in told.items()},
        **own,
    }


def item(id_: str, name: str, class_: str, *statements: Json, **more: Any) -> Json:  # noqa: ANN401
    claims: dict[str, list[Json]] = {"P31": [statement("P31", class_)]}
    for one in statements:
        claims.setdefault(one["mainsnak"]["property"], []).append(one)
    told = {
        "type": "item",
        "id": id_,
        "labels": {"en": label(name)},
        "aliases": [],
        "claims": claims,
    }
    return {**told, "modified": "2025-03-04T05:06:07Z", **more}


SPAN = {"P580": time("2013-08-03"), "P582": time("2021-00-00", 9)}
CHAIR = item("Q91", "Ann Alder", "Q5", aliases={"en": [label("A. Alder")]})
LEAGUE = item("Q92", "The League", "Q484652", statement("P488", "Q91", **SPAN))
BRANCH = item("Q93", "The Branch", "Q43229")


def dump(*items: Any) -> bytes:  # noqa: ANN401 - any JSON
    return b"[\n" + b",\n".join(json.dumps(one).encode() for one in items) + b"\n]\n"


def told(*items: Any, graph: Graph | None = None, **wishes: str) -> Taken:  # noqa: ANN401
    return taken(FORMAT, dump(*items), graph, more=wishes)


def league(*statements: Json, **more: Any) -> Taken:  # noqa: ANN401 - any JSON
    """What a league's page says."""
    return told(item("Q92", "The League", "Q484652", *statements, **more), CHAIR, BRANCH)


def claims_of(found: Taken) -> list[tuple[str, str, str, str]]:
    return [
        (one.claim.subject, one.claim.relation, one.claim.object, one.claim.when.text)
        for one in found.graph.claims()
    ]


def evidence_of(found: Taken) -> list[Evidence]:
    return [piece for one in found.graph.claims() for piece in one.evidence]


def sources_of(found: Taken) -> dict[str, Source]:
    return {one.id: one for one in found.graph.records() if isinstance(one, Source)}


DOCUMENTS: Mapping[str, bytes] = {
    "a dump": dump(LEAGUE, CHAIR),
    "lines": b"\n".join(json.dumps(one).encode() for one in (LEAGUE, CHAIR)),
    "a list": json.dumps([LEAGUE, CHAIR]).encode(),
    "a document": json.dumps({"entities": {"Q92": LEAGUE, "Q91": CHAIR}}).encode(),
    "a document on many lines": json.dumps(
        {"entities": {"Q1": LEAGUE, "Q2": CHAIR}}, indent=2
    ).encode(),
    "an answer": json.dumps({"success": 1, "entities": {"Q92": LEAGUE, "Q91": CHAIR}}).encode(),
    "packed": gzip.compress(dump(LEAGUE, CHAIR)),
}


def reference(**snaks: Any) -> Json:  # noqa: ANN401 - any JSON
    return {"snaks": {name: [snak(name, value)] for name, value in snaks.items()}}
