"""Who the actors of coded events are: states, parts of states that fold to them, and all others.

`events_actors.toml` says what words, sectors and type codes make of an actor. Whether an actor is a
state, a person or neither is decided by its name (or its codes) alone, so that it is the same actor
in every row; sectors and country then say to which state it belongs, and how.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph_service.importers.events import EMPTY, MOST_KEPT
from graph_service.importers.events_sources import StateTies
from graph_service.importers.intake import Intake

_WORDS = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


_PERSONS = frozenset({"person", "unknown"})


@dataclass(frozen=True, slots=True)
class ActorClass:
    """A kind of actor, and the relation that ties it to its state (empty for none)."""

    kind: str
    tie: str


@dataclass(frozen=True, slots=True)
class Casting:
    """The tables of `events_actors.toml`, by class name where not said otherwise."""

    classes: Mapping[str, ActorClass]
    words: Mapping[str, str]
    """Phrases of a role of a country, with spaces around, to class names; the first decides."""
    words_of_names: Mapping[str, str]
    """Those of them that the name of an organisation is known by."""
    sectors: Mapping[str, str]
    holding: frozenset[str]
    apart: frozenset[str]
    states: Mapping[str, str]
    """Names of countries to their ISO 3166 codes."""
    territories: Mapping[str, str]
    """ISO 3166 codes to names."""
    nobody: frozenset[str]


@cache
def casting() -> Casting:
    """The tables that ship with the product."""
    text = files("graph_service.importers").joinpath("events_actors.toml").read_text("utf-8")
    data = tomllib.loads(text)
    of_names = {name: data["words"][name] for name in data["names"]["classes"]}
    return Casting(
        {name: ActorClass(**found) for name, found in data["classes"].items()},
        _phrases(data["words"]),
        _phrases(of_names),
        _turned(data["sectors"]),
        frozenset(data["offices"]["holding"]),
        frozenset(data["offices"]["apart"]),
        data["states"],
        data["territories"],
        frozenset(data["nobody"]["names"]),
    )


def _phrases(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Phrases to class names, the longest first, of equally long ones that of the first class."""
    found = _turned({name: map(_phrase, texts) for name, texts in table.items()})
    return dict(sorted(found.items(), key=lambda item: -item[0].count(" ")))


