"""STIX 2.0 and 2.1 bundles: groups of attackers, identities, and who is said to be behind whom.

The bundle is read twice, object by object: for the latest version of each actor and relationship,
and then for what they claim. Held in memory are actors and relationships between actors, and no
techniques, software or indicators.
"""

from collections.abc import Iterator

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.identity import Judgement, Verdict
from graph_service.importers.intake import Intake, OfItself, Row
from graph_service.importers.json_document import Part, parts
from graph_service.importers.json_values import Codes, Json, an_object, text
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.stix_objects import (
    ACTORS,
    IDENTITY,
    KNOWN_TYPES,
    NO_ACTOR,
    RELATIONSHIP,
    Actor,
    Tie,
    actor,
    tie,
    type_in,
    type_of,
)
from graph_service.importers.stix_ties import StixTies, why_unsure
from graph_service.importers.told_dates import day_of

OBJECTS = "objects"
OLDER = "an older version"
SAME = frozenset({"revoked-by", "duplicate-of"})
"""Relationships that say of two objects that they are one."""


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """The actors of a bundle, and then the claims of relationships between them."""
    if "published" in intake.wishes.more:
        day_of(intake.wishes.more["published"])
    latest = _Latest()
    for part in _objects(packed):
        latest.see(part)
    reading = _Reading(packed, intake, latest)
    yield from reading.actors()
    yield from reading.ties()


def _objects(packed: Packed) -> Iterator[Part]:
    """The objects of the bundle; raises `InvalidRecord` for what is no bundle."""
    found, told = False, {}
    for part in parts(packed.unpacked(), OBJECTS):
        if part.name in ("", OBJECTS):
            found = True
            yield part
        elif part.name == "type":
            told["type"] = part.text
    if told.get("type", '"bundle"') != '"bundle"' or not (found or told):
        raise InvalidRecord('this is no STIX bundle: it needs {"type": "bundle", "objects": [...]}')


