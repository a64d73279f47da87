"""What it costs to say how sure a ranking is, beside the ranking alone."""

from collections.abc import Iterator

import numpy as np

from graph_service.bench.engines import Product
from graph_service.bench.questions import targets
from graph_service.bench.report import Row
from graph_service.bench.timing import take_turns
from graph_service.bench.worlds import World
from graph_service.queries.leverage import LeverageOver, leverage

MOST_TIMES = 25.0


def doubts(
    world: World, product: Product, *, asked: int, seed: int, seconds: float
) -> Iterator[Row]:
    """The time of rankings with intervals, tiers, floor and ceiling over that of the same rankings
    without, each target asked about once on warm projections; after `seconds` no more are asked."""

    def doubted(target: str) -> LeverageOver:
        return leverage(product.view, target, uncertainty=True).data

    over = targets(world, asked, np.random.default_rng(seed))
    engines = {"point": product.leverage, "doubted": doubted}
    turns = take_turns(engines, over, seconds=seconds)
    point, sure = turns.times["point"], turns.times["doubted"]
    ratio = sure.mean / point.mean
    yield Row("leverage with its uncertainty, mean", ratio, "× the time without", MOST_TIMES)
    yield Row("leverage with its uncertainty, p99", sure.p99, "s")
