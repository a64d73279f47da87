"""The oracle of the leverage formula: the benchmark's faithful networkx peer."""

from graph_service.bench.networkx_peer import (
    Graph,
    Held,
    Path,
    Seen,
    build,
    dependence,
    exclusivity,
    leverage_over,
    net,
    shares,
)

__all__ = [
    "Graph",
    "Held",
    "Path",
    "Seen",
    "build",
    "dependence",
    "exclusivity",
    "leverage_over",
    "net",
    "shares",
]