class _Latest:
    """The latest versions, by `modified`."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self.ties: dict[str, Tie] = {}

    def see(self, part: Part) -> None:
        """Take note of an object; what is wrong with it is told later."""
        try:
            data = an_object(part.value(), "an object")
            type_ = type_of(data)
            if type_ in ACTORS:
                self._see_actor(actor(data))
            elif type_ == RELATIONSHIP:
                self._see_tie(tie(data))
        except InvalidRecord:
            return

    def _see_actor(self, found: Actor) -> None:
        there = self.actors.get(found.id)
        if there is None or there.modified < found.modified:
            self.actors[found.id] = found

    def _see_tie(self, found: Tie) -> None:
        there = self.ties.get(found.id)
        between = {type_in(found.source), type_in(found.target)} <= ACTORS
        if between and (there is None or there.modified < found.modified):
            self.ties[found.id] = found

    def gone(self, id_: str) -> bool:
        """Whether an actor is revoked or deprecated."""
        there = self.actors.get(id_)
        return there is not None and there.gone is not None


class _Reading:
    """The state of one import."""

    def __init__(self, packed: Packed, intake: Intake, latest: _Latest) -> None:
        self._packed = packed
        self._intake = intake
        self._latest = latest
        self._judges = intake.wishes.more.get("judge") == "yes"
        self._entered: dict[str, str] = {}
        self._taken: set[str] = set()
        self._codes = Codes()
        producers = {id_: one.name for id_, one in latest.actors.items()}
        self._ties = StixTies(intake, self._entered, producers)

    def actors(self) -> Iterator[Row]:
        """A row for each actor that holds."""
        for part in _objects(self._packed):
            try:
                data = an_object(part.value(), "an object")
                if type_of(data) in ACTORS and self._enter(data):
                    yield Row(part.line, ())
            except InvalidRecord as error:
                self._refuse(part, error)

    def _enter(self, data: Json) -> bool:
        found = actor(data)
        skipped = self._why_not(found, data)
        if skipped is not None:
            self._intake.skip(skipped)
            return False
        ids = {"stix": found.id, **dict(found.ids)}
        self._entered[found.id] = self._intake.actors.entity(
            found.name, found.kind, ids, found.aliases
        )
        return True

    def _why_not(self, found: Actor, data: Json) -> str | None:
        if found.modified != self._latest.actors[found.id].modified:
            return OLDER
        if found.id in self._entered:
            return "an object told before"
        if type_of(data) == IDENTITY and text(data, "identity_class") in NO_ACTOR:
            return "identity of a system"
        if found.gone is not None and not self._judges:
            return f"{found.gone} {type_of(data)}"
        return None

    def ties(self) -> Iterator[Row]:
        """A row for each relationship between actors; all else is skipped by its type."""
        for part in _objects(self._packed):
            try:
                data = an_object(part.value(), "an object")
            except InvalidRecord:
                continue  # refused with the actors
            try:
                record = self._told(data)
                if record is not None:
                    yield Row(part.line, (record,))
            except InvalidRecord as error:
                self._refuse(part, error, text_of(data, "id"))

    def _told(self, data: Json) -> ClaimRecord | Judgement | None:
        """What an object claims; None where it is counted already."""
        type_ = text_of(data, "type")
        if not type_ or type_ in ACTORS:
            return None
        if type_ != RELATIONSHIP:
            known = type_ if type_ in KNOWN_TYPES else self._codes.counted(type_)
            self._intake.skip(known)
            return None
        found = tie(data)
        if not {type_in(found.source), type_in(found.target)} <= ACTORS:
            self._intake.skip(self._codes.counted(_named(found)))
            return None
        return self._between_actors(found, data)

    def _between_actors(self, found: Tie, data: Json) -> ClaimRecord | Judgement | None:
        skipped = self._why_no_claim(found) or why_unsure(data)
        if skipped is not None:
            self._intake.skip(skipped)
            return None
        self._taken.add(found.id)
        if found.type in SAME:
            return self._judgement(found)
        relation = self._ties.relation(found.type)
        if relation is None:
            self._intake.skip_unmapped(self._codes.counted(_named(found)))
            return None
        return self._ties.record(found, data, relation)

    def _why_no_claim(self, found: Tie) -> str | None:
        if found.modified != self._latest.ties[found.id].modified:
            return OLDER
        if found.id in self._taken:
            return "an object told before"
        if found.gone is not None:
            return f"{found.gone} relationship"
        is_same = found.type in SAME
        if is_same and not self._judges:
            return f"{found.type}: whether two actors are one is judged by people"
        if not is_same and (self._latest.gone(found.source) or self._latest.gone(found.target)):
            return "an end is revoked or deprecated"
        return None

    def _judgement(self, found: Tie) -> Judgement:
        ends = [self._entered.get(id_) for id_ in (found.source, found.target)]
        if ends[0] is None or ends[1] is None:
            raise InvalidRecord(f"an end of {found.id[:80]} is no object of the bundle")
        if ends[0] == ends[1]:
            raise OfItself("two objects that are one actor already")
        return Judgement(ends[0], ends[1], Verdict.SAME, reason=f"STIX: {found.type}")

    def _refuse(self, part: Part, error: InvalidRecord, id_: str = "") -> None:
        if id_ and not isinstance(error, OfItself):
            error = InvalidRecord(f"{id_[:80]}: {error.message}", field=error.field)
        self._intake.refuse_for(part.line, error)


def _named(found: Tie) -> str:
    return f"{type_in(found.source)} {found.type} {type_in(found.target)}"


def text_of(data: Json, name: str) -> str:
    """A text, empty where there is none."""
    value = data.get(name)
    return value.strip() if isinstance(value, str) else ""


FORMAT = Format(
    name="stix",
    title="Take in STIX 2.0 and 2.1 bundles: groups, identities, and who is behind whom.",
    scheme="stix",
    read=read,
    coder="stix",
    more=(
        ("published", "the day as of which the bundle is, where an object tells of none"),
        ("judge", "yes: judge that objects are one where the bundle says so (revoked-by)"),
    ),
)
