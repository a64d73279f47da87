"""Heads of states and governments, and others who governed, from the dictionary of countries.

Taken are persons for whom it tells, besides days in the government, that they were of the elite
before or after: so it lists who led, while ministers are listed by month and by office only.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph_service.domain.actors import Actor, Alias
from graph_service.names.folding import fold_name
from graph_service.reference.dictionary import Entry, entries, told_day
from graph_service.reference.persons import full_names, is_common
from graph_service.reference.states import distinct, slug
from graph_service.reference.wording import named_in_text

COUNTRIES = "actor_dictionaries/Phoenix.Countries.actors.txt.gz"
SINCE = "1990-01-01"
"""Who last governed before this day is left out."""
FROM_THE_START = "2003-01-01"
"""Where lists begin that the dictionary draws on: no first day of anybody."""
MIXED = frozenset({"MUS"})
"""Under Mauritius the dictionary has those who governed Mauritania."""

Term = tuple[str, str]
"""A first and a last day, the last one empty where the dictionary knew none."""


@dataclass(slots=True)
class _Leader:
    state: str
    names: list[str]
    terms: list[Term]

    def is_also(self, other: "_Leader") -> bool:
        """Whether both are one: at one time, with one surname, and a first name that begins alike
        or the other names between."""
        return _are_alike(self.names[0], other.names[0]) and (
            self.terms[0][0] <= (other.terms[-1][1] or "9")
            and other.terms[0][0] <= (self.terms[-1][1] or "9")
        )

    def as_actor(self) -> Actor:
        main, *more = self.names
        aliases = distinct(main, (Alias(name, lang="en") for name in more))
        told = ", ".join(f"{a} to {b}" if b else f"from {a}" for a, b in _apart(self.terms))
        about = f"In the government of {named_in_text(self.state)} {told} (Phoenix dictionary)."
        return Actor(slug(main), "person", main, tuple(aliases), (), about)


def leaders(data: Path, states: Mapping[str, str], mistaken: Collection[str]) -> Iterator[Actor]:
    """Everybody who governed one of the states (names by their codes) since 1990, but for those
    entries that are known to be `mistaken`."""
    every = [one for one in entries(data / COUNTRIES) if one.name not in mistaken]
    count_of = Counter(word for entry in every for word in set(_words(entry)))
    found: dict[str, list[_Leader]] = {}
    for entry in every:
        state = None if entry.country in MIXED else states.get(entry.country)
        leader = None if state is None or is_common(entry, count_of) else _leader(entry, state)
        if leader is not None:
            _take(leader, found.setdefault(leader.state, []))
    for some in found.values():
        yield from (leader.as_actor() for leader in some)


def _are_alike(one: str, other: str) -> bool:
    mine, theirs = fold_name(one).split(), fold_name(other).split()
    if mine[-1] != theirs[-1]:
        return False
    within = set(mine) <= set(theirs) or set(theirs) <= set(mine)
    return within or (len(mine) == len(theirs) == 2 and mine[0][:2] == theirs[0][:2])


def _words(entry: Entry) -> list[str]:
    return entry.name.replace("_", " ").split()


def _take(leader: _Leader, known: list[_Leader]) -> None:
    for other in known:
        if other.is_also(leader):
            other.names += leader.names
            other.terms = sorted(other.terms + leader.terms)
            return
    known.append(leader)


def _leader(entry: Entry, state: str) -> _Leader | None:
    terms = _terms(entry)
    names = list(full_names(entry.name))
    if not terms or not names:
        return None
    names += [name for text in entry.others for name in full_names(text)]
    return _Leader(state, names, terms)


def _terms(entry: Entry) -> list[Term]:
    """First and last days in the government; none where one cannot be, or none is recent."""
    code = re.compile(rf"{entry.country}GOV\s+(>?)(\d+)(?:-(\d+))?")
    terms = []
    for found in filter(None, map(code.fullmatch, entry.codes)):
        since, until = told_day(found[2]), told_day(found[3] or "") or ""
        if not since or not (found[1] or since <= until):
            return []
        if since != FROM_THE_START:
            terms.append((since, until))
    led = any(text.startswith(f"{entry.country}ELI") for text in entry.codes)
    recent = any(not until or until >= SINCE for _, until in terms)
    return sorted(terms) if led and recent else []


def _apart(terms: list[Term]) -> list[Term]:
    """Terms that overlap or meet as one."""
    apart: list[Term] = []
    for since, until in terms:
        if apart and (not apart[-1][1] or since <= apart[-1][1]):
            before, last = apart.pop()
            apart.append((before, max(until, last) if until and last else ""))
        else:
            apart.append((since, until))
    return apart
