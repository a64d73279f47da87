"""How the rows of coded events become claims with evidence."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from graph_service.domain.claims import Claim, ClaimRecord, Evidence
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When
from graph_service.importers.cameo import Meaning
from graph_service.importers.events import Cells, DataSet
from graph_service.importers.events_sources import Publishers, StateTies
from graph_service.importers.intake import Intake, Row
from graph_service.importers.lines import Table

Records = tuple[ClaimRecord, ...]

LONGEST_PLACE = 2_000
MOST_CLAIMS = 20_000
"""So many claims are remembered."""

NOBODY = "no identified actor"
ITSELF = "a tie of an actor to itself"


class Events(ABC):
    """The rows of one file of events on their way into claims; a format says what its cells tell.

    What each of them raises (`InvalidRecord`) refuses the row.
    """

    def __init__(self, intake: Intake, data: DataSet) -> None:
        self.intake = intake
        self.publishers = Publishers(intake, data)
        self.ties = StateTies(intake, self.publishers)
        # Most events are told by several rows, near each other.
        self._claims: dict[tuple[str, str, str, str], Claim] = {}
        relations = intake.ontology.relations.items()
        self._symmetric = frozenset(name for name, found in relations if found.symmetric)
        self.confidence = intake.confidence(data.confidence)

    @abstractmethod
    def when(self, row: Cells) -> When:
        """The day of the event."""

    @abstractmethod
    def meaning(self, row: Cells) -> Meaning:
        """What its code says."""

    @abstractmethod
    def told_by(self, row: Cells, when: When) -> tuple[str, str | None]:
        """The id of the source, and the place in it."""

    @abstractmethod
    def told(self, row: Cells, relation: str, when: When) -> Records:
        """The claims of a row; none where it is `skipped`, which is counted."""

    def rows(self, table: Table) -> Iterator[Row]:
        """What the rows of the table tell, and at last how their actors belong to their states; rows
        that tell nothing are counted."""
        for row in table:
            try:
                records = self._records(row)
            except InvalidRecord as error:
                self.intake.refuse_for(table.line, error)
                continue
            if records:
                yield Row(table.line, records)
        for record in self.ties.told():
            yield Row(table.line, (record,), rows=0)

    def _records(self, row: Cells) -> Records:
        when = self.when(row)
        meaning = self.meaning(row)
        if meaning.relation is None:
            return self._passed_over(meaning)
        return self.told(row, meaning.relation, when)

    def claimed(self, ends: tuple[str, str, str], when: When, row: Cells) -> ClaimRecord:
        """One event (subject, relation, object) with its evidence; raises `InvalidRecord`."""
        subject, relation, object_ = ends
        if relation in self._symmetric and object_ < subject:
            subject, object_ = object_, subject
        key = (subject, relation, object_, when.text)
        claim = self._claims.get(key)
        if claim is None:
            if len(self._claims) >= MOST_CLAIMS:
                self._claims.clear()
            claim = self._claims[key] = self.intake.claim(subject, relation, object_, when)
            self.ties.meet(subject, object_, when)
        return ClaimRecord(claim, self.evidence(claim, row))

    def evidence(self, claim: Claim, row: Cells) -> tuple[Evidence, ...]:
        """What the row has for a claim."""
        source, place = self.told_by(row, claim.when)
        if place is not None and len(place) > LONGEST_PLACE:
            raise InvalidRecord(
                f"the place has more than {LONGEST_PLACE:,} characters", field="locator"
            )
        return (self.intake.evidence(claim, source, self.confidence, place),)

    def skipped(self, reason: str) -> Records:
        """Count a row that tells nothing."""
        self.intake.skip(reason)
        return ()

    def _passed_over(self, meaning: Meaning) -> Records:
        if meaning.skipped is not None:
            return self.skipped(meaning.skipped)
        self.intake.skip_unmapped(meaning.code)
        return ()


class EventsOfTwo(Events):
    """The same where a row names one actor on each side."""

    @abstractmethod
    def ends(self, row: Cells) -> tuple[str | None, str | None]:
        """The ids of who acts and on whom; None for nobody who is identified."""

    def told(self, row: Cells, relation: str, when: When) -> Records:
        subject, object_ = self.ends(row)
        if subject is None or object_ is None:
            return self.skipped(NOBODY)
        if subject == object_:
            return self.skipped(ITSELF)
        return (self.claimed((subject, relation, object_), when, row),)
