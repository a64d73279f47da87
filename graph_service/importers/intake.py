"""What an importer is given, and what becomes of the rows of its file."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from graph_service.domain.claims import (
    Claim,
    ClaimRecord,
    Evidence,
    Status,
    claim_id,
    evidence_id_of,
)
from graph_service.domain.episodes import Episode
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import check_id, check_text
from graph_service.domain.identity import Judgement
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import When
from graph_service.domain.records import Record
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.book import ActorBook


class Refusal(NamedTuple):
    """A row that is not taken in: its line (from 1), why, the field if it is one, and the file."""

    line: int
    reason: str
    field: str | None = None
    file: str = ""


class OfItself(InvalidRecord):
    """A tie of an actor to itself, which this graph does not hold."""


class Row(NamedTuple):
    """What one row tells, or several `rows` that tell one thing together, the first on `line`."""

    line: int
    records: tuple[ClaimRecord | Judgement, ...]
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for: another reliability and confidence than the format's own, the
    encoding of a text, and what only one format knows (`more`)."""

    reliability: Reliability | None = None
    confidence: float | None = None
    encoding: str = "utf-8"
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Intake:
    """One file on its way in: what its importer builds claims with, and tells of its rows.

    Actors, sources and episodes that are told here go in before the next row that is given.
    """

    ontology: Ontology
    actors: ActorBook
    wishes: Wishes
    coder: str
    on_refusal: Callable[[Refusal], None]
    skipped: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    known_source: Callable[[str], Source | None] = lambda _: None
    _nouns: list[Record] = field(default_factory=list)
    _told: dict[str, Source | Episode] = field(default_factory=dict)
    _checked: dict[tuple[str, str], bool] = field(default_factory=dict)

    def refuse(self, line: int, reason: str, field: str | None = None) -> None:
        """The row on this line is not taken in."""
        self.refused += 1
        self.on_refusal(Refusal(line, reason, field))

    def refuse_for(self, line: int, error: InvalidRecord) -> None:
        """The same, for what was raised; a tie of an actor to itself is only skipped."""
        if isinstance(error, OfItself):
            self.skip(error.message)
        else:
            self.refuse(line, error.message, error.field)

    def skip(self, reason: str) -> None:
        """The row says nothing that this graph holds, such as a mere statement."""
        self.skipped[reason] += 1

    def skip_unmapped(self, code: str) -> None:
        """The row has a code for which the ontology has no relation."""
        self.unmapped[code] += 1

    def reliability(self, usual: Reliability) -> Reliability:
        """How far the sources of this file are believed."""
        return self.wishes.reliability or usual

    def confidence(self, usual: float) -> float:
        """How sure the coding of this file is, above 0 and at most .95."""
        return usual if self.wishes.confidence is None else self.wishes.confidence

    def source(self, source: Source) -> str:
        """Tell of a source, and answer its id."""
        return self._tell(f"source:{source.id}", source)

    def source_unless_known(self, source: Source) -> str:
        """The same for a source of which a file tells less than may be known: it stays as it is."""
        return source.id if self.known_source(source.id) is not None else self.source(source)

    def episode(self, episode: Episode) -> str:
        """Tell of an episode, and answer its id."""
        return self._tell(f"episode:{episode.id}", episode)

    def _tell(self, key: str, noun: Source | Episode) -> str:
        told = self._told.get(key)
        if told is None:
            check_id(noun.id, "id")
            self._told[key] = noun
            self._nouns.append(noun)
        elif told != noun:
            raise _told_otherwise(key, told, noun)
        return noun.id

    def claim(
        self, subject: str, relation: str, object_: str, when: When, episode: str | None = None
    ) -> Claim:
        """A claim on actors of the book, its ends sorted where the relation is symmetric; raises
        `InvalidRecord` where the relation takes no such ends or no such date."""
        meaning = self.ontology.relation(relation)
        if subject == object_:
            raise OfItself("a tie of an actor to itself", field="object")
        if meaning.symmetric and object_ < subject:
            subject, object_ = object_, subject
        self._check_end(relation, "subject", subject, meaning.subject)
        self._check_end(relation, "object", object_, meaning.object)
        if (relation, when.text) not in self._checked:
            when.check(meaning.temporal, observable=meaning.observable)
            self._checked[relation, when.text] = True
        id_ = claim_id(subject, relation, object_, when.text, episode)
        return Claim(id_, subject, relation, object_, when, episode)

    def _check_end(self, relation: str, end: str, actor: str, kinds: tuple[str, ...]) -> None:
        kind = self.actors.kind(actor)
        if kind not in kinds:
            raise InvalidRecord(
                f"{actor} ({kind}) cannot be the {end} of {relation}, but one of: {', '.join(kinds)}",
                field=end,
            )

    def evidence(
        self,
        claim: Claim,
        source: str,
        confidence: float,
        locator: str | None = None,
        **more: Any,  # noqa: ANN401 - the other fields of evidence
    ) -> Evidence:
        """Accepted evidence that a source gives for a claim; `more` are the other fields of
        `Evidence`. Texts that come from a file must have been checked (`check_text`)."""
        coder = more.pop("coder", self.coder)
        status = more.pop("status", Status.ACCEPTED)
        if locator is not None and not locator.isprintable():
            check_text(locator, "locator")
        id_ = evidence_id_of(claim.id, source, locator, coder, more)
        return Evidence(
            id_, claim.id, source, confidence, locator, coder=coder, status=status, **more
        )

    def told(
        self,
        claim: Claim,
        source: str,
        confidence: float,
        locator: str | None = None,
        **more: Any,  # noqa: ANN401 - the other fields of evidence
    ) -> ClaimRecord:
        """A claim with one piece of evidence."""
        return ClaimRecord(claim, (self.evidence(claim, source, confidence, locator, **more),))

    def fresh(self) -> list[Record]:
        """The actors, sources and episodes told since the last time, which are to be written."""
        nouns, self._nouns = [*self.actors.fresh(), *self._nouns], []
        return nouns


def _told_otherwise(key: str, told: Source | Episode, noun: Source | Episode) -> InvalidRecord:
    """A file that gave two accounts of one source would change it each time that it is taken in."""
    kind = key.partition(":")[0]
    other = [one.name for one in fields(noun) if getattr(told, one.name) != getattr(noun, one.name)]
    return InvalidRecord(
        f"the {kind} {noun.id!r} has another {' and '.join(other)} in an earlier row: give it the "
        "same in all, or an id of its own",
        field=kind,
    )
