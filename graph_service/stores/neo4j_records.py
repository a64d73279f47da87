"""The records and the drawing in Neo4j, brought up with the log in the same transaction.

What stands in the database beside the log is made from the log alone and never edited: what a
transaction says something about is folded from its entries and written anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import orjson

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import StoreCorrupt
from graph_service.domain.identity import Identities, Judgement
from graph_service.domain.ontology import Ontology
from graph_service.domain.sources import Source
from graph_service.stores import sealing
from graph_service.stores.base import Line
from graph_service.stores.drawing import Drawing, Row, relationship_type
from graph_service.stores.lookup import Lookup
from graph_service.stores.neo4j_shelf import Neo4jShelf
from graph_service.stores.parts import in_parts
from graph_service.stores.sealing import JUDGEMENTS, unseal
from graph_service.stores.standing import fold_claim

ROWS = 500
"""So many rows go into one statement."""
AT_ONCE = 2_000
"""So many claims that a write says nothing about are drawn anew with it; the others follow."""
_TOLD = ("claim", "decision")
"""The kinds of lines that are about a claim."""


def write_records(shelf: Neo4jShelf, drawing: Drawing, ontology: Ontology) -> bool:
    """Bring up what the lines on the shelf are about. Answers whether `draw_rest` is to follow: a
    source may be cited by more claims than a transaction can hold, and an actor in as many."""
    return bool(shelf.lines) and _Bringing(shelf, drawing, ontology).bring_up()


def draw_rest(shelf: Neo4jShelf, drawing: Drawing, ontology: Ontology) -> bool:
    """Draw some of what was put off; answers whether there may be more."""
    rest = [row["id"] for row in shelf.run("undrawn", limit=AT_ONCE)]
    _Bringing(shelf, drawing, ontology, rest=rest).bring_up()
    return len(rest) == AT_ONCE


def redraw(shelf: Neo4jShelf, drawing: Drawing, ontology: Ontology, lines: Iterable[Line]) -> None:
    """Write anew what these lines, which were kept before, are about."""
    _Bringing(shelf, drawing, ontology, again=tuple(lines)).bring_up()


@dataclass
class _Bringing:
    shelf: Neo4jShelf
    drawing: Drawing
    ontology: Ontology
    again: tuple[Line, ...] = ()
    rest: Sequence[str] = ()

    def bring_up(self) -> bool:
        """Answers whether some claims were put off: taken out of the drawing, and to be drawn anew
        by another transaction."""
        told = self._told()
        others = [claim for claim in self._affected() if claim not in told]
        claims = [*told, *others[:AT_ONCE]]
        self.shelf.fetch(claims)
        known = [claim for claim in claims if self.shelf.is_known(claim)]
        self._undraw([*known, *others[AT_ONCE:]])
        self._send("put_off", others[AT_ONCE:])
        self._bring_up_nouns()
        self._send("set_goes_by", self._moved_rows)
        self._bring_up_claims([claim for claim in claims if not self.shelf.is_known(claim)])
        self._bring_up_known(known)
        return len(others) > AT_ONCE

    def _undraw(self, claims: Sequence[str]) -> None:
        for row in self.shelf.run("by_relation", ids=claims) if claims else ():
            self._send(f"undraw {relationship_type(row['relation'])}", row["claims"])

    @cached_property
    def _lines(self) -> list[Line]:
        return [*self.again, *(line for line, _ in self.shelf.lines)]

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.shelf, self.shelf.start.sequence)

    @cached_property
    def _judges(self) -> bool:
        return any(line.kind == "judgement" for line in self._lines)

    @cached_property
    def _after(self) -> dict[str, str]:
        """Whom every actor goes by that goes by another."""
        return self._canonical(self.shelf.lines_under(JUDGEMENTS))

    @cached_property
    def _moved(self) -> dict[str, str]:
        """Whom each actor goes by now that went by another before this transaction."""
        if not self._judges:
            return {}
        start = self.shelf.start.sequence
        lines = [line for line in self.shelf.lines_under(JUDGEMENTS) if line.sequence <= start]
        before, after = self._canonical(lines), self._after
        ids = before.keys() | after.keys()
        now = {id_: after.get(id_, id_) for id_ in ids}
        return {id_: to for id_, to in now.items() if before.get(id_, id_) != to}

    @property
    def _moved_rows(self) -> list[Row]:
        return [{"id": id_, "goes_by": to} for id_, to in self._moved.items()]

    def _canonical(self, lines: Iterable[Line]) -> dict[str, str]:
        records = (unseal(line, self.shelf.find_text).record for line in lines)
        identities = Identities(one for one in records if isinstance(one, Judgement))
        found: dict[str, str] = {}
        groups = identities.groups()
        self.shelf.fetch(f"actor:{id_}" for group in groups for id_ in group)
        for group in groups:
            first = min(group, key=self._arrival)
            found |= {id_: first for id_ in group if id_ != first}
        return found

    def _arrival(self, actor: str) -> int:
        return self.shelf.lines_about(f"actor:{actor}")[0].sequence

    def _told(self) -> dict[str, None]:
        """Every claim that something is said of, in the order of the log."""
        found = dict.fromkeys(self.rest)
        for line, keys in self.shelf.lines:
            if line.kind in _TOLD:
                found[keys[0] if line.kind == "claim" else keys[1]] = None
        for line in self.again:
            if line.kind in _TOLD:
                found[_keys_of(line)[-1 if line.kind == "decision" else 0]] = None
        return found

    def _affected(self) -> dict[str, None]:
        """Every claim that is drawn otherwise now: what cites a source that was revised, and what
        is about actors that go by others than before."""
        sources = [keys[0] for line, keys in self.shelf.lines if line.kind == "source"]
        self.shelf.fetch(sources)
        revised = [key.partition(":")[2] for key in sources if self.shelf.is_known(key)]
        found: dict[str, None] = {}
        if revised:
            rows = self.shelf.run("claims_citing", sources=revised)
            found |= dict.fromkeys(row["id"] for row in rows)
        if self._moved:
            rows = self.shelf.run("claims_of", actors=list(self._moved))
            found |= dict.fromkeys(row["id"] for row in rows)
        return found

    def _bring_up_nouns(self) -> None:
        rows: dict[str, dict[str, Row]] = {
            "put_actors": {},
            "put_sources": {},
            "put_episodes": {},
            "put_judgements": {},
        }
        keys = {_keys_of(line)[0]: None for line in self._lines if line.kind not in _TOLD}
        self.shelf.fetch(keys)
        for line in filter(None, map(self.shelf.last_about, keys)):
            record = unseal(line, self.shelf.find_text).record
            match record:
                case Actor():
                    rows["put_actors"][record.id] = self._noun(line, self.drawing.actor(record))
                case Source():
                    rows["put_sources"][record.id] = self._noun(line, self.drawing.source(record))
                case Episode():
                    rows["put_episodes"][record.id] = self._noun(line, self.drawing.episode(record))
                case Judgement():
                    row = self._noun(line, self.drawing.judgement(record))
                    rows["put_judgements"][row["id"]] = row
        for name, found in rows.items():
            self._send(name, list(found.values()))

    def _noun(self, line: Line, row: Row) -> Row:
        return row | {"entries": self.shelf.put_about(f"{line.kind}:{row['id']}")}

    def _bring_up_claims(self, ids: Sequence[str]) -> None:
        """Write claims that nothing was known of before."""
        for rows in self._claims(ids):
            for one in (one for row in rows for one in (row, *row["evidence"])):
                one["properties"]["entries"] = self.shelf.put_about(one["id"])
            away = [row["tie"] for row in rows if row["tie"] is not None and not _is_own(row)]
            self.shelf.run("create_claims", claims=[_with_own_tie(row) for row in rows])
            self._send("join_episodes", [_joint(row) for row in rows if row["episode"] is not None])
            self._send("draw", away)

    def _bring_up_known(self, ids: Sequence[str]) -> None:
        """Write claims anew, with evidence that came and evidence that was decided on."""
        for rows in self._claims(ids):
            pieces = [piece | {"claim": row["id"]} for row in rows for piece in row["evidence"]]
            self.shelf.fetch(piece["id"] for piece in pieces)
            for one in (*rows, *pieces):
                one["entries"] = self.shelf.put_about(one["id"])
            new = [piece for piece in pieces if not self.shelf.is_known(piece["id"])]
            old = [piece for piece in pieces if self.shelf.is_known(piece["id"])]
            for piece in new:
                piece["properties"]["entries"] = piece["entries"]
            self._send("set_claims", [_without_tie(row) for row in rows])
            self._send("create_evidence", new)
            self._send("set_evidence", old)
            self._send("draw", [row["tie"] for row in rows if row["tie"] is not None])

    def _claims(self, ids: Sequence[str]) -> Iterator[list[Row]]:
        """These claims as they are drawn, a statement's worth at a time; what that needs of the
        server is fetched once, before."""
        records = [self._record(id_) for id_ in ids]
        cited = {f"source:{piece.source}" for record in records for piece in record.evidence}
        self.shelf.fetch(cited - self.shelf.nouns.keys())
        goes_by = self._goes_by({id_ for record in records for id_ in _ends(record)})
        for some in in_parts(records, ROWS):
            yield [self._claim(record, goes_by) for record in some]

    def _goes_by(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Whom those of these actors go by that go by another."""
        if self._judges:
            return self._after
        if not self.shelf.is_judged:
            return {}
        return {row["id"]: row["goes_by"] for row in self.shelf.run("goes_by", ids=list(ids))}

    def _claim(self, record: ClaimRecord, goes_by: Mapping[str, str]) -> Row:
        cited = {piece.source: self._source(piece.source) for piece in record.evidence}
        row = self.drawing.claim(record, cited, self._drawn_ends(record, goes_by))
        for one in (row, *row["evidence"], row["tie"]):
            if one is not None:
                one["properties"] = _sent(one["properties"])
        return row

    def _record(self, id_: str) -> ClaimRecord:
        find = self.shelf.find_text
        record = fold_claim(unseal(line, find) for line in self.shelf.lines_about(id_))
        if record is None:
            raise StoreCorrupt(f"the claim {id_} is decided on and not there: restore a backup")
        return record

    def _source(self, id_: str) -> Source:
        found = self._lookup.source(id_)
        if found is None:
            raise StoreCorrupt(f"the source {id_!r} is cited and not there: restore a backup")
        return found

    def _drawn_ends(self, record: ClaimRecord, goes_by: Mapping[str, str]) -> tuple[str, str]:
        one, other = (goes_by.get(id_, id_) for id_ in _ends(record))
        if self.ontology.relation(record.claim.relation).symmetric:
            return min(one, other), max(one, other)
        return one, other

    def _send(self, name: str, rows: Sequence[object]) -> None:
        for some in in_parts(rows, ROWS):
            self.shelf.run(name, rows=some)


def _ends(record: ClaimRecord) -> tuple[str, str]:
    return record.claim.subject, record.claim.object


def _keys_of(line: Line) -> list[str]:
    """What a line is about."""
    return sealing.keys_of(line.kind, orjson.loads(line.payload))


def _sent(properties: Row) -> Row:
    """What is known, as it is sent: days and times as texts, which the driver passes on ten times
    as fast, and which the statements read."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in properties.items()
        if value is not None
    }


def _joint(row: Row) -> Row:
    return {"claim": row["id"], "episode": row["episode"]}


def _without_tie(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "tie"}


def _is_own(row: Row) -> bool:
    """Whether the claim is drawn between its own ends, and not between those they go by."""
    tie = row["tie"]
    return tie is not None and {tie["from"], tie["to"]} == {row["subject"], row["object"]}


def _with_own_tie(row: Row) -> Row:
    """The claim with what only the relationship tells that it is drawn as between its own ends."""
    found = _without_tie(row) | {"ties": [], "is_turned": False}
    if _is_own(row):
        tie = row["tie"]
        found["ties"] = [tie["properties"] | {"type": tie["type"]}]
        found["is_turned"] = tie["from"] != row["subject"]
    return found
