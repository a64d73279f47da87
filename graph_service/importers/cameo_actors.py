"""Who the actors of GDELT are, and the sectors of PLOVER: by codes of CAMEO, not by the names beside
them, which are whatever words the text had ("TEHRAN", "PRIME MINISTER").

A country alone is its state; a country with a role is called as ICEWS calls it, "Military (Iran)",
so that both data sets have one actor; a group is called by its own name.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph_service.importers.events import MOST_KEPT
from graph_service.importers.events_actors import Countries, Part, entered
from graph_service.importers.events_sources import StateTies
from graph_service.importers.intake import Intake


@dataclass(frozen=True, slots=True)
class Codes:
    """The tables of `cameo_actors.toml`: roles and groups with their names and classes, countries
    by other codes than those of ISO 3166."""

    types: Mapping[str, tuple[str, str]]
    countries: Mapping[str, str]
    groups: Mapping[str, tuple[str, str]]


@cache
def actor_codes() -> Codes:
    """The codes that ship with the product."""
    text = files("graph_service.importers").joinpath("cameo_actors.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return Codes(
        {code: (found["role"], found["class"]) for code, found in data["types"].items()},
        data["countries"],
        {code: (found["name"], found["class"]) for code, found in data["groups"].items()},
    )


def role_of(types: Iterable[str]) -> tuple[str, str, str] | None:
    """The code, the role and the class of an actor with these type codes; None where none is known."""
    given = set(types)
    found = ((code, *known) for code, known in actor_codes().types.items() if code in given)
    return next(found, None)


class CodedActors(dict[tuple[str, str], str | None]):
    """The actor of each pair of code and name, as ten columns of GDELT give it; None where there is
    neither country nor group."""

    def __init__(self, intake: Intake, ties: StateTies) -> None:
        super().__init__()
        self._intake = intake
        self._book = intake.actors
        self._ties = ties
        self._codes = actor_codes()
        self._countries = Countries(intake)

    def of(self, row: list[str], first: int) -> str | None:
        """The actor whose ten cells (code, name, country, group, ethnicity, two religions, three
        types) begin at a place of a row; raises `InvalidRecord` for a name that is none."""
        key = row[first], row[first + 1]
        if key in self:
            return self[key]
        if len(self) >= MOST_KEPT:
            self.clear()
        self[key] = found = self._actor(row[first : first + 10])
        return found

    def _state(self, code: str) -> str | None:
        known = self._book.state("cameo", code)
        return known or self._countries.coded(self._codes.countries.get(code, code))

    def _actor(self, cells: Sequence[str]) -> str | None:
        code, name, country, group, *belief = cells
        types = belief[3:]
        if group:
            return self._group(group, name, types)
        home = self._state(country) if country else None
        if home is None:
            return None
        role = role_of(types)
        if role is not None:
            type_, called, class_ = role
            part = f"{called} ({self._book.name(home)})"
            return self._entered(Part(part, class_, home, f"{country}{type_}"))
        if any(belief[:3]) and name:
            people = f"{name.title()} ({self._book.name(home)})"
            return self._entered(Part(people, "community", key=f"{code}:{name}"))
        return None if any(types) else home

    def _group(self, code: str, name: str, types: Iterable[str]) -> str | None:
        known = self._book.known("cameo", code)
        if known is not None:
            return known
        if code in self._codes.groups:
            called, class_ = self._codes.groups[code]
            return self._entered(Part(called, class_, key=code))
        role = role_of(types)
        return self._entered(Part(name, role[2] if role else "organisation")) if name else None

    def _entered(self, part: Part) -> str:
        return entered(self._intake, self._ties, part)
