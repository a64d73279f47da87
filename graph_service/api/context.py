"""What an app holds for all of its requests."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

from structlog.typing import FilteringBoundLogger

from graph_service.api.import_queue import Imports
from graph_service.api.metrics import Metrics
from graph_service.api.turns import Turns
from graph_service.keys import KeyRing
from graph_service.settings import Settings
from graph_service.stores.graph import Graph


class Chain:
    """The log's hash at a sequence number, which says all that an answer may rest on."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._last = (0, "")

    def hash_at(self, sequence: int) -> str:
        """The hash of that entry; empty before the first one."""
        seen = self._graph.seen
        if sequence and seen.sequence == sequence:
            return seen.hash
        known, found = self._last
        if known != sequence:
            entries = self._graph.store.entries(after=sequence - 1, until=sequence)
            found = next((entry.hash for entry in entries), "")
            self._last = (sequence, found)
        return found


@dataclass(frozen=True, slots=True)
class Context:
    """One graph and what serves it."""

    graph: Graph
    settings: Settings
    chain: Chain
    turns: Turns
    writes: Turns
    exports: Turns
    imports: Imports
    keys: KeyRing
    metrics: Metrics
    log: FilteringBoundLogger
    version: str


def installed_version() -> str:
    """The version of the installed product; `0` when run from a tree that is not installed."""
    try:
        return version_of("graph-service")
    except PackageNotFoundError:
        return "0"
