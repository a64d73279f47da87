"""What it takes to understand a question in plain words, beside the question itself."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import pairwise
from statistics import median

from graph_service.ask.ask import Understood, understand
from graph_service.bench.report import Row
from graph_service.bench.timing import timed
from graph_service.bench.worlds import World
from graph_service.stores.graph import Graph

UNDERSTOOD_MILLISECONDS = 5.0
ASKED = 50
PHRASINGS = (
    "Who has leverage over {}, as of {}?",
    "Could you tell me which three actors had the most influence on {} before {}, please?",
    "Whom has {} threatened since {}?",
    "How is {} connected to {} within four steps?",
)


def asking_in_words(world: World, graph: Graph) -> Iterator[Row]:
    """How long it takes to gather every name, once, and then to understand a question."""
    _, seconds = timed(graph.names)
    yield Row(f"the names of {len(world.actors):,} actors gathered", seconds, "s")
    today = date.fromordinal(world.as_of)
    actors = [actor.name for actor in world.actors[:: max(1, len(world.actors) // ASKED)]][:ASKED]
    day = today.isoformat()
    texts = [text.format(name, day) for name in actors for text in PHRASINGS[:-1]]
    texts += [PHRASINGS[-1].format(one, other) for one, other in pairwise(actors)]
    understand(graph, texts[0], today=today)
    taken = [timed(partial(understand, graph, text, today=today)) for text in texts]
    strange = sum(not isinstance(found, Understood) for found, _ in taken)
    yield Row(f"texts of {len(texts):,} that are not understood", strange, "", 0)
    times = sorted(seconds * 1e3 for _, seconds in taken)
    yield Row("a text understood, p50", median(times), "ms", UNDERSTOOD_MILLISECONDS)
    yield Row("a text understood, p99", times[len(times) * 99 // 100], "ms")
