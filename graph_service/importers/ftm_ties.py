"""What the ties of a FollowTheMoney file claim: ownership, office, membership, sanctions, payments."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graph_service.domain.claims import Claim, ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When
from graph_service.importers.ftm_actors import body, country_state
from graph_service.importers.ftm_entities import Entity
from graph_service.importers.ftm_schemata import ENDS, THROUGH, relations
from graph_service.importers.ftm_sources import Said
from graph_service.importers.intake import Intake
from graph_service.importers.json_values import shown
from graph_service.importers.shares import TOO_SMALL, is_too_small, share_told
from graph_service.importers.told_dates import event_when, state_when

CONFIDENCE = 0.9
"""The coding is a change of words; what may be wrong is that the schema says more than the source."""

MOST_PAIRS = 100
_LONGEST_PASSAGE = 300
_STARTS = ("startDate",)
_ENDS = ("endDate",)
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%?", re.ASCII)
_CURRENCY = re.compile("[A-Z]{3}")


class NoTie(Exception):
    """What the entity tells is no tie between two actors; the message is the reason."""


class Sum(NamedTuple):
    """A sum of money."""

    amount: float
    unit: str


class Found(NamedTuple):
    """What became of the entities that ties refer to: the actors among them, the schemata of the
    others, and where those lead that stand between (ids of entities, or country codes)."""

    actors: dict[str, str]
    others: dict[str, str]
    through: dict[str, tuple[list[str], list[str]]]


class Ties:
    """Reads claims from ties."""

    def __init__(self, intake: Intake, found: Found) -> None:
        self._intake = intake
        self._found = found
        self._relations = relations(intake.ontology)

    def relation(self, schema: str) -> str | None:
        """The relation of a schema, None where there is none."""
        return self._relations.get(schema)

    def claims(self, entity: Entity, relation: str) -> tuple[ClaimRecord, ...]:
        """The claims of a tie; raises `InvalidRecord`, and `NoTie` for what is none."""
        pairs = list(self._pairs(entity))
        if len(pairs) > MOST_PAIRS:
            raise InvalidRecord(f"{entity.id} ties more than {MOST_PAIRS} pairs of actors")
        share = _share(entity)
        if is_too_small(share):
            raise NoTie(TOO_SMALL)
        said = Said(self._intake, entity)
        when = self._when(entity, relation, said)
        more = _qualities(entity, share)
        claims = [self._intake.claim(one, relation, other, when) for one, other in pairs]
        distinct = {claim.id: claim for claim in claims}.values()
        return tuple(self._record(claim, entity, said, more) for claim in distinct)

    def _record(
        self, claim: Claim, entity: Entity, said: Said, more: Mapping[str, Any]
    ) -> ClaimRecord:
        confidence = self._intake.confidence(CONFIDENCE)
        locator = shown(entity.id)
        pieces = [
            self._intake.evidence(claim, source, confidence, locator, **more)
            for source in said.sources(claim.when)
        ]
        return ClaimRecord(claim, tuple({piece.id: piece for piece in pieces}.values()))

    def _when(self, entity: Entity, relation: str, said: Said) -> When:
        starts = entity.all(*_STARTS) or entity.all("listingDate") or entity.texts("date")
        ends = entity.all(*_ENDS)
        if not self._intake.ontology.relation(relation).is_event:
            return state_when(starts, ends)
        when = event_when(entity.texts("date") or [*starts, *ends], said.first)
        if when is None:
            raise InvalidRecord(
                "an event is on some day, and nothing tells of one: name the day as of which the "
                "file is, with the wish published=2024-07-31",
                field="date",
            )
        return when

    def _pairs(self, entity: Entity) -> Iterator[tuple[str, str]]:
        ends = ENDS[entity.schema]
        if entity.schema == "Sanction":
            subjects = self._authorities(entity)
        else:
            subjects = self._actors(entity, ends.subject)
        objects = self._actors(entity, ends.object)
        for subject in subjects:
            for object_ in objects:
                yield subject, object_
                if ends.both_ways:
                    yield object_, subject

    def _authorities(self, entity: Entity) -> list[str]:
        names = [name for name in map(shown, entity.texts("authority")) if name is not None]
        if not names:
            raise NoTie("a sanction of no authority that is named")
        country = entity.only("country")
        return [body(self._intake.actors, name, country) for name in names]

    def _actors(self, entity: Entity, name: str) -> list[str]:
        """The actors that a property names; raises `NoTie` where it names something else, and
        `InvalidRecord` where it names nobody or what is not in the file."""
        values = entity.texts(name)
        if not values:
            raise InvalidRecord(f"{name} is missing", field=name)
        return [actor for value in values for actor in self._led_to(value, name)]

    def _led_to(self, id_: str, name: str) -> list[str]:
        found = self._found.actors.get(id_)
        if found is not None:
            return [found]
        schema = self._found.others.get(id_)
        if schema is None:
            raise InvalidRecord(f"{id_[:80]} is no entity of the file", field=name)
        bodies, countries = self._found.through.get(id_, ([], []))
        led = [self._found.actors[one] for one in bodies if one in self._found.actors]
        # A post of a country, of no body that is told, is one of the state.
        if not led and schema == "Position" and len(countries) == 1:
            state = country_state(self._intake.actors, countries[0])
            led = [] if state is None else [state]
        if not led:
            article = "an" if schema[:1] in "AEIOU" else "a"
            raise NoTie(
                f"a tie to {article} {schema}" + (" of nobody" if schema in THROUGH else "")
            )
        return led


def _share(entity: Entity) -> float | None:
    """The share of an owner, the largest that is told."""
    matches = map(_PERCENT.fullmatch, entity.texts("percentage"))
    told = [float(match[1].replace(",", ".")) for match in matches if match]
    shares = [share for share in told if share <= 100]
    return max(shares, default=None)


def _money(entity: Entity) -> Sum | None:
    amount, currency = entity.only("amount"), entity.only("currency")
    if amount is not None and currency is not None and _CURRENCY.fullmatch(currency):
        return _sum(amount, currency)
    for name, unit in (("amountEur", "EUR"), ("amountUsd", "USD")):
        value = entity.only(name)
        if value is not None:
            return _sum(value, unit)
    return None


def _sum(text: str, unit: str) -> Sum | None:
    try:
        amount = float(text)
    except ValueError:
        return None
    return Sum(amount, unit) if math.isfinite(amount) else None


def _qualities(entity: Entity, share: float | None) -> dict[str, Any]:
    """What the evidence says beside that it is so: sums, shares, and how the tie is called."""
    more = share_told(share)
    money = None if more else _money(entity)
    if money is not None:
        more = {"amount": money.amount, "unit": money.unit}
    passage = shown("; ".join(entity.all("role", "relationship", "summary")), _LONGEST_PASSAGE)
    if passage is not None:
        more["passage"] = passage
    return more
