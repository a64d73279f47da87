"""The two forms in which the UCDP External Support Dataset is handed on, row by row."""

from collections.abc import Callable
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.lines import Table
from graph_service.importers.spells import said, year_of

LETTERS = "xpywmtfilou"

SHORT = ("year", "recipient", "supporter", "types_all")
TRIADS = ("year", "actor_name", "ext_name", "ext_alleged", *(f"ext_{x}" for x in LETTERS))


class Told(NamedTuple):
    """What one row says: the forms of support by letter, whether they are only alleged, and the
    dyad that they are told for."""

    year: int
    supporter: str
    recipient: str
    letters: str
    alleged: bool = False
    dyad: str = ""


def reader(table: Table) -> Callable[[list[str]], Told]:
    """How a row of this table is read; raises `InvalidRecord` where it has neither form."""
    header = {name.casefold() for name in table.header}
    if "types_all" in header:
        return _short(table)
    if header.issuperset(TRIADS):
        return _triads(table)
    missing = ", ".join(name for name in TRIADS if name not in header)
    raise InvalidRecord(
        f"ucdp-support needs the columns {', '.join(TRIADS)} (here without {missing}), or "
        f"{', '.join(SHORT)}",
        line=1,
    )


def _short(table: Table) -> Callable[[list[str]], Told]:
    year, recipient, supporter, types = table.places(*SHORT)

    def read(row: list[str]) -> Told:
        letters = row[types].strip().casefold()
        wrong = "".join(sorted(set(letters) - set(LETTERS)))
        if wrong:
            raise InvalidRecord(
                f"{wrong[:20]!r} is no form of support: {', '.join(LETTERS)} are", field="types_all"
            )
        names = row[supporter].strip(), row[recipient].strip()
        return Told(year_of(row[year], "year"), *names, letters)

    return read


def _triads(table: Table) -> Callable[[list[str]], Told]:
    year, recipient, supporter, alleged, *forms = table.places(*TRIADS)
    dyad = table.places("dyad_name")[0] if "dyad_name" in table.header else None

    def read(row: list[str]) -> Told:
        pairs = zip(LETTERS, forms, strict=True)
        letters = "".join(letter for letter, place in pairs if said(row[place]))
        return Told(
            year_of(row[year], "year"),
            row[supporter].strip(),
            row[recipient].strip(),
            letters,
            said(row[alleged]),
            "" if dyad is None else row[dyad].strip(),
        )

    return read
