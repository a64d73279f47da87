"""From rows back to claims: what an answer cites, with what a reader must know to doubt it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from graph_service.domain.claims import Modality, State, claim_id
from graph_service.domain.periods import DISTANT_FUTURE, Dates, End, When
from graph_service.graph.packing import (
    MODALITIES,
    OUTCOMES,
    STRENGTHS,
    denial,
    direction,
    modality,
    outcome,
    relation_of,
    strength,
)
from graph_service.graph.rows import NAMES, Rows
from graph_service.graph.view import Citation, CitedSource
from graph_service.graph.weights import Scale

Row = tuple[int, ...]
TIE, WHEN, EPISODE, SOURCE, CONFIDENCE, FLAGS, LIFE, KEY, SEQUENCE = range(len(NAMES))


Claimed = tuple[int, int, int]
"""A claim of one pair: tie code, period, episode."""

Ends = tuple[int, int, int]
"""Between whom a row was told: its pair, and the code of the tie there."""


class Told(NamedTuple):
    """A claim in the words of its sources: its pair, what it says, its rows; and all rows that say
    it of actors that are one with those two, which is how its dates are read."""

    pair: tuple[int, int]
    claim: Claimed
    members: list[Row]
    alike: list[Row]


def claims_in(
    rows: Rows, ties: Collection[int] | None = None
) -> Iterator[tuple[Claimed, list[Row]]]:
    """The claims that rows of one pair are about, with their rows; only those of some ties."""
    columns = [getattr(rows, name).tolist() for name in NAMES]
    found = zip(*columns, strict=True)
    ordered = sorted(found if ties is None else (r for r in found if r[TIE] in ties), key=_claim_of)
    for claim, members in groupby(ordered, key=_claim_of):
        yield claim, list(members)


def _claim_of(row: Row) -> tuple[int, int, int]:
    return row[TIE], row[WHEN], row[EPISODE]


class Citer:
    """Cites claims at one frame."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._tables = scale.tables
        self._frame = scale.frame
        self._relations = list(scale.tables.ontology.relations.items())
        self._evidence = scale.tables.ontology.parameters.evidence
        self._shown: dict[int, CitedSource] = {}

    def cite(
        self,
        pair: tuple[int, int],
        rows: Rows,
        live: Iterable[bool],
        ties: Collection[int] | None,
        ends: Mapping[int, Ends] | None = None,
    ) -> tuple[Citation, ...]:
        """The live claims among the rows of one pair, ordered by id, only those of some ties;
        `live` tells which rows weigh anything. Rows that were told of other actors, who are one
        with these two, have their `ends` by key."""
        keys = {key for key, weighs in zip(rows.key.tolist(), live, strict=True) if weighs}
        found = []
        for claim, members in claims_in(rows, ties):
            same = Told(pair, claim, members, members)
            for told in (same,) if ends is None else _in_their_words(same, ends):
                asserting = [r for r in told.members if not denial(r[FLAGS]) and r[KEY] in keys]
                if asserting:
                    found.append(self._citation(told, asserting))
        return tuple(sorted(found, key=lambda citation: citation.id))

    def id_of(self, lo: int, hi: int, claim: tuple[int, int, int]) -> str:
        """The id of a claim between two actors."""
        name, when, episode = self._named(claim)
        ids = self._tables.actors.ids
        ends = (ids[lo], ids[hi]) if direction(claim[0]) else (ids[hi], ids[lo])
        return claim_id(ends[0], name, ends[1], when.text, episode)

    def _named(self, claim: tuple[int, int, int]) -> tuple[str, When, str | None]:
        tie, when, episode = claim
        name = None if episode < 0 else self._tables.episodes[episode]
        return self._relations[relation_of(tie)][0], self._tables.whens[when], name

    def _citation(self, told: Told, asserting: list[Row]) -> Citation:
        (lo, hi), claim, members, alike = told
        name, when, episode = self._named(claim)
        ids = self._tables.actors.ids
        subject, object_ = (ids[lo], ids[hi]) if direction(claim[0]) else (ids[hi], ids[lo])
        begins, ends = self._bounds(claim[0], when, alike)
        attested = max(self._attested(row) for row in asserting)
        degree = _agreed(strength(row[FLAGS]) for row in asserting)
        return Citation(
            id=claim_id(subject, name, object_, when.text, episode),
            relation=name,
            subject=subject,
            object=object_,
            when=when.text,
            episode=episode,
            state=self._state(members),
            modality=_modality(asserting),
            strength=STRENGTHS[degree] if degree else None,
            outcome=OUTCOMES[_agreed(outcome(row[FLAGS]) for row in asserting)],
            sources=self._sources(asserting),
            denied_by=self._sources([r for r in members if denial(r[FLAGS]) and self._counts(r)]),
            origins=frozenset(self._origin(row) for row in asserting),
            begins=begins,
            ends=ends,
            attested=attested,
            stale=self._stale(claim[0], begins, ends, attested),
            uncertain=self._uncertain(
                when, event=self._relations[relation_of(claim[0])][1].is_event
            ),
        )

    def _counts(self, row: Row) -> bool:
        scale = self._scale
        return bool(scale.counts[row[LIFE]]) and bool(scale.confidence[row[CONFIDENCE]] > 0)

    def _published(self, row: Row) -> int:
        return int(self._scale.sources.published[row[SOURCE]])

    def _attested(self, row: Row) -> int:
        published = self._published(row)
        return (
            int(self._scale.recorded_day[row[LIFE]]) if published == DISTANT_FUTURE else published
        )

    def _origin(self, row: Row) -> str:
        return self._tables.sources.origins[int(self._scale.sources.origin[row[SOURCE]])]

    def _sources(self, rows: list[Row]) -> tuple[CitedSource, ...]:
        codes = {row[SOURCE] for row in rows}
        if len(codes) < 2:
            return tuple(self._source(code) for code in codes)
        return tuple(sorted((self._source(code) for code in codes), key=lambda one: one.id))

    def _source(self, code: int) -> CitedSource:
        if code not in self._shown:
            s = self._tables.sources.versions[self._scale.sources.version[code]][2]
            self._shown[code] = CitedSource(s.id, s.title, s.published, s.reliability.value)
        return self._shown[code]

    def _state(self, members: list[Row]) -> State:
        denied = any(denial(row[FLAGS]) and self._scale.counts[row[LIFE]] for row in members)
        return State.DISPUTED if denied else State.ACCEPTED

    def _bounds(self, tie: int, when: When, members: list[Row]) -> tuple[int, int]:
        certain = self._frame.dates is Dates.CERTAIN
        event = self._relations[relation_of(tie)][1].is_event
        if event or when.single:
            day = when.end.latest if certain else when.start.earliest
            return day, day
        if not certain:
            return when.start.earliest, when.end.latest
        if not when.start_is_unknown:
            return when.start.latest, when.end.earliest
        counted = [self._published(r) for r in members if not denial(r[FLAGS]) and self._counts(r)]
        return min(min(counted), when.end.earliest - 1), when.end.earliest

    def _stale(self, tie: int, begins: int, ends: int, attested: int) -> bool:
        relation = self._relations[relation_of(tie)][1]
        as_of, half_life = self._frame.as_of, relation.half_life_days
        standing = ends == DISTANT_FUTURE
        since = attested if standing else ends
        if half_life > 0:
            return as_of - since > self._evidence.stale_half_lives * half_life
        return standing and as_of - attested > self._evidence.stale_days_without_half_life

    def _uncertain(self, when: When, *, event: bool) -> bool:
        """Whether a side is unknown or leaves too many possible days."""
        if when.has_unknown_side:
            return True
        spans = [when.days()] if event else [when.start]
        if not event and when.end_is is End.KNOWN:
            spans.append(when.end)
        return any(s.latest - s.earliest >= self._evidence.uncertain_days for s in spans)


def _in_their_words(same: Told, ends: Mapping[int, Ends]) -> Iterator[Told]:
    """One claim about actors of whom some are one, as each of its sources says it."""
    words: dict[Ends, list[Row]] = {}
    for row in same.members:
        words.setdefault(ends[row[KEY]], []).append(row)
    for (lo, hi, tie), rows in words.items():
        yield Told((lo, hi), (tie, *same.claim[1:]), rows, same.members)


def _agreed(codes: Iterable[int]) -> int:
    """The code that all say, 0 where they differ."""
    said = set(codes)
    return said.pop() if len(said) == 1 else 0


def _modality(asserting: list[Row]) -> Modality:
    told = {MODALITIES[modality(row[FLAGS])] for row in asserting}
    return Modality.DONE if Modality.DONE in told else Modality.INTENDED
