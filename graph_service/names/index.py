"""Every name of every actor, found whatever the case, the accents, the script or, at last, the
spelling."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.domain.periods import DISTANT_FUTURE, DISTANT_PAST, Span
from graph_service.names.folding import fold_name, is_of_consonants
from graph_service.names.words import Words

EXACT, PREFIX, WORDS, SPELLING = 1.0, 0.9, 0.8, 0.7
SPELLING_CUTOFF = 80.0
ERASED = "[erased]"
"""What stands for the name of a person that was erased; nobody is called so."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one actor, in use from one day to another (ordinals) where that is told; the main
    name has the scope `name`, and `main` says that it is. A `lent` name stands in no record of its
    actor, and counts only where nobody else is called so."""

    actor: str
    kind: str
    text: str
    scope: Scope
    main: bool
    since: int = DISTANT_PAST
    until: int = DISTANT_FUTURE
    lent: bool = False

    def fits(self, kinds: frozenset[str] | None, day: int | None) -> bool:
        """Whether it names one of these kinds and may have been in use on a day."""
        if kinds is not None and self.kind not in kinds:
            return False
        return day is None or self.since <= day <= self.until

    @property
    def calls(self) -> bool:
        """Whether somebody may be called so: "Iranian" leads to Iran, and is not its name."""
        return self.scope is not Scope.DEMONYM


@dataclass(frozen=True, slots=True)
class Found:
    """A name that fits a search, and how well: 1 exactly, less for a part or another spelling."""

    name: Name
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """An actor that a search found: the name that matched, its scope, and how well (0 to 1)."""

    actor: Actor
    matched: str
    scope: Scope
    score: float


def match_of(actor: Actor, found: Found) -> Match:
    """The actor of a name that was found."""
    return Match(actor, found.name.text, found.name.scope, found.score)


class Names:
    """The names of all actors, kept up to date by `put`; `most_words` is how many words the longest
    has had. Safe to use from several threads."""

    def __init__(self, actors: Iterable[Actor] = ()) -> None:
        self._exact: dict[str, list[Name]] = {}
        self._of: dict[str, list[str]] = {}
        self._main: dict[str, Name] = {}
        self._ids: dict[tuple[str, str], dict[str, None]] = {}
        self._ids_of: dict[str, tuple[tuple[str, str], ...]] = {}
        self._words: Words | None = None
        self.most_words = 0
        self._lock = threading.Lock()
        for actor in actors:
            self.put(actor)

    def put(self, actor: Actor, lent: Actor | None = None) -> None:
        """Take in an actor; the names and identifiers that it had before are forgotten. Those of
        `lent` that it lacks are lent to it."""
        with self._lock:
            self._forget(actor.id)
            self._add(Name(actor.id, actor.kind, actor.name, Scope.NAME, True))
            for alias in actor.aliases:
                self._add(_name_of(actor, alias))
            ids = dict(actor.ids)
            if lent is not None:
                self._lend(actor, lent)
                ids = {**dict(lent.ids), **ids}
            self._ids_of[actor.id] = tuple((scheme, _key(value)) for scheme, value in ids.items())
            for key in self._ids_of[actor.id]:
                self._ids.setdefault(key, {})[actor.id] = None

    def _lend(self, actor: Actor, lent: Actor) -> None:
        own = set(self._of[actor.id])
        for alias in (Alias(lent.name), *lent.aliases):
            if fold_name(alias.text) not in own:
                self._add(replace(_name_of(actor, alias), lent=True))

    def called(
        self, text: str, *, kinds: frozenset[str] | None = None, day: int | None = None
    ) -> list[str]:
        """The actors of exactly this name, whether it is their main one or another. Only those of
        some `kinds`, and names in use on a `day` (an ordinal), where these are given. Nobody is
        called by a demonym."""
        names = (name for name in self.bearing(text) if name.calls and name.fits(kinds, day))
        return sorted({name.actor for name in names})

    def main(self, actor: str) -> Name | None:
        """The main name of an actor."""
        return self._main.get(actor)

    def bearing(self, text: str) -> list[Name]:
        """Every name that is exactly this one; lent ones only where there is no other."""
        folded = fold_name(text)
        with self._lock:
            names = list(self._exact.get(folded, ())) if folded else []
        names = [name for name in names if is_of_consonants(name.text) == is_of_consonants(text)]
        return [name for name in names if not name.lent] or names

    def identified(self, scheme: str, value: str) -> str | None:
        """The actor that has this identifier, None for nobody and for several."""
        with self._lock:
            found = self._ids.get((scheme, _key(value)), {})
            return next(iter(found)) if len(found) == 1 else None

    def search(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Found]:
        """The best fitting name of each actor, best first: exact, then names that begin like it,
        then with words that do, and, where nothing else fits, names spelt nearly so."""
        folded = fold_name(text)
        if not folded:
            return []
        kinds = None if kind is None else frozenset({kind})
        with self._lock:
            words = self._all_words()
            fitting = list(self._fitting(folded, words, kinds))
            fitting = fitting or list(self._spelt_like(folded, words, kinds, limit))
        best: dict[str, Found] = {}
        for found in fitting:
            known = best.get(found.name.actor)
            if known is None or _rank(found) < _rank(known):
                best[found.name.actor] = found
        return sorted(best.values(), key=_rank)[:limit]

    def _forget(self, actor: str) -> None:
        for folded in dict.fromkeys(self._of.pop(actor, ())):
            kept = [name for name in self._exact[folded] if name.actor != actor]
            if kept:
                self._exact[folded] = kept
            else:
                del self._exact[folded]
                if self._words is not None:
                    self._words.remove(folded)
        for key in self._ids_of.pop(actor, ()):
            self._ids[key].pop(actor, None)

    def _add(self, name: Name) -> None:
        if name.text == ERASED:
            return
        if name.main:
            self._main[name.actor] = name
        folded = fold_name(name.text)
        bearing = self._exact.setdefault(folded, [])
        bearing.append(name)
        if len(bearing) == 1 and self._words is not None:
            self._words.add(folded)
        self.most_words = max(self.most_words, folded.count(" ") + 1)
        self._of.setdefault(name.actor, []).append(folded)

    def _all_words(self) -> Words:
        # Whoever only resolves names, as an import does, needs none of it.
        if self._words is None:
            self._words = Words(folded for folded in self._exact if folded)
        return self._words

    def _fitting(self, folded: str, words: Words, kinds: frozenset[str] | None) -> Iterator[Found]:
        for other in words.with_part(folded):
            yield from self._found(other, _fit(folded, other), kinds)

    def _spelt_like(
        self, folded: str, words: Words, kinds: frozenset[str] | None, limit: int
    ) -> Iterator[Found]:
        # Whole names first: the second measure also takes parts, and so finds more than is meant.
        near = words.like(folded)
        for scorer in (fuzz.token_sort_ratio, fuzz.WRatio):
            scored = process.extract(
                folded, near, scorer=scorer, score_cutoff=SPELLING_CUTOFF, limit=limit * 10
            )
            found = [
                one
                for other, score, _ in scored
                for one in self._found(other, SPELLING * score / 100, kinds)
            ]
            if found:
                yield from found
                return

    def _found(self, folded: str, score: float, kinds: frozenset[str] | None) -> Iterator[Found]:
        for name in self._exact.get(folded, ()):
            if name.fits(kinds, None):
                yield Found(name, score)


def _name_of(actor: Actor, alias: Alias) -> Name:
    since, until = _used(alias.since, alias.until)
    return Name(actor.id, actor.kind, alias.text, alias.scope, False, since, until)


def _used(since: str | None, until: str | None) -> tuple[int, int]:
    """The days on which a name may have been in use."""
    first = DISTANT_PAST if since is None else Span.parse(since).earliest
    return first, DISTANT_FUTURE if until is None else Span.parse(until).latest


def _key(value: str) -> str:
    return value.strip().casefold()


def _fit(folded: str, other: str) -> float:
    if folded == other:
        return EXACT
    return PREFIX if other.startswith(folded) else WORDS


def _rank(found: Found) -> tuple[float, bool, int, str]:
    name = found.name
    return -found.score, not name.main, len(name.text), name.actor
