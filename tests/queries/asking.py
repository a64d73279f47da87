"""How the laws ask: the product's leverage, and D by the oracle, over any view."""

from functools import cache

from graph_service.graph.view import View
from graph_service.queries.leverage import LeverageOver, leverage
from tests.oracle import Graph, Seen, dependence
from tests.worlds import vocabulary

TINY = 1e-12


def answer(view: View, target: str, hops: int = 3) -> LeverageOver:
    """Everybody's leverage over the target with all paths."""
    return leverage(view, target, hops=hops, limit=1000, paths=1000).data


def held(view: View, target: str, hops: int = 3) -> dict[str, float]:
    """L of everybody who has any over the target."""
    data = leverage(view, target, hops=hops, limit=1000, paths=1).data
    return {entry.actor.id: entry.leverage for entry in data.ranking}


def of(view: View, actor: str, targets: tuple[str, ...]) -> dict[str, float]:
    """L(actor→·) over each of the targets."""
    return {
        target: sum(
            entry.leverage
            for entry in leverage(view, target, by=actor, paths=1, uncertainty=False).data.ranking
        )
        for target in targets
        if target not in (actor, "unknown")
    }


def never_lower(before: dict[str, float], after: dict[str, float]) -> bool:
    """Whether nothing fell."""
    return all(after.get(key, 0.0) >= before[key] - TINY for key in before)


def direct(graph: Graph, a: str, b: str, families: frozenset[str] | None = None) -> float:
    """D(a→b | a), over the families that are not sticks unless others are given."""
    if not graph.has_edge(a, b):
        return 0.0
    return dependence(graph, a, b, Seen(soft() if families is None else families, a))


@cache
def soft() -> frozenset[str]:
    """The families of influence."""
    return vocabulary().families_of(vocabulary().soft_channels)
