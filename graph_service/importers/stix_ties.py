"""What the relationships of a STIX bundle claim, on whose word and as of when."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import End, When
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.book import slug_of
from graph_service.importers.intake import Intake
from graph_service.importers.json_values import Json, shown, text
from graph_service.importers.stix_objects import Reference, Tie, day, references
from graph_service.importers.told_dates import event_when, state_when
from graph_service.importers.web_pages import host, is_url

RELIABILITY = Reliability.C
"""Assessments by analysts who name their sources as a rule, of actors who hide."""
CONFIDENCE = 0.6
"""Attribution is a hedged judgement where the bundle does not say how sure it is."""
MOST_SURE = 0.95

FLIPPED = frozenset({"attributed-to"})
"""The types of relationships whose source is the object of the claim: see the ontology."""

UNNAMED = "stix"


class _Cited(NamedTuple):
    """A source in the making."""

    title: str
    publisher: str
    url: str | None
    published: str
    origin: str


class _Said(NamedTuple):
    """The days on which a relationship was first told, and last."""

    first: str
    last: str

    def bounding(self, when: When) -> list[str]:
        """Those that bound what a period leaves unknown: it began by the first, and still held on
        the last."""
        if when.end_is is not End.UNKNOWN:
            return [self.first]
        return sorted({self.first, self.last} if when.start_is_unknown else {self.last})


class StixTies:
    """Makes claims of relationships between actors, whose ids in the book are known."""

    def __init__(self, intake: Intake, actors: dict[str, str], producers: dict[str, str]) -> None:
        self._intake = intake
        self._actors = actors
        self._producers = producers
        self._relations = {
            type_: name
            for name, relation in intake.ontology.relations.items()
            for type_ in relation.stix
        }

    def relation(self, type_: str) -> str | None:
        """The relation of a type of relationships, None where there is none."""
        return self._relations.get(type_)

    def record(self, tie: Tie, data: Json, relation: str) -> ClaimRecord:
        """The claim of a relationship; raises `InvalidRecord`."""
        ends = self._end(tie.source, "source_ref"), self._end(tie.target, "target_ref")
        subject, object_ = ends[::-1] if tie.type in FLIPPED else ends
        said = self._said(data)
        claim = self._intake.claim(subject, relation, object_, self._when(data, relation, said))
        confidence = self._intake.confidence(_confidence(data))
        locator = shown(tie.id)
        pieces = [
            self._intake.evidence(claim, source, confidence, locator)
            for source in self._sources(data, said, claim.when)
        ]
        return ClaimRecord(claim, tuple({piece.id: piece for piece in pieces}.values()))

    def _end(self, id_: str, field: str) -> str:
        found = self._actors.get(id_)
        if found is None:
            raise InvalidRecord(f"{id_[:80]} is no object of the bundle", field=field)
        return found

    def _said(self, data: Json) -> _Said:
        first = day(data, "created") or self._intake.wishes.more.get("published")
        if first is None:
            raise InvalidRecord("created is missing", field="created")
        return _Said(first, day(data, "modified") or first)

    def _when(self, data: Json, relation: str, said: _Said) -> When:
        starts, ends = _days(data, "start_time"), _days(data, "stop_time")
        # What was seen on a day was so by then; when it began or ended is not told by that.
        seen = _days(data, "first_seen", "last_seen")
        if self._intake.ontology.relation(relation).is_event:
            when = event_when([*starts, *ends] or seen, said.first)
            if when is not None:
                return when
        return state_when(starts, ends, start_if_untold=f"[..{min(seen)}]" if seen else "")

    def _sources(self, data: Json, said: _Said, when: When) -> Iterator[str]:
        """What the relationship cites, else whoever made it. What is cited was published by the
        day on which it was cited."""
        cited = references(data)
        for reference in cited:
            yield self._source(_cited(reference, said.first))
        if not cited:
            name = self._producers.get(text(data, "created_by_ref") or "") or UNNAMED
            for as_of in said.bounding(when):
                title = f"{name}, as of {as_of}"
                yield self._source(_Cited(title, name, None, as_of, slug_of(name) or UNNAMED))

    def _source(self, cited: _Cited) -> str:
        mark = hashlib.sha256("\x1f".join(map(str, cited)).encode()).hexdigest()[:8]
        slug = slug_of(cited.title)
        return self._intake.source(
            Source(
                f"stix-{slug}~{mark}" if slug else f"stix~{mark}",
                cited.title,
                publisher=cited.publisher,
                url=cited.url,
                published=cited.published,
                kind="report" if cited.url else "data",
                reliability=self._intake.reliability(RELIABILITY),
                origin=cited.origin,
            )
        )


def _cited(reference: Reference, told: str) -> _Cited:
    url = reference.url if reference.url is not None and is_url(reference.url) else None
    origin = None if url is None else host(url)
    origin = origin or slug_of(reference.name) or UNNAMED
    publisher = origin if url else reference.name
    return _Cited(reference.name, publisher, url, f"[..{told}]", origin)


def _days(data: Json, *names: str) -> list[str]:
    return [told for told in (day(data, name) for name in names) if told is not None]


def why_unsure(data: Json) -> str | None:
    """Why a relationship claims nothing in the eyes of whoever made it; None where it does."""
    told = data.get("confidence")
    return "a confidence of 0" if told == 0 and not isinstance(told, bool) else None


def _confidence(data: Json) -> float:
    """How sure the bundle is, of 100; raises `InvalidRecord`."""
    told = data.get("confidence")
    if told is None:
        return CONFIDENCE
    if isinstance(told, bool) or not isinstance(told, int) or not 1 <= told <= 100:
        raise InvalidRecord("confidence is a whole number from 1 to 100", field="confidence")
    return min(told / 100, MOST_SURE)
