"""What can be written of an examination."""

from dataclasses import dataclass
from typing import Annotated

from typer import Argument, Option

from graph_service.cli.forms import AnswerFormat
from graph_service.evaluation.tasks import TASKS


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluateForm:
    """How good the answers are."""

    data: Annotated[str, Argument(metavar="DATA", help="A folder of data files.")]
    task: Annotated[
        list[str] | None,
        Option(
            metavar="TASK",
            help=f"One of {', '.join(TASKS)}; again for another (default: all that the folder has files for).",
        ),
    ] = None
    labels: Annotated[
        list[str] | None,
        Option(
            metavar="FILE",
            help="Who supported whom: ask about these groups and years in the place of those in the "
            "folder; again for another file.",
        ),
    ] = None
    years: Annotated[
        str | None,
        Option(
            metavar="FIRST-LAST", help="The years that are forecast (default: all of the labels)."
        ),
    ] = None
    events: Annotated[
        str | None, Option(metavar="FILE", help="The events that `events` and `mediators` read.")
    ] = None
    events_format: Annotated[
        str, Option(metavar="FORMAT", help="What that file is: icews, gdelt, polecat, acled …")
    ] = "icews-decoded"
    draws: Annotated[
        int, Option(min=1, max=100_000, help="How often clusters are drawn for the intervals.")
    ] = 1000
    seed: Annotated[int, Option(min=0, help="Where the drawing begins.")] = 1
    queries: Annotated[
        str | None, Option(metavar="FILE", help="Write a line of JSON for each query there.")
    ] = None
    format: AnswerFormat = None
