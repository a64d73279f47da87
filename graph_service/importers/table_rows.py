"""One row of a table as a claim with a piece of evidence."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from graph_service.domain.claims import ClaimRecord, Modality, Outcome, Stance, Strength
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import check_id, check_text
from graph_service.domain.ontology import Relation
from graph_service.domain.periods import DISTANT_PAST, When
from graph_service.domain.sources import Source
from graph_service.importers.intake import Intake
from graph_service.importers.mapping import ONGOING, TableMapping
from graph_service.importers.sheets import NO_VALUE
from graph_service.importers.table_actors import Cast
from graph_service.importers.table_dates import OPEN, Order, date_of, joined, period
from graph_service.importers.table_sources import Sources
from graph_service.importers.table_words import Meant, Words

USUAL_CONFIDENCE = 0.7
"""Of a row that somebody wrote by hand and nobody checked against its source."""

_ERRORS = frozenset({
    "#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
})  # fmt: skip
_GROUPS = ",' \u00a0\u202f"
_NUMBER = re.compile(
    rf"[+-]?(?:\d{{1,3}}(?:[{_GROUPS}]\d{{3}})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII
)

E = TypeVar("E", bound=StrEnum)


class Cells:
    """The cells of a row by field, a constant where a cell is empty; texts without outer gaps."""

    def __init__(self, places: Mapping[str, int], constants: Mapping[str, str]) -> None:
        self._places = places
        self._constants = constants
        self.row: Sequence[str] = ()

    def get(self, name: str) -> str:
        """The text of a field; raises `InvalidRecord` for a cell that is in error."""
        place = self._places.get(name)
        text = "" if place is None else self.row[place].strip()
        if text == NO_VALUE:
            raise InvalidRecord(
                "the cell has a formula that was never worked out: open the file in a spreadsheet "
                "and save it",
                field=name,
            )
        if text in _ERRORS:
            raise InvalidRecord(f"the cell is in error: {text}", field=name)
        return text or self._constants.get(name, "")

    def needed(self, name: str) -> str:
        """A text that must be there."""
        text = self.get(name)
        if not text:
            raise InvalidRecord(f"the {name} is empty", field=name)
        return text


class Rows:
    """Makes claims of rows; what is said of one is in `record`."""

    def __init__(self, intake: Intake, mapping: TableMapping, order: Order | None) -> None:
        self._intake = intake
        self._mapping = mapping
        self._order = order

    def record(
        self, cells: Cells, words: Words, cast: Cast, sources: Sources
    ) -> ClaimRecord | None:
        """What the row tells, None where the mapping says to skip its relation; raises
        `InvalidRecord` where it cannot be read."""
        meant = words.relation(cells.needed("relation"))
        if meant is None:
            return None
        relation = self._intake.ontology.relations[meant.relation]
        when = self._when(cells, relation)
        source = self._source(cells, sources, when)
        confidence = self._confidence(cells.get("confidence"))
        locator, more = _text(cells.get, "locator"), _more(cells.get)
        subject, object_ = self._ends(cells, words, cast, when, meant)
        claim = self._intake.claim(subject, meant.relation, object_, when, _episode(cells.get))
        self._intake.source(source)
        return self._intake.told(claim, source.id, confidence, locator, **more)

    def _ends(
        self, cells: Cells, words: Words, cast: Cast, when: When, meant: Meant
    ) -> tuple[str, str]:
        relation = self._intake.ontology.relations[meant.relation]
        day = None if when.start.earliest == DISTANT_PAST else when.start.earliest
        # Who stands at both ends is known before either is entered, so that a row that is refused
        # leaves nobody behind.
        one, other = (
            cast.who(cells.needed(end), kind_of(cells, words, end), day, allowed)
            for end, allowed in ends_of(relation, meant)
        )
        found = cast.enter(one), cast.enter(other)
        return (found[1], found[0]) if meant.is_inverse else found

    def _source(self, cells: Cells, sources: Sources, when: When) -> Source:
        source = sources.source(cells.get)
        if when.has_unknown_side and source.published is None:
            raise InvalidRecord(
                f"{when.text!r} has an unknown side, which only a source with a date can bound: "
                "fill in when the source was published, or say it for all rows: --more "
                "published=2024-09",
                field="source_published",
            )
        return source

    def _when(self, cells: Cells, relation: Relation) -> When:
        text = self._period(cells, is_event=relation.is_event)
        if not text:
            if relation.is_event:
                raise InvalidRecord(
                    f"the date is empty, and {relation.label!r} happens on some day", field="when"
                )
            text = "/"
        return When.parse(text)

    def _period(self, cells: Cells, *, is_event: bool) -> str:
        start, end = cells.get("start"), cells.get("end")
        if not (start or end):
            return period(cells.get("when"), self._order)
        if start and not end and not self._mapping.columns.get("end"):
            return self._from(start, is_event=is_event)
        first, last = date_of(start, self._order), date_of(end, self._order)
        return joined(first, last or self._no_end(is_event=is_event), is_event=is_event)

    def _from(self, start: str, *, is_event: bool) -> str:
        """A start where the table has no column for ends: perhaps with an end of its own."""
        found = period(start, self._order)
        if "/" in found or not found:
            return found
        return joined(found, self._no_end(is_event=is_event), is_event=is_event)

    def _no_end(self, *, is_event: bool) -> str:
        return OPEN if self._mapping.no_end == ONGOING and not is_event else ""

    def _confidence(self, text: str) -> float:
        if not text:
            return self._intake.confidence(USUAL_CONFIDENCE)
        most = self._intake.ontology.parameters.evidence.max_confidence
        number = _number(text.removesuffix("%"), "confidence")
        number = round(number / 100, 6) if text.endswith("%") else number
        if not 0 < number <= most:
            raise InvalidRecord(
                f"confidence is a number above 0 and at most {most}, or as much in %, not {text!r}",
                field="confidence",
            )
        return number


def ends_of(relation: Relation, meant: Meant) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields of the subject and the object of a row, with the kinds that may stand there."""
    kinds = (
        (relation.object, relation.subject)
        if meant.is_inverse
        else (relation.subject, relation.object)
    )
    return ("subject", kinds[0]), ("object", kinds[1])


