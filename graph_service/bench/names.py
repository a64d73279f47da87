"""How long it takes to find out who is meant by a name, among many names.

The names are made up of words of syllables, few of which are common and most of which are rare, as in
lists of real names: 100,000 names of 2.8 words have some 60,000 different words. Every fourth actor
has an acronym, too. A misspelt name is one with a letter left out, doubled, changed or exchanged
with the next.
"""

import random
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from statistics import median

from graph_service.bench.report import Row
from graph_service.bench.timing import timed
from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.names.index import Names
from graph_service.names.resolution import resolve

NAMES = 100_000
ASKED = 300
WORDS_A_NAME = (2, 3, 3, 3)
RARENESS = 30.0
"""The higher, the more even is how often words come."""
EXACT_MILLISECONDS, MISSPELT_MILLISECONDS = 1.0, 10.0

_CONSONANTS, _VOWELS = "bcdfghjklmnprstvwz", "aeiou"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def named(names: int = NAMES, *, seed: int = 1, asked: int = ASKED) -> Iterator[Row]:
    """The names gathered, and some of them resolved as they are and misspelt."""
    drawn = random.Random(seed)
    actors = list(_actors(names, drawn))
    index, seconds = timed(partial(Names, actors))
    yield Row(f"{names:,} names gathered", seconds, "s")
    _, seconds = timed(partial(index.search, actors[0].name[:-1]))
    yield Row("the words of them gathered, at the first search", seconds, "s")
    exact = [drawn.choice(actors) for _ in range(asked)]
    texts = [actor.name.upper() for actor in exact]
    yield from _resolved("exact", index, texts, EXACT_MILLISECONDS)
    texts = [_misspelt(actor.name, drawn) for actor in exact]
    yield from _resolved("misspelt", index, texts, MISSPELT_MILLISECONDS)
    found = zip(exact, (resolve(index, text) for text in texts), strict=True)
    missed = sum(actor.id not in {one.actor for one in told.candidates} for actor, told in found)
    yield Row(f"misspelt names of {asked:,} whose actor is no candidate", missed, "")


def _resolved(what: str, index: Names, texts: list[str], goal: float) -> Iterator[Row]:
    times = sorted(timed(partial(resolve, index, text))[1] * 1e3 for text in texts)
    yield Row(f"{what}, p50", median(times), "ms", goal)
    yield Row(f"{what}, p99", times[len(times) * 99 // 100], "ms")


def _actors(names: int, drawn: random.Random) -> Iterator[Actor]:
    words = list(dict.fromkeys(_word(drawn) for _ in range(names)))
    seldom = list(accumulate(1 / (rank + RARENESS) for rank in range(len(words))))
    left, place = names, 0
    while left > 0:
        parts = drawn.choices(words, cum_weights=seldom, k=drawn.choice(WORDS_A_NAME))
        acronym = "".join(word[0] for word in parts) + str(place)
        aliases = (Alias(acronym, Scope.ACRONYM),) if place % 4 == 0 and left > 1 else ()
        yield Actor(f"a{place}", "organisation", " ".join(parts), aliases)
        left -= 1 + len(aliases)
        place += 1


def _word(drawn: random.Random) -> str:
    parts = (drawn.choice(_CONSONANTS) + drawn.choice(_VOWELS) for _ in range(drawn.randint(3, 4)))
    return ("".join(parts) + drawn.choice(("", "n", "r", "s"))).capitalize()


def _misspelt(name: str, drawn: random.Random) -> str:
    inside = [place for place in range(1, len(name) - 1) if " " not in name[place : place + 2]]
    place = drawn.choice(inside)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    ways = (
        before + after,
        before + letter + letter + after,
        before + drawn.choice(_LETTERS) + after,
        before + after[0] + letter + after[1:],
    )
    return drawn.choice(ways)
