"""Coded events from a file into a durable store: how many rows a second, and with what memory.

Beside them stands a plain loop of Python's csv reader over the same file, which is the floor. Each
import is a process of its own, so that its memory is told apart.
"""

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from graph_service.bench.first_answer import STATUS, most_memory
from graph_service.bench.made_events import gdelt_file, icews_file
from graph_service.bench.report import RATE, Row
from graph_service.importers.formats import format_called
from graph_service.importers.packed import opened
from graph_service.imports import Manner, import_file
from graph_service.stores.graph import open_graph

ROWS = 200_000
RATE_GOAL, MEMORY_GOAL = 30_000.0, 300.0

MADE: Mapping[str, Callable[[Path, int, int], None]] = {"icews": icews_file, "gdelt": gdelt_file}


def importing(folder: Path, *, rows: int = ROWS, seed: int = 1) -> Iterator[Row]:
    """The rates and the memory of each format, on made-up files and stores in this folder."""
    for name, made in MADE.items():
        path = folder / f"{name}.tsv"
        made(path, rows, seed)
        floor = _plain(path)
        told = _imported(name, path, f"sqlite:{folder / f'{name}.db'}")
        title = f"{rows:,} rows of {name.upper()}"
        yield Row(f"{title}, a plain csv reader", rows / floor, RATE)
        yield Row(f"{title} into a durable store", rows / told["seconds"], RATE, RATE_GOAL)
        yield Row("the same over the csv reader's time", told["seconds"] / floor, "times")
        yield Row(f"{title}, memory above start", told["megabytes"], "MB", MEMORY_GOAL)


def _plain(path: Path) -> float:
    """The seconds of a loop over the rows that does nothing with them."""
    started = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            pass
    return time.perf_counter() - started


def _imported(name: str, path: Path, url: str) -> dict[str, float]:
    command = [sys.executable, "-m", "graph_service.bench.importing", name, str(path), url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def main(argv: Sequence[str]) -> int:
    """Import a file (`FORMAT FILE URL`) and print one line of JSON: seconds and megabytes."""
    name, path, url = argv
    graph = open_graph(url)
    before = _memory_now()
    started = time.perf_counter()
    with opened(path) as packed:
        import_file(graph, format_called(name), packed, Manner(by="bench"))
    seconds = time.perf_counter() - started
    told = {"seconds": seconds, "megabytes": (most_memory() - before) / 1024}
    graph.close()
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _memory_now() -> int:
    """The memory that this process holds, in kilobytes; 0 where the system does not say."""
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
