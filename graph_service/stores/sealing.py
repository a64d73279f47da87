"""Records to payloads and back. Whoever seals a record takes its free and personal texts out."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.domain.claims import (
    Claim,
    ClaimRecord,
    Decision,
    Evidence,
    Modality,
    Outcome,
    Stance,
    Status,
    Strength,
)
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import InvalidRecord, StoreError
from graph_service.domain.identity import Judgement, Verdict
from graph_service.domain.periods import When
from graph_service.domain.records import Record, dump_record
from graph_service.domain.sources import Reliability, Source
from graph_service.stores.base import Entry, Line, Text
from graph_service.stores.damage import DAMAGE, unreadable
from graph_service.stores.log import (
    SALT_BYTES,
    FindText,
    Json,
    canonical,
    check_hash,
    commit_to,
    commitments_in,
    open_text,
)

ERASED = "[erased]"
JUDGEMENTS = "judgement:"
"""What the keys of all judgements begin with."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record as the log keeps it: its payload, and the texts that were taken out of it."""

    kind: str
    payload: str
    texts: list[Text]
    keys: list[str]


@dataclass(slots=True)
class Sealer:
    """Takes texts out of one record's JSON and leaves commitments in their place."""

    salts: Callable[[int], bytes]
    texts: list[Text] = field(default_factory=list)

    def seal(self, data: Json, *names: str) -> None:
        for name in names:
            if name in data:
                text = data[name]
                salt = self.salts(SALT_BYTES)
                commitment = commit_to(salt, text)
                self.texts.append(Text(commitment, salt, text))
                data[name] = {"commitment": commitment}


def seal(record: Record, claim: str | None, salts: Callable[[int], bytes]) -> Sealed:
    """The record as the log keeps it; `claim` is the claim that a decision is about.

    Raises `InvalidRecord` where the record cannot be written as JSON.
    """
    data = dump_record(record)
    kind = data.pop("record")
    if claim is not None:
        data["claim"] = claim
    sealer = Sealer(salts)
    try:
        _take_texts(kind, data, sealer)
        return Sealed(kind, canonical(data), sealer.texts, keys_of(kind, data))
    except (UnicodeEncodeError, orjson.JSONEncodeError) as error:
        raise InvalidRecord(f"this {kind} cannot be written as JSON: {error}") from error


def _take_texts(kind: str, data: Json, sealer: Sealer) -> None:
    if kind == "claim":
        for piece in data["evidence"]:
            _check_numbers(piece)
            sealer.seal(piece, "passage", "reason")
    elif kind == "actor":
        sealer.seal(data, "description")
        if data["kind"] == "person":
            sealer.seal(data, "name")
            for alias in data.get("aliases", ()):
                sealer.seal(alias, "text")
    else:
        sealer.seal(data, "reason")


def _check_numbers(piece: Json) -> None:
    # orjson writes what is not finite as null, and null would come back as "not given".
    for name in ("confidence", "amount"):
        if name in piece and not math.isfinite(piece[name]):
            raise InvalidRecord(f"{name} is not a finite number", field=f"evidence.{name}")


def keys_of(kind: str, data: Json) -> list[str]:
    """What an entry is about, from its payload alone: the keys under which it is looked up."""
    if kind == "claim":
        return [data["id"], *(piece["id"] for piece in data["evidence"])]
    if kind == "decision":
        return [data["evidence"], data["claim"]]
    if kind == "judgement":
        return [judgement_key(data["left"], data["right"])]
    return [f"{kind}:{data['id']}"]


def commitments_about(key: str, line: Line) -> list[str]:
    """The commitments of an entry that are about one thing: for a piece of evidence its own."""
    data = orjson.loads(line.payload)
    if line.kind == "claim" and key != data["id"]:
        data = [piece for piece in data["evidence"] if piece["id"] == key]
    return list(commitments_in(data))


def judgement_key(left: str, right: str) -> str:
    """The key of every judgement on two actors, in this order."""
    return f"{JUDGEMENTS}{left} {right}"


