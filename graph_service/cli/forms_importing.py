"""What can be written on the command line about taking in files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from graph_service.cli.desk import Format
from graph_service.domain.sources import Reliability


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportFilesForm:
    """Which files are taken in, and how."""

    files: Annotated[
        list[str],
        Argument(
            metavar="FILE…", help="Files, also .gz or .zst as they are; - for standard input."
        ),
    ]
    dry_run: Annotated[
        bool, Option("--dry-run", help="Only say what would come of it; nothing is written.")
    ] = False
    strict: Annotated[
        bool, Option("--strict", help="Write nothing of a file in which a row is refused.")
    ] = False
    refused: Annotated[
        Path | None,
        Option(metavar="FILE", help="Where refused rows are listed (default: FILE.refused.csv)."),
    ] = None
    reliability: Annotated[
        Reliability | None,
        Option(help="How far its sources are believed, instead of what is usual for the format."),
    ] = None
    confidence: Annotated[
        float | None,
        Option(
            metavar="NUMBER",
            min=0.01,
            max=0.95,
            help="How sure its coding is, instead of what is usual for the format.",
        ),
    ] = None
    encoding: Annotated[
        str, Option(metavar="NAME", help="How a file of text is encoded, as in cp1252.")
    ] = "utf-8"
    more: Annotated[
        list[str] | None,
        Option(metavar="NAME=VALUE", help="What only this format knows; see the list of formats."),
    ] = None
    by: Annotated[str, Option(metavar="NAME", help="Who writes, as the log will say.")] = "desk"
    format: Annotated[
        Format | None,
        Option(help="How the summary is shown. Default: text on a terminal, JSON when piped."),
    ] = None
