"""Our own export in FollowTheMoney taken back, as `docs/exporting.md` has it.

Actors, sources and claims keep their ids. What the format cannot carry (confidence, reliability,
places in sources, decisions, episodes) is not invented: evidence has the confidence of the import.
"""

from typing import Any

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.domain.claims import ClaimRecord, Modality, Stance, State, Status
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import check_text
from graph_service.domain.periods import When, parse_published
from graph_service.domain.sources import Source
from graph_service.importers.ftm_entities import Entity
from graph_service.importers.ftm_schemata import ENDS
from graph_service.importers.ftm_sources import RELIABILITY
from graph_service.importers.ftm_ties import CONFIDENCE, Ties
from graph_service.importers.intake import Intake
from graph_service.importers.json_values import shown

DOCUMENT = "source/"
"""Before the id of a source."""

_SCOPES = {
    "alias": Scope.NAME,
    "previousName": Scope.FORMER,
    "weakAlias": Scope.ACRONYM,
    "keywords": Scope.METONYM,
}
_STATUS = {
    State.PROPOSED: Status.PROPOSED,
    State.REJECTED: Status.REJECTED,
    State.RETRACTED: Status.RETRACTED,
}


def is_source(entity: Entity) -> bool:
    """Whether it is a source of an export of ours; a file that has one is such an export."""
    return entity.schema == "Document" and entity.id.startswith(DOCUMENT)


def source(intake: Intake, entity: Entity) -> str:
    """The id of the source that a document is; one that is known stays as it is, since the file
    tells less of it."""
    return intake.source_unless_known(
        Source(
            entity.id.removeprefix(DOCUMENT),
            check_text(_one(entity, "title"), "title"),
            publisher=_checked(entity, "publisher"),
            url=_checked(entity, "sourceUrl"),
            published=_published(entity),
            reliability=intake.reliability(RELIABILITY),
        )
    )


def _published(entity: Entity) -> str | None:
    told = _one(entity, "publishedAt") or _one(entity, "summary")
    if told is not None:
        parse_published(told)
    return told


def actor(intake: Intake, entity: Entity) -> str:
    """The id of the actor that an entity is."""
    kind = _one(entity, "classification") or ""
    if kind not in intake.ontology.kinds:
        raise InvalidRecord(f"{kind[:60]!r} is no kind of actor", field="classification")
    aliases = [(text, scope) for name, scope in _SCOPES.items() for text in _texts(entity, name)]
    return intake.actors.put_whole(
        Actor(
            entity.id,
            kind,
            check_text(_one(entity, "name"), "name"),
            tuple(Alias(check_text(text, "alias"), scope) for text, scope in aliases),
            _ids(entity),
            _description(entity),
        )
    )


def _ids(entity: Entity) -> tuple[tuple[str, str], ...]:
    found = {}
    for pair in _texts(entity, "idNumber"):
        scheme, _, value = pair.partition(":")
        found[check_text(scheme, "idNumber")] = check_text(value, "idNumber")
    wikidata = _one(entity, "wikidataId")
    if wikidata is not None:
        found["wikidata"] = check_text(wikidata, "wikidataId")
    return tuple(sorted(found.items()))


def _description(entity: Entity) -> str | None:
    told = _one(entity, "description")
    return None if told is None else check_text(told, "description", lines=True)


def _texts(entity: Entity, name: str) -> list[str]:
    """The values of a property as they stand; raises `InvalidRecord` where they are no texts."""
    entity.texts(name)
    found = entity.properties.get(name, [])
    return found if isinstance(found, list) else [found]


def _checked(entity: Entity, name: str) -> str | None:
    told = _one(entity, name)
    return None if told is None else check_text(told, name)


def _one(entity: Entity, name: str) -> str | None:
    return next(iter(_texts(entity, name)), None)


def claim(intake: Intake, ties: Ties, entity: Entity, actors: dict[str, str]) -> ClaimRecord:
    """The claim of an entity, with a piece of evidence for each of its sources."""
    relation = entity.first("role") or ties.relation(entity.schema) or ""
    subject, object_ = _ends(entity)
    for field, end in (("subject", subject), ("object", object_)):
        if end not in actors:
            raise InvalidRecord(f"{end[:80]!r} is no entity of the file", field=field)
    when = When.parse(entity.first("summary") or "")
    told = intake.claim(subject, relation, object_, when)
    sources = entity.datasets
    if not sources:
        raise InvalidRecord("a claim needs a source: datasets is empty", field="datasets")
    more = _status(entity) | (_qualities(entity) if len(sources) == 1 else {})
    confidence = intake.confidence(CONFIDENCE)
    # Without their episodes two claims may be one: what is said of each keeps its place.
    id_ = shown(entity.id)
    locator = None if id_ == told.id else id_
    pieces = [intake.evidence(told, one, confidence, locator, **more) for one in sources]
    return ClaimRecord(told, tuple(pieces))


def _ends(entity: Entity) -> tuple[str, str]:
    ends = ENDS[entity.schema]
    subject = "authorityId" if entity.schema == "Sanction" else ends.subject
    return entity.only(subject) or "", entity.only(ends.object) or ""


def _status(entity: Entity) -> dict[str, Any]:
    """The state and the modality, where they are not those of a plain fact."""
    words = set(entity.texts("status"))
    more: dict[str, Any] = {}
    for state, status in _STATUS.items():
        if state in words:
            more["status"] = status
    if State.DENIED in words:
        more["stance"] = Stance.DENIED
    for modality in Modality:
        if modality in words:
            more["modality"] = modality
    return more


def _qualities(entity: Entity) -> dict[str, Any]:
    """What several pieces of evidence would have together, so that it is told of one alone."""
    more: dict[str, Any] = {}
    amount, unit = entity.only("amount"), entity.only("currency")
    if amount is not None and unit is not None:
        try:
            more = {"amount": float(amount), "unit": unit}
        except ValueError as error:
            raise InvalidRecord(f"{amount[:40]!r} is no number", field="amount") from error
    passages = _texts(entity, "description")
    if len(passages) == 1:
        more["passage"] = check_text(passages[0], "description", lines=True)
    return more
