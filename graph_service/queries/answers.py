"""The shapes of answers: what was found, and what it rests on. Shown as JSON by `as_json`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from graph_service.domain.periods import day, day_or_none, instant
from graph_service.graph.view import Citation, CitedSource, Fold, View

T = TypeVar("T")
MOST_NAMED = 20
"""So many who count as one state are named."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an answer rests on: the claims it cites, their sources and origins, the latest day
    attested, and how many ties are held back only because their dates are uncertain."""

    claims: int
    sources: int
    origins: int
    latest_attested: str | None
    held_back: int
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who counts as one state in the claims that an answer cites: the first 20 ids, and how many
    more there are."""

    actors: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Level:
    """The level at which an answer was given: what actors count as (`fold`), how many do in the
    whole graph, and by the id of each state whom the cited claims name that counts as it."""

    fold: str
    actors: int
    states: Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Meta:
    """Where the answer stands. `truncated` says why it is not whole, None when it is;
    `unread_since` is the time up to which the log was read, where its server does not answer now,
    and None where it does; `level` is None, and left out, where actors are as named."""

    as_of: str
    known_at: str | None
    sequence: int
    truncated: str | None
    coverage: Coverage
    unread_since: str | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class NounMeta:
    """Where a noun or a list of nouns stands: on the log, and rarely on a date. It has the members
    of every `meta`, and cites nothing."""

    sequence: int
    as_of: str | None = None
    known_at: str | None = None
    truncated: str | None = None
    coverage: None = None
    unread_since: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Where a list goes on: the cursor of the next page, None on the last."""

    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """Data with its meta, as every question answers."""

    data: T
    meta: Meta
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor as answers name it."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim as answers cite it."""

    id: str
    relation: str
    subject: str
    object: str
    when: str
    state: str | None
    modality: str
    strength: str | None
    outcome: str | None
    sources: tuple[CitedSource, ...]
    denied_by: tuple[CitedSource, ...] = ()


def named(view: View, code: int) -> NamedActor:
    """The actor with this code."""
    actors = view.actors
    return NamedActor(actors.id(code), actors.name(code), actors.kind(code))


def cited(citation: Citation) -> CitedClaim:
    """A citation as answers show it."""
    return CitedClaim(
        id=citation.id,
        relation=citation.relation,
        subject=citation.subject,
        object=citation.object,
        when=citation.when,
        state=citation.state,
        modality=citation.modality,
        strength=citation.strength,
        outcome=citation.outcome,
        sources=citation.sources,
        denied_by=citation.denied_by,
    )


def coverage(citations: Iterable[Citation], held_back: int) -> Coverage:
    """What these citations amount to, each claim counted once."""
    claims = {citation.id: citation for citation in citations}
    sources = {source.id for claim in claims.values() for source in claim.sources}
    origins = {origin for claim in claims.values() for origin in claim.origins}
    latest = max((claim.attested for claim in claims.values()), default=None)
    return Coverage(
        claims=len(claims),
        sources=len(sources),
        origins=len(origins),
        latest_attested=None if latest is None else day_or_none(latest),
        held_back=held_back,
        hint="ask with dates=possible to see what is held back" if held_back else None,
    )


def level(view: View, citations: Iterable[Citation]) -> Level | None:
    """Who counts as whom in these citations; None where actors are as named."""
    if view.frame.fold is Fold.NONE:
        return None
    folded = view.folded
    named: dict[str, set[str]] = {}
    for citation in citations:
        for end in (citation.subject, citation.object):
            if end in folded:
                named.setdefault(folded[end], set()).add(end)
    states = {
        state: Standing(tuple(sorted(ids)[:MOST_NAMED]), max(0, len(ids) - MOST_NAMED))
        for state, ids in sorted(named.items())
    }
    return Level(view.frame.fold.value, len(folded), states)


def meta(
    view: View, covers: Coverage, truncated: str | None = None, cited: Iterable[Citation] = ()
) -> Meta:
    """The meta of an answer that this view gave, which cites these claims."""
    frame = view.frame
    return Meta(
        as_of=day(frame.as_of),
        known_at=None if frame.known_at is None else instant(frame.known_at),
        sequence=view.sequence,
        truncated=truncated,
        coverage=covers,
        level=level(view, cited),
    )


def members_of(meta: Meta | NounMeta) -> dict[str, Any]:
    """The members of a meta that are shown: `level` only where it says something."""
    members = {field.name: getattr(meta, field.name) for field in fields(meta)}
    return {name: value for name, value in members.items() if name != "level" or value is not None}


def as_json(value: object) -> Any:  # noqa: ANN401 - JSON is any of six types, nested
    """The value as plain JSON types: dataclasses by field (`from_` is shown as `from`)."""
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return instant(value)
    if is_dataclass(value):
        names = [field.name for field in fields(value)]
        return {name.rstrip("_"): as_json(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [as_json(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no JSON shape")
