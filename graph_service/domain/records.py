"""Native records: domain values from JSON objects and back. The shapes are in `docs/records.md`."""

from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from operator import attrgetter
from typing import Any

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.domain.claim_fields import read_claim
from graph_service.domain.claims import (
    ClaimRecord,
    Decision,
    Evidence,
    Status,
    claim_fields,
    reasoned,
)
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import Fields
from graph_service.domain.identity import Judgement, Verdict
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import Span, When, instant, parse_published
from graph_service.domain.sources import Reliability, Source

Record = Actor | Source | Episode | ClaimRecord | Judgement | Decision
Json = dict[str, Any]


def parse_record(data: object, ontology: Ontology) -> Record:
    """One native record from a JSON object; raises `InvalidRecord` naming the field."""
    fields = Fields(data, "a record")
    kind = fields.required("record")
    reader = _READERS.get(kind)
    if reader is None:
        near = get_close_matches(kind, _READERS, n=1)
        raise InvalidRecord(
            f"{kind!r} is no kind of record: {', '.join(_READERS)} are",
            field="record",
            suggestions=near,
        )
    record = reader(fields, ontology)
    fields.finish()
    return record


def dump_record(record: Record) -> Json:
    """The JSON object of a record, nulls and empty lists left out."""
    name, values = _DUMPERS[type(record)](record)
    return {"record": name} | _without_nulls(values)


def _without_nulls(values: Json) -> Json:
    return {
        name: instant(value) if isinstance(value, datetime) else value
        for name, value in values.items()
        if value is not None and value != [] and value != {}
    }


def _actor(fields: Fields, ontology: Ontology) -> Actor:
    kind = fields.required("kind")
    if kind not in ontology.kinds:
        raise InvalidRecord(
            f"{kind!r} is no kind of actor: {', '.join(ontology.kinds)} are",
            field="kind",
            suggestions=get_close_matches(kind, ontology.kinds, n=2),
        )
    return Actor(
        id=fields.identifier("id"),
        kind=kind,
        name=fields.required("name"),
        aliases=tuple(_alias(item, n) for n, item in enumerate(fields.items("aliases"))),
        ids=fields.texts_by_name("ids"),
        description=fields.prose("description"),
    )


def _alias(data: object, place: int) -> Alias:
    try:
        fields = Fields(data, "an alias")
        alias = Alias(
            text=fields.required("text"),
            scope=fields.choice("scope", Scope, Scope.NAME) or Scope.NAME,
            lang=fields.text("lang"),
            since=_date(fields, "from"),
            until=_date(fields, "to"),
        )
        fields.finish()
    except InvalidRecord as error:
        raise error.within(f"aliases[{place}]") from None
    return alias


def _date(fields: Fields, name: str) -> str | None:
    text = fields.text(name)
    if text is not None:
        try:
            Span.parse(text)
        except InvalidRecord as error:
            error.field = name
            raise
    return text


def _source(fields: Fields, _: Ontology) -> Source:
    published = fields.text("published")
    if published is not None:
        try:
            parse_published(published)
        except InvalidRecord as error:
            error.field = "published"
            raise
    return Source(
        id=fields.identifier("id"),
        title=fields.required("title"),
        publisher=fields.text("publisher"),
        url=fields.text("url"),
        published=published,
        kind=fields.text("kind"),
        reliability=fields.choice("reliability", Reliability, Reliability.F) or Reliability.F,
        origin=fields.text("origin"),
        language=fields.text("language"),
        sha256=fields.text("sha256"),
    )


def _episode(fields: Fields, _: Ontology) -> Episode:
    when = fields.required("when")
    return Episode(
        id=fields.identifier("id"),
        kind=fields.required("kind"),
        name=fields.required("name"),
        when=When.parse(when).text,
    )


def _judgement(fields: Fields, _: Ontology) -> Judgement:
    verdict = fields.choice("verdict", Verdict)
    if verdict is None:
        raise InvalidRecord("a judgement needs a verdict", field="verdict")
    left, right = fields.identifier("left"), fields.identifier("right")
    if left == right:
        raise InvalidRecord("a judgement is about two actors", field="right")
    return Judgement(
        left, right, verdict, fields.text("by"), fields.instant("at"), fields.prose("reason")
    )


class _Verdicts(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRACTED = "retracted"


def _decision(fields: Fields, _: Ontology) -> Decision:
    verdict = fields.choice("verdict", _Verdicts)
    if verdict is None:
        raise InvalidRecord("a decision needs a verdict", field="verdict")
    decision = Decision(
        evidence=fields.identifier("evidence"),
        verdict=Status(verdict.value),
        by=fields.required("by"),
        at=fields.instant("at"),
        reason=fields.prose("reason"),
        expected=fields.whole_number("expected"),
    )
    return reasoned(decision)


_READERS: dict[str, Callable[[Fields, Ontology], Record]] = {
    "actor": _actor,
    "source": _source,
    "episode": _episode,
    "claim": read_claim,
    "judgement": _judgement,
    "decision": _decision,
}


def _dump_actor(actor: Actor) -> tuple[str, Json]:
    aliases = [
        _without_nulls(
            {"text": a.text, "scope": a.scope, "lang": a.lang, "from": a.since, "to": a.until}
        )
        for a in actor.aliases
    ]
    return "actor", {
        "id": actor.id,
        "kind": actor.kind,
        "name": actor.name,
        "aliases": aliases,
        "ids": dict(actor.ids),
        "description": actor.description,
    }


def _dump_fields(name: str, *fields: str) -> Callable[[Any], tuple[str, Json]]:
    return lambda record: (name, {field: getattr(record, field) for field in fields})


def _dump_claim(record: ClaimRecord) -> tuple[str, Json]:
    evidence = [dump_evidence(piece) for piece in record.evidence]
    return "claim", claim_fields(record.claim) | {"evidence": evidence}


_EVIDENCE_FIELDS = (
    "id", "source", "locator", "passage", "stance", "modality", "attributed_to", "confidence",
    "strength", "outcome", "amount", "unit", "coder", "status", "recorded_at", "decided_at",
    "decided_by", "reason", "retracted_at",
)  # fmt: skip


_EVIDENCE_TIMES = ("recorded_at", "decided_at", "retracted_at")
# Evidence is written by the million: read all at once it takes a quarter of the time.
_values_of_evidence = attrgetter(*_EVIDENCE_FIELDS)


def dump_evidence(piece: Evidence) -> Json:
    """The JSON object of a piece of evidence, as it stands inside its claim."""
    values = zip(_EVIDENCE_FIELDS, _values_of_evidence(piece), strict=True)
    data = {name: value for name, value in values if value is not None}
    for name in _EVIDENCE_TIMES:
        if name in data:
            data[name] = instant(data[name])
    return data


_DUMPERS: dict[type, Callable[[Any], tuple[str, Json]]] = {
    Actor: _dump_actor,
    Source: _dump_fields(
        "source", "id", "title", "publisher", "url", "published", "kind", "reliability", "origin",
        "language", "sha256",
    ),
    Episode: _dump_fields("episode", "id", "kind", "name", "when"),
    ClaimRecord: _dump_claim,
    Judgement: _dump_fields("judgement", "left", "right", "verdict", "by", "at", "reason"),
    Decision: _dump_fields("decision", "evidence", "verdict", "by", "at", "reason", "expected"),
}  # fmt: skip
