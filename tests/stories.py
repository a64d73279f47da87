"""Stories: claims told in the trade's words, and views of what they fold into.

::

    story = Story()
    story.source("a", published="2024-09").says("iran", "backs", "hamas", when="2012/..")
    story.source("b", published="2024-10").denies("iran", "backs", "hamas", when="2012/..")
    story.view(as_of="2024-11-01")
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord, Evidence, Status
from graph_service.domain.episodes import Episode
from graph_service.domain.identity import Judgement, Verdict
from graph_service.domain.ontology import Ontology, load_ontology
from graph_service.domain.periods import Dates, parse_day, parse_known_at
from graph_service.domain.records import Record, parse_record
from graph_service.domain.sources import Source
from graph_service.graph.index import Index
from graph_service.graph.naive import NaiveView
from graph_service.graph.view import Fold, Frame, View

RECORDED = "2025-01-01T00:00:00Z"
AS_OF = "2024-09-30"


class Story:
    """Tells records one after the other; every method answers the story, so that they chain.

    Actors come into it when first named, as a state where the relation allows one. Evidence is
    accepted and recorded at `now`, which `at` moves.
    """

    def __init__(self, ontology: Ontology | None = None) -> None:
        self.ontology = ontology or load_ontology()
        self.told: list[tuple[datetime, Record]] = []
        self._now = parse_known_at(RECORDED)
        self._source: str | None = None
        self._actors: set[str] = set()
        self._last: tuple[ClaimRecord, Evidence] | None = None

    @property
    def records(self) -> list[Record]:
        return [record for _, record in self.told]

    def at(self, moment: str) -> "Story":
        """What follows is recorded at this time (a day is its last instant)."""
        self._now = parse_known_at(moment)
        return self

    def actor(self, id_: str, kind: str = "state", name: str | None = None) -> "Story":
        self._actors.add(id_)
        return self._tell(Actor(id_, kind, name or id_.replace("-", " ").title()))

    def episode(self, id_: str, when: str = "2023/..") -> "Story":
        return self._tell(Episode(id_, "talks", id_.replace("-", " "), when))

    def source(
        self,
        id_: str,
        *,
        published: str | None = None,
        reliability: str = "A",
        origin: str | None = None,
    ) -> "Story":
        """What follows is said by this source; told again, it is issued anew."""
        self._source = id_
        data = {
            "record": "source", "id": id_, "title": id_, "published": published,
            "reliability": reliability, "origin": origin,
        }  # fmt: skip
        return self._tell(parse_record(data, self.ontology))

    def says(
        self,
        subject: str,
        relation: str,
        object_: str,
        *,
        when: str = "2020/..",
        episode: str | None = None,
        **evidence: Any,  # noqa: ANN401 - the fields of a native record's evidence
    ) -> "Story":
        """The source at hand asserts it, with confidence .8 unless told otherwise."""
        if self._source is None:
            self.source("paper", published="2024-09-01")
        self._name(relation, subject, object_)
        piece = {"source": self._source, "confidence": 0.8, "status": "accepted"} | evidence
        piece.setdefault("recorded_at", self._now.isoformat())
        data = {
            "record": "claim", "subject": subject, "relation": relation, "object": object_,
            "when": when, "episode": episode, "evidence": [piece],
        }  # fmt: skip
        record = parse_record(data, self.ontology)
        assert isinstance(record, ClaimRecord)
        self._last = record, record.evidence[0]
        return self._tell(record)

    def denies(self, subject: str, relation: str, object_: str, **told: Any) -> "Story":  # noqa: ANN401
        """The source at hand says that it is not so."""
        return self.says(subject, relation, object_, stance="denied", **told)

    def retracted(self, on: str) -> "Story":
        """What was said last is retracted on that day."""
        assert self._last is not None
        record, piece = self._last
        self._now = parse_known_at(on)
        later = replace(
            piece,
            status=Status.RETRACTED,
            decided_at=piece.accepted_at,
            retracted_at=self._now,
        )
        return self._tell(replace(record, evidence=(later,)))

    def judged(self, left: str, right: str, verdict: str = "same") -> "Story":
        """Somebody's judgement on whether two actors are one."""
        return self._tell(Judgement(left, right, Verdict(verdict), "desk", self._now))

    def tell(self, records: Iterable[tuple[datetime, Record]]) -> "Story":
        """Records that were made elsewhere, each with the time of its recording."""
        self.told.extend(records)
        return self

    def view(
        self,
        *,
        as_of: str = AS_OF,
        known_at: str | None = None,
        dates: str = "certain",
        min_confidence: float = 0.0,
    ) -> NaiveView:
        """What the story folds into, naively."""
        return naive_view(self, frame(as_of, known_at, dates, min_confidence))

    def index_view(self, **where: Any) -> View:  # noqa: ANN401 - the arguments of `view`
        """What the story folds into, by the index."""
        return index_view(self, frame(**{"as_of": AS_OF} | where))

    def _name(self, relation: str, subject: str, object_: str) -> None:
        meaning = self.ontology.relation(relation)
        for id_, kinds in ((subject, meaning.subject), (object_, meaning.object)):
            if id_ not in self._actors:
                self.actor(id_, id_ if id_ in kinds else "state" if "state" in kinds else kinds[0])

    def _tell(self, record: Record) -> "Story":
        self.told.append((self._now, record))
        return self


def at_states(where: Frame, *about: str) -> Frame:
    """The frame at the level of states, of a question about these."""
    return replace(where, fold=Fold.STATE, about=tuple(sorted(about)))


def frame(
    as_of: str, known_at: str | None = None, dates: str = "certain", min_confidence: float = 0.0
) -> Frame:
    """A frame in words."""
    known = None if known_at is None else parse_known_at(known_at)
    return Frame(parse_day(as_of), known, Dates(dates), min_confidence)


def naive_view(story: Story, where: Frame) -> NaiveView:
    """The naive view of everything told."""
    return NaiveView(
        story.ontology,
        where,
        actors=[record for record in story.records if isinstance(record, Actor)],
        sources=[(at, record) for at, record in story.told if isinstance(record, Source)],
        claims=[record for record in story.records if isinstance(record, ClaimRecord)],
        episodes=[record for record in story.records if isinstance(record, Episode)],
        judgements=[(at, record) for at, record in story.told if isinstance(record, Judgement)],
        sequence=len(story.told),
    )


def index_view(story: Story, where: Frame) -> View:
    """The view of an index that was fed everything told, one entry after the other."""
    index = Index(story.ontology)
    for sequence, (at, record) in enumerate(story.told, start=1):
        index.apply(sequence, record, at)
    return index.view(where)
