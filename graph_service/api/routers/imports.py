"""`/v1/imports`: files that are taken in."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.describe import Noun, described, described_download, described_upload
from graph_service.api.importing import Import, Told
from graph_service.api.parameters_import import ImportId, OrderAsked
from graph_service.api.problems import (
    BODY_TOO_LARGE,
    CONFLICT,
    INVALID_PARAMETER,
    INVALID_RECORD,
    NOT_FOUND,
    OVERLOADED,
    STORE_FULL,
    STORE_READ_ONLY,
    UNSUPPORTED_MEDIA_TYPE,
)
from graph_service.importers.reports import Report

router = APIRouter(prefix="/v1/imports")

EXAMPLE_KEY = "desk-import-0001"
"""Sent with this key, by who needs none, a file is the import of the examples."""
EXAMPLE = "i_58c0d30041692997df4842169aec0506"
FILES = {
    "an actor, as native records": (
        '{"record": "actor", "id": "think-tank", "kind": "advocacy", "name": "A think tank"}\n'
    ),
}


@router.post(
    "",
    summary="Take in a file",
    **described_upload(
        Noun[Report],
        BODY_TOO_LARGE,
        CONFLICT,
        UNSUPPORTED_MEDIA_TYPE,
        INVALID_PARAMETER,
        INVALID_RECORD,
        OVERLOADED,
        STORE_READ_ONLY,
        STORE_FULL,
        examples=FILES,
        tag="Imports",
    ),
)
async def import_file(order: OrderAsked, put: Import) -> Response:
    """Takes in a file, which is the body as it stands, whatever its `Content-Type`; packed with
    gzip or zstandard, too. The answer comes when the file has arrived, and names the import, which
    goes on by itself: ask there (`Location`) how far it is, and what became of it. Files are taken
    in one at a time and part by part, so that questions and writes go on meanwhile; native records
    are taken in whole, or not at all, and other writes wait as long. A row that cannot be taken in
    is refused and told of, and the rest goes in. The same file again changes nothing."""
    return await put.put(order)


@router.get(
    "/{id}",
    summary="How far an import is",
    **described(
        Noun[Report],
        INVALID_PARAMETER,
        NOT_FOUND,
        examples=(f"/v1/imports/{EXAMPLE}",),
        tag="Imports",
    ),
)
async def import_report(id: ImportId, told: Told) -> Response:
    """The import is `waiting`, `running`, `done`, `refused` (the file cannot be taken in, and
    `problem` says why) or `failed` (the store, or the end of the service, stood in the way: send
    the file again). At its end `summary` says what became of its rows, and `sequence` from which
    entry of the log a question sees all of it (`min_sequence`). Reports are kept for seven days."""
    return await told.report(id)


@router.get(
    "/{id}/refused",
    summary="The rows that were refused",
    response_class=Response,
    **described_download(
        ["text/csv"],
        INVALID_PARAMETER,
        NOT_FOUND,
        examples=(f"/v1/imports/{EXAMPLE}/refused",),
        tag="Imports",
    ),
)
async def refused_rows(id: ImportId, told: Told) -> Response:
    """The rows of the file that were refused, as a table: file, line, field, reason; at most the
    first 100,000. Cells that a spreadsheet would take for a formula begin with an apostrophe."""
    return await told.refused_rows(id)
