"""Every name of every actor, found whatever the case, the accents or, at last, the spelling."""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from graph_service.domain.actors import Actor, Scope
from graph_service.stores.sealing import ERASED

EXACT, PREFIX, WORDS, SPELLING = 1.0, 0.9, 0.8, 0.7
SPELLING_CUTOFF = 80.0

_MARKS = re.compile(r"[.'’ʻʼ`\u0300-\u036f]")
_GAPS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one actor; the main name has the scope `name`, and `main` says that it is."""

    actor: str
    kind: str
    text: str
    scope: Scope
    main: bool


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


def fold_name(text: str) -> str:
    """A name without case, accents, dots and apostrophes; other punctuation becomes a space.

    >>> fold_name("Al-Qā‘ida"), fold_name("U.S.")
    ('al qa ida', 'us')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _GAPS.sub(" ", _MARKS.sub("", plain)).strip()


class Names:
    """The names of all actors, kept up to date by `put`; `most_words` is how many words the longest
    has had."""

    def __init__(self, actors: Iterable[Actor] = ()) -> None:
        self._names: list[Name | None] = []
        self._folded: list[str] = []
        self._exact: dict[str, list[int]] = {}
        self._of: dict[str, list[int]] = {}
        self.most_words = 0
        self._lock = threading.Lock()
        for actor in actors:
            self.put(actor)

    def put(self, actor: Actor) -> None:
        """Take in an actor; the names that it had before are forgotten."""
        with self._lock:
            for place in self._of.pop(actor.id, ()):
                self._exact[self._folded[place]].remove(place)
                self._names[place], self._folded[place] = None, ""
            self._add(Name(actor.id, actor.kind, actor.name, Scope.NAME, True))
            for alias in actor.aliases:
                self._add(Name(actor.id, actor.kind, alias.text, alias.scope, False))

    def _add(self, name: Name) -> None:
        if name.text == ERASED:
            return
        place, folded = len(self._names), fold_name(name.text)
        self._names.append(name)
        self._folded.append(folded)
        self.most_words = max(self.most_words, folded.count(" ") + 1)
        self._exact.setdefault(folded, []).append(place)
        self._of.setdefault(name.actor, []).append(place)

    def called(self, text: str) -> list[str]:
        """The actors of exactly this name; those with it as their main name, if there are any."""
        folded = fold_name(text)
        with self._lock:
            places = self._exact.get(folded, ()) if folded else ()
            names = [self._names[place] for place in places]
        main = {name.actor for name in names if name is not None and name.main}
        return sorted(main or {name.actor for name in names if name is not None})

    def search(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Found]:
        """The best fitting name of each actor, best first: exact, then names that begin like it,
        then with words that do, and, where nothing else fits, names spelt nearly so."""
        folded = fold_name(text)
        if not folded:
            return []
        with self._lock:
            fitting = self._fitting(folded, kind) or self._spelt_like(folded, kind, limit)
        best: dict[str, Found] = {}
        for found in fitting:
            known = best.get(found.name.actor)
            if known is None or _rank(found) < _rank(known):
                best[found.name.actor] = found
        return sorted(best.values(), key=_rank)[:limit]

    def _fitting(self, folded: str, kind: str | None) -> list[Found]:
        word = f" {folded}"
        found: list[Found] = []
        for place, other in enumerate(self._folded):
            if folded in other:
                score = _fit(folded, word, other)
                found += self._found(place, score, kind) if score else ()
        return found

    def _spelt_like(self, folded: str, kind: str | None, limit: int) -> list[Found]:
        # Whole names first: the second measure also takes parts, and so finds more than is meant.
        for scorer in (fuzz.token_sort_ratio, fuzz.WRatio):
            near = process.extract(
                folded,
                self._folded,
                scorer=scorer,
                score_cutoff=SPELLING_CUTOFF,
                limit=limit * 10,
            )
            fitting = ((place, SPELLING * score / 100) for _, score, place in near)
            found = [found for place, score in fitting for found in self._found(place, score, kind)]
            if found:
                return found
        return []

    def _found(self, place: int, score: float, kind: str | None) -> Iterator[Found]:
        name = self._names[place]
        if name is not None and kind in (None, name.kind):
            yield Found(name, score)


def _fit(folded: str, word: str, other: str) -> float:
    if folded == other:
        return EXACT
    if other.startswith(folded):
        return PREFIX
    return WORDS if word in other else 0.0


def _rank(found: Found) -> tuple[float, bool, int, str]:
    name = found.name
    return -found.score, not name.main, len(name.text), name.actor