def _turned(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, texts in table.items():
        for text in texts:
            found.setdefault(text, name)
    return found


def _phrase(text: str) -> str:
    """The words of a text in lower case, with a space before and after each."""
    return f" {' '.join(_WORDS.findall(text.lower()))} "


@dataclass(frozen=True, slots=True)
class Part:
    """An actor that may belong to a state: its name and class, the state, the key that the file has
    for it where that is not its name."""

    name: str
    class_: str
    home: str | None = None
    key: str | None = None


def entered(intake: Intake, ties: StateTies, part: Part) -> str:
    """The actor in the book; its tie to its state is noted where it has one that its kind allows."""
    found = casting().classes[part.class_]
    book, key = intake.actors, part.key or part.name
    id_ = book.known(book.scheme, key)
    if id_ is None:
        id_ = book.actor(part.name, found.kind, key=key)
    if part.home is None or not found.tie or id_ == part.home:
        return id_
    # An actor that is known keeps its own kind, which need not be that of its class.
    if book.kind(id_) in intake.ontology.relation(found.tie).subject:
        ties.of.setdefault(id_, (found.tie, part.home))
    return id_


def role_and_country(name: str) -> tuple[str, str] | None:
    """The two parts of a role of a country, None for another name.

    >>> role_and_country("Member of Legislative (Govt) (India)")
    ('Member of Legislative (Govt)', 'India')
    """
    if not name.endswith(")"):
        return None
    depth = 0
    for place in range(len(name) - 1, 0, -1):
        depth += (name[place] == ")") - (name[place] == "(")
        if depth == 0:
            role, country = name[:place].strip(), name[place + 1 : -1].strip()
            return (role, country) if role and country else None
    return None


class Countries:
    """The states of a data set, by its names and codes for them; territories among them, which are
    entered into the book when they are met."""

    def __init__(self, intake: Intake) -> None:
        self._book = intake.actors
        self._names = {name: code for code, name in casting().territories.items()}
        self._found: dict[str, str | None] = {}

    def called(self, name: str) -> str | None:
        """The state that is called so, or has this code: three letters of ISO 3166, or a number of
        the Correlates of War; None where there is none, or more than one."""
        if name not in self._found:
            if len(self._found) >= MOST_KEPT:
                self._found.clear()
            self._found[name] = None if name in EMPTY else self._look(name)
        return self._found[name]

    def coded(self, code: str) -> str | None:
        """The state of an ISO 3166 code of three letters."""
        known = self._book.state("iso3", code)
        name = casting().territories.get(code)
        return self._territory(code, name) if known is None and name else known

    def _look(self, name: str) -> str | None:
        if name.isdigit():
            return self._book.state("cow", name)
        if name in casting().states:
            return self.coded(casting().states[name])
        known = self._book.state("name", name)
        if known is None and name in self._names:
            return self._territory(self._names[name], name)
        is_code = known is None and len(name) == 3 and name.isupper()
        return self.coded(name) if is_code else known

    def _territory(self, code: str, name: str) -> str:
        return self._book.actor(name, "state", ids={"iso3": code})


class NamedActors(dict[tuple[str, str, str], str | None]):
    """The actor of each triple of cells: name, sectors (parted by commas or semicolons), country;
    None where no actor is identified. Raises `InvalidRecord` for what is no name."""

    def __init__(self, intake: Intake, ties: StateTies) -> None:
        super().__init__()
        self._intake = intake
        self._book = intake.actors
        self._ties = ties
        self._tables = casting()
        self.countries = Countries(intake)

    def __missing__(self, cells: tuple[str, str, str]) -> str | None:
        if len(self) >= MOST_KEPT:
            self.clear()
        name, country = (" ".join(cells[place].split()) for place in (0, 2))
        known = name not in EMPTY and name not in self._tables.nobody
        self[cells] = found = self._actor(name, _sectors(cells[1]), country) if known else None
        return found

    def _actor(self, name: str, sectors: frozenset[str], country: str) -> str:
        parts = role_and_country(name)
        if parts is not None and name not in self._tables.states:
            return self._role(name, parts, sectors, country)
        state = self.countries.called(name)
        if state is not None:
            # By its own name, so that the one of the file becomes an identifier of it.
            return self._book.actor(self._book.name(state), "state", key=name)
        class_ = self._class_of_name(name, sectors)
        if name == country or class_ is None:
            return self._book.actor(name, "state")
        return self._entered(Part(name, class_, self.countries.called(country)))

    def _role(
        self, name: str, parts: tuple[str, str], sectors: frozenset[str], country: str
    ) -> str:
        role, of = parts
        class_ = self._by_words(role, self._tables.words) or self._by_sectors(sectors) or "crowd"
        home = self.countries.called(of)
        if home is None:
            return self._entered(Part(name, class_, self.countries.called(country)))
        # Data sets call states differently, and so their parts: all are found by one name.
        return self._entered(Part(f"{role} ({self._book.name(home)})", class_, home, name))

    def _entered(self, part: Part) -> str:
        return entered(self._intake, self._ties, part)

    def _class_of_name(self, name: str, sectors: frozenset[str]) -> str | None:
        """The class of whoever is called so; None for a name that several states have."""
        by_word = self._by_words(name, self._tables.words_of_names)
        if by_word is None:
            kinds = self._book.kinds_called(name)
            if kinds == {"state"}:
                return None
            if kinds <= _PERSONS and _is_personal(name):
                return "officer" if self._holds_office(sectors) else "person"
        return self._by_sectors(sectors) or by_word or "organisation"

    def class_of_body(self, name: str) -> str:
        """The class of an actor that is no person, by the words of its name."""
        return self._by_words(name, self._tables.words_of_names) or "organisation"

    def _holds_office(self, sectors: frozenset[str]) -> bool:
        return not sectors.isdisjoint(self._tables.holding) and sectors.isdisjoint(
            self._tables.apart
        )

    def _by_words(self, text: str, words: Mapping[str, str]) -> str | None:
        phrase = _phrase(text)
        return next((found for word, found in words.items() if word in phrase), None)

    def _by_sectors(self, sectors: frozenset[str]) -> str | None:
        found = (name for sector, name in self._tables.sectors.items() if sector in sectors)
        return next(found, None)


def _is_personal(name: str) -> bool:
    return " " in name and not any(character.isdigit() for character in name)


def _sectors(cell: str) -> frozenset[str]:
    return frozenset(part.strip() for part in re.split("[,;]", cell)) - EMPTY
