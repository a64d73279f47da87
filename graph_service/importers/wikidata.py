"""Wikidata: who heads, owns, belongs to and is part of whom, with qualifiers and references.

Takes a dump or a part of one (one entity on each line) and documents with `entities`, as
`Special:EntityData` gives them. The file is read three times: to see which items statements name,
to meet those that are actors, and for the statements. Held in memory are the numbers of the items
that statements of relations name, and the actors among them; nothing of the others.
"""

from collections.abc import Iterator

from graph_service.domain.claims import Claim, ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import Ontology
from graph_service.importers.intake import Intake, OfItself, Row
from graph_service.importers.json_values import Codes, Json, an_object, shown, text
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.shares import TOO_SMALL, is_too_small, share_told
from graph_service.importers.told_dates import day_of
from graph_service.importers.wikidata_items import Item, items, main_item, rank
from graph_service.importers.wikidata_kinds import kind_of
from graph_service.importers.wikidata_statements import (
    WIKIDATA,
    References,
    is_hedged,
    known_by,
    share_of,
    when_of,
)

CONFIDENCE = 0.8
"""The reading is exact; what may be wrong is the fit of a property to a relation."""
HEDGED = 0.6

ON_OBJECTS_PAGE = frozenset({
    "P6", "P35", "P488", "P169", "P1037", "P194", "P209", "P8324", "P127", "P355", "P3320",
})  # fmt: skip
"""Properties that stand on the page of the relation's object; see the ontology."""
OWNERSHIP = frozenset({"P127", "P1830"})
POSITION, DIRECTS = "P39", "P2389"
CLASSES = frozenset({"P31", "P279"})

NO_ACTOR = "an item that is no actor"
UNNAMED = "a value that is no actor, or that neither the file nor the graph names"


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """A row for each statement of a relation."""
    if "published" in intake.wishes.more:
        day_of(intake.wishes.more["published"])
    relations = relations_of(intake.ontology)
    wanted = _Wanted(packed, relations)
    reading = _Reading(packed, intake, relations, wanted)
    yield from reading.actors()
    yield from reading.statements()


def relations_of(ontology: Ontology) -> dict[str, str]:
    """The relation of each property that has one; a position is known by what it directs."""
    return {
        property_.removesuffix(f"/{DIRECTS}"): name
        for name, relation in ontology.relations.items()
        for property_ in relation.wikidata
    }


class _Wanted:
    """The numbers of the items that statements of relations name, and what positions direct."""

    def __init__(self, packed: Packed, relations: dict[str, str]) -> None:
        self.numbers: set[int] = set()
        self.directed: dict[int, list[int]] = {}
        held: set[int] = set()
        any_ = False
        for item in items(packed, _pass_over):
            any_ = True
            self._see(item, relations, held)
        if not any_:
            raise InvalidRecord(
                "the file has no item of Wikidata: it needs one on each line, as a dump has it, or "
                'a document {"entities": {...}}'
            )
        self.directed = {one: led for one, led in self.directed.items() if one in held}
        self.numbers.update(number for led in self.directed.values() for number in led)

    def _see(self, item: Item, relations: dict[str, str], held: set[int]) -> None:
        directed = [main_item(one) for one in item.statements(DIRECTS)]
        if any(directed):
            self.directed[item.number] = [number for number in directed if number is not None]
        for property_ in relations.keys() & item.properties().keys():
            named = {number for one in item.statements(property_) if (number := main_item(one))}
            if named:
                self.numbers.add(item.number)
                (held if property_ == POSITION else self.numbers).update(named)


def _pass_over(line: int, reason: str, field: str | None) -> None:
    """What is refused is told in the last reading."""


