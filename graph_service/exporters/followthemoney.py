"""FollowTheMoney: entities as JSON lines, each behind those that it refers to.

Sources are `Document` entities, ids `source/` and ours; actors are `Person`, `PublicBody`,
`Organization`, `Company` or `LegalEntity` under their own ids, the kind in `classification`; a claim
is one interval under its own id, which is also its `recordId`, with the sources that assert it in
`datasets`, the relation in `role` and the period in `summary`. `docs/exporting.md` says it in full,
and an import of the file rests on it. What it cannot carry is in `CANNOT_CARRY`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from graph_service.domain.actors import Actor, Scope
from graph_service.domain.claims import Evidence, Modality, State
from graph_service.domain.periods import DISTANT_PAST, End, When
from graph_service.domain.sources import Source
from graph_service.exporters.native import fresh
from graph_service.exporters.part import Part, Told

CANNOT_CARRY = (
    "FollowTheMoney leaves out dissent but for the status `disputed`, confidence, strength, "
    "outcome, places in sources, decisions and history, reliability and origin of "
    "sources, episodes, languages and dates of names, and judgements; evidence of several sources "
    "stands together."
)

DOCUMENT = "source/"
"""Before the id of a source; no id of an actor has a slash."""

SCHEMA_OF_KIND = {
    "person": "Person",
    "state": "PublicBody",
    "government": "PublicBody",
    "legislature": "PublicBody",
    "court": "PublicBody",
    "agency": "PublicBody",
    "armed_force": "PublicBody",
    "party": "Organization",
    "coalition": "Organization",
    "armed_group": "Organization",
    "igo": "Organization",
    "advocacy": "Organization",
    "organisation": "Company",
}
ANY_SCHEMA = "LegalEntity"
PROPERTY_OF_SCOPE = {
    Scope.NAME: "alias",
    Scope.FORMER: "previousName",
    Scope.ACRONYM: "weakAlias",
    Scope.METONYM: "keywords",
}
_BODIES = frozenset({"PublicBody", "Organization", "Company"})
_ANY = frozenset({"Person", ANY_SCHEMA, *_BODIES})
ENDS = {
    "Ownership": ("owner", "asset", frozenset({"Company"})),
    "Directorship": ("director", "organization", _BODIES),
    "Membership": ("member", "organization", _BODIES),
    "Representation": ("agent", "client", _ANY),
    "Payment": ("payer", "beneficiary", _ANY),
    "Debt": ("creditor", "debtor", _ANY),
    "Sanction": ("authorityId", "entity", _ANY),
}
"""The properties for subject and object, and the schemata that the object may have."""
LINK = ("subject", "object", _ANY)
_WITHOUT_ROLE = frozenset({"Payment", "Debt", "Sanction"})
_WITHOUT_STATUS = frozenset({"Payment", "Debt"})
_WITH_AMOUNT = frozenset({"Payment", "Debt"})

_CURRENCY = re.compile("[A-Z]{3}")
_DAY = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")

Properties = dict[str, list[str]]


def followthemoney(part: Part) -> Iterator[bytes]:
    """A line for each entity."""
    sources: set[str] = set()
    actors: set[str] = set()
    for told in part.claims():
        claim = told.claim
        for source in fresh((piece.source for piece in _for_it(told)), sources):
            yield _line(_document(part.source(source)))
        for actor in fresh((claim.subject, claim.object), actors):
            yield _line(_actor(part.actor(actor)))
        yield _line(_link(part, told))


def _line(entity: dict[str, Any]) -> bytes:
    return orjson.dumps(entity, option=orjson.OPT_APPEND_NEWLINE)


def _entity(id_: str, schema: str, properties: dict[str, Iterable[str | None]]) -> dict[str, Any]:
    told = {name: _texts(values) for name, values in properties.items()}
    return {
        "id": id_,
        "schema": schema,
        "properties": {name: values for name, values in told.items() if values},
    }


def _texts(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _document(source: Source) -> dict[str, Any]:
    published = source.published or ""
    is_exact = _DAY.fullmatch(published) is not None
    return _entity(
        DOCUMENT + source.id,
        "Document",
        {
            "title": [source.title],
            "publisher": [source.publisher],
            "sourceUrl": [source.url],
            "publishedAt": [published if is_exact else None],
            "summary": [None if is_exact else published],
        },
    )


def schema_of(actor: Actor) -> str:
    """The schema that fits the kind of an actor."""
    return SCHEMA_OF_KIND.get(actor.kind, ANY_SCHEMA)


def _actor(actor: Actor) -> dict[str, Any]:
    ids = dict(actor.ids)
    iso2 = ids.get("iso2") if actor.kind == "state" else None
    properties: dict[str, Iterable[str | None]] = {
        "name": [actor.name],
        "classification": [actor.kind],
        "wikidataId": [ids.get("wikidata")],
        "idNumber": [f"{name}:{value}" for name, value in actor.ids if name != "wikidata"],
        "country": [None if iso2 is None else iso2.lower()],
        "description": [actor.description],
    }
    for scope, name in PROPERTY_OF_SCOPE.items():
        properties[name] = [alias.text for alias in actor.aliases if alias.scope is scope]
    return {"caption": actor.name} | _entity(actor.id, schema_of(actor), properties)


def _link(part: Part, told: Told) -> dict[str, Any]:
    claim = told.claim
    schema = _schema(part, told)
    subject, object_, _ = ENDS.get(schema, LINK)
    pieces = _for_it(told)
    sources = [part.source(piece.source) for piece in pieces]
    properties: dict[str, Iterable[str | None]] = {
        subject: [claim.subject],
        object_: [claim.object],
        "recordId": [claim.id],
        "summary": [claim.when.text],
        "publisher": [source.publisher for source in sources],
        "sourceUrl": [source.url for source in sources],
        "description": [piece.passage for piece in pieces],
        **_dates(claim.when),
    }
    if schema == "Sanction":
        properties["authority"] = [part.actor(claim.subject).name]
    if schema not in _WITHOUT_ROLE:
        properties["role"] = [claim.relation]
    properties["status"] = _status(told)
    if schema in _WITH_AMOUNT:
        properties |= _amounts(pieces)
    cited = {"datasets": _texts(source.id for source in sources)}
    return _entity(claim.id, schema, properties) | cited


def _schema(part: Part, told: Told) -> str:
    """The first schema that the ontology has for the relation, where the object fits it."""
    object_ = schema_of(part.actor(told.claim.object))
    mapped = part.ontology.relation(told.claim.relation).followthemoney
    fitting = (name for name in mapped if name in ENDS and object_ in ENDS[name][2])
    schema = next(fitting, "UnknownLink")
    # What is disputed or only intended must not look like a fact.
    return "UnknownLink" if schema in _WITHOUT_STATUS and _status(told) else schema


def _status(told: Told) -> list[str]:
    """What keeps a claim from being a plain fact: that it is disputed, or only intended."""
    state = [] if told.state is State.ACCEPTED else [told.state.value]
    return state if told.modality is Modality.DONE else [*state, told.modality.value]


def _for_it(told: Told) -> list[Evidence]:
    """The evidence that asserts a claim; where none does, what denies it."""
    return told.asserting or told.denying


def _dates(when: When) -> dict[str, Iterable[str | None]]:
    """What prefixes of a date can say of a period."""
    if when.single:
        exact = _DAY.fullmatch(when.text) is not None
        return {"date": [when.text]} if exact else {"endDate": [_last(when.text)]}
    start, end = when.text.split("/")
    begun_by = when.start.earliest == DISTANT_PAST
    return {
        "startDate": [None if begun_by else start],
        "endDate": [_last(end) if when.end_is is End.KNOWN else None],
    }


def _last(text: str) -> str:
    """The date in `[..B]`, or the text itself."""
    return text.removeprefix("[..").removesuffix("]")


def _amounts(pieces: list[Evidence]) -> dict[str, Iterable[str | None]]:
    sums = [
        (f"{piece.amount:.15g}", piece.unit)
        for piece in pieces
        if piece.amount is not None and piece.unit and _CURRENCY.fullmatch(piece.unit)
    ]
    return {"amount": [amount for amount, _ in sums], "currency": [unit for _, unit in sums]}
