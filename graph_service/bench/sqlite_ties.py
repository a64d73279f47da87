"""The SQLite peer: evidence in one table with two indexes, asked in plain SQL.

The standard library's `sqlite3`, in memory, never ANALYZEd (its Bloom filters slow frontier joins
a hundredfold). Actors, relations and origins are integers, relations are filtered by one bit each,
so the statements compare nothing but numbers.
"""

import math
import sqlite3
from collections.abc import Iterable, Iterator

from graph_service.bench.edges import Edge
from graph_service.bench.questions import Tie, TiesOf
from graph_service.domain.ontology import Ontology

TABLE = """
CREATE TABLE evidence (
    subject INTEGER, relation INTEGER, object INTEGER, symmetric INTEGER, cluster INTEGER,
    asserts INTEGER, origin INTEGER, belief REAL, begins INTEGER, ages_from INTEGER, half_life REAL
)
"""

INDEXES = (
    "CREATE INDEX by_subject ON evidence (subject, relation)",
    "CREATE INDEX by_object ON evidence (object, relation)",
)

TIES = """
WITH pieces AS (
    SELECT object AS other, relation, 1 AS outward, cluster, asserts, origin,
           belief, ages_from, half_life
    FROM evidence
    WHERE subject = :actor AND begins <= :day AND (:mask >> relation) & 1
    UNION ALL
    SELECT subject, relation, symmetric, cluster, asserts, origin, belief, ages_from, half_life
    FROM evidence
    WHERE object = :actor AND begins <= :day AND (:mask >> relation) & 1
), voices AS (
    SELECT other, relation, outward, cluster, asserts, max(
        belief * CASE WHEN :day < ages_from THEN 1.0 WHEN half_life = 0 THEN 0.0
                      ELSE pow(2.0, (ages_from - :day) / half_life) END) AS weight
    FROM pieces
    GROUP BY other, relation, outward, cluster, asserts, origin
), clusters AS (
    SELECT other, relation, outward,
           (1 - exp(sum(asserts * ln(1 - weight)))) * exp(sum((1 - asserts) * ln(1 - weight))) AS p
    FROM voices
    GROUP BY other, relation, outward, cluster
)
SELECT other, relation, outward, 1 - exp(sum(ln(1 - p))) AS strength
FROM clusters
GROUP BY other, relation, outward
HAVING strength > 0 AND strength >= :minimum
"""

HUBS = """
WITH live AS (
    SELECT DISTINCT subject, relation, object FROM evidence
    WHERE asserts AND begins <= :day AND (half_life > 0 OR :day < ages_from)
), ends AS (SELECT subject AS actor FROM live UNION ALL SELECT object FROM live)
INSERT INTO hubs SELECT actor FROM ends GROUP BY actor HAVING count(*) > :hub_ties
"""

TWO_HOPS = """
WITH live AS NOT MATERIALIZED (
    SELECT subject, object FROM evidence
    WHERE asserts AND begins <= :day AND (half_life > 0 OR :day < ages_from)
), first AS (
    SELECT object AS actor FROM live WHERE subject = :actor
    UNION SELECT subject FROM live WHERE object = :actor
), expanded AS (
    SELECT actor FROM first WHERE actor NOT IN (SELECT actor FROM hubs)
)
SELECT actor FROM first
UNION SELECT object FROM expanded JOIN live ON subject = expanded.actor
UNION SELECT subject FROM expanded JOIN live ON object = expanded.actor
"""


class SqliteTies:
    """Evidence in SQLite, and the ties that it amounts to at a day."""

    def __init__(self, ontology: Ontology, as_of: int) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(TABLE)
        self._database.execute("CREATE TABLE hubs (actor INTEGER PRIMARY KEY)")
        _ensure_mathematics(self._database)
        self._as_of = as_of
        self._hub_ties = ontology.parameters.hub_ties
        self._relations = list(ontology.relations)
        self._symmetric = {name: r.symmetric for name, r in ontology.relations.items()}
        self._codes: dict[str, int] = {}
        self._ids: list[str] = []

    def add(self, edges: Iterable[Edge]) -> None:
        """More claims, a row for each piece of evidence."""
        insert = "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self._database.executemany(insert, (row for edge in edges for row in self._rows(edge)))

    def finish(self) -> None:
        """Index what has been added, and find the hubs of the day."""
        for statement in INDEXES:
            self._database.execute(statement)
        self._database.execute(HUBS, {"day": self._as_of, "hub_ties": self._hub_ties})
        self._database.commit()

    def ties(self, question: TiesOf) -> list[tuple[int, int, int, float]]:
        """The live ties at an actor: other end, relation, outward, strength, by code."""
        parameters = {
            "actor": self._codes.get(question.actor, -1),
            "day": self._as_of,
            "mask": self._mask(question.relations),
            "minimum": question.filter.minimum,
        }
        return self._database.execute(TIES, parameters).fetchall()

    def two_hops(self, actor: str) -> set[int]:
        """The codes of the actors within two hops of one, without it."""
        code = self._codes.get(actor, -1)
        rows = self._database.execute(TWO_HOPS, {"actor": code, "day": self._as_of})
        return {other for (other,) in rows} - {code}

    def ids(self, codes: Iterable[int]) -> set[str]:
        """The ids of actors by code."""
        return {self._ids[code] for code in codes}

    def named(self, rows: Iterable[tuple[int, int, int, float]]) -> dict[Tie, float]:
        """An answer in ids."""
        return {
            (self._ids[other], self._relations[relation], bool(outward)): strength
            for other, relation, outward, strength in rows
        }

    def _mask(self, relations: frozenset[str]) -> int:
        return sum(1 << code for code, name in enumerate(self._relations) if name in relations)

    def _rows(self, edge: Edge) -> Iterator[tuple[float, ...]]:
        ends = self._code(edge.subject), self._code(edge.object)
        relation = self._relations.index(edge.relation)
        for telling in edge.tellings:
            yield (
                ends[0],
                relation,
                ends[1],
                self._symmetric[edge.relation],
                self._code(edge.cluster),
                telling.asserts,
                self._code(telling.origin),
                telling.belief,
                telling.begins,
                telling.ages_from,
                edge.half_life,
            )

    def _code(self, name: str) -> int:
        code = self._codes.setdefault(name, len(self._ids))
        if code == len(self._ids):
            self._ids.append(name)
        return code


def _ensure_mathematics(database: sqlite3.Connection) -> None:
    """SQLite can be built without its mathematical functions; then Python's stand in."""
    try:
        database.execute("SELECT pow(2.0, 1.0), exp(1.0), ln(1.0)")
    except sqlite3.OperationalError:
        database.create_function("pow", 2, math.pow, deterministic=True)
        database.create_function("exp", 1, math.exp, deterministic=True)
        database.create_function("ln", 1, math.log, deterministic=True)
