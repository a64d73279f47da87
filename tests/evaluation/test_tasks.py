"""The other tasks, on made-up events."""

from pathlib import Path

import pytest

from graph_service.domain.errors import InvalidQuestion
from graph_service.evaluation.events import events, graph_of_events
from graph_service.evaluation.known import support_of
from graph_service.evaluation.labels import Labels
from graph_service.evaluation.tasks import Wanted, examined
from tests.evaluation.made_up import folder

LABELS = """year,recipient,opponent,location,supporter,types_all
2014,Hezbollah,Government of Israel,Israel: Government,Government of Iran,w
"""
EVENTS = """date\tsubject\trelation\tobject\tsplit
2014-01-05\tIran\tProvide military aid\tHezbollah\ttrain
2014-01-06\tQatar\tMake statement\tHezbollah\ttrain
2014-02-06\tQatar\tMake a visit\tHezbollah\ttrain
2014-02-07\tQatar\tMake a visit\tHezbollah\ttrain
"""


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.csv"
    path.write_text(LABELS)
    return path


def test_events_name_the_recorded_supporter(tmp_path: Path, labels: Path) -> None:
    path = tmp_path / "events.tsv"
    path.write_text(EVENTS)
    graph = graph_of_events(path, "icews-decoded")
    found = events(graph, Labels.of([support_of(labels)]), 2014)

    (query,) = found.queries
    assert query.cluster == "hezbollah"
    scores = dict(zip(query.candidates, found.scores["leverage"][0].tolist(), strict=True))
    assert scores["iran"] > scores["qatar"] > 0


def test_mediators_are_ranked_by_what_was_known_before_the_split(tmp_path: Path) -> None:
    found = examined(["mediators"], Wanted(folder(tmp_path)))["mediators"]

    (query,) = found.queries
    assert query.name == "sudan"
    scores = dict(zip(query.candidates, found.scores["no3"][0].tolist(), strict=True))
    assert scores["qatar"] > scores["egypt"] > 0


def test_rivals_are_told_from_allies_by_events(tmp_path: Path) -> None:
    found = examined(["alignment"], Wanted(folder(tmp_path)))["alignment"]

    assert [query.name for query in found.queries] == ["kenya", "uganda"]
    assert found.queries[0].candidates == ("uganda", "zambia")
    assert found.queries[0].truth.tolist() == [True, False]


def test_a_task_without_its_file_says_which_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InvalidQuestion, match="are needed, and none is there"):
        examined(["support_all"], Wanted(tmp_path))
    with pytest.raises(InvalidQuestion, match="--labels FILE"):
        examined(["events"], Wanted(folder(tmp_path)))
