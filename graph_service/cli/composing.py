"""From what somebody wrote in a form or in options to the records that it means.

A sketch is what was written, as tables of fields: a claim stands with its one piece of evidence in
one table, and actors are called by their names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from graph_service.cli.at_fault import Named, NamedRecords, about
from graph_service.cli.naming import actor_meant, check_episode, check_source, relation_meant
from graph_service.domain.actors import Actor
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import Conflict, InvalidRecord
from graph_service.domain.records import Record, parse_record
from graph_service.domain.sources import Source
from graph_service.stores.graph import Graph

Table = Mapping[str, object]

OF_CLAIM = ("subject", "relation", "object", "when", "episode")
OF_EVIDENCE = (
    "source", "confidence", "locator", "passage", "stance", "modality", "strength", "outcome",
    "attributed_to", "amount", "unit", "coder",
)  # fmt: skip
FIELDS: Mapping[str, tuple[str, ...]] = {
    "claim": (*OF_CLAIM, *OF_EVIDENCE),
    "actor": ("id", "kind", "name", "aliases", "description"),
    "source": (
        "id", "title", "published", "publisher", "url", "kind", "reliability", "origin", "language",
    ),
    "episode": ("id", "kind", "name", "when"),
}  # fmt: skip
NEEDED = ("subject", "relation", "object", "when", "source", "confidence")
_NUMBERS = frozenset({"confidence", "amount"})


@dataclass(frozen=True, slots=True)
class Sketch:
    """What somebody wants to say, as it was written."""

    claims: tuple[Table, ...] = ()
    actors: tuple[Table, ...] = ()
    sources: tuple[Table, ...] = ()
    episodes: tuple[Table, ...] = ()


def records_of(sketch: Sketch, graph: Graph) -> NamedRecords:
    """The records that a sketch means, nouns first; raises `InvalidRecord` or `Conflict`, with a
    note that says which table it is about."""
    nouns = [
        *_nouns("actor", sketch.actors, graph),
        *_nouns("source", sketch.sources, graph),
        *_nouns("episode", sketch.episodes, graph),
    ]
    return NamedRecords([*nouns, *_claims(sketch, graph, [record for _, record in nouns])])


def _claims(sketch: Sketch, graph: Graph, fresh: list[Record]) -> Iterator[Named]:
    for place, written in enumerate(sketch.claims, start=1):
        table = _given(written)
        name = f"claim {place}" if len(sketch.claims) > 1 else ""
        if table:
            with about(lambda: name):  # noqa: B023 - used up within
                record = _claim(table, graph, fresh)
            yield name, record


def _nouns(kind: str, tables: tuple[Table, ...], graph: Graph) -> Iterator[Named]:
    for place, written in enumerate(tables, start=1):
        table = _given(written)
        if table:
            name = f"{kind} {table.get('id', place)}"
            with about(lambda: name):  # noqa: B023 - used up within
                _check_fields(kind, table)
                record = parse_record({"record": kind, **table}, graph.ontology)
                _check_new(kind, record, graph)
            yield name, record


def _check_new(kind: str, record: Record, graph: Graph) -> None:
    """A known one is not written over in passing: the log would take it for a correction."""
    if isinstance(record, Actor | Source | Episode):
        entries = graph.store.about(f"{kind}:{record.id}")
        if entries and entries[-1].record != record:
            raise Conflict(
                f"{kind} {record.id!r} is known and says something else: leave its fields out, "
                "or correct it with graph-service import native"
            )


def _claim(table: Table, graph: Graph, fresh: list[Record]) -> Record:
    _check_fields("claim", table)
    missing = [field for field in NEEDED if field not in table]
    if missing:
        raise InvalidRecord(f"a claim needs {', '.join(missing)}", field=missing[0])
    names = {field: str(table[field]) for field in ("subject", "relation", "object", "source")}
    actors = [record for record in fresh if isinstance(record, Actor)]
    check_source(graph, names["source"], [r.id for r in fresh if isinstance(r, Source)])
    if "episode" in table:
        episodes = [record.id for record in fresh if isinstance(record, Episode)]
        check_episode(graph, str(table["episode"]), episodes)
    claim = {
        **{field: table[field] for field in OF_CLAIM if field in table},
        "relation": relation_meant(names["relation"], graph.ontology),
        "subject": actor_meant(graph, names["subject"], "subject", actors),
        "object": actor_meant(graph, names["object"], "object", actors),
        "evidence": [{field: table[field] for field in OF_EVIDENCE if field in table}],
    }
    return parse_record({"record": "claim", **claim}, graph.ontology)


def _check_fields(kind: str, table: Table) -> None:
    for field in table:
        if field not in FIELDS[kind]:
            near = get_close_matches(field, FIELDS[kind], n=2)
            raise InvalidRecord(f"{kind} has no field {field!a}", suggestions=near)


def _given(table: Table) -> dict[str, object]:
    """The fields that say something, as native records have them."""
    found = {field: _as_native(field, value) for field, value in table.items()}
    return {field: value for field, value in found.items() if value not in (None, "", [])}


def _as_native(field: str, value: object) -> object:
    if field == "aliases" and isinstance(value, list):
        return [{"text": each} if isinstance(each, str) else each for each in value]
    if isinstance(value, date):  # TOML has dates of its own: 2024-07-31 without quotes
        return value.isoformat()
    if field in _NUMBERS and isinstance(value, str):
        return _number(value)
    if field not in _NUMBERS and isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # a year without quotes
    return value


def _number(text: str) -> object:
    try:
        return float(text) if text.strip() else ""
    except ValueError:
        return text
