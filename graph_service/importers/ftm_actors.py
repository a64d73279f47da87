"""Who the entities of a FollowTheMoney file are."""

import re

from graph_service.domain.actors import Actor, Scope
from graph_service.domain.errors import InvalidRecord
from graph_service.importers.book import ActorBook
from graph_service.importers.ftm_entities import Entity
from graph_service.importers.ftm_schemata import kind_of
from graph_service.importers.json_values import names, shown
from graph_service.names.folding import fold_name

SCHEME = "ftm"

IDS = {
    "wikidataId": "wikidata",
    "leiCode": "lei",
    "permId": "permid",
    "opencorporatesUrl": "opencorporates",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "uniqueEntityId": "uei",
    "swiftBic": "swift",
    "imoNumber": "imo",
    "cikCode": "cik",
}
"""Identifiers that mean one body wherever they stand, with their schemes."""

NATIONAL = {"registrationNumber": "registration", "vatCode": "vat"}
"""Identifiers that mean one body in one country."""

_OTHER_NAMES = ("name", "alias", "previousName", "weakAlias", "abbreviation")
_COUNTRIES = ("country", "jurisdiction", "mainCountry")
_STATES = frozenset({"Country", "PublicBody", "Organization", "LegalEntity"})
"""What a state may stand under; no company and no person is one, whatever they are called."""
_GOVERNMENT = re.compile("government of (the )?", re.IGNORECASE)
_LAST_LATIN = 0x24F


def entered(book: ActorBook, entity: Entity) -> str:
    """The id of the actor that an entity is; raises `InvalidRecord` where it has no name."""
    called = names((entity.caption, *entity.texts("name"), _spelt_out(entity)), most=100)
    if not called:
        raise InvalidRecord(f"{entity.id} has no name that can be shown", field="name")
    found = _state(book, entity, called) if entity.schema in _STATES else None
    if found is not None:
        return found
    kind = kind_of(entity.schema, entity.texts("topics"))
    name = called[0] if shown(entity.caption) else next(filter(is_latin, called), called[0])
    told = names(entity.all(*_OTHER_NAMES))
    return book.entity(name, kind, identifiers(entity), told)


def body(book: ActorBook, name: str, country: str | None) -> str:
    """The id of the authority that is only named: a state, or an agency of a country."""
    state = state_called(book, name)
    if state is not None:
        return named_state(book, state.id, name)
    # Ministries of several countries have one name.
    key = f"{name} ({country})" if country else name
    return book.entity(name, "agency", {SCHEME: key})


def state_called(book: ActorBook, name: str) -> Actor | None:
    """The state of that name, or whose government is called so. A body that is called by a state's
    capital is the city, or another body, and not the state."""
    government = _GOVERNMENT.match(name)
    name = name[government.end() :] if government else name
    found = book.state("name", name)
    actor = None if found is None else book.take(found)
    if actor is None:
        return None
    seats = {fold_name(alias.text) for alias in actor.aliases if alias.scope is Scope.METONYM}
    return None if fold_name(name) in seats else actor


def named_state(book: ActorBook, id_: str, name: str) -> str:
    """The state of the book, which the format calls by its code."""
    actor = book.take(id_)
    iso2 = None if actor is None else dict(actor.ids).get("iso2")
    if iso2 is None:
        return book.actor(name, "state")
    return book.actor(name, "state", key=iso2.lower(), ids={"iso2": iso2})


def country_state(book: ActorBook, code: str) -> str | None:
    """The id of the state of a country code; None where there is none."""
    found = book.state("iso2", code.upper())
    return None if found is None else named_state(book, found, book.name(found))


def identifiers(entity: Entity) -> dict[str, str]:
    """The identifiers of an entity by scheme; where it has several of one, none of them."""
    found = {SCHEME: entity.id}
    for property_, scheme in IDS.items():
        value = shown(entity.only(property_))
        if value is not None:
            found[scheme] = value
    countries = sorted(set(entity.all(*_COUNTRIES)))
    for property_, scheme in NATIONAL.items():
        value = shown(entity.only(property_))
        if value is not None and len(countries) == 1:
            found[scheme] = f"{countries[0]}:{value}"
    return found


def is_latin(name: str) -> bool:
    """Whether all letters of a name are Latin ones."""
    return all(ord(letter) <= _LAST_LATIN for letter in name if letter.isalpha())


def _spelt_out(entity: Entity) -> str:
    """The name of a person of whom only its parts are told."""
    parts = (entity.first(part) for part in ("firstName", "middleName", "lastName"))
    return " ".join(part for part in parts if part)


def _state(book: ActorBook, entity: Entity, called: list[str]) -> str | None:
    """The state whose code the id of a body is, or whose name it has, if its country says nothing
    else."""
    countries = {code.lower() for code in entity.all(*_COUNTRIES)}
    code = entity.id.lower()
    # Other data sets number their bodies; two letters are a code where the country is it, too.
    if countries == {code} or (entity.schema == "Country" and countries <= {code}):
        found = country_state(book, code)
        if found is not None:
            return found
    for name in called:
        actor = state_called(book, name)
        if actor is not None and countries <= {dict(actor.ids).get("iso2", "").lower()}:
            return named_state(book, actor.id, name)
    return None
