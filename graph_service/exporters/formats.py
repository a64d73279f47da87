"""The formats that there are, by name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from graph_service.domain.claims import State
from graph_service.exporters import (
    csv_rows,
    cypher,
    followthemoney,
    gexf,
    graph_json,
    graphml,
    native,
)
from graph_service.exporters.part import Exported, Part
from graph_service.exporters.selection import ANY_STATE, USUAL_STATES, Selection
from graph_service.queries.ties import check_names


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, its media type and the end of its files, what writes it, and
    what it cannot carry, empty for nothing. `usual` are the states of claims that it is written with unless others are
    asked for."""

    title: str
    media_type: str
    suffix: str
    parts: Callable[[Part], Iterator[bytes]]
    cannot_carry: str
    usual: frozenset[State] = USUAL_STATES


NDJSON = "application/x-ndjson"

FORMATS: Mapping[str, Format] = {
    "native": Format(
        "native records", NDJSON, ".jsonl", native.native, "", ANY_STATE
    ),
    "csv": Format(
        "CSV, a row for each piece of evidence", "text/csv", ".csv", csv_rows.csv_rows,
        csv_rows.CANNOT_CARRY,
    ),
    "graphml": Format(
        "GraphML", "application/graphml+xml", ".graphml", graphml.graphml, graphml.CANNOT_CARRY
    ),
    "gexf": Format("GEXF with time", "application/gexf+xml", ".gexf", gexf.gexf, gexf.CANNOT_CARRY),
    "node-link": Format(
        "node-link JSON, for networkx", "application/json", ".json", graph_json.node_link,
        graph_json.NODE_LINK_CANNOT_CARRY,
    ),
    "cytoscape": Format(
        "Cytoscape JSON", "application/json", ".cyjs", graph_json.cytoscape,
        graph_json.CYTOSCAPE_CANNOT_CARRY,
    ),
    "ftm": Format(
        "FollowTheMoney", NDJSON, ".ftm.json", followthemoney.followthemoney,
        followthemoney.CANNOT_CARRY,
    ),
    "cypher": Format(
        "a Cypher script", "application/x-cypher-query", ".cypher", cypher.cypher,
        cypher.CANNOT_CARRY,
    ),
}  # fmt: skip


def format_named(name: str) -> Format:
    """The format of that name; raises `InvalidQuestion` with the names like it."""
    check_names("format", (name,), FORMATS)
    return FORMATS[name]


def write(
    name: str,
    graph: Exported,
    selection: Selection,
    stream: BinaryIO,
    *,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write what is selected in the format of that name, and answer how many claims that were;
    `progress` is told how many have been looked at. Raises `InvalidQuestion` and `NotFound` before
    anything is written."""
    format_, part = format_named(name), Part(graph, selection, progress=progress)
    stream.writelines(format_.parts(part))
    return part.given
