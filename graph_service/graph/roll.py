"""The actors of the naive view, and claims as they read once some actors are one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from difflib import get_close_matches

from graph_service.domain.actors import Actor
from graph_service.domain.claims import Claim, ClaimRecord, claim_id
from graph_service.domain.errors import NotFound
from graph_service.domain.identity import Identities
from graph_service.domain.ontology import Ontology


class Roll:
    """The actors by code, in the order in which they first came; a later record replaces one.
    Those that are one go by whichever of them came first; those who count as a state, by it."""

    def __init__(self, actors: Iterable[Actor], identities: Identities) -> None:
        self.folded: Mapping[str, str] = {}
        self._actors = {actor.id: actor for actor in actors}
        self._ids = list(self._actors)
        self._codes = {id_: code for code, id_ in enumerate(self._ids)}
        self._first = {
            id_: min(group, key=self._codes.__getitem__)
            for group in identities.groups()
            for id_ in group
        }

    def folding(self, states: Mapping[str, str]) -> "Roll":
        """The same roll, in which each of these actors counts as a state, and with it all who are
        one with it."""
        found = copy(self)
        mine = {id_: states.get(self.canonical(id_)) for id_ in self._ids}
        found.folded = {id_: state for id_, state in mine.items() if state is not None}
        return found

    def __iter__(self) -> Iterator[str]:
        """The ids that actors go by."""
        return (id_ for id_ in self._ids if self.canonical(id_) == id_)

    def __len__(self) -> int:
        return len(self._ids)

    def code(self, id_: str) -> int:
        if id_ not in self._codes:
            near = get_close_matches(id_, self._ids, n=3)
            raise NotFound("actor", id_, suggestions=near)
        return self._codes[self.canonical(id_)]

    def canonical(self, id_: str) -> str:
        """The id that an actor goes by."""
        return self.folded.get(id_) or self._first.get(id_, id_)

    def id(self, code: int) -> str:
        return self._ids[code]

    def name(self, code: int) -> str:
        return self._actors[self._ids[code]].name

    def kind(self, code: int) -> str:
        return self._actors[self._ids[code]].kind

    def of_kind(self, kind: str) -> Sequence[int]:
        return [
            code
            for code, id_ in enumerate(self._ids)
            if self.kind(code) == kind and self.canonical(id_) == id_
        ]


def by_meaning(
    claims: Iterable[ClaimRecord], roll: Roll, ontology: Ontology
) -> dict[Claim, list[ClaimRecord]]:
    """The claims as they were told, by what they say of the actors that go by one id; a claim
    between two of these says nothing."""
    told: dict[Claim, list[ClaimRecord]] = {}
    for record in merged(claims).values():
        claim = _renamed(record.claim, roll, ontology)
        if claim is not None:
            told.setdefault(claim, []).append(record)
    return told


def merged(claims: Iterable[ClaimRecord]) -> dict[str, ClaimRecord]:
    """The claims by id, each with the last state of every piece of its evidence."""
    found: dict[str, ClaimRecord] = {}
    for record in claims:
        before = found.get(record.claim.id, record)
        pieces = {piece.id: piece for piece in (*before.evidence, *record.evidence)}
        found[record.claim.id] = replace(record, evidence=tuple(pieces.values()))
    return found


def _renamed(claim: Claim, roll: Roll, ontology: Ontology) -> Claim | None:
    """The claim with the ids that its ends go by; None where both are one."""
    ends = roll.canonical(claim.subject), roll.canonical(claim.object)
    if ends[0] == ends[1]:
        return None
    if ontology.relation(claim.relation).symmetric:
        ends = min(ends), max(ends)
    id_ = claim_id(ends[0], claim.relation, ends[1], claim.when.text, claim.episode)
    return replace(claim, id=id_, subject=ends[0], object=ends[1])
