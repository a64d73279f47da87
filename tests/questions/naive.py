"""Questions put to the naive view, which no index has a part in, and answers compared."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isclose
from random import Random
from typing import Any

from graph_service.domain.errors import GraphError
from graph_service.domain.identity import Verdict
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Dates
from graph_service.graph.view import Fold, Frame, View
from graph_service.queries.answers import as_json
from graph_service.questions import Question, put
from graph_service.stores.graph import Graph
from tests.stories import Story, naive_view
from tests.worlds import TIMES, World

NOW = datetime(2024, 12, 1, tzinfo=UTC)
CLOSE = 1e-9
FADED = 1e-12


@dataclass(frozen=True)
class Naive:
    """Passes for a graph, as far as questions ask it: views are folded anew, without an index."""

    story: Story
    unread_since: None = None
    seen: list[View] = field(default_factory=list)

    @property
    def ontology(self) -> Ontology:
        return self.story.ontology

    def view(
        self,
        *,
        as_of: int | None,
        known_at: datetime | None,
        dates: Dates,
        min_confidence: float,
        fold: Fold,
        about: Iterable[str],
    ) -> View:
        day = NOW.date().toordinal() if as_of is None else as_of
        own = () if fold is Fold.NONE else tuple(sorted(set(about)))
        where = Frame(day, known_at, dates, min_confidence, fold=fold, about=own)
        self.seen.append(naive_view(self.story, where))
        return self.seen[-1]

    def can_judge(self) -> bool:
        """Whether it has seen no tie so faded that rounding decides whether it is there."""
        return all((view.links.strength > FADED).all() for view in self.seen)


def answered(graph: Graph, question: Question) -> Any:  # noqa: ANN401 - JSON
    """The whole answer as JSON, or the error and what it says."""
    try:
        answer = put(graph, question)
    except GraphError as error:
        return [type(error).__name__, error.message, list(error.suggestions)]
    return as_json(answer)


def alike(one: object, other: object) -> bool:
    """The same JSON, numbers equal to 1e-9."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return type(one) is type(other) and one == other


def judged(world: World, draw: Random) -> Story:
    """The story, in which perhaps two actors are judged to be one, and perhaps no longer."""
    story, known = world.story(), [name for name in world.names if name != "unknown"]
    for verdict in draw.choice(((), (), (Verdict.SAME,), (Verdict.SAME, Verdict.UNSURE))):
        left, right = draw.sample(known, 2)
        story.at(TIMES[-1].isoformat()).judged(left, right, verdict)
    return story