def unseal(line: Line, find: FindText) -> Entry:
    """The entry of a line, its texts put back; raises `StoreCorrupt` where the line does not give
    its hash, or makes no sense."""
    try:
        check_hash(line)
        data = orjson.loads(line.payload)
        record = _READERS[line.kind](data, lambda text: _opened(text, find))
        at = datetime.fromisoformat(line.at)
    except StoreError:
        raise
    except DAMAGE as error:
        raise unreadable(f"entry {line.sequence}", error) from error
    return Entry(line.sequence, record, line.by, at, line.previous, line.hash)


Opened = Callable[[Any], str | None]


def _opened(value: Any, find: FindText) -> str | None:  # noqa: ANN401 - a text or its commitment
    return open_text(value["commitment"], find) if isinstance(value, dict) else value


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _actor(data: Json, opened: Opened) -> Actor:
    aliases = ((alias, opened(alias["text"])) for alias in data.get("aliases", ()))
    return Actor(
        id=data["id"],
        kind=data["kind"],
        name=opened(data["name"]) or ERASED,
        aliases=tuple(
            Alias(text, Scope(a["scope"]), a.get("lang"), a.get("from"), a.get("to"))
            for a, text in aliases
            if text is not None
        ),
        ids=tuple(sorted(data.get("ids", {}).items())),
        description=opened(data.get("description")),
    )


def _source(data: Json, _: Opened) -> Source:
    return Source(**data | {"reliability": Reliability(data["reliability"])})


def _episode(data: Json, _: Opened) -> Episode:
    return Episode(**data)


def _claim(data: Json, opened: Opened) -> ClaimRecord:
    id_ = data["id"]
    claim = Claim(
        id_,
        data["subject"],
        data["relation"],
        data["object"],
        When.parse(data["when"]),
        data.get("episode"),
    )
    return ClaimRecord(claim, tuple(_piece(piece, id_, opened) for piece in data["evidence"]))


def _piece(data: Json, claim: str, opened: Opened) -> Evidence:
    get = data.get
    return Evidence(
        id=data["id"],
        claim=claim,
        source=data["source"],
        confidence=data["confidence"],
        locator=get("locator"),
        passage=opened(get("passage")),
        stance=_STANCES[data["stance"]],
        modality=_MODALITIES[data["modality"]],
        attributed_to=get("attributed_to"),
        strength=_STRENGTHS[get("strength")],
        outcome=_OUTCOMES[get("outcome")],
        amount=get("amount"),
        unit=get("unit"),
        coder=get("coder"),
        status=_STATUSES[data["status"]],
        recorded_at=_time(get("recorded_at")),
        decided_at=_time(get("decided_at")),
        decided_by=get("decided_by"),
        reason=opened(get("reason")),
        retracted_at=_time(get("retracted_at")),
    )


def _judgement(data: Json, opened: Opened) -> Judgement:
    return Judgement(
        left=data["left"],
        right=data["right"],
        verdict=Verdict(data["verdict"]),
        by=data.get("by"),
        at=_time(data.get("at")),
        reason=opened(data.get("reason")),
    )


def _decision(data: Json, opened: Opened) -> Decision:
    return Decision(
        evidence=data["evidence"],
        verdict=Status(data["verdict"]),
        by=data["by"],
        at=_time(data.get("at")),
        reason=opened(data.get("reason")),
        expected=data.get("expected"),
    )


# A dictionary answers several times faster than calling the enumeration, and this is read a
# million times when a log is followed from its start.
_STANCES = {member.value: member for member in Stance}
_MODALITIES = {member.value: member for member in Modality}
_STATUSES = {member.value: member for member in Status}
_STRENGTHS: dict[str | None, Strength | None] = {None: None} | {m.value: m for m in Strength}
_OUTCOMES: dict[str | None, Outcome | None] = {None: None} | {m.value: m for m in Outcome}

_READERS: dict[str, Callable[[Json, Opened], Record]] = {
    "actor": _actor,
    "source": _source,
    "episode": _episode,
    "claim": _claim,
    "judgement": _judgement,
    "decision": _decision,
}
