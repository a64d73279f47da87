"""A store on a real Neo4j that is asked in Cypher and by the service; and worlds told to it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from neo4j import Driver, GraphDatabase, Record

from graph_service.domain.actors import Actor
from graph_service.domain.episodes import Episode
from graph_service.domain.identity import Identities, Judgement, Verdict
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import When, parse_day
from graph_service.domain.records import Record as Told
from graph_service.domain.sources import Source
from graph_service.graph.view import View
from graph_service.stores.explorations import exploration
from graph_service.stores.graph import Graph, open_graph
from tests.neo4j.server import Neo4j
from tests.sayings import TIMES, kind_of
from tests.worlds import World, dense_worlds, tight_worlds, vocabulary, worlds

LAST = "2025-06-01"
ANY_WORLD = st.one_of(worlds(), tight_worlds(), dense_worlds())


@dataclass(frozen=True)
class JudgedWorld:
    """A world in which some actors are judged to be one."""

    world: World
    judgements: tuple[Judgement, ...] = ()

    def renamed(self, mark: str) -> "JudgedWorld":
        """The same world under names that begin with a mark, with actors and sources of its own."""
        sayings = tuple(
            replace(
                one,
                subject=mark + one.subject,
                object=mark + one.object,
                source=mark + one.source,
            )
            for one in self.world.sayings
        )
        sources = tuple(
            (at, replace(source, id=mark + source.id)) for at, source in self.world.sources
        )
        judgements = tuple(
            replace(one, left=mark + one.left, right=mark + one.right) for one in self.judgements
        )
        names = tuple(mark + name for name in self.world.names)
        return JudgedWorld(World(sources, sayings, names), judgements)

    @property
    def records(self) -> list[Told]:
        """All of it as it stands in the end, in an order in which a store takes it."""
        first, later = self._sources()
        actors = [Actor(name, kind_of(name.split("-")[-1]), name) for name in self.world.names]
        told = (saying.record for saying in self.world.sayings)
        said = {record.evidence[0].id: record for record in told}.values()
        talks = Episode("talks", "talks", "Talks", "2023/..")
        return [talks, *first, *actors, *said, *later, *self.judgements]

    def _sources(self) -> tuple[list[Source], list[Source]]:
        """The sources as first issued, and as issued anew; what was dated stays dated."""
        first: dict[str, Source] = {}
        later: list[Source] = []
        dated: set[str] = set()
        for _, source in sorted(self.world.sources, key=lambda version: version[0]):
            if source.id not in first:
                first[source.id] = source
            elif source.published is not None or source.id not in dated:
                later.append(source)
            dated |= set() if source.published is None else {source.id}
        return list(first.values()), later

    def lasting(self) -> "JudgedWorld":
        """The same without what is over for more than 40 half-lives on the last day asked about."""
        last = parse_day(LAST)
        sayings = tuple(
            one
            for one in self.world.sayings
            if (last - When.parse(one.when).end.latest)
            <= 40 * (vocabulary().relations[one.relation].half_life_days or last)
        )
        return replace(self, world=replace(self.world, sayings=sayings))

    def is_told_twice(self) -> bool:
        """Whether a claim with an unknown start was told of several actors that are one."""
        identities = Identities(self.judgements)
        meant: dict[object, set[str]] = {}
        for claim in {saying.claim.id: saying.claim for saying in self.world.sayings}.values():
            if When.parse(claim.when.text).start_is_unknown:
                ends = [min(identities.one_with(id_)) for id_ in (claim.subject, claim.object)]
                key = (frozenset(ends), claim.relation, claim.when.text, claim.episode)
                meant.setdefault(key, set()).add(claim.id)
        return any(len(ids) > 1 for ids in meant.values())


@st.composite
def judged_worlds(draw: st.DrawFn, kinds: st.SearchStrategy[World] = ANY_WORLD) -> JudgedWorld:
    """Worlds of every kind, in some of which actors are `merged`, and some of them parted again."""
    world = draw(kinds)
    known = [name for name in world.names if name != "unknown"]
    found: list[Judgement] = []
    for at in TIMES[: draw(st.sampled_from((0, 0, 1, 2)))]:
        left, right = draw(st.permutations(known))[:2]
        found.append(Judgement(left, right, Verdict.SAME, "desk", at))
    if found and draw(st.sampled_from((False, False, True))):
        found.append(replace(found[0], verdict=Verdict.UNSURE, at=TIMES[-1]))
    return JudgedWorld(world, tuple(found))


@dataclass(frozen=True)
class Explored:
    """A graph in Neo4j: `ask` runs a question there, `view` is what the service looks at."""

    graph: Graph
    driver: Driver

    def ask(self, name: str, **values: object) -> list[Record]:
        """The rows that a question answers, with other values than it is shown with."""
        question = exploration(name)
        assert values.keys() <= question.parameters.keys()
        return self.driver.execute_query(question.text, question.parameters | values).records

    def view(self, day: str) -> View:
        return self.graph.view(as_of=parse_day(day))

    def tell(self, records: Sequence[Told]) -> None:
        self.graph.write(records, by="desk", keep_history=True)

    def tell_world(self, told: JudgedWorld) -> "Served":
        """Tell a world beside those told before, under names of its own."""
        here = told.renamed(f"w{self.graph.store.head().sequence}-")
        self.tell(here.records)
        served = open_graph("memory:", ontology=self.graph.ontology)
        served.write(here.records, by="desk", keep_history=True)
        return Served(served, [one for one in here.world.names if not one.endswith("unknown")])


@dataclass(frozen=True)
class Served:
    """One world as the service has it, and the `names` in it, whoever is `unknown` left out."""

    graph: Graph
    names: list[str]

    def view(self, day: str) -> View:
        return self.graph.view(as_of=parse_day(day))


@contextmanager
def explored_on(server: Neo4j, ontology: Ontology) -> Iterator[Explored]:
    """A store in the words of an ontology, on a server whose credentials the environment holds."""
    graph = open_graph(server.url, ontology=ontology)
    auth = (server.username, server.password)
    try:
        with GraphDatabase.driver(
            server.url, auth=auth, notifications_min_severity="OFF"
        ) as driver:
            yield Explored(graph, driver)
    finally:
        graph.close()


def once(rows: list[Record], *keys: str) -> dict[Any, Record]:
    """The rows by some of their columns, each of which stands there once."""
    found = {
        row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys): row for row in rows
    }
    assert len(found) == len(rows)
    return found
