"""A file taken into a graph in memory, in one call."""

from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from graph_service.importers.intake import Refusal, Wishes
from graph_service.importers.packed import Packed, opened
from graph_service.importers.running import Format, Summary, Watch
from graph_service.imports import Manner, import_file
from graph_service.stores.graph import Graph, open_graph


class Taken(NamedTuple):
    """The graph afterwards, what became of the rows, and those that were refused."""

    graph: Graph
    summary: Summary
    refused: list[Refusal]


def taken(
    format_: Format,
    data: bytes | str | Path,
    graph: Graph | None = None,
    *,
    name: str = "file.csv",
    **wishes: Any,  # noqa: ANN401 - the fields of `Wishes`
) -> Taken:
    """Take in a file, or what it holds, as the importer's user would."""
    graph = graph or open_graph("memory:")
    refused: list[Refusal] = []
    manner = Manner("test", wishes=Wishes(**wishes), watch=Watch(refused.append))
    if isinstance(data, Path):
        with opened(data) as packed:
            return Taken(graph, import_file(graph, format_, packed, manner), refused)
    stream = BytesIO(data.encode() if isinstance(data, str) else data)
    summary = import_file(graph, format_, Packed(name, stream), manner)
    return Taken(graph, summary, refused)
