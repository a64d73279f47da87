"""The networkx peer for paths: a breadth-first search from both ends over the graph of claims.

networkx's own `bidirectional_shortest_path` knows no dates and no hubs; this is its loop with both:
a claim is followed, either way, if it is live on the day, and a hub is not expanded unless it is an
end of the path.
"""

from dataclasses import dataclass

from graph_service.bench.networkx_ties import ClaimGraph

HOPS = 6


@dataclass(slots=True)
class Side:
    """One end of a search: whence each actor was reached, and who is to be expanded next."""

    reached: dict[str, str | None]
    frontier: list[str]
    depth: int = 0

    def way_to(self, actor: str) -> list[str]:
        """The actors from the end to this one."""
        walked: list[str] = []
        step: str | None = actor
        while step is not None:
            walked.append(step)
            step = self.reached[step]
        return walked[::-1]


def fewest_hops(claims: ClaimGraph, source: str, target: str) -> tuple[str, ...] | None:
    """The actors of a path with the fewest hops between two actors, None where there is none
    within six. A hub stands in a path only as an end, or where both ends are tied to it."""
    one, two = Side({source: None}, [source]), Side({target: None}, [target])
    for hop in range(HOPS):
        first = hop == 0 or (hop > 1 and len(one.frontier) <= len(two.frontier))
        side, facing = (one, two) if first else (two, one)
        if not side.frontier:
            return None
        met = _widen(claims, side, facing)
        if met is not None:
            return (*one.way_to(met), *two.way_to(met)[-2::-1])
    return None


def _widen(claims: ClaimGraph, side: Side, facing: Side) -> str | None:
    """Take one more hop from one end; the actor where the ends meet, if they do."""
    expanded, side.frontier = side.frontier, []
    near_both_ends = side.depth + facing.depth < 2
    for actor in expanded:
        if side.depth and actor in claims.hubs:
            continue
        for other in claims.neighbours(actor):
            if other not in side.reached:
                side.reached[other] = actor
                side.frontier.append(other)
                if other in facing.reached and (near_both_ends or other not in claims.hubs):
                    return other
    side.depth += 1
    return None
