"""Alliances between states, from years of dyads or from dated treaties.

Taken are the dyads and years of the Alliance Treaty Obligations and Provisions project (`ccode1`,
`ccode2`, `year`, `atop_defense`, `atop_offense`, `atop_neutral`, `atop_nonagg`, `atop_consul`; Leeds
et al. 2002, *International Interactions* 28(3)), and the Formal Alliances of the Correlates of War
by dyad, with a row for each year or one for the whole (`version4id`, `ccode1`, `ccode2`,
`dyad_st_year` … `nonaggression`, `entente`; Gibler 2009, *International Military Alliances*).

Every kind of treaty that these lists have is `allied_with`, as the relation is defined. One without
a promise to fight (neutrality, non-aggression, consultation) is a weak one. Years of a dyad become
a claim for each unbroken run; where the data end, the end is unknown and never said to be open.
"""

from collections.abc import Iterator

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.alliances_atop import read_years
from graph_service.importers.alliances_cow import read_treaties
from graph_service.importers.intake import Intake, Row
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.spells_tables import header_of

ATOP, COW = "atop_defense", "dyad_st_year"
"""A column that tells each of the two apart."""


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """A row for each unbroken run of years, or each treaty of a dyad."""
    header = header_of(packed, intake)
    if ATOP in header:
        return read_years(packed, intake)
    if COW in header:
        return read_treaties(packed, intake)
    raise InvalidRecord(
        f"alliances needs dyads by year of ATOP (a column {ATOP}) or Formal Alliances of the "
        f"Correlates of War by dyad (a column {COW}); by member is not enough",
        line=1,
    )


FORMAT = Format(
    name="alliances",
    title="Alliances between states: ATOP dyad-years, Correlates of War by dyad (csv).",
    scheme="cow",
    read=read,
    coder="import/alliances",
)
