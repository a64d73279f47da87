"""Writing out a part of a graph, or all of it, in one of the formats that there are."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from graph_service.cli.desk import Desk, Rate
from graph_service.cli.failures import ANSWERED, NO_RESULT
from graph_service.cli.forms_exporting import ExportForm
from graph_service.exporters.asked import ASKED, Asked
from graph_service.exporters.formats import Format, format_named, write
from graph_service.exporters.selection import Selection
from graph_service.queries.parameters import known_at_from, names_from
from graph_service.stores.graph import Graph

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

NOTHING = (
    "Nothing was selected: no claim fits all that was asked for. Leave something out; claims that "
    "are only proposed, denied, rejected or retracted are written with --states all."
)


def export(desk: Desk, form: ExportForm) -> int:
    """Write the graph, or a part of it, in a format: native, csv, graphml, gexf,
    node-link, cytoscape, ftm (FollowTheMoney) or cypher.

    What the format cannot carry is said on standard error. Without --actors,
    --as-of and the like everything is written; they mean what they mean in
    questions. The exit code is 1 where nothing was selected.
    """
    format_ = format_named(form.format)
    with desk.graph() as graph:
        selection = _selection(graph, form, format_)
        with desk.progress("writing", more=[Rate()]) as bar, _opened(form.output) as out:
            given = write(form.format, graph, selection, out.stream, progress=bar.move)
            out.keep = bool(given) or selection.is_everything
    if not out.keep:
        desk.err.print(NOTHING, markup=False, soft_wrap=True)
        return NO_RESULT
    if format_.cannot_carry:
        desk.err.print(format_.cannot_carry, markup=False, soft_wrap=True)
    return ANSWERED


def _selection(graph: Graph, form: ExportForm, format_: Format) -> Selection:
    """What the form asks for, its actors by their ids."""
    asked = Asked(**{name: getattr(form, name) for name in ASKED})
    known_at = known_at_from(form.known_at)

    def ids(names: str | None, parameter: str) -> str | None:
        meant = names_from(names, parameter)
        if meant is None:
            return None
        return ",".join(sorted(graph.resolve(name, known_at) for name in meant))

    meant = replace(asked, actors=ids(form.actors, "actors"), among=ids(form.among, "among"))
    return meant.selection(graph.ontology, usual=format_.usual)


@dataclass(slots=True)
class _Output:
    """Where to write; a file is there afterwards only where what was written is to be kept."""

    stream: BinaryIO
    keep: bool = False


@contextmanager
def _opened(path: Path | None) -> Iterator[_Output]:
    if path is None:
        yield _Output(sys.stdout.buffer)
        return
    # Under another name until it is whole, so that half a file is never taken for an export.
    part = path.with_name(path.name + ".part")
    out: _Output | None = None
    try:
        with part.open("wb") as file, _packing(path, file) as stream:
            out = _Output(stream)
            yield out
        if out.keep:
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _packing(path: Path, file: BinaryIO) -> Iterator[BinaryIO]:
    """What is written comes packed into the file, as the end of its name says."""
    if path.suffix == ".gz":
        # Neither name nor time goes in, so that the same graph gives the same file.
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as stream:
            yield cast(BinaryIO, stream)
    elif path.suffix == ".zst":
        with zstd.ZstdFile(file, "w") as stream:
            yield cast(BinaryIO, stream)
    else:
        yield file
