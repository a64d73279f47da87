"""The UCDP External Support Dataset: who supported which warring side, in which year and with what.

Taken are the table of triads and years (`ucdp-esd-ty-181.csv`: a row for a side, a supporter and a
year, with columns `ext_x` … `ext_u` of 0 and 1), and the short form of it that has the letters in
one column (`year`, `recipient`, `supporter`, `types_all`). The data are described by Meier, Karlén,
Pettersson and Croicu 2023, "External support in armed conflicts", *Journal of Peace Research* 60(3).

A form of support that is an act becomes a claim for each year, and one that is a state a claim for
each unbroken run of years. For the runs the years of each distinct supporter, relation and
recipient are held, and not the rows. Whom the recipient fights is not claimed: the data name the
opponent to tell for which conflict the support was, and are not about enmity.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from graph_service.domain.claims import Claim, ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import Temporal, When
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.intake import Intake, Row
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.spells import Spell, spells, year_bit
from graph_service.importers.spells_states import States, gone_called
from graph_service.importers.spells_tables import last_year, table_of
from graph_service.importers.ucdp_support_columns import Told, reader

RELIABILITY = Reliability.B
"""Coded by hand from many reports by one research project; what is kept secret stays unseen."""
CONFIDENCE = 0.9
"""The coders name a supporter and a form only where reports agree; how often two coders do so alike
is not published."""
ALLEGED = 0.5
"""What the coders mark as alleged, below the most that a hedged statement may have."""

MEANS: Mapping[str, tuple[str, str]] = {
    # Its own soldiers fight beside the recipient, or stand by it. That the supporter attacks the
    # opponent is not said.
    "x": ("protects", "troops"),
    "p": ("protects", "troop presence"),
    # Bases, airfields and listening posts that the supporter opens to the recipient.
    "y": ("hosts", "use of infrastructure"),
    "l": ("hosts", "use of territory"),
    "w": ("arms", "weapons"),
    # Military goods that are no weapons: vehicles, fuel, uniforms, transport.
    "m": ("arms", "materiel and logistics"),
    "t": ("trains", "training and expertise"),
    "i": ("trains", "intelligence"),
    "f": ("funds", "funds"),
    # Support whose means are not told.
    "o": ("backs", "other support"),
    "u": ("backs", "support of an untold form"),
}
"""The relation of each form of support, by the letter of the data, and what the letter means."""

_GOVERNMENT = "Government of "
_NUMBERED = {"Serbia (Yugoslavia)": 345}
"""States that UCDP sees as one and this graph does not, by their number after Gleditsch and Ward."""
_CALLED = {"Congo": "Congo-Brazzaville"}
"""Names that are of several, and whom UCDP means by them."""


class Tie(NamedTuple):
    """Who supports whom in which way, as told or as alleged."""

    supporter: str
    relation: str
    recipient: str
    alleged: bool


class Years:
    """The years in which a tie held, in all and by form of support, and how many rows of each year
    tell of nothing else; `line` is that of the first row."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.all = 0
        self.by_letter: dict[str, int] = {}
        self.rows: dict[int, int] = {}

    def put(self, year: int, letters: str) -> None:
        """The tie held in this year, in these forms."""
        self.all |= year_bit(year)
        for letter in letters:
            self.by_letter[letter] = self.by_letter.get(letter, 0) | year_bit(year)

    def letters(self, run: Spell) -> str:
        """The forms in which it held in a run of years."""
        return "".join(letter for letter, years in self.by_letter.items() if years & run.years)


class Warring:
    """The actors of these data, by the names that UCDP has for them."""

    def __init__(self, intake: Intake) -> None:
        self._book = intake.actors
        self._states = States(intake.actors, "gw")

    def actor(self, name: str, year: int) -> str:
        """The id of whoever is called so in this year; "Government of Iran" is the state."""
        if name.startswith(_GOVERNMENT):
            return self._state(name, name.removeprefix(_GOVERNMENT), year)
        # "South African elements" are persons of a country whom nobody has named.
        return self._book.actor(name, "unknown" if name.endswith(" elements") else "armed_group")

    def _state(self, key: str, name: str, year: int) -> str:
        if name in _NUMBERED:
            return self._states.by_number(_NUMBERED[name], year, "year")
        gone = gone_called(name, year)
        if gone is not None:
            return self._book.actor(gone.name, "state", key=key, aliases=gone.also)
        # "Russia (Soviet Union)" is Russia; what it was called before stands in brackets.
        for called in (_CALLED.get(name, name), name.partition(" (")[0]):
            if self._book.state("name", called) is not None:
                return self._book.actor(called, "state", key=key)
        return self._book.actor(name, "state", key=key)


