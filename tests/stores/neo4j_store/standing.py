"""What stands in a database beside the log, and what should stand there by the log alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from neo4j import Driver
from neo4j.time import Date, DateTime

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.episodes import Episode
from graph_service.domain.identity import Identities, Judgement
from graph_service.domain.records import Record
from graph_service.domain.sources import Source
from graph_service.stores.base import Entry, Store
from graph_service.stores.drawing import Drawing, kind_label
from graph_service.stores.sealing import seal
from graph_service.stores.standing import fold_claim
from tests.stores.telling import ONTOLOGY

T = TypeVar("T")
Properties = dict[str, Any]
NODES = """
MATCH (n:Actor|Source|Episode|Claim|Evidence|Judgement)
RETURN labels(n) AS labels, properties(n) AS properties
"""
TIES = """
MATCH (a)-[r]->(b) WHERE a.id IS NOT NULL
RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties
"""


@dataclass
class Standing:
    """Nodes by their labels and id, and relationships by their type, ends and claim."""

    nodes: dict[tuple[str, ...], Properties] = field(default_factory=dict)
    ties: dict[tuple[str, ...], Properties] = field(default_factory=dict)

    def node(self, label: str, properties: Properties, *more: str) -> None:
        key = (*sorted((label, *more)), properties["id"])
        assert key not in self.nodes
        self.nodes[key] = plain(properties)

    def tie(self, kind: str, start: str, end: str, properties: Properties) -> None:
        key = (kind, start, end, properties.get("claim", ""))
        assert key not in self.ties
        self.ties[key] = plain(properties)


def plain(properties: Properties) -> Properties:
    """Without what is null, days and times as Python has them."""
    return {
        name: value.to_native() if isinstance(value, Date | DateTime) else value
        for name, value in properties.items()
        if value is not None
    }


def standing(driver: Driver) -> Standing:
    """What stands there."""
    found = Standing()
    for row in driver.execute_query(NODES).records:
        found.node(*row["labels"][:1], row["properties"], *row["labels"][1:])
    for row in driver.execute_query(TIES).records:
        found.tie(row["type"], row["start"], row["end"], row["properties"])
    return found


def should_stand(store: Store) -> Standing:
    """What should stand there: every thing folded from its entries and drawn once."""
    return _Expected(list(store.entries())).standing()


class _Expected:
    def __init__(self, entries: list[Entry]) -> None:
        self.drawing = Drawing(ONTOLOGY)
        self.about: dict[str, list[Entry]] = {}
        for entry in entries:
            for key in keys(entry.record, self.about):
                self.about.setdefault(key, []).append(entry)
        self.goes_by = self._canonical(entry.record for entry in entries)

    def standing(self) -> Standing:
        found = Standing()
        for actor, entries in self._last(Actor):
            properties = self.drawing.actor(actor)["properties"] | {
                "goes_by": self.goes_by.get(actor.id, actor.id)
            }
            found.node("Actor", properties | places(entries), kind_label(actor.kind))
        for source, entries in self._last(Source):
            found.node("Source", self.drawing.source(source)["properties"] | places(entries))
        for episode, entries in self._last(Episode):
            found.node("Episode", self.drawing.episode(episode)["properties"] | places(entries))
        for judgement, entries in self._last(Judgement):
            found.node(
                "Judgement", self.drawing.judgement(judgement)["properties"] | places(entries)
            )
        for key, entries in self.about.items():
            record = fold_claim(entries) if key.startswith("c_") else None
            if record is not None:
                self._claim(found, record, entries)
        return found

    def _claim(self, found: Standing, record: ClaimRecord, entries: list[Entry]) -> None:
        claim = record.claim
        cited = {source.id: source for source, _ in self._last(Source)}
        row = self.drawing.claim(record, cited, self._ends(record))
        found.node("Claim", row["properties"] | places(entries))
        found.tie("SUBJECT", claim.id, claim.subject, {})
        found.tie("OBJECT", claim.id, claim.object, {})
        if claim.episode is not None:
            found.tie("DURING", claim.id, claim.episode, {})
        for piece in row["evidence"]:
            found.node("Evidence", piece["properties"] | places(self.about[piece["id"]]))
            found.tie("OF", piece["id"], claim.id, {})
            found.tie("FROM", piece["id"], piece["source"], {})
        if row["tie"] is not None:
            tie = row["tie"]
            found.tie(tie["type"], tie["from"], tie["to"], tie["properties"])

    def _ends(self, record: ClaimRecord) -> tuple[str, str]:
        claim = record.claim
        one, other = (self.goes_by.get(id_, id_) for id_ in (claim.subject, claim.object))
        symmetric = ONTOLOGY.relation(claim.relation).symmetric
        return (min(one, other), max(one, other)) if symmetric else (one, other)

    def _canonical(self, records: Iterable[Record]) -> dict[str, str]:
        judged = Identities(one for one in records if isinstance(one, Judgement))
        first = {
            id_: min(group, key=lambda one: self.about[f"actor:{one}"][0].sequence)
            for group in judged.groups()
            for id_ in group
        }
        return {id_: canonical for id_, canonical in first.items() if id_ != canonical}

    def _last(self, kind: type[T]) -> Iterator[tuple[T, list[Entry]]]:
        for entries in self.about.values():
            record = entries[-1].record
            if isinstance(record, kind):
                yield record, entries


def keys(record: Record, about: dict[str, list[Entry]]) -> list[str]:
    """What an entry is about; a decision is about the claim of its evidence, too."""
    evidence = getattr(record, "evidence", None)
    claim = None
    if isinstance(evidence, str):
        first = about[evidence][0].record
        assert isinstance(first, ClaimRecord)
        claim = first.claim.id
    return seal(record, claim, bytes).keys


def places(entries: Iterable[Entry]) -> Properties:
    return {"entries": [entry.sequence for entry in entries]}
