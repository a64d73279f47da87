"""`graph-service bench`: the same questions put to the index, networkx and SQLite in one run.

First on synthetic claims, then, where a file is given, on coded events. Every engine gets the same
records, every answer is compared, and times are told as ratios, since a ratio holds on another
machine and a time does not. `--neo4j` is a run of its own, beside Neo4j alone, and
`--page` one of the explorer in a browser.
"""

import argparse
import gc
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_service.bench.asking import asked
from graph_service.bench.asking_in_words import asking_in_words
from graph_service.bench.costs import costs
from graph_service.bench.doubts import doubts
from graph_service.bench.duels import Plan, duels
from graph_service.bench.engines import Engines, fed
from graph_service.bench.events import events_world
from graph_service.bench.importing import ROWS, importing
from graph_service.bench.names import named
from graph_service.bench.neo4j_run import URL as NEO4J
from graph_service.bench.neo4j_run import on_neo4j
from graph_service.bench.others import others
from graph_service.bench.page import on_the_page
from graph_service.bench.progress import Progress
from graph_service.bench.report import Row, as_data, table
from graph_service.bench.synthetic import Size, synthetic
from graph_service.bench.worlds import World
from graph_service.bench.writing import writing
from graph_service.domain.ontology import Ontology, load_ontology

PEERS = ("networkx", "sqlite")
QUICK = 10
QUESTIONS_UNTIL = 345.0
"""Seconds into the run after which no further long question is asked, so that it ends in time."""
OTHERS, OTHERS_SECONDS = 30, 20.0
"""How many of each of the other questions are asked, and what they may take together."""
LEAST_SECONDS = 45.0
"""What each kind of question may take even then."""


def main(argv: Sequence[str]) -> int:
    """Run the benchmark with these arguments; 0, or 1 where two engines answered differently or
    a record was lost."""
    options = _parser().parse_args(argv)
    if options.icews and not options.icews_labels:
        _parser().error("--icews needs --icews-labels, the CAMEO code of each label")
    if options.neo4j and (options.icews or options.peers is not None):
        _parser().error("--neo4j is a run of its own, without --icews and --peers")
    if options.page and (options.neo4j or options.icews or options.peers is not None):
        _parser().error("--page is a run of its own, without --neo4j, --icews and --peers")
    rows = list(_rows(options, load_ontology(), Progress(time.monotonic)))
    sys.stdout.write((json.dumps(as_data(rows)) if options.json else table(rows)) + "\n")
    return int(any(row.figure > 0 for row in rows if row.unit in ("differ", "lost")))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="graph-service bench", description="Measure the service beside its peers."
    )
    add = parser.add_argument
    add("--claims", type=int, default=1_000_000, help="synthetic claims (1,000,000)")
    add("--actors", type=int, default=100_000, help="actors among whom they are (100,000)")
    add("--icews", type=Path, help="coded events: date, subject, relation, object; tab-separated")
    add("--icews-labels", type=Path, help="the CAMEO code of each label of those events")
    add("--seed", type=int, default=1, help="what worlds and questions grow from (1)")
    add("--json", action="store_true", help="print rows as JSON")
    add("--peers", type=_peers, help=",".join(PEERS))
    add(
        "--quick",
        action="store_true",
        help="a tenth of claims, actors and questions; the page once",
    )
    add(
        "--neo4j",
        metavar="URL",
        nargs="?",
        const=NEO4J,
        help=f"measure an empty Neo4j instead, which keeps what is written ({NEO4J})",
    )
    add("--page", action="store_true", help="measure the explorer in a headless Chromium instead")
    return parser


def _peers(text: str) -> frozenset[str]:
    names = frozenset(filter(None, text.split(",")))
    if not names <= set(PEERS):
        raise argparse.ArgumentTypeError(f"peers are {', '.join(PEERS)}")
    return names


def _rows(options: argparse.Namespace, ontology: Ontology, say: Progress) -> Iterator[Row]:
    if options.page:
        yield from on_the_page(say, quick=options.quick)
        return
    part = QUICK if options.quick else 1
    plan = Plan(seed=options.seed)
    if options.quick:
        plan = replace(plan, ties=plan.ties // part, seconds=plan.seconds / part)
    size = Size(options.claims // part, options.actors // part, options.seed)
    say(f"drawing {size.claims:,} claims among {size.actors:,} actors")
    if options.neo4j:
        for row in on_neo4j(options.neo4j, synthetic(ontology, size), options.seed, say):
            yield replace(row, name=f"Neo4j: {row.name}")
        return
    peers = frozenset(PEERS) if options.peers is None else options.peers
    yield from _measured(synthetic(ontology, size), peers, plan, say)
    say("writing")
    with TemporaryDirectory(prefix="graph-service-bench-") as folder:
        for row in writing(ontology, size, Path(folder)):
            yield replace(row, name=f"writing: {row.name}")
        say("importing")
        for row in importing(Path(folder), rows=ROWS // part, seed=options.seed):
            yield replace(row, name=f"importing: {row.name}")
    say("names")
    yield from (replace(row, name=f"names: {row.name}") for row in named(size.actors))
    if options.icews:
        say(f"reading {options.icews}")
        world = events_world(ontology, options.icews, options.icews_labels)
        yield from (_without_goal(row) for row in _measured(world, peers, plan, say))


def _measured(world: World, peers: frozenset[str], plan: Plan, say: Progress) -> Iterator[Row]:
    with TemporaryDirectory(prefix="graph-service-bench-") as folder:
        say(f"{world.name}: writing {len(world.claims):,} claims to every engine")
        engines = fed(world, Path(folder), peers)
        try:
            for row in _asked_all(world, engines, plan, say):
                yield replace(row, name=f"{world.name}: {row.name}")
        finally:
            engines.product.graph.close()
            gc.unfreeze()


def _asked_all(world: World, engines: Engines, plan: Plan, say: Progress) -> Iterator[Row]:
    compared = differing = 0
    for duel in duels(world, engines, plan):
        say(f"{world.name}: {duel.name}")
        rows, more, other = asked(replace(duel, seconds=_left(duel.seconds, say)))
        compared, differing = compared + more, differing + other
        yield from rows
    yield Row(f"answers of {compared:,} compared that", differing, "differ", 0)
    say(f"{world.name}: uncertainty")
    seconds = _left(LEAST_SECONDS, say)
    product, count = engines.product, plan.targets
    yield from doubts(world, product, asked=count, seed=plan.seed, seconds=seconds)
    say(f"{world.name}: the other questions")
    yield from others(world, engines, asked=OTHERS, seed=plan.seed, seconds=OTHERS_SECONDS)
    say(f"{world.name}: questions in words")
    yield from asking_in_words(world, engines.product.graph)
    say(f"{world.name}: costs")
    yield from costs(world, engines, world.actors[int(world.claims.object[0])].id)


def _left(seconds: float, say: Progress) -> float:
    """What a kind of question may take, so that the whole run ends in time."""
    return min(seconds, max(LEAST_SECONDS, QUESTIONS_UNTIL - say.seconds()))


def _without_goal(row: Row) -> Row:
    """The goals are those of the synthetic world; only agreement is asked of every one."""
    return row if row.unit == "differ" else replace(row, goal=None)