class _Reading:
    """The state of one import."""

    def __init__(
        self, packed: Packed, intake: Intake, relations: dict[str, str], wanted: _Wanted
    ) -> None:
        self._packed = packed
        self._intake = intake
        self._relations = relations
        self._wanted = wanted
        self._actors: dict[int, str] = {}
        self._references = References(intake)
        self._codes = Codes()

    def actors(self) -> Iterator[Row]:
        """Meet the actors; an item is no row of its own, and only moves the import on."""
        for item in items(self._packed, _pass_over):
            if item.number in self._wanted.numbers and item.number not in self._actors:
                found = self._met(item)
                if found is not None:
                    self._actors[item.number] = found
                    yield Row(item.line, (), rows=0)

    def _met(self, item: Item) -> str | None:
        names = item.names()
        known = self._intake.actors.known(WIKIDATA, item.id)
        if known is not None:
            return known
        kind = kind_of(item.classes())
        if kind is None or not names:
            return None
        return self._intake.actors.entity(names[0], kind, {WIKIDATA: item.id}, names[1:])

    def statements(self) -> Iterator[Row]:
        """A row for each statement of a relation."""
        for item in items(self._packed, self._intake.refuse):
            for property_, stated in item.properties().items():
                relation = self._relations.get(property_)
                if relation is None:
                    self._pass_by(item, property_)
                elif isinstance(stated, list):
                    yield from self._stated(item, property_, relation)

    def _pass_by(self, item: Item, property_: str) -> None:
        """Count the statements of an actor that name items and are no relation."""
        if item.number in self._actors and property_ not in CLASSES:
            for statement in item.statements(property_):
                if main_item(statement) is not None:
                    self._intake.skip_unmapped(self._codes.counted(property_))

    def _stated(self, item: Item, property_: str, relation: str) -> Iterator[Row]:
        for statement in item.statements(property_):
            try:
                records = self._records(item, property_, relation, statement)
                if records:
                    yield Row(item.line, records)
            except OfItself as error:
                self._intake.skip(error.message)
            except InvalidRecord as error:
                reason = f"{item.id} {property_}: {error.message}"
                self._intake.refuse(item.line, reason, error.field)

    def _records(
        self, item: Item, property_: str, relation: str, statement: object
    ) -> tuple[ClaimRecord, ...]:
        """The claims of a statement; none where it is counted already."""
        told = an_object(statement, "a statement")
        others = self._others(property_, told)
        skipped = self._why_not(item, property_, told) or ("" if others else UNNAMED)
        if skipped:
            self._intake.skip(skipped)
            return ()
        meaning = self._intake.ontology.relation(relation)
        when = when_of(told, is_event=meaning.is_event, observable=meaning.observable)
        pairs = [(self._actors[item.number], other) for other in others]
        if property_ in ON_OBJECTS_PAGE:
            pairs = [(other, one) for one, other in pairs]
        claims = [self._intake.claim(one, relation, other, when) for one, other in pairs]
        return tuple(self._record(item, property_, told, claim) for claim in claims)

    def _others(self, property_: str, statement: Json) -> list[str]:
        """The actors at the other end."""
        number = main_item(statement)
        numbers = [] if number is None else [number]
        if property_ == POSITION:
            numbers = [one for held in numbers for one in self._wanted.directed.get(held, ())]
        found = map(self._actor, dict.fromkeys(numbers))
        return [actor for actor in found if actor is not None]

    def _actor(self, number: int) -> str | None:
        return self._actors.get(number) or self._intake.actors.known(WIKIDATA, f"Q{number}")

    def _why_not(self, item: Item, property_: str, statement: Json) -> str | None:
        if rank(statement) == "deprecated":
            return "a deprecated statement"
        if main_item(statement) is None:
            return "a value that is unknown, or none"
        if item.number not in self._actors:
            return NO_ACTOR
        if property_ in OWNERSHIP and is_too_small(share_of(statement)):
            return TOO_SMALL
        return None

    def _record(self, item: Item, property_: str, statement: Json, claim: Claim) -> ClaimRecord:
        as_of = known_by(item.data, self._intake.wishes.more.get("published"))
        if as_of is None and claim.when.has_unknown_side:
            raise InvalidRecord(
                f"{claim.when.text!r} has an unknown side, and the item tells of no day on which "
                "it was so: name that of the file with the wish published=2024-07-31",
                field="modified",
            )
        usual = HEDGED if is_hedged(statement) else CONFIDENCE
        more = share_told(share_of(statement)) if property_ in OWNERSHIP else {}
        place = shown(text(statement, "id")) or f"{item.id} {property_}"
        pieces = [
            self._intake.evidence(
                claim,
                source,
                self._intake.confidence(usual),
                place if pages is None else f"{pages}; {place}",
                **more,
            )
            for source, pages in self._references.sources(statement, as_of)
        ]
        return ClaimRecord(claim, tuple({piece.id: piece for piece in pieces}.values()))


FORMAT = Format(
    name="wikidata",
    title="Take in Wikidata items: who heads, owns, belongs to and is part of whom.",
    scheme=WIKIDATA,
    read=read,
    coder="wikidata",
    more=(("published", "the day as of which the file is, where its items tell of none"),),
)
