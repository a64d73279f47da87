"""Which actors may be one: pairs proposed with a score and reasons, and nothing merged.

Two actors are compared only where something brings them together: an identifier of one scheme, a
name of both, or a name of the one that is spelt nearly like one of the other. What was judged is not
proposed again. The score is a rank, not a probability:

    score = 1 − (1 − s₁)·(1 − s₂)·…, times .5 for every reason against

over the strongest reason of each sort: an identifier .9, a main name of both .75, another name of
both .6, a former name or a seat .4, a name spelt nearly so .35 times its likeness. Reasons against:
another kind, another identifier in a scheme that both have.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from graph_service.domain.actors import Actor, Scope
from graph_service.names.folding import fold_name, is_of_consonants

IDENTIFIER, MAIN_NAME, NAME, LOOSE_NAME, SPELLING = 0.9, 0.75, 0.6, 0.4, 0.35
AGAINST = 0.5
MOST_TOGETHER = 20
"""A name or an identifier of more actors than this says nothing of any two of them."""
NEARLY = 88.0
"""Names at least so alike (of 100) are spelt nearly so."""
LEAST = 0.25
"""What is less sure than this is not proposed."""
SHORTEST = 5
"""Names of fewer letters are never near each other."""

Sorts = dict[str, tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors who may be one: their ids in order, how much speaks for it (0 to 1), and why and
    why not, in words."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def candidates(
    actors: Iterable[Actor],
    *,
    settled: Callable[[str, str], bool] = lambda _, __: False,
    about: str | None = None,
) -> list[Pair]:
    """The pairs that may be one, the likeliest first; `settled` says whether two were judged, or go
    by one id already. Of one actor, if `about` names it. Actors of the kind `unknown` are nobody.

    >>> one = Actor("iran", "state", "Iran", ids=(("iso3", "IRN"),))
    >>> other = Actor("islamic-republic", "state", "IRAN", ids=(("iso3", "IRN"),))
    >>> [pair] = candidates([one, other])
    >>> pair.score, pair.reasons
    (0.975, ('both have the iso3 IRN', 'both are called Iran'))
    """
    known = {actor.id: actor for actor in actors if actor.kind != "unknown"}
    found: dict[tuple[str, str], Sorts] = {}
    for sort, pairs in (
        ("id", _identified(known)),
        ("name", _called(known)),
        ("near", _near(known)),
    ):
        for left, right, score, reason in pairs:
            ends = (left, right) if left < right else (right, left)
            if about in (None, *ends) and not settled(*ends):
                sorts = found.setdefault(ends, {})
                if sort not in sorts or sorts[sort][0] < score:
                    sorts[sort] = score, reason
    weighed = (_weighed(known[left], known[right], sorts) for (left, right), sorts in found.items())
    likely = (pair for pair in weighed if pair.score >= LEAST)
    return sorted(likely, key=lambda pair: (-pair.score, pair.left, pair.right))


Brought = Iterator[tuple[str, str, float, str]]


def _identified(known: Mapping[str, Actor]) -> Brought:
    having: dict[tuple[str, str], list[str]] = {}
    for actor in known.values():
        for scheme, value in actor.ids:
            having.setdefault((scheme, value.casefold()), []).append(actor.id)
    for (scheme, _), ids in having.items():
        for left, right in _together(ids):
            value = dict(known[left].ids)[scheme]
            yield left, right, IDENTIFIER, f"both have the {scheme} {value}"


def _called(known: Mapping[str, Actor]) -> Brought:
    for bearing in _bearing(known).values():
        for left, right in _together(bearing):
            score = min(bearing[left][0], bearing[right][0])
            yield left, right, score, f"both are called {bearing[left][1]}"


def _near(known: Mapping[str, Actor]) -> Brought:
    blocks: dict[str, list[str]] = {}
    mains = {id_: fold_name(actor.name) for id_, actor in known.items()}
    for id_, folded in mains.items():
        if len(folded) >= SHORTEST:
            for key in _keys(folded):
                blocks.setdefault(key, []).append(id_)
    for ids in blocks.values():
        for left, right in _together(ids):
            likeness = fuzz.token_sort_ratio(mains[left], mains[right], score_cutoff=NEARLY)
            if likeness and mains[left] != mains[right]:
                names = f"{known[left].name} and {known[right].name}"
                yield left, right, SPELLING * likeness / 100, f"{names} are spelt nearly alike"


def _keys(folded: str) -> set[str]:
    """What names that are spelt nearly alike have in common, most of them: how their words begin,
    or how they sound without vowels, whatever the order of the words."""
    words = sorted(folded.split())
    begin = "b" + "".join(word[:3] for word in words)
    bones = "c" + "".join(dict.fromkeys(c for c in "".join(words) if c not in "aeiouyhw"))
    return {begin, bones}


def _bearing(known: Mapping[str, Actor]) -> dict[tuple[str, bool], dict[str, tuple[float, str]]]:
    """Who is called so, how much that says, and how it is written."""
    found: dict[tuple[str, bool], dict[str, tuple[float, str]]] = {}
    for actor in known.values():
        names = [(actor.name, MAIN_NAME)]
        names += [(alias.text, _SAYS.get(alias.scope, NAME)) for alias in actor.aliases]
        for text, says in names:
            folded = fold_name(text)
            if folded and says:
                key = folded, is_of_consonants(text)
                found.setdefault(key, {}).setdefault(actor.id, (says, text))
    return found


_SAYS = {Scope.METONYM: LOOSE_NAME, Scope.FORMER: LOOSE_NAME, Scope.DEMONYM: 0.0}


def _together(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    some = sorted(set(ids))
    return combinations(some, 2) if len(some) <= MOST_TOGETHER else iter(())


def _weighed(left: Actor, right: Actor, sorts: Sorts) -> Pair:
    rest = 1.0
    for score, _ in sorts.values():
        rest *= 1 - score
    against = tuple(_against(left, right))
    score = round((1 - rest) * AGAINST ** len(against), 4)
    return Pair(left.id, right.id, score, tuple(reason for _, reason in sorts.values()), against)


def _against(left: Actor, right: Actor) -> Iterator[str]:
    if left.kind != right.kind:
        yield f"one is {with_article(left.kind)}, the other {with_article(right.kind)}"
    theirs = dict(right.ids)
    apart = [
        scheme
        for scheme, value in left.ids
        if scheme in theirs and theirs[scheme].casefold() != value.casefold()
    ]
    if apart:
        yield f"their identifiers differ: {', '.join(apart)}"


def with_article(kind: str) -> str:
    """A kind of actor as a sentence has it.

    >>> with_article("armed_group"), with_article("state")
    ('an armed group', 'a state')
    """
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind.replace('_', ' ')}"
