"""The notebook client: `Client` over HTTP, `open_graph` over a graph in this process."""

from graph_service.client.extra import extra

with extra():
    import httpx2 as _httpx2  # noqa: F401 - everything below needs it, and says so in one line

from graph_service.client.answers import Answer
from graph_service.client.asked import AskAnswer
from graph_service.client.client import Client
from graph_service.client.errors import (
    Conflict,
    Failed,
    GraphServiceError,
    NotAllowed,
    NotFound,
    Refused,
    Unavailable,
)
from graph_service.client.listing import Listing
from graph_service.client.local import open_graph
from graph_service.client.outlined_answers import (
    AlignmentAnswer,
    BalanceAnswer,
    BlocsAnswer,
    BrokersAnswer,
    ChangesAnswer,
    ComparisonAnswer,
    CoverageAnswer,
    LatentAnswer,
    MediatorsAnswer,
    TimelineAnswer,
)
from graph_service.client.patience import Patience
from graph_service.client.rankings import InfluenceAnswer, LeverageAnswer
from graph_service.client.ties import NeighboursAnswer, PathsAnswer
from graph_service.client.writing import Written
from graph_service.importers.reports import Report

__all__ = [
    "AlignmentAnswer",
    "Answer",
    "AskAnswer",
    "BalanceAnswer",
    "BlocsAnswer",
    "BrokersAnswer",
    "ChangesAnswer",
    "Client",
    "ComparisonAnswer",
    "Conflict",
    "CoverageAnswer",
    "Failed",
    "GraphServiceError",
    "InfluenceAnswer",
    "LatentAnswer",
    "LeverageAnswer",
    "Listing",
    "MediatorsAnswer",
    "NeighboursAnswer",
    "NotAllowed",
    "NotFound",
    "PathsAnswer",
    "Patience",
    "Refused",
    "Report",
    "TimelineAnswer",
    "Unavailable",
    "Written",
    "open_graph",
]
