"""`/v1/export`: the graph, or a part of it, in a format that other programs read."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.describe import described_download
from graph_service.api.exporting import Export
from graph_service.api.parameters_export import AskedFor, FormatName
from graph_service.api.problems import INVALID_PARAMETER, NOT_FOUND, OVERLOADED
from graph_service.exporters.formats import FORMATS

router = APIRouter(prefix="/v1/export")


@router.get(
    "",
    summary="Take out a part of the graph",
    response_class=Response,
    **described_download(
        [format_.media_type for format_ in FORMATS.values()],
        INVALID_PARAMETER,
        NOT_FOUND,
        OVERLOADED,
        examples=(
            "/v1/export?format=csv&actors=iran,hamas&as_of=2024-09-30",
            "/v1/export?format=graphml&families=patronage,support",
            "/v1/export?format=native",
        ),
        tag="Exports",
    ),
)
async def export(export: Export, format_: FormatName, asked: AskedFor) -> Response:
    """The claims that answer to every filter given, with their actors and sources, as a file:
    `native` records, `csv` with a row for each piece of evidence, `graphml`, `gexf` with time,
    `node-link` JSON for networkx, `cytoscape` JSON, FollowTheMoney (`ftm`), or a `cypher` script.
    Only native records carry everything; what each of the others leaves out stands in
    `docs/exporting.md`. The file is sent while it is written; one that breaks off is not whole."""
    return await export.put(format_, asked)
