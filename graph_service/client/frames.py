"""Answers as tables of pandas: a row a ranked actor, a tie, a step of a path, or a thing listed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from graph_service.client.extra import extra
from graph_service.domain.periods import DISTANT_FUTURE, DISTANT_PAST, When, day_or_none
from graph_service.queries.answers import CitedClaim, NamedActor
from graph_service.queries.influence import Ranked
from graph_service.queries.neighbours import Neighbourhood
from graph_service.queries.paths import Paths

if TYPE_CHECKING:
    import pandas

    from graph_service.client.known import Known

Row = dict[str, object]
Columns = Mapping[str, Any]
TEXT, NUMBER, COUNT, DAY, TIME = "str", "float64", "Int64", "datetime64[s]", "datetime64[us, UTC]"

RANKED = {
    "by": TEXT, "rank": COUNT, "actor": TEXT, "name": TEXT, "kind": TEXT, "leverage": NUMBER, "coercion": NUMBER,
    "net": NUMBER, "exclusivity": NUMBER, "command": NUMBER, "carrots": NUMBER, "access": NUMBER,
    "revealed": NUMBER, "sticks": NUMBER, "tier": COUNT, "low": NUMBER, "high": NUMBER,
    "floor": NUMBER, "ceiling": NUMBER, "paths": COUNT, "claims": COUNT, "sources": COUNT,
    "as_of": DAY,
}  # fmt: skip
TIES = {
    "hop": COUNT, "actor": TEXT, "name": TEXT, "kind": TEXT, "relation": TEXT, "family": TEXT,
    "direction": TEXT, "sign": TEXT, "strength": NUMBER, "when": TEXT, "since": DAY,
    "until": DAY, "claims": COUNT, "sources": COUNT, "as_of": DAY,
}  # fmt: skip
STEPS = {
    "path": COUNT, "step": COUNT, "from": TEXT, "from_name": TEXT, "to": TEXT, "to_name": TEXT,
    "relations": TEXT, "sign": TEXT, "strength": NUMBER, "when": TEXT, "since": DAY, "until": DAY,
    "claims": COUNT, "sources": COUNT, "missing": TEXT, "as_of": DAY,
}  # fmt: skip


CLAIMS = {
    "claim": TEXT, "subject": TEXT, "subject_name": TEXT, "relation": TEXT, "object": TEXT,
    "object_name": TEXT, "sign": TEXT, "when": TEXT, "since": DAY, "until": DAY, "state": TEXT,
    "modality": TEXT, "sources": TEXT, "denied_by": TEXT,
}  # fmt: skip


def frame_of(columns: Columns, rows: Iterable[Row]) -> "pandas.DataFrame":
    """A table with these columns of these types, whatever is missing in the rows."""
    with extra():
        import pandas as pd

    taken = list(rows)
    series = {}
    for name, kind in columns.items():
        values: Any = [row.get(name) for row in taken]
        # Days before 1677 have no place among nanoseconds.
        series[name] = pd.Series(values, dtype="object").astype(kind)
    return pd.DataFrame(series)


def ranked_rows(lists: Mapping[str, Sequence[Ranked]], as_of: str) -> Iterator[Row]:
    """A row each actor in each list, since paths and intervals are those of the list. What an entry
    does not hold stays empty."""
    placed = ((by, *one) for by, entries in lists.items() for one in enumerate(entries, start=1))
    for by, rank, entry in placed:
        claims = [claim for path in entry.paths for step in path.steps for claim in step.claims]
        low, high = getattr(entry, "interval", None) or (None, None)
        own: Row = {name: getattr(entry, name, None) for name in RANKED}
        yield (
            own
            | dict(getattr(entry, "channels", {}))
            | _named(entry.actor)
            | {
                "by": by,
                "rank": rank,
                "low": low,
                "high": high,
                "paths": len(entry.paths),
                "as_of": as_of,
            }
            | _cited(claims)
        )


def tie_rows(data: Neighbourhood, as_of: str) -> Iterator[Row]:
    """A row each tie."""
    for hop, ring in enumerate(data.hops, start=1):
        for neighbour in ring:
            for tie in neighbour.ties:
                own: Row = {name: getattr(tie, name) for name in TIES if hasattr(tie, name)}
                yield (
                    own
                    | {"hop": hop, "as_of": as_of}
                    | _named(neighbour.actor)
                    | _dated(tie.claims)
                    | _cited(tie.claims)
                )


def step_rows(data: Paths, as_of: str, known: "Known") -> Iterator[Row]:
    """A row each step."""
    for number, path in enumerate(data.paths, start=1):
        for place, step in enumerate(path.steps, start=1):
            own: Row = {
                "path": number,
                "step": place,
                "from": step.from_,
                "from_name": known.name(step.from_),
                "to": step.to,
                "to_name": known.name(step.to),
                "relations": ", ".join(step.relations),
                "sign": step.sign,
                "strength": step.strength,
                "missing": ", ".join(step.missing),
                "as_of": as_of,
            }
            yield own | _dated(step.claims) | _cited(step.claims)


def claim_rows(claims: Iterable[CitedClaim], known: "Known") -> Iterator[Row]:
    """A row each claim."""
    for claim in claims:
        own: Row = {name: getattr(claim, name) for name in CLAIMS if hasattr(claim, name)}
        yield (
            own
            | _dated([claim])
            | {
                "claim": claim.id,
                "subject_name": known.name(claim.subject),
                "object_name": known.name(claim.object),
                "sign": known.relation(claim.relation).get("polarity"),
                "sources": ", ".join(source.id for source in claim.sources),
                "denied_by": ", ".join(source.id for source in claim.denied_by),
            }
        )


def listed_frame(kind: type[Any], items: Iterable[object]) -> "pandas.DataFrame":
    """A row each thing of this kind, a column each field; lists within are written with commas."""
    columns = {field.name: _type(field.type) for field in fields(kind)}
    rows = ({name: _flat(getattr(item, name)) for name in columns} for item in items)
    return frame_of(columns, rows)


def _named(actor: NamedActor) -> Row:
    return {"actor": actor.id, "name": actor.name, "kind": actor.kind}


def _dated(claims: Sequence[CitedClaim]) -> Row:
    """When claims hold: as told, and between which days; nothing for a side that is open or
    unknown in one of them."""
    spans = [When.parse(claim.when).days() for claim in claims]
    return {
        "when": ", ".join(dict.fromkeys(claim.when for claim in claims)),
        "since": day_or_none(min((span.earliest for span in spans), default=DISTANT_PAST)),
        "until": day_or_none(max((span.latest for span in spans), default=DISTANT_FUTURE)),
    }


def _cited(claims: Sequence[CitedClaim]) -> dict[str, object]:
    sources = {source.id for claim in claims for source in claim.sources}
    return {"claims": len({claim.id for claim in claims}), "sources": len(sources)}


def _flat(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _type(annotation: object) -> str:
    named = getattr(annotation, "__name__", str(annotation)).partition(" ")[0]
    return {"int": COUNT, "float": NUMBER, "datetime": TIME}.get(named, TEXT)
