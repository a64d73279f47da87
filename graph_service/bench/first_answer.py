"""A fresh process that opens a store and answers one question: `URL TARGET AS_OF [keep]`.

Prints one line of JSON: who leads the ranking, and the most memory that the process has held. Run
by the benchmark, which measures from before the process is there until it has answered. With `keep` the
index is kept afterwards, for the next process to find.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from graph_service.domain.periods import parse_day
from graph_service.queries.leverage import leverage
from graph_service.stores.graph import open_graph

STATUS = Path("/proc/self/status")


def main(argv: Sequence[str]) -> int:
    """Answer who has leverage over the target."""
    url, target, as_of, *keep = argv
    graph = open_graph(url, create=False, read_only=not keep)
    answer = leverage(graph.view(as_of=parse_day(as_of)), target)
    first = answer.data.ranking[0].actor.id if answer.data.ranking else None
    sys.stdout.write(json.dumps({"first": first, "kilobytes": most_memory()}) + "\n")
    sys.stdout.flush()
    if keep:
        graph.save_snapshot()
    graph.close()
    return 0


def most_memory() -> int:
    """The most memory that this process has held, in kilobytes; 0 where the system does not say.

    `getrusage` would tell the parent's too, which the process was before it became this one.
    """
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
