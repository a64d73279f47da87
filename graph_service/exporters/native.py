"""Native records: one JSON object a line, everything that is known, as it stands."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

import orjson

from graph_service.domain.records import Record, dump_record


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


def native_line(record: Record) -> bytes:
    """One record as a line of a file of native records."""
    return orjson.dumps(dump_record(record), option=orjson.OPT_APPEND_NEWLINE)
