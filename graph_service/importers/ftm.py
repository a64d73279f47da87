"""FollowTheMoney: entities and the ties between them, a JSON object on each line, in any order.

The file is read three times: to see whom ties name, to meet these entities, and for the ties. Held
in memory are the ids of the entities that ties name, and the actors that they are; nothing of the
others, and no tie.
"""

from collections.abc import Iterator

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.importers import ftm_own
from graph_service.importers.ftm_actors import SCHEME, entered
from graph_service.importers.ftm_entities import Entity, Line, ids, lines
from graph_service.importers.ftm_schemata import ENDS, KINDS, OTHERS, THROUGH
from graph_service.importers.ftm_ties import Found, NoTie, Ties
from graph_service.importers.intake import Intake, Row
from graph_service.importers.json_values import Codes
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.told_dates import day_of

UNNAMED = "an entity that no tie names"
AGAIN = "an entity told before"


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """The actors that ties name, and then the claims of the ties."""
    if "published" in intake.wishes.more:
        day_of(intake.wishes.more["published"])
    wanted = _wanted(packed, intake)
    reading = _Reading(packed, intake, wanted)
    yield from reading.actors()
    yield from reading.ties()


class _Wanted:
    """The ids that ties name, and those that lead on from them."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.through: dict[str, tuple[list[str], list[str]]] = {}
        self.is_own = False

    def see(self, entity: Entity) -> None:
        """Take note of what an entity refers to."""
        ends = ENDS.get(entity.schema)
        if ends is not None:
            self.ids.update(ids(entity, ends.subject), ids(entity, ends.object))
            if entity.schema == "Sanction":
                self.ids.update(ids(entity, "authorityId"))
        for name in THROUGH.get(entity.schema, ()):
            self.through[entity.id] = (ids(entity, name), ids(entity, "country"))
        self.is_own |= ftm_own.is_source(entity)

    def finish(self) -> None:
        """Forget what no tie leads to."""
        self.through = {id_: led for id_, led in self.through.items() if id_ in self.ids}
        self.ids.update(id_ for bodies, _ in self.through.values() for id_ in bodies)


def _wanted(packed: Packed, intake: Intake) -> _Wanted:
    """Raises `InvalidRecord` where no line of the file is an entity."""
    wanted = _Wanted()
    read_, entities = 0, 0
    for line in lines(packed, intake, _pass_over):
        read_ += 1
        entities += line.is_entity
        entity = line.quick()
        if entity is not None:
            wanted.see(entity)
    if read_ and not entities:
        raise InvalidRecord(
            "no line of the file is an entity of FollowTheMoney: it needs a JSON object on each "
            "line, with id, schema and properties"
        )
    wanted.finish()
    return wanted


def _pass_over(line: int, reason: str, field: str | None) -> None:
    """What is refused is told in the last reading."""


class _Reading:
    """The state of one import."""

    def __init__(self, packed: Packed, intake: Intake, wanted: _Wanted) -> None:
        self._packed = packed
        self._intake = intake
        self._wanted = wanted
        self._found = Found({}, {}, wanted.through)
        self._ties = Ties(intake, self._found)
        self._codes = Codes()

    def actors(self) -> Iterator[Row]:
        """A row for each entity that is an actor, and is named by a tie; and for the sources of our
        own export, which claims rest on."""
        for line in lines(self._packed, self._intake, _pass_over):
            if not self._is_noun(line):
                self._note_other(line)
                continue
            try:
                if self._enter(line.entity()):
                    yield Row(line.number, ())
            except InvalidRecord as error:
                self._intake.refuse_for(line.number, error)

    def _is_noun(self, line: Line) -> bool:
        if line.schema in KINDS:
            return True
        entity = line.quick() if self._wanted.is_own else None
        return entity is not None and ftm_own.is_source(entity)

    def _enter(self, entity: Entity) -> bool:
        if ftm_own.is_source(entity):
            ftm_own.source(self._intake, entity)
            return True
        if entity.id not in self._wanted.ids:
            self._intake.skip(UNNAMED)
            return False
        if entity.id in self._found.actors:
            self._intake.skip(AGAIN)
            return False
        if self._wanted.is_own:
            found = ftm_own.actor(self._intake, entity)
        else:
            found = entered(self._intake.actors, entity)
        self._found.actors[entity.id] = found
        return True

    def _note_other(self, line: Line) -> None:
        entity = line.quick()
        if entity is not None and entity.id in self._wanted.ids:
            self._found.others[entity.id] = self._codes.counted(entity.schema)

    def ties(self) -> Iterator[Row]:
        """A row for each tie; what is no actor and no tie is skipped."""
        for line in lines(self._packed, self._intake, self._intake.refuse):
            if self._is_noun(line):
                continue
            try:
                records = self._told(line.entity())
                if records is not None:
                    yield Row(line.number, records)
            except NoTie as error:
                self._intake.skip(str(error))
            except InvalidRecord as error:
                self._intake.refuse_for(line.number, error)

    def _told(self, entity: Entity) -> tuple[ClaimRecord, ...] | None:
        """The claims of an entity, None where it is counted already."""
        if entity.schema not in ENDS:
            self._pass_by(entity.schema)
            return None
        if self._wanted.is_own:
            return (ftm_own.claim(self._intake, self._ties, entity, self._found.actors),)
        relation = self._ties.relation(entity.schema)
        if relation is None:
            self._intake.skip_unmapped(entity.schema)
            return None
        return self._ties.claims(entity, relation)

    def _pass_by(self, schema: str) -> None:
        if schema in OTHERS:
            self._intake.skip(schema)
        else:
            self._intake.skip_unmapped(self._codes.counted(schema))


FORMAT = Format(
    name="ftm",
    title="Take in FollowTheMoney entities: ownership, office, membership, sanctions, payments.",
    scheme=SCHEME,
    read=read,
    coder="followthemoney",
    more=(
        ("published", "the day as of which the file is, where its entities tell of none"),
        ("dataset", "what the data set is called, where its entities tell of none"),
    ),
)
