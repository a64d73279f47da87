"""One export put to the graph: written part by part, each in a turn, as far as it is taken."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from graph_service.api.catching_up import wait_for
from graph_service.api.context import Context
from graph_service.api.parameters import MinSequence
from graph_service.api.respond import has_already, has_any, tag_of, unchanged
from graph_service.exporters.asked import Asked
from graph_service.exporters.formats import FORMATS, Format
from graph_service.exporters.part import Part
from graph_service.exporters.selection import Selection

BLOCK = 1 << 16
"""So many bytes are written in one turn, or a little more."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """An export whose first block is there, so that what is wrong with it was found."""

    first: bytes
    rest: Iterator[bytes]
    tag: str | None


class Exporting:
    """What a handler exports with.

    No turn is held while the asker takes what is there, and the turns are no questions' turns: a
    long export on a slow line keeps nobody waiting. Once begun it is not refused any more.
    """

    def __init__(self, request: Request, min_sequence: int | None) -> None:
        self._request = request
        self._context: Context = request.app.state.context
        self._min_sequence = min_sequence

    async def put(self, name: str, asked: Asked) -> Response:
        """What is asked for, in the format of that name; raises `InvalidQuestion`, `NotFound`
        and `Overloaded` before the answer begins."""
        format_, context = FORMATS[name], self._context
        selection = asked.selection(context.graph.ontology, usual=format_.usual)
        wanted = self._min_sequence
        if wanted is not None and context.graph.index.sequence < wanted:
            await wait_for(context.graph.store, wanted, seconds=context.settings.catch_up_seconds)
        begun = await context.exports.take(lambda: self._begin(format_, selection))
        if isinstance(begun, Response):
            return begun
        kept = {"Cache-Control": "no-store"}
        if begun.tag is not None:
            kept = {"Cache-Control": "no-cache", "ETag": begun.tag}
        named = {"Content-Disposition": f'attachment; filename="graph{format_.suffix}"'}
        return StreamingResponse(
            self._blocks(begun), headers=kept | named, media_type=format_.media_type
        )

    def _begin(self, format_: Format, selection: Selection) -> _Begun | Response:
        context = self._context
        tag = self._tag(context.graph.refresh())
        if tag is not None and has_already(self._request, tag):
            return self._unchanged(tag)
        pieces = format_.parts(Part(context.graph, selection))
        if tag is not None and has_any(self._request):
            return self._unchanged(tag)
        return _Begun(_block(pieces), pieces, tag)

    async def _blocks(self, begun: _Begun) -> AsyncIterator[bytes]:
        block = begun.first
        while block:
            yield block
            block = await self._context.exports.go_on(lambda: _block(begun.rest))

    def _tag(self, sequence: int) -> str | None:
        """None where the log cannot be read to its end: nobody is to keep that export."""
        context = self._context
        if context.graph.unread_since is not None:
            return None
        return tag_of(self._request, context.chain.hash_at(sequence), None, context.version)

    def _unchanged(self, tag: str) -> Response:
        self._context.metrics.unchanged.inc()
        return unchanged(tag)


def _block(pieces: Iterator[bytes]) -> bytes:
    """The next pieces together; empty where there is none left."""
    block = bytearray()
    for piece in pieces:
        block += piece
        if len(block) >= BLOCK:
            break
    return bytes(block)


async def _exporting(request: Request, min_sequence: MinSequence = None) -> Exporting:
    return Exporting(request, min_sequence)


Export = Annotated[Exporting, Depends(_exporting)]
