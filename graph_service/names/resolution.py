"""Who is meant by a name: one actor with the reason, or all who may be meant, and never a guess."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph_service.domain.actors import Scope
from graph_service.domain.periods import DISTANT_FUTURE, DISTANT_PAST, day
from graph_service.names.candidates import with_article
from graph_service.names.index import EXACT, Found, Name, Names

LIMIT = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor who may be meant: the name of it that matched, of what scope, how well (0 to 1), and
    why it may be the one or is not."""

    actor: str
    name: str
    kind: str
    matched: str
    scope: Scope
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is meant by `name`: `actor`, if exactly one can be; `reason` says why, or why nobody is
    taken, and `candidates` are all who may be meant, the nearest first."""

    name: str
    actor: str | None
    reason: str
    candidates: tuple[Candidate, ...]

    @property
    def is_exact(self) -> bool:
        """Whether somebody is called exactly so, be it several or on other days."""
        return any(candidate.score == EXACT for candidate in self.candidates)


@dataclass(frozen=True, slots=True)
class Context:
    """What narrows a name down: the kinds of actor that are meant, and the day (an ordinal) on which
    the name must have been in use. `canonical` gives the id that an actor goes by."""

    kinds: frozenset[str] | None = None
    day: int | None = None
    canonical: Callable[[str], str] = str


def resolve(names: Names, text: str, context: Context | None = None) -> Resolution:
    """Who is meant by a name.

    An exact name goes before every other spelling, and what people of a state are called (a
    demonym) counts where nobody is called so. Of several who are called so none is taken, whatever
    the sort of name; a name of another kind, or out of use on the day, is told and not taken.

    >>> from graph_service import reference
    >>> names = Names(reference.load())
    >>> resolve(names, "the Kremlin").reason
    '"the Kremlin" stands for Russia (since 1918)'
    >>> [found.actor for found in resolve(names, "Congo").candidates]
    ['democratic-republic-of-the-congo', 'republic-of-the-congo']
    """
    context = context or Context()
    bearing = names.bearing(text)
    fitting = [name for name in bearing if name.fits(context.kinds, context.day)]
    called = [name for name in fitting if name.calls] or fitting
    candidates = _candidates(names, (Found(name, EXACT) for name in called), context)
    if len(candidates) == 1:
        return Resolution(text, candidates[0].actor, candidates[0].reason, candidates)
    if candidates:
        every = {context.canonical(name.actor) for name in called}
        told = [one.actor for one in candidates] + ["others"] * (len(every) > LIMIT)
        meant = " or ".join(told)
        return Resolution(text, None, f'"{text}" may mean {meant}: say which', candidates)
    if bearing:
        missed = _candidates(names, (Found(name, EXACT) for name in bearing), context)
        return Resolution(text, None, "; ".join(one.reason for one in missed), missed)
    return _nearly(names, text, context)


def _nearly(names: Names, text: str, context: Context) -> Resolution:
    found = names.search(text, limit=LIMIT)
    near = [one for one in found if one.name.fits(context.kinds, None)]
    return Resolution(text, None, f'nobody is called "{text}"', _candidates(names, near, context))


def _candidates(names: Names, found: Iterable[Found], context: Context) -> tuple[Candidate, ...]:
    best: dict[str, Found] = {}
    for one in found:
        id_ = context.canonical(one.name.actor)
        if id_ not in best or one.name.main:
            best[id_] = one
    # A name may have thousands, and only these are told.
    nearest = sorted(best, key=lambda id_: (-best[id_].score, id_))[:LIMIT]
    return tuple(_candidate(names, id_, best[id_], context) for id_ in nearest)


def _candidate(names: Names, id_: str, found: Found, context: Context) -> Candidate:
    main, name = names.main(id_) or found.name, found.name
    reason = _reason(found, main, context)
    return Candidate(id_, main.text, main.kind, name.text, name.scope, found.score, reason)


def _reason(found: Found, main: Name, context: Context) -> str:
    name, who = found.name, main.text
    if found.score < EXACT:
        return f'"{name.text}" is a name of {who}, and nearly the same'
    reason = f'"{name.text}" {_SAYS[name.scope] if not name.main else "is"} {who}{_used(name)}'
    if context.kinds is not None and name.kind not in context.kinds:
        return f"{reason}, which is {with_article(name.kind)}"
    if not name.fits(None, context.day) and context.day is not None:
        return f"{reason}, and not on {day(context.day)}"
    return reason


_SAYS = {
    Scope.NAME: "is a name of",
    Scope.ACRONYM: "is short for",
    Scope.METONYM: "stands for",
    Scope.FORMER: "is a former name of",
    Scope.DEMONYM: "is said of what belongs to",
}


def _used(name: Name) -> str:
    since, until = name.since > DISTANT_PAST, name.until < DISTANT_FUTURE
    first = day(name.since).removesuffix("-01-01") if since else ""
    last = day(name.until).removesuffix("-12-31") if until else ""
    if since and until:
        return f" ({first} to {last})"
    if since or until:
        return f" (since {first})" if since else f" (until {last})"
    return ""