def kind_of(cells: Cells, words: Words, end: str) -> str | None:
    """The kind that a row gives for its subject or object; raises `InvalidRecord`."""
    text = cells.get(f"{end}_kind")
    return words.kind(text) if text else None


def _more(get: Callable[[str], str]) -> dict[str, Any]:
    amount = get("amount")
    passage = get("passage")
    found = {
        "passage": check_text(passage, "passage", lines=True) if passage else None,
        "stance": _choice(get, "stance", Stance) or Stance.ASSERTED,
        "modality": _choice(get, "modality", Modality) or Modality.DONE,
        "attributed_to": _text(get, "attributed_to"),
        "strength": _choice(get, "strength", Strength),
        "outcome": _choice(get, "outcome", Outcome),
        "amount": _number(amount, "amount") if amount else None,
        "unit": _text(get, "unit"),
    }
    return {name: value for name, value in found.items() if value is not None}


def _episode(get: Callable[[str], str]) -> str | None:
    text = get("episode")
    return check_id(text, "episode") if text else None


def _text(get: Callable[[str], str], name: str) -> str | None:
    text = " ".join(get(name).split())
    return check_text(text, name) if text else None


def _choice(get: Callable[[str], str], name: str, options: type[E]) -> E | None:
    text = get(name)
    if not text:
        return None
    try:
        return options(text.casefold())
    except ValueError:
        raise InvalidRecord(f"{text[:40]!r} is none of {', '.join(options)}", field=name) from None


def _number(text: str, name: str) -> float:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        raise InvalidRecord(f"{text[:40]!r} is no number: write it like 1500000 or 2.5", field=name)
    number = float(re.sub(f"[{_GROUPS}]", "", text))
    if number in (float("inf"), float("-inf")):
        raise InvalidRecord(f"{text[:40]!r} is too large", field=name)
    return number
