"""Formal Alliances of the Correlates of War, by dyad: the days from which and to which each held.

The form with a row for each year says in every one of them what the other says once; for it the
treaties of the dyads are held that were told already, and not their years.
"""

from collections.abc import Iterator, Sequence

from graph_service.domain.claims import Strength
from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.intake import Intake, Row
from graph_service.importers.packed import Packed
from graph_service.importers.spells import REPEATED, said, whole, year_of
from graph_service.importers.spells_states import States
from graph_service.importers.spells_tables import header_of, last_year, rows_of

RELIABILITY = Reliability.B
"""Coded by hand from the texts of treaties and the history of each."""
CONFIDENCE = 0.95
"""That a treaty bound the two is read from its text: the most that a coding may have."""

KINDS = {
    "defense": "defence", "neutrality": "neutrality", "nonaggression": "non-aggression",
    "entente": "consultation",
}  # fmt: skip
_START = ("dyad_st_year", "dyad_st_month", "dyad_st_day")
_END = ("dyad_end_year", "dyad_end_month", "dyad_end_day")
COLUMNS = ("version4id", "ccode1", "ccode2", "left_censor", *_START, *_END, *KINDS)


def read_treaties(packed: Packed, intake: Intake) -> Iterator[Row]:
    """A row for each treaty of each dyad."""
    years = ("dyad_st_year", "dyad_end_year", *({"year"} & header_of(packed, intake)))
    reading = _Reading(intake, last_year(packed, intake, *years))
    return rows_of(packed, intake, COLUMNS, reading.row)


class _Reading:
    """The state of one reading, of data that end with a year."""

    def __init__(self, intake: Intake, last: int) -> None:
        self._intake = intake
        self._states = States(intake.actors, "cow")
        self._source = intake.source(source_of(intake, last)) if last else ""
        self._told: set[tuple[str, str]] = set()

    def row(self, cells: Sequence[str], line: int) -> Row | None:
        number, one, other, censored, *rest = cells
        start, end, kinds = rest[:3], rest[3:6], rest[6:]
        year = year_of(start[0], "dyad_st_year")
        ends = self._ends(one, other, year)
        bound = [name for name, kind in zip(KINDS.values(), kinds, strict=True) if said(kind)]
        if not bound:
            self._intake.skip("no obligation")
            return None
        claim = self._intake.claim(ends[0], "allied_with", ends[1], _when(start, end, censored))
        place = f"alliance {whole(number, 'version4id')}: {', '.join(bound)}"
        if (claim.id, place) in self._told:
            self._intake.skip(REPEATED)
            return None
        self._told.add((claim.id, place))
        record = self._intake.told(
            claim,
            self._source,
            self._intake.confidence(CONFIDENCE),
            place,
            strength=None if "defence" in bound else Strength.WEAK,
        )
        return Row(line, (record,))

    def _ends(self, one: str, other: str, year: int) -> tuple[str, str]:
        return (
            self._states.by_number(whole(one, "ccode1"), year, "ccode1"),
            self._states.by_number(whole(other, "ccode2"), year, "ccode2"),
        )


def _when(start: Sequence[str], end: Sequence[str], censored: str) -> When:
    """The period of a treaty. One that began before the data do began by their first day; one that
    was in force when they end has an end that is not known."""
    first = _date(start, _START)
    last = _date(end, _END) if end[0] else ""
    return When.parse(f"{f'[..{first}]' if said(censored) else first}/{last}")


def _date(cells: Sequence[str], names: Sequence[str]) -> str:
    year = year_of(cells[0], names[0])
    parts = [f"{year:04}"]
    for cell, name in zip(cells[1:], names[1:], strict=True):
        if not cell:
            break
        parts.append(f"{whole(cell, name):02}")
    return "-".join(parts)


def source_of(intake: Intake, last: int) -> Source:
    """The data as a source, dated by the last year that they attest."""
    return Source(
        f"cow-alliances-{last}",
        f"Formal Alliances, Correlates of War, to {last}",
        publisher="Correlates of War project",
        url="https://correlatesofwar.org/data-sets/formal-alliances/",
        published=f"{last:04}",
        kind="data",
        reliability=intake.reliability(RELIABILITY),
        origin="correlates-of-war",
    )
