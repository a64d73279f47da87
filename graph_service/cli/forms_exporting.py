"""What can be written behind `export`, as a form."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from graph_service.cli.forms import Families, Relations
from graph_service.domain.periods import Dates
from graph_service.exporters.formats import FORMATS


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportForm:
    """Which part of a graph is written, how, and where."""

    format: Annotated[str, Argument(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")]
    output: Annotated[
        Path | None,
        Option(
            "--output",
            "-o",
            metavar="FILE",
            help="A file; .gz or .zst at its end compresses it (default: standard output).",
        ),
    ] = None
    actors: Annotated[
        str | None,
        Option(metavar="ACTORS", help="Only claims on one of these, separated by commas."),
    ] = None
    among: Annotated[
        str | None,
        Option(metavar="ACTORS", help="Only claims whose two ends, or other end, are among these."),
    ] = None
    relations: Relations = None
    families: Families = None
    since: Annotated[
        str | None,
        Option(metavar="DAY", help="Only claims that begin then or later: a day, month or year."),
    ] = None
    until: Annotated[
        str | None,
        Option(metavar="DAY", help="Only claims that began by then: a day, month or year."),
    ] = None
    as_of: Annotated[
        str | None,
        Option(metavar="DAY", help="Only what questions see on that day (default: of any time)."),
    ] = None
    known_at: Annotated[
        str | None,
        Option(metavar="TIME", help="The store's clock: a day or an RFC 3339 time (default: now)."),
    ] = None
    dates: Annotated[Dates, Option(help="How uncertain dates are read.")] = Dates.CERTAIN
    min_confidence: Annotated[
        float, Option(min=0, max=1, help="Only evidence coded with at least this confidence.")
    ] = 0.0
    sources: Annotated[
        str | None,
        Option(metavar="IDS", help="Only evidence of these sources, separated by commas."),
    ] = None
    states: Annotated[
        str | None,
        Option(
            metavar="NAMES",
            help="Claims in these states, or 'all' (default: accepted,disputed; native: all).",
        ),
    ] = None
