"""Native records: one JSON object a line, all that the part written holds, as it stands.

They carry everything but the log itself: what records said before they were told anew, who wrote
them, and the hashes; `copy` takes those along.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Protocol

import orjson

from graph_service.domain.actors import Actor
from graph_service.domain.episodes import Episode
from graph_service.domain.records import Record, dump_record
from graph_service.domain.sources import Source
from graph_service.exporters.part import Part, Told


class Knows(Protocol):
    """Whatever can give all of its records, such as a graph."""

    def records(self) -> Iterator[Record]: ...


def write_native(
    graph: Knows, stream: BinaryIO, *, progress: Callable[[int], None] | None = None
) -> int:
    """Write every record of a graph as a line and answer how many there were.

    Sources, episodes and actors come first, then claims with their evidence, then judgements, so
    that the file can be imported in its order. With its history kept it gives the same file again.
    """
    count = 0
    for record in graph.records():
        stream.write(native_line(record))
        count += 1
        if progress is not None:
            progress(count)
    return count


def native(part: Part) -> Iterator[bytes]:
    """A line for each record of a part of a graph: for all of it what `write_native` writes, else
    claims, each behind the sources, the episode and the actors that it needs, and the judgements
    on such actors."""
    if part.selection.is_everything:
        yield from map(native_line, part.everything())
        return
    written: dict[type, set[str]] = {Actor: set(), Source: set(), Episode: set()}
    for told in part.claims():
        yield from map(native_line, _needed(part, told, written))
        yield native_line(told.record)
    yield from map(native_line, part.judgements(written[Actor]))


def _needed(part: Part, told: Told, written: dict[type, set[str]]) -> Iterator[Record]:
    claim = told.claim
    for source in fresh((piece.source for piece in told.evidence), written[Source]):
        yield part.source(source)
    for episode in fresh((claim.episode,) if claim.episode else (), written[Episode]):
        yield from part.graph.nouns(Episode, (episode,))
    for actor in fresh((claim.subject, claim.object), written[Actor]):
        yield part.actor(actor)


def fresh(ids: Iterable[str], known: set[str]) -> Iterator[str]:
    """Those of these ids that are not known yet; they are then."""
    for id_ in ids:
        if id_ not in known:
            known.add(id_)
            yield id_


def native_line(record: Record) -> bytes:
    """One record as a line of a file of native records."""
    return orjson.dumps(dump_record(record), option=orjson.OPT_APPEND_NEWLINE)
