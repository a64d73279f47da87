"""States by the number that a data set gives them, in the year that is told of.

The Correlates of War (`cow`) and Gleditsch and Ward (`gw`) number the members of the system of
states. A number is kept where a data set sees one state go on, so that 365 is Russia and the Soviet
Union, and 255 Germany and Prussia. What is no more, and what another state of the same number is
not, is an actor of its own here, under its own name, and never the state of today.

The systems: Correlates of War Project, *State System Membership List*; Gleditsch and Ward 1999,
"A Revised List of Independent States since the Congress of Vienna", *International Interactions* 25.
"""

from functools import cache
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.book import ActorBook
from graph_service.names.folding import fold_name


class Gone(NamedTuple):
    """A state that is no more: its number, the years in which the number stands for it, other names,
    and the one system (`cow` or `gw`) that numbers it so where the other does not."""

    name: str
    number: int
    first: int = 0
    last: int = 9999
    also: tuple[str, ...] = ()
    only: str | None = None

    @property
    def key(self) -> str:
        """Its number, and where others have that too, in which years.

        >>> Gone("Austria-Hungary", 300).key, Gone("Yugoslavia", 345, 1918, 1991).key
        ('300', '345 (1918-1991)')
        """
        if self.last == 9999:
            return str(self.number)
        return f"{self.number} ({self.first or ''}-{self.last})"


GONE = (
    Gone("United Provinces of Central America", 89, also=("Federal Republic of Central America",)),
    Gone("Gran Colombia", 99, also=("Great Colombia",)),
    Gone("Hanover", 240, also=("Kingdom of Hanover",)),
    Gone("Bavaria", 245, also=("Kingdom of Bavaria",)),
    Gone("Prussia", 255, last=1870, also=("Kingdom of Prussia",)),
    Gone("East Germany", 265, also=("German Democratic Republic", "GDR")),
    Gone("Baden", 267, also=("Grand Duchy of Baden",)),
    Gone("Saxony", 269, also=("Kingdom of Saxony",)),
    Gone("Württemberg", 271, also=("Wuerttemberg", "Kingdom of Württemberg")),
    Gone("Hesse-Kassel", 273, also=("Hesse Electoral", "Electorate of Hesse")),
    Gone("Hesse-Darmstadt", 275, also=("Hesse Grand Ducal", "Grand Duchy of Hesse")),
    Gone("Mecklenburg-Schwerin", 280),
    Gone("Austria-Hungary", 300, also=("Austrian Empire", "Austro-Hungarian Empire")),
    Gone("Czechoslovakia", 315),
    Gone("Sardinia-Piedmont", 325, last=1860, also=("Kingdom of Sardinia",)),
    Gone("Republic of Venice", 324, also=("Venice",)),
    Gone("Papal States", 327),
    Gone("Two Sicilies", 329, also=("Kingdom of the Two Sicilies",)),
    Gone("Modena", 332, also=("Duchy of Modena",)),
    Gone("Parma", 335, also=("Duchy of Parma",)),
    Gone("Tuscany", 337, also=("Grand Duchy of Tuscany",)),
    Gone("Yugoslavia", 345, 1918, 1991, also=("Socialist Federal Republic of Yugoslavia",)),
    Gone("Serbia and Montenegro", 345, 1992, 2005, also=("Federal Republic of Yugoslavia",)),
    Gone("Zanzibar", 511),
    Gone("Transvaal", 563, also=("South African Republic",)),
    Gone("Orange Free State", 564),
    Gone("Ottoman Empire", 640, last=1922),
    Gone("North Yemen", 678, last=1990, also=("Yemen Arab Republic",), only="cow"),
    Gone("South Yemen", 680, also=("Yemen People's Republic", "Democratic Yemen")),
    Gone("Tibet", 711),
    Gone("Korean Empire", 730, also=("Kingdom of Korea",)),
    Gone("Hyderabad", 751, also=("Hyderabad State",)),
    Gone("Annam", 815, also=("Empire of Annam",)),
    Gone("South Vietnam", 817, also=("Republic of Vietnam",)),
)

# A number of one list, and the one of today's state that it goes on as.
_GOES_ON = {
    ("cow", 260): 255,  # the Federal Republic, which took in the German Democratic Republic
    ("gw", 255): 260,
    ("gw", 345): 340,
}


class States:
    """The states of a file, by number and year; each is looked up once."""

    def __init__(self, book: ActorBook, system: str) -> None:
        self._book = book
        self._system = system
        self._gone = _by_number(system)
        self._found: dict[tuple[int, Gone | None], str | None] = {}

    def by_number(self, number: int, year: int, field: str) -> str:
        """The id of the state that had this number in this year; raises `InvalidRecord`."""
        gone = _in(self._gone.get(number, ()), year)
        key = (number, gone)
        if key not in self._found and number < 1000:
            self._found[key] = self._today(number) if gone is None else self._entered(gone)
        found = self._found.get(key)
        if found is None:
            system = "Correlates of War" if self._system == "cow" else "Gleditsch and Ward"
            raise InvalidRecord(
                f"{number} is the number of no state that is known, after {system}, in {year}",
                field=field,
            )
        return found

    def _today(self, number: int) -> str | None:
        number = _GOES_ON.get((self._system, number), number)
        return self._book.state(self._system, str(number))

    def _entered(self, gone: Gone) -> str:
        key = gone.key if self._book.scheme == self._system else gone.name
        return self._book.actor(gone.name, "state", key=key, aliases=gone.also)


def gone_called(name: str, year: int) -> Gone | None:
    """The state that is no more and is called so, if the year is one of its own."""
    found = _by_name().get(fold_name(name))
    return found if found is not None and found.first <= year <= found.last else None


def _by_number(system: str) -> dict[int, tuple[Gone, ...]]:
    found: dict[int, tuple[Gone, ...]] = {}
    for gone in GONE:
        if gone.only in (None, system):
            found[gone.number] = (*found.get(gone.number, ()), gone)
    return found


def _in(gone: tuple[Gone, ...], year: int) -> Gone | None:
    return next((state for state in gone if state.first <= year <= state.last), None)


@cache
def _by_name() -> dict[str, Gone]:
    return {fold_name(name): gone for gone in GONE for name in (gone.name, *gone.also)}
