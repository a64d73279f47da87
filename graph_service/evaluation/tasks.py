"""The tasks of the examination by name, and what each needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from graph_service.domain.errors import InvalidQuestion
from graph_service.evaluation import alignment, events
from graph_service.evaluation.known import Data, support_of
from graph_service.evaluation.labels import Labels
from graph_service.evaluation.support import COMBINED, Forecasts, forecasts

TASKS = ("support_new", "support_all", "events", "mediators", "alignment")
OURS: Mapping[str, str] = {
    "support_new": COMBINED,
    "support_all": COMBINED,
    "events": "leverage",
    "mediators": "no3",
    "alignment": "alignment",
}
"""The method of each task that the others are held against."""
SPLIT = date(2014, 9, 30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be examined: the folder of data, label files that are asked about in the place of
    those in it, the years that are forecast (without them, those of the labels), and, for `events`
    and `mediators`, a file of events with its format."""

    folder: Path
    labels: Sequence[Path] = ()
    years: Sequence[int] | None = None
    events: Path | None = None
    events_format: str = "icews-decoded"
    split: date = SPLIT
    heard: Callable[[float], None] = field(default=lambda _: None)

    def events_file(self) -> Path:
        """The file of events; raises `InvalidQuestion` where there is none."""
        path = self.events or self.folder / "icews14" / "events.tsv.gz"
        if not path.is_file():
            raise InvalidQuestion(f"{path} is needed, and is not there", parameter="events")
        return path


def examined(tasks: Sequence[str], wanted: Wanted) -> Mapping[str, Forecasts]:
    """The forecasts of these tasks; raises `InvalidQuestion` where a file is missing."""
    found: dict[str, Forecasts] = {}
    if {"support_new", "support_all"} & set(tasks):
        every, labels = forecasts(Data.of(wanted.folder, wanted.labels), wanted.years, wanted.heard)
        both = {"support_new": every.only_new(labels), "support_all": every}
        found |= {task: both[task] for task in tasks if task in both}
    if "events" in tasks:
        found["events"] = _events(wanted)
    if {"mediators", "alignment"} & set(tasks):
        graph = events.graph_of_events(wanted.events_file(), wanted.events_format)
        if "mediators" in tasks:
            found["mediators"] = events.mediators(graph, split=wanted.split.toordinal())
        if "alignment" in tasks:
            data = Data.of(wanted.folder, wanted.labels)
            found["alignment"] = alignment.alignment(data, graph, wanted.split.year)
        graph.close()
    return {task: found[task] for task in tasks}


def _events(wanted: Wanted) -> Forecasts:
    if not wanted.labels:
        raise InvalidQuestion(
            "events needs labels for the years of its events: name them with --labels FILE",
            parameter="labels",
        )
    support = Labels.of([support_of(path) for path in wanted.labels])
    graph = events.graph_of_events(wanted.events_file(), wanted.events_format)
    parts = [events.events(graph, support, year) for year in wanted.years or sorted(support.asked)]
    graph.close()
    return events.together(parts)
