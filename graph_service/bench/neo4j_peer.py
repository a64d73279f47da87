"""The index that follows a Neo4j, and Cypher in that Neo4j, asked the same questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph_service.bench.questions import Tie
from graph_service.domain.errors import StoreFull, StoreUnavailable, StoreUnreachable
from graph_service.domain.periods import day
from graph_service.graph.view import Codes, View
from graph_service.queries.answers import Answer
from graph_service.queries.leverage import LeverageOver, leverage
from graph_service.queries.neighbours import Neighbourhood, neighbours
from graph_service.queries.reach import near, shortest
from graph_service.stores.cypher import folder
from graph_service.stores.explorations import exploration
from graph_service.stores.neo4j import Neo4jServer, Row

SECONDS = 120.0
"""What one question in Cypher may take."""
HOPS = 2
ALL = 1000
EVERYBODY = 2**31

Ends: TypeAlias = tuple[str, str]
Rows: TypeAlias = Sequence[Row] | None
"""What Cypher answers, None where it ran out of time or memory."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """The index on the day that is asked about; its projection is warm."""

    view: View

    def ties(self, actor: str) -> Codes:
        """The places of the ties in the view's columns."""
        return near(self.view, self.view.actors.code(actor))

    def neighbours(self, actor: str) -> Answer[Neighbourhood]:
        """The whole answer: ties with strength, claims and sources; a thousand actors at most."""
        return neighbours(self.view, actor, limit=ALL)

    def path(self, ends: Ends) -> tuple[int, ...] | None:
        """The codes of the actors of a shortest path, whoever has very many ties passed through."""
        source, target = map(self.view.actors.code, ends)
        return shortest(self.view, source, target, hub_ties=EVERYBODY)

    def leverage(self, target: str) -> LeverageOver:
        """The whole answer: both rankings with everything about their first twenty."""
        return leverage(self.view, target, hops=HOPS).data

    def values(self, target: str) -> tuple[dict[str, float], dict[str, float]]:
        """Leverage and coercion over the target, of the first thousand actors by each."""
        data = leverage(self.view, target, hops=HOPS, limit=ALL, paths=1).data
        return (
            {one.actor.id: one.leverage for one in data.ranking},
            {one.actor.id: one.coercion for one in data.coercion},
        )

    def named(self, places: Codes) -> set[Tie]:
        """Ties in ids."""
        links, id_ = self.view.links, self.view.actors.id
        relations = list(self.view.ontology.relations)
        columns = (links.other, links.relation, links.outward)
        return {
            (id_(other), relations[relation], outward)
            for other, relation, outward in zip(
                *(column[places].tolist() for column in columns), strict=True
            )
        }


class InCypher:
    """The same in Cypher, within two minutes a question; `broken_off` counts those that took longer,
    or more memory than the server has."""

    def __init__(self, server: Neo4jServer, as_of: int) -> None:
        self.broken_off = 0
        self._server = server
        self._day = day(as_of)
        own = folder().joinpath("bench")
        self._texts = {
            name: own.joinpath(f"{name}.cypher").read_text("utf-8")
            for name in ("ties", "shortest_path")
        } | {name: exploration(name).text for name in ("neighbours", "leverage")}

    def ties(self, actor: str) -> Rows:
        """The ties as they are drawn, without strength or evidence."""
        return self._ask("ties", actor=actor)

    def neighbours(self, actor: str) -> Rows:
        """All ties of the actor, with strength, claims and sources."""
        return self._ask("neighbours", actor=actor)

    def path(self, ends: Ends) -> Rows:
        """A shortest path over ties as they are drawn; no row where there is none."""
        return self._ask("shortest_path", **{"from": ends[0], "to": ends[1]})

    def leverage(self, target: str) -> Rows:
        """Leverage and coercion of everybody, in at most two steps, from the evidence."""
        return self._ask("leverage", target=target)

    def _ask(self, name: str, **parameters: Any) -> Rows:  # noqa: ANN401 - as Cypher takes them
        try:
            told = parameters | {"as_of": self._day}
            return self._server.explore(self._texts[name], told, seconds=SECONDS)
        except StoreUnreachable:
            raise
        except (StoreUnavailable, StoreFull):
            self.broken_off += 1
            return None