class _Reading:
    """The state of one reading, of data that end with a year."""

    def __init__(self, intake: Intake, last: int) -> None:
        self._intake = intake
        self._last = last
        self._actors = Warring(intake)
        self._runs: dict[Tie, Years] = {}
        self._source = intake.source(source_of(intake, last)) if last else ""

    def row(self, line: int, told: Told) -> Row | None:
        """The acts that a row tells of; the states are kept for `runs`."""
        if not told.letters or not told.supporter:
            self._intake.skip("no external support in that year")
            return None
        supporter = self._actors.actor(told.supporter, told.year)
        recipient = self._actors.actor(told.recipient, told.year)
        forms = _by_relation(told.letters)
        ties = {Tie(supporter, name, recipient, told.alleged): forms[name] for name in forms}
        # All of them, so that a row is refused before anything of it is kept.
        when = When.parse(str(told.year))
        claims = {tie: self._claim(tie, when) for tie in ties}
        acts = tuple(
            self._record(claim, tie, ties[tie], told.dyad)
            for tie, claim in claims.items()
            if self._is_act(tie)
        )
        states = {tie: ties[tie] for tie in ties if not self._is_act(tie)}
        self._keep(line, told.year, states, alone=not acts)
        return Row(line, acts) if acts else None

    def runs(self) -> Iterator[Row]:
        """The states that the rows have told of, each unbroken run of years as one."""
        for tie, years in self._runs.items():
            for run in spells(years.all):
                rows = sum(n for year, n in years.rows.items() if run.first <= year <= run.last)
                claim = self._claim(tie, run.when(self._last))
                record = self._record(claim, tie, years.letters(run), "")
                yield Row(years.line, (record,), rows)

    def _keep(self, line: int, year: int, states: Mapping[Tie, str], *, alone: bool) -> None:
        for place, (tie, letters) in enumerate(states.items()):
            years = self._runs.setdefault(tie, Years(line))
            years.put(year, letters)
            if alone and place == 0:
                years.rows[year] = years.rows.get(year, 0) + 1

    def _is_act(self, tie: Tie) -> bool:
        return self._intake.ontology.relations[tie.relation].temporal is Temporal.EVENT

    def _claim(self, tie: Tie, when: When) -> Claim:
        return self._intake.claim(tie.supporter, tie.relation, tie.recipient, when)

    def _record(self, claim: Claim, tie: Tie, letters: str, dyad: str) -> ClaimRecord:
        meant = ", ".join(MEANS[letter][1] for letter in MEANS if letter in letters)
        period = claim.when.text.replace("/", "-").removesuffix("-")
        place = f"{dyad or 'triads'}, {period}: {meant}{' (alleged)' if tie.alleged else ''}"
        confidence = self._intake.confidence(CONFIDENCE)
        sure = min(confidence, ALLEGED) if tie.alleged else confidence
        return self._intake.told(claim, self._source, sure, place)


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """A row for each that tells of acts, and then one for each unbroken run of years."""
    reader(table_of(packed, intake))
    reading = _Reading(intake, last_year(packed, intake, "year"))
    table = table_of(packed, intake)
    told = reader(table)
    for cells in table:
        try:
            row = reading.row(table.line, told(cells))
        except InvalidRecord as error:
            intake.refuse_for(table.line, error)
        else:
            if row is not None:
                yield row
    yield from reading.runs()


def source_of(intake: Intake, last: int) -> Source:
    """The data as a source. What they attest reaches no further than their last year, and that is
    the date they are given."""
    return Source(
        f"ucdp-esd-{last}",
        f"UCDP External Support Dataset, years to {last}",
        publisher="Uppsala Conflict Data Program",
        url="https://ucdp.uu.se/downloads/",
        published=f"{last:04}",
        kind="data",
        reliability=intake.reliability(RELIABILITY),
        origin="ucdp",
    )


def _by_relation(letters: str) -> dict[str, str]:
    """The letters of each relation, both in the order of the table of means."""
    found: dict[str, str] = {}
    for letter, (relation, _) in MEANS.items():
        if letter in letters:
            found[relation] = found.get(relation, "") + letter
    return found


FORMAT = Format(
    name="ucdp-support",
    title="UCDP External Support Dataset: who supported which warring side, by year (csv).",
    scheme="ucdp",
    read=read,
    coder="import/ucdp-support",
)
