"""The answers to the questions about two, about many and about time."""

from collections.abc import Sequence
from typing import Any

from graph_service.client.outlined import OutlinedAnswer
from graph_service.queries.alignment import Alignment
from graph_service.queries.balance import Balance
from graph_service.queries.blocs import Bloc, Blocs
from graph_service.queries.brokers import Broker, Brokers
from graph_service.queries.changes import Changes
from graph_service.queries.comparison import Comparison
from graph_service.queries.gaps import Gaps
from graph_service.queries.latent import LatentPatron, LatentPatrons
from graph_service.queries.mediators import Mediator, Mediators
from graph_service.queries.shifts import Shift
from graph_service.queries.timeline import Chapter, Timeline


class LatentAnswer(OutlinedAnswer[LatentPatrons]):
    """Which states may support a group unseen: inferred, asserted by no source."""

    question = "latent"
    shape = LatentPatrons

    @property
    def patrons(self) -> Sequence[LatentPatron]:
        """The states, the likeliest first."""
        return self.data.patrons


class MediatorsAnswer(OutlinedAnswer[Mediators]):
    """Who could mediate between two actors."""

    question = "mediators"
    shape = Mediators

    @property
    def ranking(self) -> Sequence[Mediator]:
        """The mediators, best first."""
        return self.data.ranking


class TimelineAnswer(OutlinedAnswer[Timeline]):
    """What was told of actors, in the order of time."""

    question = "timeline"
    shape = Timeline

    @property
    def chapters(self) -> Sequence[Chapter]:
        """Episodes and single claims, in the order in which they began."""
        return self.data.chapters


class ChangesAnswer(OutlinedAnswer[Changes]):
    """What changed, and why leverage did."""

    question = "changes"
    shape = Changes

    @property
    def leverage(self) -> Sequence[Shift]:
        """Whose influence changed, those of the largest change first."""
        return self.data.leverage


class AlignmentAnswer(OutlinedAnswer[Alignment]):
    """How aligned two actors are, and were."""

    question = "alignment"
    shape = Alignment


class ComparisonAnswer(OutlinedAnswer[Comparison]):
    """Two actors side by side."""

    question = "comparison"
    shape = Comparison


class BalanceAnswer(OutlinedAnswer[Balance]):
    """Who does not go together."""

    question = "balance"
    shape = Balance


class BlocsAnswer(OutlinedAnswer[Blocs]):
    """Who stands with whom against whom."""

    question = "blocs"
    shape = Blocs

    @property
    def blocs(self) -> Sequence[Bloc]:
        """The blocs, largest first."""
        return self.data.blocs


class BrokersAnswer(OutlinedAnswer[Brokers]):
    """Through whom others have influence."""

    question = "brokers"
    shape = Brokers

    @property
    def ranking(self) -> Sequence[Broker]:
        """The brokers, those through whom most runs first."""
        return self.data.ranking


class CoverageAnswer(OutlinedAnswer[Gaps]):
    """What the graph does not know."""

    question = "coverage"
    shape = Gaps


OUTLINED: Sequence[type[OutlinedAnswer[Any]]] = (
    MediatorsAnswer,
    TimelineAnswer,
    ChangesAnswer,
    AlignmentAnswer,
    ComparisonAnswer,
    BalanceAnswer,
    BlocsAnswer,
    BrokersAnswer,
    CoverageAnswer,
    LatentAnswer,
)
"""Every answer that is told in outline."""
