"""Years of dyads of the Alliance Treaty Obligations and Provisions project.

Rows come in any order and from both sides. What is held is one number for each distinct dyad, side
and set of obligations, however many years they have.
"""

from collections.abc import Iterator
from typing import NamedTuple

from graph_service.domain.claims import Strength
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.intake import Intake, OfItself, Row
from graph_service.importers.packed import Packed
from graph_service.importers.spells import REPEATED, Spell, said, spells, whole, year_bit, year_of
from graph_service.importers.spells_states import States
from graph_service.importers.spells_tables import rows_of

RELIABILITY = Reliability.B
"""Coded by hand from the texts of treaties, each with a sheet that tells the coder's reasons."""
CONFIDENCE = 0.95
"""That a treaty bound the two is read from its text: the most that a coding may have."""

OBLIGATIONS = ("defence", "offence", "neutrality", "non-aggression", "consultation")
COLUMNS = (
    "ccode1", "ccode2", "year",
    "atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul",
)  # fmt: skip
TO_FIGHT = 0b00011
"""Defence and offence."""

Dyad = tuple[str, str]


class Run(NamedTuple):
    """Years in which a dyad was bound without a break, and all of them to fight or none: the
    obligations that it had meanwhile, and how many rows say so, the first of the dyad on `line`."""

    dyad: Dyad
    years: Spell
    bound: int
    rows: int
    line: int


class Dyads:
    """The years of all dyads; `last` is the latest."""

    def __init__(self) -> None:
        self.last = 0
        self._line: dict[Dyad, int] = {}
        self._years: dict[Dyad, dict[tuple[bool, int], int]] = {}

    def put(self, ends: Dyad, year: int, bound: int, line: int) -> bool:
        """One row; False where an earlier one has said the same."""
        turned = ends[1] < ends[0]
        dyad = (ends[1], ends[0]) if turned else ends
        self._line.setdefault(dyad, line)
        years = self._years.setdefault(dyad, {})
        before = years.get((turned, bound), 0)
        years[turned, bound] = before | year_bit(year)
        self.last = max(self.last, year)
        return years[turned, bound] != before

    def runs(self) -> Iterator[Run]:
        """The unbroken runs of all dyads, in the order in which they were told."""
        for dyad, years in self._years.items():
            fighting = 0
            every = 0
            for (_, bound), in_years in years.items():
                every |= in_years
                fighting |= in_years if bound & TO_FIGHT else 0
            for run in (*spells(fighting), *spells(every & ~fighting)):
                told = {key: in_years & run.years for key, in_years in years.items()}
                bound = _all_of(bound for (_, bound), within in told.items() if within)
                rows = sum(within.bit_count() for within in told.values())
                yield Run(dyad, run, bound, rows, self._line[dyad])


def read_years(packed: Packed, intake: Intake) -> Iterator[Row]:
    """A row for each unbroken run of years of a dyad."""
    dyads, states = Dyads(), States(intake.actors, "cow")
    yield from rows_of(
        packed, intake, COLUMNS, lambda cells, line: _put(dyads, cells, states, intake, line)
    )
    source = intake.source(source_of(intake, dyads.last)) if dyads.last else ""
    for run in dyads.runs():
        claim = intake.claim(run.dyad[0], "allied_with", run.dyad[1], run.years.when(dyads.last))
        told = ", ".join(name for bit, name in enumerate(OBLIGATIONS) if run.bound >> bit & 1)
        record = intake.told(
            claim,
            source,
            intake.confidence(CONFIDENCE),
            f"{run.years.first}-{run.years.last}: {told}",
            strength=None if run.bound & TO_FIGHT else Strength.WEAK,
        )
        yield Row(run.line, (record,), run.rows)


def _put(dyads: Dyads, cells: list[str], states: States, intake: Intake, line: int) -> None:
    one, other, when, *flags = cells
    year = year_of(when, "year")
    ends = (
        states.by_number(whole(one, "ccode1"), year, "ccode1"),
        states.by_number(whole(other, "ccode2"), year, "ccode2"),
    )
    bound = sum(said(flag) << bit for bit, flag in enumerate(flags))
    if ends[0] == ends[1]:
        raise OfItself("a tie of an actor to itself", field="ccode2")
    if not bound:
        intake.skip("no obligation in that year")
    elif not dyads.put(ends, year, bound, line):
        intake.skip(REPEATED)


def _all_of(bounds: Iterator[int]) -> int:
    every = 0
    for bound in bounds:
        every |= bound
    return every


def source_of(intake: Intake, last: int) -> Source:
    """The data as a source, dated by the last year that they attest."""
    return Source(
        f"atop-{last}",
        f"Alliance Treaty Obligations and Provisions, dyads by year to {last}",
        publisher="Alliance Treaty Obligations and Provisions project, Rice University",
        url="http://www.atopdata.org/",
        published=f"{last:04}",
        kind="data",
        reliability=intake.reliability(RELIABILITY),
        origin="atop",
    )
